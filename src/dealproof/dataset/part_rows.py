"""The rows of one part of the documents (a deal): a pure function of its documents, of what other parts tell it, and of the
analysts' rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dealproof.contract.question_kinds import Severity
from dealproof.dataset.across import Inputs
from dealproof.dataset.addressed import NeedsAllError, addressed
from dealproof.dataset.blameless import unread_parts
from dealproof.dataset.checks import reconcile
from dealproof.dataset.corrected import correct, covered_as_corrected, with_states
from dealproof.dataset.coverage import Covered, cover
from dealproof.dataset.deal_memory import forgotten
from dealproof.dataset.derived_values import denominators, implied
from dealproof.dataset.document_deals import without_class
from dealproof.dataset.documents import (
    document_row,
    is_aside,
    superseded,
    told,
    took_the_place,
    without_needless_drafts,
    without_replaced,
)
from dealproof.dataset.families import MILDEST, in_families, with_held
from dealproof.dataset.label_questions import hanging
from dealproof.dataset.low_confidence import mended, unsure_questions
from dealproof.dataset.names import AskedName
from dealproof.dataset.once import asked_once
from dealproof.dataset.questions import question_id, question_rows
from dealproof.dataset.readings import Reading, known, misfits, reading
from dealproof.dataset.report_order import out_of_order
from dealproof.dataset.resolve import alternative_sizes, resolve
from dealproof.dataset.restated import restatements
from dealproof.dataset.rows import evidence_rows, fact_rows
from dealproof.dataset.second_names import Marks, marks_of, second_names
from dealproof.dataset.source_rank import rank
from dealproof.dataset.told import Told, is_label, told_by
from dealproof.dataset.unlisted_tranches import stranger_tranches
from dealproof.mappings.answers import Answer
from dealproof.mappings.corrections import Correction
from dealproof.mappings.expectations import Expectation
from dealproof.model.cell import DatasetCell, Row
from dealproof.model.evidence import Problem
from dealproof.model.interpretation import Interpretation


@dataclass(frozen=True, slots=True)
class Prepared:
    """The documents of a part with everything that each says by itself: `own` are the readings of each, `doubts` the doubts."""

    documents: tuple[Interpretation, ...]
    own: dict[str, list[Reading]]
    doubts: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class PartRows:
    """The rows of a part by table, unordered, and what its build tells the others.

    `severities` say how bad what hangs under a question of no part is, by the id of that question; `asked` are the ids of all
    questions that the state of these rows depends on.
    """

    tables: Mapping[str, Sequence[Row]]
    marks: tuple[Marks, ...]
    severities: Mapping[str, Severity]
    asked: frozenset[str]


def prepared(documents: Sequence[Interpretation]) -> Prepared:
    """Take identified documents apart."""
    own = {document.source.document_id: readings_of(document) for document in documents}
    doubts = [problem for document in without_needless_drafts(documents) for problem in _doubts(document)]
    return Prepared(tuple(documents), own, tuple(doubts))


def tell(part: Prepared, used: Iterable[str], names: Sequence[AskedName]) -> Told:
    """What the documents of a part tell the others; `used` and `names` are what became of their names."""
    readings = (item for items in part.own.values() for item in items)
    return told_by(part.documents, used, names, readings, part.doubts)


def part_rows(
    part: Prepared,
    inputs: Inputs,
    expectations: tuple[Expectation, ...],
    corrections: Sequence[Correction],
    answers: Iterable[Answer],
    *,
    everything: bool,
    all_here: bool = False,
) -> PartRows:
    """Build the rows of a part. `inputs` are what others tell it; nothing is left to tell where it is `all_here`.

    `everything` as in `build_dataset`. Raises NeedsAllError where only all documents together can tell; MappingError for a
    correction whose key no row has.
    """
    documents, own = part.documents, part.own
    names = {document.source.document_id: document.source.file_name for document in documents}
    stated = [item for items in own.values() for item in items]
    readings = [*stated, *alternative_sizes(stated)]
    resolved = resolve(readings, names)
    met = [*inputs.names, *part.doubts, *resolved.problems]
    fitting = addressed(corrections, documents, resolved.chosen, met, everything=everything, all_here=all_here)
    heard = correct(resolved.chosen, fitting.corrections, names, readings)
    replaced = superseded(documents)
    unread = unread_parts(part.doubts, heard.chosen)
    reconciled = reconcile(without_replaced(heard.chosen, replaced), names, unread)
    if changes := mended(reconciled.doubts, heard.chosen):
        readings = [_as_mended(item, changes) for item in readings]
        heard = replace(heard, chosen={**heard.chosen, **changes})
        reconciled = reconcile(without_replaced(heard.chosen, replaced), names, unread)
    standing = without_replaced(heard.chosen, replaced)
    shares = denominators(heard.chosen, reconciled.denominators)
    marks = tuple(marks_of(readings))
    rows: dict[str, Sequence[Row]] = {**fact_rows({**heard.chosen, **{item.cell: item for item in shares}})}
    rows["checks"] = reconciled.rows
    problems = [
        *met,
        *restatements(standing.values(), names),
        *stranger_tranches(readings, names),
        *(second_names(marks) if all_here else inputs.second),
        *without_class(document for document in documents if not is_aside(document)),
        *out_of_order(documents, replaced.values()),
        *reconciled.problems,
        *unsure_questions(standing, readings, reconciled.confirmed, frozenset(inputs.known)),
        *fitting.problems,
        *heard.problems,
    ]
    covered = _coverage(documents, own, expectations, rows.get("deals", []), problems)
    rows["documents"] = _document_rows(documents, covered)
    rows["evidence"] = evidence_rows([*readings, *heard.readings, *shares])
    rows["coverage"] = covered_as_corrected((row for item in covered.values() for row in item.rows), heard.readings)
    problems += [problem for item in covered.values() for problem in item.problems]
    problems += forgotten(documents, own, problems)
    asked = asked_once(problems, names) if all_here else _asked_in_part(problems, inputs.labels)
    answered = with_states(question_rows([*asked, *inputs.labels]), corrections, answers)
    questions = in_families(with_held(answered, rows), asked)
    outside = {question_id(item) for item in inputs.labels}
    rows["questions"] = [row for row in questions if row["question_id"] not in outside]
    return PartRows(
        rows, marks, _severities(row for row in questions if row["question_id"] in outside),
        frozenset(row["question_id"] for row in questions),
    )  # fmt: skip


def _asked_in_part(problems: Iterable[Problem], roots: Sequence[Problem]) -> list[Problem]:
    """The doubts of a part as they are asked, those about labels under the questions that are of no part."""
    found = list(problems)
    labels = [item for item in found if is_label(item)]
    return [*asked_once(item for item in found if not is_label(item)), *hanging(labels, roots)]


def _severities(roots: Iterable[Row]) -> dict[str, Severity]:
    """How bad what hangs under questions of no part is. Raises NeedsAllError should one have got more than that from its part."""
    found: dict[str, Severity] = {}
    for row in roots:
        if row["key"] or row["candidates"]:
            raise NeedsAllError(row["question_id"])
        if row["severity"] != MILDEST:
            found[row["question_id"]] = row["severity"]  # type: ignore[assignment]  # as the question was made
    return found


def _as_mended(item: Reading, changes: Mapping[DatasetCell, Reading]) -> Reading:
    made = changes.get(item.cell)
    return made if made is not None and (made.evidence, made.place) == (item.evidence, item.place) else item


def readings_of(document: Interpretation) -> list[Reading]:
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
