"""What figures of dots draw: where each stands, and the lines over them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from dealproof.market_review.figures import Figure
from dealproof.market_review.marks import Drawn, Mark, mark_of, member, plain, valued
from dealproof.market_review.wording import group_words, joined, known, result_id
from dealproof.metrics.model import Result, Review, Value, Words
from dealproof.metrics.vocabulary import in_order, words

#: Columns that say by which definition a figure is measured.
_DEFINED = ("basis", "amount_basis")
#: Ratings below the second are drawn as one kind of dot; a figure with eight kinds cannot be read.
_TOP_RATINGS = ("AAAsf", "AA+sf")
_LOWER = Words("AAsf 及以下", "AAsf and below")


def coupons(figure: Figure, review: Review) -> Drawn:
    """A dot for each security by its day, and the curves of the reference."""
    found = [result for result in valued(review.of(figure.metrics[0])) if _day(member(result, figure.x))]
    order = in_order(figure.colour, [member(result, figure.colour) for result in found])
    marks = []
    for result in sorted(found, key=lambda item: -order.index(member(item, figure.colour))):
        rating = member(result, figure.colour)
        series = words(figure.colour, rating) if rating in _TOP_RATINGS else _LOWER
        marks.append(
            mark_of(
                result,
                words("market", member(result, "market")),
                series,
                plain(result),
                x=_day(member(result, figure.x)),
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


def ranks(figure: Figure, review: Review) -> Drawn:
    """The deals of each year from lowest to highest, and each year's mean."""
    marks, lines = [], []
    years = (review.year - 1, review.year)
    several = len(_definitions([item for year in years for item in review.of(figure.metrics[0], year)])) > 1
    for year in years:
        named = Words(f"{year} 年末", f"End of {year}")
        found = sorted(
            valued(review.of(figure.metrics[0], year)), key=lambda item: (known(item.value), result_id(item))
        )
        for rank, result in enumerate(found, start=1):
            series = _defined(named, definition_of(result)) if several else named
            deal = words("deal_id", member(result, "deal_id"))
            marks.append(mark_of(result, deal, series, plain(result), x=Decimal(rank)))
        for result in valued(review.of(figure.metrics[1], year)):
            basis = group_words(result)
            text = Words(f"{year} 年末平均 {result.value.printed}%", f"Mean {year}: {result.value.printed}%")
            label = joined((text, basis), "，", ", ") if len(review.of(figure.metrics[1], year)) > 1 else text
            own = definition_of(result) or next(iter(_definitions(found)), None)
            lines.append(mark_of(result, named, _defined(named, own) if several else named, label, role="mean"))
    return Drawn(tuple(marks), tuple(lines))


def points(figure: Figure, review: Review) -> Drawn:
    """A dot for each deal; with years as `facet` those of the year before too."""
    years = (review.year - 1, review.year) if figure.facet == "year" else (review.year,)
    marks = []
    several = len(_definitions([item for year in years for item in review.of(figure.metrics[0], year)])) > 1
    for year in years:
        found = [
            result
            for result in valued(review.of(figure.metrics[0], year))
            if _number(member(result, figure.x)) is not None
        ]
        order = in_order(figure.colour, [member(result, figure.colour) for result in found])
        for result in sorted(found, key=lambda item: (order.index(member(item, figure.colour)), result_id(item))):
            group = words(figure.colour, member(result, figure.colour))
            group = _defined(group, definition_of(result)) if several else group
            series = Words(f"{group.zh} {year}", f"{group.en} {year}") if figure.facet == "year" else group
            deal = words("deal_id", member(result, "deal_id"))
            marks.append(
                mark_of(result, deal, series, plain(result), x=_number(member(result, figure.x)), role=str(year))
            )
    return Drawn(tuple(marks))


def definition_of(result: Result) -> Words | None:
    """By which definition a rate or multiple is measured; None where the result does not say."""
    return next((words(column, value) for column, value in result.group if column in _DEFINED), None)


def _definitions(results: Sequence[Result]) -> dict[Words, None]:
    return {found: None for result in results if (found := definition_of(result)) is not None}


def _defined(name: Words, definition: Words | None) -> Words:
    """A series by its name and definition: dots of unlike definitions must not pass for like ones."""
    return name if definition is None else Words(f"{name.zh}（{definition.zh}）", f"{name.en} ({definition.en})")


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except ArithmeticError:
        return None
