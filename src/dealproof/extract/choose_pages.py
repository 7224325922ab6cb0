"""Which pages deserve the careful readers, and why. Pure: page texts and labels in, reasons out.

A page qualifies when it shows table lines and speaks the vocabulary of a wanted table, or when one of its lines is a header
of counts, amounts and their shares: such tables have names of their own in every document. A page after a qualifying
one qualifies too when it starts with table lines: tables run over page breaks without repeating their words. Lists of
single loans hold nothing that is wanted: their lines neither speak for a page nor go on with anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from dealproof.extract.loan_list import loan_lists, without_loan_list
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
#: A line longer than this is no caption.
LONGEST_CAPTION = 45
#: Different labels that a page must show.
MIN_LABELS = 2
#: Pieces that a header of a table of shares has at least, and different columns that must be known among them.
MIN_PIECES, MIN_FIELDS = 3, 2
#: Groups whose labels stand at the head of rows, and the longest such label.
_OF_ROWS = ("tranche_payments", "performance", "pool_stats", "tranches", "revolving_purchases")
LONGEST_ROW = 24
#: A line longer than this is no header.
LONGEST_HEADER = 120
_TABULAR = re.compile(r"\S\s{2,}\S|\t")
_GAP = re.compile(r"\s{2,}|\t")
_FIGURE = re.compile(r"[-+(]?\d[\d,]*(?:\.\d+)?\)?%?")
_LEADER = re.compile(r"\.{5,}|…{2,}|·{5,}")
#: A heading of a page's own parts: what stands under it is no more that of the caption above it.
_HEADING = re.compile(r"^(?:第?[一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]+[、.章节部]|[IVX]+[、.]?(?=[一-龥])|\d{1,2}[、.](?!\d))[^。；;，,:：]+$")


@dataclass(frozen=True, slots=True)
class Choice:
    """One page chosen for the careful readers, with the reason in words."""

    page: int
    why: str


def choose_pages(pages: Sequence[PageText], labels: Labels) -> tuple[Choice, ...]:
    """Return the pages that can hold a wanted table, in page order."""
    words = wanted_words(labels)
    chosen: dict[int, str] = {}
    lists = loan_lists(pages)
    bare = [without_loan_list(page, lists.get(page.number)) for page in pages]
    for page in bare:
        if not page.is_readable or not page.lines:
            continue
        tabular = _table_lines(page)
        if tabular < 2 and not _short_lines(page):
            continue
        text = squeeze(page.text).lower()
        hits = [word for word in words if word in text]
        if len(hits) >= MIN_LABELS and (tabular >= 2 or len(hits) >= 4):
            chosen[page.number] = "labels " + ", ".join(hits[:4])
        elif header := _header_of_shares(page, labels):
            chosen[page.number] = f"header {header}"
        elif tabular >= 2 and (rows := _labelled_rows(page, labels)):
            chosen[page.number] = f"rows {rows}"
    _add_continuations(pages, bare, chosen, partial(_ends_foreign, labels=labels, words=words))
    return tuple(Choice(number, chosen[number]) for number in sorted(chosen))


def wanted_words(labels: Labels) -> tuple[str, ...]:
    """The labels of wanted tables that are long enough to speak for a page."""
    keys = {key for group in WANTED for key in labels.keys(group)}
    found = {key for key in keys if len(key) >= (MIN_ENGLISH if key.isascii() else MIN_LABEL)}
    return tuple(sorted(found))


def _table_lines(page: PageText) -> int:
    return sum(1 for line in page.lines if _TABULAR.search(line.text.strip()) and not _LEADER.search(line.text))


def _header_of_shares(page: PageText, labels: Labels) -> str:
    """A line of a page that is the header of a table of counts, amounts and shares, over a line with figures; '' without one."""
    for line, below in pairwise(page.lines):
        pieces = [squeeze(piece) for piece in _GAP.split(line.text.strip())]
        if len(pieces) < MIN_PIECES or len(line.text) > LONGEST_HEADER or any(_FIGURE.fullmatch(piece) for piece in pieces):
            continue
        if not any(_FIGURE.fullmatch(squeeze(piece)) for piece in _GAP.split(below.text.strip())):
            continue
        fields = {labels.field("columns", piece) for piece in pieces} - {""}
        if len(fields) >= MIN_FIELDS and any("share" in field for field in fields):
            return ", ".join(pieces[:4])
    return ""


def _labelled_rows(page: PageText, labels: Labels) -> str:
    """Labels of wanted figures, known by their parts, at the head of two lines with figures or more; '' for fewer."""
    found: dict[str, None] = {}
    for line in page.lines:
        first, *others = (squeeze(piece) for piece in _GAP.split(line.text.strip()))
        if not others or not MIN_LABEL <= len(first) <= LONGEST_ROW or not any(_FIGURE.fullmatch(piece) for piece in others):
            continue
        if any(labels.field(group, first) for group in _OF_ROWS):
            found[first] = None
        if len(found) >= MIN_LABELS:
            return ", ".join(found)
    return ""


def _short_lines(page: PageText) -> bool:
    """Whether most lines are short, as where each cell stands on a line of its own."""
    short = sum(1 for line in page.lines if len(line.text.strip()) <= 20)
    return len(page.lines) >= 6 and 2 * short >= len(page.lines)


def _add_continuations(
    pages: Sequence[PageText], bare: Sequence[PageText], chosen: dict[int, str], ends_foreign: Callable[[PageText], bool]
) -> None:
    """Add pages that begin where the page before ends, or the one before a picture without text; `bare` are the pages without
    lists of single loans."""
    written = [pair for pair in zip(bare, pages, strict=True) if pair[1].lines or not pair[1].is_readable]
    for (before, whole), (page, started) in pairwise(written):
        if before.number not in chosen or page.number in chosen or ends_foreign(before):
            continue
        meet = before.lines[-1:] == whole.lines[-1:] and page.lines[:1] == started.lines[:1]
        if meet and _ends_tabular(before) and _starts_tabular(page):
            chosen[page.number] = f"continues page {before.number}"


def _ends_foreign(page: PageText, labels: Labels, words: Sequence[str]) -> bool:
    """Whether what runs to the foot of a page stands under a caption of what is not wanted, such as a static pool."""
    for index in reversed(range(len(page.lines))):
        text = squeeze(page.lines[index].text)
        verdict = labels.field("sections", text) if len(text) <= LONGEST_CAPTION else ""
        if not verdict and len(text) <= LONGEST_CAPTION and _HEADING.match(text):
            return False
        if verdict:
            below = squeeze("\n".join(line.text for line in page.lines[index + 1 :])).lower()
            return verdict != "own" and not any(word in below for word in words)
    return False


def _starts_tabular(page: PageText) -> bool:
    return any(_TABULAR.search(line.text.strip()) for line in page.lines[:2])


def _ends_tabular(page: PageText) -> bool:
    return any(_TABULAR.search(line.text.strip()) for line in page.lines[-3:])
