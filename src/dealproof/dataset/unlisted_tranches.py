"""Tranches that only a lesser source speaks of: a name that was misread, or a tranche that was missed."""

from __future__ import annotations

from collections.abc import Iterable

from dealproof import contract
from dealproof.dataset.readings import Reading
from dealproof.dataset.resolve import FileNames, where
from dealproof.dataset.source_rank import Rank
from dealproof.model.evidence import Problem

_TABLES = ("tranches", "ratings", "tranche_payments")


def stranger_tranches(readings: Iterable[Reading], names: FileNames) -> list[Problem]:
    """Return a question for every document and tranche that the deal's best source does not list.

    The best source is the highest ranked document that states amounts for at least two tranches of the deal.
    """
    items = [item for item in readings if item.table in _TABLES and item.origin != "derived"]
    listed = _listed(items)
    strangers: dict[tuple[str, str, str], Reading] = {}
    for item in items:
        deal, tranche = item.key[0], item.key[contract.table(item.table).key.index("tranche")]
        if deal in listed and tranche not in listed[deal][1]:
            strangers.setdefault((item.document_id, deal, tranche), item)
    return [_question(item, tranche, listed[deal][1], names) for (_, deal, tranche), item in sorted(strangers.items())]


def _listed(items: Iterable[Reading]) -> dict[str, tuple[Rank, frozenset[str]]]:
    """For each deal, its best source and the tranches that this source gives an amount for."""
    sources: dict[tuple[str, Rank], set[str]] = {}
    for item in items:
        if item.table == "tranches" and item.column == "amount":
            sources.setdefault((item.key[0], item.rank), set()).add(item.key[1])
    best: dict[str, tuple[Rank, frozenset[str]]] = {}
    for (deal, rank), tranches in sorted(sources.items(), key=lambda entry: entry[0]):
        if len(tranches) > 1 and deal not in best:
            best[deal] = (rank, frozenset(tranches))
    return best


def _question(item: Reading, tranche: str, listed: frozenset[str], names: FileNames) -> Problem:
    known = "、".join(sorted(listed))
    return Problem(
        "conflict",
        "error",
        "build",
        f"{where(item, names)} speaks of tranche {tranche} of {item.key[0]}, "
        f"but the best source of the deal lists {known}.",
        "Check the name of the tranche on the page; correct it, or add the tranche that was missed.",
        document_id=item.document_id,
        page=item.page,
        table=item.table,
        key=item.key_text,
        value=tranche,
        suggestions=tuple(sorted(listed)),
    )
