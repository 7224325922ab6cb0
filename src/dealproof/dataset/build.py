"""All documents understood in, the dataset out. Pure: the same inputs give the same bytes in any order.

Documents are built in parts (`parts.py`), each by itself (`part_rows.py`) once it is known what the others tell it (`across.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from dealproof import contract
from dealproof.dataset.across import Across, Inputs
from dealproof.dataset.addressed import NeedsAllError
from dealproof.dataset.corrected import with_states
from dealproof.dataset.dataset import Dataset
from dealproof.dataset.document_deals import named, rekeyed
from dealproof.dataset.documents import set_aside
from dealproof.dataset.families import in_families, worst
from dealproof.dataset.incomplete_keys import at_cutoff, cutoff_dates, whole_keys
from dealproof.dataset.names import (
    asked_names,
    identify,
    institution_evidence,
    institution_rows,
    looked_up,
    name_questions,
)
from dealproof.dataset.part_rows import PartRows, Prepared, part_rows, prepared, readings_of, tell
from dealproof.dataset.parts import Part, card_of, parts_of
from dealproof.dataset.questions import question_rows
from dealproof.dataset.readings import Reading
from dealproof.dataset.resolve import resolve
from dealproof.dataset.rows import in_order
from dealproof.dataset.told import Told
from dealproof.institutions.match import Matcher
from dealproof.mappings.load import NOTHING, Registry
from dealproof.model.cell import DatasetCell, Row
from dealproof.model.interpretation import Interpretation


def build_dataset(
    interpretations: Iterable[Interpretation], registry: Registry = NOTHING, *, everything: bool = True
) -> Dataset:
    """Build the dataset from what interpretation gave for each document.

    `registry` are the analysts' files that act here (see `load_registry`). A document that is handed in twice counts
    once. `everything` says that no stored document was left out: then a correction must find its row, and MappingError is
    raised for one whose key no row has.
    """
    documents = {document.source.document_id: document for document in _distinct(interpretations)}
    parts = parts_of(map(card_of, documents.values()), registry.deals, registry.corrections)
    try:
        return _in_parts(documents, parts, registry, everything)
    except NeedsAllError:
        return build_as_one(documents.values(), registry, everything=everything)


def build_as_one(
    interpretations: Iterable[Interpretation], registry: Registry = NOTHING, *, everything: bool = True
) -> Dataset:
    """As `build_dataset`, with all documents as one part: the same dataset, at the price of all of them at once."""
    documents = _distinct(interpretations)
    matcher = Matcher(registry.institutions, registry.decisions)
    part, told = preparation(documents, registry, matcher)
    inputs = Inputs(told.known, (), tuple(name_questions(told.names, matcher)))
    made = part_rows(
        part, inputs, registry.expectations, registry.corrections, registry.answers, everything=everything, all_here=True
    )
    return joined([made.tables], institutions_of(told.used, registry))


def _in_parts(documents: Mapping[str, Interpretation], parts: Sequence[Part], registry: Registry, everything: bool) -> Dataset:
    across = Across(Matcher(registry.institutions, registry.decisions))
    found: dict[str, Prepared] = {}
    for part in parts:
        found[part.name], told = preparation([documents[name] for name in part.documents], registry, across.matcher)
        across.hear(part, told)

    def build(part: Part, inputs: Inputs) -> PartRows:
        return part_rows(
            found[part.name], inputs, registry.expectations, part.corrections, registry.answers, everything=everything
        )

    given = {part.name: across.inputs(part) for part in parts}
    made = {part.name: build(part, given[part.name]) for part in parts}
    for part in parts:
        across.hear_marks(part, made[part.name].marks)
    across.compare()
    for part in parts:
        if (inputs := across.inputs(part)) != given[part.name]:
            made[part.name] = build(part, inputs)
    shared = {**institutions_of(across.used, registry), "questions": shared_questions(across, parts, [each.severities for each in made.values()], registry)}
    return joined((each.tables for each in made.values()), shared)


def preparation(documents: Iterable[Interpretation], registry: Registry, matcher: Matcher) -> tuple[Prepared, Told]:
    """What the documents of a part say by themselves, and what they tell the others."""
    known = with_deals(documents, registry)
    identified = identify(known, matcher)
    part = prepared(identified.documents)
    return part, replace(tell(part, identified.used, asked_names(known, matcher)), looked_up=looked_up(known))


def institutions_of(used: Iterable[str], registry: Registry) -> dict[str, Sequence[Row]]:
    """The institutions that the dataset speaks of, with their proof."""
    rows = institution_rows(used, registry.institutions, registry.classes)
    return {"institutions": rows, "evidence": institution_evidence(rows, registry.institutions, registry.classes)}


def shared_questions(
    across: Across, parts: Iterable[Part], severities: Iterable[Mapping[str, str]], registry: Registry
) -> list[Row]:
    """The questions of no part, each as severe as the worst that hangs under it in any part."""
    problems = across.problems(parts)
    rows = in_families(with_states(question_rows(problems), (), registry.answers), problems)
    below: dict[str, list[str]] = {}
    for each in severities:
        for key, severity in each.items():
            below.setdefault(key, []).append(severity)
    return [{**row, "severity": worst((row["severity"], *below.get(row["question_id"], ())))} for row in rows]


def joined(parts: Iterable[Mapping[str, Sequence[Row]]], shared: Mapping[str, Sequence[Row]]) -> Dataset:
    """The rows of all parts and what they share as one dataset."""
    rows: dict[str, list[Row]] = {spec.name: [] for spec in contract.tables()}
    for tables in (*parts, shared):
        for name, found in tables.items():
            rows[name] += found
    return Dataset(MappingProxyType({spec.name: in_order(spec, rows[spec.name]) for spec in contract.tables()}))


def chosen_readings(interpretations: Iterable[Interpretation], registry: Registry = NOTHING) -> dict[DatasetCell, Reading]:
    """Return the reading that each cell of the dataset shows, with its proof."""
    matcher = Matcher(registry.institutions, registry.decisions)
    documents = identify(with_deals(interpretations, registry), matcher).documents
    names = {document.source.document_id: document.source.file_name for document in documents}
    return resolve([item for document in documents for item in readings_of(document)], names).chosen


def with_deals(interpretations: Iterable[Interpretation], registry: Registry) -> tuple[Interpretation, ...]:
    """Return each document once, under the deal that analysts gave it; facts without a deal or with a gap in their key wait."""
    documents = [named(rekeyed(document, registry.deals)) for document in set_aside(_distinct(interpretations))]
    days = cutoff_dates(documents)
    return tuple(whole_keys(at_cutoff(document, days)) for document in documents)


def _distinct(interpretations: Iterable[Interpretation]) -> list[Interpretation]:
    ordered = sorted(interpretations, key=lambda item: (item.source.document_id, item.source.file_name))
    return list({item.source.document_id: item for item in reversed(ordered)}.values())[::-1]
