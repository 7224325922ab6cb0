"""Figures that ought to agree and do not, and what a reader must know before comparing them. Told, never repaired."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from dealproof.metrics.cached_views import CachedViews
from dealproof.metrics.gaps import (
    bases,
    not_complete,
    not_read,
    not_whole,
    outside,
    parts,
    taken_as_repaid,
    unknown_before,
    unrated,
)
from dealproof.metrics.measures import rounded
from dealproof.metrics.model import Finding, LeftOut, Metric, Result, Words
from dealproof.metrics.select import shown
from dealproof.metrics.vocabulary import words


def findings_of(
    metrics: Sequence[Metric],
    results: Sequence[Result],
    left_out: Mapping[str, Sequence[LeftOut]],
    views: CachedViews,
    year: int,
) -> tuple[Finding, ...]:
    """Every finding about the results of a year, in the order of the metrics."""
    own = [item for item in results if item.year == year]
    return (
        *not_whole(views, year),
        *not_read(views),
        *not_complete(views, year),
        *outside(left_out),
        *_other_totals(metrics, own, views, year),
        *parts(metrics, own, left_out),
        *bases(metrics, views, year),
        *unrated(views, year),
        *unknown_before(views, year),
        *_unlike_changes(metrics, results, year),
        *_unlike_classes(metrics, own, views, year),
        *taken_as_repaid(views, year),
    )


def _other_totals(metrics: Sequence[Metric], own: Sequence[Result], views: CachedViews, year: int) -> Iterator[Finding]:
    """The reference file knows the year itself, and differs from the documents."""
    for metric in metrics:
        if not metric.history or metric.by:
            continue
        row = views.reference.find(metric.history, views.universe, str(year))
        result = next((item for item in own if item.metric == metric.id), None)
        if row is None or result is None or result.value.value is None or not views.whole_years:
            continue
        stated = row.value / (100_000_000 if metric.unit == "yi_yuan" else 1)
        if rounded(stated, metric.decimals) != rounded(result.value.value, metric.decimals):
            yield Finding(
                f"other_total.{metric.id}",
                Words(f"{metric.title.zh}与参考数据不符", f"{metric.title.en}: not what the reference file says"),
                Words(
                    f"文件合计 {result.value.printed}，{row.source}为 {rounded(stated, metric.decimals)}（{row.where}）。",
                    f"The documents give {result.value.printed}, {row.source} gives {rounded(stated, metric.decimals)} ({row.where}).",
                ),
            )


def _unlike_changes(metrics: Sequence[Metric], results: Sequence[Result], year: int) -> Iterator[Finding]:
    """Two groups hold the very same deals this year and yet change differently: last year they did not."""
    sums = {
        metric.id: metric for metric in metrics if metric.measure == "sum" and metric.change == "percent" and metric.by
    }
    now = [
        item
        for item in results
        if item.metric in sums and item.year == year and item.n > 0 and item.change and item.change.value is not None
    ]
    before = {(item.metric, item.group): item for item in results if item.metric in sums and item.year == year - 1}
    told: set[frozenset[str]] = set()
    for one, other in combinations(now, 2):
        if one.metric == other.metric or set(one.deals) != set(other.deals) or _changed(one) == _changed(other):
            continue
        bases = before.get((one.metric, one.group)), before.get((other.metric, other.group))
        finding = _unlike_change(one, other, bases, year)
        cause = frozenset((*one.deals, *finding.deals))
        if cause not in told:
            told.add(cause)
            yield finding


def _unlike_change(one: Result, other: Result, bases: tuple[Result | None, Result | None], year: int) -> Finding:
    first, second = (base.deals if base else () for base in bases)
    apart = tuple(deal for deal in (*first, *second) if (deal in first) != (deal in second))
    names = _named(one), _named(other)
    shown_bases = " / ".join(base.value.printed if base else "—" for base in bases)
    return Finding(
        f"unlike_change.{one.metric}.{_members(one)}.{_members(other)}",
        Words(
            f"“{names[0].zh}”与“{names[1].zh}”当年为同一批产品，同比却不同",
            f"{names[0].en} and {names[1].en} hold the same deals but change differently",
        ),
        Words(
            f"{len(one.deals)} 单、{one.value.printed} 相同，同比 {_changed(one)}% 与 {_changed(other)}%：{year - 1} 年基数为 {shown_bases}。",
            f"The same {len(one.deals)} deals and {one.value.printed}, yet {_changed(one)} % and {_changed(other)} %: the bases of {year - 1} are {shown_bases}.",
        ),
        apart,
    )


def _members(result: Result) -> str:
    return "、".join(value for _, value in result.group)


def _named(result: Result) -> Words:
    """What the group of a result is called."""
    called = [words(column, value) for column, value in result.group]
    return Words("、".join(name.zh for name in called), ", ".join(name.en for name in called))


def _changed(result: Result) -> str:
    return result.change.printed if result.change else ""


def _unlike_classes(metrics: Sequence[Metric], own: Sequence[Result], views: CachedViews, year: int) -> Iterator[Finding]:
    """A coarse group of providers joins classes that other figures keep apart."""
    for metric in metrics:
        if metric.by != ("provider_group",) or metric.measure != "mean":
            continue
        lines = {line.deal_id: line for line in views.lines(metric.view, year)}
        for result in own:
            if result.metric != metric.id or result.value.value is None:
                continue
            classes: dict[str, int] = {}
            for deal in result.deals:
                name = shown(lines[deal].values.get("provider_class"))
                classes[name] = classes.get(name, 0) + 1
            if len(classes) > 1:
                yield _unlike_class(metric, result, classes)


def _unlike_class(metric: Metric, result: Result, classes: Mapping[str, int]) -> Finding:
    group = _named(result)
    parts = "、".join(f"{name} {n} 单" for name, n in classes.items())
    in_english = ", ".join(f"{n} deals of {words('provider_class', name).en.lower()}" for name, n in classes.items())
    return Finding(
        f"unlike_class.{metric.id}.{_members(result)}",
        Words(
            f"“{metric.title.zh}”中“{group.zh}”的口径与资产提供方分类不同",
            f"“{metric.title.en}”: {group.en} are not a class of the figures of asset providers",
        ),
        Words(
            f"此处“{group.zh}”含{parts}，资产提供方各图分列；均值 {result.value.printed} 不能与按细分类的单数合并推算。",
            f"Here {group.en} are {in_english}, which the figures of asset providers keep apart; the mean {result.value.printed} does not go with the counts by fine class.",
        ),
        result.deals,
    )
