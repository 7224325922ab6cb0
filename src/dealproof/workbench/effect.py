"""What answers did to the open questions: which closed, which came, and why."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dealproof.dataset.build import Dataset
from dealproof.dataset.rows import held
from dealproof.model.cell import DatasetCell, Row, by_name

#: So much of a question says why it came.
_PROMPT = 160


@dataclass(frozen=True, slots=True)
class Since:
    """Open questions before and after (causes, without what hangs under them), how many closed, those that came, each
    with the reason, and the answered ones that are open all the same."""

    before: int
    after: int
    closed: int
    came: tuple[tuple[Row, str], ...]
    unmoved: tuple[Row, ...] = ()


def since(before: Dataset, after: Dataset, answered: Iterable[str]) -> Since:
    """Compare the open questions of two datasets; `answered` are the ids of the questions that were answered between."""
    was, now = _open(before), _open(after)
    changed = _changed_cells(before, after)
    hung = {row["question_id"]: row["cause"] for row in before.rows("questions") if row["cause"]}
    came = [(row, _reason(row, hung.get(key, ""), after, changed)) for key, row in now.items() if key not in was]
    ids = set(answered)
    unmoved = tuple(row for key, row in now.items() if key in ids)
    return Since(len(was), len(now), len(was.keys() - now.keys()), tuple(came), unmoved)


def _open(dataset: Dataset) -> dict[str, Row]:
    """The open questions that are asked themselves."""
    rows = dataset.rows("questions")
    return {row["question_id"]: row for row in rows if row["state"] == "open" and not row["cause"]}


def _reason(row: Row, cause: str, after: Dataset, changed: Mapping[DatasetCell, tuple[str, str]]) -> str:
    own = DatasetCell.told_by(row)
    tied = _tied(row, own, after) if row["kind"] == "failed_check" else {own}
    moved = [f"{cell.table}.{cell.column} of {cell.key_text} is {changed[cell][1] or 'empty'} now and was {changed[cell][0] or 'empty'}"
             for cell in sorted(tied, key=by_name) if cell in changed]  # fmt: skip
    if moved:
        return f"because {moved[0]}"
    if cause:
        return f"because question {cause[:8]}, under which it hung, is settled and this still does not fit"
    return f"because of what is read now: {textwrap.shorten(row['prompt'], _PROMPT)}"


def _tied(row: Row, own: DatasetCell, after: Dataset) -> set[DatasetCell]:
    """The cells of the failing checks that reach the cell of a question."""
    failing = [_cells(check) for check in after.rows("checks") if check["outcome"] == "fails"]
    found = {own}
    grown = True
    while grown:
        grown = False
        for cells in failing:
            if cells & found and not cells <= found:
                found |= cells
                grown = True
    return found


def _cells(check: Row) -> set[DatasetCell]:
    return {DatasetCell.of_text(*cell) for cell in json.loads(check["cells"])}


def _changed_cells(before: Dataset, after: Dataset) -> dict[DatasetCell, tuple[str, str]]:
    """The cells whose corrected or printed value differs, with both values, as far as questions and checks speak of them."""
    cells: set[DatasetCell] = set()
    for dataset in (before, after):
        cells |= {DatasetCell.told_by(row) for row in dataset.rows("questions") if row["column"]}
        for row in dataset.rows("checks"):
            if row["outcome"] == "fails":
                cells |= _cells(row)
    was, now = held(before.tables, cells), held(after.tables, cells)
    return {cell: (was[cell], now[cell]) for cell in cells if was[cell] != now[cell]}
