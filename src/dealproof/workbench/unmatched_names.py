"""The sheet that an analyst fills in: every name that nobody was found for, the biggest amount first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from dealproof.dataset.format_values import write
from dealproof.dataset.names import OpenName, open_names
from dealproof.institutions.candidates import SHOWN, Candidate
from dealproof.institutions.match import Matcher
from dealproof.institutions.script import sound
from dealproof.mappings import aliases
from dealproof.model.cell import Row
from dealproof.model.interpretation import Interpretation

#: What is shown beside the cells to fill in.
SHOWN_COLUMNS = (
    "why_open",
    "roles",
    "deals",
    "times",
    "amount",
    "printed_in",
    "page",
    *(f"candidate_{number}" for number in range(1, SHOWN + 1)),
)
COLUMNS = (*aliases.COLUMNS, *SHOWN_COLUMNS)


def suggestions(documents: Iterable[Interpretation], matcher: Matcher, amounts: Mapping[str, Decimal]) -> list[Row]:
    """Return a row for each open name, the one with the biggest amount of deals behind it first.

    `amounts` are the sizes of the deals in their own currency; a deal of unknown size counts as nothing.
    """
    known = tuple(documents)
    names = open_names(known, matcher)
    uses = _uses(known)
    nearest = matcher.candidates([item.name for item in names])
    rows = [_row(item, uses[item.name], found, amounts) for item, found in zip(names, nearest, strict=True)]
    return sorted(rows, key=lambda row: (-Decimal(row["amount"] or 0), row["mention"]))


def _uses(documents: Iterable[Interpretation]) -> dict[str, set[tuple[str, str]]]:
    """Deals and roles in which each name stands."""
    found: dict[str, set[tuple[str, str]]] = {}
    for document in documents:
        for fact in document.facts:
            if fact.table == "parties" and fact.column == "name":
                key = dict(fact.key)
                found.setdefault(key["name"], set()).add((key["deal_id"], key["role"]))
    return found


def _row(
    item: OpenName,
    uses: set[tuple[str, str]],
    found: tuple[Candidate, ...],
    amounts: Mapping[str, Decimal],
) -> Row:
    deals = sorted({deal for deal, _ in uses})
    total = sum((amounts[deal] for deal in deals if deal in amounts), Decimal(0))
    row = dict.fromkeys(COLUMNS, "")
    row.update(
        mention=item.name,
        role_scope=aliases.ALL,
        deal_scope=aliases.ALL,
        why_open=item.verdict.why,
        roles="、".join(sorted({role for _, role in uses})),
        deals="、".join(deals),
        times=str(item.times),
        amount=write(total) if total else "",
        printed_in=item.document.source.file_name,
        page=str(item.fact.evidence.page) if item.fact.evidence else "",
    )
    for number, candidate in enumerate(found, start=1):
        row[f"candidate_{number}"] = _words(item.name, candidate)
    return row


def _words(name: str, candidate: Candidate) -> str:
    same = "，同音" if sound(name) == sound(candidate.legal_name) else ""
    return f"{candidate.institution_id} {candidate.marked}（{candidate.score}{same}）"
