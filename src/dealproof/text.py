"""Text as printed against text as compared.

PDF text arrives with full-width digits, Kangxi radicals and letters spaced apart in justified cells.
What is *stored as printed* is never changed; what is *compared* goes through the functions here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

#: Code points that only look like a character, each before the one in use on the mainland: radicals that NFKC leaves alone,
#: radicals and compatibility ideographs that it folds to a form which is not in use there. All others NFKC folds.
_LOOKALIKES = (
    "⺀冫 ⺑尢 ⺁厂 ⺂乛 ⺃乚 ⺄乙 ⺅亻 ⺆冂 ⺇几 ⺈刀 ⺉刂 ⺊卜 ⺋卩 ⺌小 ⺍小 ⺎兀 ⺏尢 ⺐尢 ⺒巳 ⺓幺 ⺔彑 ⺕彐 ⺖忄 ⺗心 ⺘扌 "
    "⺙攵 ⺛旡 ⺜日 ⺝月 ⺞歺 ⺟母 ⺠民 ⺡氵 ⺢氺 ⺣灬 ⺤爫 ⺥爪 ⺦丬 ⺧牛 ⺨犭 ⺩王 ⺪疋 ⺫目 ⺬示 ⺭礻 ⺮竹 ⺯糸 ⺰纟 ⺱罓 "
    "⺲罒 ⺳网 ⺴网 ⺵网 ⺶羊 ⺷羊 ⺸羊 ⺹耂 ⺺聿 ⺻聿 ⺼月 ⺽臼 ⺾艹 ⺿艹 ⻀艹 ⻁虎 ⻂衤 ⻃西 ⻄西 ⻅见 ⻆角 ⻇角 ⻈讠 ⻉贝 "
    "⻊足 ⻋车 ⻌辶 ⻍辶 ⻎辶 ⻏阝 ⻐钅 ⻑长 ⻒镸 ⻓长 ⻔门 ⻕阜 ⻖阝 ⻗雨 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻞食 ⻟飠 ⻠饣 ⻡首 "
    "⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻫齐 ⻬齐 ⻭齿 ⻮齿 ⻯龙 ⻰龙 ⻱龟 ⻲龟 ⻳龟 ⼾户 ⾒见 ⾙贝 ⾞车 ⾧长 ⾨门 "
    "⾭青 ⾱韦 ⾴页 ⾵风 ⾶飞 ⾺马 ⾾斗 ⿂鱼 ⿃鸟 ⿄卤 ⿆麦 ⿈黄 ⿌黾 ⿑齐 ⿒齿 ⿓龙 ⿔龟 "
    "豈岂 車车 賈贾 龜龟 龜龟 懶懒 癩癞 羅罗 蘿萝 邏逻 樂乐 駱骆 亂乱 欄栏 爛烂 蘭兰 鸞鸾 嵐岚 濫滥 藍蓝 襤褴 臘腊 蠟蜡 來来 "
    "勞劳 擄掳 櫓橹 爐炉 盧卢 蘆芦 虜虏 魯鲁 鷺鹭 祿禄 綠绿 錄录 論论 壟垄 籠笼 聾聋 賂赂 壘垒 屢屡 樓楼 淚泪 縷缕 凜凛 稜棱 "
    "綾绫 讀读 樂乐 諾诺 寧宁 異异 復复 數数 參参 葉叶 說说 殺杀 兩两 糧粮 諒谅 勵励 呂吕 廬庐 濾滤 礪砺 閭闾 驪骊 麗丽 曆历 "
    "歷历 轢轹 憐怜 戀恋 漣涟 煉炼 璉琏 練练 聯联 輦辇 蓮莲 連连 鍊炼 說说 殮殓 簾帘 獵猎 寧宁 嶺岭 瑩莹 鈴铃 靈灵 領领 禮礼 "
    "隸隶 惡恶 樂乐 療疗 遼辽 龍龙 暈晕 劉刘 紐纽 類类 陸陆 倫伦 崙仑 淪沦 輪轮 慄栗 裏里 裡里 離离 藺蔺 鱗鳞 臨临 狀状 識识 "
    "輻辐 見见 塚冢 諸诸 飯饭 飼饲 館馆 鶴鹤 嘆叹 層层 懲惩 漢汉 禍祸 禎祯 穀谷 節节 練练 縉缙 視视 謁谒 謹谨 賓宾 贈赠 難难 "
    "響响 頻频 舘馆 並并 塚冢 墳坟 懲惩 殺杀 漢汉 節节 絛绦 練练 華华 視视 調调 諸诸 請请 謁谒 諾诺 諭谕 謹谨 變变 贈赠 輸输 "
    "遲迟 鉶铏 難难 韛𫖔 響响 頻频 龜龟 䀹𥅴 龎厐 "
)
_IN_USE = str.maketrans({pair[0]: pair[1] for pair in _LOOKALIKES.split()})
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
    r"\((?:单位[:：]?)?(?:人民币|(?:人民币)?(?:百|千|仟|万|亿|百万|千万)?"
    r"(?:元|千分比|百分比|美元|美金|港元|港币|欧元|日元|日圆|英镑|新加坡元|新元|澳元|加元|瑞士法郎|新台币|澳门元|韩元|万元|亿元|%|‰|笔|户|份|张|个|年|月|个月|天|日|期|岁|分|次|倍|bp|%/年|元、%))\)$",
    re.IGNORECASE,
)
#: A percent sign without brackets behind the words of a label (占比%).
_BARE_PERCENT = re.compile(r"(?<=[一-龥])%$")
#: A unit behind a slash at the end of a label (余额/万元, 笔数/笔); 利率/月 and 金额/笔 say of what it is one.
_SLASHED_UNIT = re.compile(r"(?<=[一-龥])/(?:(?:人民币)?(?:百|千|万|亿)?元|%|‰)$|(?<=数)/[笔户份个人]$|(?<=[限龄期])/(?:年|个?月|天)$")


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """Return `text` with look-alike characters folded: NFKC, radicals, dashes, invisible marks.

    Spaces stay, and so do the marks of footnotes.
    """
    if text.isascii():
        return text
    plain = text.translate(_IN_USE)
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


#: The English half of a label in two languages, behind the Chinese one: 税费 Taxes, 加速清偿事件 Accelerated Amortisation Event?
_ENGLISH_HALF = re.compile(r"(?<=[一-龥)])[A-Za-z][A-Za-z'&/.,-]{2,}[A-Za-z?.]$")


#: The letter by which other rows compute with a figure, or how its own is computed: 累计违约金额（A）, 累计违约率（C/A）.
_FORMULA = re.compile(r"(?<=[率额金数比])\((?:[a-z]\d?=)?\(?[a-z]\d?(?:[/+\-*×÷]\(?[a-z]\d?\)?)*(?:[*×]100%)?\)$")


def without_english(text: str) -> str:
    """Return `squeeze(text)` without the English words that repeat a Chinese label behind it."""
    return _ENGLISH_HALF.sub("", squeeze(text))


@lru_cache(maxsize=65_536)
def label_key(text: str) -> str:
    """Return the form in which a printed label is looked up in `mappings/labels`.

    Squeezed, lower case, without footnote marks, without a trailing unit in brackets
    (`单笔贷款最高本金余额（万元）` and `单笔贷款最高本金余额` are the same label) or behind a slash, without a closing colon.
    """
    key = squeeze(text).lower().rstrip(":")
    while True:
        shorter = _FORMULA.sub("", _SLASHED_UNIT.sub("", _BARE_PERCENT.sub("", _UNIT_BRACKET.sub("", _FOOTNOTE.sub("", key))))).rstrip(":")
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


def common_start(texts: Sequence[str]) -> str:
    """The letters with which all texts begin. Raises ValueError without a text."""
    low, high = min(texts), max(texts)
    same = next((i for i, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), min(len(low), len(high)))
    return low[:same]
