"""Documents that an analyst gave to another deal (`mappings/deals.csv`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dealproof.mappings.deals import DealRow, deal_of
from dealproof.model.interpretation import Interpretation


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
