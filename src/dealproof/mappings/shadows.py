"""Loose label rows that take labels of other rows: the values behind those would be lost, or stand under a wrong field.

Rows of patterns are tried in file order, so an earlier row can take what a later one was written for. Whether two patterns
meet at all is no use to know (two that may stand anywhere in a label always do); what counts is whether the earlier one
takes a label that the later one describes. Such labels are the exact ones, and examples made of the patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from re import _parser  # type: ignore[attr-defined]  # the standard library's own reading of a pattern
from typing import Any

from dealproof.mappings.fields import IGNORED
from dealproof.mappings.findings import Finding
from dealproof.mappings.labels import Group, LabelRow
from dealproof.text import label_key

#: Stands for any letter where a pattern asks for one.
_ANY = "某"
#: Letters that two examples must share to be told as one label.
_SHARED = 2


def shadows(group: Group) -> Iterator[Finding]:
    """Rows of one file that take labels of other rows of the file, once for each pair of rows."""
    yield from _saved(group)
    for at, (row, pattern) in enumerate(group.loose_rows):
        if row.field != IGNORED:
            for other, taker in group.loose_rows[:at]:
                label = "" if other.field == row.field else _taken(other, taker, row, pattern, group)
                if label:
                    yield _finding(other, row, label)


def _saved(group: Group) -> Iterator[Finding]:
    """Ignored patterns that take the label of an exact row: that one label is saved, other wordings of it are lost."""
    for other, taker in group.loose_rows:
        if other.field == IGNORED:
            for key, row in group.exact.items():
                if row.field != IGNORED and taker.search(key):
                    yield _finding(other, row, key)


def _taken(
    other: LabelRow, taker: re.Pattern[str], row: LabelRow, pattern: re.Pattern[str], group: Group
) -> str:  # fmt: skip
    """A label that `row` describes and that `other`, which is tried before it, takes; empty if there is none."""
    own = [label for label in examples(row) if pattern.search(label) and label not in group.exact]
    plain = next((label for label in own if taker.search(label)), "")
    if plain or other.field != IGNORED or not (_has_gap(other) and _has_gap(row)):
        return plain
    merged = {text for theirs in examples(other) for mine in own for text in _merged(theirs, mine)}
    both = (text for text in merged if taker.search(text) and pattern.search(text))
    return min(both, key=lambda text: (len(text), text), default="")


def _finding(other: LabelRow, row: LabelRow, label: str) -> Finding:
    file, _, line = other.where.rpartition(":")
    what = "leaves aside" if other.field == IGNORED else f"reads as {other.field}"
    message = f"this row {what} {label}, which {row.where} wants as {row.field}."
    return Finding(file, int(line), "label", message, "Write the labels that are meant, or a narrower pattern.")


def _has_gap(row: LabelRow) -> bool:
    return row.match != "regex" or ".*" in row.label


def _merged(first: str, second: str) -> Iterator[str]:
    """Both examples as one label, where the end of one is the beginning of the other."""
    for left, right in ((first, second), (second, first)):
        for size in range(min(len(left), len(right)), _SHARED - 1, -1):
            if left.endswith(right[:size]):
                yield left + right[size:]
                break


def examples(row: LabelRow) -> tuple[str, ...]:
    """Labels that a row describes: its parts in their shortest and in their longest form, each varied once."""
    if row.match != "regex":
        return (label_key(row.label),)
    tree = _parser.parse(row.label)
    return tuple(dict.fromkeys(label for shortest in (True, False) for label in _sequence(tree, shortest) if label))


def _sequence(items: Any, shortest: bool) -> list[str]:
    parts = [_part(str(name), value, shortest) for name, value in items]
    base = "".join(part[0] for part in parts)
    varied = [
        "".join(word if other == at else part[0] for other, part in enumerate(parts))
        for at, variants in enumerate(parts)
        for word in variants[1:]
    ]
    return [base, *varied]


def _part(name: str, value: Any, shortest: bool) -> list[str]:
    """What one part of a pattern can print: the plain form first, then its variants."""
    match name:
        case "LITERAL":
            return [chr(value)]
        case "ANY" | "NOT_LITERAL" | "CATEGORY":
            return [_ANY]
        case "IN":
            return _letters(value)
        case "BRANCH":
            return [word for branch in value[1] for word in _sequence(branch, shortest)]
        case "SUBPATTERN":
            return _sequence(value[-1], shortest)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            least, _, inner = value
            return _repeated(int(least), inner, shortest)
        case _:  # anchors and looks ahead print nothing; whether an example satisfies them is tried with the pattern
            return [""]


def _repeated(least: int, inner: Sequence[Any], shortest: bool) -> list[str]:
    words = _sequence(inner, shortest)
    if least:
        return [word * least for word in words]
    if all(str(name) == "ANY" for name, _ in inner):
        return [""]
    return ["", *words] if shortest else [*words, ""]


def _letters(members: Any) -> list[str]:
    found: list[str] = []
    for name, value in members:
        match str(name):
            case "LITERAL":
                found.append(chr(value))
            case "RANGE":
                found.append(chr(value[0]))
            case "CATEGORY":
                found.append("1" if "DIGIT" in str(value) else _ANY)
            case _:
                return [_ANY]
    return found or [_ANY]
