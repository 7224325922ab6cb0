"""A deal invented by chance whose figures hold together: totals add up, shares come to 100, opening less paid is closing."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

SERIES = ["澄禾", "瑞川", "融惠", "启穗", "安泓", "嘉沅", "泽远", "润和", "兴晟", "惠农", "鼎川", "信泽", "汇丰禾", "德润", "裕盈", "博远", "宁汇", "佳信", "康晟", "恒沅"]
ASSETS = (("微小企业贷款", "micro_loan"), ("个人消费贷款", "consumer_loan"), ("小微企业贷款", "micro_loan"))
NUMERALS = "〇一二三四五六七八九十"


@dataclass(frozen=True)
class Tranche:
    """A tranche with the payments of the period."""

    name: str
    canonical: str
    amount: Decimal
    share: Decimal
    coupon: Decimal | None
    expected: date
    rating: str
    repayment: str
    opening: Decimal
    principal: Decimal
    interest: Decimal

    @property
    def closing(self) -> Decimal:
        """What is left after the payment."""
        return self.opening - self.principal


@dataclass(frozen=True)
class Line:
    """Loans of one status or bin."""

    label: str
    canonical: str
    count: int
    amount: Decimal


@dataclass(frozen=True)
class Period:
    """A period of the deal's history."""

    number: int
    start: date
    end: date
    new_default: Decimal
    cumulative: Decimal


@dataclass(frozen=True)
class Deal:
    """A deal at one report."""

    deal_id: str
    name: str
    trust: str
    cutoff: date
    closing: date
    legal: date
    payment: date
    tranches: tuple[Tranche, ...]
    status: tuple[Line, ...]
    previous: tuple[Line, ...]
    history: tuple[Period, ...]
    pool: Decimal
    loans: int
    borrowers: int

    @property
    def issue(self) -> Decimal:
        """What was issued in all."""
        return sum((t.amount for t in self.tranches), Decimal(0))


def cents(value: Decimal) -> Decimal:
    """To two decimals, halves away from zero."""
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def share(part: Decimal | int, whole: Decimal | int) -> Decimal:
    """Part of a whole in percent, two decimals."""
    return cents(Decimal(part) * 100 / Decimal(whole)) if whole else Decimal("0.00")


def invent(chance: random.Random) -> Deal:
    """A deal."""
    series, year, number = chance.choice(SERIES), chance.choice((2023, 2024, 2025)), chance.randint(1, 9)
    asset, _ = chance.choice(ASSETS)
    begin = f"{series}{year}年第{NUMERALS[number]}期{asset}"
    month = chance.randint(1, 12)
    cutoff = date(year - 1, month, 28)
    closing = cutoff + timedelta(days=chance.randint(40, 80))
    age = chance.randint(3, 14)
    periods = _history(chance, closing, age, Decimal(chance.randint(6, 60)) * 10**8)
    payment = periods[-1].end + timedelta(days=chance.randint(15, 26))
    tranches = _tranches(chance, closing, age)
    issue = sum((t.amount for t in tranches), Decimal(0))
    pool = cents(issue * Decimal(chance.randint(10000, 10600)) / 10000 + Decimal(chance.randint(0, 99999)) / 100)
    loans = chance.randint(900, 60000)
    status = _status(chance, pool * Decimal(chance.randint(40, 90)) / 100, loans * 4 // 5)
    previous = _status(chance, pool * Decimal(92) / 100, loans * 9 // 10)
    return Deal(
        f"{series}{year}-{number}", f"{begin}资产支持证券", f"{begin}资产证券化信托", cutoff, closing,
        date(year + 5, month, 26), payment, tranches, status, previous, periods, pool, loans, loans * chance.randint(70, 98) // 100,
    )  # fmt: skip


def _history(chance: random.Random, closing: date, count: int, base: Decimal) -> tuple[Period, ...]:
    found: list[Period] = []
    start, total = closing.replace(day=1), Decimal(0)
    for number in range(1, count + 1):
        following = (start + timedelta(days=32)).replace(day=1)
        new = Decimal(0) if number < 3 else cents(base * Decimal(chance.randint(1, 90)) / 10**5 + Decimal(chance.randint(0, 99)) / 100)
        total += new
        found.append(Period(number, start, following - timedelta(days=1), new, total))
        start = following
    return tuple(found)


def _tranches(chance: random.Random, closing: date, age: int) -> tuple[Tranche, ...]:
    suffix = chance.choice(("级", "档", "级资产支持证券", "档资产支持证券"))
    shape = chance.choice((("优先", "次级"), ("优先A", "优先B", "次级"), ("优先A1", "优先A2", "优先B", "次级"), ("优先A", "次优先", "次级")))
    total, left = Decimal(chance.randint(60, 900)) * 10**7, Decimal(100)
    found = []
    for index, canonical in enumerate(shape):
        last = index == len(shape) - 1
        part = left if last else Decimal(chance.randint(4, 11) if index else chance.randint(55, 78))
        left -= part
        amount = total * part / 100
        coupon = None if last else Decimal(chance.randint(180, 420)) / 100
        opening = cents(amount * (1 - Decimal(age - 1) / 60)) if index == 0 else amount
        paid = cents(opening * Decimal(chance.randint(100, 3000)) / 10**4) if index == 0 else Decimal("0.00")
        interest = cents(opening * (coupon or 0) / 100 * 30 / 365)
        stem = canonical.removesuffix("级")
        if stem.startswith("优先A") and len(stem) > 3:
            stem = chance.choice((stem, f"优先A-{stem[3:]}"))
        found.append(
            Tranche(
                f"{stem}{suffix}" if not last else f"次级{suffix.removeprefix('级')}", canonical, amount, part, coupon,
                closing + timedelta(days=400 + 90 * index), ("AAAsf", "AA+sf", "AAsf")[min(index, 2)] if not last else "无评级",
                "到期还本" if last else "过手", opening, paid, interest,
            )
        )
    return tuple(found)


STATUS = (
    (("正常", "逾期1-30天", "逾期31-60天", "逾期61-90天", "违约"), ("current", "1-30", "31-60", "61-90", "default")),
    (("正常贷款", "拖欠1至30天", "拖欠31至60天", "拖欠61至90天", "违约贷款"), ("current", "1-30", "31-60", "61-90", "default")),
    (("未逾期", "逾期1-30天", "逾期31-60天", "逾期61-90天", "逾期90天以上"), ("current", "1-30", "31-60", "61-90", "90+")),
)


def _status(chance: random.Random, amount: Decimal, count: int) -> tuple[Line, ...]:
    labels, canonical = STATUS[0]
    parts = [Decimal(9400)] + [Decimal(chance.randint(20, 240)) for _ in labels[1:]]
    whole = sum(parts)
    rest, left = cents(amount), count
    found = []
    for label, name, part in list(zip(labels, canonical, parts, strict=True))[1:]:
        value, loans = cents(amount * part / whole), int(count * part / whole) + 1
        rest, left = rest - value, left - loans
        found.append(Line(label, name, loans, value))
    return (Line(labels[0], canonical[0], left, rest), *found)


def split(chance: random.Random, labels: tuple[str, ...], amount: Decimal, count: int) -> tuple[Line, ...]:
    """Amount and count over bins, adding up."""
    parts = [Decimal(chance.randint(5, 100)) for _ in labels]
    whole = sum(parts)
    found, rest, left = [], amount, count
    for label, part in list(zip(labels, parts, strict=True))[1:]:
        value, loans = cents(amount * part / whole), int(count * part / whole)
        rest, left = rest - value, left - loans
        found.append(Line(label, label, loans, value))
    return (Line(labels[0], labels[0], left, rest), *found)
