"""What a row of a label file may lead to: the fields of each group, once, for whoever checks the analysts' rows.

A group is a file of `mappings/labels/`. Where its labels name metrics, dimensions, roles, kinds or columns of the
dataset, its fields are those of the contract; where they name the parts of a table (a column of periods, a column of
limits) the words stand here. `interpret/` knows no others: a field that is missing here leads nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dealproof.contract import (
    cash_flows,
    deals,
    delinquency,
    documents,
    parties,
    performance,
    pool_distributions,
    pool_stats,
    revolving_purchases,
    tranche_payments,
    tranches,
)
from dealproof.contract.spec import TableSpec

#: The field of a label that is known, and left aside on purpose.
IGNORED = "-"
#: Joins the metrics of a label that has two values in one cell (最短/最长剩余期限), in the label's order.
JOINT = "|"

#: Groups of which a label may have two metrics.
JOINED = frozenset(("pool_stats",))
#: Likeness, of 100, from which a name is offered as the one that was meant.
_ALIKE = 60


_ACCOUNTS: tuple[cash_flows.Account, ...] = ("income", "principal", "fees")


def _columns(table: TableSpec, *names: str) -> tuple[str, ...]:
    return tuple(table.column(name).name for name in names)


FIELDS: Mapping[str, tuple[str, ...]] = {
    "cash_flows": (*_ACCOUNTS, "previous", "current", "item", "line"),
    "columns": (
        *_columns(pool_distributions.TABLE, "count", "count_share_pct", "amount", "amount_share_pct"),
        "share",  # whose share it is follows from its neighbours
    ),
    "dates": (
        *_columns(documents.TABLE, "report_date", "period_start", "period_end", "payment_date"),
        "period",  # both ends of the period in one cell
        *_columns(
            deals.TABLE, "announcement_date", "cutoff_date", "closing_date", "first_payment_date", "legal_maturity"
        ),
    ),
    "delinquency": (*delinquency.BUCKETS, "header"),
    "documents": documents.TABLE.column("kind").vocabulary,
    "parties": (*parties.ROLES, "header_role", "header_name"),
    "performance": (*performance.TABLE.column("metric").vocabulary, "period_no", "period_dates"),
    "pool_distributions": pool_distributions.DIMENSIONS,
    "pool_stats": pool_stats.TABLE.column("metric").vocabulary,
    "revolving_purchases": (
        *_columns(revolving_purchases.TABLE, "purchase_no", "purchase_date", "cumulative_amount", "initial_amount"),
        # the amount bought, by what it counts
        "principal", "interest_too", "discounted", "amount",
    ),
    "sections": (
        "own", "static_pool", "other_products", "originator", "forecast", "stress", "eligibility", "definition",
        "other_period", "other_portfolio", "draft",
    ),
    "tranche_payments": _columns(
        tranche_payments.TABLE, "opening_balance", "principal_paid", "interest_paid", "closing_balance"
    ),
    "tranches": (
        *_columns(
            tranches.TABLE, "tranche_name", "amount", "share_pct", "rate_type", "repayment", "expected_maturity",
            "legal_maturity", "security_code",
        ),
        "short_name",
        "rate",  # a number or a type
        "rating",
    ),
    "triggers": ("header_name", "header_window", "header_status", "header_threshold", "header_actual"),
}  # fmt: skip


def mistake_in_field(group: str, field: str) -> tuple[str, str] | None:
    """What is wrong with the field of a row of `group`, as message and remedy; None where it is one of the group's."""
    known = FIELDS[group]
    parts = field.split(JOINT) if group in JOINED else [field]
    if field == IGNORED or (all(part in known for part in parts) and len(set(parts)) == len(parts)):
        return None
    unknown = next((part for part in parts if part not in known), field)
    return f"labels of {group} have no field {unknown!r}.", f"{_meant(unknown, known)}{_listed(known)}"


def mistake_in_file(name: str) -> tuple[str, str] | None:
    """What is wrong with a CSV file `name` of the labels folder; None where a group has its name."""
    stem = name.removesuffix(".csv")
    if stem in FIELDS:
        return None
    meant = nearest(stem, FIELDS)
    to_do = f"Rename it to {meant}.csv." if meant else "Take it out of the folder."
    return f"no group of labels has this name; nothing of {name} is read.", f"{to_do} The groups: {', '.join(FIELDS)}."


def nearest(word: str, known: Iterable[str]) -> str:
    """The known name that is most like a misspelt one; empty where none is like it."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(word.strip().lower(), sorted(known), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return "" if found is None else str(found[0])


def _meant(word: str, known: Iterable[str]) -> str:
    meant = nearest(word, known)
    return f"Did you mean {meant}? " if meant else ""


def _listed(known: Iterable[str]) -> str:
    return f"Use one of {', '.join(known)}, or {IGNORED} to leave the label aside."
