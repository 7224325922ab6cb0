"""Text as printed against text as compared.

PDF text arrives with full-width digits, Kangxi radicals and letters spaced apart in justified cells.
What is *stored as printed* is never changed; what is *compared* goes through the functions here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

#: CJK radicals supplement characters that NFKC leaves alone but that some producers write for the ideograph.
_RADICAL_LOOKALIKES = str.maketrans(
    {
        "⼾": "户",  # NFKC makes the traditional 戶 of it
        "⺀": "冫",
        "⺁": "厂",
        "⺄": "乙",
        "⺅": "亻",
        "⺆": "冂",
        "⺇": "几",
        "⺈": "刀",
        "⺉": "刂",
        "⺊": "卜",
        "⺋": "卩",
        "⺌": "小",
        "⺎": "兀",
        "⺐": "尢",
        "⺒": "巳",
        "⺓": "幺",
        "⺔": "彑",
        "⺕": "彐",
        "⺖": "忄",
        "⺗": "心",
        "⺘": "扌",
        "⺙": "攵",
        "⺛": "旡",
        "⺜": "日",
        "⺝": "月",
        "⺞": "歺",
        "⺟": "母",
        "⺠": "民",
        "⺡": "氵",
        "⺢": "氺",
        "⺣": "灬",
        "⺤": "爫",
        "⺦": "丬",
        "⺧": "牛",
        "⺨": "犭",
        "⺩": "王",
        "⺪": "疋",
        "⺫": "目",
        "⺬": "示",
        "⺭": "礻",
        "⺮": "竹",
        "⺰": "纟",
        "⺱": "罓",
        "⺲": "罒",
        "⺶": "羊",
        "⺷": "羊",
        "⺹": "耂",
        "⺻": "聿",
        "⺼": "月",
        "⺽": "臼",
        "⺾": "艹",
        "⺿": "艹",
        "⻀": "艹",
        "⻁": "虎",
        "⻂": "衤",
        "⻃": "西",
        "⻄": "西",
        "⻅": "见",
        "⻆": "角",
        "⻈": "讠",
        "⻉": "贝",
        "⻋": "车",
        "⻌": "辶",
        "⻍": "辶",
        "⻎": "辶",
        "⻏": "阝",
        "⻐": "钅",
        "⻑": "長",
        "⻒": "镸",
        "⻓": "长",
        "⻔": "门",
        "⻖": "阝",
        "⻗": "雨",
        "⻘": "青",
        "⻙": "韦",
        "⻚": "页",
        "⻛": "风",
        "⻜": "飞",
        "⻝": "食",
        "⻟": "飠",
        "⻠": "饣",
        "⻢": "马",
        "⻣": "骨",
        "⻤": "鬼",
        "⻥": "鱼",
        "⻦": "鸟",
        "⻧": "卤",
        "⻨": "麦",
        "⻩": "黄",
        "⻪": "黾",
        "⻫": "斉",
        "⻬": "齐",
        "⻭": "歯",
        "⻮": "齿",
        "⻯": "竜",
        "⻰": "龙",
        "⻱": "龜",
        "⻲": "亀",
        "⻳": "龟",
    }
)
#: A soft hyphen that has a place on the page is a printed hyphen, and before a figure its sign.
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－\u00ad", "-"))
#: Raised and circled figures, and lowered ones behind a figure, are marks of footnotes; folded, they would be digits.
MARKS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
LOWERED = "₀₁₂₃₄₅₆₇₈₉₍₎"
_KEPT = re.compile(rf"([{MARKS}]+|(?<=[\d.,%％)）])[{LOWERED}]+)")
_SPACE = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202f\u2060\ufeff]")
_FOOTNOTE = re.compile(rf"(?:\((?:注|Note)\s*\d*\)|\[\d+\]|[{MARKS}{LOWERED}*]+)$", re.IGNORECASE)
_UNIT_BRACKET = re.compile(
    r"\((?:单位[:：]?)?(?:人民币|(?:人民币)?(?:百|千|万|亿|百万|千万)?"
    r"(?:元|万元|亿元|%|‰|笔|户|份|张|个|年|月|个月|天|日|期|岁|分|次|倍|bp|%/年|元、%))\)$",
    re.IGNORECASE,
)


def fold(text: str) -> str:
    """Return `text` with look-alike characters folded: NFKC, radicals, dashes, invisible marks.

    Spaces stay, and so do the marks of footnotes.
    """
    if text.isascii():
        return text
    plain = text.translate(_RADICAL_LOOKALIKES)
    parts = _KEPT.split(plain)
    parts[::2] = [unicodedata.normalize("NFKC", part) for part in parts[::2]]
    return _INVISIBLE.sub("", "".join(parts).translate(_DASHES))


@lru_cache(maxsize=65_536)
def squeeze(text: str) -> str:
    """Return `fold(text)` without any white space; the form in which Chinese printed text is compared."""
    return _SPACE.sub("", fold(text))


def as_printed(lines: Iterable[str], start: int, end: int) -> str:
    """Return what is printed where the squeezed lines, joined, show the stretch from `start` to `end`."""
    parts: list[str] = []
    at = 0
    for line in lines:
        length = len(squeeze(line))
        low, high = max(start - at, 0), min(end - at, length)
        if low < high:
            parts.append(_stretch(line, low, high))
        at += length
    return "".join(parts)


def _stretch(line: str, low: int, high: int) -> str:
    places = [index for index, char in enumerate(line) for _ in squeeze(char)]
    whole = squeeze(line)
    return line[places[low] : places[high - 1] + 1] if len(places) == len(whole) else whole[low:high]


def unmarked(text: str) -> str:
    """Return `squeeze(text)` without the marks of footnotes at its end; a text that is nothing but marks stays."""
    body = squeeze(text)
    return _FOOTNOTE.sub("", body) or body


@lru_cache(maxsize=65_536)
def label_key(text: str) -> str:
    """Return the form in which a printed label is looked up in `mappings/labels`.

    Squeezed, lower case, without footnote marks, without a trailing unit in brackets
    (`单笔贷款最高本金余额（万元）` and `单笔贷款最高本金余额` are the same label), without a closing colon.
    """
    key = squeeze(text).lower().rstrip(":")
    while True:
        shorter = _UNIT_BRACKET.sub("", _FOOTNOTE.sub("", key)).rstrip(":")
        if shorter == key or not shorter:
            return key
        key = shorter


#: What moves the cursor, ends a line or turns the direction of writing: control characters, separators of lines and
#: paragraphs, and the marks of bidirectional text.
_UNSHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_ESCAPES = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}


def printable(text: str) -> str:
    """A text from a stranger, such as a file's name, as one line that is what it shows: `a\\n\\u202efdp.pdf`.

    Without this, a name could forge a line of a report, or colour, move or turn around what a terminal shows.
    """
    return _UNSHOWN.sub(lambda found: _ESCAPES.get(found.group(), f"\\u{ord(found.group()):04x}"), text)
