"""The documents that were known on a day: what the dataset is built from under `--as-of`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dealproof.model.interpretation import Interpretation


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
