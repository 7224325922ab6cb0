"""What a printed label means by its parts: cut wholly into known words, and held against the rows of fields. Pure.

A label that cannot be cut wholly means nothing, and so does one of whose parts a field does not allow one, one that two
fields fit alike, one whose remark in brackets, other half behind a slash or other language says another field, and one
whose printed unit the field cannot have. Silence is only a question; a wrong field is a wrong value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from dealproof.mappings.fields import JOINED, JOINT
from dealproof.mappings.vocabulary import DATED, PAST_DUE, FieldRow, Vocabulary, Word
from dealproof.text import label_key, squeeze
from dealproof.values.units import find_units

#: Longer texts are sentences, not labels.
_LONGEST = 60
_DATE = re.compile(r"\d{4}年\d{1,2}月(?:\d{1,2}日|末|底)?|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}")
#: Stands for a printed date while a label is cut.
_DATE_SIGN = "\ue000"
_DATE_WORD = Word(_DATE_SIGN, frozenset((DATED,)), "")
#: The period before, however it is called: 上一期间, 上收款期间末, 前一个报告期.
_BEFORE = re.compile(
    r"(?:上|(?<![提目当以之])前)(?:一)?(?:个|次)?(?:本)?(?:收款|报告|归集|计息|支付|统计|核算|回收|兑付|分配)?(?:期间|期|季度|季|月)(?![限数前])"
)
_BEFORE_SIGN = "\ue001"
_BEFORE_WORD = Word(_BEFORE_SIGN, frozenset(("period:previous",)), "")
#: Days past due from which something counts, however that is written: 90+天, 逾期超过90日, 拖欠90天(含)以上, 90天以上逾期.
_OVERDUE = r"(?:逾期|拖欠|超期)"
_DAYS = re.compile(
    rf"{_OVERDUE}?(?:超过|大于|达到?)?(?<![\d.,~至-])(?P<days>\d{{1,3}})(?:个?自然)?(?:天|日)?"
    rf"(?:\((?:不)?含\))?(?:(?P<over>及?以上|\+)(?:天|日)?)?(?![\d.~至-]){_OVERDUE}?"
)
_OVER = re.compile(r"超过|大于|达到?")
#: Stands, moved by its number, for such a word while a label is cut.
_DAYS_SIGN = 0xE100
_DAYS_WORDS = [Word(chr(_DAYS_SIGN + days), frozenset((f"days:d{days}",)), "") for days in PAST_DUE]
_BUILT_IN = {word.text: word for word in (*_DAYS_WORDS, _DATE_WORD, _BEFORE_WORD)}
_BRACKET = re.compile(r"\(([^()]*)\)")
#: A unit of money of the English half of a label: RMB, RMB 10,000, in RMB million.
_ENGLISH_UNIT = re.compile(r"(?:in)?(?:rmb|cny)(?:yuan)?(?:[\d,]+|'?000s?|thousand|million|billion)?")
_APART = re.compile(r"[,、;]")
_NUMBERED = re.compile(r"^(?:\([一二三四五六七八九十\d]{1,2}\)|[一二三四五六七八九十]{1,2}、|\d{1,2}[、.](?!\d))")
#: Words that join two names of one thing (牵头主承销商及簿记管理人).
_AND = re.compile(r"[及和与、]|以及")
_EXTREMES = frozenset(("statistic:minimum", "statistic:maximum"))
#: Words of a half that says of what it is the largest or the mean.
_OBJECT_AND_STATISTIC = 2
_LATIN = re.compile(r"[a-z][a-z0-9'&+\-.]*")
_UNIT_OF = {"money": "money", "pct": "pct", "count": "count", "years": "term", "age": "age", "score": "score"}
#: Ages stand in years too; terms are printed in periods, which units take for a count.
_ALSO = {"age": ("term",), "years": ("count",), "score": ("count",)}


@dataclass(frozen=True, slots=True)
class Cut:
    """A label in the words that are known of it, and the stretches that are not."""

    words: tuple[Word, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Understood:
    """A field that a label means, with the row of the field and the words that say so."""

    row: FieldRow
    words: tuple[Word, ...]

    @property
    def extreme(self) -> str:
        """Whether the smallest or the largest value is meant; '' for neither."""
        said = _EXTREMES.intersection(*[one for one in self.row.needs if one <= _EXTREMES])
        return next(iter(said), "") if len(said) == 1 else ""

    @property
    def apart(self) -> tuple[frozenset[str], ...]:
        """What the field needs besides being the smallest or the largest."""
        return tuple(one for one in self.row.needs if not one <= _EXTREMES)

    @property
    def why(self) -> str:
        """The words with their parts: `累计 period:cumulative + 违约 object:default`."""
        return " + ".join(f"{word.text} {' '.join(sorted(word.parts))}" for word in self.words if word.where)


class Parts:
    """Reads labels with one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._longest = vocabulary.longest
        self._read = lru_cache(maxsize=16_384)(self._understood)

    def find(self, group: str, text: str) -> Understood | None:
        """The field of `group` that a printed label means, or None."""
        return self._read(group, text) if group in self.vocabulary.fields else None

    def cut(self, text: str) -> Cut:
        """The words of a label as far as they are known, with as few unknown characters as can be."""
        key = re.sub(r"[()/]", "", _signed(label_key(text)))[:_LONGEST]
        best: dict[int, tuple[int, int, int]] = {len(key): (0, 0, 0)}
        for start in range(len(key) - 1, -1, -1):
            strange = 0 if _built_in(key[start]) is not None else 1
            ways = [(best[start + 1][0] + strange, best[start + 1][1] + 1, start + 1)]
            for stop in range(start + 1, min(len(key), start + self._longest) + 1):
                if key[start:stop] in self.vocabulary.words:
                    ways.append((best[stop][0], best[stop][1] + 1, stop))
            best[start] = min(ways)
        words, unknown, at = [], "", 0
        while at < len(key):
            stop = best[at][2]
            known = _built_in(key[at]) or self.vocabulary.words.get(key[at:stop])
            words += [known] if known else []
            unknown += "\n" if known else key[at:stop]
            at = stop
        return Cut(tuple(words), tuple(unknown.split()))

    def _understood(self, group: str, text: str) -> Understood | None:
        key = _signed(_NUMBERED.sub("", label_key(text)))
        if not key or len(key) > _LONGEST:
            return None
        found = self._bracketed(group, key)
        return found if found is not None and has_unit_of(found.row, text) else None

    def _bracketed(self, group: str, key: str) -> Understood | None:
        """A label with remarks in brackets: each must be a unit, say the same, or be a part that the field allows."""
        remarks = [remark for printed in _BRACKET.findall(key) if (remark := _without_units(printed))]
        base = _BRACKET.sub("", key)
        if not base or "(" in base or ")" in base:
            return None
        if not remarks:
            return self._halves(group, base)
        whole = self._of_words(group, [base, *remarks])
        if whole is not None:
            return whole
        found = [self._halves(group, text) for text in (base, *remarks)]
        return _agreed(found)

    def _halves(self, group: str, key: str) -> Understood | None:
        """A label, or two that say the same: behind a slash, or in two languages."""
        whole = self._of_words(group, [key])
        if whole is not None:
            return whole
        if "/" in key:
            halves = key.split("/")
            return self._slashed(group, halves) or self._two_values(group, halves)
        if len(both := _AND.split(key)) > 1:
            return _agreed([self._of_words(group, [half]) for half in both])
        latin = "".join(_LATIN.findall(key))
        other = _LATIN.sub("", key)
        return _agreed([self._of_words(group, [latin]), self._of_words(group, [other])]) if latin and other else None

    def _slashed(self, group: str, halves: Sequence[str]) -> Understood | None:
        """`A/B`, where B may leave out the beginning of A, and A the end of B (发行规模/金额, 登记/支付代理机构)."""
        cuttings = [next(iter(self.cuttings(half)), ()) for half in halves]
        if not all(cuttings):
            return None
        heads = [_joined(cuttings[0][:size]) for size in range(1, len(cuttings[0]))]
        tails = [_joined(cuttings[-1][size:]) for size in range(1, len(cuttings[-1]))]
        readings = []
        for at, half in enumerate(halves):
            longer = [half, *(head + half for head in heads if at), *(half + tail for tail in tails if at + 1 < len(halves))]
            found = [read for text in longer if (read := self._of_words(group, [text])) is not None]
            readings.append(_agreed(found) if found else None)
        return _agreed(readings)

    def _two_values(self, group: str, halves: Sequence[str]) -> Understood | None:
        """`单笔贷款最短/最长剩余期限`: the smallest and the largest value in one cell; each half may leave out what both share."""
        if group not in JOINED or len(halves) != 2:
            return None
        one, other = (next(iter(self.cuttings(half)), ()) for half in halves)
        at, behind = _extreme_at(one), _extreme_at(other)
        if at is None or behind is None:
            return self._two_figures(group, one, other)
        first = self._of_words(group, [halves[0]]) or self._of_words(group, [halves[0] + _joined(other[behind + 1 :])])
        last = self._of_words(group, [halves[1]]) or self._of_words(group, [_joined(one[:at]) + halves[1]])
        if first is None or last is None or {first.extreme, last.extreme} != _EXTREMES:
            return None
        row = replace(first.row, field=f"{first.row.field}{JOINT}{last.row.field}")
        return Understood(row, (*first.words, *last.words)) if first.apart == last.apart else None

    def _two_figures(self, group: str, one: Sequence[Word], other: Sequence[Word]) -> Understood | None:
        """`单笔最高/平均本金余额`, `加权平均合同期限/剩余期限`: two fields of one type, of which each half may leave out what both
        share; None where either half can mean two."""
        firsts = [self._of_words(group, [_joined(one) + _joined(other[at:])]) for at in range(len(other) + 1)]
        lasts = [self._of_words(group, [_joined(one[:at]) + _joined(other)]) for at in range(len(one) + 1)]
        named = [{found.row.field: found for found in each if found is not None} for each in (firsts, lasts)]
        if any(len(each) != 1 for each in named) or len(one) < _OBJECT_AND_STATISTIC or not other:
            return None
        first, last = (next(iter(each.values())) for each in named)
        if first.row.field == last.row.field or first.row.type != last.row.type or first.row.type == "count":
            return None
        return Understood(replace(first.row, field=f"{first.row.field}{JOINT}{last.row.field}"), (*first.words, *last.words))

    def _of_words(self, group: str, texts: Sequence[str]) -> Understood | None:
        """The one field that the cuttings of some texts, taken together, mean; a cutting that means nothing is none
        (报告期 末, not 报告 期末)."""
        readings: list[tuple[Word, ...]] = [()]
        for text in texts:
            readings = [(*before, *words) for before in readings for words in self.cuttings(text)]
        return _agreed([read for words in readings if (read := self._field(group, words)) is not None])

    def _field(self, group: str, words: Sequence[Word]) -> Understood | None:
        parts = frozenset().union(*(word.parts for word in words))
        rows = [row for row in self.vocabulary.fields[group] if row.fits(parts)]
        if not rows or len({row.field for row in rows}) > 1:
            return None
        return Understood(rows[0], tuple(words))

    def cuttings(self, text: str) -> list[tuple[Word, ...]]:
        """The ways to cut a text wholly into the fewest known words (借款人 数量, not 借款 人数 量)."""
        found = _paths(text, self._ends(text))
        fewest = min(map(len, found), default=0)
        return [cut for cut in found if len(cut) == fewest]

    def _ends(self, text: str) -> dict[int, list[Word]]:
        """The words that begin at each place and from whose end the rest can be cut, too."""
        words = self.vocabulary.words
        good: dict[int, list[Word]] = {len(text): []}
        for start in range(len(text) - 1, -1, -1):
            if (sign := _built_in(text[start])) is not None and start + 1 in good:
                good[start] = [sign]
                continue
            longest = start + self._longest
            pieces = [text[start:stop] for stop in reversed(good) if stop <= longest]  # by their ends, the nearest first
            here = [words[piece] for piece in pieces if piece in words]
            if here:
                good[start] = here
        return good


def _signed(key: str) -> str:
    """A label with one sign for each date, each period before and each count of days past due, which are built in."""
    return _DAYS.sub(_days_sign, _BEFORE.sub(_BEFORE_SIGN, _DATE.sub(_DATE_SIGN, key)))


def _days_sign(found: re.Match[str]) -> str:
    """The sign of a word for days past due; the text itself where it says no "more than"."""
    days = int(found["days"])
    return chr(_DAYS_SIGN + days) if days in PAST_DUE and (found["over"] or _OVER.search(found.group())) else found.group()


def _built_in(sign: str) -> Word | None:
    """The word that a sign stands for."""
    return _BUILT_IN.get(sign)


#: Cuttings of one text that are looked at; a text with more is no label.
_MOST = 200


def _paths(text: str, ends: dict[int, list[Word]]) -> list[tuple[Word, ...]]:
    paths: list[tuple[int, tuple[Word, ...]]] = [(0, ())]
    whole: list[tuple[Word, ...]] = []
    while paths:
        at, words = paths.pop()
        if at == len(text):
            whole.append(words)
        else:
            paths += [(at + len(word.text), (*words, word)) for word in ends.get(at, ())]
        if len(paths) + len(whole) > _MOST:
            return []
    return whole


def _joined(words: Sequence[Word]) -> str:
    return "".join(word.text for word in words)


def _extreme_at(words: Sequence[Word]) -> int | None:
    """Where the word for the smallest or the largest stands, None where there is not just one."""
    found = [at for at, word in enumerate(words) if word.parts & _EXTREMES]
    return found[0] if len(found) == 1 else None


def _agreed(found: Sequence[Understood | None]) -> Understood | None:
    """The first of several readings, where every one is understood and all say the same field."""
    known = [read for read in found if read is not None]
    if not known or len(known) < len(found) or len({read.row.field for read in known}) > 1:
        return None
    return known[0]


def _without_units(remark: str) -> str:
    """What a remark says besides units (90+,%); empty where it is nothing but one."""
    return "".join(piece for piece in _APART.split(remark) if not _is_unit(piece))


def without_unit_brackets(key: str) -> str:
    """A label without the brackets, wherever they stand, that hold units and nothing else: 本次付息金额(元)interestpaid(rmb)."""
    return _BRACKET.sub(lambda found: found.group() if _without_units(found.group(1)) else "", key)


def _is_unit(piece: str) -> bool:
    """Whether a remark is a unit; a share of a month or of 100 of face value (%/月, 元/百元) is another figure."""
    plain = "/" not in piece or piece == "%/年"
    return plain and (bool(find_units(f"({piece})")) or piece in ("人民币", "单位") or bool(_ENGLISH_UNIT.fullmatch(piece)))


def has_unit_of(row: FieldRow, text: str) -> bool:
    """Whether the units that a label prints, if any, are such as the field can have."""
    wanted = _UNIT_OF.get(row.type)
    kinds = {unit.kind for bracket in _BRACKET.findall(squeeze(text).lower()) for unit in find_units(f"({bracket})")}
    if not kinds or row.type == "any":
        return True
    return wanted is not None and bool(kinds & {wanted, *_ALSO.get(row.type, ())})
