"""What an analysts' file looks like, as data: its columns, their Chinese headers, what their cells may hold and must hold.

Each file's module states its layout once, beside what its rows mean; `files.py` lists them. Headers and words are found whatever their letter
case, spaces and underscores: `Right Value`, `right_value` and `正确值` are one column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

from dealproof.mappings.findings import Mistake
from dealproof.text import fold

#: What a cell holds: `identity` is a key, `deal` the key of a deal, `value` a figure, `word` one of few words.
Kind = Literal["text", "date", "identity", "deal", "value", "word"]
_APART = re.compile(r"[\s_\-]+")
#: Likeness (1 is the same) from which a header counts as a misspelt one.
_MISSPELT = 0.75
_NO_WORDS: Mapping[str, str] = {}


class SheetCells(Protocol):
    """A row of a file, asked for a cell by the name of its column; '' where there is none."""

    def __getitem__(self, name: str, /) -> str: ...


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `zh` are its Chinese headers, the usual one first; `words` lead from other words to the file's own.

    `needed` says that the file must have the column. `own` are the only words that a cell may hold, besides nothing where
    `blank` says so. `absent` is what a person is told of an empty cell, `how` what to do about another word: sentences.
    """

    name: str
    zh: tuple[str, ...]
    kind: Kind = "text"
    needed: bool = False
    words: Mapping[str, str] = field(default_factory=dict)
    own: tuple[str, ...] = ()
    blank: bool = True
    absent: tuple[str, str] | None = None
    how: str = ""

    def mistake(self, text: str) -> Mistake | None:
        """What is wrong with a cell by itself, None where nothing is."""
        if not text and self.absent is not None:
            return self.name, *self.absent
        if not self.own or text in self.own or (self.blank and not text):
            return None
        rest = ", or leave it empty" if self.blank or "" in self.own else ""
        return self.name, f"{text!r} is unknown.", self.how or f"Use one of {', '.join(filter(None, self.own))}{rest}."

    def word(self, text: str) -> str:
        """The file's own word for a cell, or the cell where nothing is known of it."""
        return self.words.get(spelling(text), text) if text else text


@dataclass(frozen=True, slots=True)
class Layout:
    """One file: its columns, in the order in which a new one is written.

    `row` says what a row is, in Chinese and English; `key` are the columns that say together what a row is about, and
    `span` the first and the last day for which it holds.
    """

    file: str
    columns: tuple[Column, ...]
    row: str = ""
    key: tuple[str, ...] = ()
    span: tuple[str, str] | None = None
    _by_spelling: Mapping[str, Column] = field(init=False, repr=False, compare=False, default_factory=dict)
    _choosy: tuple[Column, ...] = field(init=False, repr=False, compare=False, default=())

    def __post_init__(self) -> None:
        """Work out once under which headers a column may stand, and which columns do not take every text."""
        found = {spelling(header): column for column in self.columns for header in (column.name, *column.zh)}
        object.__setattr__(self, "_by_spelling", found)
        choosy = tuple(column for column in self.columns if column.own or column.absent is not None)
        object.__setattr__(self, "_choosy", choosy)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all columns."""
        return tuple(column.name for column in self.columns)

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns without which rows say nothing, or something else."""
        return tuple(column.name for column in self.columns if column.needed)

    def mistakes(self, row: SheetCells) -> Iterator[Mistake]:
        """What is wrong with the cells of a row, whatever they mean."""
        for column in self._choosy:
            if wrong := column.mistake(row[column.name]):
                yield wrong
        if self.span is not None:
            first, last = (row[name] for name in self.span)
            if first and last and first > last:
                yield self.span[1], "it ends before it begins.", "Swap the two dates."

    def key_of(self, row: SheetCells) -> tuple[str, ...]:
        """What a row is about: two rows of one key say the same, or contradict each other."""
        return tuple(row[name] for name in self.key)

    def column(self, header: str) -> Column | None:
        """The column that stands under a header, in either language; None for an analyst's own."""
        return self._by_spelling.get(spelling(header))

    def name(self, header: str) -> str:
        """The name of the column under a header; an analyst's own keeps its header."""
        column = self.column(header)
        return column.name if column is not None else header

    def misspelt(self, header: str, missing: Iterable[str]) -> str:
        """The missing column that a header was meant to name, '' where it is like none of them."""
        from rapidfuzz.distance import OSA

        meant = [
            (OSA.normalized_similarity(spelling(header), spelling(known)), column.name)
            for column in self.columns
            if column.name in set(missing)
            for known in (column.name, *column.zh)
        ]
        likeness, name = max(meant, default=(0.0, ""))
        return name if header and likeness >= _MISSPELT else ""


def column(
    name: str, *zh: str, kind: Kind = "text", needed: bool = False, absent: tuple[str, str] | None = None
) -> Column:
    """A column of text, dates, keys or values."""
    return Column(name, zh, kind, needed, absent=absent)


def word_column(
    name: str, *zh: str, own: Iterable[str], others: Mapping[str, str] = _NO_WORDS, needed: bool = False, blank: bool = False,
    how: str = "",
) -> Column:  # fmt: skip
    """A column of few words: `own` as the program writes them, `others` with the own word that each means."""
    own = tuple(own)
    words = {spelling(word): word for word in own} | {spelling(word): meant for word, meant in others.items()}
    return Column(name, zh, "word", needed, words, own, blank, how=how)


def spelling(text: str) -> str:
    """The form in which headers and words are compared: no spaces, underscores or hyphens, any letter case."""
    return _APART.sub("", fold(text)).casefold() or text.strip()


DECIDED_BY = column("decided_by", "决定人", "经办人", "复核人")
DECIDED_ON = column("decided_on", "日期", "决定日期", kind="date")
REASON = column("reason", "理由", "原因", "依据")
NOTE = column("note", "备注")
