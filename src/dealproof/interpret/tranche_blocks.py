"""Blocks of labels and values that each speak of one tranche (优先A级资产支持证券: 发行规模 …, 预期到期日 …).

The tranche is named by the caption, by the heading, by a row across the table, or by a label of the block itself
(证券名称 | 优先A级). The nearest of these speaks; two that name different tranches name none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from dealproof.interpret.context import Context
from dealproof.interpret.layout import Pair, is_figure, pairs
from dealproof.model.evidence import Box
from dealproof.model.table import Cell, Table
from dealproof.text import squeeze
from dealproof.values.tranches import Tranche, tranche_named

_NUMBERED = re.compile(r"^(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+[、.]|\d+(?:\.\d+)*[、.]?(?=\D)|[①-⑳◆◇●○■□▶►➢★☆•·※])")
_MATTER = re.compile(
    r"(?:的)?(?:(?:本期|本次|本息|收益|还本付息|基本|发行|产品|主要)?(?:兑付|支付|分配|偿付|要素|条款|信息|特征|概况|情况|说明)|概要|简介|列示|如下|表)+[:：]?$"
)


@dataclass(frozen=True, slots=True)
class Owner:
    """The tranche that a block speaks of, and the cell that names it."""

    tranche: Tranche
    cell: Cell


@dataclass(frozen=True, slots=True)
class Block:
    """The labels with values that speak of one tranche."""

    owner: Owner
    pairs: tuple[Pair, ...]

    @property
    def is_across(self) -> bool:
        """Whether the tranche is named by a row of its own above the labels."""
        return bool(self.pairs) and self.owner.cell.row_span > 0 and self.owner.cell.row < self.pairs[0].label.row


def named_by(cell: Cell | None) -> Tranche | None:
    """The tranche that a place of a table names."""
    return tranche_named(cell.text) if cell is not None else None


def owner_above(table: Table, ctx: Context) -> Owner | None:
    """The tranche that the caption of a table names, or else the innermost heading over it."""
    for text in (table.title, table.section[-1] if table.section else ""):
        tranche = in_caption(text)
        if tranche is not None:
            return Owner(tranche, line_cell(table, ctx, text))
    return None


def in_caption(text: str) -> Tranche | None:
    """The tranche that a caption names, with the number before it and the words for the matter behind it left aside."""
    bare = _NUMBERED.sub("", squeeze(text))
    return tranche_named(_MATTER.sub("", bare)) if bare else None


def blocks_of(table: Table, ctx: Context, is_label: Callable[[str], bool], is_name: Callable[[str], bool]) -> list[Block]:
    """The blocks of a table; none where it is no table of blocks. `is_name` tells labels of a tranche's name."""
    found: list[tuple[Owner, list[Pair]]] = []
    above = owner_above(table, ctx)
    across = {row: owner for row in range(table.n_rows) if (owner := _across(table, row)) is not None}
    begun = -1
    for pair in pairs(table, is_label):
        row = pair.label.row
        named = _named_beside(pair) if is_name(pair.label.text) else None
        own = max((at for at in across if begun < at <= row), default=None)
        if own is not None:
            begun = own
            found.append((across[own], []))
        if named is not None and not (found and found[-1][0].tranche == named.tranche):
            if found and not found[-1][1]:
                return []
            found.append((named, []))
        if not found:
            if above is None:
                continue
            found.append((above, []))
        found[-1][1].append(pair)
    names = [owner.tranche.name for owner, _ in found]
    if len(names) != len(set(names)) or (above is not None and len(names) == 1 and names[0] != above.tranche.name):
        return []
    return [Block(owner, tuple(inside)) for owner, inside in found]


#: A label that begins with the tranche that it speaks of (优先A级发行规模, 次级资产支持证券的预期到期日).
_PREFIXED = re.compile(
    r"((?:优先|次优先?|中间|夹层|次级|劣后)(?:级|档)?[A-Z]?-?\d{0,2}(?:级|档)?(?:资产支持)?(?:证券|票据)?)(?:的)?[:：]?([一-龥].*)"
)


def owned_label(text: str, is_label: Callable[[str], bool]) -> tuple[Tranche, str] | None:
    """The tranche that a label begins with, and the label that follows, where that is known."""
    match = _PREFIXED.fullmatch(_NUMBERED.sub("", squeeze(text)))
    tranche = tranche_named(match.group(1)) if match else None
    return (tranche, match.group(2)) if match and tranche is not None and is_label(match.group(2)) else None


def blocks_by_label(table: Table, is_label: Callable[[str], bool]) -> list[Block]:
    """The blocks of a table whose labels begin with the tranche that each speaks of; the order of rows is left open."""
    found: dict[str, tuple[Owner, list[Pair]]] = {}
    for pair in pairs(table, lambda text: owned_label(text, is_label) is not None):
        owned = owned_label(pair.label.text, is_label)
        if owned is not None:
            tranche, label = owned
            whole = found.setdefault(tranche.name, (Owner(tranche, pair.label), []))
            whole[1].append(replace(pair, label=replace(pair.label, text=label)))
    return [Block(owner, tuple(inside)) for owner, inside in found.values()]


def _across(table: Table, row: int) -> Owner | None:
    """The tranche that a row with one text names."""
    cells = [cell for cell in table.grid()[row] if cell is not None and cell.text.strip()]
    if len({cell.text for cell in cells}) != 1 or is_figure(cells[0].text):
        return None
    tranche = in_caption(cells[0].text)
    return Owner(tranche, cells[0]) if tranche is not None else None


def _named_beside(pair: Pair) -> Owner | None:
    cell = pair.values[0][1] if pair.values else None
    tranche = named_by(cell)
    return Owner(tranche, cell) if cell is not None and tranche is not None else None


def line_cell(table: Table, ctx: Context, text: str) -> Cell:
    """The line that prints a caption, as a cell outside the grid; the table's own box where no line shows it."""
    first = table.pages[0]
    top = table.extent(first).top
    wanted = squeeze(text)
    lines = [
        (page.number, line)
        for page in ctx.extract.pages
        if page.number in (first - 1, first)
        for line in page.lines
        if squeeze(line.text) == wanted and (page.number < first or line.box.top <= top + 2)
    ]
    if not lines:
        return Cell(text, 0, 0, 0, 0, first, Box(table.box.x0, top, table.box.x1, top), "text")
    page, line = lines[-1]
    return Cell(line.text, 0, 0, 0, 0, page, line.box, "text")
