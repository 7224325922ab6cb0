"""The one deal that a paper of no known kind is about: named on its first pages, and no other beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dealproof.model.page import PageText
from dealproof.text import squeeze
from dealproof.values.deals import DealName, is_sound_deal_id, parse_deal_name
from dealproof.values.parsed import Parsed

#: Pages on which a paper says what it is about.
_OPENING = 2
_NAMED = re.compile(
    r"(?P<series>[一-龥]{2})(?P<year>20\d\d年?度?)?第?(?P<number>[一二三四五六七八九十\d]{1,3})(?:期|号)[^。;,“”《》()]{0,24}?"
    r"(?:资产证券化|(?:资产|贷款)支持(?:专项计划|商业票据|票据|证券))"
)
#: What stands right before the name of a deal that is quoted: 设立“杭盈2025年第一期…信托”, 《…信托之信托合同》.
_QUOTED = re.compile(r"[《“\"「『]([^《》“”\"「」『』。;,]{0,20})$")


def deals_named(pages: Sequence[PageText]) -> tuple[str, ...]:
    """The deals that the first pages of a paper name, each as it is printed first."""
    named: dict[tuple[str | None, ...], str] = {}
    for match in _NAMED.finditer(_opening(pages)):
        named.setdefault(match.group("series", "year", "number"), match.group())
    return tuple(named.values())


def only_deal(pages: Sequence[PageText], found: DealName | None) -> DealName | None:
    """The deal of the paper, where it names one alone: as `found` where that has its series and number, else as it is quoted."""
    named = deals_named(pages)
    if len(named) != 1:
        return None
    return found if found is not None and named[0] in found.full else _quoted(pages)


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
