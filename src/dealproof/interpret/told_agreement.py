"""Whether what a sentence says agrees with what is stated elsewhere, and the question where it does not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from dealproof.interpret.context import Context, doubt
from dealproof.interpret.printed_figures import blanked, measured
from dealproof.model.evidence import Candidate, Fact, Problem
from dealproof.text import squeeze
from dealproof.values.numbers import parse_number
from dealproof.values.parsed import Parsed


def same_cell(fact: Fact, other: Fact) -> bool:
    """Whether two facts are of one cell, whatever days past due make a default."""
    one, two = dict(fact.key), dict(other.key)
    loose = ("definition",)
    return (fact.table, fact.column) == (other.table, other.column) and all(
        one.get(name) == two.get(name) for name in one.keys() | two.keys() if name not in loose
    )


def agree(one: Fact, other: Fact) -> bool:
    """Whether two facts are of the same value, as far as the printed digits of the rounder one tell."""
    if not isinstance(one.value, Decimal) or not isinstance(other.value, Decimal):
        return one.value == other.value
    return abs(one.value - other.value) <= max(_step(one.value, one), _step(other.value, other)) / 2


def _step(value: Decimal, fact: Fact) -> Decimal:
    """What the last printed digit of a figure is worth."""
    printed = fact.evidence.text if fact.evidence is not None else ""
    numbers = [parsed.value for match in measured(blanked(squeeze(printed))) if isinstance(parsed := parse_number(match.group()), Parsed)]
    number = numbers[-1] if numbers else Decimal(0)
    exponent = number.as_tuple().exponent
    return abs(value / number) * Decimal(1).scaleb(exponent) if number and isinstance(exponent, int) else Decimal(0)


def conflict(ctx: Context, fact: Fact, known: Fact) -> Problem:
    """A sentence and a table that say different things: both stand in one question."""
    proofs = [(each, each.evidence) for each in (known, fact) if each.evidence is not None]
    places = tuple(
        Candidate(str(each.value), ctx.document_id, proof.page, proof.box, proof.text.strip()) for each, proof in proofs
    )
    proof = fact.evidence
    metric = dict(fact.key).get("metric", "")
    asked = doubt(
        ctx, "conflict", f"{metric} is {known.value} in a table, but a sentence says {fact.value}; {known.value} was taken.",
        remedy="Look at both places and confirm or correct the figure.", page=proof.page if proof else 0,
        box=proof.box if proof else None, table=known.table, key=known.key_text, column=known.column, value=str(known.value),
    )  # fmt: skip
    return replace(asked, candidates=places)
