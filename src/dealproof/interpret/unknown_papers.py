"""Papers that name one deal and are of no kind that is read: an opinion of lawyers, a forecast, a notice of an event.

Nothing is taken from them, and that is a question: a report whose title was not understood would be lost without a word. Papers
about many deals, rules and circulars of bonds are left in silence.
"""

from __future__ import annotations

import re

from dealproof.extract.title import read_title, tells_of_no_deal
from dealproof.mappings.labels import Labels
from dealproof.model.evidence import Problem
from dealproof.model.extract import Extract
from dealproof.text import squeeze

#: Pages on which a paper says what it is about.
_OPENING = 2
_DEAL = re.compile(
    r"(?P<series>[一-龥]{2})(?P<year>20\d\d年?度?)?第?(?P<number>[一二三四五六七八九十\d]{1,3})(?:期|号)[^。;,“”《》()]{0,24}?"
    r"(?:资产证券化|(?:资产|贷款)支持(?:专项计划|商业票据|票据|证券))"
)


def unknown_paper(extract: Extract, labels: Labels) -> Problem | None:
    """The question for a paper that names one deal, though nothing is taken from its kind; None for any other."""
    if tells_of_no_deal(extract.pages):
        return None
    text = squeeze("".join(line.text for page in extract.pages[:_OPENING] for line in page.lines))
    named = {(match["series"], match["year"], match["number"]): match.group() for match in _DEAL.finditer(text)}
    if len(named) != 1:
        return None
    title = read_title(extract.pages, labels).text
    return Problem(
        "missing_table", "warning", "interpret",
        f"It names {next(iter(named.values()))}, but it is no paper of a kind that is read ({title!r}): nothing was taken from it.",
        "Look at it: if it has figures of the deal, add the name of its kind to labels/documents.csv; else dismiss the question.",
        extract.source.document_id, 1, table="documents", key=extract.source.document_id, alike="paper of no known kind",
    )  # fmt: skip
