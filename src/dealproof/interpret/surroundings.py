"""What stands around a table, nearest first: banner, caption, the lines and the sentence above it, and the headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dealproof.interpret.layout import banner_text
from dealproof.model.extract import Extract
from dealproof.model.page import Line, PageText
from dealproof.model.table import Table
from dealproof.text import squeeze
from dealproof.values.units import names_each_unit

#: Lines above a table that are looked at, and letters of the longest that can be a heading.
LINES, LONGEST = 8, 45
_SHORT = 25
_PROSE = re.compile(r"[。；，、]")
#: Marks within a sentence, and marks at the end of a line after which another begins.
_SENTENCE, _ENDS = re.compile(r"[。;,](?=.)"), ("。", ";", ":")
_NUMBERED = re.compile(
    r"^(?:第[一二三四五六七八九十百\d]+[章节部篇]|附[录件表]|[一二三四五六七八九十百]+[、.]|\([一二三四五六七八九十百]+\)|[壹贰叁肆伍陆柒捌玖拾]+[、.]|§\d{1,2}|\d{1,2}[、.]\d?)"
)
_UNIT_LINE = re.compile(r"^\(?(?:金额|货币)?单位|^人民币(?:万|亿)?元$|币种[:：]")
_INTRODUCES = re.compile(r":$|如下|下表|以下|下列|所示|所列|列示|见下|本表|该表|表中|表内|下方|下述")
#: A label with its date (初始起算日 2024年1月1日) is a statement of its own and no heading.
_LABELLED_DATE = re.compile(r"^[^。；，]{0,20}日(?:期|子)?(?:为|是)?[:：|]?(?:预计)?(?:19|20)\d\d[年./-]\d{1,2}[月./-]\d{1,2}日?(?:\([^)]*\))?$")


@dataclass(frozen=True, slots=True)
class NearText:
    """One text near a table, squeezed; `is_sentence` tells the sentence that introduces it from captions and headings."""

    text: str
    is_sentence: bool = False

    @property
    def introduces(self) -> bool:
        """Whether it speaks of the table itself: a caption, a heading, or a sentence that says what is shown."""
        return not self.is_sentence or bool(_INTRODUCES.search(self.text))


def near_texts(table: Table, extract: Extract) -> tuple[NearText, ...]:
    """Return the texts right above a table, nearest first; headings further off are told by `sections`."""
    found = [NearText(squeeze(banner_text(table))), NearText(squeeze(table.title))]
    found += _above(table, extract)
    found.append(NearText(squeeze(table.lead), is_sentence=True))
    texts = [item for item in found if item.text and not is_unit_line(item.text) and not _LABELLED_DATE.match(item.text)]
    return tuple({item.text: item for item in reversed(texts)}.values())[::-1]


def _above(table: Table, extract: Extract) -> list[NearText]:
    pages = {page.number: page for page in extract.pages}
    first = table.pages[0]
    if first not in pages:
        return []
    top = table.extent(first).top
    lines = _free_lines(pages[first], extract.tables, top)
    before = pages.get(first - 1)
    if not lines and before is not None and not any(line.box.bottom <= top + 2 for line in pages[first].lines):
        lines = _free_lines(before, extract.tables, before.height + 1)
    return list(_upwards(lines))


def _free_lines(page: PageText, tables: Sequence[Table], top: float) -> list[Line]:
    """Lines above `top` and below the last table above it, from the top down."""
    boxes = [table.extent(page.number) for table in tables if page.number in table.pages]
    floor = max((box.bottom for box in boxes if box.bottom <= top + 2), default=0.0)
    lines = [line for line in page.lines if line.box.bottom <= top + 3 and line.box.top >= floor - 3]
    return sorted(lines, key=lambda line: (line.box.top, line.box.x0))


def _upwards(lines: Sequence[Line]) -> Iterator[NearText]:
    """Lone lines from the table upwards, to the nearest numbered heading or the end of the sentence above."""
    last = lines[-LINES:]
    amid = amid_prose(last)
    for at in range(len(last) - 1, -1, -1):
        text = squeeze(last[at].text)
        if is_lone(last[at]) and at not in amid:
            yield NearText(text)
            if _NUMBERED.match(text):
                return
        elif _is_prose(text):
            yield from _over_a_sentence(last[:at])
            sentence = "".join(squeeze(line.text) for line in last[: at + 1])
            yield NearText(re.split(r"。(?!$)", sentence)[-1], is_sentence=True)
            return


def _over_a_sentence(lines: Sequence[Line]) -> Iterator[NearText]:
    """Short lines over the sentence that introduces a table: the table's heading, where that has no number."""
    for line in reversed(lines):
        text = squeeze(line.text)
        if is_lone(line) and len(text) <= _SHORT:
            yield NearText(text)
        if is_lone(line):
            return


def is_lone(line: Line) -> bool:
    """Whether a line can be a heading: short, of one piece, without the marks of a sentence."""
    text = squeeze(line.text)
    return 2 <= len(text) <= LONGEST and not _is_prose(text) and "  " not in line.text.strip()


def amid_prose(lines: Sequence[Line]) -> frozenset[int]:
    """Which lines (by their places) go on with a sentence that the line before leaves open: of a narrow column such a line may be as
    short and as bare as a heading."""
    found: set[int] = set()
    for place in range(1, len(lines)):
        before, line = lines[place - 1], lines[place]
        height = before.box.bottom - before.box.top
        near = lines[max(0, place - 3) : place + 3]
        is_full = before.box.x1 >= max(each.box.x1 for each in near) - height
        follows = 0 <= line.box.top - before.box.bottom + height / 2 <= 1.5 * height and line.box.x0 <= before.box.x0 + height / 2
        text = squeeze(before.text)
        if is_full and follows and "  " not in before.text.strip() and not text.endswith(_ENDS) and (place - 1 in found or _SENTENCE.search(text)):
            found.add(place)
    return frozenset(found)


def is_unit_line(text: str) -> bool:
    """Whether a squeezed line names the unit of what follows, and nothing else."""
    return bool(_UNIT_LINE.search(text)) or names_each_unit(text)


def _is_prose(text: str) -> bool:
    words = _NUMBERED.sub("", text)
    return bool(_PROSE.search(words)) or text.endswith((":", ",")) or len(text) > LONGEST
