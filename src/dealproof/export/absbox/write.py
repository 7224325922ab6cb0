"""The folder of inputs for AbsBox: one JSON file a deal, and a sheet of what the other deals lack."""

from __future__ import annotations

import csv
import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dealproof.dataset.dataset import Dataset
from dealproof.errors import UsageError
from dealproof.export.absbox.deal import FORMAT, Drafted, draft_deals
from dealproof.export.absbox.exact_json import as_json
from dealproof.export.atomic_folder import LITTER, put_folder
from dealproof.mappings.sheet import no_formula

MISSING_SHEET = "missing.csv"
_COLUMNS = ("deal_id", "deal_name", "input", "wanted", "key", "why")
_MARK = f'{{\n  "format": "{FORMAT.split("/")[0]}/'.encode()
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


@dataclass(frozen=True, slots=True)
class AbsboxReport:
    """What was written where, the deals that lack something, and how many of them lack each `table.column`."""

    folder: Path
    written: tuple[Path, ...]
    incomplete: tuple[Drafted, ...]

    @property
    def lacks(self) -> tuple[tuple[str, int], ...]:
        """`table.column` with the number of deals that lack it, the most frequent first."""
        counts = Counter(wanted for deal in self.incomplete for wanted in {item.wanted for item in deal.missing})
        return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def write_absbox(dataset: Dataset, folder: Path) -> AbsboxReport:
    """Write the deals that have all that AbsBox needs, and `missing.csv` for the others.

    An earlier folder of this kind is replaced as a whole. Raises UsageError if `folder` holds anything else, StoreError if
    it cannot be written.
    """
    _refuse_foreign_files(folder.resolve())
    drafted = draft_deals(dataset)
    complete = [deal for deal in drafted if deal.file is not None]
    incomplete = tuple(deal for deal in drafted if deal.file is None)

    def fill(fresh: Path) -> list[str]:
        names = [file_name(deal.deal_id) for deal in complete]
        for name, deal in zip(names, complete, strict=True):
            (fresh / name).write_text(f"{as_json(deal.file)}\n", encoding="utf-8", newline="\n")
        _write_missing(fresh / MISSING_SHEET, incomplete)
        return [*names, MISSING_SHEET]

    *files, _ = put_folder(folder, fill)
    return AbsboxReport(folder, tuple(files), incomplete)


def file_name(deal_id: str) -> str:
    """A name for the file of a deal that every system can hold, different for every deal."""
    plain = _UNFIT.sub("_", deal_id)
    return f"{plain}.json" if plain == deal_id else f"{plain}-{hashlib.sha256(deal_id.encode()).hexdigest()[:8]}.json"


def _write_missing(path: Path, deals: Sequence[Drafted]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(_COLUMNS)
        for deal in deals:
            for item in deal.missing:
                cells = (deal.deal_id, deal.deal_name, item.input, item.wanted, item.key, item.why)
                writer.writerow([no_formula(cell) for cell in cells])


def _refuse_foreign_files(target: Path) -> None:
    if target.exists() and not target.is_dir():
        raise UsageError(f"{target} is a file.", "Name a folder for the inputs.")
    foreign = sorted(path.name for path in target.iterdir() if not _is_ours(path)) if target.exists() else []
    if foreign:
        raise UsageError(f"{target} holds {foreign[0]}, which is no input for AbsBox.", "Choose a new or empty folder.")


def _is_ours(path: Path) -> bool:
    if path.name == MISSING_SHEET or path.name in LITTER:
        return True
    if path.suffix != ".json" or not path.is_file():
        return False
    with path.open("rb") as handle:
        return handle.read(len(_MARK)) == _MARK
