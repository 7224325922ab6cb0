"""What each kind of document is expected to state: the rows of `mappings/expectations.csv`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from dealproof import contract
from dealproof.contract.document_kinds import KINDS
from dealproof.mappings.findings import Finding, refuse
from dealproof.mappings.layout import NOTE, Layout, column, word_column
from dealproof.mappings.sheet import Sheet, SheetRow, read_sheet
from dealproof.mappings.usable import usable_rows

FILE = "expectations.csv"
Need = Literal["must", "should", "exclusion"]
Condition = Literal["", "revolving", "performing"]

NEEDS = ("must", "should", "exclusion")
CONDITIONS = ("", "revolving", "performing")
_KINDS = tuple(kind.name for kind in KINDS)
_KINDS_ZH = {chinese: kind.name for kind in KINDS for chinese in kind.zh}
_NEEDS_ZH = {"必须": "must", "应当": "should", "应有": "should", "不适用": "exclusion", "除外": "exclusion"}
_CONDITIONS_ZH = {"循环": "revolving", "循环购买": "revolving", "正常类": "performing", "非不良": "performing"}
LAYOUT = Layout(
    FILE,
    (
        word_column("kind", "文件类型", own=_KINDS, others=_KINDS_ZH, needed=True),
        column("field", "字段", needed=True),
        word_column("need", "要求", own=NEEDS, others=_NEEDS_ZH, needed=True),
        word_column("when", "条件", own=CONDITIONS, others=_CONDITIONS_ZH, needed=True),
        NOTE,
    ),
    row="文件应披露的字段 an expected field",
    key=("kind", "field"),
)


@dataclass(frozen=True, slots=True)
class Expectation:
    """A field that a kind of document is expected to state.

    `field` is a table, `table.column`, or `table.metric`. `need`: `must` asks a question where it is missing,
    `should` only records it, `exclusion` only records that it cannot apply. `when`: the field applies to
    `revolving` deals only, or to `performing` (not NPL) pools only.
    """

    kind: str
    field: str
    need: Need
    when: Condition
    note: str

    @property
    def table(self) -> str:
        """The table that the field stands in."""
        return self.field.partition(".")[0]


def load_expectations(path: Path) -> tuple[Expectation, ...]:
    """Read the expectations file. Raises MappingError naming every line that cannot be used."""
    findings: list[Finding] = []
    found = expectations_of(read_sheet(path), findings)
    refuse(findings)
    return found


def expectations_of(sheet: Sheet, findings: list[Finding]) -> tuple[Expectation, ...]:
    """Read the rows of an expectations file; a row that cannot be used adds findings and is left out."""
    found: dict[tuple[str, ...], Expectation] = {}
    for row in usable_rows(sheet, LAYOUT, findings):
        wrong = list(_mistakes(row))
        key = LAYOUT.key_of(row)
        if key in found:
            message = f"{row['field']} of {row['kind']} is expected in another row already."
            wrong.append(Finding(FILE, row.line, "field", message, "Delete one of the two rows."))
        findings += wrong
        if not wrong:
            need, when = cast(Need, row["need"]), cast(Condition, row["when"])
            found[key] = Expectation(row["kind"], row["field"], need, when, row["note"])
    return tuple(found.values())


def _mistakes(row: SheetRow) -> Iterator[Finding]:
    def finding(column: str, message: str, remedy: str) -> Finding:
        return Finding(FILE, row.line, column, message, remedy)

    yield from (finding(*told) for told in LAYOUT.mistakes(row))
    if not _exists(row["field"]):
        remedy = "Write table, table.column or table.metric."
        yield finding("field", f"the dataset has no field {row['field']!r}.", remedy)


def _exists(field: str) -> bool:
    name, _, part = field.partition(".")
    spec = next((spec for spec in contract.tables() if spec.name == name), None)
    if spec is None:
        return False
    metrics = spec.column("metric").vocabulary if "metric" in spec.key else ()
    return not part or part in spec.column_names or part in metrics
