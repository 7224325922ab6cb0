"""The `documents` table: what each file is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dealproof.dataset.printed import write
from dealproof.dataset.rank import is_correction
from dealproof.dataset.readings import CellKey, Reading
from dealproof.interpret.result import Interpretation

Row = dict[str, str]


def document_row(document: Interpretation, status: str, supersedes: str) -> Row:
    """Return the row of one file."""
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
        "message": write(document.message),
    }


def superseded(documents: Sequence[Interpretation]) -> dict[str, str]:
    """Return, for each correction, the document of the same deal, kind and period that it replaces."""
    return {
        document.source.document_id: earlier
        for document in documents
        if is_correction(document) and (earlier := _earlier(document, documents))
    }


def without_replaced(chosen: Mapping[CellKey, Reading], replaced: Mapping[str, str]) -> dict[CellKey, Reading]:
    """Return the readings without those of documents that a correction (更正) replaces: they say nothing any more."""
    gone = set(replaced.values())
    return {cell: item for cell, item in chosen.items() if item.document_id not in gone}


def _earlier(document: Interpretation, documents: Iterable[Interpretation]) -> str:
    candidates = [
        other
        for other in documents
        if not is_correction(other) and _subject(other) == _subject(document) and document.profile.deal_id
    ]
    return candidates[0].source.document_id if len(candidates) == 1 else ""


def _subject(document: Interpretation) -> tuple[str, str, int | None]:
    profile = document.profile
    return profile.deal_id, profile.kind, profile.period_no
