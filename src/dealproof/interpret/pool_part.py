"""Words of a sentence that speak of some of the loans of a pool, of a year or of numbers of loans, where the whole pool's own figure is wanted."""

from __future__ import annotations

import re

#: A word of its own for mortgages of no house or car.
_MORTGAGE = re.compile(r"(?<![住房产屋车辆])抵押")
#: Kinds of loans that a deal may be of; the same kind has several words. 住房抵押 and 汽车抵押 are of the house and the car.
_KINDS = (
    re.compile(r"住房|房贷|按揭|房产|房屋|商业用房"), re.compile(r"汽车|车贷|车辆|乘用车|商用车"), re.compile(r"信用卡|账单"), re.compile(r"消费"),
    re.compile(r"小微|微小|中小|小企业|小额|普惠|经营|企业|个体工商|公司贷款|对公"), re.compile(r"租赁"), re.compile(r"保理|应收账款|供应链"),
    _MORTGAGE,
)
#: What is counted in calendar years or quarters is not counted from the beginning of the deal.
_OF_A_YEAR = re.compile(r"(?:[本当](?:自然)?年度?|[本当]季度?|年初至今|自然年度)(?:内|末|以来|里)?(?:的|新增|发生)?(?:资产池)?累计")
_BY_NUMBER = re.compile(r"按(?:照)?(?:贷款|借款人|资产)?(?:笔|户|件|人)数?|(?:笔|户|件|人)数(?:统计|口径|计算|占比)")


def is_of_a_part(label: str, title: str) -> bool:
    """Whether a squeezed label names a kind of loans that the title of the paper, which names others, does not: 抵押贷款累计违约金额 of a deal
    of 微小企业贷款."""
    own = [kind for kind in _KINDS if kind.search(title) or (kind is _MORTGAGE and "抵押" in title)]
    named = [kind for kind in _KINDS if kind.search(label)]
    return bool(own and named) and not any(kind in own for kind in named)


def is_counted_otherwise(words: str) -> bool:
    """Whether squeezed words count within a year (本年度累计违约金额), or loans instead of money (按户数统计)."""
    return bool(_OF_A_YEAR.search(words) or _BY_NUMBER.search(words))
