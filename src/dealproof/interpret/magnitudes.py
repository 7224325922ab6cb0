"""Figures that cannot be as large as they were read: a wrong unit line, a lost point, a monthly rate, a fraction.

Such a figure does not leave under its question: the bounds of the market and the other figures under the same unit say
which other units are possible, and a person chooses. With it waits every figure that has its unit from the same place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from dealproof.contract.market_bounds import INTEREST_RATES, MarketBounds, market_bounds
from dealproof.interpret.printed_columns import Places, alike, kind_of, place_of, places_of
from dealproof.interpret.signless_rates import is_its_amount, is_signless, readings, signless_rates
from dealproof.model.evidence import Candidate, Evidence, Fact, Problem
from dealproof.model.table import Table
from dealproof.values.numbers import parse_number
from dealproof.values.parsed import Parsed
from dealproof.values.units import find_units, split_unit

#: Units of money that are in use, by what they are worth in yuan.
_UNITS = {1: "元", 1000: "千元", 10**4: "万元", 10**6: "百万元", 10**8: "亿元"}
_PER_MILLE = ("‰", "千分比")
_OWN_UNIT = ("cell", "row_label")
_MONTHS = 12
_REMEDY = "Look at the page and choose, or correct the figure."


@dataclass(frozen=True, slots=True)
class Sized:
    """Facts whose size is possible, and the doubts, among them those about figures that were held back."""

    facts: tuple[Fact, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Doubt:
    """The question about a figure, and whether the figure waits for its answer."""

    problem: Problem
    waits: bool


def of_possible_size(facts: Sequence[Fact], tables: Iterable[Table], asked: Sequence[Problem]) -> Sized:
    """Sort out the figures that the market rules out or whose scale nobody can tell. `asked` are the doubts so far, which come
    back with the new ones; a doubt about the unit of a figure that has a better one now is left out."""
    places = places_of(tables)
    signless = signless_rates(facts, places)
    settled = [signless.settled.get(index, fact) for index, fact in enumerate(facts)]
    doubts = {index: _without_sign(settled[index], looks) for index, looks in signless.doubted.items()}
    doubts |= {i: _against_its_sign(facts[i], settled[i]) for i in signless.settled if signless.against_its_sign(i)}
    doubts |= {i: doubt for i, doubt in _rates_and_counts(settled).items() if i not in doubts}
    doubts |= _money(settled, places)
    held = {index for index, doubt in doubts.items() if doubt.waits}
    kept, new = _with_doubts(settled, doubts, asked)
    return Sized(tuple(fact for index, fact in enumerate(settled) if index not in held), (*kept, *new))


def _with_doubts(
    facts: Sequence[Fact], doubts: Mapping[int, _Doubt], asked: Sequence[Problem]
) -> tuple[list[Problem], list[Problem]]:
    """The doubts of before and the new ones, one for each cell: the one that offers values to choose from."""
    cells = {(facts[i].table, facts[i].key_text, facts[i].column) for i in doubts}
    chosen = {(p.table, p.key, p.column) for p in asked if p.code == "unit_unclear" and p.candidates}
    kept = [p for p in asked if p.code != "unit_unclear" or p.candidates or (p.table, p.key, p.column) not in cells]
    new: dict[tuple[str, str, str], Problem] = {}
    for index, doubt in doubts.items():
        cell = (facts[index].table, facts[index].key_text, facts[index].column)
        if cell not in chosen:
            new.setdefault(cell, doubt.problem)
    return kept, list(new.values())


def _doubt(fact: Fact, message: str, candidates: tuple[Candidate, ...], alike: str, *, waits: bool = True) -> _Doubt:
    proof = fact.evidence
    value = format(fact.value, "f") if isinstance(fact.value, Decimal) else str(fact.value)
    problem = Problem(
        "unit_unclear", "warning", "interpret", message, _REMEDY, proof.document_id if proof else "",
        proof.page if proof else 0, proof.box if proof else None, fact.table, fact.key_text, fact.column,
        _printed(fact) if waits else value, candidates=candidates, alike=alike,
    )  # fmt: skip
    return _Doubt(problem, waits)


def _without_sign(fact: Fact, looks_like_a_fraction: bool) -> _Doubt:
    message = f"{kind_of(fact)} reads {_printed(fact)} and no % is printed near it: a percentage, or a fraction?"
    return _doubt(fact, message, readings(fact), "no %", waits=looks_like_a_fraction)


def _against_its_sign(printed: Fact, settled: Fact) -> _Doubt:
    message = f"{kind_of(printed)} reads {_printed(printed)} under %, but the figures beside it show it to be a fraction."
    return _doubt(settled, message, tuple(reversed(readings(printed))), "% over fractions", waits=False)


def _rates_and_counts(facts: Sequence[Fact]) -> dict[int, _Doubt]:
    """Rates, terms and counts stand for themselves: no unit line speaks of all of them."""
    found: dict[int, _Doubt] = {}
    for index, fact in enumerate(facts):
        bounds = _bounds_of(fact)
        if fact.unit == "CNY" or not isinstance(fact.value, Decimal):
            continue
        if fact.evidence is not None and fact.evidence.unit_text in _PER_MILLE and fact.value:
            if is_its_amount(fact, facts):
                continue
            found[index] = _per_mille(fact, fact.evidence)
        elif bounds is not None and not bounds.hold(fact.value):
            values = [value for value in _other_scales(fact) if bounds.hold(value[0])]
            found[index] = _beyond(fact, bounds, values)
    return found


def _per_mille(fact: Fact, proof: Evidence) -> _Doubt:
    """‰ where % is usual: a misprint, or the rate of a month."""
    is_interest = kind_of(fact) in INTEREST_RATES
    value = fact.value if isinstance(fact.value, Decimal) else Decimal(0)
    scales = [(value, "a year's, in ‰ as printed"), (value * 10, "a year's, if ‰ is printed for %")]
    if is_interest:
        scales.insert(1, (value * _MONTHS, "if it is a month's"))
    bounds = _bounds_of(fact)
    possible = [scale for scale in scales if bounds is None or bounds.hold(scale[0])]
    message = f"{kind_of(fact)} is printed in {proof.unit_text} ({_printed(fact)}), where % is usual."
    return _doubt(fact, message, _choices(fact, possible), "in ‰", waits=is_interest)


def _other_scales(fact: Fact) -> Iterator[tuple[Decimal, str]]:
    """What a rate or term outside the bounds may be."""
    value = fact.value
    if not isinstance(value, Decimal):
        return
    if kind_of(fact) in INTEREST_RATES:
        yield value * _MONTHS, "if it is a month's"
    if is_signless(fact) or kind_of(fact) in INTEREST_RATES:
        yield value * 100, "if it is a fraction"
    if fact.unit == "years":
        yield (value / _MONTHS).quantize(Decimal("0.0001")).normalize(), "if it is in months"


def _beyond(fact: Fact, bounds: MarketBounds, values: Iterable[tuple[Decimal, str]]) -> _Doubt:
    reads = format(fact.value, "f") if isinstance(fact.value, Decimal) else ""
    message = (
        f"{kind_of(fact)} of {fact.table} would be {reads} ({_printed(fact)}), and the market knows "
        f"{bounds.least:f} to {bounds.most:f}: its unit, its point or its meaning is another."
    )
    return _doubt(fact, message, _choices(fact, values), "beyond the market")


def _money(facts: Sequence[Fact], places: Places) -> dict[int, _Doubt]:
    """Amounts that have their unit from one place are right or wrong together."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for index, fact in enumerate(facts):
        if fact.unit == "CNY" and isinstance(fact.value, Decimal) and fact.value:
            groups.setdefault(_unit_place(index, fact, places), []).append(index)
    found: dict[int, _Doubt] = {}
    for members in groups.values():
        found |= _of_one_unit({index: facts[index] for index in members}, places)
    return found


def _of_one_unit(group: Mapping[int, Fact], places: Places) -> dict[int, _Doubt]:
    odd = _odd(group, places)
    if not odd:
        return {}
    common = _common_units(group, places)
    waiting = group if common else {index: group[index] for index in odd}
    found: dict[int, _Doubt] = {}
    for index, fact in waiting.items():
        units = common or _common_units({index: fact}, {})
        printed = _bare(fact)
        values = [(printed * factor, f"in {_UNITS[factor]}") for factor in units]
        source = fact.evidence.unit_text if fact.evidence and fact.evidence.unit_text else "yuan"
        message = (
            f"{kind_of(fact)} of {fact.table} would be {fact.value:f} in {source}; "
            "figures with this unit are larger or smaller than the market knows."
        )
        found[index] = _doubt(fact, message, _choices(fact, values), f"beyond the market in {source}")
    return found


def _bounds_of(fact: Fact) -> MarketBounds | None:
    """The bounds of a figure; a part of the pool can be small."""
    bounds = market_bounds(fact.table, kind_of(fact))
    return replace(bounds, least=Decimal(0)) if bounds is not None and dict(fact.key).get("scope") else bounds


def _unit_place(index: int, fact: Fact, places: Places) -> tuple[object, ...]:
    """Where a figure has its unit from: figures with the same place share it, and so do columns whose headers name the same
    unit."""
    place, proof = place_of(fact, places), fact.evidence
    if place is None or proof is None or proof.unit_from in _OWN_UNIT or _is_marked(proof.text):
        return ("own", index)
    return (place.table, proof.unit_from, proof.unit_text)


def _is_marked(text: str) -> bool:
    """Whether a footnote speaks of a figure: then its unit may be another than that of the figures around it."""
    read = parse_number(split_unit(text)[0])
    return isinstance(read, Parsed) and "footnote" in read.flags


def _odd(group: Mapping[int, Fact], places: Places) -> set[int]:
    """The figures that are outside the bounds, and those of columns of which even the largest is too small."""
    found: set[int] = set()
    columns: dict[tuple[object, ...], list[int]] = {}
    for index, fact in group.items():
        bounds = _bounds_of(fact)
        if bounds is not None and isinstance(fact.value, Decimal):
            if not bounds.hold(fact.value):
                found.add(index)
            place = place_of(fact, places)
            if place is not None:
                columns.setdefault((place.table, *alike(fact)), []).append(index)
    for members in columns.values():
        bounds = _bounds_of(group[members[0]])
        largest = max(abs(fact.value) for i in members if isinstance((fact := group[i]).value, Decimal))
        if bounds is not None and len(members) > 1 and largest < bounds.peak:
            found |= set(members)
    return found


def _common_units(group: Mapping[int, Fact], places: Places) -> list[int]:
    """The units, smallest first, in which no figure of a group is odd."""
    return [
        factor
        for factor in _UNITS
        if not _odd({index: replace(fact, value=_bare(fact) * factor) for index, fact in group.items()}, places)
    ]


def _bare(fact: Fact) -> Decimal:
    """The number as printed, without its unit."""
    units = find_units(f"({fact.evidence.unit_text})") if fact.evidence and fact.evidence.unit_text else ()
    value = fact.value if isinstance(fact.value, Decimal) else Decimal(0)
    return value / units[0].factor if units else value


def _choices(fact: Fact, values: Iterable[tuple[Decimal, str]]) -> tuple[Candidate, ...]:
    proof = fact.evidence
    document_id, page, box = (proof.document_id, proof.page, proof.box) if proof else ("", 0, None)
    return tuple(Candidate(_plain(value), document_id, page, box, why) for value, why in values)


def _plain(value: Decimal) -> str:
    plain = format(value, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _printed(fact: Fact) -> str:
    return fact.evidence.text.strip() if fact.evidence else str(fact.value)
