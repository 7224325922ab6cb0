"""Reports of one deal whose numbers and dates contradict each other: a later report ends later, and a number is one period's."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from dealproof.dataset.documents import is_aside
from dealproof.model.evidence import Problem
from dealproof.model.interpretation import Interpretation


def out_of_order(documents: Iterable[Interpretation], replaced: Iterable[str]) -> list[Problem]:
    """Return a question for every report whose number does not fit its dates beside the report before it."""
    gone = set(replaced)
    deals: dict[str, list[Interpretation]] = {}
    for document in documents:
        profile = document.profile
        counts = profile.kind_record.is_periodic and profile.period_no is not None and profile.period_end is not None
        if counts and profile.deal_id and not is_aside(document) and document.source.document_id not in gone:
            deals.setdefault(profile.deal_id, []).append(document)
    return [
        _question(earlier, later)
        for _, reports in sorted(deals.items())
        for earlier, later in itertools.pairwise(sorted(reports, key=_turn))
        if _contradict(earlier, later)
    ]


def _turn(report: Interpretation) -> tuple[int, str, str]:
    profile = report.profile
    return profile.period_no or 0, profile.period_end.isoformat() if profile.period_end else "", report.source.document_id


def _contradict(earlier: Interpretation, later: Interpretation) -> bool:
    one, other = earlier.profile, later.profile
    if one.period_end is None or other.period_end is None:
        return False
    same = one.period_no == other.period_no
    return one.period_end != other.period_end if same else one.period_end >= other.period_end


def _question(earlier: Interpretation, later: Interpretation) -> Problem:
    one, other = earlier.profile, later.profile
    return Problem(
        "conflict",
        "warning",
        "build",
        f"{later.source.file_name} is report {other.period_no} of {other.deal_id} to {other.period_end}, and "
        f"{earlier.source.file_name} report {one.period_no} to {one.period_end}: number and dates do not go together.",
        "Look at the titles and the periods of both reports; one number, date or deal was misread or misprinted.",
        document_id=later.source.document_id,
        page=1,
        table="documents",
        key=later.source.document_id,
        column="period_no",
        value=str(other.period_no),
        suggestions=(),
    )
