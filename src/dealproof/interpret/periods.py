"""Which period a column speaks of, told by its header: the reported one, the one before, its beginning, or another matter
(a forecast, a change, the year before). One list of words for all kinds of tables.

A header may say nothing of it. Where several such columns are left, the caller asks: the first is a guess.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from dealproof.text import squeeze

Period = Literal["own", "previous", "begin", "other", ""]
_SPAN = "期|次|轮|月|季|回|批|旬|周|半年|个|报告|收款|计息|归集|回收|支付|兑付|分配|统计|核算"
#: A change against the period before names that period, so these words are looked for first.
_OTHER = re.compile(
    r"(?:本|当|今)年度?累计|年初至|年内累计|本季度?累计|上一?年|去年|(?<!合)同期|同比|环比|增减|变动|变化|增幅|较(?:上|前|期初)|比(?:上|前|期初)|行业|同业|可比(?:产品|项目|交易)|对标|(?:市场|系列|产品|项目)(?:平均|均值|中位)|预测|预估|测算|压力|目标值|计划(?:数|值)"
    r"|forecast|projected|change"
)
#: 以上期末 and 目前期末 speak of no period before.
_PREVIOUS = re.compile(
    rf"(?<![以线])上(?:一|{_SPAN})|(?<![提目当以之])前(?:一(?:{_SPAN})|期|次|月|季|个|回)|previous|prior|lastperiod"
)
_BEGIN = re.compile(r"期(?:间)?初|[年月季]初|初始|封包|设立[日时]|成立[日时]|入池时|发行时|起算日|基准日|beginning|opening")
_OWN = re.compile(
    rf"本(?:{_SPAN})|当(?:期|月|季|次)|(?:[期月季]|期间)末|截至|截止|报告[日期]|目前|当前|实际|current|thisperiod|closing|ending"
)
_RUNNING = re.compile(r"累计|[日起]至")


@lru_cache(maxsize=16_384)
def period_of(header: str) -> Period:
    """The period that a header names; '' when it names none."""
    body = squeeze(header).lower()
    words: tuple[tuple[re.Pattern[str], Period], ...] = (
        (_OTHER, "other"), (_PREVIOUS, "previous"), (_BEGIN, "begin"), (_OWN, "own"),
    )  # fmt: skip
    return next((period for pattern, period in words if pattern.search(body)), "")


def is_past_or_other(header: str) -> bool:
    """Whether a column speaks of anything but the reported period and its end."""
    return period_of(header) in ("previous", "begin", "other")


def own_columns(headers: Sequence[str], *, cumulative: bool = False) -> list[int]:
    """Places of the headers that speak of the reported period: those that say so, else those that name no other.

    Of a `cumulative` figure the column 累计 speaks, of any other it does not.
    """
    periods = [period_of(header) for header in headers]
    running = [bool(_RUNNING.search(squeeze(header))) for header in headers]
    if cumulative and any(running):
        return [i for i, runs in enumerate(running) if runs and periods[i] not in ("previous", "other")]
    open_ones = [i for i, period in enumerate(periods) if period in ("own", "")]
    single = [i for i in open_ones if not running[i]] or open_ones
    return [i for i in single if periods[i] == "own"] or single
