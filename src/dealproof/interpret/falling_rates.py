"""A cumulative default rate cannot fall by much: only what was bought since can thin it out. A figure that makes it fall is asked."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from dealproof.interpret.printed_columns import kind_of
from dealproof.model.evidence import Candidate, Fact, Problem

_RATE = "cumulative_default_pct"
#: How far a rate may fall from one period to the next, as a factor and in percentage points.
_FACTOR, _POINTS = Decimal("1.5"), Decimal("0.05")


def falling_rates(facts: Sequence[Fact]) -> list[Problem]:
    """Return a question for every cumulative rate that stands out of the order of its document's history."""
    histories: dict[str, dict[int, Fact]] = {}
    for fact in facts:
        parts = dict(fact.key)
        if kind_of(fact) == _RATE and parts.get("period_no", "").isdecimal() and isinstance(fact.value, Decimal):
            histories.setdefault(parts.get("definition", ""), {}).setdefault(int(parts["period_no"]), fact)
    return [_question(fact) for history in histories.values() for fact in _astray([f for _, f in sorted(history.items())])]


def _astray(history: Sequence[Fact]) -> list[Fact]:
    """The figures that make a history fall: of two the one without which it does not, both where either would do."""
    found: dict[int, Fact] = {}
    for at, (one, other) in enumerate(pairwise(history)):
        if _falls(one, other):
            without_one = at == 0 or not _falls(history[at - 1], other)
            without_other = at + 2 >= len(history) or not _falls(one, history[at + 2])
            found |= {at: one} if without_one or not without_other else {}
            found |= {at + 1: other} if without_other or not without_one else {}
    return list(found.values())


def _falls(one: Fact, other: Fact) -> bool:
    before, after = one.value, other.value
    if not isinstance(before, Decimal) or not isinstance(after, Decimal):
        return False
    return before > after * _FACTOR and before - after > _POINTS


def _question(fact: Fact) -> Problem:
    proof = fact.evidence
    value = format(fact.value, "f") if isinstance(fact.value, Decimal) else ""
    own = (Candidate(value, proof.document_id, proof.page, proof.box, "as printed"),) if proof else ()
    return Problem(
        "low_confidence", "warning", "interpret", f"The cumulative rate {value} makes the history of {fact.key_text} fall.",
        "Look at the page; confirm it or correct it.", proof.document_id if proof else "", proof.page if proof else 0,
        proof.box if proof else None, fact.table, fact.key_text, fact.column, value, candidates=own,
    )  # fmt: skip
