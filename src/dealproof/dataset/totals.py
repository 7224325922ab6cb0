"""The one identity that resolution itself needs: tranches add up to the issue."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from dealproof.dataset.agree import step
from dealproof.dataset.printed import write
from dealproof.dataset.readings import CellKey, Reading
from dealproof.evidence import Problem


def total_mismatches(chosen: dict[CellKey, Reading]) -> list[Problem]:
    """Return a question for every deal whose tranche amounts do not add up to its disclosed total.

    Nothing is asked while a tranche has no amount. Each printed figure may be off by half its last digit.
    """
    problems: list[Problem] = []
    totals = [item for item in chosen.values() if item.table == "deals" and item.column == "total_amount"]
    tranches = _tranches(chosen)
    for total in totals:
        parts = _amounts(chosen, tranches.get(total.key[0], set()))
        if not parts or not isinstance(total.value, Decimal):
            continue
        sum_of_parts = sum((part.value for part in parts if isinstance(part.value, Decimal)), Decimal(0))
        allowed = sum((step(item) / 2 for item in (*parts, total)), Decimal(0))
        if abs(sum_of_parts - total.value) > allowed:
            problems.append(_question(total, sum_of_parts, parts))
    return problems


def _tranches(chosen: Iterable[CellKey]) -> dict[str, set[tuple[str, ...]]]:
    """The keys of the tranches of each deal."""
    rows: dict[str, set[tuple[str, ...]]] = {}
    for table, key, _ in chosen:
        if table == "tranches":
            rows.setdefault(key[0], set()).add(key)
    return rows


def _amounts(chosen: dict[CellKey, Reading], rows: set[tuple[str, ...]]) -> list[Reading]:
    """The amounts of all tranches of a deal, or nothing if one is missing."""
    amounts = [chosen.get(("tranches", key, "amount")) for key in sorted(rows)]
    found = [item for item in amounts if item is not None]
    return found if len(found) == len(rows) else []


def _question(total: Reading, sum_of_parts: Decimal, parts: Iterable[Reading]) -> Problem:
    listed = ", ".join(f"{part.key[1]} {part.printed}" for part in parts)
    return Problem(
        "failed_check",
        "error",
        "build",
        f"The tranches of {total.key_text} add up to {write(sum_of_parts)} ({listed}), "
        f"but the total amount is {total.printed}.",
        "Look for a tranche that is missing or an amount that was misread.",
        document_id=total.document_id,
        page=total.page,
        table="deals",
        key=total.key_text,
        column="total_amount",
        value=total.printed,
        suggestions=(write(sum_of_parts),),
    )
