"""Notes under a table that act on the cells they are marked for: another unit, a corrected figure, figures of another matter.

A mark (`*`, `※`, `注1`, `[1]`, a raised figure) binds a note to a cell, to the row of a label or to the column of a header. A
correction without a mark (更正：累计违约率应为0.53%) is bound by the label that it names.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from dealproof.interpret.context import Context, MarkedNote
from dealproof.interpret.layout import is_figure
from dealproof.interpret.scope import of_another, of_another_period
from dealproof.model.evidence import Box
from dealproof.model.table import Cell, Table
from dealproof.text import LOWERED, MARKS, label_key, squeeze

_MARK = rf"[*＊※#☆★▲△]{{1,4}}|[（(]?注\s*\d{{1,2}}[)）]?|[\[【［(（]\s*\d{{1,2}}\s*[\]】］)）]|[{MARKS}{LOWERED}]+"
_AT_START = re.compile(rf"^\s*(?P<mark>{_MARK})\s*[:：.、]?\s*(?P<text>.+)$", re.DOTALL)
_AT_END = re.compile(rf"(?P<mark>{_MARK})\s*(?:[%％元笔户万亿千百]|个?月|年)?$")
_UNMARKED = re.compile(r"^(?:注|备注|说明|附注|更正|勘误|订正|特别说明|更正说明|勘误说明)\s*[:：.、]?\s*(?P<text>.+)$", re.DOTALL)
_BOUND = re.compile(rf"^(?:{_MARK}|注|备注|说明|附注|更正|勘误|订正|特别说明)")
_NUMBER = r"[-－]?\d[\d,，]*(?:\.\d+)?\s*(?:%|％|‰|亿元|万元|千元|百万元|元|亿|万|笔|户|个月|年|天|bps?)?"
_CORRECTED = re.compile(
    rf"(?:应(?:当)?(?:为|是|改为|更正为|作)|(?:更正|修正|订正|勘误|更改|调整|改|变更)(?:后)?(?:的)?(?:数值|数据|数额|金额|值)?(?:应)?为|实(?:际)?(?:应)?为"
    rf"|正确(?:的)?(?:数值|数据|数额|金额|数|值)?(?:应)?(?:为|是)|准确(?:的)?(?:数值|数据|数|值)?(?:应)?(?:为|是)|以)[:：]?\s*(?P<number>{_NUMBER})"
)
_UNITS = r"百亿元|千万元|百万元|十万元|万元|亿元|千元|元|%|％|‰|bps?|基点"
_IN_UNIT = re.compile(
    rf"(?:单位|以|按|为|均为|用|采用|系)[:：为是以]*(?:人民币)?(?P<unit>{_UNITS})(?:为单位|列示|表示|计|计量|列报|填列|披露|统计|口径|单位|[。.;；]|$)"
    rf"|(?:人民币)?(?P<other>{_UNITS})(?:为单位|列示|计量|列报|填列)"
)
_WHOLE_ROW = re.compile(r"行|列示行|该行|整行")
_LEAST_LABEL = 4


@dataclass(frozen=True, slots=True)
class _Note:
    mark: str
    text: str
    page: int
    box: Box


def marked_notes(table: Table, ctx: Context) -> Mapping[tuple[int, Box], MarkedNote]:
    """The notes that act on figures of a table, by page and box of the cell."""
    notes = list(_notes(table, ctx))
    if not notes:
        return {}
    found: dict[tuple[int, Box], MarkedNote] = {}
    figures = [cell for cell in table.cells if _is_marked_figure(cell.text)]
    for note in notes:
        meant = _acting(note, ctx)
        if meant is None:
            continue
        bound = _bound(note, table, figures) if note.mark else _named(note, table, figures)
        for cell in bound:
            if note.mark or (meant.corrected and len(bound) == 1):
                found.setdefault((cell.page, cell.box), replace(meant, bare=_bare(cell.text)))
    return found


def _acting(note: _Note, ctx: Context) -> MarkedNote | None:
    """What a note does to its cells; None where it only explains."""
    body = squeeze(note.text)
    period, other = of_another_period(ctx, body), of_another(ctx, body)
    corrected = _CORRECTED.search(body)
    if corrected and not period:
        return MarkedNote(body, note.page, note.box, corrected=corrected["number"])
    if not note.mark:
        return None
    unit = _IN_UNIT.search(body)
    if unit:
        return MarkedNote(body, note.page, note.box, unit=unit["unit"] or unit["other"])
    if period or other:
        return MarkedNote(body, note.page, note.box, against=(period or other).reason)
    return None


def _notes(table: Table, ctx: Context) -> Iterator[_Note]:
    """Lines outside tables that begin like a note, nearest below the table first, with the lines that they run on to."""
    for page in ctx.extract.pages:
        if page.number not in table.pages:
            continue
        boxes = [other.extent(page.number) for other in ctx.extract.tables if page.number in other.pages]
        lines = [
            line
            for line in sorted(page.lines, key=lambda item: (item.box.top, item.box.x0))
            if not any(box.top - 2 <= line.box.top and line.box.bottom <= box.bottom + 2 for box in boxes)
        ]
        below = table.extent(page.number).bottom - 3
        texts: list[tuple[str, Box]] = []
        for line in lines:
            if line.box.top < below:
                continue
            key = squeeze(line.text)
            if _BOUND.match(key):
                texts.append((line.text.strip(), line.box))
            elif texts and line.box.top - texts[-1][1].bottom < 12 and not re.search(r"[。;；]$", squeeze(texts[-1][0])):
                texts[-1] = (texts[-1][0] + line.text.strip(), texts[-1][1].union(line.box))
        for text, box in texts:
            if match := _AT_START.match(text):
                yield _Note(_canonical(match["mark"]), match["text"], page.number, box)
            elif match := _UNMARKED.match(text):
                yield _Note("", match["text"], page.number, box)


def _canonical(mark: str) -> str:
    return re.sub(r"[()\[\]【】\s]", "", unicodedata.normalize("NFKC", mark))


def _mark_of(text: str) -> str:
    match = _AT_END.search(text.strip())
    return _canonical(match["mark"]) if match else ""


def _is_marked_figure(text: str) -> bool:
    return is_figure(text) or is_figure(_bare(text))


def _bare(text: str) -> str:
    """The text of a cell without the mark at its end; a unit behind the mark stays."""
    return _AT_END.sub(lambda match: match.group()[len(match["mark"]) :], text.strip()).strip()


def without_bound(table: Table, notes: Mapping[tuple[int, Box], MarkedNote]) -> Table:
    """The table without the notes that act on some of its cells only: they say nothing of the others."""
    bound = {note.text for note in notes.values()}
    kept = tuple(note for note in table.notes if not any(words in squeeze(note) for words in bound))
    return table if len(kept) == len(table.notes) else replace(table, notes=kept)


def _bound(note: _Note, table: Table, figures: list[Cell]) -> list[Cell]:
    """The figures with the mark, and those in the row of a label or the column of a header with it."""
    marked = [cell for cell in table.cells if _mark_of(cell.text) == note.mark]
    own = [cell for cell in marked if cell in figures and cell.col > 0]
    labels = [cell for cell in marked if cell not in own]
    rows = {row for cell in labels if cell.col == 0 for row in range(cell.row, cell.row + cell.row_span)}
    if _WHOLE_ROW.search(squeeze(note.text)):
        rows |= {cell.row for cell in own}
    cols = {col for cell in labels if cell.col > 0 for col in range(cell.col, cell.col + cell.col_span)}
    top = max((cell.row for cell in labels if cell.col > 0), default=0)
    return [
        cell
        for cell in figures
        if cell in own or (cell.col > 0 and cell.row in rows) or (cell.col in cols and cell.row > top)
    ]


def _named(note: _Note, table: Table, figures: list[Cell]) -> list[Cell]:
    """The figures in the rows whose label a note without a mark names."""
    body = squeeze(note.text).lower()
    rows = {
        cell.row
        for cell in table.cells
        if cell.col == 0 and cell not in figures and len(key := label_key(cell.text)) >= _LEAST_LABEL and key in body
    }
    return [cell for cell in figures if cell.row in rows and cell.col > 0]
