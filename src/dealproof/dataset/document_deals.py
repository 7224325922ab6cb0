"""Under which deal a document stands: the one that an analyst gave it (`mappings/deals.csv`), else the one that it names.

A deal document whose deal could not be told gets a deal of its own, so that two deals never run together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dealproof.mappings.deals import DealRow, deal_of
from dealproof.model.evidence import Fact, Problem
from dealproof.model.interpretation import Interpretation


def named(document: Interpretation) -> Interpretation:
    """Return the document with a stand-in deal key and a question, if it has facts but no deal."""
    if document.profile.deal_id or not document.facts:
        return document
    stand_in = f"unknown:{document.source.document_id[:8]}"
    return replace(
        document,
        profile=replace(document.profile, deal_id=stand_in),
        facts=tuple(_keyed(fact, stand_in) for fact in document.facts),
        problems=(*document.problems, _question(document, stand_in)),
    )


def _keyed(fact: Fact, stand_in: str) -> Fact:
    key = tuple((name, value or (stand_in if name == "deal_id" else "")) for name, value in fact.key)
    return replace(fact, key=key)


def _question(document: Interpretation, stand_in: str) -> Problem:
    return Problem(
        "low_confidence",
        "error",
        "build",
        f"The deal of {document.source.file_name} could not be told from its title or its first pages.",
        "Look up the name of the deal and add it to the deal mappings.",
        document_id=document.source.document_id,
        table="documents",
        key=document.source.document_id,
        column="deal_id",
        value=stand_in,
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
