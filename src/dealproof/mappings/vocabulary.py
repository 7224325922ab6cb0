"""The vocabulary of labels by their parts: the analysts' rows in `mappings/labels/words.csv` and `fields.csv`.

`words.csv` (`word,parts,note`) says what each printed word adds to a label: 累计 is `period:cumulative`, 笔均 is
`statistic:average object:single`. `fields.csv` (`group,field,type,needs,may,note`) says of which parts a field is made:
those that it needs, those that may stand beside them, and what kind of quantity it is. `parts.py` reads labels with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dealproof.mappings.fields import FIELDS, mistake_in_field, nearest
from dealproof.mappings.findings import Finding
from dealproof.mappings.layout import NOTE, Layout, column, word_column
from dealproof.mappings.sheet import SheetRow, read_sheet
from dealproof.mappings.usable import usable_rows
from dealproof.text import squeeze

WORDS, FIELD_ROWS = "words.csv", "fields.csv"
FILES = (WORDS, FIELD_ROWS)
#: What kinds of value a field can hold; `text` names, words and dates.
TYPES = ("money", "pct", "count", "years", "age", "score", "text", "any")
_TYPES_ZH = {"金额": "money", "百分数": "pct", "数量": "count", "期限": "years", "年龄": "age", "评分": "score", "文字": "text"}
#: Joins parts of which one is enough: `quantity:balance|quantity:principal`.
OR = "|"
#: Stands in `may` for every part of a kind: `days:*`.
EVERY = "*"
#: The kind of parts that may stand in any label (的, 值, 情况).
FILLER = "filler"
_PART = re.compile(r"[a-z_]+:(?:[a-z0-9_]+|\*)")
_WORD_LAYOUT = Layout(
    f"labels/{WORDS}",
    (column("word", "词", "字词", needed=True), column("parts", "成分", needed=True), NOTE),
    row="标签中的一个词 a word of labels",
    key=("word",),
)
_FIELD_LAYOUT = Layout(
    f"labels/{FIELD_ROWS}",
    (
        column("group", "标签文件", "组", needed=True),
        column("field", "字段", needed=True),
        word_column("type", "类型", own=TYPES, others=_TYPES_ZH, needed=True),
        column("needs", "必有", needed=True),
        column("may", "可有"),
        NOTE,
    ),
    row="字段的一种组成 one way to say a field",
    key=("group", "field", "needs"),
)
LAYOUTS: Mapping[str, Layout] = {WORDS: _WORD_LAYOUT, FIELD_ROWS: _FIELD_LAYOUT}
_EXAMPLE = "Parts look like period:cumulative, several parted by spaces."


@dataclass(frozen=True, slots=True)
class Word:
    """A word of labels (as `label_key` writes them) with the parts that it adds; `where` names its row."""

    text: str
    parts: frozenset[str]
    where: str


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One way to say a field: of every set in `needs` one part must stand in the label, and none beyond `may`.

    `kinds` are the kinds of which every part may stand there (`days:*`).
    """

    group: str
    field: str
    type: str
    needs: tuple[frozenset[str], ...]
    may: frozenset[str]
    kinds: frozenset[str]
    where: str

    def fits(self, parts: frozenset[str]) -> bool:
        """Whether a label of these parts says the field."""
        return all(parts & one for one in self.needs) and not self.unwanted(parts)

    def unwanted(self, parts: frozenset[str]) -> frozenset[str]:
        """The parts of a label that this row does not allow."""
        allowed = self.may.union(*self.needs)
        return frozenset(p for p in parts - allowed if (kind := p.partition(":")[0]) not in self.kinds and kind != FILLER)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All words by their text, and the rows of fields by their group. Empty where the files are not there."""

    words: Mapping[str, Word] = field(default_factory=dict)
    fields: Mapping[str, tuple[FieldRow, ...]] = field(default_factory=dict)

    @property
    def longest(self) -> int:
        """Length of the longest word."""
        return max(map(len, self.words), default=0)


def read_vocabulary(contents: Mapping[Path, bytes], findings: list[Finding]) -> Vocabulary:
    """Read both files; a row that cannot be used adds a finding and is left out."""
    rows = {path.name: list(_rows(path, content, findings)) for path, content in contents.items() if path.name in FILES}
    words = _words(rows.get(WORDS, []), findings)
    fields = _fields(rows.get(FIELD_ROWS, []), findings)
    findings += _misspelt(rows.get(FIELD_ROWS, []), words)
    by_group = {group: tuple(row for row in fields if row.group == group) for group in FIELDS}
    return Vocabulary(words, {group: own for group, own in by_group.items() if own})


def _rows(path: Path, content: bytes, findings: list[Finding]) -> Iterable[SheetRow]:
    return usable_rows(read_sheet(path, content), LAYOUTS[path.name], findings, file=_file(path.name))


def _file(name: str) -> str:
    return f"labels/{name}"


def _words(rows: Iterable[SheetRow], findings: list[Finding]) -> dict[str, Word]:
    words: dict[str, Word] = {}
    for row in rows:
        text, parts = squeeze(row["word"]).lower(), frozenset(row["parts"].split())
        other = words.get(text)
        if (wrong := _mistake(row, text, parts)) is None and other is not None and other.parts != parts:
            said = " ".join(sorted(other.parts))
            wrong = "word", f"{row['word']} already means {said} ({other.where}).", "Delete one of the two rows."
        if wrong is not None:
            findings.append(Finding(_file(WORDS), row.line, *wrong))
        else:
            words.setdefault(text, Word(text, parts, f"{_file(WORDS)}:{row.line}"))
    return words


def _mistake(row: SheetRow, text: str, parts: Iterable[str]) -> tuple[str, str, str] | None:
    if not text or not parts:
        return "word", "word and parts must both be filled.", "Fill or delete the row."
    bad = next((part for part in parts if not _PART.fullmatch(part) or part.endswith(EVERY)), "")
    return ("parts", f"{bad!r} is no part.", _EXAMPLE) if bad else None


def _fields(rows: Iterable[SheetRow], findings: list[Finding]) -> list[FieldRow]:
    fields = []
    for row in rows:
        if (wrong := _mistake_in_row(row)) is not None:
            findings.append(Finding(_file(FIELD_ROWS), row.line, *wrong))
            continue
        needs = tuple(frozenset(one.split(OR)) for one in row["needs"].split())
        may = row["may"].split()
        kinds = frozenset(part.partition(":")[0] for part in may if part.endswith(EVERY))
        where = f"{_file(FIELD_ROWS)}:{row.line}"
        fields.append(FieldRow(row["group"], row["field"], row["type"], needs, frozenset(may), kinds, where))
    return fields


def _mistake_in_row(row: SheetRow) -> tuple[str, str, str] | None:
    """What is wrong with a row of fields: column, message, remedy."""
    if row["group"] not in FIELDS:
        meant = nearest(row["group"], FIELDS)
        to_do = f"Did you mean {meant}? " if meant else ""
        return "group", f"no group of labels is called {row['group']!r}.", f"{to_do}The groups: {', '.join(FIELDS)}."
    if (wrong := mistake_in_field(row["group"], row["field"])) is not None:
        return "field", *wrong
    if row["type"] not in TYPES:
        return "type", f"type {row['type']!r} is unknown.", f"Use one of {', '.join(TYPES)}."
    for name in ("needs", "may"):
        bad = next((part for part in re.split(r"[\s|]+", row[name]) if part and not _PART.fullmatch(part)), "")
        if bad:
            return name, f"{bad!r} is no part.", _EXAMPLE
    if not row["needs"] or EVERY in row["needs"]:
        return "needs", "a field needs at least one part, each written out.", _EXAMPLE
    return None


def _misspelt(rows: Iterable[SheetRow], words: Mapping[str, Word]) -> Iterator[Finding]:
    """Parts of fields that no word has: the row could never be met, or allows less than it says."""
    said = frozenset().union(*(word.parts for word in words.values())) | BUILT_IN
    for row in rows:
        for name in ("needs", "may"):
            for part in re.split(r"[\s|]+", row[name]):
                if part and _PART.fullmatch(part) and not part.endswith(EVERY) and part not in said:
                    meant = nearest(part, said)
                    remedy = f"Did you mean {meant}?" if meant else f"Add a word to {WORDS}, or take the part out."
                    yield Finding(_file(FIELD_ROWS), row.line, name, f"no word of {WORDS} has the part {part}.", remedy)


#: Parts that no row of words gives: a printed date within a label, and the days past due from which something counts.
DATED = "period:dated"
PAST_DUE = (1, 30, 60, 90, 120, 180)
BUILT_IN = frozenset((DATED, *(f"days:d{days}" for days in PAST_DUE)))
