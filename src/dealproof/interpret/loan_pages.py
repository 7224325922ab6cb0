"""A document without the rows of its lists of single loans: hundreds of pages that say nothing about the deal, and that no
reader of meaning needs to go through."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import takewhile

from dealproof.extract.loan_list import LoanList, loan_lists
from dealproof.interpret.sections import level_of
from dealproof.model.extract import Extract
from dealproof.model.page import PageText
from dealproof.text import squeeze

_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class WithoutLoans:
    """The extract without rows of single loans, and the whole pages that have such rows, by number, with where these stand."""

    extract: Extract
    pages: Mapping[int, tuple[PageText, LoanList]]


def without_loans(extract: Extract) -> WithoutLoans:
    """Take the lists of single loans out of a document; captions above them and headings between their rows stay."""
    lists = loan_lists(extract.pages)
    if not lists:
        return WithoutLoans(extract, {})
    pages = tuple(_without(page, lists[page.number]) if page.number in lists else page for page in extract.pages)
    listed = {page.number: (page, lists[page.number]) for page in extract.pages if page.number in lists}
    return WithoutLoans(replace(extract, pages=pages), listed)


def _without(page: PageText, own: LoanList) -> PageText:
    """The page without the rows; what stands above the first of them may be the caption of a table, too, and stays."""
    within = page.lines[own.first : own.last + 1]
    above = list(takewhile(lambda line: not _DIGIT.search(line.text), within))
    headings = [line for line in within[len(above) :] if not _DIGIT.search(line.text) and level_of(squeeze(line.text))]
    return replace(page, lines=(*page.lines[: own.first], *above, *headings, *page.lines[own.last + 1 :]))
