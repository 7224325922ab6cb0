"""Papers of a period that bear no number: yearly reports, notices of a payment, clearing reports (清算报告).

The number of a report is part of the key of its rows. Where the paper is of a kind that often has none, and prints none on its first
pages, the rows stand without it; where a number may be there that was not understood, they wait.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dealproof.model.page import PageText
from dealproof.text import squeeze

#: Pages on which a report tells its number.
_OPENING = 3
_OFTEN_WITHOUT = re.compile(r"清算|年度|半年|季度|月度|\d{1,2}月|年报|公告|通知")
_NUMBER = re.compile(
    r"总第|第[一二三四五六七八九十百零〇\d]{1,5}(?:期|次(?!持续|循环|持有人)|个?(?:月|季)?(?:报告期|兑付|分配|支付|付息))|(?:报告|兑付|分配|付息)?(?:期|次)(?:数|次|号|序)[:：]?\d|[Nn][Oo]\.?\d"
)
#: Papers of a year or of the end of a deal, which tell of several payments and are none of them.
_OF_SEVERAL = re.compile(r"清算|年度(?!第)|年报|半年")
_OWN_NUMBER = re.compile(r"总第|第[一二三四五六七八九十百零〇\d]{1,5}[期次](?:的)?[一-龥]{0,8}报告|报告(?:期)?(?:期|次)(?:数|次|号|序)[:：]?\d|[Nn][Oo]\.?\d")
#: What follows 第N期 in the name of a deal.
_OF_A_DEAL = re.compile(r"[^。;,、:]{0,24}?(?:资产支持|证券化|贷款支持|资产池|专项计划|信托|票据|ABS|ABN)")


def bears_no_number(pages: Sequence[PageText], title: str, deal_name: str) -> bool:
    """Whether a report whose title has no number bears none at all; False where a page that may tell it has no text."""
    first = pages[:_OPENING]
    if not _OFTEN_WITHOUT.search(title.replace(deal_name, "")) or any(not page.lines for page in first[:1]):
        return False
    text = squeeze("".join(line.text for page in first for line in page.lines)).replace(deal_name, "")
    found = [match for match in _NUMBER.finditer(text) if not _OF_A_DEAL.match(text, match.end())]
    if _OF_SEVERAL.search(title.replace(deal_name, "")) and len({match.group() for match in found}) > 1:
        return not any(not _OF_A_DEAL.match(text, match.end()) for match in _OWN_NUMBER.finditer(text))
    return not found
