"""Which pages deserve the careful readers, and why. Pure: page texts and labels in, reasons out.

A page qualifies when it shows table lines and speaks the vocabulary of a wanted table. A page after a qualifying
one qualifies too when it starts with table lines: tables run over page breaks without repeating their words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from dealproof.mappings.labels import Labels
from dealproof.model.page import PageText
from dealproof.text import squeeze

#: Label groups whose words make a page interesting.
WANTED = (
    "tranches", "tranche_payments", "pool_stats", "pool_distributions", "performance", "delinquency",
    "revolving_purchases", "cash_flows", "triggers", "parties", "dates",
)  # fmt: skip
#: Labels shorter than this are words of everyday prose (金额, 占比) and prove nothing.
MIN_LABEL = 4
#: English labels are words of prose as well; only long ones speak for a table.
MIN_ENGLISH = 13
#: Different labels that a page must show.
MIN_LABELS = 2
_TABULAR = re.compile(r"\S\s{2,}\S|\t")
_LEADER = re.compile(r"\.{5,}|…{2,}|·{5,}")


@dataclass(frozen=True, slots=True)
class Choice:
    """One page chosen for the careful readers, with the reason in words."""

    page: int
    why: str


def choose_pages(pages: Sequence[PageText], labels: Labels) -> tuple[Choice, ...]:
    """Return the pages that can hold a wanted table, in page order."""
    words = _words(labels)
    chosen: dict[int, str] = {}
    for page in pages:
        if not page.is_readable or not page.lines:
            continue
        tabular = _table_lines(page)
        if tabular < 2 and not _short_lines(page):
            continue
        text = squeeze(page.text).lower()
        hits = [word for word in words if word in text]
        if len(hits) >= MIN_LABELS and (tabular >= 2 or len(hits) >= 4):
            chosen[page.number] = "labels " + ", ".join(hits[:4])
    _add_continuations(pages, chosen)
    return tuple(Choice(number, chosen[number]) for number in sorted(chosen))


def _words(labels: Labels) -> tuple[str, ...]:
    keys = {key for group in WANTED for key in labels.keys(group)}
    found = {key for key in keys if len(key) >= (MIN_ENGLISH if key.isascii() else MIN_LABEL)}
    return tuple(sorted(found))


def _table_lines(page: PageText) -> int:
    return sum(1 for line in page.lines if _TABULAR.search(line.text.strip()) and not _LEADER.search(line.text))


def _short_lines(page: PageText) -> bool:
    """Whether most lines are short, as where each cell stands on a line of its own."""
    short = sum(1 for line in page.lines if len(line.text.strip()) <= 20)
    return len(page.lines) >= 6 and 2 * short >= len(page.lines)


def _add_continuations(pages: Sequence[PageText], chosen: dict[int, str]) -> None:
    for before, page in pairwise(pages):
        if before.number in chosen and page.number not in chosen and _starts_tabular(page) and _ends_tabular(before):
            chosen[page.number] = f"continues page {before.number}"


def _starts_tabular(page: PageText) -> bool:
    return any(_TABULAR.search(line.text.strip()) for line in page.lines[:2])


def _ends_tabular(page: PageText) -> bool:
    return any(_TABULAR.search(line.text.strip()) for line in page.lines[-3:])
