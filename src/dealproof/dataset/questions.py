"""The `questions` table: every doubt that a person must settle, once."""

from __future__ import annotations

import json
from collections.abc import Iterable

from dealproof.dataset.format_values import clean, short_digest, write, write_coordinate
from dealproof.model.cell import Row
from dealproof.model.evidence import QUESTION_KINDS, Candidate, Problem, lettered
from dealproof.text import label_key

#: What to do where the one who raised the question did not say.
_WHAT_TO_DO = {
    "conflict": "Look at each place and correct what was misread.",
    "failed_check": "Compare the figures with the page and correct the one that was misread.",
    "low_confidence": "Compare the value with the page and confirm or correct it.",
    "unmatched_name": "Add the name to the institutions list, or leave it unmatched.",
    "ambiguous_name": "Choose the institution that is meant.",
    "unknown_label": "Answer with the field that it means, or with - if it does not matter.",
    "missing_table": "Look for the table in the document; if it is there, report the page.",
    "unit_unclear": "Look up the unit on the page and confirm or correct the value.",
    "restatement": "Decide which figure holds.",
    "alternative_sizes": "Choose the size that was issued.",
}


def question_rows(problems: Iterable[Problem]) -> list[Row]:
    """Return one open question per distinct doubt; troubles that nobody can decide are not questions."""
    rows: dict[str, Row] = {}
    for row in sorted(
        (_row(item) for item in problems if item.code in QUESTION_KINDS), key=lambda row: tuple(row.values())
    ):
        rows.setdefault(row["question_id"], row)
    return list(rows.values())


def question_id(problem: Problem) -> str:
    """Return a key that stays the same from run to run while the doubt is the same."""
    return named_id(name_of(problem))


def name_of(problem: Problem) -> tuple[str, ...]:
    """What makes a doubt the same from run to run."""
    return problem.name or (
        problem.code,
        problem.table,
        problem.key,
        problem.column,
        problem.document_id,
        str(problem.page),
        problem.value,
    )


def named_id(parts: Iterable[str]) -> str:
    """Return the key of the question that has this name."""
    return short_digest("|".join(map(clean, parts)))


def label_name(group: str, label: str) -> tuple[str, ...]:
    """The name of the question what a label of a group of labels means, wherever it is printed."""
    return "unknown_label", group, label_key(label)


def _row(problem: Problem) -> Row:
    remedy = problem.remedy or _WHAT_TO_DO[problem.code]
    return {
        "question_id": question_id(problem),
        "kind": problem.code,
        "severity": problem.severity,
        "table": problem.table,
        "key": clean(problem.key),
        "column": problem.column,
        "document_id": problem.document_id,
        "page": write(problem.page) if problem.page else "",
        "value": clean(problem.value),
        "prompt": clean(f"{problem.message} {remedy}".strip()),
        "suggestions": json.dumps([*map(clean, problem.suggestions)], ensure_ascii=False)
        if problem.suggestions
        else "",
        "state": "open",
        **_place(problem),
        "held": "",
        "candidates": _candidates(problem),
        "cause": named_id(problem.under) if problem.under else "",
    }


def _candidates(problem: Problem) -> str:
    if not problem.candidates:
        return ""
    told = [_choice(letter, item) for letter, item in lettered(problem.candidates)]
    return json.dumps(told, ensure_ascii=False)


def _choice(letter: str, item: Candidate) -> dict[str, object]:
    box = item.box
    return {
        "letter": letter,
        "value": clean(item.value),
        "document_id": item.document_id,
        "page": item.page or None,
        "box": [round(edge, 2) for edge in (box.x0, box.top, box.x1, box.bottom)] if box else None,
        "why": item.why,
    }


def _place(problem: Problem) -> Row:
    box = problem.box
    edges = (box.x0, box.top, box.x1, box.bottom) if box is not None else ()
    written = [write_coordinate(edge) for edge in edges] or [""] * 4
    return dict(zip(("x0", "top", "x1", "bottom"), written, strict=True))
