"""The review as a workbook: a sheet for each figure with data and a native chart, all metrics, deals with proofs, findings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from dealproof.export.workbook import save_without_times
from dealproof.market_review.dossier import Dossier
from dealproof.market_review.drawing import draw
from dealproof.market_review.excel import bar_chart, scatter_chart
from dealproof.market_review.figures import AMOUNT, FIGURES, Figure
from dealproof.market_review.marks import Drawn
from dealproof.market_review.notes import notes, title
from dealproof.market_review.number_grids import both, clouds, grid, rounded
from dealproof.market_review.style import text_width
from dealproof.metrics.catalog import BY_ID
from dealproof.metrics.frames import RESULT_COLUMNS, results_frame
from dealproof.metrics.model import Review, Words
from dealproof.metrics.vocabulary import words

#: Most characters of a cell, and rows of data above which notes stand below the chart at least.
_LONGEST, _CHART_ROWS = 32_767, 30
_DOTS = ("coupons", "ranks", "points")
#: Widths of columns in digits; a Chinese letter takes two.
_NARROWEST, _WIDEST, _LETTER = 11, 44, 2
_IN_YI_YUAN = Words("金额（亿元）", "Amount (CNY 100 m)")
#: Over how many columns a note reaches.
_NOTE_COLUMNS = 14
_DEAL_COLUMNS = (
    "产品 deal_id",
    "名称 Name",
    "市场 Market",
    "字段 Field",
    "数值 Value",
    "原文 As printed",
    "文件 Document",
    "页码 Page",
    "未决问题 Open question",
)


def write_workbook(review: Review, dossiers: Mapping[str, Dossier], path: Path) -> None:
    """Write the workbook; the same review gives the same bytes."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for figure in FIGURES:
        _figure_sheet(book.create_sheet(f"图{figure.number} Fig {figure.number}"), figure, review)
    _metrics_sheet(book.create_sheet("指标 Metrics"), review)
    _deals_sheet(book.create_sheet("产品 Deals"), dossiers)
    _findings_sheet(book.create_sheet("发现 Findings"), review)
    _left_out_sheet(book.create_sheet("未计入 Left out"), review)
    for sheet in book.worksheets:
        _on_paper(sheet)
    save_without_times(book, path)


def _figure_sheet(sheet: Any, figure: Figure, review: Review) -> None:
    drawn = draw(figure, review)
    named = title(figure, review)
    lower = (
        _dots(sheet, figure, drawn, f"{named.zh}\n{named.en}")
        if figure.kind in _DOTS
        else _bars(sheet, figure, drawn, f"{named.zh}\n{named.en}")
    )
    _put(sheet, lower, 1, f"{named.zh}")
    _put(sheet, lower + 1, 1, f"{named.en}")
    for place, note in enumerate(notes(figure, review), start=lower + 2):
        _note(sheet, place, f"{both(note.head)}: {note.text.zh} / {note.text.en}")
    _lay_out(sheet, lower - 1)


def _measure(figure: Figure) -> str:
    """What the numbers of a sheet are; amounts are the same figure in both languages, so both name 亿元."""
    return both(_IN_YI_YUAN if figure.measure == AMOUNT else figure.measure)


def _bars(sheet: Any, figure: Figure, drawn: Drawn, named: str) -> int:
    """Write the grid with its chart beside it; return a row below both."""
    table = grid(figure, drawn)
    _table(sheet, table.head, table.rows)
    if table.rows:
        sheet.add_chart(bar_chart(figure, table, sheet, named, _measure(figure)), f"{_letter(len(table.head) + 2)}2")
    return max(len(table.rows), _CHART_ROWS) + 4


def _dots(sheet: Any, figure: Figure, drawn: Drawn, named: str) -> int:
    """Write two columns for each series with the chart beside them; return a row below both."""
    found = clouds(drawn)
    places: list[tuple[int, int]] = []
    days = figure.kind == "coupons"
    for at, cloud in enumerate(found):
        column = 1 + 2 * at
        _put(sheet, 1, column, both(figure.axis))
        _put(sheet, 1, column + 1, cloud.name)
        for row, (x, y) in enumerate(cloud.points, start=2):
            _put(sheet, row, column, x)
            _put(sheet, row, column + 1, y)
        places.append((column, len(cloud.points) + 1))
    if found:
        axes = (both(figure.axis), _measure(figure))
        sheet.add_chart(scatter_chart(found, places, sheet, named, axes, days), f"{_letter(2 * len(found) + 2)}2")
    return max([last for _, last in places] + [_CHART_ROWS]) + 4


def _metrics_sheet(sheet: Any, review: Review) -> None:
    frame = results_frame(review)
    _table(sheet, RESULT_COLUMNS, [tuple(row) for row in frame.itertuples(index=False)])
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _deals_sheet(sheet: Any, dossiers: Mapping[str, Dossier]) -> None:
    _table(sheet, _DEAL_COLUMNS, [])
    row = 2
    for deal, dossier in sorted(dossiers.items()):
        market = both(words("market", dossier.market))
        for proof in dossier.proofs:
            for column, value in enumerate(
                (
                    deal,
                    dossier.deal_name,
                    market,
                    both(proof.label),
                    proof.value,
                    proof.text,
                    proof.document,
                    proof.page or None,
                    proof.question,
                ),
                start=1,
            ):
                _put(sheet, row, column, value)
            if proof.link:
                sheet.cell(row, _DEAL_COLUMNS.index("页码 Page") + 1).hyperlink = proof.link
            row += 1
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _findings_sheet(sheet: Any, review: Review) -> None:
    head = ("标识 Id", "发现 Finding", "说明 Detail", "产品 Deals")
    _table(
        sheet, head, [(item.id, both(item.title), both(item.detail), " ".join(item.deals)) for item in review.findings]
    )
    sheet.freeze_panes = "A2"


def _left_out_sheet(sheet: Any, review: Review) -> None:
    rows = [
        (
            metric,
            both(BY_ID[metric].title if metric else Words("全部指标", "All metrics")),
            item.deal_id,
            both(item.reason),
        )
        for metric, items in review.left_out.items()
        for item in items
    ]
    _table(sheet, ("metric", "指标 Metric", "产品 deal_id", "原因 Reason"), rows)
    sheet.freeze_panes = "A2"


def _note(sheet: Any, row: int, text: str) -> None:
    """A note across the sheet, in as many lines as it needs."""
    from openpyxl.styles import Alignment

    _put(sheet, row, 1, text)
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=_NOTE_COLUMNS)
    sheet.cell(row, 1).alignment = Alignment(wrap_text=True, vertical="top")
    lines = -(-text_width(text, _LETTER) // (_NARROWEST * _NOTE_COLUMNS))
    sheet.row_dimensions[row].height = 15 * lines


def _lay_out(sheet: Any, last: int) -> None:
    """Columns as wide as the data of a figure (its first `last` rows), and figures of a column with like places, which the
    labels of the chart follow."""
    from openpyxl.styles import Alignment

    sheet.row_dimensions[1].height = 45
    for cells in sheet.iter_cols(min_row=1, max_row=last):
        texts = [str(cell.value) for cell in cells[1:] if cell.value is not None]
        width = max((text_width(text, _LETTER) for text in texts), default=0)
        sheet.column_dimensions[cells[0].column_letter].width = min(max(width + 2, _NARROWEST), _WIDEST)
        cells[0].alignment = Alignment(wrap_text=True, vertical="top")
        broken = any(isinstance(cell.value, Decimal) and cell.value % 1 for cell in cells)
        for cell in cells[1:]:
            if isinstance(cell.value, Decimal):
                cell.number_format = "0.00" if broken else "0"


def _on_paper(sheet: Any) -> None:
    """A sheet prints across, as wide as one page."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _table(sheet: Any, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    from openpyxl.styles import Font

    for column, name in enumerate(head, start=1):
        _put(sheet, 1, column, name)
        sheet.cell(1, column).font = Font(bold=True)
    for at, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            _put(sheet, at, column, value)


def _put(sheet: Any, row: int, column: int, value: Any) -> None:
    """Write one cell; text is never taken for a formula, figures have the places that a spreadsheet keeps."""
    if value is None or value == "":
        return
    cell = sheet.cell(row, column)
    if isinstance(value, Decimal):
        cell.value = rounded(value)
    elif isinstance(value, (int, date)):
        cell.value = value
    else:
        cell.value = str(value)[:_LONGEST]
        cell.data_type = "s"


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))
