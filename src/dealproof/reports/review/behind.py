"""What stands behind a number: which deals, and what each contributes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from dealproof.metrics.model import Line, Metric, Result, Review, Value
from dealproof.reports.review.say import YUAN, metric_of, places

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
        cells, group = set(result.cells), dict(result.group)
        by_deal: Mapping[str, list[Line]] = self._lines.get(metric.view, {})
        return tuple(
            _told(metric, [line for line in by_deal.get(deal, ()) if cells.issuperset(line.cells) and _in_group(line, group)])
            for deal in result.deals
        )  # fmt: skip


def _in_group(line: Line, group: Mapping[str, str]) -> bool:
    return all(_text(line.values.get(column)) == value for column, value in group.items() if column in line.values)


def _text(value: Value) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _told(metric: Metric, lines: list[Line]) -> str:
    if not lines:
        return ""
    if metric.measure == "count":
        return str(len(lines))
    values = [line.values.get(metric.of) for line in lines]
    if metric.measure == "distinct":
        return ", ".join(dict.fromkeys(_text(value) for value in values))
    figures = [Decimal(str(value)) / YUAN.get(metric.unit, Decimal(1)) for value in values if value is not None]
    if metric.measure == "sum":
        return places(sum(figures, Decimal(0)), metric.decimals)
    shown = [places(figure, metric.decimals) for figure in figures[:_LISTED]]
    return ", ".join([*shown, "…"] if len(figures) > _LISTED else shown)
