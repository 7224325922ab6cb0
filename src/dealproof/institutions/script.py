"""One way of writing: width, spaces, brackets, doubled letters, and traditional characters as simplified."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from dealproof.text import squeeze

_BRACKETS = str.maketrans({"[": "(", "]": ")", "【": "(", "】": ")", "〔": "(", "〕": ")", "{": "(", "}": ")"})
_QUOTES = re.compile(r"[\"'`´“”„‟‘’‚‛「」『』《》〈〉«»‹›〝〞〟]")
_LATIN_FORM = re.compile(
    r"\b(?:co|company|ltd|limited|inc|incorporated|corp|corporation|plc|llc|llp|the|joint|stock)\b"
)
_ENDS = " .。,，、;；:：-_/|*·"


@lru_cache(maxsize=1)
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


@lru_cache(maxsize=65_536)
def simplified(text: str) -> str:
    """Return `text` in simplified characters (OpenCC)."""
    return str(_converter().convert(text)) if any("\u3400" <= c <= "\u9fff" for c in text) else text


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """Return a name in the one form in which names are compared.

    Look-alikes folded, no white space, round brackets, no quotation marks, simplified characters, fake bold
    undone (中中原原证证券券 is 中原证券). Latin letters keep their case.
    """
    text = _QUOTES.sub("", squeeze(text).translate(_BRACKETS)).strip(_ENDS)
    return simplified(_once(text))


@lru_cache(maxsize=65_536)
def quoted(text: str) -> str:
    """Return a name as `plain` does, but with its quotation marks, all kinds of them written `"`."""
    return simplified(_once(_QUOTES.sub('"', squeeze(text).translate(_BRACKETS)).strip(_ENDS)))


def latin_key(text: str) -> str:
    """Return an English name without legal form, punctuation and case; '' for a text with Chinese characters."""
    if re.search(r"[\u3400-\u9fff]", text):
        return ""
    words = re.sub(r"[^a-z0-9]+", " ", text.lower().replace("&", " and ")).strip()
    return "".join(_LATIN_FORM.sub(" ", words.replace("banking", "bank")).split())


@lru_cache(maxsize=65_536)
def sound(text: str) -> tuple[str, ...]:
    """Return how a name sounds: its syllables in pinyin without tones (pypinyin), each read by itself."""
    return tuple(map(_syllable, text))


@lru_cache(maxsize=16_384)
def _syllable(letter: str) -> str:
    from pypinyin import lazy_pinyin

    return lazy_pinyin(letter)[0]


def is_traditional(text: str) -> bool:
    """Whether a name is written in characters that the mainland does not use."""
    bare = squeeze(text)
    return simplified(bare) != bare


def _once(text: str) -> str:
    """Undo fake bold: every character printed twice."""
    if len(text) >= 6 and len(text) % 2 == 0 and text[::2] == text[1::2]:
        return text[::2]
    return text
