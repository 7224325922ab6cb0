"""`dealproof inspect`: what one PDF is, its tables, its facts with page, box and printed text, its questions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dealproof.cli.common import Debug, Mappings, settings_of
from dealproof.cli.render import wide_console
from dealproof.errors import UsageError
from dealproof.text import squeeze

if TYPE_CHECKING:
    from rich.console import Console

    from dealproof.interpret.context import TableReading
    from dealproof.mappings.labels import Labels
    from dealproof.model.evidence import Box, Fact
    from dealproof.model.extract import Extract
    from dealproof.model.interpretation import Interpretation


def inspect(
    file: Annotated[Path, typer.Argument(help="One PDF.")],
    page: Annotated[int | None, typer.Option(help="Only this page.")] = None,
    image: Annotated[Path | None, typer.Option(help="Write a PNG of the page with boxes drawn.")] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say which label row fired and why pages were read.")
    ] = False,
    ledger: Annotated[
        bool, typer.Option("--ledger", help="Say what became of every figure: read, ignored by which rule, or asked.")
    ] = False,
    mappings: Mappings = None,
    debug: Debug = False,
) -> None:
    """Show what was found where in one PDF.

    Example: dealproof inspect report.pdf --page 3 --image page3.png --explain
    """
    from dealproof.cli.ledger import show_ledger
    from dealproof.extract.document import extract_document
    from dealproof.interpret.read import interpret_document, ledger_of
    from dealproof.mappings.labels_of_folder import labels_of

    labels = labels_of(settings_of(mappings=mappings).mappings)
    extract = extract_document(file, labels)
    if page is not None and not 1 <= page <= len(extract.pages):
        raise UsageError(f"{file.name} has no page {page}.", f"Name a page from 1 to {len(extract.pages)}.")
    result = interpret_document(extract, labels)
    console = wide_console()
    _document(console, result)
    if ledger:
        show_ledger(console, ledger_of(extract, labels), page)
    else:
        _found(console, extract, result, page, explain, labels)
    if image is not None:
        _draw(file, page or _first_page(result), extract, result, image)
        console.print(f"boxes drawn in {image}", highlight=False, markup=False)


def _found(
    console: Console, extract: Extract, result: Interpretation, page: int | None, explain: bool, labels: Labels
) -> None:
    """Tables, facts and questions; with `explain` also why pages were read as they were."""
    from dealproof.extract.choose_pages import choose_pages
    from dealproof.interpret.context import Context
    from dealproof.interpret.dates import date_hits
    from dealproof.interpret.document import profile_document
    from dealproof.interpret.read_tables import read_tables

    ctx = Context(extract, profile_document(extract, labels), labels, date_hits(extract.pages, labels))
    readings = read_tables(ctx) if result.status != "unsupported" else []
    _tables(console, readings, page, explain)
    _facts(console, result, page, explain)
    _questions(console, result, page)
    if explain:
        _pages(console, extract, page)
        for choice in choose_pages(extract.pages, labels):
            if page in (None, choice.page):
                console.print(f"page {choice.page} was read carefully: {choice.why}", highlight=False, markup=False)


def _pages(console: Console, extract: Extract, page: int | None) -> None:
    """Pages that are not read as text, and why."""
    for item in extract.pages:
        if item.quality != "native" and page in (None, item.number):
            how = {"text": "read as text", "ocr": "recognised", "unread": "not read"}[item.read_by]
            turned = f", turned by {item.upright.turn}, level by {item.upright.skew:.2f}" if item.upright else ""
            console.print(
                f"page {item.number} is {item.quality} ({'; '.join(item.reasons)}): {how}{turned}",
                highlight=False,
                markup=False,
            )


def _document(console: Console, result: Interpretation) -> None:
    profile = result.profile
    console.print(
        f"{result.source.file_name}  {result.pages} pages  {result.status} {result.message}",
        highlight=False,
        markup=False,
        style="bold",
    )
    for name in ("kind", "market", "asset_class", "deal_id", "deal_name", "period_no", "period_start", "period_end",
                 "report_date", "payment_date", "cutoff_date", "default_definition"):  # fmt: skip
        value = getattr(profile, name)
        if value not in (None, ""):
            console.print(f"  {name:<18} {value}", highlight=False, markup=False)


def _tables(console: Console, readings: list[TableReading], page: int | None, explain: bool) -> None:
    from rich.markup import escape
    from rich.table import Table as Grid

    grid = Grid("page", "size", "kind", "readers", "caption", box=None, pad_edge=False)
    for entry in readings:
        table = entry.table
        if page is not None and page not in table.pages:
            continue
        kind = f"{entry.kind} {entry.claim:.2f}" if entry.kind else f"left: {entry.left_because}"
        caption = squeeze(table.title) or " / ".join(table.section[-1:])
        pages = "-".join(str(p) for p in sorted({table.pages[0], table.pages[-1]}))
        size = f"{table.n_rows}x{table.n_cols} {table.style}"
        grid.add_row(*map(escape, (pages, size, kind, ", ".join(table.readers), caption)))
        if explain and table.unit_line:
            grid.add_row("", "", "", "", escape(f"unit line: {table.unit_line}"))
    console.print(grid)


def _facts(console: Console, result: Interpretation, page: int | None, explain: bool) -> None:
    from rich.markup import escape
    from rich.table import Table as Grid

    columns = ["page", "table", "key", "column", "value", "printed", "unit from"]
    grid = Grid(*columns, *(["label row"] if explain else []), box=None, pad_edge=False)
    for fact in result.facts:
        proof = fact.evidence
        if proof is None or page not in (None, proof.page):
            continue
        cells = [
            str(proof.page),
            fact.table,
            _key(fact),
            fact.column,
            str(fact.value),
            squeeze(proof.text)[:40],
            f"{proof.unit_text} {proof.unit_from}",
        ]
        grid.add_row(*map(escape, cells), *([escape(", ".join(fact.label_rows))] if explain else []))
    console.print(grid)


def _key(fact: Fact) -> str:
    return "|".join(value for name, value in fact.key if name not in ("deal_id", "document_id"))


def _questions(console: Console, result: Interpretation, page: int | None) -> None:
    for problem in result.problems:
        if page in (None, problem.page):
            console.print(
                f"? {problem.code} page {problem.page}: {problem.message} {problem.remedy}",
                highlight=False,
                markup=False,
            )


def _first_page(result: Interpretation) -> int:
    return next((fact.evidence.page for fact in result.facts if fact.evidence), 1)


def _draw(file: Path, page: int, extract: Extract, result: Interpretation, image: Path) -> None:
    from dealproof.pages.image import draw_page

    boxes: list[tuple[str, Box]] = []
    for table in extract.tables:
        cells: list[Box] = [extract.pages[page - 1].shown(cell.box) for cell in table.cells if cell.page == page]
        if cells:
            whole = cells[0]
            for box in cells[1:]:
                whole = whole.union(box)
            boxes.append(("table", whole))
    boxes += [("fact", f.evidence.box) for f in result.facts if f.evidence and f.evidence.page == page]
    boxes += [("question", p.box) for p in result.problems if p.box and p.page == page]
    draw_page(file, page, boxes, image)
