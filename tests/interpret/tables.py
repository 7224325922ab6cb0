"""Hand-built tables and documents: what the readers of meaning see, without any PDF."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dealproof.interpret.context import Context
from dealproof.interpret.dates import date_hits
from dealproof.interpret.document import profile_document
from dealproof.mappings.labels import Labels, load_labels
from dealproof.model.evidence import Box, Fact, Source
from dealproof.model.extract import Extract
from dealproof.model.page import Line, PageText
from dealproof.model.profile import Profile
from dealproof.model.table import Cell, Table

LABELS: Labels = load_labels(Path(__file__).parents[2] / "mappings" / "labels")
LINE_HEIGHT = 14.0


def table_of(
    rows: Sequence[Sequence[str | None]],
    *,
    title: str = "",
    unit_line: str = "",
    section: Sequence[str] = (),
    notes: Sequence[str] = (),
    page: int = 1,
) -> Table:
    """A table with one cell per text; `None` means that the cell above runs on into this place."""
    cells = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text is None:
                continue
            span = next((n for n in range(1, len(rows) - r) if rows[r + n][c] is not None), len(rows) - r)
            box = Box(50 + 80 * c, 100 + 20 * r, 130 + 80 * c, 120 + 20 * (r + span - 1))
            cells.append(Cell(text, r, c, span, 1, page, box, "ruled"))
    width = max(len(row) for row in rows)
    whole = Box(50, 100, 50 + 80 * width, 100 + 20 * len(rows))
    return Table(
        tuple(cells), len(rows), width, (page,), whole,
        title=title, unit_line=unit_line, section=tuple(section), notes=tuple(notes),
    )  # fmt: skip


def document_of(*pages: str, tables: Sequence[Table] = ()) -> Extract:
    """A document whose pages hold the given lines."""
    texts = tuple(_page(number, text) for number, text in enumerate(pages, start=1))
    return Extract(Source("x.pdf", "x.pdf", "d" * 64, 1), texts, tuple(tables))


def _page(number: int, text: str) -> PageText:
    lines = [line for line in text.strip().splitlines() if line.strip()]
    return PageText(
        number, 595, 842,
        tuple(Line(line.strip(), Box(50, LINE_HEIGHT * i, 500, LINE_HEIGHT * (i + 1))) for i, line in enumerate(lines)),
    )  # fmt: skip


def context_of(extract: Extract | None = None, profile: Profile | None = None) -> Context:
    """The context of a document; without one, of a trustee report for the third period of a made-up deal."""
    if extract is None:
        extract = document_of("")
    if profile is None and extract.pages[0].lines:
        profile = profile_document(extract, LABELS)
    made_up = Profile(kind="trustee_report", market="credit_abs", deal_id="云帆2025-1", period_no=3)
    return Context(extract, profile or made_up, LABELS, date_hits(extract.pages, LABELS))


def values_of(facts: Sequence[Fact], table: str, column: str) -> dict[str, object]:
    """The values of one column by row key."""
    return {fact.key_text: fact.value for fact in facts if fact.table == table and fact.column == column}
