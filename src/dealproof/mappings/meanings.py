"""All that a printed label can mean, before it is known in which table it stands: at most one field a table, with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dealproof.contract.cash_flows import ACCOUNTS
from dealproof.mappings.fields import IGNORED, JOINT
from dealproof.mappings.labels import BY_PARTS, LabelRow, Labels
from dealproof.values.buckets import other_status, parse_status_bucket
from dealproof.values.parsed import Parsed

#: Groups whose texts are titles and captions, not labels of figures.
_TITLES = frozenset(("documents", "sections", "pool_distributions"))
#: The columns of the dataset that a field of a label file fills, where they have other names.
_COLUMNS: Mapping[tuple[str, str], tuple[tuple[str, str], ...]] = {
    ("columns", "count"): (("delinquency", "count"), ("pool_distributions", "count")),
    ("columns", "count_share_pct"): (("delinquency", "count_share_pct"), ("pool_distributions", "count_share_pct")),
    ("columns", "amount"): (("delinquency", "balance"), ("pool_distributions", "amount")),
    ("columns", "amount_share_pct"): (("delinquency", "balance_share_pct"), ("pool_distributions", "amount_share_pct")),
    ("columns", "share"): (),  # whose share it is is told by its neighbours
    **{
        ("revolving_purchases", field): (("revolving_purchases", "purchase_amount"),)
        for field in ("principal", "interest_too", "discounted", "amount")
    },
}
#: What is received is a line of its account (收入回收款), though the same words may head its column.
_RECEIVED = "object:recovery"
#: A label of this group names a row: its field is the value of a column.
_ROWS = {"delinquency": "bucket"}


@dataclass(frozen=True, slots=True)
class Meaning:
    """One field that a label can mean. `by` is the row that says so, or the words with the row of `fields.csv`; `value` is
    the bucket, where the label names one. A `field` of `-` is known and left aside; `note` says why.
    """

    table: str
    field: str
    by: str
    value: str = ""
    note: str = ""


def meanings(labels: Labels, text: str) -> tuple[Meaning, ...]:
    """Return what a printed label can mean, in the order of the tables; nothing where nobody can tell."""
    found = [meaning for group in sorted(labels.groups) if group not in _TITLES for meaning in _in(group, labels, text)]
    return tuple(dict.fromkeys(found))


def _in(group: str, labels: Labels, text: str) -> Iterator[Meaning]:
    row = labels.find(group, text)
    bucket = parse_status_bucket(text) if group in _ROWS and row is None else None
    if isinstance(bucket, Parsed):
        yield Meaning(group, _ROWS[group], "the words of a status", bucket.value)
    elif bucket is not None:
        if other := other_status(text):
            yield Meaning(group, _ROWS[group], "the words of a status", other)
    elif row is not None and row.field == IGNORED:
        yield Meaning(group, IGNORED, _by(row), note=row.note if row.match != BY_PARTS else "")
    elif row is not None and group == "cash_flows" and row.field in ACCOUNTS:
        is_line = any(_RECEIVED in word.parts for word in labels.parts.cut(text).words)
        yield Meaning(group, "line", _by(row)) if is_line else Meaning(group, "account", _by(row), row.field)
    elif row is not None and group in _ROWS:
        yield Meaning(group, _ROWS[group], _by(row), row.field)
    elif row is not None:
        for field in row.field.split(JOINT):
            for table, name in _COLUMNS.get((group, field), ((group, field),)):
                yield Meaning(table, name, _by(row))


def _by(row: LabelRow) -> str:
    return f"{row.note} ({row.where})" if row.match == BY_PARTS else f"{row.where} {row.label}"
