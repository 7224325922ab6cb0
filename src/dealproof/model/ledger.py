"""What became of every figure of a document: read as a fact, ignored by a named rule, or asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from dealproof.model.evidence import Box

Account = Literal["fact", "ignored", "asked", "open"]
Rule = Literal[
    "label",
    "date",
    "serial number",
    "total",
    "label row",
    "another period",
    "no field",
    "said elsewhere",
    "foreign section",
    "loan list",
    "contents",
    "numbering",
    "condition",
    "forecast",
    "definition",
    "nothing wanted",
    "small print",
]
#: Why a figure may be left, in words for people.
RULES: dict[Rule, str] = {
    "label": "part of a name, a label or an address",
    "date": "a day, month or year beside figures",
    "serial number": "the number of a row",
    "total": "a total of figures that were read, or in a row or column of totals",
    "label row": "its label is left on purpose by a row of a label file",
    "another period": "a column of another period than the reported one",
    "no field": "understood, and the dataset has no field for it",
    "said elsewhere": "the same figure is a fact of the document already",
    "foreign section": "not this deal's own data: its caption or heading says so",
    "loan list": "a list of single loans",
    "contents": "a table of contents",
    "numbering": "numbers of pages, clauses, laws, telephones and codes",
    "condition": "a limit, a threshold or an obligation",
    "forecast": "expected, assumed or simulated",
    "definition": "a definition",
    "nothing wanted": "no word near it speaks of anything that is wanted",
    "small print": "a page without the words of a wanted table",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """The figures of one place, a cell or a stretch of text: how many there are, and what became of them.

    `rule` says why they were ignored; `near` names what they stand under and beside, as far as it is known; `table` is that
    of the dataset which open figures seem to belong to.
    """

    page: int
    box: Box
    text: str
    figures: int
    account: Account
    rule: Rule | None = None
    near: str = ""
    table: str = ""


@dataclass(frozen=True, slots=True)
class Sums:
    """How many figures of a document ended where; `ignored` by rule, in the order of the rules."""

    fact: int = 0
    asked: int = 0
    open: int = 0
    ignored: tuple[tuple[str, int], ...] = ()

    @property
    def is_closed(self) -> bool:
        """Whether no figure is unaccounted for."""
        return not self.open

    @property
    def ignored_total(self) -> int:
        """All figures that were ignored."""
        return sum(number for _, number in self.ignored)


def sums_of(entries: Iterable[Entry]) -> Sums:
    """Add up what became of figures."""
    accounts: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    for entry in entries:
        accounts[entry.account] += entry.figures
        if entry.rule is not None:
            rules[entry.rule] += entry.figures
    ignored = tuple((rule, rules[rule]) for rule in RULES if rules[rule])
    return Sums(accounts["fact"], accounts["asked"], accounts["open"], ignored)
