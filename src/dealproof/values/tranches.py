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
    ("合计", "总计", "小计", "总额", "合计数", "total", "总", "合计/总计", "合計", "总合计", "汇总", "totals", "总规模", "发行总规模", "总发行规模", "合计规模", "规模合计", "总发行金额")
)
#: The English word behind the Chinese one of a total in two languages.
_ENGLISH_TOTAL = re.compile(r"\s*[/(]?(?:sub|grand)?totals?\)?$")
_SUFFIX = re.compile(
    r"(?:类)?(?:资产支持商业票据|资产支持证券|资产支持票据|证券化信托受益权|信托受益权|受益凭证|证券|票据|债券|受益权|notes?|certificates?)+$"
)
_SENIOR = re.compile(r"优先?(?:级|档)?-?([A-Z]?)-?(\d*)([a-z]?)(?:级|档)?")
_LETTER = re.compile(r"([A-Z])-?(\d*)([a-z]?)(?:级|档)?")
_MIDDLE = re.compile(r"(次优先|次优|中间|夹层)(?:级|档)?-?([A-Z]?)-?(\d*)(?:级|档)?")
_JUNIOR = re.compile(r"(次级|劣后|次)(?:级|档)?-?([A-Z]?)-?(\d*)(?:级|档)?")
_ENGLISH = re.compile(r"class([A-Z])-?(\d*)([a-z]?)(?:notes?|certificates?)?", re.IGNORECASE)
_SHORT = re.compile(r"(次优先?|优先?|中间|夹层|劣后|(?<!第\d)(?<!第\d\d)(?<![第一二三四五六七八九十])次级?)-?([A-Z]?-?\d*)(?:级|档)?$")
#: What tells that the words before a class name a security: a year first, or the name of a deal.
_OF_DEAL = re.compile(r"^\d{2}|年(?:度)?第?[\d一二三四五六七八九十]{1,3}期|\d{1,3}(?:号|期)|(?:19|20)\d{2}-\d{1,2}|专项计划|资产支持(?:证券|票据)|信托")
_CLASS_WORD = re.compile(r"优先|次级|劣后|夹层|中间")
#: A tranche in a sentence or at the head of a label (优先A级资产支持证券的发行规模), with its name as the group.
NAMED_IN_WORDS = re.compile(
    r"((?:优先|次优先?|中间|夹层|次级|劣后)(?:级|档)?[A-Z]?-?\d{0,2}(?:级|档)?)(?:资产支持)?(?:证券|票据)?(?:的)?[,:]?"
)
#: A short name or code beside the name of a tranche (融帆07A, 24联惠1B, 263310.SH); amounts, dates and shares are none.
_BESIDE = re.compile(r"(?=[^\d]*\d)[A-Za-z\d一-龥\-_]{2,20}(?:\.[A-Z]{2,3})?")
_NO_CODE = re.compile(r"[元万亿年月日期天%个第]|\d{4}-\d{1,2}-\d")
_ITS_LABEL = re.compile(r"^(?:证券|债券|票据)?(?:简称|代码|名称)[:：]?")
_TWO_LANGUAGES = re.compile(
    r"(.*[一-龥])(?:(senior|mezzanine|subordinated|subordinate|junior|equity)|class)?(?:class|tranche)?-?([A-Z]?-?\d*[a-z]?)(?:notes?|tranche)?", re.IGNORECASE
)
_ENGLISH_CLASSES = {"senior": ("senior",), "mezzanine": ("mezzanine",), "subordinated": ("subordinated", "subordinate", "junior", "equity")}
_LAST_LETTER = re.compile(r"([A-Z])-?(\d*)$")


@dataclass(frozen=True, slots=True)
class Tranche:
    """`name` as the dataset keys it; `seniority`: senior, mezzanine, subordinated or '' (not told by the name)."""

    name: str
    seniority: str


def is_total_label(text: str) -> bool:
    """Whether a row label is that of a total row."""
    body = unmarked(text).rstrip(":").lower()
    return body in _TOTALS or _ENGLISH_TOTAL.sub("", body) in _TOTALS


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
    match = _SHORT.search(_SUFFIX.sub("", body) or body)
    before = body[: match.start()] if match else ""
    if match is None or not _OF_DEAL.search(before) or _CLASS_WORD.search(before):
        return Refused(text, "no tranche in this short name")
    found = _chinese(match.group())
    return Parsed(found, text) if found else Refused(text, "no tranche in this short name")


@lru_cache(maxsize=16_384)
def tranche_named(text: str) -> Tranche | None:
    """The tranche that a cell names: by its name, by a short name that holds it, or by both side by side where they
    agree (`融帆07A（优先A级）`, `优先A级/263310.SH`, `苏惠2024年第一期优先A档`)."""
    for read in (parse_tranche, parse_tranche_in_short_name):
        found = read(text)
        if isinstance(found, Parsed):
            return found.value
    if (both := _in_two_languages(squeeze(text))) is not None:
        return both
    parts = [_ITS_LABEL.sub("", squeeze(part)) for part in re.split(r"[/\n]", text) if part.strip()]
    if len(parts) == 1 and (match := re.fullmatch(r"([^()]+)\(([^()]+)\)", parts[0])):
        parts = [_ITS_LABEL.sub("", part) for part in match.groups()]
    known = [parse_tranche(part) for part in parts]
    names = [each.value for each in known if isinstance(each, Parsed)]
    others = [part for part, each in zip(parts, known, strict=True) if isinstance(each, Refused)]
    if len(names) != 1 or not others or not all(_is_beside(part, names[0]) for part in others):
        return None
    return names[0]


def _in_two_languages(text: str) -> Tranche | None:
    """The tranche whose Chinese name has its English one behind it (优先A档 Class A), where the two agree."""
    match = _TWO_LANGUAGES.fullmatch(text)
    own = parse_tranche(match.group(1)) if match else None
    if match is None or not isinstance(own, Parsed):
        return None
    word, letter = (match.group(2) or "").lower(), (match.group(3) or "").upper().replace("-", "")
    tail = re.sub(r"[^A-Za-z\d]", "", own.value.name).upper()
    says = next((seniority for seniority, words in _ENGLISH_CLASSES.items() if word in words), own.value.seniority)
    return own.value if says == own.value.seniority and letter == tail else None


def _is_beside(text: str, tranche: Tranche) -> bool:
    """Whether a text is a short name or code that may be this tranche's: its last letter says no other class."""
    inner = parse_tranche_in_short_name(text)
    if isinstance(inner, Parsed):
        return inner.value.name == tranche.name
    if not _BESIDE.fullmatch(text) or _NO_CODE.search(text):
        return False
    last = _LAST_LETTER.search(text)
    if last is None or "." in text:
        return True
    own = re.search(r"([A-Z])(\d*)[a-z]?$", tranche.name)
    if own is not None:
        return last.groups() == own.groups() or (last.group(1) == own.group(1) and "" in (last.group(2), own.group(2)))
    return (last.group(1) == "A") == (tranche.seniority == "senior")


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
