"""The `documents` table, and which documents count: those known on a day (`--as-of`), and of two for one place the later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dealproof.dataset.format_values import write
from dealproof.dataset.readings import Reading
from dealproof.dataset.source_rank import is_correction
from dealproof.model.cell import DatasetCell, Row
from dealproof.model.interpretation import Interpretation


def document_row(document: Interpretation, status: str, supersedes: str, message: str) -> Row:
    """Return the row of one file. `message` says what a person should know of the reading."""
    profile = document.profile
    return {
        "document_id": document.source.document_id,
        "file_name": write(document.source.file_name),
        "kind": profile.kind,
        "market": profile.market,
        "deal_id": write(profile.deal_id),
        "title": write(profile.title),
        "report_date": write(profile.report_date),
        "period_no": write(profile.period_no),
        "period_start": write(profile.period_start),
        "period_end": write(profile.period_end),
        "payment_date": write(profile.payment_date),
        "pages": write(document.pages),
        "pages_ocr": write(document.pages_ocr),
        "pages_unread": write(document.pages_unread),
        "supersedes": supersedes,
        "status": status,
        "message": write(message),
    }


def superseded(documents: Sequence[Interpretation]) -> dict[str, str]:
    """Return, for each correction, the document of the same deal, kind and period that it replaces."""
    return {
        document.source.document_id: earlier
        for document in documents
        if is_correction(document) and not is_aside(document) and not is_draft(document) and (earlier := _earlier(document, documents))
    }


def set_aside(documents: Iterable[Interpretation]) -> tuple[Interpretation, ...]:
    """Return the documents, emptied where another one of them was put in their place under the same name.

    One whose successor is not here (it was published after the day that is asked for) stands as before.
    """
    found = tuple(documents)
    here = {document.source.document_id for document in found}
    return tuple(
        replace(document, facts=(), problems=())
        if document.source.replaced_by in here
        else replace(document, source=replace(document.source, replaced_by=""))
        if document.source.replaced_by
        else document
        for document in found
    )


def is_draft(document: Interpretation) -> bool:
    """Whether a deal document says that it is a draft, so that nothing was taken from it."""
    return document.status == "unsupported" and document.profile.kind != "other"


def without_needless_drafts(documents: Sequence[Interpretation]) -> list[Interpretation]:
    """Return the documents without the drafts of which the final one is here: nobody needs to be asked about these."""
    final = {_subject(document) for document in documents if not is_draft(document) and not is_aside(document)}
    return [document for document in documents if not (is_draft(document) and _subject(document) in final)]


def is_aside(document: Interpretation) -> bool:
    """Whether another document was put in the place of this one, so that it says nothing any more."""
    return bool(document.source.replaced_by)


def took_the_place(documents: Sequence[Interpretation]) -> dict[str, str]:
    """Return, for each document that was put in the place of another, that other one."""
    pairs = {
        document.source.replaced_by: document.source.document_id
        for document in sorted(documents, key=lambda item: item.source.document_id, reverse=True)
        if is_aside(document)
    }
    return pairs


def told(document: Interpretation, missing: Sequence[str], replaces: bool) -> str:
    """Return what a person should know of a document: what was not found in it, and whose place it has."""
    parts = [document.message]
    if missing:
        parts.append(f"Nothing was read for {', '.join(missing)}.")
    if is_aside(document):
        parts.append("A newer file of the same name took its place; its values no longer count.")
    if replaces:
        parts.append("It took the place of an earlier file of the same name.")
    return " ".join(part for part in parts if part)


def without_replaced(chosen: Mapping[DatasetCell, Reading], replaced: Mapping[str, str]) -> dict[DatasetCell, Reading]:
    """Return the readings without those of documents that a correction (更正) replaces: they say nothing any more."""
    gone = set(replaced.values())
    return {cell: item for cell, item in chosen.items() if item.document_id not in gone}


def _earlier(document: Interpretation, documents: Iterable[Interpretation]) -> str:
    candidates = [
        other
        for other in documents
        if not is_correction(other)
        and not is_aside(other)
        and not is_draft(other)
        and _subject(other) == _subject(document)
        and document.profile.deal_id
    ]
    return candidates[0].source.document_id if len(candidates) == 1 else ""


def _subject(document: Interpretation) -> tuple[str, str, int | date | None]:
    """Of what a document is: its deal, and its period by number, else by its days."""
    profile = document.profile
    return profile.deal_id, profile.kind, profile.period_no or profile.period_end or profile.payment_date


@dataclass(frozen=True, slots=True)
class KnownOn:
    """Documents published by a day, and those without any date, of which nobody can say."""

    documents: tuple[Interpretation, ...]
    undated: tuple[Interpretation, ...]


def known_on(documents: Iterable[Interpretation], day: date) -> KnownOn:
    """Return the documents published by `day`. A document counts from its report date, else from its payment date or
    the end of its period, whichever is later; one without any date is left out and told of."""
    known: list[Interpretation] = []
    undated: list[Interpretation] = []
    for document in documents:
        published = _published(document)
        if published is None and document.status not in ("failed", "unsupported"):
            undated.append(document)
        elif published is not None and published <= day:
            known.append(document)
    return KnownOn(tuple(known), tuple(undated))


def _published(document: Interpretation) -> date | None:
    profile = document.profile
    if profile.report_date is not None:
        return profile.report_date
    return max(filter(None, (profile.payment_date, profile.period_end)), default=None)
