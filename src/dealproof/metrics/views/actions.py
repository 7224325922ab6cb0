"""Rating actions (级别调整) of a year: ratings in tracking reports against the same agency's rating before."""

from __future__ import annotations

from datetime import date

from dealproof.dataset.rows import cell_of
from dealproof.metrics.dataset_index import AT_ISSUE, TRACKING, DatasetIndex
from dealproof.metrics.model import Line, Value
from dealproof.metrics.ratings import grade, rank
from dealproof.model.cell import Row


def lines(index: DatasetIndex, year: int) -> tuple[Line, ...]:
    """One line for each tranche and agency in a tracking report of the year."""
    return tuple(
        _line(index, row)
        for deal in index.deals()
        for row in index.rows("ratings", deal["deal_id"])
        if index.kind(row) in TRACKING and row["rating"] and _in_year(index, row, year)
    )


def _line(index: DatasetIndex, row: Row) -> Line:
    before = _before(index, row)
    values: dict[str, Value] = {
        "deal_id": row["deal_id"], "tranche": row["tranche"], "rating": grade(row["rating"]),
        "rating_before": grade(before["rating"]) if before else None, "direction": _direction(before, row),
    }  # fmt: skip
    cells = [cell_of("ratings", item, "rating") for item in (row, before) if item]
    return Line(row["deal_id"], values, tuple(cells))


def _before(index: DatasetIndex, row: Row) -> Row | None:
    """The same agency's rating of the tranche in the latest earlier document."""
    today = _when(index, row)
    same = ("tranche", "agency_id")
    earlier = [
        other
        for other in index.rows("ratings", row["deal_id"])
        if other["rating"] and all(other[name] == row[name] for name in same) and _when(index, other) < today
    ]
    return max(earlier, key=lambda other: (_when(index, other), other["document_id"]), default=None)


def _when(index: DatasetIndex, row: Row) -> date:
    """The day of a rating; one at issue comes before all others, also where its document bears no date."""
    return index.dated(row) or (date.min if index.kind(row) in AT_ISSUE else date.max)


def _direction(before: Row | None, row: Row) -> str | None:
    old, new = rank(before["rating"]) if before else None, rank(row["rating"])
    if old is None or new is None:
        return None
    return "upgrade" if new < old else "downgrade" if new > old else "affirmed"


def _in_year(index: DatasetIndex, row: Row, year: int) -> bool:
    dated = index.dated(row)
    return dated is not None and index.within(dated.isoformat(), year)
