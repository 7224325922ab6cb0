"""The values that a question lets a person choose from: as the dataset holds them, and as a sheet shows them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dealproof.model.cell import Row

_PLACED = " @ "
_LINE = re.compile(r"^(?P<letter>[A-Z]{1,2}) = (?P<value>.*)$", re.S)
_RATING_LIKE = re.compile(r"^[A-Za-z]+[+-]?$")


@dataclass(frozen=True, slots=True)
class Choice:
    """One value to choose, with its letter and its place; where it was worked out, `why` says how."""

    letter: str
    value: str
    document_id: str = ""
    page: int = 0
    box: tuple[float, float, float, float] | None = None
    why: str = ""


def choices(question: Row) -> tuple[Choice, ...]:
    """Return the values of a question, from the dataset's row or from that of a sheet."""
    told = question.get("candidates", "")
    if not told:
        return ()
    if told.startswith("["):
        return tuple(_from_json(each) for each in json.loads(told))
    return tuple(
        Choice(found["letter"], found["value"].split(_PLACED)[0])
        for line in told.split("\n")
        if (found := _LINE.match(line)) is not None
    )


def in_words(question: Row, files: Mapping[str, str]) -> str:
    """Return the values for people, a line each: `A = 800 @ offer.pdf page 7 (as printed)`."""
    return "\n".join(_words(item, files) for item in choices(question))


def chosen(letter: str, found: Iterable[Choice]) -> Choice | None:
    """The value with this letter, in whatever case or width it was written."""
    wanted = letter.strip().upper().translate(_NARROW)
    return next((item for item in found if item.letter == wanted), None)


def is_ambiguous(text: str, found: Iterable[Choice]) -> bool:
    """Whether a text may be meant as a letter as well as a value: ratings look like letters."""
    return any(_RATING_LIKE.match(item.value) for item in found) and chosen(text, found) is not None


_NARROW = {ord("Ａ") + number: chr(ord("A") + number) for number in range(26)}


def _from_json(each: Mapping[str, object]) -> Choice:
    box = each["box"]
    return Choice(
        str(each["letter"]),
        str(each["value"]),
        str(each["document_id"]),
        int(str(each["page"])) if each["page"] else 0,
        (box[0], box[1], box[2], box[3]) if isinstance(box, list) else None,
        str(each["why"]),
    )


def _words(item: Choice, files: Mapping[str, str]) -> str:
    place = " ".join(filter(None, (files.get(item.document_id, ""), f"page {item.page}" if item.page else "")))
    why = f" ({item.why})" if item.why else ""
    return f"{item.letter} = {item.value}{_PLACED}{place or 'no page'}{why}"
