"""Figures that ought to agree and do not, and what a reader must know before comparing them. Told, never repaired."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from dealproof.metrics.figures import rounded
from dealproof.metrics.members import words
from dealproof.metrics.model import Finding, LeftOut, Metric, Result, Words
from dealproof.metrics.select import shown
from dealproof.metrics.sight import Sight

#: How many names a finding lists.
_LISTED = 8


def findings_of(
    metrics: Sequence[Metric],
    results: Sequence[Result],
    left_out: Mapping[str, Sequence[LeftOut]],
    sight: Sight,
    year: int,
) -> tuple[Finding, ...]:
    """Every finding about the results of a year, in the order of the metrics."""
    own = [item for item in results if item.year == year]
    return (
        *_not_whole(sight, year),
        *_not_read(sight),
        *_not_complete(sight, year),
        *_other_totals(metrics, own, sight, year),
        *_parts(metrics, own, left_out),
        *_unlike_changes(metrics, results, year),
        *_unlike_classes(metrics, own, sight, year),
    )


def _not_whole(sight: Sight, year: int) -> Iterator[Finding]:
    """A review of part of a year compares the same part of the year before, which only documents can tell."""
    if not sight.whole_years:
        last = sight.source.end(year).isoformat()
        yield Finding(
            "not_whole",
            Words(f"只统计至 {last}", f"Only until {last}"),
            Words(
                "各年均截至同一日，年末指该日；参考数据为全年口径，故不用作基数与占比。",
                "Every year ends on that day, which is meant by the year's end; the reference file counts whole years and is no base here.",
            ),
        )


def _not_read(sight: Sight) -> Iterator[Finding]:
    """Documents of which nothing, or not all, was read: their deals may be missing from every figure."""
    names = [row["file_name"] for row in sight.source.documents.values() if row["status"] in ("failed", "partial")]
    if names:
        more = " …" if len(names) > _LISTED else ""
        yield Finding(
            "not_read",
            Words(
                f"{len(names)} 个文件未能读取或未能完整读取", f"{len(names)} documents could not be read, or not wholly"
            ),
            Words(
                f"其内容可能不在任何数字中：{'、'.join(sorted(names)[:_LISTED])}{more}",
                f"What they say may be in no figure: {', '.join(sorted(names)[:_LISTED])}{more}",
            ),
        )


def _not_complete(sight: Sight, year: int) -> Iterator[Finding]:
    if not sight.reference.complete(sight.universe, year):
        yield Finding(
            "not_complete",
            Words(f"无人确认 {year} 年的文件已齐全", f"Nobody states that the documents of {year} are complete"),
            Words(
                "单数与规模只统计已读取的文件；确认齐全后在 market_reference.csv 中加一行 documents_complete。",
                "Counts and amounts cover the documents that were read. Once they are all there, add a row documents_complete to market_reference.csv.",
            ),
        )


def _other_totals(metrics: Sequence[Metric], own: Sequence[Result], sight: Sight, year: int) -> Iterator[Finding]:
    """The reference file knows the year itself, and differs from the documents."""
    for metric in metrics:
        if not metric.history or metric.by:
            continue
        row = sight.reference.find(metric.history, sight.universe, str(year))
        result = next((item for item in own if item.metric == metric.id), None)
        if row is None or result is None or result.value.value is None or not sight.whole_years:
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


def _parts(
    metrics: Sequence[Metric], own: Sequence[Result], left_out: Mapping[str, Sequence[LeftOut]]
) -> Iterator[Finding]:
    """A sum or a breakdown that does not cover all deals, since some do not state what it needs."""
    for metric in metrics:
        missing = left_out.get(metric.id, ())
        if not missing or not (metric.measure == "sum" or (metric.share and metric.by)):
            continue
        n = sum(item.n for item in own if item.metric == metric.id)
        yield Finding(
            f"parts.{metric.id}",
            Words(f"{metric.title.zh}不含 {len(missing)} 单", f"{metric.title.en}: {len(missing)} deals left out"),
            Words(
                f"计入 {n}；未计入：{_reasons(missing, 'zh')}。",
                f"It holds {n}; left out: {_reasons(missing, 'en')}.",
            ),
            tuple(item.deal_id for item in missing),
        )


def _reasons(missing: Sequence[LeftOut], language: str) -> str:
    times: dict[str, int] = {}
    for item in missing:
        text = item.reason.zh if language == "zh" else item.reason.en
        times[text] = times.get(text, 0) + 1
    return (
        "；".join(f"{text} {n}" for text, n in times.items())
        if language == "zh"
        else ", ".join(f"{n} with {text}" for text, n in times.items())
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


def _unlike_classes(metrics: Sequence[Metric], own: Sequence[Result], sight: Sight, year: int) -> Iterator[Finding]:
    """A coarse group of providers joins classes that other figures keep apart."""
    for metric in metrics:
        if metric.by != ("provider_group",) or metric.measure != "mean":
            continue
        lines = {line.deal_id: line for line in sight.lines(metric.view, year)}
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
