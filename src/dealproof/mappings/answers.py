"""Questions that a person settled without a value to correct: `mappings/answers.csv`, one question a row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, cast, get_args

from dealproof.mappings.findings import Finding, Mistake, refuse
from dealproof.mappings.layout import DECIDED_BY, DECIDED_ON, NOTE, REASON, Layout, column, word_column
from dealproof.mappings.sheet import Sheet, SheetRow, read_sheet
from dealproof.mappings.usable import usable_rows

FILE = "answers.csv"
Word = Literal["confirmed", "dismissed"]
ANSWERS: tuple[Word, ...] = get_args(Word)
#: What a person may write as an answer in a sheet of questions; the first needs the right value.
GIVEN = ("corrected", *ANSWERS)
_CHINESE = {
    "更正": "corrected", "改正": "corrected", "修正": "corrected",
    "确认": "confirmed", "已确认": "confirmed", "无误": "confirmed", "正确": "confirmed",
    "忽略": "dismissed", "不影响": "dismissed", "无需处理": "dismissed",
}  # fmt: skip
_QUESTION = column(
    "question_id", "编号", "问题编号", kind="identity", needed=True,
    absent=("the question is missing.", "Copy it from the questions."),
)  # fmt: skip
_UNSIGNED = "nobody signs for it.", "Fill in who decided."
_OWN_CHINESE = {word: meant for word, meant in _CHINESE.items() if meant in ANSWERS}
LAYOUT = Layout(
    FILE,
    (
        _QUESTION,
        word_column("answer", "答案", "回答", own=ANSWERS, others=_OWN_CHINESE, needed=True),
        REASON, replace(DECIDED_BY, needed=True, absent=_UNSIGNED), DECIDED_ON, NOTE,
    ),
    row="一个已处理的问题 one settled question",
    key=("question_id",),
)  # fmt: skip
COLUMNS = LAYOUT.names
#: A sheet of questions that a person filled in (`dealproof questions --export`), as far as answers are read from it.
SHEET = Layout(
    "the sheet",
    (
        word_column("answer", "答案", "回答", own=GIVEN, others=_CHINESE, needed=True),
        column("right_value", "正确值", "更正值", kind="value"),
        REASON, DECIDED_BY, DECIDED_ON, _QUESTION,
        column("severity", "严重程度"), column("kind", "问题类型"), column("deal_id", "交易标识", "交易"), column("amount", "规模"),
        column("file_name", "文件名"), column("page", "页码"), column("table", "表"), column("key", "键", kind="identity"),
        column("column", "列"), column("value", "原值"), column("held", "现值"),
        column("candidates", "备选值"), column("cells", "处数"), column("documents", "文件数"), column("children", "随同问题数"),
        column("suggestions", "建议"), column("prompt", "问题"),
        column("document_id", "文件标识", kind="identity"),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """One row: the question was looked into (`confirmed`) or does not matter (`dismissed`)."""

    question_id: str
    answer: Word
    reason: str
    decided_by: str
    decided_on: str
    where: str = ""


def given_answers(file: Path) -> tuple[SheetRow, ...]:
    """The rows of a sheet of questions in which a person answered, each cell as the program writes it.

    Raises MappingError when the sheet is none, a column is missing or misspelt, or a cell cannot be taken.
    """
    findings: list[Finding] = []
    rows = usable_rows(read_sheet(file, layout=SHEET), SHEET, findings, file=file.name, where=_is_answered)
    refuse(findings)
    return rows


def _is_answered(row: SheetRow) -> bool:
    return bool(row["answer"] or row["right_value"])


def answers_of(sheet: Sheet, findings: list[Finding]) -> tuple[Answer, ...]:
    """Read the rows of an answers file; a row that cannot be used adds findings and is left out."""
    found: dict[str, Answer] = {}
    for row in usable_rows(sheet, LAYOUT, findings):
        wrong = [Finding(FILE, row.line, *told) for told in _mistakes(row, found)]
        findings += wrong
        if not wrong:
            word = cast(Word, row["answer"])
            cells = (row["reason"], row["decided_by"], row["decided_on"])
            found[row["question_id"]] = Answer(row["question_id"], word, *cells, f"{FILE}:{row.line}")
    return tuple(found.values())


def _mistakes(row: SheetRow, known: dict[str, Answer]) -> Iterator[Mistake]:
    yield from LAYOUT.mistakes(row)
    other = known.get(row["question_id"])
    if other is not None and other.answer != row["answer"]:
        yield "answer", f"{other.where} says {other.answer}.", "Delete one of the two rows."
