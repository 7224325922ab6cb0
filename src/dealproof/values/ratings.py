"""Credit ratings: `AAAsf`, `AA+ sf`, split ratings `AA+sf/AAsf`, and how none is written (docs/domain.md#ratings)."""

from __future__ import annotations

import re

from dealproof.text import squeeze, unmarked
from dealproof.values.nothing import parse_nothing
from dealproof.values.parsed import Nothing, Parsed, Refused

_RATING = re.compile(r"(AAA|AA|A|BBB|BB|B|CCC|CC|C|D)([+-])?(spc)?\(?(sf)?\)?(?:\((?:预期|P)\))?", re.IGNORECASE)


def parse_rating(text: str) -> Parsed[str] | Nothing | Refused:
    """Read one rating; the canonical form keeps the suffix that is printed (`AAAsf`, `AA+`, `AAAspc(sf)`)."""
    nothing = parse_nothing(text)
    if nothing is not None:
        return nothing
    body = re.sub(r"\\text|[${}_^\\↑↓→]", "", unmarked(text)).replace("十", "+")
    match = _RATING.fullmatch(body)
    if match is None or match.group(1) != match.group(1).upper():
        return Refused(text, "not a rating")
    suffix = "spc(sf)" if match.group(3) else ("sf" if match.group(4) else "")
    return Parsed(f"{match.group(1)}{match.group(2) or ''}{suffix}", text)


def split_ratings(text: str) -> list[Parsed[str] | Nothing | Refused]:
    """Read a cell that may hold the ratings of several agencies, in printed order."""
    body = squeeze(text)
    if body.lower() in ("n/a", "/") or not re.search(r"[/、;；]", body):
        return [parse_rating(text)]
    return [parse_rating(part) for part in re.split(r"[/、;；]", body)]
