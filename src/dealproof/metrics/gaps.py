"""What is missing behind the figures of a review: documents, deals, values. Told with the figures, never filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dealproof.metrics.cached_views import CachedViews
from dealproof.metrics.history import earlier
from dealproof.metrics.model import Finding, LeftOut, Metric, Result, Words
from dealproof.metrics.select import choose, grouped
from dealproof.metrics.views.deals import deals_without_provider

#: How many names a finding lists.
_LISTED = 8


def not_whole(views: CachedViews, year: int) -> Iterator[Finding]:
    """A review of part of a year compares the same part of the year before, which only documents can tell."""
    if not views.whole_years:
        last = views.index.end(year).isoformat()
        yield Finding(
            "not_whole",
            Words(f"只统计至 {last}", f"Only until {last}"),
            Words(
                "各年均截至同一日，年末指该日；参考数据为全年口径，故不用作基数与占比。",
                "Every year ends on that day, which is meant by the year's end; the reference file counts whole years and is no base here.",
            ),
        )


def not_read(views: CachedViews) -> Iterator[Finding]:
    """Documents of which nothing, or not all, was read: their deals may be missing from every figure."""
    names = [row["file_name"] for row in views.index.documents.values() if row["status"] in ("failed", "partial")]
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


def not_complete(views: CachedViews, year: int) -> Iterator[Finding]:
    if not views.reference.complete(views.universe, year):
        yield Finding(
            "not_complete",
            Words(f"无人确认 {year} 年的文件已齐全", f"Nobody states that the documents of {year} are complete"),
            Words(
                "单数与规模只统计已读取的文件；确认齐全后在 market_reference.csv 中加一行 documents_complete。",
                "Counts and amounts cover the documents that were read. Once they are all there, add a row documents_complete to market_reference.csv.",
            ),
        )


def outside(left_out: Mapping[str, Sequence[LeftOut]]) -> Iterator[Finding]:
    """Deals that are in no figure at all."""
    gone = left_out.get("", ())
    if gone:
        yield Finding(
            "outside",
            Words(f"{len(gone)} 单不在任何数字中", f"{len(gone)} deals are in no figure"),
            Words(f"原因：{_reasons(gone, 'zh')}。", f"Why: {_reasons(gone, 'en')}."),
            tuple(item.deal_id for item in gone),
        )


def bases(metrics: Sequence[Metric], views: CachedViews, year: int) -> Iterator[Finding]:
    """Bases of growth rates that documents give, but not all of them: the growth is overstated."""
    if not views.reference.complete(views.universe, year - 1):
        return
    for metric in metrics:
        if metric.change != "percent" or metric.sample or _told(metric, views, year):
            continue
        gone = choose(views.lines(metric.view, year - 1), metric).left_out
        if gone:
            yield Finding(
                f"base.{metric.id}",
                Words(
                    f"{metric.title.zh}的 {year - 1} 年基数不含 {len(gone)} 单",
                    f"{metric.title.en}: {len(gone)} deals are missing from the base of {year - 1}",
                ),
                Words(
                    f"由文件得出的基数偏低，同比偏高：{_reasons(gone, 'zh')}。",
                    f"Where documents are the base it is too low, and the change too high: {_reasons(gone, 'en')}.",
                ),
                tuple(item.deal_id for item in gone),
            )


def _told(metric: Metric, views: CachedViews, year: int) -> bool:
    """Whether the reference file, not documents, gives the base of every group of the year."""
    told = earlier(metric, views, year - 1) if views.whole_years else None
    groups = grouped(choose(views.lines(metric.view, year), metric).lines, metric.by)
    return told is not None and all(group in told for group in groups)


def unrated(views: CachedViews, year: int) -> Iterator[Finding]:
    """Deals without any rating: none was given, or none was read."""
    rated = {line.deal_id for line in views.lines("tranches", year) if line.values["rating"] is not None}
    gone = tuple(line.deal_id for line in views.lines("deals", year) if line.deal_id not in rated)
    if gone:
        yield Finding(
            "unrated",
            Words(f"{len(gone)} 单没有任何发行时的信用等级", f"{len(gone)} deals have no rating at issue"),
            Words(
                "可能未评级，也可能未读到；其证券不在各信用等级数字中。",
                "They may be unrated, or their ratings may not have been read; their securities are in no figure by rating.",
            ),
            gone,
        )


def unknown_before(views: CachedViews, year: int) -> Iterator[Finding]:
    """Earlier deals whose provider nobody knows: it may be one that is called new."""
    if not any(line.values["provider_is_new"] for line in views.lines("deals", year)):
        return
    gone = deals_without_provider(views.index, year)
    if gone:
        yield Finding(
            "unknown_before",
            Words(
                f"{len(gone)} 单此前产品的资产提供方未知",
                f"The asset provider of {len(gone)} earlier deals is not known",
            ),
            Words("其中可能有被列为“新增”的机构。", "It may be one that is called new here."),
            gone,
        )


def taken_as_repaid(views: CachedViews, year: int) -> Iterator[Finding]:
    """Deals without a last report whose expected maturities are over."""
    gone = tuple(line.deal_id for line in views.lines("balances", year) if line.values["balance_basis"] == "matured")
    if gone:
        yield Finding(
            "taken_as_repaid",
            Words(f"{len(gone)} 单视为已兑付", f"{len(gone)} deals are taken as repaid"),
            Words(
                "各档预期到期日均已过，但无最后一期报告；如有延期或违约，存续规模偏低。",
                "All expected maturities are over, but there is no last report; the outstanding amount is too low if any was extended or defaulted.",
            ),
            gone,
        )


def parts(
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
