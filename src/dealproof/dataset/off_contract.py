"""Facts that do not fit the contract: never dropped or delivered without a word."""

from __future__ import annotations

from dealproof import contract
from dealproof.dataset.format_values import write
from dealproof.dataset.readings import known
from dealproof.model.evidence import Fact, Problem
from dealproof.model.interpretation import Interpretation


def misfits(document: Interpretation) -> list[Problem]:
    """Return a question for every fact outside the contract's columns or vocabularies."""
    problems: list[Problem] = []
    for fact in document.facts:
        if not known(fact):
            message = f"The value {write(fact.value)} was read for {fact.table}.{fact.column}, which is no column."
            problems.append(_question(document, fact, message))
            continue
        spec = contract.table(fact.table)
        said = {**dict(fact.key), fact.column: write(fact.value)}
        odd = [
            name for name, value in said.items() if name in spec.column_names and not spec.column(name).allows(value)
        ]
        if odd:
            listed = ", ".join(f"{name} {said[name]!r}" for name in odd)
            problems.append(_question(document, fact, f"{listed} is outside the vocabulary of {fact.table}."))
    return problems


def _question(document: Interpretation, fact: Fact, message: str) -> Problem:
    return Problem(
        "low_confidence",
        "warning",
        "build",
        message,
        "Compare with the page; if the value is right, the contract or the reader must learn it.",
        document_id=document.source.document_id,
        page=fact.evidence.page if fact.evidence else 0,
        table=fact.table,
        key=fact.key_text,
        column=fact.column,
        value=write(fact.value),
    )
