"""What a figure draws: a mark for each number, in both languages, shared by charts and workbook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dealproof.market_review.wording import (
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
from dealproof.metrics.model import Result, Words

_NONE = Words("", "")
#: Stands behind a figure that rests on open questions.
DOUBT = "*"
#: Sections of rows by kind: the head of a section is drawn dark, its rows lighter.
HEAD, ROW = "head", "row"


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


def mark_of(result: Result, category: Words, series: Words, label: Words, value: Decimal | None = None, x: Decimal | date | None = None, role: str = "") -> Mark:  # fmt: skip
    """A mark for a result; one that rests on open questions is marked as such in its label."""
    own = value if value is not None else known(result.value) or Decimal(0)
    if result.doubts:
        label = Words(f"{label.zh}{DOUBT}", f"{label.en}{DOUBT}")
    return Mark(result_id(result), category, series, own, label, _tip(result), x, role)


def _tip(result: Result) -> Words:
    metric = metric_of(result)
    year = Words(f"{metric.title.zh}（{result.year}）", f"{metric.title.en} ({result.year})")
    parts = [year, group_words(result), value_words(result), share_words(result), change_words(result)]
    return joined(tuple(part for part in parts if part is not None and part.zh), "\n", "\n")


def valued(results: Iterable[Result]) -> list[Result]:
    """Results that have a value."""
    return [result for result in results if known(result.value) is not None]


def member(result: Result, column: str) -> str:
    """The member of a group, '' where a result does not group by the column."""
    return dict(result.group).get(column, "")


def plain(result: Result) -> Words:
    """The figure alone, as each language writes it."""
    plain = number_words(result)
    return Words(plain.zh, plain.en.removeprefix("CNY "))
