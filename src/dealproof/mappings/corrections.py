"""Values that a person corrected: `mappings/corrections.csv`, one cell of the dataset a row. They outlive every re-run.

`table`, `key`, `column` name the cell as `evidence` and `questions` do. `right_value` is the value as the dataset prints it
(yuan, percent, ISO dates); `confirmed` says that the printed value is right; `-` that nothing is stated there and the cell
must be empty. `printed_value` is what the dataset showed when the person looked; a later print that differs is asked about.
`adds` says that the row of the dataset is missing and is added: a tranche, a period, a figure that was not read.
`question_id` is the question that the row answers, `among` the values to choose from at that time, joined by ` | `: a value
that no document gave then opens the question again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from dealproof import contract
from dealproof.contract import ColumnSpec, TableSpec
from dealproof.mappings.cells import CellError, iso_day, refuse_eaten_deal
from dealproof.mappings.findings import Finding, Mistake
from dealproof.mappings.layout import DECIDED_BY, DECIDED_ON, NOTE, REASON, Layout, column, spelling, word_column
from dealproof.mappings.sheet import Sheet, SheetRow
from dealproof.mappings.usable import usable_rows
from dealproof.model.cell import DatasetCell

FILE = "corrections.csv"
CONFIRMED, NOTHING = "confirmed", "-"
BETWEEN = " | "
YES, NO = "yes", "no"
_YES_ZH = {"是": YES, "true": YES, "1": YES, "y": YES, "新增": YES}
_NO_ZH = {"否": NO, "false": NO, "0": NO, "n": NO}
_ADDS = "Write yes (是) where the row adds what was missing, or leave it empty."
_EMPTY = "it is empty.", "Fill it in, or delete the row."
LAYOUT = Layout(
    FILE,
    (
        column("document_id", "文件标识", "文件编号", kind="identity"),
        column("deal_id", "交易标识", "交易", kind="deal"),
        column("table", "表", needed=True, absent=_EMPTY),
        column("key", "键", kind="identity", needed=True, absent=_EMPTY),
        column("column", "列", needed=True, absent=_EMPTY),
        column("printed_value", "原值", kind="value", needed=True),
        column("right_value", "正确值", "更正值", kind="value", needed=True, absent=_EMPTY),
        word_column("adds", "新增", own=(YES, NO), others={**_YES_ZH, **_NO_ZH}, blank=True, how=_ADDS),
        REASON, replace(DECIDED_BY, needed=True, absent=_EMPTY), DECIDED_ON, NOTE,
        column("question_id", "问题编号", kind="identity"),
        column("among", "备选值"),
    ),
    row="一个被更正的数值 one corrected cell",
    key=("table", "key", "column"),
)  # fmt: skip
COLUMNS = LAYOUT.names
_CONFIRMED = {spelling(word) for word in (CONFIRMED, "确认", "无误", "原文如此")}
_NOTHING = {"-", "—", "——", "–", "－", "−"}
_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?|[+-]?\.\d+")
_TRUTH = {"true": True, "是": True, "yes": True, "false": False, "否": False, "no": False}
_ANOTHER_KEY = "Add a row under the right key, with yes under adds."
#: Tables that the build makes of others: a correction of them would be overwritten.
MADE = {
    "documents": "Give a document another deal in deals.csv; its kind follows from labels/documents.csv.",
    "institutions": "Correct institutions.csv or provider_classes.csv.",
    **dict.fromkeys(("evidence", "checks", "coverage", "questions"), "Correct the value that it speaks of."),
}


@dataclass(frozen=True, slots=True)
class Correction:
    """One row. `where` is `corrections.csv:<line>` as Excel numbers lines."""

    document_id: str
    deal_id: str
    table: str
    key: str
    column: str
    printed_value: str
    right_value: str
    reason: str
    decided_by: str
    decided_on: str
    where: str = ""
    adds: bool = False
    question_id: str = ""
    among: str = ""

    @property
    def cell(self) -> DatasetCell:
        """The cell that the row corrects."""
        return DatasetCell.of_text(self.table, self.key, self.column)

    @property
    def confirms(self) -> bool:
        """Whether the row says that the printed value is right."""
        return self.right_value == CONFIRMED or self.right_value == self.printed_value


def corrections_of(sheet: Sheet, findings: list[Finding]) -> tuple[Correction, ...]:
    """Read the rows of a corrections file; a row that cannot be used adds findings and is left out."""
    found: dict[DatasetCell, Correction] = {}
    for row in usable_rows(sheet, LAYOUT, findings):
        wrong = [Finding(FILE, row.line, *told) for told in _mistakes(row)]
        item = _correction(row, f"{FILE}:{row.line}")
        other = found.get(item.cell)
        if other is not None and other.right_value != item.right_value:
            message = f"{other.where} says {other.right_value} of this cell."
            wrong.append(Finding(FILE, row.line, "right_value", message, "Delete one of the two rows."))
        findings += wrong
        if not wrong:
            found.setdefault(item.cell, item)
    return tuple(found.values())


def as_written(cells: Mapping[str, str]) -> dict[str, str]:
    """The cells of a row as they stand in a file that the program writes: values as the dataset prints them.

    What cannot be taken stays as it is; `corrections_of` tells of it.
    """
    spec = contract.table(cells["table"]) if contract.has_table(cells["table"]) else None
    written = dict(cells)
    if spec is None:
        return written
    written["key"] = _key(spec, cells["key"])
    if cells["column"] in spec.column_names:
        of = spec.column(cells["column"])
        written |= {name: _canonical(of, cells.get(name, "")) for name in ("right_value", "printed_value")}
    return written


def typed(column: ColumnSpec, text: str) -> Decimal | bool | str:
    """Return a value of the column's type. Raises ValueError when the text is none."""
    if column.type in ("integer", "decimal"):
        if not _NUMBER.fullmatch(text):
            raise ValueError(f"{text!r} is no number")
        value = Decimal(text.replace(",", ""))
        if column.type == "integer" and value != value.to_integral_value():
            raise ValueError(f"{text!r} is no whole number")
        return value
    if column.type == "boolean":
        truth = _TRUTH.get(spelling(text))
        if truth is None:
            raise ValueError(f"{text!r} is neither true nor false")
        return truth
    if column.type == "date":
        return iso_day(text)
    word = next((word for word in column.vocabulary if spelling(word) == spelling(text)), text)
    if not column.allows(word):
        raise ValueError(f"{text!r} is none of {', '.join(column.vocabulary)}")
    return word


def _correction(row: SheetRow, where: str) -> Correction:
    cells = as_written(row.cells)
    named = {name: cells[name] for name in COLUMNS if name not in ("adds", "note")}
    return Correction(**named, where=where, adds=cells["adds"] == YES)


def _key(spec: TableSpec, text: str) -> str:
    """A key with its dates ISO, where a spreadsheet or a person wrote them otherwise."""
    parts = text.split("|")
    if len(parts) != len(spec.key):
        return text
    days = {name for name in spec.key if spec.column(name).type == "date"}
    return "|".join(
        _canonical(spec.column(name), part) if name in days else part
        for name, part in zip(spec.key, parts, strict=True)
    )


def _canonical(column: ColumnSpec, text: str) -> str:
    if text in _NOTHING:
        return NOTHING
    if spelling(text) in _CONFIRMED:
        return CONFIRMED
    try:
        value = typed(column, text)
    except ValueError:
        return text
    if isinstance(value, bool):
        return "true" if value else "false"
    return text if isinstance(value, Decimal) else value


def _mistakes(row: SheetRow) -> Iterator[Mistake]:
    """What is wrong with a row: column, message, remedy."""
    yield from LAYOUT.mistakes(row)
    if not contract.has_table(row["table"]):
        yield "table", f"there is no table {row['table']!r}.", "Copy it from the questions."
        return
    spec = contract.table(row["table"])
    value = as_written(row.cells)["right_value"]
    if spec.name in MADE and value != CONFIRMED:
        yield "table", f"{spec.name} cannot be corrected cell by cell.", MADE[spec.name]
        return
    if row["column"] not in spec.column_names:
        yield "column", f"{spec.name} has no column {row['column']!r}.", "Copy it from the questions."
        return
    if row["column"] in spec.key and value != CONFIRMED:
        yield "column", f"{row['column']} is part of the key of {spec.name}.", _ANOTHER_KEY
    yield from _key_mistakes(spec, row["key"])
    if value not in ("", CONFIRMED, NOTHING):
        try:
            typed(spec.column(row["column"]), value)
        except ValueError as error:
            reason = str(error).removesuffix(".")
            yield "right_value", f"{reason}.", "Write it as the dataset prints it: yuan, percent, 2025-06-30."


def _key_mistakes(spec: TableSpec, key: str) -> Iterator[Mistake]:
    parts = key.split("|")
    if key and len(parts) != len(spec.key):
        yield "key", f"a key of {spec.name} has {len(spec.key)} parts.", f"Write {'|'.join(spec.key)}."
        return
    for name, part in zip(spec.key, parts, strict=False):
        try:
            if name == "deal_id" and part:
                refuse_eaten_deal(part)
            if part:
                typed(spec.column(name), part.strip())
        except CellError as error:
            yield "key", str(error), error.remedy
        except ValueError as error:
            yield "key", f"{name}: {error}.", "Copy the key from the questions."
