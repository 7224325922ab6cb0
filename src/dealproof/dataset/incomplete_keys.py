"""Values whose row cannot be told: an empty part of its key. They wait under a question, and no row stands in their place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from dealproof import contract
from dealproof.model.evidence import Fact, Problem
from dealproof.model.interpretation import Interpretation

#: Parts that say something by being empty (the whole pool, no definition) and those that the build fills in.
_MAY_BE_EMPTY = frozenset({"scope", "definition", "institution_id", "agency_id", "document_id", "account"})
#: What a table speaks of where no period is named: thresholds in a circular hold in all periods.
_WITHOUT_PERIOD = frozenset({"triggers", "revolving_purchases"})


def cutoff_dates(documents: Iterable[Interpretation]) -> dict[str, str]:
    """The one cut-off date that the documents of each deal state; none for a deal whose documents differ."""
    stated: dict[str, set[str]] = {}
    for document in documents:
        if document.profile.deal_id and document.profile.cutoff_date is not None:
            stated.setdefault(document.profile.deal_id, set()).add(document.profile.cutoff_date.isoformat())
    return {deal: next(iter(days)) for deal, days in stated.items() if len(days) == 1}


def at_cutoff(document: Interpretation, days: Mapping[str, str]) -> Interpretation:
    """Return a report with its figures of the cut-off date (初始起算日) under the day that another document of the deal states.

    A report that knows the end of its period leaves the day of a figure open only where that is the cut-off date."""
    profile = document.profile
    day = days.get(profile.deal_id, "")
    if not day or profile.cutoff_date is not None or profile.period_end is None:
        return document

    def dated(fact: Fact) -> Fact:
        is_open = fact.table == "pool_stats" and not dict(fact.key).get("as_of")
        return replace(fact, key=tuple((name, day if name == "as_of" else part) for name, part in fact.key)) if is_open else fact

    return replace(document, facts=tuple(map(dated, document.facts)))


def whole_keys(document: Interpretation) -> Interpretation:
    """Return the document without the facts that have an empty part in their key, and with a question for each such table."""
    gaps: dict[tuple[str, str], list[Fact]] = {}
    for fact in document.facts:
        if part := _missing(fact, document):
            gaps.setdefault((fact.table, part), []).append(fact)
    if not gaps:
        return document
    held = {id(fact) for facts in gaps.values() for fact in facts}
    return replace(
        document,
        facts=tuple(fact for fact in document.facts if id(fact) not in held),
        problems=(*_without(document.problems, gaps.values()), *(_question(document, *gap, facts) for gap, facts in sorted(gaps.items()))),
    )  # fmt: skip


def _missing(fact: Fact, document: Interpretation) -> str:
    """The first part of a key that is empty and must not be, '' where there is none."""
    if not contract.has_table(fact.table):
        return ""
    said, profile = dict(fact.key), document.profile
    for name in contract.table(fact.table).key:
        if name in _MAY_BE_EMPTY or said.get(name, ""):
            continue
        if name == "period_no" and (fact.table in _WITHOUT_PERIOD or not profile.kind_record.is_periodic or profile.bears_no_number):
            continue
        return name
    return ""


def _without(problems: Iterable[Problem], held: Iterable[Sequence[Fact]]) -> list[Problem]:
    """The doubts without those about values that wait: they are asked with the key."""
    cells = {(fact.table, fact.key_text, fact.column) for facts in held for fact in facts}
    return [item for item in problems if (item.table, item.key, item.column) not in cells]


def _question(document: Interpretation, table: str, part: str, facts: Sequence[Fact]) -> Problem:
    proof = facts[0].evidence
    names = ", ".join(dict.fromkeys(dict(fact.key).get("metric") or fact.column for fact in facts))
    return Problem(
        "low_confidence",
        "warning",
        "build",
        f"{len(facts)} values of {table} in {document.source.file_name} have no {part} ({names}); they wait.",
        f"Look at the page for the {part}; add the rows to corrections.csv, or give the label that names it.",
        document_id=document.source.document_id,
        page=proof.page if proof else 0,
        box=proof.box if proof else None,
        table=table,
        key=facts[0].key_text,
        column=facts[0].column,
    )
