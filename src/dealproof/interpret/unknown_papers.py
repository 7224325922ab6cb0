"""Papers about one deal that are of no known kind: an opinion of lawyers, a forecast, a notice of an event.

What such a paper states is taken with the lowest rank, and that is told in a question; where the deal stands in a place from which it
cannot be taken, nothing is, and that is a question too: a report whose title was not understood would be lost without a word. Papers
about many deals, rules and circulars of bonds are left in silence.
"""

from __future__ import annotations

from dealproof.extract.only_deal import deal_in_head
from dealproof.extract.title import read_title, tells_of_no_deal
from dealproof.mappings.labels import Labels
from dealproof.model.evidence import Problem
from dealproof.model.extract import Extract
from dealproof.model.profile import Profile


def paper_of_unknown_kind(extract: Extract, profile: Profile) -> Problem:
    """The question about a paper that was read though nobody knows what it is."""
    return Problem(
        "low_confidence", "info", "interpret",
        f"It is about {profile.deal_id}, but of no known kind ({profile.title!r}): what it states ranks behind all other papers.",
        "If it is of a kind that is read, add its title to labels/documents.csv; else dismiss the question.",
        extract.source.document_id, 1, table="documents", key=extract.source.document_id, column="kind", alike="paper of no known kind",
    )  # fmt: skip


def unknown_paper(extract: Extract, labels: Labels) -> Problem | None:
    """The question for a paper that names one deal, though nothing could be taken from it; None for any other."""
    if tells_of_no_deal(extract.pages) or not (named := deal_in_head(extract.pages)):
        return None
    title = read_title(extract.pages, labels).text
    return Problem(
        "missing_table", "warning", "interpret",
        f"It names {named}, but it is no paper of a kind that is read ({title!r}): nothing was taken from it.",
        "Look at it: if it has figures of the deal, add the name of its kind to labels/documents.csv; else dismiss the question.",
        extract.source.document_id, 1, table="documents", key=extract.source.document_id, alike="paper of no known kind",
    )  # fmt: skip
