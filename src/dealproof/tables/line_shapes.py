"""What a printed line looks like: a row of several texts, figures beside words, a caption, an item of a list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dealproof.tables.caption_words import is_caption
from dealproof.tables.columns import TOTALS
from dealproof.tables.lines import TextLine
from dealproof.tables.values import is_year
from dealproof.text import squeeze

#: Font sizes between rows and a total below an empty row at most.
ABOVE_TOTAL = 5.5
PROSE_END = re.compile(r"[。；，！？,;]$")
_LEADER = re.compile(r"\.{5,}|…{2,}|·{5,}")
_VALUE = re.compile(r"[-+(]?[\d,，.]+\)?[%％元万亿年月天日笔户个]*|(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?")
_MARK = re.compile(r"\(?\d{1,2}[).、]?|\([a-zA-Z]\)|[•●○▪■◆*※]|\([一二三四五六七八九十]\)|the")


def is_tabular(line: TextLine) -> bool:
    text = squeeze(line.text)
    if len(line.segments) < 2 or _LEADER.search(text) or _is_marked_prose(line):
        return False
    return not (PROSE_END.search(text) and len(line.segments) == 2 and len(text) > 30)


def _is_marked_prose(line: TextLine) -> bool:
    """A footnote or list item: its mark stands apart, but what follows is a sentence."""
    first, rest = squeeze(line.segments[0].text), line.segments[-1]
    marked = _MARK.fullmatch(first) is not None
    return marked and len(line.segments) == 2 and (len(rest.text) > 60 or bool(PROSE_END.search(squeeze(rest.text))))


def any_figures(row: Sequence[TextLine]) -> bool:
    return any(has_figures(line) for line in row)


def has_figures(line: TextLine) -> bool:
    return any(_VALUE.fullmatch(squeeze(s.text)) and not is_year(s.text) for s in line.segments[1:])


def mostly_figures(line: TextLine) -> bool:
    figures = [
        s
        for s in line.segments
        if re.fullmatch(r"[-+(]?[\d,，.]+\)?(?:[%％笔户]|[万亿]?元)?", squeeze(s.text)) and not is_year(s.text)
    ]
    return 2 * len(figures) >= len(line.segments)


def is_total(line: TextLine) -> bool:
    """Whether a row of several texts is named a total: it may stand below an empty row."""
    return len(line.segments) > 1 and squeeze(line.segments[0].text).lower() in TOTALS


def is_caption_line(line: TextLine) -> bool:
    return is_caption(line.text)
