"""What stands behind a number: which deals, and what each contributes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from dealproof.market_review.wording import metric_of, places
from dealproof.metrics.measures import SCALES
from dealproof.metrics.model import Line, Metric, Result, Review
from dealproof.metrics.select import choose, shown

#: Of how many lines of one deal the figures are told one by one.
_LISTED = 6


class Contributions:
    """The lines of a review by view and deal, asked for what a deal contributes to a result."""

    def __init__(self, review: Review) -> None:
        self._year = review.year
        self._lines: dict[str, dict[str, list[Line]]] = {}
        for view, lines in review.lines.items():
            by_deal = self._lines[view] = defaultdict(list)
            for line in lines:
                by_deal[line.deal_id].append(line)

    def of(self, result: Result) -> tuple[str, ...]:
        """A text for each deal of a result: its amount, rate or number of lines, '' where its lines are not at hand."""
        metric = metric_of(result)
        if result.year != self._year:
            return tuple("" for _ in result.deals)
        by_deal: Mapping[str, list[Line]] = self._lines.get(metric.view, {})
        return tuple(
            _told(metric, [line for line in choose(by_deal.get(deal, ()), metric).lines if _in_group(line, result)])
            for deal in result.deals
        )  # fmt: skip


def _in_group(line: Line, result: Result) -> bool:
    return all(shown(line.values.get(column)) == value for column, value in result.group)


def _told(metric: Metric, lines: list[Line]) -> str:
    if not lines:
        return ""
    if metric.measure == "count":
        return str(len(lines))
    values = [line.values.get(metric.of) for line in lines]
    if metric.measure == "distinct":
        return ", ".join(dict.fromkeys(shown(value) for value in values))
    figures = [Decimal(str(value)) / SCALES.get(metric.unit, Decimal(1)) for value in values if value is not None]
    if metric.measure == "sum":
        return places(sum(figures, Decimal(0)), metric.decimals)
    listed = [places(figure, metric.decimals) for figure in figures[:_LISTED]]
    return ", ".join([*listed, "…"] if len(figures) > _LISTED else listed)
