"""Two names that may be one deal: deals that share what only one deal can have are compared before they are counted twice.

An exact balance of many digits or a security code marks a deal; a date, a round amount or the parties do so only together.
What several deals of a programme have alike marks none of them.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from dealproof.contract.metrics import POOL_BALANCES
from dealproof.dataset.readings import Reading
from dealproof.model.evidence import Candidate, Problem

Mark = tuple[str, str]
_DATES = ("closing_date", "cutoff_date", "first_payment_date", "legal_maturity")
_MONEY = frozenset(
    {
        ("deals", "total_amount"), ("tranches", "amount"), ("tranche_payments", "opening_balance"),
        ("tranche_payments", "closing_balance"),
    }
)  # fmt: skip
_PARTIES = frozenset({"originator", "trustee"})
#: Significant digits from which an amount is that of one deal only.
_EXACT = 6
#: A mark that more deals have than this tells none of them.
_SHARED_BY = 3
_STRONG, _WEAK, _ENOUGH = 2, 1, 3


@dataclass(frozen=True, slots=True)
class Marks:
    """What a deal is known by, each mark with its weight; how many values are known of it, and where the first one stands."""

    deal_id: str
    marks: tuple[tuple[str, str, int], ...]
    known: int
    document_id: str
    page: int

    @property
    def weights(self) -> dict[Mark, int]:
        """The weight of each mark."""
        return {(name, value): weight for name, value, weight in self.marks}


def second_names(deals: Iterable[Marks]) -> list[Problem]:
    """Return a question for every two deals that may be one, at the one of which less is known."""
    by_deal = {item.deal_id: item for item in deals}
    bearers: dict[Mark, list[str]] = {}
    for deal in sorted(by_deal):
        for mark in by_deal[deal].weights:
            bearers.setdefault(mark, []).append(deal)
    telling = {mark: own for mark, own in bearers.items() if 1 < len(own) <= _SHARED_BY}
    problems: list[Problem] = []
    for one, other in sorted({pair for own in telling.values() for pair in itertools.combinations(own, 2)}):
        marks, others = by_deal[one].weights, by_deal[other].weights
        shared = {mark: weight for mark, weight in marks.items() if mark in others and mark in telling}
        if sum(shared.values()) < _ENOUGH or (_STRONG not in shared.values() and _differ(marks, others)):
            continue
        lesser, fuller = sorted((by_deal[one], by_deal[other]), key=lambda deal: (deal.known, deal.deal_id))
        problems.append(_question(lesser, fuller, shared))
    return problems


def marks_of(readings: Iterable[Reading]) -> list[Marks]:
    """Return what each deal is known by, in the order of the deals; of one without a value that tells nothing is returned."""
    items = [item for item in readings if item.key and item.key[0]]
    known = Counter(item.key[0] for item in items if item.origin != "derived" and item.table in _SPEAKING)
    first: dict[str, Reading] = {}
    for item in items:
        before = first.setdefault(item.key[0], item)
        if (item.page == 0, item.place) < (before.page == 0, before.place):
            first[item.key[0]] = item
    return [
        Marks(deal, tuple((*mark, weight) for mark, weight in own.items()), known[deal], first[deal].document_id, first[deal].page)
        for deal, own in sorted(_marks(items).items())
    ]


_SPEAKING = frozenset({"deals", "tranches", "pool_stats", "performance", "tranche_payments", "delinquency"})


def _marks(items: Iterable[Reading]) -> dict[str, dict[Mark, int]]:
    """What each deal is known by, with its weight."""
    found: dict[str, dict[Mark, int]] = {}
    parties: dict[str, set[str]] = {}
    for item in items:
        own = found.setdefault(item.key[0], {}) if item.table in _SPEAKING else {}
        if item.table == "deals" and item.column in _DATES:
            own[item.column, item.printed] = _WEAK
        elif item.table == "tranches" and item.column == "security_code":
            own[item.column, item.printed] = _STRONG
        elif _is_size(item) and isinstance(item.value, Decimal) and item.value:
            exact = len(item.value.normalize().as_tuple().digits) >= _EXACT
            if exact or item.column == "total_amount":
                own["amount", format(item.value.normalize(), "f")] = _STRONG if exact else _WEAK
        elif item.table == "parties" and item.column == "name" and item.key[1] in _PARTIES:
            parties.setdefault(item.key[0], set()).add(f"{item.key[1]} {item.value}")
    for deal, names in parties.items():
        if deal in found:
            found[deal]["parties", "; ".join(sorted(names))] = _WEAK
    return found


def _is_size(item: Reading) -> bool:
    metric = item.key[2] if item.table in ("pool_stats", "performance") and len(item.key) > 2 else ""
    return (item.table, item.column) in _MONEY or (item.column == "value" and metric in POOL_BALANCES)


def _differ(one: Mapping[Mark, int], other: Mapping[Mark, int]) -> bool:
    """Whether two deals state the same date differently: weak marks alone do not outweigh that."""
    said, heard = dict(one), dict(other)
    return any(
        {v for n, v in said if n == name} and {v for n, v in heard if n == name} and not {v for n, v in said if n == name} & {v for n, v in heard if n == name}
        for name in _DATES
    )  # fmt: skip


def _question(lesser: Marks, fuller: Marks, shared: Mapping[Mark, int]) -> Problem:
    one, other = lesser.deal_id, fuller.deal_id
    told = ", ".join(f"{name} {value}" for name, value in sorted(shared, key=lambda mark: (-shared[mark], mark))[:4])
    return Problem(
        "conflict",
        "error",
        "build",
        f"{one} and {other} may be one deal under two names: both have {told}.",
        "Look at the titles of their documents; if they are one, give the documents the right name in mappings/deals.csv.",
        document_id=lesser.document_id,
        page=lesser.page,
        table="deals",
        key=one,
        column="deal_id",
        value=one,
        suggestions=(other,),
        candidates=(Candidate(one, why="two deals"), Candidate(other, why="one deal")),
    )
