"""Whether what a sentence says agrees with what is stated elsewhere, and the question where it does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

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


def said_once(ctx: Context, facts: Sequence[Fact]) -> tuple[list[Fact], list[Problem]]:
    """What sentences say of each cell, once; a cell of which they say different things has no value and is asked with every place."""
    cells: dict[tuple[str, str, str], dict[str, Fact]] = {}
    for fact in facts:
        cells.setdefault((fact.table, fact.key_text, fact.column), {}).setdefault(str(fact.value), fact)
    once: list[Fact] = []
    asked: list[Problem] = []
    for said in (list(values.values()) for values in cells.values()):
        if all(agree(one, other) for one, other in combinations(said, 2)):
            once.append(min(said, key=lambda fact: _step(fact.value, fact) if isinstance(fact.value, Decimal) else Decimal(0)))
        else:
            asked.append(_differ(ctx, said))
    return once, asked


def _differ(ctx: Context, facts: Sequence[Fact]) -> Problem:
    places = tuple(
        Candidate(str(fact.value), ctx.document_id, proof.page, proof.box, proof.text.strip()) for fact in facts if (proof := fact.evidence) is not None
    )
    first, said = facts[0], ", ".join(str(fact.value) for fact in facts)
    asked = doubt(
        ctx, "conflict", f"Sentences differ about {first.column} of {_whose(first)}: {said}. None was taken.",
        remedy="Look at each place and choose a letter.", page=places[0].page if places else 0,
        box=places[0].box if places else None, table=first.table, key=first.key_text, column=first.column,
    )  # fmt: skip
    return replace(asked, candidates=places)


def _whose(fact: Fact) -> str:
    key = dict(fact.key)
    return " ".join(key[name] for name in ("deal_id", "tranche", "agency_id", "line") if key.get(name))
