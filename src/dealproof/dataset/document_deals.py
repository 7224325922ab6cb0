"""Under which deal a document stands: the one that an analyst gave it (`mappings/deals.csv`), else the one that it names.

The figures of a deal document whose deal could not be told wait under a question, and leave under no false key.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from dealproof.dataset.questions import name_of
from dealproof.mappings.deals import DealRow, deal_of
from dealproof.model.evidence import Problem
from dealproof.model.interpretation import Interpretation


def named(document: Interpretation) -> Interpretation:
    """Return the document without its facts and with a question, if it has facts but no deal.

    Once analysts give it a deal (`mappings/deals.csv`), its facts are those of that deal.
    """
    if document.profile.deal_id or not document.facts:
        return document
    asked = _question(document)
    return replace(document, facts=(), problems=(asked, *_waiting(document, asked), *document.problems))


def _question(document: Interpretation) -> Problem:
    printed = document.profile.deal_name
    why = f"reads {printed!r}, which no deal is called" if printed else "could not be told from its first pages"
    return Problem(
        "low_confidence",
        "error",
        "build",
        f"The name of the deal of {document.source.file_name} {why}; its {len(document.facts)} values wait.",
        "Look up the name of the deal and add it to mappings/deals.csv.",
        document_id=document.source.document_id,
        page=1,
        table="documents",
        key=document.source.document_id,
        column="deal_id",
    )


def rekeyed(document: Interpretation, rows: Iterable[DealRow]) -> Interpretation:
    """Return the document with the deal key that the analysts gave it; the document itself where they said nothing."""
    profile = document.profile
    row = deal_of(rows, document.source.document_id, document.source.file_name, profile.deal_name)
    if row is None or row.deal_id == profile.deal_id:
        return document
    old, new = profile.deal_id, row.deal_id
    facts = tuple(
        replace(fact, key=tuple((name, new if name == "deal_id" else value) for name, value in fact.key))
        for fact in document.facts
    )
    problems = tuple(
        replace(problem, key=new + problem.key[len(old) :])
        if old and (problem.key == old or problem.key.startswith(f"{old}|"))
        else problem
        for problem in document.problems
    )
    return replace(document, profile=replace(profile, deal_id=new), facts=facts, problems=problems)

def _waiting(document: Interpretation, asked: Problem) -> Iterator[Problem]:
    """One doubt for each table whose values wait, which closes with the question for the deal."""
    counted = Counter(fact.table for fact in document.facts)
    for table, number in sorted(counted.items()):
        yield replace(
            asked, severity="warning", message=f"{number} values of {table} in {document.source.file_name} wait for the name of their deal.",
            remedy="They follow once mappings/deals.csv names the deal of the document.", table=table, key="", column="",
            under=name_of(asked),
        )  # fmt: skip


def without_class(documents: Iterable[Interpretation]) -> list[Problem]:
    """Return a question for every deal whose name says nothing of its assets: reviews count deals by their class."""
    found: dict[str, list[Interpretation]] = {}
    for document in documents:
        if document.profile.deal_id and document.status not in ("failed", "unsupported"):
            found.setdefault(document.profile.deal_id, []).append(document)
    return [
        Problem(
            "low_confidence",
            "warning",
            "build",
            f"No document of {deal_id} says in its title what assets the deal has.",
            "Answer with the asset class (`dealproof schema deals` lists the words).",
            document_id=own[0].source.document_id,
            page=1,
            table="deals",
            key=deal_id,
            column="asset_class",
        )
        for deal_id, own in sorted(found.items())
        if not any(document.profile.asset_class for document in own)
    ]
