"""What the documents of a part tell the others: all that a build of one part may need to know of another.

Names that lead to an institution, or to nobody; labels that nobody knows; figures of documents for the summary. What deals
are known by (`second_names.Marks`) follows from their rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dealproof.dataset.low_confidence import is_unsure
from dealproof.dataset.names import AskedName, LookedUp
from dealproof.dataset.readings import Reading
from dealproof.model.evidence import Problem
from dealproof.model.interpretation import Interpretation


@dataclass(frozen=True, slots=True)
class Told:
    """`used` are the institutions that names lead to, `known` these names, `names` those that lead to nobody.

    `unsure` are values that were recognised without surety and that a known name elsewhere would confirm. `labels` are the
    doubts about labels that nobody knows, `files` the names of their documents by id. `looked_up` are all names that were looked
    up in the list of institutions.
    """

    used: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    names: tuple[AskedName, ...] = ()
    unsure: tuple[str, ...] = ()
    labels: tuple[Problem, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    looked_up: tuple[LookedUp, ...] = ()


def told_by(
    documents: Sequence[Interpretation], used: Iterable[str], names: Sequence[AskedName], readings: Iterable[Reading], doubts: Iterable[Problem]
) -> Told:
    """Gather what identified documents tell; `readings` and `doubts` are theirs."""
    labels = tuple(item for item in doubts if is_label(item))
    asked = {item.document_id for item in labels}
    unsure = {str(item.value) for item in readings if is_unsure(item)}
    return Told(
        tuple(sorted(used)), tuple(sorted(known_names(documents))), tuple(names), tuple(sorted(unsure)), labels,
        tuple((item.source.document_id, item.source.file_name) for item in documents if item.source.document_id in asked),
    )  # fmt: skip


def is_label(item: Problem) -> bool:
    """Whether a doubt is about a label that nobody knows, which is asked once for all documents."""
    return item.code == "unknown_label" and not item.under


def known_names(documents: Iterable[Interpretation]) -> frozenset[str]:
    """Names of parties that lead to an institution: the list of institutions confirms them letter by letter."""
    return frozenset(
        str(fact.value)
        for document in documents
        for fact in document.facts
        if fact.table == "parties" and fact.column == "name" and dict(fact.key).get("institution_id")
    )
