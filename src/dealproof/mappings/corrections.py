"""Values that a person corrected: `mappings/corrections.csv`, one cell of the dataset a row. They outlive every re-run.

`table`, `key`, `column` name the cell as `evidence` and `questions` do. `right_value` is the value as the dataset prints it
(yuan, percent, ISO dates); `confirmed` says that the printed value is right; `-` that nothing is stated there and the cell
must be empty. `printed_value` is what the dataset showed when the person looked; a later print that differs is asked about.
`question_id` is the question that the row answers, `among` the values to choose from at that time, joined by ` | `: a value
that no document gave then opens the question again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from dealproof import contract
from dealproof.contract import ColumnSpec
from dealproof.mappings.findings import Finding
from dealproof.mappings.sheet import Sheet, SheetRow

FILE = "corrections.csv"
COLUMNS = (
    "document_id",
    "deal_id",
    "table",
    "key",
    "column",
    "printed_value",
    "right_value",
    "reason",
    "decided_by",
    "decided_on",
    "note",
    "question_id",
    "among",
)
CONFIRMED, NOTHING = "confirmed", "-"
BETWEEN = " | "
_NEEDED = ("table", "key", "column", "right_value", "decided_by")


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
    question_id: str = ""
    among: str = ""

    @property
    def cell(self) -> tuple[str, str, str]:
        """Table, key as printed, column."""
        return self.table, self.key, self.column

    @property
    def confirms(self) -> bool:
        """Whether the row says that the printed value is right."""
        return self.right_value == CONFIRMED or self.right_value == self.printed_value


def corrections_of(sheet: Sheet, findings: list[Finding]) -> tuple[Correction, ...]:
    """Read the rows of a corrections file; a row that cannot be used adds findings and is left out."""
    found: dict[tuple[str, str, str], Correction] = {}
    for row in sheet.rows:
        item = Correction(**{name: row[name] for name in COLUMNS if name != "note"}, where=f"{FILE}:{row.line}")
        wrong = [Finding(FILE, row.line, *told) for told in _mistakes(row)]
        other = found.get(item.cell)
        if other is not None and other.right_value != item.right_value:
            message = f"{other.where} says {other.right_value} of this cell."
            wrong.append(Finding(FILE, row.line, "right_value", message, "Delete one of the two rows."))
        findings += wrong
        if not wrong:
            found.setdefault(item.cell, item)
    return tuple(found.values())


def typed(column: ColumnSpec, text: str) -> Decimal | bool | str:
    """Return a value of the column's type. Raises ValueError when the text is none."""
    if column.type in ("integer", "decimal"):
        try:
            value = Decimal(text.replace(",", ""))
        except InvalidOperation as error:
            raise ValueError(f"{text!r} is no number") from error
        if not value.is_finite():
            raise ValueError(f"{text!r} is no number")
        return value
    if column.type == "boolean":
        if text not in ("true", "false"):
            raise ValueError(f"{text!r} is neither true nor false")
        return text == "true"
    if column.type == "date":
        from datetime import date

        return date.fromisoformat(text).isoformat()
    if not column.allows(text):
        raise ValueError(f"{text!r} is none of {', '.join(column.vocabulary)}")
    return text


def _mistakes(row: SheetRow) -> Iterator[tuple[str, str, str]]:
    """What is wrong with a row: column, message, remedy."""
    for name in _NEEDED:
        if not row[name]:
            yield name, "it is empty.", "Fill it in, or delete the row."
    spec = next((spec for spec in contract.tables() if spec.name == row["table"]), None)
    if spec is None:
        yield "table", f"there is no table {row['table']!r}.", "Copy it from the questions."
        return
    if row["column"] not in spec.column_names:
        yield "column", f"{spec.name} has no column {row['column']!r}.", "Copy it from the questions."
        return
    if row["key"] and len(row["key"].split("|")) != len(spec.key):
        yield "key", f"a key of {spec.name} has {len(spec.key)} parts.", f"Write {'|'.join(spec.key)}."
    if row["right_value"] not in ("", CONFIRMED, NOTHING):
        try:
            typed(spec.column(row["column"]), row["right_value"])
        except ValueError as error:
            yield "right_value", f"{error}.", "Write it as the dataset prints it: yuan, percent, 2025-06-30."
