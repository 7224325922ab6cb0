"""The ledger of what became of deals: balances outstanding, default rates, revolving purchases, tracking."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from statistics import median

from samples.market.calendar import months_between
from samples.market.model import Deal, Market, Report
from samples.market.reference import MICRO_STOCK, STOCK
from samples.market.tally import Figures, amount, change, mean, share

_YEAR_END = {year: date(year, 12, 31) for year in (2024, 2025)}
_BANKS = ("商业银行", "民营银行")
_PLATFORM = "互联网平台"
_GRADES = ("AAAsf", "AA+sf", "AAsf", "AA-sf", "A+sf", "Asf", "A-sf", "BBB+sf", "BBBsf")
_YUAN_PER_YI = Decimal(10**8)


def stock(market: Market) -> Figures:
    """Closing balances of last reports, and the whole of deals that pay for the first time in the next year."""
    reported = sum(report.closing for report in market.reports if report.payment.year == 2025)
    left = Decimal(reported) / _YUAN_PER_YI + amount(deal for deal in market.deals if deal.first_payment.year > 2025)
    return {
        "M31_stock": left,
        "M31_stock_share": share(left, STOCK[2025]),
        "M31_stock_yoy": change(left, Decimal(MICRO_STOCK[2024])),
    }


def _sample(market: Market, year: int) -> list[Report]:
    """Reports of a year with a default rate: of credit ABS, and of private deals that were tracked in that year."""
    return [report for report in _followed(market, year) if report.default_rate is not None]


def _followed(market: Market, year: int) -> list[Report]:
    """Last reports of a year of credit ABS, which are public, and of private deals that were tracked in that year."""
    tracked = {item.deal.deal_id for item in market.trackings if item.year == year}
    reports = [report for report in market.reports if report.payment.year == year]
    return [item for item in reports if item.deal.market == "credit_abs" or item.deal.deal_id in tracked]


def default_rates(market: Market) -> Figures:
    """The samples at the ends of both years. `M34_old` is how many more deals are older than 1.5 years."""
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
        "M33_mean": mean(rates),
        "M33_mean_change": mean(rates) - mean(earlier),
        "M34_old": Decimal(old - old_before),
    }


def _age(report: Report) -> Decimal:
    """Months from closing to the end of the year of the report."""
    return Decimal((_YEAR_END[report.payment.year] - report.deal.closing).days) * 12 / 365


def revolving(market: Market, now: Sequence[Deal], classes: dict[str, str]) -> Figures:
    """Deals that revolve, and the multiples of those that disclose their purchases."""
    buying = [deal for deal in now if deal.revolving_months]
    main = [deal for deal in buying if deal.origin == "trust" or _is_platform(deal, classes)]
    reports = [report for report in _followed(market, 2025) if report.purchases]
    multiples = {
        report.deal.deal_id: Decimal(report.purchases[-1].cumulative) / report.deal.pool.balance
        for report in reports
        if report.deal.pool is not None
    }
    by_class = {report.deal.deal_id: classes[report.deal.provider] for report in reports}
    most, least = (choose(reports, key=lambda r: multiples[r.deal.deal_id]) for choose in (max, min))
    public = sum(1 for report in reports if report.deal.market == "credit_abs")
    return {
        "M35_revolving": Decimal(len(buying)),
        "M35_revolving_share": share(len(buying), len(now)),
        "M36_revolving_main": Decimal(len(main)),
        "M36_revolving_main_share": share(len(main), len(buying)),
        "M37_public_sample": Decimal(public),
        "M37_private_sample": Decimal(len(reports) - public),
        "M38_mean": mean(list(multiples.values())),
        "M38_platform_mean": mean([m for deal, m in multiples.items() if by_class[deal] == _PLATFORM]),
        "M38_bank_mean": mean([m for deal, m in multiples.items() if by_class[deal] in _BANKS]),
        "M39_greatest": multiples[most.deal.deal_id],
        "M39_greatest_rounds": Decimal(most.purchases[-1].number),
        "M39_least": multiples[least.deal.deal_id],
        "M39_least_months": Decimal(months_between(least.purchases[0].day, _YEAR_END[2025])),
    }


def _is_platform(deal: Deal, classes: dict[str, str]) -> bool:
    return deal.origin == "self" and classes[deal.provider] == _PLATFORM


def tracking(market: Market) -> Figures:
    """Upgrades and downgrades of 2025: a grade is higher the shorter way it is from AAA."""
    moves = [
        _GRADES.index(before) - _GRADES.index(after)
        for item in market.trackings
        if item.year == 2025
        for _, before, after in item.grades
    ]
    return {
        "M41_downgrades": Decimal(sum(1 for move in moves if move < 0)),
        "M41_upgrades": Decimal(sum(1 for move in moves if move > 0)),
    }
