"""What stands around a table: its caption, the unit line, the sentence that introduces it, the notes below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dealproof.model.evidence import Box
from dealproof.model.page import Line, PageText
from dealproof.model.table import Table
from dealproof.text import squeeze
from dealproof.values.units import names_each_unit

_UNIT = re.compile(
    r"(?:金额)?单位(?:[:：]|为)|^\(?单位|^人民币(?:元|万元|亿元)$|币种[:：]|\(inthousands|dollarsinthousands"
)
_NOTE = re.compile(r"^(?:注\d*[:：.、]?|\*|※|备注[:：]|说明[:：]|note)", re.IGNORECASE)
_LEAD = re.compile(r"(?:如下(?:表)?(?:所示)?|下表(?:所示)?|情况|所示)?[:：]$|如下(?:表所示)?[。]?$|见下表")
_PROSE = re.compile(r"[。；，]$")
#: How far above a table its caption may stand, in points.
REACH = 70.0
#: Share of its height by which a caption may reach into a table, as lines of recognised print do.
INTO = 0.4
#: How far apart the tops of tables side by side may be.
BESIDE = 8.0


@dataclass(frozen=True, slots=True)
class Caption:
    """What was found around one table; empty strings where there is nothing."""

    title: str = ""
    unit_line: str = ""
    lead: str = ""
    notes: tuple[str, ...] = ()


def with_caption(table: Table, pages: dict[int, PageText], others: Sequence[Table]) -> Table:
    """Return the table with title, unit line, lead and notes read from the page texts."""
    last = table.pages[-1]
    bottom = table.extent(last).bottom
    caption = _above(pages, others, table)
    return table.with_context(
        title=caption.title, unit_line=caption.unit_line, lead=caption.lead,
        notes=_below(pages[last], _boxes(others, last), bottom) if last in pages else (),
    )  # fmt: skip


def _is_unit(text: str) -> bool:
    return bool(_UNIT.search(text.lower())) or names_each_unit(text)


def _boxes(tables: Sequence[Table], page: int) -> list[Box]:
    """Where on a page the tables stand that run over it."""
    return [table.extent(page) for table in tables if page in table.pages]


def _above(pages: dict[int, PageText], others: Sequence[Table], table: Table) -> Caption:
    page, top = table.pages[0], table.extent(table.pages[0]).top
    if page not in pages:
        return Caption()
    place, count = _place_beside(table, _boxes(others, page))
    lines = [_own_piece(line, place, count) for line in _free_lines(pages[page], others, page, top)]
    caption = _read_upwards(lines, top)
    before = pages.get(page - 1)
    is_first = not any(line.box.bottom < top + 2 for line in pages[page].lines)
    if before is not None and is_first and before.lines:
        foot = _free_lines(before, others, page - 1, before.height + 1)
        lowest = max((line.box.bottom for line in before.lines), default=0.0)
        if foot and foot[-1].box.bottom >= lowest - 2:
            return _read_upwards(foot, lowest + 10)
    return caption


def _place_beside(table: Table, boxes: Sequence[Box]) -> tuple[int, int]:
    """Which table from the left this is of those that begin at one height, and how many these are."""
    own = table.extent(table.pages[0])
    row = {box.x0: box for box in boxes if abs(box.top - own.top) < BESIDE and (box.x1 <= own.x0 + 2 or box.x0 >= own.x1 - 2)}
    return sum(x0 < own.x0 for x0 in row), len(row) + 1


def _own_piece(line: Line, place: int, count: int) -> Line:
    """The piece of a line that stands over one of several tables side by side, where it has one for each of them; a title with
    its unit behind it is one text over all of them."""
    pieces = re.split(r"\s{2,}|\t", line.text.strip())
    units = sum(1 for piece in pieces if _is_unit(squeeze(piece)))
    return replace(line, text=pieces[place]) if 1 < count == len(pieces) and units in (0, count) else line


def _free_lines(page: PageText, others: Sequence[Table], number: int, top: float) -> list[Line]:
    """Lines above `top` that stand below the last table above it."""
    floor = max((box.bottom for box in _boxes(others, number) if box.bottom <= top + 2), default=0.0)
    lines = [
        line for line in page.lines
        if line.box.bottom <= top + max(3, INTO * (line.box.bottom - line.box.top)) and line.box.top >= floor - 3
    ]  # fmt: skip
    return sorted(lines, key=lambda line: (line.box.top, line.box.x0))


def _read_upwards(lines: Sequence[Line], top: float) -> Caption:
    title = unit_line = lead = ""
    edge = top
    for line in reversed(lines[-6:]):
        text, key = line.text.strip(), squeeze(line.text)
        if edge - line.box.bottom > REACH or not key:
            break
        edge = line.box.top
        if _is_unit(key) and not unit_line and len(key) < 60:
            unit_line = text
            before = re.split(r"\s{2,}|\t", text)
            if len(before) >= 2 and not title and not _is_unit(squeeze(before[0])):
                title, unit_line = before[0], " ".join(before[1:])
        elif _NOTE.match(key):
            break
        elif _LEAD.search(key) and not lead:
            lead = text
            if title or len(key) > 30:
                break
        elif _PROSE.search(key) or len(key) > 60:
            lead = lead or (text if not title else "")
            break
        elif not title:
            title = text
        else:
            break
    return Caption(title, unit_line, lead)


def _below(page: PageText, boxes: Sequence[Box], bottom: float) -> tuple[str, ...]:
    ceiling = min((b.top for b in boxes if b.top >= bottom - 2), default=page.height)
    lines = sorted(
        (line for line in page.lines if bottom - 3 <= line.box.top and line.box.bottom <= ceiling + 3),
        key=lambda line: (line.box.top, line.box.x0),
    )
    notes: list[str] = []
    for line in lines[:6]:
        key = squeeze(line.text)
        if _NOTE.match(key):
            notes.append(line.text.strip())
        elif notes and not re.search(r"[。:：]$", squeeze(notes[-1])) and len(key) > 4:
            notes[-1] += line.text.strip()
        else:
            break
    return tuple(notes)
