"""Earlier years: from the reference file where it knows them, from documents only of years that a person calls complete.

A folder with some documents of last year must not become the base of a growth rate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from dealproof.mappings.reference import ReferenceRow
from dealproof.metrics.cached_views import CachedViews
from dealproof.metrics.measures import SCALES
from dealproof.metrics.model import Metric
from dealproof.metrics.select import Group

#: Columns by which the reference file may break a figure down.
_GROUPS = ("market", "provider_class", "provider")
#: The parts of the whole market.
MARKETS = {"abn", "exchange_abs", "credit_abs"}


@dataclass(frozen=True, slots=True)
class Earlier:
    """A value of an earlier year in the metric's unit, and who says so."""

    value: Decimal
    origin: str


def earlier(metric: Metric, views: CachedViews, year: int) -> Mapping[Group, Earlier] | None:
    """What the reference file says of a metric in an earlier year, by group; None where it says nothing.

    A total that is not stated is the sum of the markets where all of them are.
    """
    if not metric.history or len(metric.by) > 1:
        return None
    column = metric.by[0] if metric.by else ""
    if column and column not in _GROUPS:
        return None
    rows = [row for row in views.reference.of(metric.history, views.universe) if row.period == str(year)]
    if column:
        own = [row for row in rows if row.group == column]
        found: dict[Group, Earlier] = {
            ((column, views.member(column, row.member)),): _value(metric, row) for row in own
        }
        return found or None
    total = next((row for row in rows if not row.group), None)
    if total is not None:
        return {(): _value(metric, total)}
    markets = [row for row in rows if row.group == "market"]
    if not {row.member for row in markets} >= MARKETS:
        return None
    values = [_value(metric, row) for row in markets]
    return {(): Earlier(sum((item.value for item in values), Decimal(0)), values[0].origin)}


def known_year(metric: Metric, views: CachedViews, year: int) -> bool:
    """Whether the documents may speak for an earlier year: a sample is what it is, all else must be complete."""
    return metric.sample or views.reference.complete(views.universe, year)


def _value(metric: Metric, row: ReferenceRow) -> Earlier:
    origin = f"{row.where}: {row.source}, {row.source_date}"
    return Earlier(row.value / SCALES.get(metric.unit, Decimal(1)), origin)
