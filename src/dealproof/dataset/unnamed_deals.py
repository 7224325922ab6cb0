"""A deal document whose deal could not be told gets a deal of its own, so that two deals never run together."""

from __future__ import annotations

from dataclasses import replace

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
