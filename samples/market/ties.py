"""What must hold between the published figures themselves, and where it does not (勾稽关系).

Printed figures are rounded; each stands for half a digit to either side. A tie holds where the printed result lies within
what its printed operands allow. Two do not hold, and are told: they are contradictions of the published review.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from samples.market.targets import Published, published

_HALF = Decimal("0.5")
Formula = Callable[..., Decimal]


@dataclass(frozen=True, slots=True)
class Tie:
    """`of` names published figures that a formula makes `gives` from; `why` is what a reader must know where it fails."""

    id: str
    what: str
    gives: str
    of: tuple[str, ...]
    formula: Formula
    why: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """A tie with the least and the greatest value that the printed operands allow, and the printed result."""

    tie: Tie
    least: Decimal
    greatest: Decimal
    printed: Decimal
    holds: bool


def _sum(*parts: Decimal) -> Decimal:
    return sum(parts, Decimal(0))


def _share(part: Decimal, whole: Decimal) -> Decimal:
    return part / whole * 100


def _mean(part: Decimal, number: Decimal) -> Decimal:
    return part / number


def _rest_mean(whole: Decimal, part: Decimal, number: Decimal, less: Decimal) -> Decimal:
    return (whole - part) / (number - less)


def _base(value: Decimal, change: Decimal) -> Decimal:
    """The value of the year before that a change in percent implies."""
    return value / (1 + change / 100)


def _change_of_sums(whole: Decimal, *parts: Decimal) -> Decimal:
    """The change of a total whose parts change as printed: value, change, value, change, …"""
    bases = [_base(value, change) for value, change in zip(parts[::2], parts[1::2], strict=True)]
    return (whole / _sum(*bases) - 1) * 100


def _two_groups(one: Decimal, n: Decimal, other: Decimal, m: Decimal) -> Decimal:
    return (one * n + other * m) / (n + m)


_MARKETS = ("M06_abn", "M07_exchange", "M08_credit")
_RATINGS = ("M26_aaa", "M26_aa_plus", "M27_aa_minus", "M27_a_plus", "M27_a", "M27_a_minus", "M27_bbb_plus", "M27_bbb")


def _same(value: Decimal) -> Decimal:
    return value


def _deals_share(id_: str, what: str, gives: str, part: str) -> Tie:
    return Tie(id_, what, gives, (part, "M01_deals"), _share)


def _amount_share(id_: str, what: str, gives: str, part: str) -> Tie:
    return Tie(id_, what, gives, (part, "M03_amount"), _share)


TIES = (
    Tie("C01", "三市场单数之和 deals of the markets", "M01_deals", tuple(f"{m}_deals" for m in _MARKETS), _sum),
    Tie("C02", "三市场规模之和 amounts of the markets", "M03_amount", tuple(f"{m}_amount" for m in _MARKETS), _sum),
    _amount_share("C03", "ABN 规模占比 share of ABN", "M40_abn_share", "M06_abn_amount"),
    _amount_share("C04", "交易所规模占比 share of exchange ABS", "M40_exchange_share", "M07_exchange_amount"),
    _amount_share("C05", "信贷规模占比 share of credit ABS", "M12_bank_amount_share", "M08_credit_amount"),
    Tie("C07", "分市场基数推得单数同比 change of deals from the markets' bases", "M02_deals_yoy",
        ("M01_deals", *(f"{m}_{part}" for m in _MARKETS for part in ("deals", "deals_yoy"))), _change_of_sums),
    Tie("C08", "分市场基数推得规模同比 change of amount from the markets' bases", "M04_amount_yoy",
        ("M03_amount", *(f"{m}_{part}" for m in _MARKETS for part in ("amount", "amount_yoy"))), _change_of_sums),
    _deals_share("C12", "商业银行单数占比 share of banks in deals", "M12_bank_deals_share", "M12_bank_deals"),
    _amount_share("C13", "商业银行规模占比 share of banks in amount", "M12_bank_amount_share", "M12_bank_amount"),
    Tie("C14", "商业银行单均规模 average size of banks' deals", "M14_bank_average", ("M12_bank_amount", "M12_bank_deals"), _mean),
    Tie("C15", "其他机构单均规模 average size of other deals", "M14_other_average",
        ("M03_amount", "M12_bank_amount", "M01_deals", "M12_bank_deals"), _rest_mean),
    _amount_share("C18", "民营银行占比 share of private banks", "M16_private_bank_share", "M16_private_bank_amount"),
    _amount_share("C19", "互联网平台占比 share of platforms", "M17_platform_share", "M17_platform_amount"),
    _amount_share("C20", "商业银行（提供方）占比 share of commercial banks", "M18_bank_share", "M18_bank_amount"),
    _amount_share("C21", "融资担保公司占比 share of guarantee companies", "M19_guarantee_share", "M19_guarantee_amount"),
    Tie("C23", "各级别支数之和 tranches by rating", "M25_rated", _RATINGS, _sum),
    Tie("C24", "AAAsf 规模占比 share of AAAsf", "M26_aaa_share", ("M26_aaa_amount", "M25_rated_amount"), _share),
    Tie("C25", "AA+sf 规模占比 share of AA+sf", "M26_aa_plus_share", ("M26_aa_plus_amount", "M25_rated_amount"), _share),
    _deals_share("C26", "循环购买单数占比 share of revolving deals", "M35_revolving_share", "M35_revolving"),
    Tie("C27", "信托与平台占循环购买比重 trusts and platforms among revolving deals", "M36_revolving_main_share",
        ("M36_revolving_main", "M35_revolving"), _share),
    Tie("C29", "信贷ABS 与商业银行为同一批产品，同比应相同 the same deals change alike", "M18_bank_amount_yoy", ("M08_credit_amount_yoy",), _same,
        "2025 年同为 10 单、586.45 亿元，而所推 2024 年基数相差约 3.96 亿元（F1）：2024 年口径不同，文中未说明。 The same 10 deals in 2025, "
        "yet bases of 2024 about 0.396 billion yuan apart: the two sections cut 2024 differently."),
    Tie("C30", "平安担保即融资担保一类，同比相同 the class is one company, so they change alike", "M21_pingan_amount_yoy", ("M19_guarantee_amount_yoy",), _same),
    Tie("C31", "平安担保即融资担保一类，规模相同 the class is one company", "M21_pingan_amount", ("M19_guarantee_amount",), _same),
    Tie("C32", "循环倍数均值＝两组均值按单数加权 the mean from the two groups by the printed samples", "M38_mean",
        ("M38_bank_mean", "M37_public_sample", "M38_platform_mean", "M37_private_sample"), _two_groups,
        "按“信贷 4 单＝银行、交易所 13 单＝平台”推得 2.34，不等于 2.19（F3）：只有 13 单银行、4 单平台能得到 2.19，即此段把民营银行计入银行，"
        "与资产提供方一节口径不同。 Only 13 banks and 4 platforms give 2.19: private banks count as banks here, unlike where asset providers are counted."),
    Tie("C35", "展望中的 ABN 同比 the same figure in the outlook", "M40_abn_amount_yoy", ("M06_abn_amount_yoy",), _same),
    Tie("C36", "展望中的交易所同比 the same figure in the outlook", "M40_exchange_amount_yoy", ("M07_exchange_amount_yoy",), _same),
)  # fmt: skip


def tried() -> tuple[Tried, ...]:
    """All ties over the published figures."""
    figures = {item.id: item for item in published()}
    return tuple(_try(tie, figures) for tie in TIES)


def _try(tie: Tie, figures: Mapping[str, Published]) -> Tried:
    values = [tie.formula(*corner) for corner in product(*(_ends(figures[name]) for name in tie.of))]
    result = figures[tie.gives]
    half = _half(result)
    holds = min(values) <= result.value + half and result.value - half <= max(values)
    return Tried(tie, min(values), max(values), result.value, holds)


def _ends(figure: Published) -> tuple[Decimal, ...]:
    """What a printed figure may stand for; counts are exact."""
    half = _half(figure)
    return (figure.value - half, figure.value + half) if half else (figure.value,)


def _half(figure: Published) -> Decimal:
    return Decimal(0) if figure.decimals == 0 else _HALF.scaleb(-figure.decimals)
