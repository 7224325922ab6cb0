"""All documents understood in, the dataset out. Pure: the same inputs give the same bytes in any order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from dealproof import contract
from dealproof.dataset.addressed import addressed
from dealproof.dataset.blameless import unread_parts
from dealproof.dataset.checks import reconcile
from dealproof.dataset.corrected import correct, covered_as_corrected, with_states
from dealproof.dataset.coverage import Covered, cover
from dealproof.dataset.dataset import Dataset
from dealproof.dataset.deal_memory import forgotten
from dealproof.dataset.derived_values import denominators, implied
from dealproof.dataset.document_deals import named, rekeyed, without_class
from dealproof.dataset.documents import (
    document_row,
    is_aside,
    set_aside,
    superseded,
    told,
    took_the_place,
    without_needless_drafts,
    without_replaced,
)
from dealproof.dataset.families import in_families, with_held
from dealproof.dataset.incomplete_keys import at_cutoff, cutoff_dates, whole_keys
from dealproof.dataset.low_confidence import mended, unsure_questions
from dealproof.dataset.names import identify, institution_evidence, institution_rows
from dealproof.dataset.once import asked_once
from dealproof.dataset.questions import question_rows
from dealproof.dataset.readings import Reading, known, misfits, reading
from dealproof.dataset.report_order import out_of_order
from dealproof.dataset.resolve import alternative_sizes, resolve
from dealproof.dataset.restated import restatements
from dealproof.dataset.rows import evidence_rows, fact_rows, in_order
from dealproof.dataset.second_names import second_names
from dealproof.dataset.source_rank import rank
from dealproof.dataset.unlisted_tranches import stranger_tranches
from dealproof.institutions.match import Matcher
from dealproof.mappings.expectations import Expectation
from dealproof.mappings.load import NOTHING, Registry
from dealproof.model.cell import DatasetCell, Row
from dealproof.model.evidence import Problem
from dealproof.model.interpretation import Interpretation


def build_dataset(
    interpretations: Iterable[Interpretation], registry: Registry = NOTHING, *, everything: bool = True
) -> Dataset:
    """Build the dataset from what interpretation gave for each document.

    `registry` are the analysts' files that act here (see `load_registry`). A document that is handed in twice counts
    once. `everything` says that no stored document was left out: then a correction must find its row, and MappingError is
    raised for one whose key no row has.
    """
    matcher = Matcher(registry.institutions, registry.decisions)
    identified = identify(with_deals(interpretations, registry), matcher)
    documents = identified.documents
    names = {document.source.document_id: document.source.file_name for document in documents}
    own = {document.source.document_id: _readings(document) for document in documents}
    stated = [item for items in own.values() for item in items]
    readings = [*stated, *alternative_sizes(stated)]
    resolved = resolve(readings, names)
    doubts = [problem for document in without_needless_drafts(documents) for problem in _doubts(document)]
    told = [*identified.problems, *doubts, *resolved.problems]
    fitting = addressed(registry.corrections, documents, resolved.chosen, told, everything=everything)
    heard = correct(resolved.chosen, fitting.corrections, names, readings)
    replaced = superseded(documents)
    unread = unread_parts(doubts, heard.chosen)
    reconciled = reconcile(without_replaced(heard.chosen, replaced), names, unread)
    if changes := mended(reconciled.doubts, heard.chosen):
        readings = [_as_mended(item, changes) for item in readings]
        heard = replace(heard, chosen={**heard.chosen, **changes})
        reconciled = reconcile(without_replaced(heard.chosen, replaced), names, unread)
    standing = without_replaced(heard.chosen, replaced)
    shares = denominators(heard.chosen, reconciled.denominators)
    rows: dict[str, Sequence[Row]] = {**fact_rows({**heard.chosen, **{item.cell: item for item in shares}})}
    rows["checks"] = reconciled.rows
    problems = [
        *identified.problems,
        *doubts,
        *resolved.problems,
        *restatements(standing.values(), names),
        *stranger_tranches(readings, names),
        *second_names(readings),
        *without_class(document for document in documents if not is_aside(document)),
        *out_of_order(documents, replaced.values()),
        *reconciled.problems,
        *unsure_questions(standing, readings, reconciled.confirmed, _known_names(documents)),
        *fitting.problems,
        *heard.problems,
    ]
    covered = _coverage(documents, own, registry.expectations, rows.get("deals", []), problems)
    rows["documents"] = _document_rows(documents, covered)
    rows["institutions"] = institution_rows(identified.used, registry.institutions, registry.classes)
    rows["evidence"] = [
        *evidence_rows([*readings, *heard.readings, *shares]),
        *institution_evidence(rows["institutions"], registry.institutions, registry.classes),
    ]
    rows["coverage"] = covered_as_corrected((row for item in covered.values() for row in item.rows), heard.readings)
    files = {item.source.document_id: item.source.file_name for item in documents}
    told = [*problems, *(p for item in covered.values() for p in item.problems)]
    asked = asked_once([*told, *forgotten(documents, own, told)], files)
    answered = with_states(question_rows(asked), registry.corrections, registry.answers)
    rows["questions"] = in_families(with_held(answered, rows), asked)
    return Dataset(MappingProxyType({s.name: in_order(s, rows.get(s.name, [])) for s in contract.tables()}))


def _as_mended(item: Reading, changes: Mapping[DatasetCell, Reading]) -> Reading:
    made = changes.get(item.cell)
    return made if made is not None and (made.evidence, made.place) == (item.evidence, item.place) else item


def _known_names(documents: Iterable[Interpretation]) -> frozenset[str]:
    """Names of parties that lead to an institution: the list of institutions confirms them letter by letter."""
    return frozenset(
        str(fact.value)
        for document in documents
        for fact in document.facts
        if fact.table == "parties" and fact.column == "name" and dict(fact.key).get("institution_id")
    )


def chosen_readings(interpretations: Iterable[Interpretation], registry: Registry = NOTHING) -> dict[DatasetCell, Reading]:
    """Return the reading that each cell of the dataset shows, with its proof."""
    matcher = Matcher(registry.institutions, registry.decisions)
    documents = identify(with_deals(interpretations, registry), matcher).documents
    names = {document.source.document_id: document.source.file_name for document in documents}
    return resolve([item for document in documents for item in _readings(document)], names).chosen


def with_deals(interpretations: Iterable[Interpretation], registry: Registry) -> tuple[Interpretation, ...]:
    """Return each document once, under the deal that analysts gave it; facts without a deal or with a gap in their key wait."""
    documents = [named(rekeyed(document, registry.deals)) for document in set_aside(_distinct(interpretations))]
    days = cutoff_dates(documents)
    return tuple(whole_keys(at_cutoff(document, days)) for document in documents)


def _distinct(interpretations: Iterable[Interpretation]) -> list[Interpretation]:
    ordered = sorted(interpretations, key=lambda item: (item.source.document_id, item.source.file_name))
    return list({item.source.document_id: item for item in reversed(ordered)}.values())[::-1]


def _readings(document: Interpretation) -> list[Reading]:
    """Everything one document says or implies; nothing, if it is no deal document or its place was taken."""
    if document.status in ("failed", "unsupported") or is_aside(document):
        return []
    document_id, authority = document.source.document_id, rank(document)
    facts = [fact for fact in document.facts if known(fact)]
    own = [reading(fact, document_id, authority, place) for place, fact in enumerate(facts)]
    return [*own, *implied(document.profile, own, document_id, authority)]


def _doubts(document: Interpretation) -> Iterable[Problem]:
    """The doubts of a document; of one from which nothing is taken only what it is can be in doubt."""
    return document.problems if document.status == "unsupported" else (*document.problems, *misfits(document))


def _coverage(
    documents: Sequence[Interpretation],
    own: dict[str, list[Reading]],
    expectations: tuple[Expectation, ...],
    deal_rows: Sequence[Row],
    problems: Sequence[Problem],
) -> dict[str, Covered]:
    deals = {row["deal_id"]: row for row in deal_rows}
    return {
        document.source.document_id: cover(document, own[document.source.document_id], expectations, deals, problems)
        for document in documents
        if document.status not in ("failed", "unsupported") and not is_aside(document) and document.profile.deal_id
    }


def _document_rows(documents: Sequence[Interpretation], covered: dict[str, Covered]) -> list[Row]:
    pushed = took_the_place(documents)
    replaced = pushed | superseded(documents)
    rows = []
    for document in documents:
        document_id = document.source.document_id
        found = covered.get(document_id)
        missing = [row["field"] for row in found.rows if row["state"] == "not_found"] if found else []
        status = "partial" if found and found.incomplete and document.status == "ok" else document.status
        message = told(document, missing, document_id in pushed)
        rows.append(document_row(document, status, replaced.get(document_id, ""), message))
    return rows
