"""The published figures computed straight from the plan, independently of how it was solved and of the reader.

Every function gives values under the ids of `published.csv`; percent and 亿元 are unrounded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from statistics import median

from samples.market.calendar import months_between
from samples.market.model import Deal, Market, Report, Tranche
from samples.market.observed import observed
from samples.market.plan import provider_classes
from samples.market.reference import ISSUED, MICRO_STOCK, STOCK

Figures = dict[str, Decimal]
_MARKETS = {"abn": ("M06", "abn"), "exchange": ("M07", "exchange_abs"), "credit": ("M08", "credit_abs")}
_CLASSES = {
    "M16_private_bank": "民营银行", "M17_platform": "互联网平台", "M18_bank": "商业银行", "M19_guarantee": "融资担保公司",
}  # fmt: skip
_PROVIDERS = {"M20_mybank": "I048", "M21_pingan": "I089", "M22_meituan": "I075"}
_LOW = {"aa_minus": "AA-sf", "a_plus": "A+sf", "a": "Asf", "a_minus": "A-sf", "bbb_plus": "BBB+sf", "bbb": "BBBsf"}
_YEAR_END = {year: date(year, 12, 31) for year in (2024, 2025)}
_BANKS = ("商业银行", "民营银行")
_MILLIONS_PER_YI, _YUAN_PER_YI = Decimal(100), Decimal(10**8)


def ledger(market: Market) -> Figures:
    """All figures of a plan by id."""
    now = [deal for deal in market.deals if deal.year == 2025]
    before = [deal for deal in market.deals if deal.year == 2024]
    classes = provider_classes()
    return {
        **_issued(now, before),
        **_originators(now),
        **_providers(now, market.deals, before, classes),
        **_securities(now),
        **_pools(now),
        **_stock(market),
        **_default_rates(market),
        **_revolving(market, now, classes),
        **_tracking(market),
    }


def _amount(deals: Iterable[Deal]) -> Decimal:
    return sum((Decimal(deal.units) for deal in deals), Decimal(0)) / _MILLIONS_PER_YI


def _share(part: Decimal | int, whole: Decimal | int) -> Decimal:
    return Decimal(part) / Decimal(whole) * 100


def _change(now: Decimal | int, before: Decimal | int) -> Decimal:
    return (Decimal(now) / Decimal(before) - 1) * 100


def _mean(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)


def _issued(now: Sequence[Deal], before: Sequence[Deal]) -> Figures:
    found = {
        "M01_deals": Decimal(len(now)),
        "M02_deals_yoy": _change(len(now), len(before)),
        "M03_amount": _amount(now),
        "M04_amount_yoy": _change(_amount(now), _amount(before)),
        "M05_share_of_all_abs": _share(_amount(now), ISSUED[2025]),
    }
    for name, (ref, market) in _MARKETS.items():
        new, old = ([deal for deal in deals if deal.market == market] for deals in (now, before))
        found[f"{ref}_{name}_deals"] = Decimal(len(new))
        found[f"{ref}_{name}_amount"] = _amount(new)
        found[f"{ref}_{name}_deals_yoy"] = _change(len(new), len(old))
        found[f"{ref}_{name}_amount_yoy"] = _change(_amount(new), _amount(old))
        found[f"M40_{name}_share"] = _share(_amount(new), _amount(now))
        found[f"M40_{name}_amount_yoy"] = found[f"{ref}_{name}_amount_yoy"]
    return found


def _originators(now: Sequence[Deal]) -> Figures:
    trusts = [deal for deal in now if deal.origin == "trust"]
    banks = [deal for deal in now if deal.origin == "bank"]
    others = [deal for deal in now if deal.origin != "bank"]
    sizes = Counter[str]()
    for deal in trusts:
        sizes[deal.originator] += deal.units
    largest = [_share(units, sum(deal.units for deal in now)) for _, units in sizes.most_common(3)]
    return {
        "M09_originators": Decimal(len({deal.originator for deal in now})),
        "M10_trust_deals": Decimal(len(trusts)),
        "M10_trust_amount": _amount(trusts),
        "M10_trust_deals_share": _share(len(trusts), len(now)),
        "M10_trust_amount_share": _share(_amount(trusts), _amount(now)),
        **dict(zip(("M11_first_trust_share", "M11_second_trust_share", "M11_third_trust_share"), largest, strict=True)),
        "M12_bank_deals": Decimal(len(banks)),
        "M12_bank_deals_share": _share(len(banks), len(now)),
        "M12_bank_amount": _amount(banks),
        "M12_bank_amount_share": _share(_amount(banks), _amount(now)),
        "M13_jianpu_share": _share(_amount(deal for deal in now if deal.series == "飞驰建普"), _amount(now)),
        "M14_bank_average": _amount(banks) / len(banks),
        "M14_other_average": _amount(others) / len(others),
    }


def _providers(now: Sequence[Deal], all_: Sequence[Deal], before: Sequence[Deal], classes: dict[str, str]) -> Figures:
    found = {"M15_classes": Decimal(len({classes[deal.provider] for deal in now}))}
    groups: dict[str, Callable[[Deal], bool]] = {
        **{ref: (lambda deal, name=name: classes[deal.provider] == name) for ref, name in _CLASSES.items()},
        **{ref: (lambda deal, name=name: deal.provider == name) for ref, name in _PROVIDERS.items()},
    }
    for ref, belongs in groups.items():
        new, old = ([deal for deal in deals if belongs(deal)] for deals in (now, before))
        found[f"{ref}_deals"] = Decimal(len(new))
        found[f"{ref}_amount"] = _amount(new)
        found[f"{ref}_amount_yoy"] = _change(_amount(new), _amount(old))
        found[f"{ref}_share"] = _share(_amount(new), _amount(now))
    from samples.market.cells import PROVIDERS_ONLY_BEFORE

    earlier = {deal.provider for deal in all_ if deal.year < 2025} | set(PROVIDERS_ONLY_BEFORE)
    found["M23_new_providers"] = Decimal(len({deal.provider for deal in now} - earlier))
    abn = [deal for deal in now if deal.market == "abn"]
    private = [deal for deal in abn if classes[deal.provider] == "民营银行"]
    found["M40_private_bank_of_abn"] = _share(_amount(private), _amount(abn))
    return found


def _securities(now: Sequence[Deal]) -> Figures:
    pairs = [(deal, tranche) for deal in now for tranche in deal.tranches]
    rated = [tranche for _, tranche in pairs if tranche.rating]
    found = {
        "M25_tranches": Decimal(len(pairs)),
        "M25_rated": Decimal(len(rated)),
        "M25_rated_amount": _units(rated),
    }
    for ref, grade in (("M26_aaa", "AAAsf"), ("M26_aa_plus", "AA+sf")):
        graded = [tranche for tranche in rated if tranche.rating == grade]
        found |= {ref: Decimal(len(graded)), f"{ref}_amount": _units(graded)}
        found[f"{ref}_share"] = _share(_units(graded), _units(rated))
    for name, grade in _LOW.items():
        found[f"M27_{name}"] = Decimal(sum(1 for tranche in rated if tranche.rating == grade))
    for name, (_, market) in _MARKETS.items():
        coupons = [
            tranche.coupon
            for deal, tranche in pairs
            if deal.market == market and tranche.rating == "AAAsf" and tranche.coupon is not None
            and (tranche.expected - deal.closing).days <= 365 * 1.5
        ]  # fmt: skip
        found[f"M24_{name}_coupon"] = _mean(coupons)
    return found


def _units(tranches: Iterable[Tranche]) -> Decimal:
    return sum((Decimal(tranche.units) for tranche in tranches), Decimal(0)) / _MILLIONS_PER_YI


def _pools(now: Sequence[Deal]) -> Figures:
    pools = [(deal, deal.pool) for deal in now if deal.pool is not None]
    rates = [pool.rate for deal, pool in pools if deal.market == "credit_abs" and pool.rate is not None]
    return {
        "M28_balance_sample": Decimal(len(pools)),
        "M28_term_sample": Decimal(len(pools)),
        "M28_rate_sample": Decimal(sum(1 for _, pool in pools if pool.rate is not None)),
        "M29_longest_term": max(pool.contract_months for _, pool in pools) / 12,
        "M30_lowest_rate": min(rates),
    }


def _stock(market: Market) -> Figures:
    """Closing balances of last reports, and the whole of deals that pay for the first time in the next year."""
    reported = sum(report.closing for report in market.reports if report.payment.year == 2025)
    stock = Decimal(reported) / _YUAN_PER_YI + _amount(deal for deal in market.deals if deal.first_payment.year > 2025)
    return {
        "M31_stock": stock,
        "M31_stock_share": _share(stock, STOCK[2025]),
        "M31_stock_yoy": _change(stock, Decimal(MICRO_STOCK[2024])),
    }


def _sample(market: Market, year: int) -> list[Report]:
    """Reports of a year with a default rate: of credit ABS, and of private deals that were tracked in that year."""
    tracked = {item.deal.deal_id for item in market.trackings if item.year == year}
    return [
        report
        for report in market.reports
        if report.payment.year == year and report.default_rate is not None
        and (report.deal.market == "credit_abs" or report.deal.deal_id in tracked)
    ]  # fmt: skip


def _default_rates(market: Market) -> Figures:
    now, before = _sample(market, 2025), _sample(market, 2024)
    rates, earlier = ([r.default_rate for r in sample if r.default_rate is not None] for sample in (now, before))
    old, old_before = (sum(1 for report in sample if _age(report) > 18) for sample in (now, before))
    public = sum(1 for report in now if report.deal.market == "credit_abs")
    return {
        "M32_public_sample": Decimal(public),
        "M32_private_sample": Decimal(len(now) - public),
        "M33_least": min(rates),
        "M33_greatest": max(rates),
        "M33_most_below": median(rates),
        "M33_mean": _mean(rates),
        "M33_mean_change": _mean(rates) - _mean(earlier),
        "M34_old": Decimal("1.5") if old > old_before else Decimal(0),
    }


def _age(report: Report) -> Decimal:
    """Months from closing to the end of the year of the report."""
    return Decimal((_YEAR_END[report.payment.year] - report.deal.closing).days) * 12 / 365


def _revolving(market: Market, now: Sequence[Deal], classes: dict[str, str]) -> Figures:
    revolving = [deal for deal in now if deal.revolving_months]
    main = [deal for deal in revolving if deal.origin == "trust" or _is_platform(deal, classes)]
    reports = [report for report in market.reports if report.payment.year == 2025 and report.purchases]
    multiples = {
        report.deal.deal_id: Decimal(report.purchases[-1].cumulative) / report.deal.pool.balance
        for report in reports
        if report.deal.pool is not None
    }
    by_class = {report.deal.deal_id: classes[report.deal.provider] for report in reports}
    most, least = (choose(reports, key=lambda r: multiples[r.deal.deal_id]) for choose in (max, min))
    public = sum(1 for report in reports if report.deal.market == "credit_abs")
    return {
        "M35_revolving": Decimal(len(revolving)),
        "M35_revolving_share": _share(len(revolving), len(now)),
        "M36_revolving_main": Decimal(len(main)),
        "M36_revolving_main_share": _share(len(main), len(revolving)),
        "M37_public_sample": Decimal(public),
        "M37_private_sample": Decimal(len(reports) - public),
        "M38_mean": _mean(list(multiples.values())),
        "M38_platform_mean": _mean([m for deal, m in multiples.items() if by_class[deal] == "互联网平台"]),
        "M38_bank_mean": _mean([m for deal, m in multiples.items() if by_class[deal] in _BANKS]),
        "M39_greatest": multiples[most.deal.deal_id],
        "M39_greatest_rounds": Decimal(most.purchases[-1].number),
        "M39_least": multiples[least.deal.deal_id],
        "M39_least_months": Decimal(months_between(least.purchases[0].day, _YEAR_END[2025])),
    }


def _is_platform(deal: Deal, classes: dict[str, str]) -> bool:
    return deal.origin == "self" and classes[deal.provider] == "互联网平台"


def _tracking(market: Market) -> Figures:
    """Upgrades and downgrades of 2025: a grade is higher the shorter way it is from AAA."""
    order = ["AAAsf", "AA+sf", "AAsf", *_LOW.values()]
    moves = [
        order.index(before) - order.index(after)
        for item in market.trackings
        if item.year == 2025
        for _, before, after in item.grades
    ]
    return {
        "M41_downgrades": Decimal(sum(1 for move in moves if move < 0)),
        "M41_upgrades": Decimal(sum(1 for move in moves if move > 0)),
    }


def observed_deals(market: Market) -> int:
    """How many rows of the table of observations a deal was found for."""
    return len({deal.observed.key for deal in market.deals} & {row.observation.key for row in observed()})
