"""A figure with other decimals than the figures above and below it: a mark of a note read as a digit, a lost point."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_DOWN, Decimal

from dealproof.interpret.printed_columns import alike, kind_of, place_of, places_of
from dealproof.model.evidence import Candidate, Fact, Problem
from dealproof.model.table import Table
from dealproof.values.confusions import mend_figure
from dealproof.values.numbers import decimals, parse_number
from dealproof.values.parsed import Parsed
from dealproof.values.units import split_unit

#: Figures that a column needs beside the odd one.
_OTHERS = 3
_WHOLE = Decimal(100)
_UNITS = frozenset({"CNY", "percent"})


def odd_decimals(facts: Sequence[Fact], tables: Iterable[Table]) -> list[Problem]:
    """Return a question for the one figure of a printed column whose decimals are unlike those of all others."""
    places = places_of(tables)
    columns: dict[tuple[object, ...], dict[str, Fact]] = {}
    for fact in facts:
        place = place_of(fact, places)
        if place is not None and fact.unit in _UNITS and isinstance(fact.value, Decimal) and fact.value:
            columns.setdefault((place.table, place.column, *alike(fact)), {}).setdefault(fact.key_text, fact)
    return [_question(*odd) for column in columns.values() for odd in _odd(list(column.values()))]


def _odd(column: Sequence[Fact]) -> Iterator[tuple[Fact, int]]:
    """The odd figure of a column, with the decimals that the others have."""
    printed = [(fact, decimals(mend_figure(fact.evidence.text) or fact.evidence.text)) for fact in column if fact.evidence is not None]
    (usual, count), *_ = Counter(number for _, number in printed).most_common(1) or [(0, 0)]
    strange = [(fact, number) for fact, number in printed if number != usual]
    if len(strange) != 1 or count < _OTHERS:
        return
    fact, number = strange[0]
    if number > usual or (number == 0 and usual > 1 and fact.value != _WHOLE and _is_large(fact, column, usual)):
        yield fact, usual


def _is_large(fact: Fact, column: Sequence[Fact], usual: int) -> bool:
    """Whether a figure without decimals is nearer to the others once the lost point is put in."""
    others = sorted(abs(each.value) for each in column if each is not fact and isinstance(each.value, Decimal))
    middle, own = others[len(others) // 2], abs(fact.value) if isinstance(fact.value, Decimal) else Decimal(0)
    return own > middle * Decimal(10) ** usual / 3


def _question(fact: Fact, usual: int) -> Problem:
    proof, value = fact.evidence, fact.value
    printed = parse_number(split_unit(proof.text)[0]) if proof else None
    number = decimals(proof.text) if proof else 0
    bare = printed.value if isinstance(printed, Parsed) and isinstance(printed.value, Decimal) else None
    other: tuple[Candidate, ...] = ()
    if proof is not None and bare and isinstance(value, Decimal):
        if number > usual:
            right = bare.quantize(Decimal(1).scaleb(-usual), ROUND_DOWN) * value / bare
            why = "without the last digits, if they are the mark of a note"
        else:
            right, why = value.scaleb(-usual), "if the point was lost"
        other = tuple(
            Candidate(told, proof.document_id, proof.page, proof.box, reason)
            for told, reason in ((_plain(value), "as read"), (_plain(right), why))
        )
    return Problem(
        "low_confidence", "warning", "interpret",
        f"{kind_of(fact)} reads {proof.text.strip() if proof else value} with {number} decimals, the figures around it have {usual}.",
        "Look at the page and choose, or correct the figure.", proof.document_id if proof else "", proof.page if proof else 0,
        proof.box if proof else None, fact.table, fact.key_text, fact.column, _plain(value), candidates=other,
    )  # fmt: skip


def _plain(value: object) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)
