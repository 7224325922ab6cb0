"""The types that travel between all rooms: where something was printed, what it means, what is in doubt."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Value = Decimal | str | bool | int
Origin = Literal["disclosed", "derived", "corrected"]
Severity = Literal["error", "warning", "info"]
Stage = Literal["open", "extract", "interpret", "build"]
#: Recognised text that is less sure than this is a question, unless something confirms it. Where the floor comes from:
#: `benchmarks/scans.py` prints how often a figure of each confidence is right.
CONFIDENCE_FLOOR = 0.9


@dataclass(frozen=True, slots=True)
class Source:
    """One file as handed in. `document_id` is the SHA-256 of its bytes.

    `replaced_by` is the document that was put in its place under the same name; such a one gives no values any more.
    """

    path: str
    file_name: str
    document_id: str
    size: int
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from the top left corner of the page as a viewer shows it."""

    x0: float
    top: float
    x1: float
    bottom: float

    def union(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(
            min(self.x0, other.x0), min(self.top, other.top), max(self.x1, other.x1), max(self.bottom, other.bottom)
        )


@dataclass(frozen=True, slots=True)
class Evidence:
    """The proof of one value: page (1-based), box, the printed text, and how its unit was known.

    `unit_from` is one of cell, row_label, column_header, title, unit_line, footnote, section, default or empty.
    `reader` names the reader whose cell this is, `text` for prose, `ocr` for what was recognised from a picture; then
    `confidence` (0 to 1) says how sure that is and `other` what another look saw, where it differs.
    """

    document_id: str
    page: int
    box: Box
    text: str
    unit_text: str = ""
    unit_from: str = ""
    reader: str = ""
    confidence: float = 1.0
    other: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of the dataset with its proof: `table`, the row's key columns, one `column`, the value.

    `key` holds (column, value) pairs of the table's key columns in the order of the contract.
    A derived fact names its inputs in `derivation`. `label_rows` are the label rows that fired (`file.csv:line`).
    """

    table: str
    key: tuple[tuple[str, str], ...]
    column: str
    value: Value
    unit: str = ""
    evidence: Evidence | None = None
    origin: Origin = "disclosed"
    derivation: str = ""
    label_rows: tuple[str, ...] = ()

    @property
    def key_text(self) -> str:
        """The key as `evidence.key` and `questions.key` print it."""
        return "|".join(value for _, value in self.key)


@dataclass(frozen=True, slots=True)
class Problem:
    """The one record of trouble and doubt; run report, status, questions and logs are views of it.

    `code` is a kind of `questions.kind` (conflict, low_confidence, unknown_label, missing_table, unit_unclear,
    alternative_sizes, …) where a person must decide, else a code of `errors.py`.
    """

    code: str
    severity: Severity
    stage: Stage
    message: str
    remedy: str = ""
    document_id: str = ""
    page: int = 0
    box: Box | None = None
    table: str = ""
    key: str = ""
    column: str = ""
    value: str = ""
    suggestions: tuple[str, ...] = field(default=())
