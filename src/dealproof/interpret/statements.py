"""The figures of a sentence, each with its label, the clauses before it and the words behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dealproof.interpret.printed_figures import blanked, measured
from dealproof.values.units import split_unit

CLAUSE = re.compile(r"[,:;]")
_LISTED = re.compile(r"(?:为|是)?分别(?:为|是|:)?(?:人民币)?$")
_JOINED = re.compile(r"(?:、|,|和|与|及|以及)(?:人民币)?")
_AND = re.compile(r"、|和|与|及|以及")
#: Letters of the longest unit.
_UNIT = 5


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure of a sentence: its label, its text with the unit and without, where label and figure stand in the paragraph,
    the clauses before the label without their figures, and the words behind the figure."""

    label: str
    figure: str
    number: str
    start: int
    at: int
    end: int
    lead: tuple[str, ...]
    behind: str


def statements(text: str, start: int, end: int) -> Iterator[Statement]:
    """The figures of one sentence of a text with what stands before and behind them."""
    blank = blanked(text[start:end])
    held: list[tuple[int, int, int]] = []
    for match in measured(blank):
        at = start + match.start()
        stop = max((start + match.end() + n for n in range(_UNIT + 1) if _is_figure(text[at : start + match.end() + n])), default=start + match.end())
        held.append((at, start + match.end(), min(stop, end)))
    begun = start
    for place, (at, _, stop) in enumerate(held):
        before = text[begun:at]
        if place and _JOINED.fullmatch(before):
            continue  # one of several figures that belong to several labels
        label_at = begun + _label_start(before)
        label, lead = text[label_at:at], _clauses(text, start, label_at, held)
        group = [held[place]]
        for other in held[place + 1 :]:
            if not _JOINED.fullmatch(text[group[-1][2] : other[0]]):
                break
            group.append(other)
        labels = _labels(label, len(group))
        for own, (a, b, c) in zip(labels, group if len(labels) > 1 else group[:1], strict=False):
            behind = text[c:end] if len(labels) == 1 or a == group[-1][0] else ""
            yield Statement(own, text[a:c], text[a:b], label_at, a, c, lead, behind)
        begun = group[-1][2] if len(labels) > 1 else stop


def _clauses(text: str, start: int, end: int, figures: Sequence[tuple[int, int, int]]) -> tuple[str, ...]:
    """The clauses of a stretch of text without their figures."""
    plain, at = "", start
    for begin, _, stop in figures:
        if begin < end:
            plain, at = plain + text[at:begin], stop
    return tuple(each for each in CLAUSE.split(plain + text[at:end]) if each)


def _is_figure(text: str) -> bool:
    return split_unit(text)[1] is not None


def _label_start(before: str) -> int:
    """Where the label begins that ends a text: behind the last comma or opening bracket that is not closed again."""
    depth = 0
    for at in range(len(before) - 1, -1, -1):
        if before[at] == ")":
            depth += 1
        elif before[at] == "(":
            if not depth:
                return at + 1
            depth -= 1
        elif not depth and (before[at] in ",;" or (before[at] == ":" and at < len(before) - 1)):
            return at + 1
    return 0


def _labels(label: str, figures: int) -> list[str]:
    """The labels of as many figures: one, or those that 分别为 gives one each."""
    if (listed := _LISTED.search(label)) is None or figures < 2:
        return [label]
    parts = _AND.split(label[: listed.start()])
    return parts if len(parts) == figures else [label]
