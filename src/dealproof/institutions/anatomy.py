"""A name taken apart: region, brand, type word, legal form."""

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
    SPELLED_OUT,
)

#: Type words with their family by their last character, longest first.
_TYPE_WORDS: dict[str, list[tuple[str, str]]] = {}
for _family, _words in FAMILIES.items():
    for _word in _words:
        _TYPE_WORDS.setdefault(_word[-1], []).append((_word, _family))
for _pairs in _TYPE_WORDS.values():
    _pairs.sort(key=lambda pair: -len(pair[0]))
_REGION = re.compile(
    rf"^(?:({'|'.join(PROVINCES)})(?:省|市|回族自治区|壮族自治区|维吾尔自治区|自治区)?"
    rf"|({'|'.join(sorted(CITIES, key=len, reverse=True))})(?:市|地区)?)"
)
_PROVINCE = re.compile(rf"^({'|'.join(PROVINCES)})(?:省|市|回族自治区|壮族自治区|维吾尔自治区|自治区)?")
_GENERIC = re.compile("|".join(sorted(GENERIC, key=len, reverse=True)))
_ADMINISTRATIVE = re.compile(rf"^({'|'.join([*PROVINCES, *CITIES])})(?:省|市)")


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


@lru_cache(maxsize=65_536)
def dissect(text: str) -> Anatomy:
    """Take a plain name (see `script.plain`) apart."""
    form, cut = _legal_form(text)
    core = text[: len(text) - len(form)] if form else text
    word, family = _type_word(core)
    return Anatomy(text, core, form, cut, family, core[: len(core) - len(word)] if word else core)


def spelled_out(text: str) -> str:
    """Return a plain name with the abbreviated type word at its end in full: 美团小贷 as 美团小额贷款."""
    for short, full in SPELLED_OUT.items():
        if text.endswith(short) and len(text) > len(short):
            return text[: -len(short)] + full
    return text


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
    for word, family in _TYPE_WORDS.get(core[-1:], ()):
        if core.endswith(word) and len(core) > len(word):
            return word, family
    return "", "company"
