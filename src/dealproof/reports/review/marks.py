"""What a figure draws: a mark for each number, in both languages, shared by charts and workbook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dealproof.metrics.model import Result, Review, Value, Words
from dealproof.reports.review.figures import Figure
from dealproof.reports.review.members import in_order, words
from dealproof.reports.review.say import (
    change_words,
    group_words,
    joined,
    known,
    metric_of,
    number_words,
    result_id,
    share_words,
    value_words,
)

_NONE = Words("", "")
#: Stands behind a figure that rests on open questions.
DOUBT = "*"
#: Sections of rows by kind: the head of a section is drawn dark, its rows lighter.
HEAD, ROW = "head", "row"
#: Ratings below the second are drawn as one kind of dot; a figure with eight kinds cannot be read.
_TOP_RATINGS = ("AAAsf", "AA+sf")
_LOWER = Words("AAsf 及以下", "AAsf and below")


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing drawn. `ref` is the result behind it, '' where there is none (a reference curve, the head of a section).

    `category` is its place on the axis of categories, `series` what decides colour and shape, `x` a position on an axis
    of numbers or days, `value` its length or height. `label` is printed beside it, `tip` is for who points at it.
    """

    ref: str
    category: Words
    series: Words
    value: Decimal
    label: Words = _NONE
    tip: Words = _NONE
    x: Decimal | date | None = None
    role: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """All marks of a figure; `lines` are lines over it, `left` the number of categories that are not drawn."""

    marks: tuple[Mark, ...]
    lines: tuple[Mark, ...] = ()
    left: int = 0

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not self.marks


def draw(figure: Figure, review: Review) -> Drawn:
    """The marks of a figure, in the order in which they stand."""
    return _KINDS[figure.kind](figure, review)


def _mark(result: Result, category: Words, series: Words, label: Words, value: Decimal | None = None, x: Decimal | date | None = None, role: str = "") -> Mark:  # fmt: skip
    own = value if value is not None else known(result.value) or Decimal(0)
    if result.doubts:
        label = Words(f"{label.zh}{DOUBT}", f"{label.en}{DOUBT}")
    return Mark(result_id(result), category, series, own, label, _tip(result), x, role)


def _tip(result: Result) -> Words:
    metric = metric_of(result)
    year = Words(f"{metric.title.zh}（{result.year}）", f"{metric.title.en} ({result.year})")
    parts = [year, group_words(result), value_words(result), share_words(result), change_words(result)]
    return joined(tuple(part for part in parts if part is not None and part.zh), "\n", "\n")


def _valued(results: Iterable[Result]) -> list[Result]:
    return [result for result in results if known(result.value) is not None]


def _years(figure: Figure, review: Review) -> Drawn:
    """Bars by year, in layers by `colour` where there is one; totals and shares as lines."""
    stacked = figure.metrics[0]
    total = figure.metrics[-1]
    years = sorted({result.year for result in review.results if result.metric in figure.metrics})
    marks, lines = [], []
    for year in years:
        named = Words(str(year), str(year))
        found = _valued(review.of(stacked, year))
        order = (
            in_order(figure.colour, [_member(result, figure.colour) for result in found]) if figure.colour else ("",)
        )
        for result in sorted(found, key=lambda item: order.index(_member(item, figure.colour))):
            series = words(figure.colour, _member(result, figure.colour)) if figure.colour else metric_of(result).title
            marks.append(_mark(result, named, series, _layer_label(result) if figure.colour else _plain(result)))
        for result in _valued(review.of(total, year)):
            lines.append(_mark(result, named, metric_of(result).title, _plain(result), role="total"))
            share = known(result.share)
            if share is not None and result.share is not None:
                text = f"{result.share.printed}%"
                lines.append(_mark(result, named, Words("占比", "Share"), Words(text, text), share, role="share"))
    return Drawn(tuple(marks), tuple(lines))


def _member(result: Result, column: str) -> str:
    return dict(result.group).get(column, "")


def _plain(result: Result) -> Words:
    plain = number_words(result)
    return Words(plain.zh, plain.en.removeprefix("CNY "))


def _layer_label(result: Result) -> Words:
    plain = _plain(result)
    if metric_of(result).unit != "deals" or known(result.share) is None or result.share is None:
        return plain
    return Words(f"{plain.zh} ({result.share.printed}%)", f"{plain.en} ({result.share.printed}%)")


def _nested(figure: Figure, review: Review) -> Drawn:
    """Rows in sections; the head of a section tells its sum where its rows are parts of one whole."""
    found = _valued(review.of(figure.metrics[0]))
    marks: list[Mark] = []
    for section in in_order(figure.facet, [_member(result, figure.facet) for result in found]):
        rows = [result for result in found if _member(result, figure.facet) == section]
        marks.append(_head(figure, section, rows, review))
        for result in _by_size(figure.x, rows):
            marks.append(
                _mark(
                    result,
                    words(figure.x, _member(result, figure.x)),
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
        return _mark(whole, named, named, _full_label(whole), role=HEAD)
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
        order = in_order(column, [_member(result, column) for result in results])
        return sorted(results, key=lambda item: order.index(_member(item, column)))
    return sorted(
        results, key=lambda item: (not _member(item, column), -(known(item.value) or 0), _member(item, column))
    )


def _ranked(figure: Figure, review: Review) -> Drawn:
    """A row for each member, by size; with two metrics a bar for each share."""
    first = _by_size(figure.x, _valued(review.of(figure.metrics[0])))
    shown = first[: figure.most or None]
    marks: list[Mark] = []
    for result in shown:
        member = _member(result, figure.x)
        for metric in figure.metrics:
            own = next((item for item in _valued(review.of(metric)) if _member(item, figure.x) == member), None)
            if own is not None:
                marks.append(_ranked_mark(figure, own, member, review))
    return Drawn(tuple(marks), left=len(first) - len(shown))


def _ranked_mark(figure: Figure, result: Result, member: str, review: Review) -> Mark:
    value = known(result.share) if len(figure.metrics) > 1 else None
    label = (
        joined((share_words(result) or _NONE, value_words(result)), " · ", " · ")
        if value is not None
        else _full_label(result)
    )
    others = [item for metric in figure.also for item in review.of(metric) if dict(item.group) == {figure.x: member}]
    if others and metric_of(others[0]).unit == "deals":
        label = joined((label, value_words(others[0])), " · ", " · ")
    if known(result.change) is not None and len(figure.metrics) == 1 and (change := change_words(result)) is not None:
        label = joined((label, change), " · ", " · ")
    return _mark(result, words(figure.x, member), metric_of(result).title, label, value)


def _panels(figure: Figure, review: Review) -> Drawn:
    """A column of bars for each member of `facet`, with its total in its head."""
    found = _valued(review.of(figure.metrics[0]))
    facets = in_order(figure.facet, [_member(result, figure.facet) for result in found])
    order = in_order(figure.x, [_member(result, figure.x) for result in found])
    marks = []
    for facet in facets:
        own = [result for result in found if _member(result, figure.facet) == facet]
        total = sum((known(result.value) or Decimal(0) for result in own), Decimal(0))
        name = words(figure.facet, facet)
        head = Words(f"{name.zh} n={total}", f"{name.en} n={total}")
        for result in sorted(own, key=lambda item: order.index(_member(item, figure.x))):
            marks.append(_mark(result, words(figure.x, _member(result, figure.x)), head, _plain(result)))
    return Drawn(tuple(marks))


def _coupons(figure: Figure, review: Review) -> Drawn:
    """A dot for each security by its day, and the curves of the reference."""
    found = [result for result in _valued(review.of(figure.metrics[0])) if _day(_member(result, figure.x))]
    order = in_order(figure.colour, [_member(result, figure.colour) for result in found])
    marks = []
    for result in sorted(found, key=lambda item: -order.index(_member(item, figure.colour))):
        rating = _member(result, figure.colour)
        series = words(figure.colour, rating) if rating in _TOP_RATINGS else _LOWER
        marks.append(
            _mark(
                result,
                words("market", _member(result, "market")),
                series,
                _plain(result),
                x=_day(_member(result, figure.x)),
            )
        )
    return Drawn(tuple(marks), _curves(review))


def _curves(review: Review) -> tuple[Mark, ...]:
    lines = []
    for line in review.lines.get("curve", ()):
        day, rate, tenor = line.values.get("date"), line.values.get("rate_pct"), str(line.values.get("tenor") or "")
        if isinstance(day, date) and isinstance(rate, Decimal):
            name = Words(f"参考曲线 {tenor}", f"Reference {tenor}")
            lines.append(Mark("", name, name, rate, x=day))
    return tuple(lines)


def _day(text: Value) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def _ranks(figure: Figure, review: Review) -> Drawn:
    """The deals of each year from lowest to highest, and each year's mean."""
    marks, lines = [], []
    for year in (review.year - 1, review.year):
        named = Words(f"{year} 年末", f"End of {year}")
        found = sorted(
            _valued(review.of(figure.metrics[0], year)), key=lambda item: (known(item.value), result_id(item))
        )
        for rank, result in enumerate(found, start=1):
            marks.append(
                _mark(result, words("deal_id", _member(result, "deal_id")), named, _plain(result), x=Decimal(rank))
            )
        for result in _valued(review.of(figure.metrics[1], year)):
            basis = group_words(result)
            text = Words(f"{year} 年末平均 {result.value.printed}%", f"Mean {year}: {result.value.printed}%")
            label = joined((text, basis), "，", ", ") if len(review.of(figure.metrics[1], year)) > 1 else text
            lines.append(_mark(result, named, named, label, role="mean"))
    return Drawn(tuple(marks), tuple(lines))


def _points(figure: Figure, review: Review) -> Drawn:
    """A dot for each deal; with years as `facet` those of the year before too."""
    years = (review.year - 1, review.year) if figure.facet == "year" else (review.year,)
    marks = []
    for year in years:
        found = [
            result
            for result in _valued(review.of(figure.metrics[0], year))
            if _number(_member(result, figure.x)) is not None
        ]
        order = in_order(figure.colour, [_member(result, figure.colour) for result in found])
        for result in sorted(found, key=lambda item: (order.index(_member(item, figure.colour)), result_id(item))):
            group = words(figure.colour, _member(result, figure.colour))
            series = Words(f"{group.zh} {year}", f"{group.en} {year}") if figure.facet == "year" else group
            deal = words("deal_id", _member(result, "deal_id"))
            marks.append(
                _mark(result, deal, series, _plain(result), x=_number(_member(result, figure.x)), role=str(year))
            )
    return Drawn(tuple(marks))


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except ArithmeticError:
        return None


_KINDS = {
    "years": _years, "nested": _nested, "ranked": _ranked, "panels": _panels, "coupons": _coupons, "ranks": _ranks, "points": _points,
}  # fmt: skip
