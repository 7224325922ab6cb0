"""Shares and rates printed without any % near them, or under a % that arithmetic refutes: 0.0123 may be 0.0123 % or 1.23 %.

Arithmetic decides where it can: shares that add up to 1, a default rate that is its amount in its base. A column with a
figure above 1 holds percentages. What nothing decides is asked, and what looks like a fraction waits for the answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from dealproof.interpret.printed_columns import Places, alike, kind_of, place_of
from dealproof.model.evidence import Candidate, Fact
from dealproof.values.numbers import decimals

Scale = Literal["percent", "fraction"]
_HUNDRED = Decimal(100)
#: From as many decimals on a rate below 1 looks like a fraction; percentages have two.
_FRACTION_DECIMALS = 3
_DEFAULT_RATE, _DEFAULT_AMOUNT = "cumulative_default_pct", "cumulative_default_amount"
_Group = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Signless:
    """What became of the rates without a sign: by the place of a fact in the document's list, the fact as arithmetic has
    it, or that it is in doubt, and then whether it looks like a fraction."""

    settled: Mapping[int, Fact]
    doubted: Mapping[int, bool]

    def against_its_sign(self, index: int) -> bool:
        """Whether arithmetic makes a fraction of what is printed under %."""
        fact = self.settled.get(index)
        return fact is not None and fact.evidence is not None and fact.evidence.unit_text == "%"


def signless_rates(facts: Sequence[Fact], places: Places) -> Signless:
    """Find the rates without a sign, and settle those that arithmetic tells of."""
    groups: dict[_Group, list[int]] = {}
    for index, fact in enumerate(facts):
        if is_signless(fact) or _is_below_its_sign(fact):
            place = place_of(fact, places)
            groups.setdefault((place.table if place else -1, *alike(fact)), []).append(index)
    told = {name: _scale([facts[i] for i in members], facts) for name, members in groups.items()}
    same = {_said(facts[i]) for name, members in groups.items() if told[name] == "fraction" for i in members}
    settled: dict[int, Fact] = {}
    doubted: dict[int, bool] = {}
    for name, members in groups.items():
        scale = told[name] or ("fraction" if any(_said(facts[i]) in same for i in members) else None)
        looks = all(_looks_like_a_fraction(facts[i]) for i in members)
        for index in members:
            if scale == "fraction":
                settled[index] = _as_fraction(facts[index])
            elif scale is None and facts[index].value and is_signless(facts[index]):
                doubted[index] = looks
    return Signless(settled, doubted)


def is_signless(fact: Fact) -> bool:
    """Whether a fact is a share or rate of whose unit nothing is printed."""
    proof = fact.evidence
    return (
        kind_of(fact).endswith("_pct")
        and isinstance(fact.value, Decimal)
        and proof is not None
        and not proof.unit_text
        and "%" not in proof.text
        and "％" not in proof.text
    )


def _is_below_its_sign(fact: Fact) -> bool:
    """Whether the header of a rate below 1 says %, and its cell does not: the figures may be fractions all the same."""
    proof = fact.evidence
    return (
        kind_of(fact).endswith("_pct")
        and isinstance(fact.value, Decimal)
        and proof is not None
        and proof.unit_from != "cell"
        and proof.unit_text == "%"
    )


def readings(fact: Fact) -> tuple[Candidate, ...]:
    """The two values that a rate without a sign may have."""
    proof = fact.evidence
    if proof is None or not isinstance(fact.value, Decimal):
        return ()
    place = (proof.document_id, proof.page, proof.box)
    return (
        Candidate(format(fact.value, "f"), *place, "if it is a percentage as printed"),
        Candidate(format(fact.value.scaleb(2), "f"), *place, "if it is a fraction"),
    )


def is_its_amount(fact: Fact, facts: Sequence[Fact]) -> bool:
    """Whether a default rate in percent is its amount in the pool, whatever sign is printed."""
    return _by_base([fact], facts) == "percent"


def _looks_like_a_fraction(fact: Fact) -> bool:
    return fact.evidence is not None and decimals(fact.evidence.text) >= _FRACTION_DECIMALS


def _as_fraction(fact: Fact) -> Fact:
    printed = fact.evidence.text.strip() if fact.evidence else ""
    value = fact.value.scaleb(2) if isinstance(fact.value, Decimal) else fact.value
    return replace(
        fact, value=value, origin="derived", derivation=f"{printed}, which the figures beside it show to be a fraction"
    )  # fmt: skip


def _said(fact: Fact) -> tuple[str, str, str]:
    return kind_of(fact), dict(fact.key).get("period_no", ""), fact.evidence.text.strip() if fact.evidence else ""


def _scale(column: Sequence[Fact], facts: Sequence[Fact]) -> Scale | None:
    """What the figures of a printed column are, as far as arithmetic tells."""
    values = [abs(fact.value) for fact in column if isinstance(fact.value, Decimal)]
    if any(value > 1 for value in values) or not any(values):
        return "percent"
    return _by_sum(column) or _by_base(column, facts)


def _by_sum(column: Sequence[Fact]) -> Scale | None:
    """Shares of a whole add up to 1 or to 100."""
    parts = [
        fact
        for fact in column
        if fact.column.endswith("share_pct") and dict(fact.key).get("bucket") not in ("total", "合计", "总计")
    ]
    if len(parts) < 2:
        return None
    slack = sum((_half_step(fact) for fact in parts), Decimal(0))
    total = sum((fact.value for fact in parts if isinstance(fact.value, Decimal)), Decimal(0))
    if abs(total - 1) <= slack:
        return "fraction"
    return "percent" if abs(total - _HUNDRED) <= slack else None


def _by_base(column: Sequence[Fact], facts: Sequence[Fact]) -> Scale | None:
    """A default rate is the defaulted amount in the initial balance, with or without what was bought since."""
    bases = list(_bases(facts))
    amounts = {_turn(fact): fact.value for fact in facts if kind_of(fact) == _DEFAULT_AMOUNT}
    found: set[Scale] = set()
    for fact in column:
        amount = amounts.get(_turn(fact))
        if kind_of(fact) != _DEFAULT_RATE or not isinstance(fact.value, Decimal) or not isinstance(amount, Decimal):
            continue
        for base in bases:
            share, half = amount / base, _half_step(fact)
            if fact.value and abs(share - fact.value) <= half:
                found.add("fraction")
            if fact.value and abs(share * _HUNDRED - fact.value) <= half:
                found.add("percent")
    return found.pop() if len(found) == 1 else None


def _bases(facts: Sequence[Fact]) -> Iterator[Decimal]:
    initial = [
        fact.value
        for fact in facts
        if (fact.table, kind_of(fact)) in (("performance", "initial_pool_balance"), ("pool_stats", "principal_balance"))
        and isinstance(fact.value, Decimal)
        and fact.value
    ]
    bought = [
        fact.value for fact in facts if fact.column == "cumulative_amount" and isinstance(fact.value, Decimal)
    ]  # fmt: skip
    for value in initial:
        yield value
        if bought:
            yield value + max(bought)


def _turn(fact: Fact) -> tuple[str, str]:
    parts = dict(fact.key)
    return parts.get("period_no", ""), parts.get("definition", "")


def _half_step(fact: Fact) -> Decimal:
    printed = fact.evidence.text if fact.evidence else ""
    return Decimal(1).scaleb(-decimals(printed)) / 2
