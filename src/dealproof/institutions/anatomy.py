"""A name taken apart: region, brand, type word, legal form, and what a document wrapped around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from dealproof.institutions.words import (
    BANKS,
    CITIES,
    CUT_FORMS,
    FAMILIES,
    GENERIC,
    LEGAL_FORMS,
    PROVINCES,
    ROLE_WORDS,
)

_TYPE_WORDS = sorted(
    ((word, family) for family, words in FAMILIES.items() for word in words), key=lambda pair: -len(pair[0])
)
_REGION = re.compile(
    rf"^(?:({'|'.join(PROVINCES)})(?:省|市|回族自治区|壮族自治区|维吾尔自治区|自治区)?"
    rf"|({'|'.join(sorted(CITIES, key=len, reverse=True))})(?:市|地区)?)"
)
_PROVINCE = re.compile(rf"^({'|'.join(PROVINCES)})(?:省|市|回族自治区|壮族自治区|维吾尔自治区|自治区)?")
_GENERIC = re.compile("|".join(sorted(GENERIC, key=len, reverse=True)))
_ADMINISTRATIVE = re.compile(rf"^({'|'.join([*PROVINCES, *CITIES])})(?:省|市)")

_ROLE = "|".join(sorted(ROLE_WORDS, key=len, reverse=True))
_ROLE_LIST = rf"(?:作为)?(?:本期|本次|本信托)?(?:{_ROLE})(?:[/、及和与暨兼](?:{_ROLE}))*"
_REMARK = re.compile(
    rf"\((?:以下|下称|简称|全称|或称|统称|作为|代码|本行|本公司|{_ROLE_LIST})[^()]*(?:\([^()]*\))?[^()]*\)"
)
_FORMER = re.compile(r"\((?:原名称?|曾用名|前身为?|更名前|前称|原)[:为]?(?P<former>[^()]+(?:\([^()]*\)[^()]*)?)\)*$")
_RENAMED = re.compile(r"^原(?P<former>.+?)[,，、]?(?:现已?更名为?|现为|已更名为|后更名为)(?P<now>.+)$")
_ROLE_BEFORE = re.compile(rf"^\(?{_ROLE_LIST}\)?[:)]?(?=..)")
_CUT_ROLE_BEFORE = re.compile(rf"^[^()]{{0,8}}\((?:{_ROLE})\)(?=..)|^(?:{_ROLE})\)(?=..)")
_ROLE_BEHIND = re.compile(rf"(?:(?<=公司)|(?<=银行)|(?<=合伙\))|(?<=务所))\(?{_ROLE_LIST}\)?$")
_COUNTER = re.compile(r"(?:(?<=公司)|(?<=合伙\))|(?<=务所))[一二三四五六七八九十甲乙0-9]$|^[0-9]+[.、)](?=..)")


@dataclass(frozen=True, slots=True)
class Anatomy:
    """One name taken apart. `text` = `core` + `form`; `core` = `stem` + type word (in any spelling of `family`).

    `form` is the legal form, `form_cut` says that only its beginning is printed. `family` is a key of
    `words.FAMILIES`, or `company` where no type word ends the core. `stem` is region and brand.
    """

    text: str
    core: str
    form: str
    form_cut: bool
    family: str
    stem: str


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """A mention without the remarks around it. `former` is the old name that the document itself gives."""

    text: str
    former: str
    removed: str


@lru_cache(maxsize=65_536)
def dissect(text: str) -> Anatomy:
    """Take a plain name (see `script.plain`) apart."""
    form, cut = _legal_form(text)
    core = text[: len(text) - len(form)] if form else text
    word, family = _type_word(core)
    return Anatomy(text, core, form, cut, family, core[: len(core) - len(word)] if word else core)


def unwrap(text: str) -> Unwrapped:
    """Remove role words, remarks such as （以下简称…）, counters, and keep the former name that is printed beside."""
    renamed = _RENAMED.match(text)
    if renamed:
        return Unwrapped(_bare(renamed["now"]), _bare(renamed["former"].rstrip(",，")), text[: renamed.start("now")])
    former = _FORMER.search(text)
    if former and former.start() >= 4:
        inner = unwrap(text[: former.start()])
        return Unwrapped(inner.text, _bare(former["former"].rstrip(")")), text[former.start() :])
    bare = _bare(text)
    return Unwrapped(bare, "", text.replace(bare, "", 1) if bare != text else "")


@lru_cache(maxsize=65_536)
def without_region(stem: str, family: str) -> tuple[str, ...]:
    """Return what a stem may shrink to in a short name, likelier first: 浙江泰隆 to 泰隆, 江苏省 to 江苏.

    Rural and village banks lose their province only; the county is their brand. 中国 may go where a brand of two
    characters or more stays; of a bank it may always go (农业发展银行).
    """
    found: list[str] = []
    kept: tuple[str, ...] = ()
    rest = stem
    if family.startswith("rating") and stem.endswith("国际") and len(stem) >= 4:
        found.append(stem[:-2])
    if family in ("rural_bank", "village_bank", "rural_cooperative"):
        rest = _PROVINCE.sub("", stem)
        return (rest,) if rest != stem and len(rest) >= 2 else ()
    plain_region = _ADMINISTRATIVE.sub(r"\1", stem)
    if plain_region != stem:
        found.append(plain_region)
    if stem.startswith("中国") and len(stem) >= 4:
        found.append(stem[2:])
        if family in BANKS:
            kept = (stem[2:],)
    while True:
        shorter = _REGION.sub("", rest)
        if shorter == rest or len(shorter) < 2:
            return tuple(name for name in dict.fromkeys(found) if is_distinctive(name) or name in kept)
        found.append(shorter)
        rest = shorter


def is_region(text: str) -> bool:
    """Whether a text is nothing but places (or 中国): it distinguishes no institution."""
    rest = text
    while rest:
        shorter = _REGION.sub("", rest).removeprefix("中国")
        if shorter == rest:
            return False
        rest = shorter
    return True


def is_distinctive(text: str) -> bool:
    """Whether a text holds more than words that many names share."""
    return bool(_GENERIC.sub("", text))


def shared_words(text: str) -> frozenset[int]:
    """Return the places in a text that belong to words which many names share (集团, 投资, …)."""
    return frozenset(i for match in _GENERIC.finditer(text) for i in range(*match.span()))


def _legal_form(text: str) -> tuple[str, bool]:
    for form in LEGAL_FORMS:
        if text.endswith(form) and len(text) > len(form):
            return form, False
    for form in CUT_FORMS:
        if text.endswith(form) and len(text) > len(form) + 1:
            return form, True
    return "", False


def _type_word(core: str) -> tuple[str, str]:
    for word, family in _TYPE_WORDS:
        if core.endswith(word) and len(core) > len(word):
            return word, family
    return "", "company"


def _bare(text: str) -> str:
    previous = ""
    while previous != text:
        previous = text
        text = _REMARK.sub("", text)
        text = _CUT_ROLE_BEFORE.sub("", _ROLE_BEFORE.sub("", text))
        text = _ROLE_BEHIND.sub("", text)
        text = _COUNTER.sub("", text).strip(" :：()" if text.count("(") != text.count(")") else " :：")
    return text
