"""The one deal that a paper of no known kind is about: named in its head, and more often than any other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

from dealproof.model.page import PageText
from dealproof.text import squeeze
from dealproof.values.deals import DealName, is_sound_deal_id, parse_deal_name
from dealproof.values.parsed import Parsed

#: Pages on which a paper says what it is about.
_OPENING = 2
#: Lines of its first page in which its title stands at most; sentences are none of it.
_HEAD = 8
_NAMED = re.compile(
    r"(?P<series>[一-龥]{2})(?P<year>20\d\d年?度?)?第?(?P<number>[一二三四五六七八九十\d]{1,3})(?:期|号)[^。;,“”《》()]{0,24}?"
    r"(?:资产证券化|(?:资产|贷款)支持(?:专项计划|商业票据|票据|证券))"
)
#: What stands right before the name of a deal that is quoted: 设立“杭盈2025年第一期…信托”, 《…信托之信托合同》.
_QUOTED = re.compile(r"[《“\"「『]([^《》“”\"「」『』。;,]{0,20})$")


def deal_in_head(pages: Sequence[PageText]) -> str:
    """The deal that a paper names in its first lines, or on its first pages, and no other there; '' where it names none or several."""
    lines = [line.text for line in pages[0].lines[:_HEAD]] if pages else []
    head = takewhile(lambda line: not re.search("[。;；]", line), lines)
    for text in (squeeze("".join(head)), _opening(pages)):
        named = {_deal_of(match): match.group() for match in reversed(list(_NAMED.finditer(text)))}
        if named:
            return next(iter(named.values())) if len(named) == 1 else ""
    return ""


def only_deal(pages: Sequence[PageText], found: DealName | None) -> DealName | None:
    """The deal that a paper is about: the one in its head, if it speaks of it more than of all others together. It is as `found` where
    that has its series and number, else as it is quoted."""
    own = deal_in_head(pages)
    counted = Counter(map(_deal_of, _NAMED.finditer(_opening(pages))))
    times = counted[_deal_of(match)] if (match := _NAMED.search(own)) else 0
    if 2 * times <= counted.total():
        return None
    return found if found is not None and own in found.full else _quoted(pages)


def _deal_of(named: re.Match[str]) -> tuple[str | None, ...]:
    return named.group("series", "year", "number")


def _quoted(pages: Sequence[PageText]) -> DealName | None:
    text = _opening(pages)
    for match in _NAMED.finditer(text):
        before = _QUOTED.search(text[: match.start()])
        read = parse_deal_name(before[1] + match.group() + text[match.end() : match.end() + len("信托")]) if before else None
        if isinstance(read, Parsed) and match.group() in read.value.full and is_sound_deal_id(read.value.deal_id):
            return read.value
    return None


def _opening(pages: Sequence[PageText]) -> str:
    return squeeze("".join(line.text for page in pages[:_OPENING] for line in page.lines))
