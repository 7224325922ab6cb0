"""Which document speaks with most authority about a deal."""

from __future__ import annotations

import re

from dealproof.contract.documents import DocumentKind
from dealproof.model.interpretation import Interpretation
from dealproof.text import squeeze

#: Smaller is better: kind of source, then the later report (as a negative ordinal), then the document's id.
Rank = tuple[int, int, str]

_ORDER: tuple[DocumentKind, ...] = (
    "issue_result",
    "offering_circular",
    "issue_announcement",
    "rating_report",
    "rating_tracking",
    "trustee_report",
    "revolving_notice",
    "other",
)
_CORRECTION = re.compile("更正|更新稿|修订稿")


def is_correction(document: Interpretation) -> bool:
    """Whether the title says that the document corrects an earlier one."""
    return bool(_CORRECTION.search(squeeze(document.profile.title)))


def rank(document: Interpretation) -> Rank:
    """Return the place of a document among the sources of resolved tables, best first when sorted."""
    profile = document.profile
    known = profile.kind if profile.kind in _ORDER else "other"
    kind = 0 if is_correction(document) else 1 + _ORDER.index(known)
    later = -profile.report_date.toordinal() if profile.report_date else 0
    return kind, later, document.source.document_id
