"""What a deal of the market is, before anything is printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Tranche:
    """One security. `units` are millions of yuan; `rating` is empty where it has none, `coupon` is then None."""

    name: str
    seniority: str
    units: int
    rating: str
    months: int = 0
    expected: date = date.min
    coupon: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Pool:
    """The pool at the cut-off date (封包日), in yuan, months and percent. `rate` is None where none is printed."""

    balance: int
    contract_amount: int
    loans: int
    borrowers: int
    contract_months: Decimal
    remaining_months: Decimal
    rate: Decimal | None
    least_rate: Decimal
    greatest_rate: Decimal


@dataclass(frozen=True, slots=True)
class Purchase:
    """One purchase of a revolving pool (循环购买), principal in yuan."""

    number: int
    day: date
    amount: int
    cumulative: int


@dataclass(frozen=True, slots=True)
class Observation:
    """What the samples of performance ask of a deal: see `observed.py`."""

    key: str
    rates: tuple[tuple[int, Decimal], ...] = ()
    rounds: int = 0
    multiple: Decimal | None = None
    tracked: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Deal:
    """A deal. Later steps of the plan fill in what earlier ones leave at its default."""

    year: int
    market: str
    origin: str
    provider: str
    units: int
    originator: str = ""
    revolving_months: int = 0
    observed: Observation = Observation("")
    closing: date = date.min
    cutoff: date = date.min
    announced: date = date.min
    first_payment: date = date.min
    every: int = 1
    legal: date = date.min
    series: str = ""
    number: int = 0
    manager: str = ""
    agencies: tuple[str, ...] = ()
    tranches: tuple[Tranche, ...] = ()
    pool: Pool | None = None
    purchases: tuple[Purchase, ...] = ()

    @property
    def deal_id(self) -> str:
        """Series, year and number, as the dataset keys deals."""
        return f"{self.series}{self.year}-{self.number}"


@dataclass(frozen=True, slots=True)
class Payment:
    """What one tranche is paid on a payment date, in yuan."""

    tranche: Tranche
    opening: int
    principal: int
    interest: Decimal
    closing: int


@dataclass(frozen=True, slots=True)
class Report:
    """One trustee report. `default_rate` is None where the report prints none; amounts are in yuan."""

    deal: Deal
    number: int
    start: date
    end: date
    payment: date
    payments: tuple[Payment, ...]
    pool_opening: int
    pool_closing: int
    default_rate: Decimal | None = None
    default_amount: int = 0
    purchases: tuple[Purchase, ...] = ()

    @property
    def closing(self) -> int:
        """What is outstanding after the payment."""
        return sum(payment.closing for payment in self.payments)


@dataclass(frozen=True, slots=True)
class Tracking:
    """A tracking report (跟踪评级报告): the grade before and now of each tranche that is still outstanding."""

    deal: Deal
    year: int
    day: date
    agency: str
    grades: tuple[tuple[Tranche, str, str], ...]


@dataclass(frozen=True, slots=True)
class Market:
    """The whole plan. `reports` holds the last report of each year that a deal has one of."""

    deals: tuple[Deal, ...]
    reports: tuple[Report, ...]
    trackings: tuple[Tracking, ...]
