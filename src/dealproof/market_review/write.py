"""A review as a folder: page, workbook, tables and pictures, complete or not there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dealproof.errors import UsageError
from dealproof.export.atomic_folder import LITTER, put_folder
from dealproof.market_review.dossier import Dossier
from dealproof.market_review.html import as_html
from dealproof.market_review.images import FOLDER, write_images
from dealproof.market_review.style import require_fonts
from dealproof.market_review.tables import CSV, PARQUET, write_tables
from dealproof.market_review.workbook import write_workbook
from dealproof.metrics.model import Review

PAGE, WORKBOOK = "review.html", "review.xlsx"
_OURS = frozenset({PAGE, WORKBOOK, CSV, PARQUET, FOLDER, *LITTER})


def write_review(review: Review, dossiers: Mapping[str, Dossier], out: Path) -> tuple[Path, ...]:
    """Write everything to `out` and return the files, the page first.

    An earlier review there is replaced as a whole, and only once the new one is complete. Raises UsageError if `out` holds
    anything that is not a review, EngineMissingError where charts cannot be made, StoreError if it cannot be written.
    """
    _refuse_foreign_files(out.resolve())
    require_fonts()

    def fill(fresh: Path) -> list[str]:
        (fresh / PAGE).write_text(as_html(review, dossiers), encoding="utf-8", newline="\n")
        write_workbook(review, dossiers, fresh / WORKBOOK)
        others = (*write_tables(review, fresh), *write_images(review, fresh))
        return [PAGE, WORKBOOK, *(path.relative_to(fresh).as_posix() for path in others)]

    return put_folder(out, fill)


def _refuse_foreign_files(target: Path) -> None:
    if target.exists() and not target.is_dir():
        raise UsageError(f"{target} is a file.", "Name a folder for the review.")
    foreign = sorted(path.name for path in target.iterdir() if path.name not in _OURS) if target.exists() else []
    if foreign:
        raise UsageError(
            f"{target} holds {foreign[0]}, which is not part of a review.", "Choose a new or empty folder."
        )
