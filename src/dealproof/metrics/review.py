"""A dataset and the reference file in, everything that a market review says of one year out. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dealproof.dataset.dataset import Dataset
from dealproof.mappings.reference import MarketReference
from dealproof.metrics.cached_views import CachedViews
from dealproof.metrics.catalog import METRICS
from dealproof.metrics.dataset_index import index_of
from dealproof.metrics.findings import findings_of
from dealproof.metrics.model import LeftOut, Line, Metric, Result, Review, Words
from dealproof.metrics.results import chosen, results_of
from dealproof.metrics.views import VIEWS

_UNDATED = Words("无设立日，不知属于哪一年", "no set-up date, so no year")
_NO_CLASS = Words("基础资产类别未知", "class of assets not known")
_ABROAD = Words("非人民币产品", "not in yuan")
NOWHERE = MarketReference()


def review_of(
    dataset: Dataset,
    year: int,
    universe: str = "micro_loan",
    reference: MarketReference = NOWHERE,
    metrics: Sequence[Metric] = METRICS,
    until: date | None = None,
) -> Review:
    """Work out all metrics of one year over the deals of one asset class.

    `reference` is what documents cannot say (`load_reference`); what it lacks is a result without a number that says so.
    `until` is the last day that counts, in this and in earlier years, where that is not the year's end.
    """
    views = CachedViews(index_of(dataset, universe, reference, until))
    results: list[Result] = []
    left_out: dict[str, tuple[LeftOut, ...]] = {"": _outside(views)}
    for metric in metrics:
        results += results_of(metric, views, year)
        left_out[metric.id] = chosen(metric, views, year).left_out
    lines: dict[str, tuple[Line, ...]] = {view: views.lines(view, year) for view in VIEWS}
    found = findings_of(metrics, results, left_out, views, year)
    return Review(year, universe, tuple(results), left_out, found, {**lines, "curve": _curve(views, year)}, until)


def _outside(views: CachedViews) -> tuple[LeftOut, ...]:
    """Deals that are in no figure: of the universe but of no year, or perhaps of the universe."""
    undated = [LeftOut(row["deal_id"], _UNDATED) for row in views.index.deals() if not row["closing_date"]]
    unclear = [LeftOut(row["deal_id"], _ABROAD if row["asset_class"] else _NO_CLASS) for row in views.index.unclear()]
    return (*undated, *unclear)


def _curve(views: CachedViews, year: int) -> tuple[Line, ...]:
    """The points of the reference yield curves in a year."""
    rows = [row for row in views.reference.of("yield", "all") if row.period[:4] == str(year)]
    return tuple(
        Line(
            "",
            {
                "date": date.fromisoformat(row.period),
                "tenor": row.member,
                "rate_pct": row.value,
                "origin": f"{row.where}: {row.source}, {row.source_date}",
            },
        )
        for row in sorted(rows, key=lambda row: (row.member, row.period))
    )


def last_year(dataset: Dataset, universe: str = "micro_loan") -> int | None:
    """The last year in which a deal of the universe was set up; None where there is none."""
    years = [
        int(row["closing_date"][:4])
        for row in dataset.rows("deals")
        if row["asset_class"] == universe and row["closing_date"]
    ]
    return max(years, default=None)
