"""Tranches that only a lesser source speaks of: a name that was misread, or a tranche that was missed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from dealproof import contract
from dealproof.dataset.readings import Reading
from dealproof.dataset.resolve import FileNames, where
from dealproof.dataset.source_rank import Rank
from dealproof.model.evidence import Problem

_TABLES = ("tranches", "ratings", "tranche_payments")


def stranger_tranches(readings: Iterable[Reading], names: FileNames) -> list[Problem]:
    """Return a question for every document and tranche that the deal's best source does not list.

    The best source is the highest ranked document that states amounts for at least two tranches of the deal, else the reports
    that pay the same tranches.
    """
    items = [item for item in readings if item.table in _TABLES and item.origin != "derived"]
    listed = _listed(items)
    strangers: dict[tuple[str, str, str], Reading] = {}
    for item in items:
        deal, tranche = item.key[0], item.key[contract.table(item.table).key.index("tranche")]
        if deal in listed and tranche not in listed[deal][1]:
            strangers.setdefault((item.document_id, deal, tranche), item)
    return [_question(item, tranche, listed[deal][1], names) for (_, deal, tranche), item in sorted(strangers.items())]


def _listed(items: Sequence[Reading]) -> dict[str, tuple[Rank, frozenset[str]]]:
    """For each deal, its best source and the tranches that this source gives an amount for."""
    sources: dict[tuple[str, Rank], set[str]] = {}
    for item in items:
        if item.table == "tranches" and item.column == "amount":
            sources.setdefault((item.key[0], item.rank), set()).add(item.key[1])
    best: dict[str, tuple[Rank, frozenset[str]]] = {}
    for (deal, rank), tranches in sorted(sources.items(), key=lambda entry: entry[0]):
        if len(tranches) > 1 and deal not in best:
            best[deal] = (rank, frozenset(tranches))
    return {**_paid_alike(items), **best}


def _paid_alike(items: Iterable[Reading]) -> dict[str, tuple[Rank, frozenset[str]]]:
    """For each deal, the tranches that most of its reports pay, where two reports or more agree."""
    paid: dict[tuple[str, str], set[str]] = {}
    ranks: dict[tuple[str, str], Rank] = {}
    for item in items:
        if item.table == "tranche_payments":
            paid.setdefault((item.key[0], item.document_id), set()).add(item.key[1])
            ranks[item.key[0], item.document_id] = item.rank
    found: dict[str, tuple[Rank, frozenset[str]]] = {}
    for deal in sorted({deal for deal, _ in paid}):
        lists = Counter(frozenset(names) for (own, _), names in sorted(paid.items()) if own == deal)
        names, count = max(lists.items(), key=lambda entry: (entry[1], sorted(entry[0])))
        if count > 1 and len(names) > 1:
            found[deal] = (min(ranks[key] for key in paid if key[0] == deal), names)
    return found


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
