"""What a document wraps around a name: role words, short forms, former names, counters, and its English translation.

A short form may stand in brackets or behind a comma, in any kind of quotation marks, with or without 以下简称. What
a remark says is kept, because it is a second opinion: `中信银行股份有限公司（“中信证券”）` is nobody's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from dealproof.institutions.anatomy import is_region
from dealproof.institutions.script import latin_key, plain, quoted
from dealproof.institutions.words import ROLE_WORDS
from dealproof.text import fold

_ROLE = "|".join(sorted(ROLE_WORDS, key=len, reverse=True))
_ROLE_LIST = rf"(?:作为)?(?:本期|本次|本信托)?(?:{_ROLE})(?:[/、及和与暨兼](?:{_ROLE}))*"
_REMARK = re.compile(rf"\((?:作为|代码|本行|本公司|{_ROLE_LIST})[^()]*(?:\([^()]*\))?[^()]*\)")
_FORMER_WORDS = r"(?:原名称?|曾用名|前身为?|更名前|前称|原)[:为]?"
_FORMER = re.compile(rf"\({_FORMER_WORDS}(?P<former>[^()]+(?:\([^()]*\)[^()]*)?)\)*$")
_FORMER_CUT_BY_ROLE = re.compile(rf"(?P<word>\({_FORMER_WORDS})(?:{_ROLE})\)")
_NOT_ONE_NAME = re.compile(rf"^{_FORMER_WORDS}|[,，、;；]")
_RENAMED = re.compile(r"^原(?P<former>.+?)[,，、]?(?:现已?更名为?|现为|已更名为|后更名为)(?P<now>.+)$")
_ROLE_BEFORE = re.compile(rf"^\(?{_ROLE_LIST}\)?[:)]?(?=..)")
#: A role word whose beginning the edge of a column cut off: 荐机构（主承销商）.
_ROLE_END = "|".join(sorted({w[i:] for w in ROLE_WORDS for i in range(len(w) - 1)}, key=lambda w: (-len(w), w)))
_CUT_ROLE_BEFORE = re.compile(rf"^(?:{_ROLE_END})?\((?:{_ROLE})\)(?=..)|^(?:{_ROLE})\)(?=..)")
_ROLE_BEHIND = re.compile(rf"(?:(?<=公司)|(?<=银行)|(?<=合伙\))|(?<=务所))\(?{_ROLE_LIST}\)?$")
_COUNTER = re.compile(r"(?:(?<=公司)|(?<=合伙\))|(?<=务所))[一二三四五六七八九十甲乙0-9]$|^[0-9]+[.、)](?=..)")

#: Behind these a name is whole, and what follows speaks about it.
_WHOLE = r"(?:(?<=公司)|(?<=合伙\))|(?<=务所)|(?<=[银分支]行)|(?<=联社)|(?<=信用社)|(?<=营业部)|(?<=Limited)|(?<=Ltd))"
_ENDS_WHOLE = re.compile(rf".{_WHOLE}$")
_CALLED = re.compile(
    r"^(?:以下|下文|在此|此处|兹)?(?:统一|合并|分别|均)?(?:简称|全称|合称|统称|或称|亦称|又称|又名|下称|英文名?称?)(?:之?为|作|是)?[:]?"
    r"|^(?:以下|下文|在此|此处)(?:均|统)?称?(?:之?为|作)?[:]?|^(?:the|or)?(?:hereinafter|hereafter|herein|alsoknownas)[A-Za-z]*",
    re.IGNORECASE,
)
_QUOTE = re.compile(r'"([^"]*)"?')
#: What may stand between quoted short forms.
_BETWEEN = re.compile(rf"或者?|以?及|和|与|[/、:]|作为|下称|称为?|the|or|and|as|{_ROLE_LIST}", re.IGNORECASE)
_CODE = re.compile(r"^(?:(?:股票|证券|债券|机构|统一社会信用)?代码.*|\d{6}(?:\.[A-Za-z]{2})?)$")
_LATIN = re.compile(r"^[A-Za-z][A-Za-z.,&'\- ]+$")
_LATIN_ABROAD = re.compile(
    r"branch|office|hong\s?kong|maca[uo]|taiwan|asia|singapore|london|international|cayman|^(?:hk|bvi|usa|uk|intl)\.?$",
    re.IGNORECASE,
)
_TAILS = (
    re.compile(rf'{_WHOLE}[,，、]?(?P<tail>"[^"]*"?\)?)$'),
    re.compile(rf"{_WHOLE}[,，、]?(?P<tail>(?:以下|下称|下文|简称|亦称|又称|又名)[^()]*)$"),
)
_LATIN_TAIL = re.compile(rf"{_WHOLE}(?P<tail>[A-Za-z][A-Za-z.,&'\-]{{3,}})$")
_LATIN_HEAD = re.compile(r"^(?P<head>[A-Za-z][A-Za-z.,&'\-]{5,})\(?(?P<now>[\u3400-\u9fff].*(?:公司|合伙\)|务所))\)?$")
_LATIN_BRACKET = re.compile(r"\s*\((?P<inside>[^()]*)\)\s*$")


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """A mention without the remarks around it.

    `former` is the old name that the document itself gives, `called` the short forms that it defines, `removed` all
    that was left out. `latin` is the key of an English name (`script.latin_key`), '' where there are Chinese characters.
    """

    text: str
    former: str = ""
    called: tuple[str, ...] = ()
    removed: str = ""
    latin: str = ""


@lru_cache(maxsize=65_536)
def unwrap(printed: str) -> Unwrapped:
    """Remove role words, short forms, remarks and counters from a name as printed; keep what the remarks say."""
    text = quoted(printed)
    called: list[str] = []
    bare = plain(_without_tails(_without_brackets(text, called), called))
    bare, former = _former_of(bare)
    shown = plain(printed)
    removed = "" if bare == shown else shown.replace(bare, "", 1) if bare in shown else shown
    return Unwrapped(bare, former, tuple(dict.fromkeys(called)), removed, _latin(printed))


def _former_of(text: str) -> tuple[str, str]:
    """Part a name from its former one: `A（原B）`, `原B，现更名为A`."""
    renamed = _RENAMED.match(text)
    if renamed:
        return _bare(renamed["now"]), _bare(renamed["former"].rstrip(",，"))
    text = _FORMER_CUT_BY_ROLE.sub(r"\g<word>", text)
    former = _FORMER.search(text)
    if former and former.start() >= 4:
        now, _ = _former_of(text[: former.start()])
        return now, _bare(former["former"].rstrip(")"))
    return _bare(text), ""


def _bare(text: str) -> str:
    previous = ""
    while previous != text:
        previous = text
        text = _CUT_ROLE_BEFORE.sub("", text)
        text = _ROLE_BEFORE.sub("", _REMARK.sub("", text))
        text = _ROLE_BEHIND.sub("", text)
        text = _COUNTER.sub("", text).strip(" :：()" if text.count("(") != text.count(")") else " :：")
    return text


def _without_brackets(text: str, called: list[str]) -> str:
    """Leave out of every pair of brackets the parts that only say how the name is written short."""
    whole = _full_name_behind(text, called)
    kept: list[str] = []
    at = 0
    for start, end in _brackets(whole):
        head = whole[at:start]
        kept.append(head)
        at = end
        before = "".join(kept).replace('"', "")
        closed = whole[end - 1] == ")"
        parts = list(_parts(whole[start + 1 : end - 1 if closed else end]))
        left = [part for part in parts if not _is_short_form(part, before, called)]
        if len(left) == len(parts) or (not closed and left):
            kept.append(whole[start:end])
        elif left:
            kept.append(f"({','.join(left)})")
    return "".join(kept) + whole[at:]


def _full_name_behind(text: str, called: list[str]) -> str:
    """`浙商银行（浙商银行股份有限公司）`: the name in brackets is the full one where it holds the short one."""
    latin = _LATIN_HEAD.match(text)
    if latin:
        return latin["now"]
    brackets = list(_brackets(text))
    if len(brackets) != 1 or brackets[0][1] != len(text) or not text.endswith(")"):
        return text
    short, full = plain(text[: brackets[0][0]]), plain(_CALLED.sub("", text[brackets[0][0] + 1 : -1]))
    if not _ENDS_WHOLE.search(full) or full.endswith("行") or _NOT_ONE_NAME.search(full):
        return text
    if not 2 <= len(short) < len(full) or not _is_within(short, full):
        return text
    called.append(short)
    return full


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    """Return start and end of every outermost pair of brackets; one that is never closed ends with the text."""
    depth = start = 0
    for place, char in enumerate(text):
        if char == "(":
            start = start if depth else place
            depth += 1
        elif char == ")" and depth:
            depth -= 1
            if not depth:
                yield start, place + 1
    if depth:
        yield start, len(text)


def _parts(inside: str) -> Iterator[str]:
    """Return what stands between commas and semicolons, none of them within quotation marks."""
    part = ""
    within = False
    for char in inside:
        within ^= char == '"'
        if char in ",，;；" and not within:
            yield part
            part = ""
        else:
            part += char
    yield part


def _is_short_form(part: str, head: str, called: list[str]) -> bool:
    """Whether a part of a remark does nothing but name the institution another way."""
    word = _CALLED.match(part)
    rest = part[word.end() :] if word else part
    names = [plain(name) for name in _QUOTE.findall(rest)]
    if word or (names and not _BETWEEN.sub("", _QUOTE.sub("", rest))):
        called += names or [plain(rest)]
        return True
    if not part or names or not _ENDS_WHOLE.search(head):
        return not part
    if _CODE.match(part) or (_LATIN.match(part) and not _LATIN_ABROAD.search(part)):
        return True
    if 2 <= len(part) < len(head) and _is_within(part, head) and not is_region(part):
        called.append(part)
        return True
    return False


def _without_tails(text: str, called: list[str]) -> str:
    """Leave out a short form or a translation that follows a whole name without brackets."""
    for pattern in _TAILS:
        found = pattern.search(text)
        if found and _is_balanced(text[: found.start("tail")]):
            called += [plain(name) for name in _QUOTE.findall(found["tail"])]
            text = text[: found.start()]
    latin = _LATIN_TAIL.search(text)
    if latin and not _LATIN_ABROAD.search(latin["tail"]) and not text.isascii():
        text = text[: latin.start("tail")]
    return text


def _is_balanced(text: str) -> bool:
    return text.count("(") == text.count(")") and text.count('"') % 2 == 0


def _is_within(short: str, full: str) -> bool:
    """Whether the characters of `short` stand in `full` in the same order."""
    letters = iter(full)
    return all(letter in letters for letter in short)


def _latin(printed: str) -> str:
    """Return the key of an English name without a short form in brackets: `Bank of China Limited (the "Bank")`."""
    text = fold(printed)
    called: list[str] = []
    while (found := _LATIN_BRACKET.search(text)) and (
        _is_short_form(quoted(found["inside"]), "", called) or _are_initials(found["inside"], text[: found.start()])
    ):
        text = text[: found.start()]
    return latin_key(text)


def _are_initials(short: str, name: str) -> bool:
    initials = "".join(word[0] for word in re.findall(r"[A-Za-z]+", name)).upper()
    return len(short) >= 3 and short.isupper() and short.isalpha() and _is_within(short, initials)
