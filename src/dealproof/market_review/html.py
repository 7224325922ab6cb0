"""The review as one page that opens without a network: charts, numbers, and behind each number its deals and proofs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from dealproof.export.page_policy import content_policy
from dealproof.market_review.dossier import Dossier
from dealproof.market_review.figures import FIGURES, Figure
from dealproof.market_review.notes import Note, notes, title, whole_deals
from dealproof.market_review.payload import payload, specifications
from dealproof.market_review.style import require_renderer
from dealproof.market_review.wording import (
    change_words,
    group_words,
    joined,
    metric_of,
    result_id,
    share_words,
    value_words,
)
from dealproof.metrics.catalog import METRICS
from dealproof.metrics.model import Metric, Result, Review, Words
from dealproof.metrics.vocabulary import words

#: The numbers at the top of the page.
HEADLINES = (
    "issuance.count", "issuance.amount", "originators.number", "providers.classes", "revolving.count", "outstanding.amount", "defaults.mean", "multiples.mean",
)  # fmt: skip
_SOME = Words("部分证券", "some securities")
#: Metrics with more results than this are listed under their figure only.
_LONG = 60
#: Parts of the page by the first part of metric names.
PARTS: Mapping[str, Words] = {
    "issuance": Words("发行", "Issuance"),
    "originators": Words("发起机构", "Originators"),
    "providers": Words("资产提供方", "Asset providers"),
    "coupons": Words("票面利率", "Coupons"),
    "structure": Words("分层结构", "Structure"),
    "ratings": Words("信用等级", "Ratings"),
    "pools": Words("资产池", "Pools"),
    "outstanding": Words("存续规模", "Outstanding"),
    "defaults": Words("累计违约率", "Default rates"),
    "revolving": Words("循环购买", "Revolving structures"),
    "multiples": Words("循环购买倍数", "Revolving multiples"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One number as a row of a table: `problem` says why there is no value in its place."""

    id: str
    year: int
    group: Words
    value: Words
    problem: bool
    share: Words | None
    change: Words | None
    n: int
    doubts: int
    origin: str


@dataclass(frozen=True, slots=True)
class Block:
    """A metric with its rows; `figure` has them where they are many."""

    metric: Metric
    entries: tuple[Entry, ...]
    left_out: int
    figure: int = 0


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as the page has it."""

    figure: Figure
    title: Words
    notes: tuple[Note, ...]
    blocks: tuple[Block, ...]


def as_html(review: Review, dossiers: Mapping[str, Dossier]) -> str:
    """The page. Raises EngineMissingError where charts cannot be made."""
    from jinja2 import Environment
    from markupsafe import Markup

    here = files("dealproof.market_review")
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string((here / "review.html.j2").read_text(encoding="utf-8"))
    style, script = ((here / name).read_text(encoding="utf-8") for name in ("review.css", "review.js"))  # our own files
    library = _library()
    return template.render(
        review=review,
        universe=words("universe", review.universe),
        shown=[_shown(figure, review) for figure in FIGURES],
        headlines=[(metric_of(result), _entry(result)) for metric in HEADLINES for result in review.of(metric)[:1]],
        parts=_parts(review),
        left_out=_left_out(review),
        names={deal: dossier.deal_name for deal, dossier in dossiers.items()},
        policy=content_policy((style,), (library, script)),
        style=Markup(style),
        script=Markup(script),
        library=Markup(library),
        data=Markup(_inline(payload(review, dossiers))),  # no end of a script in it
        charts=Markup(_inline(specifications(review))),
    )


@cache
def _library() -> str:
    """The scripts that draw charts; putting them together takes seconds."""
    return str(require_renderer().javascript_bundle())


def _inline(data: Any) -> str:
    """JSON that can stand in a script element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _shown(figure: Figure, review: Review) -> Shown:
    blocks = tuple(
        _block(metric, _drawn(metric, figure, review), review) for metric in METRICS if metric.id in figure.metrics
    )
    return Shown(figure, title(figure, review), notes(figure, review), blocks)


def _drawn(metric: Metric, figure: Figure, review: Review) -> Iterable[Result]:
    years = {review.year - 1, review.year} if "year" in (figure.colour, figure.facet) else {review.year}
    return (
        result
        for result in review.results
        if result.metric == metric.id and (figure.x == "year" or result.year in years)
    )


def _block(metric: Metric, results: Iterable[Result], review: Review) -> Block:
    return Block(metric, tuple(_entry(result) for result in results), len(review.left_out.get(metric.id, ())))


def _entry(result: Result) -> Entry:
    return Entry(
        result_id(result), result.year, group_words(result), value_words(result), result.value.problem is not None, share_words(result), change_words(result),
        result.n, len(result.doubts), "" if result.origin == "documents" else result.origin,
    )  # fmt: skip


def _parts(review: Review) -> list[tuple[Words, list[Block]]]:
    """All metrics of the year, by part."""
    parts: dict[str, list[Block]] = {}
    for metric in METRICS:
        results = review.of(metric.id)
        block = _block(metric, results, review)
        if len(results) > _LONG:
            figure = next((item.number for item in FIGURES if metric.id in item.metrics), 0)
            block = Block(metric, (), block.left_out, figure)
        parts.setdefault(metric.id.split(".")[0], []).append(block)
    return [(PARTS.get(name, Words(name, name)), blocks) for name, blocks in parts.items()]


def _left_out(review: Review) -> list[tuple[Words, Words, tuple[str, ...]]]:
    """What was left out of which metric and why, with the deals."""
    titles = {metric.id: metric.title for metric in METRICS} | {"": Words("全部指标", "All metrics")}
    found: dict[tuple[str, Words], list[str]] = {}
    for metric, items in review.left_out.items():
        for item in items:
            reason = item.reason if whole_deals(metric) else joined((_SOME, item.reason), "：", ": ")
            found.setdefault((metric, reason), []).append(item.deal_id)
    return [
        (titles.get(metric, Words(metric, metric)), reason, tuple(deals)) for (metric, reason), deals in found.items()
    ]
