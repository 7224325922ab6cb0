"""Recognised values that are not sure: confirmed by an identity or by another place, mended where an identity leaves one
value only, and else a question.

An identity confirms a figure when it holds to the last digit, or so closely that no other last digit would do. It mends
one when the value that it asks for is what another look at the picture saw, or when two identities ask for the same
value and one digit makes the difference. The recognised text stays in the evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from dealproof.dataset.format_values import write
from dealproof.dataset.readings import Reading, by_cell, unit_of
from dealproof.dataset.resolve import candidate
from dealproof.model.cell import DatasetCell
from dealproof.model.evidence import CONFIDENCE_FLOOR, Evidence, Problem
from dealproof.reconcile.blame import Doubt, Suspect
from dealproof.values.numbers import parse_number
from dealproof.values.parsed import Parsed

#: Identities that must ask for a value which no look at the picture saw.
WITNESSES = 2
_DIGIT = "digit"


def is_unsure(item: Reading) -> bool:
    """Whether a value was recognised with less confidence than a value needs to stand for itself."""
    return item.evidence is not None and item.evidence.confidence < CONFIDENCE_FLOOR and item.origin != "corrected"


def mended(doubts: Iterable[Doubt], chosen: Mapping[DatasetCell, Reading]) -> dict[DatasetCell, Reading]:
    """The unsure figures that failing identities determine, as derived values."""
    found: dict[DatasetCell, Reading] = {}
    for doubt in doubts:
        suspect = doubt.suspects[0] if doubt.suspects else None
        item = chosen.get(suspect.cell) if suspect is not None else None
        if suspect is None or item is None or not is_unsure(item) or not _is_determined(suspect, doubt, item):
            continue
        rules = ", ".join(dict.fromkeys(checked.identity.name for checked in suspect.mends))
        proof = item.evidence
        found[item.cell] = replace(
            item, value=suspect.value, origin="derived",
            derivation=f"recognised as {proof.text if proof else ''}; must be {suspect.value} by {rules}",
        )  # fmt: skip
    return found


def _is_determined(suspect: Suspect, doubt: Doubt, item: Reading) -> bool:
    if suspect.breaks or len(suspect.mends) < len(doubt.failing):
        return False
    if _seen_elsewhere(suspect.value, item):
        return True
    return len(suspect.mends) >= WITNESSES and suspect.mistake == _DIGIT


def _seen_elsewhere(value: Decimal, item: Reading) -> bool:
    """Whether another look at the picture saw the digits of `value`."""
    proof, own = item.evidence, item.value
    if proof is None or not isinstance(own, Decimal) or not proof.other:
        return False
    printed, other = _number(proof.text), _number(proof.other)
    return printed is not None and other is not None and printed != 0 and own * other == value * printed


def _number(text: str) -> Decimal | None:
    read = parse_number(text.rstrip("%％元万亿笔户"))
    return read.value if isinstance(read, Parsed) else None


def unsure_questions(
    chosen: Mapping[DatasetCell, Reading], readings: Iterable[Reading], confirmed: frozenset[DatasetCell], known: frozenset[str]
) -> list[Problem]:
    """A question for every unsure value that nothing confirms. `known` are names of which the institution is known."""
    places = by_cell(readings)
    return [
        _question(item, item.evidence)
        for cell, item in sorted(chosen.items())
        if item.evidence is not None
        and is_unsure(item)
        and item.origin != "derived"
        and cell not in confirmed
        and not _said_elsewhere(item, places.get(cell, ()))
        and str(item.value) not in known
    ]


def _said_elsewhere(item: Reading, others: Iterable[Reading]) -> bool:
    """Whether another place says the same, in another document or elsewhere in this one."""
    return any(
        other.printed == item.printed
        and other.evidence is not None
        and item.evidence is not None
        and (other.document_id, other.page, other.evidence.box) != (item.document_id, item.page, item.evidence.box)
        and not (other.page == item.page and other.evidence.text == item.evidence.text)
        for other in others
    )


def _question(item: Reading, proof: Evidence) -> Problem:
    seen = f", another look saw {proof.other!r}" if proof.other else ""
    other = _number(proof.other) if proof.other else None
    own = _number(proof.text)
    suggested: tuple[str, ...] = ()
    if other is not None and own and isinstance(item.value, Decimal):
        suggested = (write(item.value * other / own, unit_of(item.table, item.column, item.unit)),)
    return Problem(
        "low_confidence", "warning", "build",
        f"{item.table}.{item.column} of {item.key_text} was recognised as {proof.text!r} with a confidence of "
        f"{proof.confidence:.2f}{seen}; no identity confirms it.",
        "Compare it with the picture of the cell and confirm or correct it.",
        document_id=item.document_id, page=item.page, box=proof.box, table=item.table, key=item.key_text,
        column=item.column, value=item.printed, suggestions=suggested, rests_on=(item.cell.as_told,),
        alike=f"{proof.box} {item.printed}",  # what one text says of several cells is one decision
        candidates=(
            candidate(item, "as recognised"),
            *(replace(candidate(item, "as another look saw it"), value=value) for value in suggested if value != item.printed),
        ) if suggested else (),
    )  # fmt: skip
