"""What is printed with a figure: title, samples, definitions, denominators, what was left out and why, sources."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from dealproof.market_review.drawing import draw
from dealproof.market_review.figures import Figure
from dealproof.market_review.marks import DOUBT
from dealproof.market_review.wording import group_words, joined, value_words
from dealproof.metrics.catalog import BY_ID
from dealproof.metrics.model import Review, Words
from dealproof.metrics.vocabulary import words

_DEFINITION, _SHARE_OF = Words("口径", "Definition"), Words("占比分母", "Share of")
_LEFT, _UNTOLD, _SOURCE = Words("未计入", "Left out"), Words("无法给出", "Cannot be told"), Words("资料来源", "Source")
#: Heads of the notes without which a picture must not be shown alone; its sample stands above it.
PRINTED = (_DEFINITION, _SHARE_OF, _LEFT, _UNTOLD, _SOURCE)
_SOURCE_DOCUMENTS = Words("交易文件（逐值附出处）", "documents of the deals, with the proof of each value")
#: A row of the reference file, as `origin` names it before the source that the row gives.
_ROW = re.compile(r"^([\w.-]+\.csv):\d+: ")
_NO_CURVE = Words(
    "参考收益率曲线：market_reference.csv 无当年 yield 数据",
    "reference curve: market_reference.csv has no yields of the year",
)
#: How many groups a note lists.
_LISTED = 8


@dataclass(frozen=True, slots=True)
class Note:
    """A line under a figure: what it is about, and the text."""

    head: Words
    text: Words


def title(figure: Figure, review: Review) -> Words:
    """The title with its number, years and the class of deals."""
    universe = words("universe", review.universe)
    years = [result.year for result in review.results if result.metric in figure.metrics]
    first = min(years, default=review.year)
    values = {"first": first, "last": review.year - 1, "year": review.year}
    return Words(
        f"图 {figure.number}　{figure.title.zh.format(universe=universe.zh, **values)}",
        f"Figure {figure.number}. {figure.title.en.format(universe=universe.en, **values)}",
    )


def short_note(figure: Figure, review: Review) -> Words:
    """What must stand in the picture itself: how many deals are behind it."""
    text = _sample_text(figure, review)
    return Words(f"样本 {text.zh}", f"Sample {text.en}")


def period(review: Review) -> Words:
    """The year that is reviewed, or the day to which it is."""
    if review.until is None:
        return Words(f"{review.year} 年", f"{review.year}")
    return Words(f"截至 {review.until}", f"until {review.until}")


def sample(figure: Figure, review: Review) -> int:
    """How many deals are behind the figures of the review's year."""
    return len({deal for metric in figure.metrics for result in review.of(metric) for deal in result.deals})


def notes(figure: Figure, review: Review) -> tuple[Note, ...]:
    """All lines under a figure, in the order in which they are printed."""
    lines = [Note(Words("样本", "Sample"), _sample_text(figure, review)), *_definitions(figure)]
    told = [_also(metric, review) for metric in figure.also if review.of(metric)]
    lines += [Note(Words("另见", "See also"), joined(tuple(told)))] if told else []
    lines += [Note(Words("说明", "Note"), text) for text in figure.notes]
    if left := draw(figure, review).left:
        lines.append(
            Note(
                Words("未绘出", "Not drawn"), Words(f"其余 {left} 项见下方数据表", f"{left} more, see the table below")
            )
        )
    lines += [Note(_LEFT, text) for text in _left_out(figure, review)]
    lines += [Note(_UNTOLD, text) for text in _problems(figure, review)]
    shown = [result for metric in figure.metrics for result in review.results if result.metric == metric]
    if any(result.doubts for result in shown):
        lines.append(
            Note(Words(DOUBT, DOUBT), Words("所依据的数值尚有未决问题", "rests on values with open questions"))
        )
    lines += [
        Note(Words("注", "Remark"), text) for text in dict.fromkeys(note for result in shown for note in result.notes)
    ]
    lines.append(Note(_SOURCE, _sources(figure, review)))
    return tuple(lines)


def _sample_text(figure: Figure, review: Review) -> Words:
    count, when = sample(figure, review), period(review)
    if BY_ID[figure.metrics[0]].view == "tranches":
        tranches = sum(result.n for result in review.of(figure.metrics[0]))
        return Words(
            f"n={tranches} 支证券，{count} 单产品（{when.zh}）",
            f"n={tranches} securities of {count} deals ({when.en})",
        )
    return Words(f"n={count} 单产品（{when.zh}）", f"n={count} deals ({when.en})")


def _definitions(figure: Figure) -> list[Note]:
    """What the metrics count, and what their shares are of, each once."""
    metrics = [BY_ID[metric] for metric in figure.metrics]
    counted = dict.fromkeys(metric.definition for metric in metrics)
    bases = dict.fromkeys(metric.share.of for metric in metrics if metric.share is not None)
    return [
        *(Note(_DEFINITION, text) for text in counted),
        *(Note(_SHARE_OF, text) for text in bases),
    ]


def _also(metric: str, review: Review) -> Words:
    results = review.of(metric)
    values = [
        joined((group_words(item), value_words(item)), " ", " ") if item.group else value_words(item)
        for item in results[:8]
    ]
    more = [Words("…", "…")] if len(results) > _LISTED else []
    name = BY_ID[metric].title
    return joined((name, joined((*values, *more), "、", ", ")), "：", ": ")


def _left_out(figure: Figure, review: Review) -> list[Words]:
    """The reasons for which deals, or some of their securities, were left out, the most frequent first."""
    entries = {(whole_deals(metric), item) for metric in figure.metrics for item in review.left_out.get(metric, ())}
    counted = Counter((whole, item.reason) for whole, item in entries)
    order = sorted(counted.items(), key=lambda entry: (-entry[1], entry[0][1].zh))
    return [_left_out_text(number, whole, reason) for (whole, reason), number in order]


def whole_deals(metric: str) -> bool:
    """Whether a deal that a metric leaves out is left out as a whole; of securities it may be some of its own only."""
    return metric not in BY_ID or BY_ID[metric].view != "tranches"


def _left_out_text(number: int, whole: bool, reason: Words) -> Words:
    deals = Words(f"{number} 单", f"{number} deals" if number > 1 else "1 deal")
    if whole:
        return Words(f"{deals.zh}：{reason.zh}", f"{deals.en}: {reason.en}")
    return Words(f"{deals.zh}产品的部分证券：{reason.zh}", f"some securities of {deals.en}: {reason.en}")


def _problems(figure: Figure, review: Review) -> list[Words]:
    """Why values, shares, changes or the curve of the year are not told: each reason once, with the groups that it is true of."""
    found: dict[tuple[Words, Words], dict[Words, None]] = {}
    for metric in figure.metrics:
        for result in review.of(metric):
            for number in (result.value, result.share, result.change):
                if number is not None and number.problem is not None:
                    groups = found.setdefault((BY_ID[metric].title, number.problem), {})
                    groups.update({group_words(result): None} if result.group else {})
    curve = [_NO_CURVE] if figure.kind == "coupons" and not review.lines.get("curve") else []
    return [*curve, *(_problem_text(name, reason, tuple(groups)) for (name, reason), groups in found.items())]


def _problem_text(name: Words, reason: Words, groups: tuple[Words, ...]) -> Words:
    shown = (*groups[:_LISTED], *([Words("…", "…")] if len(groups) > _LISTED else []))
    whose = joined(shown, "、", ", ")
    named = Words(f"{name.zh}（{whose.zh}）", f"{name.en} ({whose.en})") if groups else name
    return joined((named, reason), "：", ": ")


def _sources(figure: Figure, review: Review) -> Words:
    """Where the figures are from; rows of the reference file that name the same source are told once, with their number."""
    origins = dict.fromkeys(result.origin for result in review.results if result.metric in figure.metrics)
    if figure.kind == "coupons":
        origins |= dict.fromkeys(str(line.values.get("origin", "")) for line in review.lines.get("curve", ()))
    counted = Counter(_ROW.sub(r"\1: ", origin) for origin in origins)
    return joined(tuple(_source(origin, number) for origin, number in counted.items()))


def _source(origin: str, rows: int) -> Words:
    if origin == "documents":
        return _SOURCE_DOCUMENTS
    return Words(f"{origin}（{rows} 行）", f"{origin} ({rows} rows)") if rows > 1 else Words(origin, origin)
