"""What a later report says again about an earlier period: both rows stand, a difference is a question."""

from __future__ import annotations

from collections.abc import Iterable

from dealproof import contract
from dealproof.dataset.readings import Reading
from dealproof.dataset.resolve import FileNames, candidate, where
from dealproof.dataset.same_print import agree
from dealproof.model.evidence import Problem

#: Tables in which two documents speak of the same past period or purchase. Ratings, parties and triggers may
#: rightly change from one document to the next.
_REPEATED = frozenset({"performance", "delinquency", "revolving_purchases", "tranche_payments", "cash_flows"})
_LOOSE = {"performance": ("definition",)}
_UNCOMPARED = frozenset({"reprinted", "unit", "period_no", "amount_basis"})


def restatements(chosen: Iterable[Reading], names: FileNames) -> list[Problem]:
    """Return a question for every reprint that differs from what the best placed earlier report said."""
    groups: dict[tuple[str, ...], list[Reading]] = {}
    for item in chosen:
        if item.table in _REPEATED and item.column not in _UNCOMPARED and _has_number(item):
            groups.setdefault(_thing(item), []).append(item)
    problems: list[Problem] = []
    for _, items in sorted(groups.items()):
        first, *later = sorted(items, key=_oldest_first)
        problems.extend(_question(first, item, names) for item in later if _differs(first, item))
    return problems


def _has_number(item: Reading) -> bool:
    """Whether a row is of a period with a number: papers that bear none (a yearly report, a notice) are not of one period."""
    key = contract.table(item.table).key
    return "period_no" not in key or bool(item.key[key.index("period_no")])


def _thing(item: Reading) -> tuple[str, ...]:
    """The cell without the document that prints it; a missing definition may stand for any."""
    spec = contract.table(item.table)
    loose = ("document_id", *_LOOSE.get(item.table, ()))
    return item.table, *(v for n, v in zip(spec.key, item.key, strict=True) if n not in loose), item.column


def _oldest_first(item: Reading) -> tuple[bool, int, str, int]:
    """The earliest report first (the rank holds its date as a negative ordinal), undated reports last."""
    later = item.rank[1]
    return later == 0, -later, item.document_id, item.place


def _differs(first: Reading, item: Reading) -> bool:
    return first.document_id != item.document_id and _comparable(first, item) and not agree(first, item)


def _comparable(first: Reading, item: Reading) -> bool:
    """Two figures under two stated definitions are two figures, not a restatement."""
    if item.table != "performance":
        return True
    index = contract.table("performance").key.index("definition")
    return first.key[index] == item.key[index] or "" in (first.key[index], item.key[index])


def _question(first: Reading, item: Reading, names: FileNames) -> Problem:
    return Problem(
        "restatement",
        "warning",
        "build",
        f"{item.table}.{item.column} of {item.key_text} is reprinted as {item.printed} "
        f"on {where(item, names)} (A); the earlier report says {first.printed} on {where(first, names)} (B). "
        "Both rows stand.",
        "Look at both places: confirm A if both are printed so; choose B if the reprint was misread; if the earlier figure "
        "was misread, correct that one.",
        document_id=item.document_id,
        page=item.page,
        table=item.table,
        key=item.key_text,
        column=item.column,
        value=item.printed,
        suggestions=(first.printed, item.printed),
        candidates=(candidate(item, "as reprinted"), candidate(first, "as the earlier report says")),
        rests_on=(first.cell.as_told, item.cell.as_told),
    )
