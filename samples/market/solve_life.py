"""What is left of deals at the end of a year: trustee reports, default rates, tracking.

How fast seniors are paid back is one exponent for the whole market, chosen so that the balance outstanding at the end
of 2025 (存量规模) is the published one; one large deal takes what rounding leaves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from samples.market.calendar import months_between, payment_dates
from samples.market.cells import UNIT
from samples.market.model import Deal, Payment, Report, Tracking, Tranche
from samples.market.solve_names import LIANHE

#: Outstanding at the end of 2025, in yuan.
STOCK_2025 = 224_336_000_000
#: Balances after a payment are multiples of this many yuan.
_STEP = 10_000
#: Collection periods end on this day of the month of payment.
_PERIOD_END = 15
_YEARS = (2024, 2025)
_GRADES = ("AAAsf", "AA+sf", "AA-sf", "A+sf", "Asf", "A-sf", "BBB+sf", "BBBsf")


def reports(deals: Sequence[Deal]) -> list[Report]:
    """The last report of 2025 of every deal that is outstanding, and that of 2024 of deals observed then."""
    speed = _speed(deals)
    found = [report for deal in deals for year in _YEARS if (report := _report(deal, year, speed)) is not None]
    return _settled(deals, found)


def outstanding_later(deals: Sequence[Deal]) -> int:
    """The amount of deals whose first payment is after the end of 2025, in yuan."""
    return sum(deal.units * UNIT for deal in deals if deal.first_payment.year > max(_YEARS))


def _speed(deals: Sequence[Deal]) -> float:
    """The exponent at which the market's balance is nearest the published one, by halving."""
    slow, fast = 0.1, 12.0
    for _ in range(40):
        middle = (slow + fast) / 2
        left = sum(report.closing for deal in deals if (report := _report(deal, 2025, middle)) is not None)
        slow, fast = (middle, fast) if left + outstanding_later(deals) > STOCK_2025 else (slow, middle)
    return slow


def _settled(deals: Sequence[Deal], found: Sequence[Report]) -> list[Report]:
    """Pay a little more or less on the security that has most left of those that are being paid back."""
    now = sum(report.closing for report in found if report.payment.year == 2025)
    gap = STOCK_2025 - now - outstanding_later(deals)
    candidates = [
        (payment.closing, n, k)
        for n, report in enumerate(found)
        for k, payment in enumerate(report.payments)
        if report.payment.year == 2025 and payment.principal > abs(gap) and payment.closing > 0
    ]
    _, n, k = max(candidates)
    paid = found[n].payments[k]
    changed = replace(paid, principal=paid.principal - gap, closing=paid.closing + gap)
    payments = tuple(changed if i == k else payment for i, payment in enumerate(found[n].payments))
    return [replace(report, payments=payments) if i == n else report for i, report in enumerate(found)]


def _report(deal: Deal, year: int, speed: float) -> Report | None:
    """The last report of a year, or None: not yet paying, paid back, or of 2024 and not observed."""
    known = dict(deal.observed.rates)
    dates = payment_dates(deal.first_payment, deal.every, date(year, 12, 31))
    if not dates or (year == 2024 and year not in known) or _paid_back(deal, year):
        return None
    before = dates[-2] if len(dates) > 1 else deal.closing
    payments = tuple(_payment(deal, n, before, dates[-1], speed) for n in range(len(deal.tranches)))
    opening, closing = (sum(getattr(payment, name) for payment in payments) for name in ("opening", "closing"))
    end = dates[-1].replace(day=_PERIOD_END)
    start = before.replace(day=_PERIOD_END) if len(dates) > 1 else deal.cutoff
    bought = tuple(purchase for purchase in deal.purchases if purchase.day <= end)
    report = Report(
        deal, len(dates), start + timedelta(days=1), end, dates[-1], payments, _of_pool(deal, opening), _of_pool(deal, closing),
        purchases=bought,
    )  # fmt: skip
    return _with_default(report, known.get(year))


def _paid_back(deal: Deal, year: int) -> bool:
    return all(tranche.expected <= date(year, 12, 31) for tranche in deal.tranches)


def _payment(deal: Deal, n: int, before: date, day: date, speed: float) -> Payment:
    tranche = deal.tranches[n]
    opening, closing = (_left(deal, n, when, speed) for when in (before, day))
    coupon = tranche.coupon or Decimal(0)
    interest = (Decimal(opening) * coupon * (day - before).days / 36500).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return Payment(tranche, opening, opening - closing, interest, closing)


def _left(deal: Deal, n: int, day: date, speed: float) -> int:
    """What is left of a security: seniors are paid back one after the other, the layers below at maturity."""
    tranche, amount = deal.tranches[n], deal.tranches[n].units * UNIT
    gone = months_between(deal.closing, day)
    if gone >= tranche.months:
        return 0
    if tranche.seniority != "senior":
        return amount
    start = max(deal.revolving_months, deal.tranches[n - 1].months if n else 0)
    share = 1.0 if gone <= start else (tranche.months - gone) / (tranche.months - start)
    return int(amount * share**speed) // _STEP * _STEP


def _of_pool(deal: Deal, bonds: int) -> int:
    """The pool's balance beside what is left of the securities: as at the beginning."""
    assert deal.pool is not None
    return deal.pool.balance * bonds // (deal.units * UNIT) // _STEP * _STEP


def _with_default(report: Report, rate: Decimal | None) -> Report:
    """The cumulative amount behind a rate: a share of the initial balance, with all purchases where the pool revolves."""
    assert report.deal.pool is not None
    if rate is None:
        return report
    whole = report.deal.pool.balance + (report.purchases[-1].cumulative if report.purchases else 0)
    return replace(report, default_rate=rate, default_amount=int(whole * rate / 100) // 100 * 100)


def trackings(deals: Sequence[Deal], random: Random) -> list[Tracking]:
    """Reports by the end of July; in 2025 every fourth raises the grade of its first middle layer."""
    return [item for year in _YEARS for item in _tracked(deals, year, random)]


def _tracked(deals: Sequence[Deal], year: int, random: Random) -> Iterator[Tracking]:
    tracked = [deal for deal in deals if year in deal.observed.tracked]
    for n, deal in enumerate(tracked):
        day = date(year, 6, 16) + timedelta(days=random.randint(0, 40))
        open_ = [tranche for tranche in deal.tranches if tranche.rating and tranche.expected > day]
        raised = next((t for t in open_ if t.seniority == "mezzanine"), None) if year == 2025 and n % 4 == 1 else None
        grades = tuple((t, t.rating, _higher(t) if t is raised else t.rating) for t in open_)
        yield Tracking(deal, year, day, LIANHE, grades)


def _higher(tranche: Tranche) -> str:
    """The next grade in use above a middle layer's."""
    return _GRADES[_GRADES.index(tranche.rating) - 1]
