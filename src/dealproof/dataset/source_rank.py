"""Which document speaks with most authority about a deal."""

from __future__ import annotations

import re

from dealproof.model.interpretation import Interpretation
from dealproof.text import squeeze

#: Smaller is better: authority of the kind of document (0 for a correction), then the later report (as a negative ordinal), then the document's id.
Rank = tuple[int, int, str]

_CORRECTION = re.compile("更正|补正|更新[稿版后]|修订[稿版后]|[(（\\[【](?:更新|修订)")


def is_correction(document: Interpretation) -> bool:
    """Whether the title says that the document corrects an earlier one."""
    return bool(_CORRECTION.search(squeeze(document.profile.title)))


def rank(document: Interpretation) -> Rank:
    """Return the place of a document among the sources of resolved tables, best first when sorted."""
    profile = document.profile
    authority = 0 if is_correction(document) else profile.kind_record.authority
    later = -profile.report_date.toordinal() if profile.report_date else 0
    return authority, later, document.source.document_id
