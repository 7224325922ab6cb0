"""Rating actions (级别调整) of a year: ratings in tracking reports against the same agency's rating before."""

from __future__ import annotations

from datetime import date

from dealproof.dataset.rows import cell_of
from dealproof.metrics.dataset_index import AT_ISSUE, TRACKING, Source
from dealproof.metrics.model import Line, Value
from dealproof.metrics.ratings import grade, rank
from dealproof.model.cell import Row


def lines(source: Source, year: int) -> tuple[Line, ...]:
    """One line for each tranche and agency in a tracking report of the year."""
    return tuple(
        _line(source, row)
        for deal in source.deals()
        for row in source.rows("ratings", deal["deal_id"])
        if source.kind(row) in TRACKING and row["rating"] and _in_year(source, row, year)
    )


def _line(source: Source, row: Row) -> Line:
    before = _before(source, row)
    values: dict[str, Value] = {
        "deal_id": row["deal_id"], "tranche": row["tranche"], "rating": grade(row["rating"]),
        "rating_before": grade(before["rating"]) if before else None, "direction": _direction(before, row),
    }  # fmt: skip
    cells = [cell_of("ratings", item, "rating") for item in (row, before) if item]
    return Line(row["deal_id"], values, tuple(cells))


def _before(source: Source, row: Row) -> Row | None:
    """The same agency's rating of the tranche in the latest earlier document."""
    today = _when(source, row)
    same = ("tranche", "agency_id")
    earlier = [
        other
        for other in source.rows("ratings", row["deal_id"])
        if other["rating"] and all(other[name] == row[name] for name in same) and _when(source, other) < today
    ]
    return max(earlier, key=lambda other: (_when(source, other), other["document_id"]), default=None)


def _when(source: Source, row: Row) -> date:
    """The day of a rating; one at issue comes before all others, also where its document bears no date."""
    return source.dated(row) or (date.min if source.kind(row) in AT_ISSUE else date.max)


def _direction(before: Row | None, row: Row) -> str | None:
    old, new = rank(before["rating"]) if before else None, rank(row["rating"])
    if old is None or new is None:
        return None
    return "upgrade" if new < old else "downgrade" if new > old else "affirmed"


def _in_year(source: Source, row: Row, year: int) -> bool:
    dated = source.dated(row)
    return dated is not None and source.within(dated.isoformat(), year)
