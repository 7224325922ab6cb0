"""Columns and rows of a table that are not this deal's own, taken out before anybody reads it.

A table may hold this deal beside another, what happened beside what was forecast, the pool beside the whole book. What a
header, a row or a line across the table says surely of its own part is left aside; the rest is read as if it stood alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from dealproof.interpret.context import Context
from dealproof.interpret.layout import is_figure, matrix, text_of
from dealproof.interpret.scope import (
    NOTHING_SAID,
    Verdict,
    is_label,
    is_row_label,
    may_be_of_another,
    names_this_deal,
    of_another,
    of_another_period,
    of_some_loans,
    other_deal,
    own_of,
)
from dealproof.interpret.serial_columns import serial_columns, without_serials
from dealproof.model.table import Cell, Table
from dealproof.text import squeeze
from dealproof.values.deal_mentions import year_and_number

_FORESEEN = frozenset(("forecast", "stress"))
#: A line across a table that ends so is the label of a figure that is missing, and no title of the rows below.
_LABEL = re.compile(r"(?:[率额数日值金息例]|[)）%])$")
#: A unit line in the head of a page, and how much of the page that is.
_UNIT_OF_PAGE, _HEAD = re.compile(r"\(?(?:金额|货币)?单位[:：][^,。;]{1,12}\)?"), 0.06
#: Headers of what a correction says, and of what it takes back.
_CORRECTED = re.compile(r"(?:更正|修正|修改|勘误|修订)后")
_ERRONEOUS = re.compile(r"(?:更正|修正|修改|勘误|修订)前|原(?:披露|公告|报告|列示|公布)?(?:数据|数值|内容|值|文|数|为)?$|原(?:披露|公告|报告)")
#: Letters of the longest remark (预测, 测算值) that says of a whole row that it did not happen.
_REMARK = 8
#: What the name of an institution has.
_INSTITUTION = re.compile("公司|事务所|银行")


@dataclass(frozen=True, slots=True)
class OwnPart:
    """What is left of a table, where its rows and columns stood before, and what was left aside, each with its reason.

    `against` is set where nothing is left, or where what is left may be another's too; `serials` are the columns that only
    number the rows.
    """

    table: Table
    rows: tuple[int, ...]
    cols: tuple[int, ...]
    left: tuple[Verdict, ...] = ()
    against: Verdict = NOTHING_SAID
    serials: frozenset[int] = frozenset()

    def left_places(self, whole: Table) -> frozenset[tuple[int, int]]:
        """Places of the whole table that were left aside as another's."""
        rows, cols = set(self.rows), set(self.cols) | self.serials
        return frozenset((each.row, each.col) for each in whole.cells if each.row not in rows or each.col not in cols)

    def places(self, used: Iterable[tuple[int, int]]) -> frozenset[tuple[int, int]]:
        """Places of the part as places of the whole table."""
        height, width = len(self.rows), len(self.cols)
        return frozenset((self.rows[row], self.cols[col]) for row, col in used if row < height and col < width)


def own_part(table: Table, ctx: Context) -> OwnPart:
    """Return a table without the columns and rows that say that they are another's, and without those that only number rows."""
    table = _with_unit_of_page(table, ctx)
    serial = serial_columns(table)
    if not serial:
        return _own_part(table, ctx)
    cols = tuple(index for index in range(table.n_cols) if index not in serial)
    part = _own_part(reduced(without_serials(table, serial), range(table.n_rows), cols), ctx)
    return replace(part, cols=tuple(cols[index] for index in part.cols), serials=serial)


def _with_unit_of_page(table: Table, ctx: Context) -> Table:
    """The table with the unit that the head of its page names for all its tables, where nothing nearer names one."""
    page = next((page for page in ctx.extract.pages if page.number == table.pages[0]), None)
    if page is None or table.unit_line or table.section_unit:
        return table
    head = [line.text for line in page.lines[:2] if line.box.bottom < _HEAD * page.height]
    taken = {squeeze(other.unit_line) for other in ctx.extract.tables if page.number in other.pages}
    unit = next((text for text in (*head, *page.furniture) if _UNIT_OF_PAGE.fullmatch(squeeze(text)) and squeeze(text) not in taken), "")
    return replace(table, section_unit=unit) if unit else table


def _own_part(table: Table, ctx: Context) -> OwnPart:
    columns = _columns(table, ctx)
    rows = _rows(table, ctx)
    gone_rows = {index for index, verdict in rows.items() if verdict.is_sure}
    gone_cols = {index for index, verdict in columns.items() if verdict.is_sure}
    figures = _figures(table)
    left = tuple(dict.fromkeys((*columns.values(), *rows.values())))
    kept_rows = tuple(index for index in range(table.n_rows) if index not in gone_rows)
    doubted_cols, doubted_rows = set(columns) - gone_cols, set(rows) - gone_rows
    certain = {place for place in figures if place[0] not in rows and place[1] not in columns}
    if certain:
        gone_cols |= doubted_cols
        gone_rows |= doubted_rows
        kept_rows = tuple(index for index in kept_rows if index not in gone_rows)
    against = NOTHING_SAID
    if figures and not certain and left:
        against = next((verdict for verdict in left if not verdict.is_sure), left[0])
    kept_cols = tuple(index for index in range(table.n_cols) if index not in gone_cols)
    if not left or against or len(kept_cols) < 1 or len(kept_rows) < 1:
        return OwnPart(table, tuple(range(table.n_rows)), tuple(range(table.n_cols)), left, against)
    return OwnPart(reduced(table, kept_rows, kept_cols), kept_rows, kept_cols, left)


def _figures(table: Table) -> set[tuple[int, int]]:
    """Places behind the first column that hold a figure."""
    return {(cell.row, cell.col) for cell in table.cells if cell.col > 0 and is_figure(cell.text)}


def _columns(table: Table, ctx: Context) -> dict[int, Verdict]:
    """Columns behind the first whose header says, or may say, that they are another's."""
    grid = matrix(table)
    headers = [grid.header_text(index) for index in range(len(grid.columns))]
    found = _beside_this_deal(headers, ctx) | _before_correction(headers)
    for index in range(1, len(grid.columns)):
        texts = [text for text in (*grid.columns[index], grid.header_text(index)) if text and not is_figure(text)]
        if any(names_this_deal(ctx, text) for text in texts):
            continue
        if len(grid.columns[index]) > 1 and ctx.labels.field("tranches", grid.header_text(index)):
            continue  # 到期日 over 预期
        verdict = _first(texts, lambda text: _named(ctx, text))
        if not verdict:
            words = [text for text in texts if not is_label(ctx, text)]
            verdict = _first(words, lambda text: of_another(ctx, text) or may_be_of_another(ctx, text) or of_some_loans(text))
        if verdict:
            found[index] = verdict
    return found


def _beside_this_deal(headers: Sequence[str], ctx: Context) -> dict[int, Verdict]:
    """Of two columns that are nothing but a year and a number, one of which is this deal's (2023年第二期, 2024年第一期), the
    other one; more of them are the periods of a history."""
    own = own_of(ctx)
    numbered = {index: pair for index, text in enumerate(headers) if (pair := year_and_number(text)) is not None}
    if len(numbered) != 2 or (own.year, own.number) not in numbered.values():
        return {}
    return {
        index: Verdict("other deal", headers[index]) for index, pair in numbered.items() if pair != (own.year, own.number)
    }


def _before_correction(headers: Sequence[str]) -> dict[int, Verdict]:
    """Beside a column of what holds after a correction (更正后) the one of what was printed before it."""
    if not any(_CORRECTED.match(text) for text in headers):
        return {}
    return {index: Verdict("before its correction", text) for index, text in enumerate(headers) if _ERRONEOUS.match(text)}


def _rows(table: Table, ctx: Context) -> dict[int, Verdict]:
    """Rows that name another deal or are marked as foreseen, and those under a line across the table that says so."""
    found: dict[int, Verdict] = {}
    over = group = NOTHING_SAID
    for index, row in enumerate(table.grid()):
        texts = [squeeze(cell.text) for cell in _distinct(row) if cell.text.strip()]
        if index > 0 and _is_across(row, texts, table.n_cols, ctx):
            over = of_another(ctx, texts[0]) or of_another_period(ctx, texts[0]) or may_be_of_another(ctx, texts[0])
            if over:
                found[index] = over
            continue
        if text_of(row[0]):
            group = _of_group(texts, ctx)
        verdict = over or group or _of_row(texts, ctx)
        if verdict and index > 0:
            found[index] = verdict
    return found


def _of_row(texts: Sequence[str], ctx: Context) -> Verdict:
    """A row is another deal's if one of its texts names that, and foreseen if a remark behind its label says so."""
    words = [text for text in texts if not is_figure(text)]
    if any(names_this_deal(ctx, text) for text in words):
        return NOTHING_SAID
    if other := _first(words, lambda text: _named(ctx, text)):
        return other
    if any(map(_INSTITUTION.search, words)) and len(words) == len(texts):
        return NOTHING_SAID  # what an institution does: 会计师 | 甲会计师事务所 | 现金流预测
    remarks = [text for text in texts[1:] if len(text) <= _REMARK and not is_label(ctx, text)]
    return _first(remarks, lambda text: verdict if (verdict := of_another(ctx, text)).reason in _FORESEEN else NOTHING_SAID)


def _of_group(texts: Sequence[str], ctx: Context) -> Verdict:
    """What a text in front of a label says of it, and of the rows below that have no such text: 上期 | 期末余额 | 900."""
    if len(texts) < 2 or any(is_figure(text) for text in texts[:2]):
        return NOTHING_SAID
    head, label = texts[0], texts[1]
    if is_row_label(ctx, head) or not (is_row_label(ctx, label) or (is_label(ctx, label) and not is_label(ctx, head))):
        return NOTHING_SAID
    return of_another(ctx, head) or of_another_period(ctx, head) or may_be_of_another(ctx, head)


def _named(ctx: Context, text: str) -> Verdict:
    other = other_deal(ctx, text)
    return Verdict("other deal", other) if other else NOTHING_SAID


def _is_across(row: Sequence[Cell | None], texts: Sequence[str], width: int, ctx: Context) -> bool:
    """Whether a row is one text over all columns, or one text in front of empty cells that is no label."""
    if len(texts) != 1 or is_figure(texts[0]):
        return False
    first = row[0]
    if first is not None and first.col_span >= width > 1:
        return True
    if width < 2 or text_of(first) != texts[0]:
        return False
    return bool(_named(ctx, texts[0])) or not (_LABEL.search(texts[0]) or is_label(ctx, texts[0]))


def _first(texts: Sequence[str], said: Callable[[str], Verdict]) -> Verdict:
    return next((verdict for text in texts if (verdict := said(text))), NOTHING_SAID)


def _distinct(row: Sequence[Cell | None]) -> list[Cell]:
    found: list[Cell] = []
    for cell in row:
        if cell is not None and (not found or found[-1] is not cell):
            found.append(cell)
    return found


def reduced(table: Table, rows: Sequence[int], cols: Sequence[int]) -> Table:
    """The table with these rows and columns only; merged cells shrink."""
    row_at = {old: new for new, old in enumerate(rows)}
    col_at = {old: new for new, old in enumerate(cols)}
    cells = []
    for cell in table.cells:
        down = [row_at[row] for row in range(cell.row, cell.row + cell.row_span) if row in row_at]
        across = [col_at[col] for col in range(cell.col, cell.col + cell.col_span) if col in col_at]
        if down and across:
            cells.append(replace(cell, row=down[0], col=across[0], row_span=len(down), col_span=len(across)))
    return replace(table, cells=tuple(cells), n_rows=len(rows), n_cols=len(cols))
