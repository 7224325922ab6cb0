"""Mapping rows that never fired on what is stored: candidates for deletion, or for a second look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dealproof.dataset.build import with_deals
from dealproof.dataset.names import verdict_of
from dealproof.institutions.match import Matcher
from dealproof.mappings.deals import deal_of
from dealproof.mappings.labels import Labels
from dealproof.mappings.load import Registry
from dealproof.model.interpretation import Interpretation


@dataclass(frozen=True, slots=True)
class UnusedRow:
    """A row that did nothing: `file.csv:line`, what it says, and whether a person wrote it."""

    where: str
    says: str
    by_person: bool


def unused_rows(
    documents: Iterable[Interpretation], registry: Registry, labels: Labels, labels_fired: Iterable[str]
) -> list[UnusedRow]:
    """Return the rows of aliases, provider classes, deals and labels that never fired on these documents.

    `documents` are as interpreted; `labels_fired` are the label rows that were met on the way.
    """
    known = tuple(documents)
    fired, entities = _names_met(known, registry)
    fired |= set(labels_fired) | set(_deals_met(known, registry))
    rows = [
        *(
            UnusedRow(d.where, f"{d.decision} {d.mention} {d.institution_id}".strip(), d.by_person)
            for d in registry.decisions
        ),
        *(UnusedRow(d.where, f"{d.key[1]} → {d.deal_id}", True) for d in registry.deals),
        *(UnusedRow(row.where, f"{row.field} ← {row.label}", False) for row in labels.rows()),
    ]
    classes = (c for c in registry.classes if c.institution_id not in entities)
    return [
        *(row for row in rows if row.where not in fired),
        *(UnusedRow(c.where, f"{c.legal_name} {c.name}", False) for c in classes),
    ]


def _names_met(documents: tuple[Interpretation, ...], registry: Registry) -> tuple[set[str], set[str]]:
    """Mapping rows that decided a name, and institutions that were met."""
    matcher = Matcher(registry.institutions, registry.decisions)
    fired: set[str] = set()
    entities: set[str] = set()
    for document in with_deals(documents, registry):
        for fact in document.facts:
            verdict = verdict_of(fact, document, matcher)
            if verdict is None:
                continue
            fired.add(verdict.where)
            entity = matcher.institution(verdict)
            if entity is not None:
                entities.add(entity.institution_id)
    return fired, entities


def _deals_met(documents: tuple[Interpretation, ...], registry: Registry) -> Iterable[str]:
    for document in documents:
        source = document.source
        row = deal_of(registry.deals, source.document_id, source.file_name, document.profile.deal_name)
        if row is not None:
            yield row.where
