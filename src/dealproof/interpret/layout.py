"""Views of a table that the kinds of tables share: header rows, columns by header, label-value pairs.

A reader gives a grid; whether its first rows are a header, whether it holds pairs or a matrix, is a matter of what
stands in it, and is decided here once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from dealproof.interpret.units import UnitSources
from dealproof.model.table import Cell, Table
from dealproof.text import squeeze
from dealproof.values.dates import find_dates, parse_date, parse_period
from dealproof.values.nothing import parse_nothing
from dealproof.values.numbers import SIGN
from dealproof.values.parsed import Parsed
from dealproof.values.units import find_units, split_unit

_FIGURE = re.compile(rf"(?:{SIGN}|\()?[¥￥$]?\d[\d,]*(?:\.\d+)?(?:\)|(?<=\.\d\d)-)?")
#: A note under a table that names the unit of its figures.
_UNIT_NOTE = re.compile(r"单位|以(?:人民币)?[千万亿百]{0,2}元(?:列示|填列|计|表示)")
#: The end of a period, as the head under its day calls it.
_END = re.compile(r"(?:本|上|报告|收款)?(?:一)?(?:期|年|季|月|半年)?(?:间)?(?:期)?[初末]|本期|上期")
#: Columns of a list of labels with values.
_PAIR = 2
Grid = list[list[Cell | None]]


@dataclass(frozen=True, slots=True)
class Pair:
    """A label cell with the cells right of it up to the next label, and the unit cell between, if there is one."""

    label: Cell
    values: tuple[tuple[int, Cell], ...]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Matrix:
    """A table with header rows: `columns` are the header texts by column (outer level first), `body` the rows below."""

    columns: tuple[tuple[str, ...], ...]
    header: tuple[tuple[Cell | None, ...], ...]
    body: tuple[tuple[Cell | None, ...], ...]
    first_row: int

    def header_text(self, column: int) -> str:
        """All header texts of a column joined."""
        return "".join(self.columns[column])

    def inner(self, column: int) -> str:
        """The innermost header text of a column."""
        return self.columns[column][-1] if self.columns[column] else ""


def text_of(cell: Cell | None) -> str:
    """The squeezed text of a place of the grid."""
    return squeeze(cell.text) if cell is not None else ""


@lru_cache(maxsize=16_384)
def is_figure(text: str) -> bool:
    """Whether a text is a number, with or without a unit, a share or a date."""
    body = squeeze(text)
    if _FIGURE.fullmatch(body.rstrip("%")):
        return True
    number, unit = split_unit(body)
    if unit is not None and _FIGURE.fullmatch(squeeze(number)):
        return True
    return isinstance(parse_date(body), Parsed) or isinstance(parse_period(body), Parsed)


def header_depth(grid: Grid, is_header: Callable[[str], bool] | None = None) -> int:
    """Number of leading rows that are header: no figure behind the first column, something in it or known as header."""
    first = next((i for i, row in enumerate(grid) if _has_figure(row) and not _is_level_of_days(grid, i)), None)
    if first is None or first > 3:
        return min(1, max(len(grid) - 1, 0))
    depth = first
    while depth > 1 and not _is_header_row(grid[depth - 1], is_header):
        depth -= 1
    if len(grid[0]) == _PAIR:
        while depth > 1 and _is_pair_of_its_own(grid[depth - 1], grid[depth - 2]):
            depth -= 1
    return min(depth, max(len(grid) - 1, 0))


def _is_pair_of_its_own(row: Sequence[Cell | None], above: Sequence[Cell | None]) -> bool:
    """Whether a row of two columns is a label with words as its value (受托机构 | 云海信托有限公司), and no second header."""
    return bool(text_of(row[0]) and text_of(row[1])) and row[0] is not above[0] and row[1] is not above[1]


def _has_figure(row: Sequence[Cell | None]) -> bool:
    texts = [text_of(cell) for cell in row]
    return any(is_figure(t) for t in texts[1:]) or (is_figure(texts[0]) and sum(1 for t in texts if t) > 1)


def _is_level_of_days(grid: Grid, number: int) -> bool:
    """Whether all figures of a row are days, two or more, each merged over columns that words in the row below it name one by one."""
    row, below = grid[number], grid[number + 1] if number + 1 < len(grid) else []
    over = [i for i, cell in enumerate(row) if cell is not None and is_figure(cell.text)]
    days = {id(cell): cell for i in over if (cell := row[i]) is not None}
    names = {id(cell): cell for i in over if below and (cell := below[i]) is not None and cell is not row[i]}
    named_ends = bool(names) and all(_END.fullmatch(text_of(cell)) for cell in names.values())
    merged = all((cell.col_span > 1 or named_ends) and _is_day(cell.text) for cell in days.values())
    named = len(names) == len(over) and all(text_of(cell) and not is_figure(cell.text) for cell in names.values())
    return len(days) > 1 and merged and named


def _is_header_row(row: Sequence[Cell | None], is_header: Callable[[str], bool] | None) -> bool:
    """Whether a row under the first one still belongs to the header: several texts, or one that is known."""
    filled = [t for t in map(text_of, row) if t]
    if filled and all(map(_is_unit, filled)):
        return True
    if is_header is not None and any(is_header(t) for t in filled):
        return True
    return len(set(filled)) > 1


def matrix(table: Table, is_header: Callable[[str], bool] | None = None) -> Matrix:
    """Split a table into header and body. A unit or title row merged over all columns is left out of the header."""
    grid = table.grid()
    start = 0
    while start < len(grid) - 1 and _is_banner(grid[start]):
        start += 1
    depth = header_depth(grid[start:], is_header) or int(_is_date_header(grid[start:]))
    head, body = grid[start : start + depth], grid[start + depth :]
    columns: list[tuple[str, ...]] = []
    for index in range(table.n_cols):
        texts = [text_of(row[index]) for row in head]
        columns.append(_with_unit(tuple(dict.fromkeys(t for t in texts if t))))
    return Matrix(tuple(columns), tuple(map(tuple, head)), tuple(map(tuple, body)), start + depth)


def _is_unit(text: str) -> bool:
    """Whether a header cell holds nothing but a unit, in brackets or bare."""
    bare = text[1:-1] if text[:1] == "(" and text[-1:] == ")" else text
    return not re.search(r"[()占比率额]", bare) and is_unit_cell(bare)


def _with_unit(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Header texts of a column of which the last is nothing but the unit of the one above it."""
    if len(texts) < 2 or not _is_unit(texts[-1]):
        return texts
    *outer, name, unit = texts
    return (*outer, f"{name}{unit}" if unit.startswith("(") else f"{name}({unit})")


def _is_date_header(grid: Grid) -> bool:
    """A first row of two dates or periods or more over figures: `项目 | 2025年6月30日 | 2025年1月31日`."""
    if len(grid) < 2:
        return False
    first, *others = [text_of(cell) for cell in grid[0]]
    dates = [i for i, text in enumerate(others, start=1) if _is_day(text)]
    under = [text_of(row[i]) for row in grid[1:] for i in dates]
    return (
        len(dates) >= 2
        and not is_figure(first)
        and all(not is_figure(text) or _is_day(text) for text in others)
        and any(is_figure(text) and not _is_day(text) for text in under)
    )


def _is_day(text: str) -> bool:
    return isinstance(parse_date(text), Parsed) or isinstance(parse_period(text), Parsed)


def _is_banner(row: Sequence[Cell | None]) -> bool:
    """A first row that is one cell merged over all columns: title or unit, not a header."""
    cells = {id(cell) for cell in row if cell is not None}
    return len(row) >= 3 and len(cells) == 1 and row[0] is not None and row[0].col_span >= len(row)


def banner_text(table: Table) -> str:
    """Text of merged title or unit rows at the head of a table."""
    texts = []
    for row in table.grid():
        if not _is_banner(row):
            break
        texts.append(row[0].text if row[0] else "")
    return " ".join(texts)


def pairs(table: Table, is_label: Callable[[str], bool]) -> Iterator[Pair]:
    """Walk a table as labels with values: a known label, then the cells right of it up to the next known label."""
    for row in table.grid():
        distinct: list[tuple[int, Cell]] = []
        for index, cell in enumerate(row):
            if cell is not None and (not distinct or distinct[-1][1] is not cell):
                distinct.append((index, cell))
        yield from _row_pairs(distinct, is_label)


def _row_pairs(cells: Sequence[tuple[int, Cell]], is_label: Callable[[str], bool]) -> Iterator[Pair]:
    starts = [i for i, (_, cell) in enumerate(cells) if not is_figure(cell.text) and is_label(cell.text)]
    for at, start in enumerate(starts):
        stop = starts[at + 1] if at + 1 < len(starts) else len(cells)
        between = list(cells[start + 1 : stop])
        unit = ""
        if between and is_unit_cell(between[0][1].text):
            unit = f"（{squeeze(between[0][1].text)}）"
            between = between[1:]
        elif len(between) > 1 and is_unit_cell(between[-1][1].text):
            unit = f"（{squeeze(between[-1][1].text)}）"
            between = between[:-1]
        values = _until_text(between)
        yield Pair(cells[start][1], tuple(values), unit)


def _until_text(cells: Sequence[tuple[int, Cell]]) -> list[tuple[int, Cell]]:
    """Values end where an unknown text stands that is neither figure nor nothing: another, unknown label."""
    values: list[tuple[int, Cell]] = []
    for index, cell in cells:
        plain = is_figure(cell.text) or parse_nothing(cell.text) is not None or bool(re.search(r"\d", cell.text))
        if not plain and values:
            break
        values.append((index, cell))
    return values


def is_unit_cell(text: str) -> bool:
    """Whether a cell holds nothing but a unit (`万元`, `笔`, `%`)."""
    body = squeeze(text)
    return bool(body) and len(body) <= 6 and bool(find_units(f"({body})")) and not re.search(r"\d", body)


def unit_sources(table: Table, row_label: str, column_header: str, unit_cell: str = "") -> UnitSources:
    """The texts around a cell that may name its unit, in order of trust."""
    return UnitSources(
        row_label=row_label + unit_cell,
        column_header=column_header,
        title=" ".join(text for text in (table.title, banner_text(table), _corner(table)) if text),
        unit_line=table.unit_line,
        footnote=" ".join(note for note in table.notes if _UNIT_NOTE.search(squeeze(note))),
        section=table.section_unit,
    )


#: What a first header says that speaks of all columns, not of the labels under it.
_OF_ALL = re.compile(r"(?:项目|指标|科目|内容|名称|证券|档次|层级|费用|费用项目|分类|要素)?\((?:单位[:：])?[^()]{1,8}\)")


def _corner(table: Table) -> str:
    """The first header where it names the unit of all columns: 项目（元）."""
    cell = table.grid()[0][0] if table.n_rows and table.n_cols else None
    return cell.text if cell is not None and _OF_ALL.fullmatch(squeeze(cell.text)) else ""


def transposed(table: Table) -> Table:
    """The same table with rows and columns exchanged."""
    cells = tuple(
        replace(cell, row=cell.col, col=cell.row, row_span=cell.col_span, col_span=cell.row_span)
        for cell in sorted(table.cells, key=lambda c: (c.col, c.row))
    )
    return replace(table, cells=cells, n_rows=table.n_cols, n_cols=table.n_rows)


def date_in(text: str) -> str:
    """The ISO date inside a header such as `截至2025年6月30日`, or ''."""
    dates = find_dates(text)
    return dates[0][0].isoformat() if len(dates) == 1 else ""


def places(cells: Sequence[Cell]) -> frozenset[tuple[int, int]]:
    """All grid places that the cells cover."""
    return frozenset(
        (r, c)
        for cell in cells
        for r in range(cell.row, cell.row + cell.row_span)
        for c in range(cell.col, cell.col + cell.col_span)
    )
