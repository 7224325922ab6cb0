"""Whether a name is a listed one misprinted, with region and brand intact.

Forgiven: characters lost, swapped, or replaced in the type word or the legal form. Never forgiven: anything added
(it may be a brand: 中信建投证券), another type word, a replacement that makes a word that occurs in other names
(资产管理 and 资本管理 are both words), more than a third of the type word.
"""

from __future__ import annotations

from collections.abc import Collection

from rapidfuzz.distance import OSA

from dealproof.institutions.anatomy import Anatomy, shared_words
from dealproof.institutions.script import sound
from dealproof.institutions.words import ABBREVIATIONS, COMPANY_WORDS, FAMILIES

_MOST_ERRORS = 3
_MOST_FORM_ERRORS = 2
#: Type words of two characters in full.
_PAIRS = frozenset("银行 信托 证券 担保 保理 财务 理财 基金 保险 期货 租赁 支付 评级 资信 人寿".split())  # noqa: SIM905  # a list of words
_ALL_TYPE_WORDS = frozenset(word for words in FAMILIES.values() for word in words) - ABBREVIATIONS


def is_misprint_of(text: str, name: Anatomy, bigrams: Collection[str]) -> int:
    """Return the number of misprinted characters if `text` is `name` misprinted, 0 if it is not (or is the same).

    `text` starts with the stem of `name`. `bigrams` are pairs of characters that occur in the listed names.
    """
    rest = text[len(name.stem) :]
    word = name.core[len(name.stem) :]
    whole = word + name.form
    if rest == whole or len(rest) > len(whole) or not rest or _other_type_word(rest, whole):
        return 0
    totals = []
    for length in {len(word), len(word) - 1} if word else {0}:
        form_errors = _form_errors(rest[length:], name, bigrams)
        word_errors = _word_errors(rest[:length], word, len(rest) - length == len(name.form), bigrams)
        if word_errors is not None and form_errors is not None and 0 < word_errors + form_errors <= _MOST_ERRORS:
            totals.append(word_errors + form_errors)
    return min(totals, default=0)


def is_swapped(text: str, name: Anatomy) -> bool:
    """Whether `text` is `name` with two neighbours swapped, not both of them in the brand (淮南矿集业团).

    泰康 and 康泰 are two brands: a swap within what tells institutions apart is never forgiven.
    """
    if text == name.text or sorted(text) != sorted(name.text) or OSA.distance(text, name.text) != 1:
        return False
    place = next(i for i, (printed, listed) in enumerate(zip(text, name.text, strict=True)) if printed != listed)
    shared = shared_words(name.stem)
    return any(i >= len(name.stem) or i in shared for i in (place, place + 1))


def _form_errors(tail: str, name: Anatomy, bigrams: Collection[str]) -> int | None:
    """Errors in the legal form, None if it could be something else. Without one a name is too short to judge.

    Where no type word stands before it, its first two characters must stand: others may be a licence (财务有限公司).
    """
    form = name.form
    errors = OSA.distance(tail, form)
    if errors > _MOST_FORM_ERRORS or len(tail) > len(form) or (name.family == "company" and tail[:2] != form[:2]):
        return None
    return None if len(tail) == len(form) and _makes_words(tail, form, bigrams) else errors


def _word_errors(head: str, word: str, form_whole: bool, bigrams: Collection[str]) -> int | None:
    """Errors in the type word, None if they are too many or could mean something else.

    Two thirds of it must stand (of two characters one). Of a lost character nothing else may be wrong; a word of two characters must not come as
    near to another one (招商证行 is 招商银行 or 招商证券), and the legal form must be as long as it is listed.
    """
    errors = OSA.distance(head, word)
    if errors == 0:
        return 0
    if errors > max(1, len(word) // 3):
        return None
    if len(head) < len(word):
        return errors if errors == 1 and (len(word) > 2 or form_whole) else None
    if len(word) == 2 and (not form_whole or any(OSA.distance(head, o) < 2 for o in _PAIRS if o != word)):
        return None
    if sorted(head) == sorted(word) or sound(head) == sound(word):
        return errors
    return None if _makes_words(head, word, bigrams) else errors


def _makes_words(printed: str, word: str, bigrams: Collection[str]) -> bool:
    """Whether the misprint gives a pair of characters that other names have: then it may be no misprint."""
    made = {printed[i : i + 2] for i in range(len(printed) - 1)} - {word[i : i + 2] for i in range(len(word) - 1)}
    return any(pair in bigrams or pair in COMPANY_WORDS for pair in made)


def _other_type_word(rest: str, whole: str) -> bool:
    return any(word in rest and word not in whole for word in _ALL_TYPE_WORDS)
