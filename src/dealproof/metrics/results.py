"""Metrics over a dataset: every figure with what it is a share of, its change, and the deals behind it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from dealproof.metrics.cached_views import CachedViews
from dealproof.metrics.history import MARKETS, Earlier, earlier, known_year
from dealproof.metrics.measures import SCALES, change_of, measured, nothing, number, percent_of
from dealproof.metrics.model import Line, Metric, Number, Result, Words
from dealproof.metrics.select import Chosen, Group, choose, group_of, grouped, shown
from dealproof.model.cell import DatasetCell

_APART = Words("口径不同，不合并平均", "defined differently, not averaged together")


def results_of(metric: Metric, views: CachedViews, year: int) -> tuple[Result, ...]:
    """All results of one metric: of the year, and of as many earlier years as it shows or compares with."""
    first = year - max(metric.back, 1 if metric.change else 0)
    found: list[Result] = []
    for past in range(first, year):
        found += _earlier_results(metric, views, past)
    return (*found, *_results(metric, views, year))


def chosen(metric: Metric, views: CachedViews, year: int) -> Chosen:
    """The lines of a year that a metric counts, and those left out."""
    return choose(views.lines(metric.view, year), metric)


def _results(metric: Metric, views: CachedViews, year: int) -> tuple[Result, ...]:
    lines = chosen(metric, views, year).lines
    found: list[Result] = []
    for group, members in grouped(lines, metric.by).items():
        found += _of_group(metric, views, year, group, members)
    return tuple(found)


def _of_group(metric: Metric, views: CachedViews, year: int, group: Group, lines: Sequence[Line]) -> list[Result]:
    """The result of a group, or one for each definition where its lines are defined differently."""
    definitions = grouped(lines, metric.same) if metric.same else {}
    if len(definitions) < 2:
        return [_result(metric, views, year, group, lines)]
    whole = _bare(metric, views, year, group, lines)
    apart = [_result(metric, views, year, (*group, *own), members) for own, members in definitions.items()]
    return [replace(whole, value=Number(None, "", _APART)), *apart]


def _bare(metric: Metric, views: CachedViews, year: int, group: Group, lines: Sequence[Line]) -> Result:
    cells: dict[DatasetCell, None] = {}
    for line in lines:
        cells.update(dict.fromkeys(line.cells))
    value = measured(metric, lines)
    printed = nothing("样本为空", "nothing in the sample") if value is None else number(value, metric.decimals)
    deals = tuple(dict.fromkeys(line.deal_id for line in lines))
    return Result(metric.id, year, group, printed, None, None, len(lines), deals, tuple(cells), views.doubts(cells))


def _result(metric: Metric, views: CachedViews, year: int, group: Group, lines: Sequence[Line]) -> Result:
    bare = _bare(metric, views, year, group, lines)
    return replace(
        bare,
        share=_share(metric, views, year, group, bare.value),
        change=_change(metric, views, year, group, lines, bare.value),
    )


def _share(metric: Metric, views: CachedViews, year: int, group: Group, value: Number) -> Number | None:
    if metric.share is None or value.value is None:
        return None
    if metric.share.series:
        return _share_of_series(metric, views, year, value.value)
    within = dict(group)
    whole = replace(metric, where=metric.share.where)
    lines = [
        line
        for line in chosen(whole, views, year).lines
        if all(
            shown(line.values.get(column)) == within[column]
            for column in (*metric.share.within, *metric.same)
            if column in within
        )
    ]
    total = measured(metric, lines)
    if not total:
        return nothing("分母为零", "nothing to be a share of")
    return number(percent_of(value.value, total), metric.share.decimals)


def _share_of_series(metric: Metric, views: CachedViews, year: int, value: Decimal) -> Number | None:
    if metric.share is None:
        return None
    if not views.whole_years:
        return nothing("参考数据为全年口径", "the reference file counts whole years")
    row = views.reference.find(metric.share.series, "all", str(year))
    if row is None:
        return nothing(
            f"参考数据（market_reference.csv）无 {year} 年{metric.share.of.zh}",
            f"market_reference.csv has no {metric.share.of.en} of {year}",
        )
    return number(percent_of(value, row.value / SCALES[metric.unit]), metric.share.decimals)


def _change(
    metric: Metric, views: CachedViews, year: int, group: Group, lines: Sequence[Line], value: Number
) -> Number | None:
    if metric.change is None or value.value is None:
        return None
    base = _base(metric, views, year - 1, group[: len(metric.by)], lines)
    if isinstance(base, Number):
        return base
    if not base and metric.change == "percent":
        return nothing(f"{year - 1} 年无产品", f"no deal in {year - 1}")
    return number(change_of(value.value, base, metric.change), 2, signed=True)


def _base(metric: Metric, views: CachedViews, year: int, group: Group, now: Sequence[Line]) -> Decimal | Number:
    """The value of the year before by the definition that holds `now`, or why it is not known."""
    told = earlier(metric, views, year) if views.whole_years else None
    if told is not None and group in told:
        return told[group].value
    if not known_year(metric, views, year):
        return unknown_year(metric, year)
    before = grouped(chosen(metric, views, year).lines, metric.by).get(group, [])
    if metric.same:
        definitions = {group_of(line, metric.same) for line in now}
        before = [line for line in before if group_of(line, metric.same) in definitions]
    value = measured(metric, before)
    return nothing(f"{year} 年样本为空", f"nothing in the sample of {year}") if value is None else value


def unknown_year(metric: Metric, year: int) -> Number:
    """Why a figure of an earlier year is not given."""
    return nothing(
        f"参考数据无 {year} 年“{metric.title.zh}”，亦无人确认该年文件齐全",
        f"market_reference.csv has no {metric.title.en.lower()} of {year}, and nobody states that its documents are complete",
    )


def _earlier_results(metric: Metric, views: CachedViews, year: int) -> tuple[Result, ...]:
    told = earlier(metric, views, year) if views.whole_years else None
    if told is not None:
        results = tuple(_told(metric, views, year, group, item) for group, item in told.items())
        return _with_shares(metric, results) if _is_whole(metric, told) else results
    if known_year(metric, views, year):
        return _results(replace(metric, change=None), views, year)
    return (Result(metric.id, year, (), unknown_year(metric, year), None, None, 0, ()),)


def _told(metric: Metric, views: CachedViews, year: int, group: Group, item: Earlier) -> Result:
    share = None
    if metric.share is not None and metric.share.series:
        share = _share_of_series(metric, views, year, item.value)
    return Result(metric.id, year, group, number(item.value, metric.decimals), share, None, 0, (), origin=item.origin)


def _is_whole(metric: Metric, told: Mapping[Group, Earlier]) -> bool:
    """Whether what the reference file says by market is all that the share is of."""
    plain = metric.share is not None and not (metric.share.series or metric.share.where or metric.share.within)
    return plain and metric.by == ("market",) and {value for ((_, value),) in told} >= MARKETS


def _with_shares(metric: Metric, results: Sequence[Result]) -> tuple[Result, ...]:
    """Results with their share of their own sum."""
    values = [result.value.value or Decimal(0) for result in results]
    total = sum(values, Decimal(0))
    decimals = metric.share.decimals if metric.share else 0
    if not total:
        return tuple(results)
    return tuple(
        replace(result, share=number(percent_of(value, total), decimals))
        for result, value in zip(results, values, strict=True)
    )
