"""What the reports of a deal before this one held and this one lacks: asked by name, once for a report. It never fills in.

Coverage asks for what every document of a kind should state; this asks for what the documents of this very deal do state.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dealproof import contract
from dealproof.dataset.documents import is_aside
from dealproof.dataset.readings import Reading
from dealproof.model.evidence import QUESTION_KINDS, Problem
from dealproof.model.interpretation import Interpretation

#: Tables that a report of a deal has in every period, or in none; purchases end, and events may be told in a sentence.
_LASTING = ("tranche_payments", "performance", "delinquency", "cash_flows")
#: So many reports right before one have to hold what it lacks.
_LEAST = 2


def forgotten(
    documents: Iterable[Interpretation], own: Mapping[str, Sequence[Reading]], problems: Iterable[Problem]
) -> list[Problem]:
    """Return a question for every report that lacks what the reports before it held, unless its table is asked for already.

    `own` are the readings of each document, `problems` the doubts so far.
    """
    asked = {(item.document_id, item.table) for item in problems if item.code in QUESTION_KINDS}
    deals: dict[str, dict[int, Interpretation]] = {}
    for document in documents:
        profile = document.profile
        if profile.kind_record.is_periodic and profile.period_no and profile.deal_id and not is_aside(document):
            deals.setdefault(profile.deal_id, {})[profile.period_no] = document
    found: list[Problem] = []
    for reports in deals.values():
        held = {number: _held(report, own[report.source.document_id]) for number, report in reports.items()}
        for number in sorted(held):
            before = [at for at in sorted(held) if at < number]
            lost = _lost(held[number], [held[at] for at in before[-_LEAST:]])
            report = reports[number]
            lost = [name for name in lost if (report.source.document_id, name.partition(".")[0]) not in asked]
            if lost and report.status in ("ok", "partial"):
                found.append(_question(report, number, lost, [at for at in before if all(name in held[at] for name in lost)]))
    return found


def _held(report: Interpretation, readings: Sequence[Reading]) -> frozenset[str]:
    """The tables, and the metrics of performance, that a report states of its own period."""
    names: set[str] = set()
    for item in readings:
        parts = dict(zip(contract.table(item.table).key, item.key, strict=True))
        if item.table in _LASTING and parts.get("period_no") == str(report.profile.period_no):
            names.add(item.table)
            if metric := parts.get("metric"):
                names.add(f"{item.table}.{metric}")
    return frozenset(names)


def _lost(own: frozenset[str], before: Sequence[frozenset[str]]) -> list[str]:
    """What all reports before held and this one lacks; of a table that is lacking, not its metrics."""
    if len(before) < _LEAST:
        return []
    lacking = frozenset.intersection(*before) - own
    return sorted(name for name in lacking if "." not in name or name.partition(".")[0] in own)


def _question(report: Interpretation, number: int, lost: Sequence[str], had: Sequence[int]) -> Problem:
    names, deal = ", ".join(lost), report.profile.deal_id
    return Problem(
        "missing_table", "warning", "build",
        f"Period {number} of {deal} has no {names}; {_periods(had)} had.",
        "Look for it in the document; if it is there, its layout or its labels are not known yet.",
        report.source.document_id, table=lost[0].partition(".")[0], key=deal, value=names,
        name=("missing_table", "memory", deal, report.source.document_id, names),
    )  # fmt: skip


def _periods(numbers: Sequence[int]) -> str:
    """`periods 1 to 5`, `periods 1, 3, 4`."""
    if len(numbers) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"periods {numbers[0]} to {numbers[-1]}"
    return f"periods {', '.join(map(str, numbers))}"
