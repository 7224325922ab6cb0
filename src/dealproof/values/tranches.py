"""Names of tranches (证券档次): `优先 A 级资产支持证券`, `优先A-1档`, `次级档`, `Class A-1a notes` (docs/domain.md#tranche-names).

The canonical name has no 级/档, no spaces, no hyphen and no 资产支持证券. A Chinese class word decides the seniority;
a bare letter is decided by its place in the alphabet, C and beyond only by the table that holds it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from dealproof.text import squeeze, unmarked
from dealproof.values.parsed import Parsed, Refused

_TOTALS = frozenset(
    ("合计", "总计", "小计", "总额", "合计数", "total", "总", "合计/总计", "合計", "总合计", "汇总", "totals")
)
_SUFFIX = re.compile(
    r"(?:类)?(?:资产支持商业票据|资产支持证券|资产支持票据|证券化信托受益权|信托受益权|受益凭证|证券|票据|债券|受益权|notes?|certificates?)+$"
)
_SENIOR = re.compile(r"优先?(?:级|档)?-?([A-Z]?)-?(\d*)([a-z]?)(?:级|档)?")
_LETTER = re.compile(r"([A-Z])-?(\d*)([a-z]?)(?:级|档)?")
_MIDDLE = re.compile(r"(次优先|次优|中间|夹层)(?:级|档)?-?([A-Z]?)-?(\d*)(?:级|档)?")
_JUNIOR = re.compile(r"(次级|劣后|次)(?:级|档)?-?([A-Z]?)-?(\d*)(?:级|档)?")
_ENGLISH = re.compile(r"class([A-Z])-?(\d*)([a-z]?)(?:notes?|certificates?)?", re.IGNORECASE)
_SHORT = re.compile(r"(优先?|次优先?|中间|夹层|劣后|次级?)-?([A-Z]?\d*)(?:级|档)?$")


@dataclass(frozen=True, slots=True)
class Tranche:
    """`name` as the dataset keys it; `seniority`: senior, mezzanine, subordinated or '' (not told by the name)."""

    name: str
    seniority: str


def is_total_label(text: str) -> bool:
    """Whether a row label is that of a total row."""
    return unmarked(text).rstrip(":").lower() in _TOTALS


@lru_cache(maxsize=16_384)
def parse_tranche(text: str) -> Parsed[Tranche] | Refused:
    """Read the name of one tranche; total rows and other texts are refused."""
    body = re.sub(r"\((?:注\d*|\d{1,2}|代码[^)]*|以下简称[^)]*)\)|[“”\"「」]", "", unmarked(text))
    body = _SUFFIX.sub(lambda m: "", body) or body
    if is_total_label(body) or not body:
        return Refused(text, "no tranche name")
    for read in (_chinese, _english, _bare_letter):
        tranche = read(body)
        if tranche is not None:
            return Parsed(tranche, text)
    return Refused(text, "no tranche name")


def parse_tranche_in_short_name(text: str) -> Parsed[Tranche] | Refused:
    """Read the tranche out of a short name such as `25睿禾ABN003优先A` or `24东裕4号ABN005中间`."""
    body = squeeze(text)
    match = _SHORT.search(body)
    if match is None or not re.match(r"^\d{2}", body):
        return Refused(text, "no tranche in this short name")
    found = _chinese(match.group())
    return Parsed(found, text) if found else Refused(text, "no tranche in this short name")


def _chinese(body: str) -> Tranche | None:
    if match := _MIDDLE.fullmatch(body):
        word = {"次优": "次优先"}.get(match.group(1), match.group(1))
        return Tranche(word + match.group(2) + match.group(3), "mezzanine")
    if match := _JUNIOR.fullmatch(body):
        word = "劣后" if match.group(1) == "劣后" else "次级"
        return Tranche(word + match.group(2) + match.group(3), "subordinated")
    if match := _SENIOR.fullmatch(body):
        letter = match.group(1)
        return Tranche(
            f"优先{letter}{match.group(2)}{match.group(3)}", "senior" if letter in ("", "A") else "mezzanine"
        )
    return None


def _english(body: str) -> Tranche | None:
    match = _ENGLISH.fullmatch(body)
    if match is None:
        return None
    letter = match.group(1).upper()
    return Tranche(f"Class{letter}{match.group(2)}{match.group(3).lower()}", "senior" if letter == "A" else "mezzanine")


def _bare_letter(body: str) -> Tranche | None:
    """`A级` is 优先A, `B级` is 优先B; from C on only the rest of the table tells the class."""
    match = _LETTER.fullmatch(body)
    if match is None or not re.search(r"[级档]$", body):
        return None
    seniority = {"A": "senior", "B": "mezzanine"}.get(match.group(1), "")
    return Tranche(f"优先{match.group(1)}{match.group(2)}{match.group(3)}", seniority)
