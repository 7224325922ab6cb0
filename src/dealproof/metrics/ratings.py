"""The scale of credit ratings (信用等级), and which of several ratings counts."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LETTERS = ("AAA", "AA", "A", "BBB", "BB", "B", "CCC", "CC", "C", "D")
#: From best to worst.
SCALE = tuple(f"{letters}{sign}" for letters in _LETTERS for sign in ("+", "", "-"))
_SUFFIX = re.compile(r"(?:sf|\(sf\))$")
_OTHER_SCALE = re.compile(r"spc")


def grade(rating: str) -> str:
    """The rating as market reviews count it: `AAAsf` also where the suffix was left out; other scales as printed."""
    return rating if _OTHER_SCALE.search(rating) else f"{_SUFFIX.sub('', rating)}sf"


def rank(rating: str) -> int | None:
    """The place on the scale, 0 for the best; None for a rating on another scale."""
    plain = _SUFFIX.sub("", rating)
    return SCALE.index(plain) if plain in SCALE else None


def lowest(ratings: Iterable[str]) -> str:
    """The lowest of several ratings, in the form of `grade`; the first where scales differ. Raises ValueError for none."""
    found = [grade(rating) for rating in ratings]
    if not found:
        raise ValueError("no rating")
    ranks = [rank(rating) for rating in found]
    known = [place for place in ranks if place is not None]
    return found[0] if len(known) < len(found) else found[ranks.index(max(known))]
