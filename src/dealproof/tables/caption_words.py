"""Lines that stand over or under tables and are no row of one: captions, unit lines, notes, headings."""

from __future__ import annotations

import re

from dealproof.text import squeeze

#: Captions, unit lines and notes, and names of tables with their unit behind them: 资产状态分布（单位：万元、笔）.
CAPTION = re.compile(
    r"^(?:表\s*[\d一二三四五六七八九十]|图\s*\d|注\s*\d*[:：]|\(?单位|金额单位|备注|资料来源|数据来源|table\s*\d"
    r"|[^()（）,，。;；]{1,24}(?:分布|情况|明细|统计|概况|状况|表现|构成)表?[(（](?:金额)?单位[:：][^()（）]{1,16}[)）]$)",
    re.IGNORECASE,
)
#: Headings by their numbering.
HEADING = re.compile(
    r"^(?:第[一二三四五六七八九十\d]+[章节条部]|[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|附[录件表])"
)


def is_caption(text: str) -> bool:
    """Whether a line begins as captions, unit lines, notes and headings do."""
    body = squeeze(text)
    return bool(CAPTION.match(body) or HEADING.match(body))
