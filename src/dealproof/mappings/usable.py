"""The rows of an analysts' file that can be used, and what is wrong with its header and its cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

from dealproof.mappings.cells import CellError, read_cell
from dealproof.mappings.findings import Finding, Mistake
from dealproof.mappings.layout import Layout
from dealproof.mappings.sheet import Sheet, SheetRow

_HEAD, _GROUP = re.compile(r"[+-]?\d{1,3}"), re.compile(r"\d{3}(?:\.\d+)?")
_SHIFTED = "A comma inside a cell needs the cell in quotation marks; or save it again from Excel."


def _every(_row: SheetRow) -> bool:
    return True


def usable_rows(
    sheet: Sheet,
    layout: Layout,
    findings: list[Finding],
    *,
    file: str = "",
    needed: Sequence[str] | None = None,
    where: Callable[[SheetRow], bool] = _every,
) -> tuple[SheetRow, ...]:
    """Return the rows with every cell as the program writes it; a row with a cell that cannot be taken adds findings
    and is left out, and so are all rows where a needed column is missing.

    `file` names the file in findings (default: the layout's), `needed` are the columns that must stand there (default:
    the layout's). Rows for which `where` says no are left out unread: nobody has filled them in.
    """
    name = file or layout.file
    laid_out = sheet.laid_out(layout)
    wrong = list(header_mistakes(laid_out, layout, name, layout.needed if needed is None else needed))
    findings += wrong
    if wrong:
        return ()
    ends = _ends_of_figures(laid_out.columns, layout)
    usable: list[SheetRow] = []
    for row in filter(where, laid_out.printed_rows):
        cells, told = _read(row, layout, ends)
        findings += [Finding(name, row.line, *words) for words in told]
        if not told:
            usable.append(SheetRow(cells, row.line))
    return tuple(usable)


def header_mistakes(sheet: Sheet, layout: Layout, file: str, needed: Sequence[str]) -> Iterator[Finding]:
    """Columns that are missing, stand twice, or are misspelt; `sheet` is laid out. An analyst's own are no mistake."""
    line = sheet.header_at + 1
    absent = [name for name in layout.names if name not in sheet.columns]
    for header in dict.fromkeys(sheet.headers):
        if layout.column(header) is None and (meant := layout.misspelt(header, absent)):
            absent.remove(meant)
            yield Finding(
                file, line, header, f"there is no column {header!r}.", f"Did you mean {_called(layout, meant)}?"
            )
    for name in layout.names:
        if sheet.columns.count(name) > 1:
            yield Finding(file, line, name, "the column stands twice.", "Delete one of the two.")
    missing = [name for name in needed if name in absent]
    if missing:
        message = f"column {', '.join(missing)} is missing."
        remedy = f"Restore the header row: {', '.join(layout.names)}."
        yield Finding(file, line, missing[0], message, remedy)


def _called(layout: Layout, name: str) -> str:
    column = layout.column(name)
    return f"{name} ({column.zh[0]})" if column is not None and column.zh else name


def _ends_of_figures(columns: Sequence[str], layout: Layout) -> tuple[tuple[str, str], ...]:
    """Columns of figures, each with the column of something else that stands behind it."""
    kinds = {name: known.kind if (known := layout.column(name)) else "text" for name in columns}
    return tuple((name, behind) for name, behind in pairwise(kinds) if kinds[name] == "value" != kinds[behind])


def _cut_figure(row: SheetRow, ends: Iterable[tuple[str, str]]) -> str:
    """The column whose figure was cut at its comma (3,250,000 in three cells), '' where none was."""
    return next((name for name, behind in ends if _HEAD.fullmatch(row[name]) and _GROUP.fullmatch(row[behind])), "")


def _read(row: SheetRow, layout: Layout, ends: Iterable[tuple[str, str]]) -> tuple[dict[str, str], list[Mistake]]:
    """The cells of a row, and what is wrong with them: column, message, remedy."""
    cells = dict(row.cells)
    told: list[Mistake] = []
    if row.beyond:
        told.append(("", f"{row.beyond!r} stands behind the last column: a cell too many.", _SHIFTED))
    if cut := _cut_figure(row, ends):
        told.append((cut, f"{row[cut]!r} is the beginning of a figure whose rest stands in the next cell.", _SHIFTED))
    for column in layout.columns:
        if not (text := row[column.name]):
            cells[column.name] = ""
            continue
        try:
            cells[column.name] = read_cell(column, text)
        except CellError as error:
            told.append((column.name, str(error), error.remedy))
    return cells, told
