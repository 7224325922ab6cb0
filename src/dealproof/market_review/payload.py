"""What the page carries in itself for its panels: results, the deals behind them and their proofs, each text once."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from dealproof.market_review.charts import chart
from dealproof.market_review.dossier import Dossier, Proof, questions_of
from dealproof.market_review.figures import FIGURES
from dealproof.market_review.style import LANGUAGES, Canvas
from dealproof.market_review.wording import (
    change_words,
    columns_words,
    group_words,
    metric_of,
    places,
    result_id,
    share_words,
    value_words,
)
from dealproof.metrics.catalog import METRICS
from dealproof.metrics.measures import SCALES
from dealproof.metrics.model import Line, Metric, Result, Review, Words
from dealproof.metrics.select import choose, shown
from dealproof.metrics.vocabulary import words
from dealproof.model.cell import DatasetCell

_METRICS = [metric.id for metric in METRICS]
Pair = list[str]
#: What rows of charts hold that the page knows from its results.
_IN_PAGE = ("tip",)
_NOT_IN_PAGE = ("title", "data", "datasets")
#: Of how many lines of one deal the figures are told one by one.
_LISTED = 6


class _Texts:
    """Texts that many speak of, each kept once and named by its place."""

    def __init__(self) -> None:
        self._places: dict[Any, int] = {}

    def place(self, text: Any) -> int:
        """The place of a text."""
        return self._places.setdefault(text, len(self._places))

    @property
    def all(self) -> list[Any]:
        """All texts in order of their places."""
        return list(self._places)


def payload(review: Review, dossiers: Mapping[str, Dossier]) -> dict[str, Any]:
    """Everything that the panels show."""
    questions = questions_of(dossiers.values())
    labels, files, asked = _Texts(), _Texts(), _Texts()
    deals = sorted(dossiers)
    at = {deal: place for place, deal in enumerate(deals)}
    proofs = {deal: {proof.cell: place for place, proof in enumerate(_shown(dossiers[deal]))} for deal in deals}
    contributions = Contributions(review)
    results = {
        result_id(result): _result(result, at, proofs, contributions, [asked.place(questions.get(item, item)) for item in result.doubts])
        for result in review.results
    }  # fmt: skip
    told = [_deal(dossiers[deal], labels, files, asked) for deal in deals]
    return {
        "metrics": [[*_pair(metric.title), *_pair(metric.definition), *_pair(columns_words(metric)), *_pair(metric.share.of if metric.share else None)] for metric in METRICS],
        "results": results, "deals": told, "labels": labels.all, "files": files.all, "questions": asked.all,
    }  # fmt: skip


def specifications(review: Review) -> dict[str, Any]:
    """The chart of each figure by number, language and room, and the data of all charts, each kept once.

    Titles and tips are left away: the page has them already.
    """
    data = _Texts()
    figures = {
        str(figure.number): {
            language: {room: _slim(chart(figure, review, Canvas(language, wide)), data) for room, wide in (("wide", True), ("narrow", False))}
            for language in LANGUAGES
        }
        for figure in FIGURES
    }  # fmt: skip
    return {"figures": figures, "data": [json.loads(text) for text in data.all]}


def _slim(spec: dict[str, Any], data: _Texts) -> dict[str, Any]:
    """A chart without its title, its data named by their places."""
    layers = []
    for layer in spec["layer"]:
        named = layer.get("data", spec.get("data"))
        values = named["values"] if "values" in named else spec["datasets"][named["name"]]
        rows = [{name: value for name, value in row.items() if name not in _IN_PAGE} for row in values]
        layers.append(layer | {"data": data.place(json.dumps(rows, ensure_ascii=False, sort_keys=True))})
    return {name: value for name, value in spec.items() if name not in _NOT_IN_PAGE} | {"layer": layers}


def _pair(text: Words | None) -> Pair:
    return ["", ""] if text is None else [text.zh, text.en]


def _result(
    result: Result,
    at: Mapping[str, int],
    proofs: Mapping[str, Mapping[DatasetCell, int]],
    contributions: Contributions,
    doubts: list[int],
) -> list[Any]:
    deals = [deal for deal in result.deals if deal in at]
    told = dict(zip(result.deals, contributions.of(result), strict=True))
    own: dict[str, list[int]] = {deal: [] for deal in deals}
    for cell in result.cells:
        deal = cell.key[0]
        place = proofs.get(deal, {}).get(cell)
        if place is not None and deal in own:
            own[deal].append(place)
    return [
        _METRICS.index(result.metric), result.year, *_pair(group_words(result)), *_pair(value_words(result)), *_pair(share_words(result)),
        *_pair(change_words(result)), result.n, "" if result.origin == "documents" else result.origin, doubts,
        [[at[deal], told[deal], own[deal]] for deal in deals], [_pair(note) for note in result.notes], metric_of(result).unit,
    ]  # fmt: skip


def _shown(dossier: Dossier) -> tuple[Proof, ...]:
    """The proofs of a deal; of several of one cell the first is the one that counts."""
    return tuple({proof.cell: proof for proof in reversed(dossier.proofs)}.values())[::-1]


def _deal(dossier: Dossier, labels: _Texts, files: _Texts, asked: _Texts) -> list[Any]:
    proofs = [
        [
            labels.place((proof.label.zh, proof.label.en)), proof.value, proof.text, files.place((proof.document, proof.link.split("#")[0])), proof.page,
            asked.place(proof.question) if proof.question else -1,
        ]
        for proof in _shown(dossier)
    ]  # fmt: skip
    return [dossier.deal_id, dossier.deal_name, *_pair(words("market", dossier.market)), dossier.amount, proofs]


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
