"""What answers did to the open questions: which closed, which came, and why."""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dealproof.dataset.dataset import Dataset
from dealproof.dataset.rows import held
from dealproof.model.cell import DatasetCell, Row, by_name

#: So much of a question says why it came.
_PROMPT = 160


@dataclass(frozen=True, slots=True)
class Values:
    """How many values are new, other ones and gone; the new ones by table, and in how many documents all of them stand."""

    new: int = 0
    changed: int = 0
    gone: int = 0
    tables: tuple[tuple[str, int], ...] = ()
    documents: int = 0


@dataclass(frozen=True, slots=True)
class Since:
    """Open questions before and after (causes, without what hangs under them), how many closed, those that came, each
    with the reason, and the answered ones that are open all the same; and what became of values anywhere."""

    before: int
    after: int
    closed: int
    came: tuple[tuple[Row, str], ...]
    unmoved: tuple[Row, ...] = ()
    values: Values = Values()


def since(before: Dataset, after: Dataset, answered: Iterable[str]) -> Since:
    """Compare the open questions of two datasets; `answered` are the ids of the questions that were answered between."""
    was, now = _open(before), _open(after)
    changed = _changed_cells(before, after)
    hung = {row["question_id"]: row["cause"] for row in before.rows("questions") if row["cause"]}
    came = [(row, _reason(row, hung.get(key, ""), after, changed)) for key, row in now.items() if key not in was]
    ids = set(answered)
    unmoved = tuple(row for key, row in now.items() if key in ids)
    return Since(len(was), len(now), len(was.keys() - now.keys()), tuple(came), unmoved, _values(before, after))


def _values(before: Dataset, after: Dataset) -> Values:
    """What became of the values with proof."""
    was, now = _proved(before), _proved(after)
    new, gone = now.keys() - was.keys(), was.keys() - now.keys()
    values = held(before.tables, was.keys() & now.keys()), held(after.tables, was.keys() & now.keys())
    changed = {cell for cell in was.keys() & now.keys() if values[0][cell] != values[1][cell]}
    documents = {each for cell in new | changed for each in now[cell]} | {each for cell in gone for each in was[cell]}
    return Values(len(new), len(changed), len(gone), tuple(sorted(Counter(cell.table for cell in new).items())), len(documents))


def _proved(dataset: Dataset) -> dict[DatasetCell, set[str]]:
    """The cells of which there is proof, with the documents that prove them."""
    found: dict[DatasetCell, set[str]] = {}
    for row in dataset.rows("evidence"):
        found.setdefault(DatasetCell.told_by(row), set()).add(row["document_id"])
    return found


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
