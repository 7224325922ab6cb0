"""From a figure and a review to what is drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from dealproof.market_review.figures import Figure, Kind
from dealproof.market_review.marks import HEAD, ROW, Drawn, Mark, mark_of, member, plain, valued
from dealproof.market_review.positions import coupons, points, ranks
from dealproof.market_review.wording import change_words, joined, known, metric_of, share_words, value_words
from dealproof.metrics.model import Result, Review, Words
from dealproof.metrics.vocabulary import in_order, words

_NONE = Words("", "")
_UNDIVIDED = Words("未分类", "Not divided")


def draw(figure: Figure, review: Review) -> Drawn:
    """The marks of a figure, in the order in which they stand."""
    return _KINDS[figure.kind](figure, review)


def _years(figure: Figure, review: Review) -> Drawn:
    """Bars by year, in layers by `colour` where there is one; totals, shares, and years that nobody knows as lines."""
    stacked = figure.metrics[0]
    total = figure.metrics[-1]
    years = sorted({result.year for result in review.results if result.metric in figure.metrics})
    marks, lines = [], []
    for year in years:
        named = Words(str(year), str(year))
        found = valued(review.of(stacked, year))
        if not found:
            whole = valued(review.of(total, year))
            marks += [mark_of(result, named, _UNDIVIDED, plain(result)) for result in whole]
            lines += [] if whole else [Mark("", named, _NONE, Decimal(0), Words("无数据", "no data"), role="missing")]
        order = in_order(figure.colour, [member(result, figure.colour) for result in found]) if figure.colour else ("",)
        for result in sorted(found, key=lambda item: order.index(member(item, figure.colour))):
            series = words(figure.colour, member(result, figure.colour)) if figure.colour else metric_of(result).title
            marks.append(mark_of(result, named, series, _layer_label(result) if figure.colour else plain(result)))
        for result in valued(review.of(total, year)):
            lines.append(mark_of(result, named, metric_of(result).title, plain(result), role="total"))
            share = known(result.share)
            if share is not None and result.share is not None:
                text = f"{result.share.printed}%"
                lines.append(mark_of(result, named, Words("占比", "Share"), Words(text, text), share, role="share"))
    return Drawn(tuple(marks), tuple(lines))


def _layer_label(result: Result) -> Words:
    alone = plain(result)
    if known(result.share) is None or result.share is None:
        return alone
    return Words(f"{alone.zh} ({result.share.printed}%)", f"{alone.en} ({result.share.printed}%)")


def _nested(figure: Figure, review: Review) -> Drawn:
    """Rows in sections; the head of a section tells its sum where its rows are parts of one whole."""
    found = valued(review.of(figure.metrics[0]))
    marks: list[Mark] = []
    for section in in_order(figure.facet, [member(result, figure.facet) for result in found]):
        rows = [result for result in found if member(result, figure.facet) == section]
        marks.append(_head(figure, section, rows, review))
        for result in _by_size(figure.x, rows):
            marks.append(
                mark_of(
                    result,
                    words(figure.x, member(result, figure.x)),
                    words(figure.facet, section),
                    _full_label(result),
                    role=ROW,
                )
            )
    return Drawn(tuple(marks))


def _head(figure: Figure, section: str, rows: list[Result], review: Review) -> Mark:
    named = words(figure.facet, section)
    whole = next(
        (
            result
            for metric in figure.also
            for result in review.of(metric)
            if dict(result.group) == {figure.facet: section}
        ),
        None,
    )
    if whole is not None and metric_of(rows[0]).measure in ("count", "sum"):
        return mark_of(whole, named, named, _full_label(whole), role=HEAD)
    return Mark("", named, named, Decimal(0), role=HEAD)


def _full_label(result: Result) -> Words:
    """The figure with its unit, and its share, or the sample of a mean."""
    parts = [value_words(result)]
    if known(result.share) is not None and (share := share_words(result)) is not None:
        parts.append(share)
    if metric_of(result).measure == "mean":
        parts.append(Words(f"n={result.n}", f"n={result.n}"))
    return joined(tuple(parts), " · ", " · ")


def _by_size(column: str, results: list[Result]) -> list[Result]:
    """Ratings and markets in their own order, everything else by size, the largest first."""
    if column in ("rating", "market") or column.endswith("_band"):
        order = in_order(column, [member(result, column) for result in results])
        return sorted(results, key=lambda item: order.index(member(item, column)))
    return sorted(results, key=lambda item: (not member(item, column), -(known(item.value) or 0), member(item, column)))


def _ranked(figure: Figure, review: Review) -> Drawn:
    """A row for each member, by size; with two metrics a bar for each share."""
    first = _by_size(figure.x, valued(review.of(figure.metrics[0])))
    shown = first[: figure.most or None]
    marks: list[Mark] = []
    for result in shown:
        name = member(result, figure.x)
        for metric in figure.metrics:
            own = next((item for item in valued(review.of(metric)) if member(item, figure.x) == name), None)
            if own is not None:
                marks.append(_ranked_mark(figure, own, name, review))
    return Drawn(tuple(marks), left=len(first) - len(shown))


def _ranked_mark(figure: Figure, result: Result, name: str, review: Review) -> Mark:
    value = known(result.share) if len(figure.metrics) > 1 else None
    label = (
        joined((share_words(result) or _NONE, value_words(result)), " · ", " · ")
        if value is not None
        else _full_label(result)
    )
    others = [item for metric in figure.also for item in review.of(metric) if dict(item.group) == {figure.x: name}]
    if others and metric_of(others[0]).unit == "deals":
        label = joined((label, value_words(others[0])), " · ", " · ")
    if known(result.change) is not None and len(figure.metrics) == 1 and (change := change_words(result)) is not None:
        label = joined((label, change), " · ", " · ")
    elif any(item.metric == "providers.new" for item in others):
        label = joined((label, Words("新增", "new")), " · ", " · ")
    return mark_of(result, words(figure.x, name), metric_of(result).title, label, value)


def _panels(figure: Figure, review: Review) -> Drawn:
    """A column of bars for each member of `facet`, with its total in its head."""
    found = valued(review.of(figure.metrics[0]))
    facets = in_order(figure.facet, [member(result, figure.facet) for result in found])
    order = in_order(figure.x, [member(result, figure.x) for result in found])
    marks = []
    for facet in facets:
        own = [result for result in found if member(result, figure.facet) == facet]
        total = sum((known(result.value) or Decimal(0) for result in own), Decimal(0))
        name = words(figure.facet, facet)
        head = Words(f"{name.zh} n={total}", f"{name.en} n={total}")
        for result in sorted(own, key=lambda item: order.index(member(item, figure.x))):
            marks.append(mark_of(result, words(figure.x, member(result, figure.x)), head, plain(result)))
    return Drawn(tuple(marks))


_KINDS: Mapping[Kind, Callable[[Figure, Review], Drawn]] = {
    "years": _years, "nested": _nested, "ranked": _ranked, "panels": _panels, "coupons": coupons, "ranks": ranks, "points": points,
}  # fmt: skip
