"""What one answer to one question asks for: a row of a mapping file, or why it cannot be taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dealproof import contract
from dealproof.mappings import answers, corrections, vocabulary
from dealproof.mappings.corrections import BETWEEN, CONFIRMED, MADE, as_written
from dealproof.mappings.findings import Mistake
from dealproof.model.cell import DatasetCell, Row
from dealproof.workbench.choices import choices, chosen, is_ambiguous
from dealproof.workbench.decisions import LABELS, Decision, label_note

ANSWERS = ("corrected", "confirmed", "dismissed")
_HOW = "Write corrected (and right_value), the letter of a value, confirmed or dismissed."
#: Questions, and what hangs under them as the same choice between the same places, in another cell.
_ONE_CHOICE = frozenset(
    {("alternative_sizes", "conflict"), *((kind, kind) for kind in ("conflict", "restatement", "unit_unclear"))}
)


@dataclass(frozen=True, slots=True)
class Given:
    """An answer to one question. `answer` is corrected, confirmed, dismissed or the letter of a value to choose;
    `right_value` the right value, its letter, or what a label means. `line` is where the answer stands, `asked` the
    question as the sheet shows it."""

    question_id: str
    answer: str
    right_value: str
    reason: str
    decided_by: str
    decided_on: str
    line: int
    asked: Row | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """A row that an answer adds to a file; `same` are the columns by which it is known to stand there already."""

    question_id: str
    file: str
    row: Row
    same: tuple[str, ...]

    @property
    def target(self) -> tuple[str, ...]:
        """What the row decides: two wishes about one target must say the same."""
        if self.file == corrections.FILE:
            return tuple(self.row[name] for name in ("table", "key", "column"))
        return (self.question_id,)


def asked_of(item: Given, by_id: Mapping[str, Row], told: Mapping[str, Decision]) -> Row | None:
    """The question that is answered: as it is asked today, as an earlier answer or the sheet tells of it; None for none.

    `by_id` are the questions of today, `told` earlier answers by their question. A beginning of an id will do where only
    one question has it.
    """
    if item.question_id in by_id:
        return by_id[item.question_id]
    known = {key for key in (*by_id, *told) if item.question_id and key.startswith(item.question_id)}
    if len(known) == 1:
        found = known.pop()
        return by_id[found] if found in by_id else _of_decision(told[found])
    complete = item.asked and all(item.asked.get(name) for name in ("table", "key", "column", "value"))
    return item.asked if complete and not known else None


def mistakes(item: Given, question: Row | None) -> list[Mistake]:
    """Why an answer cannot be taken: column, message and remedy of each mistake."""
    told: list[Mistake] = []
    if question is None:
        told.append(("question_id", f"there is no question {item.question_id!r}.", "Copy its id from the questions."))
    elif item.answer not in ANSWERS and not chosen(item.answer, choices(question)):
        told.append(("answer", f"{item.answer!r} is unknown.", _letters_of(question) or _HOW))
    if item.answer == "corrected" and not item.right_value:
        told.append(("right_value", "the right value is missing.", "Fill it in, or - where nothing is stated."))
    if question is not None and item.answer in ANSWERS:
        told += _misplaced(item, question)
    if question is not None and item.answer != "corrected" and item.right_value:
        told += _two_answers(item, question)
    if question is not None and _is_letter(item, question):
        told += _stale(item, question)
    if not item.decided_by:
        told.append(("decided_by", "nobody signs for it.", "Fill in who decided, or give --by."))
    return told


def wish(item: Given, question: Row, before: Decision | None) -> Wish:
    """The row that an answer without mistakes asks for; `before` is the correction of its cell that stands already."""
    question_id = question["question_id"]
    signed = {"reason": item.reason, "decided_by": item.decided_by, "decided_on": item.decided_on}
    if item.answer == "dismissed" or (item.answer == "confirmed" and not _has_a_value(question)):
        row = {"question_id": question_id, "answer": item.answer, **signed}
        return Wish(question_id, answers.FILE, row, ("question_id", "answer"))
    if question.get("kind") == "unknown_label":
        note = label_note(question_id, item.decided_by, item.decided_on, item.reason)
        if question["column"] == vocabulary.GROUP:
            word = {"word": question["value"], "parts": item.right_value, "note": note}
            return Wish(question_id, f"{LABELS}/{vocabulary.WORDS}", word, ("word", "parts"))
        label = {"field": item.right_value, "label": question["value"], "note": note}
        return Wish(question_id, f"{LABELS}/{question['column'] or question['table']}.csv", label, ("field", "label"))
    row = {**{name: question[name] for name in ("table", "key", "column")}, **signed, **_value(item, question, before)}
    row |= {"question_id": question_id, "among": BETWEEN.join(each.value for each in choices(question))}
    return Wish(
        question_id, corrections.FILE, as_written(row), ("table", "key", "column", "printed_value", "right_value")
    )


def wish_alike(item: Given, question: Row, other: Row) -> Wish | None:
    """The row that the letter given to a question asks for in another one that is the same decision; None where the letter
    says nothing of it."""
    if (question["kind"], other["kind"]) not in _ONE_CHOICE or not _is_letter(item, question):
        return None
    if DatasetCell.told_by(question) == DatasetCell.told_by(other) or not chosen(_text(item), choices(other)):
        return None
    asked = wish(item, other, None)
    return replace(
        asked, question_id=question["question_id"], row={**asked.row, "question_id": question["question_id"]}
    )


def _of_decision(decision: Decision) -> Row:
    """A question that is not asked any more, as the answer to it tells."""
    cells = decision.cells
    known = {"question_id": decision.question_id, "kind": "", "table": "", "key": "", "column": "", "value": ""}
    if decision.file.startswith(LABELS):
        group = decision.file.removeprefix(f"{LABELS}/").removesuffix(".csv")
        told = {"column": group, "value": cells["word"]} if group == vocabulary.GROUP else {"table": group, "value": cells["label"]}
        return {**known, "kind": "unknown_label", **told}
    if decision.file == answers.FILE:
        return known
    among = cells.get("among", "").split(BETWEEN) if cells.get("among") else []
    letters = "\n".join(f"{chr(ord('A') + place)} = {value}" for place, value in enumerate(among))
    named = {name: cells.get(name, "") for name in ("table", "key", "column", "document_id")}
    return {**known, **named, "value": cells.get("printed_value", ""), "candidates": letters}


def _has_a_value(question: Row) -> bool:
    return all(question[name] for name in ("table", "key", "column")) and bool(_held(question)) and _is_cell(question)


def _held(question: Row) -> str:
    """What the dataset shows in the cell; a sheet of an older version names the value alone."""
    return question.get("held", question["value"])


def _is_cell(question: Row) -> bool:
    table = question["table"]
    return table not in MADE and contract.has_table(table) and question["column"] in contract.table(table).column_names


def _text(item: Given) -> str:
    """The letter or value that an answer gives."""
    return item.right_value if item.answer == "corrected" else item.answer


def _is_letter(item: Given, question: Row) -> bool:
    return item.answer not in ("confirmed", "dismissed") and chosen(_text(item), choices(question)) is not None


def _misplaced(item: Given, question: Row) -> list[Mistake]:
    if question.get("kind") == "unknown_label":
        how = f"Write the field that it means as right_value (dealproof answer {question['question_id'][:8]} --field FIELD)."
        return [("answer", "a label cannot be confirmed.", how)] if item.answer == "confirmed" else []
    if item.answer != "corrected":
        return _outdated(item, question) if item.answer == "confirmed" else []
    if not (question["key"] and question["column"]):
        return [("answer", "the question is about no single value.", "Write confirmed or dismissed.")]
    if question.get("kind") in ("unmatched_name", "ambiguous_name"):
        how = "Fill in the name in `dealproof mappings suggest`, or write confirmed or dismissed."
        return [("answer", "whose a name is stands in aliases.csv.", how)]
    if question["table"] in MADE:
        return [("answer", f"{question['table']} cannot be corrected cell by cell.", MADE[question["table"]])]
    if is_ambiguous(item.right_value, choices(question)) and item.right_value not in {
        c.value for c in choices(question)
    }:
        told = f"{item.right_value} may be a value or a letter."
        return [
            ("right_value", told, "Write a letter as answer, and a value that no letter has with the marks around it.")
        ]
    return []


def _two_answers(item: Given, question: Row) -> list[Mistake]:
    """A right value beside another answer must be the value that this answer means."""
    letter = chosen(item.answer, choices(question))
    meant = letter.value if letter else _held(question) if item.answer == "confirmed" else ""
    if item.right_value in (meant, item.answer):
        return []
    told = f"it says {item.right_value}, but the answer {item.answer} means {meant or 'no value'}."
    return [("right_value", told, "Clear one of the two.")]


def _outdated(item: Given, question: Row) -> list[Mistake]:
    """What is confirmed is the value that the person saw."""
    seen = (item.asked or {}).get("held")
    if seen is None or not _has_a_value(question) or seen == _held(question):
        return []
    return [
        (
            "answer",
            f"the sheet shows {seen}, but the dataset holds {_held(question)} now.",
            "Export the questions again.",
        )
    ]


def _stale(item: Given, question: Row) -> list[Mistake]:
    """A letter must still mean the value that it had when the sheet was written."""
    if not (item.asked or {}).get("candidates"):
        return []
    text = _text(item)
    seen, now = (chosen(text, choices(row)) for row in (item.asked or {}, question))
    if seen is not None and now is not None and seen.value == now.value:
        return []
    told = f"{text} is {now.value if now else 'nothing'} now and was {seen.value if seen else 'nothing'} in the sheet."
    return [("answer", told, "Export the questions again.")]


def _letters_of(question: Row) -> str:
    letters = ", ".join(each.letter for each in choices(question))
    return f"Write {letters}, corrected (and right_value), confirmed or dismissed." if letters else ""


def _value(item: Given, question: Row, before: Decision | None) -> dict[str, str]:
    """What the row says of the cell: the value that documents print, the right one, and the document that prints it."""
    found = choices(question)
    standing = before.cells if before else {}
    about_the_row = f"{corrections.FILE}:" in question.get("prompt", "")
    if about_the_row:
        printed = found[1].value if len(found) > 1 else ""
    else:
        printed = standing.get("printed_value", "") if before else _held(question)
    document_id = "" if about_the_row else question.get("document_id", "")
    if item.answer == "confirmed":
        right = standing.get("right_value", CONFIRMED)
        if about_the_row and right == CONFIRMED:
            right = standing.get("printed_value", "")
        document_id = "" if about_the_row else standing.get("document_id", document_id)
    else:
        text = _text(item)
        by_value = next((each for each in found if item.answer == "corrected" and each.value == text), None)
        picked = by_value or chosen(text, found)
        right = picked.value if picked else text
        right = CONFIRMED if right == printed else right
        document_id = (picked.document_id if picked else "") or document_id
    return {"document_id": document_id, "printed_value": printed, "right_value": right}
