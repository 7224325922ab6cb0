"""The market review of a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dealproof.api.stored import current
from dealproof.errors import UsageError
from dealproof.runs.facts import stored_sources
from dealproof.runs.watchers import NOBODY, Watchers
from dealproof.settings.settings import Settings

if TYPE_CHECKING:
    from dealproof.metrics.model import Review


@dataclass(frozen=True, slots=True)
class MarketReview:
    """A market review as worked out, and the files that hold it."""

    review: Review
    files: tuple[Path, ...]


def market_review(
    settings: Settings,
    folder: Path,
    year: int | None = None,
    universe: str = "micro_loan",
    until: date | None = None,
    watchers: Watchers = NOBODY,
) -> MarketReview:
    """Work out the market review of a year (the last one with a deal) from what is stored, and write it to `folder`.

    With `until`, that year is reviewed to that day only, beside the same part of the year before. `watchers` hear what is
    done.

    Raises UsageError when the workspace holds nothing or no deal of the universe, MappingError when a file is invalid,
    EngineMissingError when the charts' library or a Chinese font is missing, StoreError when `folder` cannot be written.
    """
    from dealproof.mappings.reference import load_reference
    from dealproof.market_review.dossier import dossiers
    from dealproof.market_review.write import write_review
    from dealproof.metrics.review import last_year, review_of

    dataset = current(settings, watchers)
    chosen = until.year if until else year or last_year(dataset, universe)
    if chosen is None:
        raise UsageError(
            f"No deal of class {universe} is stored.", "Say another --universe; see `dealproof schema deals`."
        )
    watchers.phase(f"reviewing {chosen}")
    review = review_of(dataset, chosen, universe, load_reference(settings.mappings), until=until)
    places = {document_id: source.path for document_id, source in stored_sources(settings).items() if source}
    watchers.phase(f"drawing and writing the review to {folder}")
    return MarketReview(review, write_review(review, dossiers(review, dataset, places), folder))
