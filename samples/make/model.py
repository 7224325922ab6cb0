"""Fictional deals whose figures tie: tranches, pool, distributions, and reported periods."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from samples.make.numbers import CENT, rounded, share, split, split_count, total


@dataclass(frozen=True)
class Tranche:
    """One tranche; `printed` is its name in tables, `name` the dataset's key."""

    name: str
    printed: str
    seniority: str
    amount: Decimal
    rate_type: str
    coupon: str
    repayment: str
    expected: date
    rating: tuple[str, ...] = ()
    code: str = ""


@dataclass(frozen=True)
class Line:
    """One bucket of a distribution or of a status table."""

    label: str
    amount: Decimal
    count: int


@dataclass(frozen=True)
class Period:
    """One reported period."""

    number: int
    start: date
    end: date
    payment: date
    opening: Decimal
    closing: Decimal
    new_default: Decimal
    cum_default: Decimal
    cum_recovery: Decimal
    cdr: Decimal
    status: tuple[Line, ...]
    income: tuple[Decimal, ...]
    principal: tuple[Decimal, ...]
    fees: tuple[Decimal, ...]
    purchase: Decimal
    cum_purchase: Decimal


@dataclass(frozen=True)
class Deal:
    """A deal as its documents tell it."""

    deal_id: str
    name: str
    trust: str
    market: str
    asset_class: str
    cutoff: date
    announced: date
    closing: date
    first_payment: date
    legal: date
    tranches: tuple[Tranche, ...]
    balance: Decimal
    loans: int
    borrowers: int
    parties: tuple[tuple[str, str], ...]
    periods: tuple[Period, ...] = field(default=())
    seed: int = 1

    @property
    def issue(self) -> Decimal:
        """Total issue amount."""
        return total([t.amount for t in self.tranches])

    def distribution(self, labels: list[str], salt: int) -> tuple[Line, ...]:
        """A distribution over labels that adds up to the pool."""
        random = Random(self.seed * 100 + salt)
        amounts = split(self.balance, len(labels), random)
        counts = split_count(self.loans, len(labels), random)
        return tuple(Line(*row) for row in zip(labels, amounts, counts, strict=True))


STATUS = ("正常", "逾期1-30天", "逾期31-60天", "逾期61-90天", "违约")
INCOME = ("正常回收", "提前偿还", "拖欠回收", "违约回收", "其他收入")
PRINCIPAL = ("正常回收", "提前偿还", "拖欠回收", "违约回收", "其他")
FEES = ("税收", "受托机构报酬", "资金保管机构报酬", "贷款服务机构报酬", "代理兑付费")


def periods(deal: Deal, count: int, revolving: bool = False, months: int = 1) -> tuple[Period, ...]:
    """Reported periods that roll forward; cumulative default over the initial pool, or with purchases when revolving."""
    random = Random(deal.seed)
    found: list[Period] = []
    balance, cum_default, cum_recovery, cum_purchase = deal.balance, Decimal(0), Decimal(0), Decimal(0)
    start, loans = deal.cutoff, deal.loans
    for number in range(1, count + 1):
        end = _month_end(start, months)
        principal = (
            *tuple(
                rounded(balance * Decimal(random.randint(*r)) / 100000)
                for r in ((4000, 7000), (300, 900), (100, 300), (0, 20))
            ),
            Decimal("0.00"),
        )
        new = Decimal("0.00") if number == 1 else rounded(balance * Decimal(random.randint(40, 160)) / 100_000)
        purchase = rounded(total(principal) * Decimal("0.97")) if revolving else Decimal("0.00")
        closing = balance - total(principal) + purchase
        cum_default, cum_purchase = cum_default + new, cum_purchase + purchase
        cum_recovery += rounded(cum_default * Decimal(random.randint(1, 4)) / 100)
        loans = max(200, loans - random.randint(40, 160)) if not revolving else loans + random.randint(-80, 160)
        found.append(
            Period(
                number, start, end, _payment(end), balance, closing, new, cum_default, cum_recovery,
                share(cum_default, deal.balance + cum_purchase), _status(closing, cum_default, loans, random),
                tuple(rounded(balance * Decimal(random.randint(*r)) / 1_000_000) for r in ((3000, 5000), (30, 90), (20, 70), (0, 9), (5, 15))),
                principal, tuple(rounded(balance * Decimal(random.randint(*r)) / 10_000_000) for r in ((100, 200), (90, 160), (30, 60), (800, 1500), (5, 20))),
                purchase, cum_purchase,
            )
        )  # fmt: skip
        balance, start = closing, end + timedelta(days=1)
    return tuple(found)


def _status(closing: Decimal, default: Decimal, loans: int, random: Random) -> tuple[Line, ...]:
    late = [rounded(closing * Decimal(random.randint(*r)) / 10_000) for r in ((40, 120), (20, 60), (10, 40))]
    bad = min(default, rounded(closing * Decimal("0.006"))).quantize(CENT)
    amounts = [closing - total(late) - bad, *late, bad]
    counts = [max(1, int(loans * part / closing)) for part in amounts[1:]]
    return tuple(Line(*row) for row in zip(STATUS, amounts, [loans - sum(counts), *counts], strict=True))


def _month_end(start: date, months: int) -> date:
    year, month = start.year + (start.month - 1 + months) // 12, (start.month - 1 + months) % 12 + 1
    return date(year, month, 1) - timedelta(days=1)


def _payment(end: date) -> date:
    after = end + timedelta(days=1)
    return after.replace(day=26)
