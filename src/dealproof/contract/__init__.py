"""The dataset as code: every table and every column once, in the order in which they are delivered."""

from __future__ import annotations

import hashlib
from functools import cache

from dealproof.contract import (
    cash_flows,
    checks,
    coverage,
    deals,
    delinquency,
    documents,
    evidence,
    institutions,
    parties,
    performance,
    pool_distributions,
    pool_stats,
    questions,
    ratings,
    revolving_purchases,
    tranche_payments,
    tranches,
    triggers,
)
from dealproof.contract.spec import ColumnSpec, TableSpec

__all__ = ["ColumnSpec", "TableSpec", "has_table", "table", "tables", "version"]

#: Raised when a name of the contract would change its meaning, which must not happen: names are final.
_EDITION = "1"

_TABLES = (
    documents.TABLE,
    deals.TABLE,
    tranches.TABLE,
    ratings.TABLE,
    pool_stats.TABLE,
    pool_distributions.TABLE,
    performance.TABLE,
    delinquency.TABLE,
    revolving_purchases.TABLE,
    tranche_payments.TABLE,
    cash_flows.TABLE,
    triggers.TABLE,
    parties.TABLE,
    institutions.TABLE,
    evidence.TABLE,
    checks.TABLE,
    coverage.TABLE,
    questions.TABLE,
)
_BY_NAME = {spec.name: spec for spec in _TABLES}


def tables() -> tuple[TableSpec, ...]:
    """Return all tables in the order of the contract."""
    return _TABLES


def has_table(name: str) -> bool:
    """Whether the contract has a table of this name."""
    return name in _BY_NAME


def table(name: str) -> TableSpec:
    """Return one table by its name. Raises KeyError if the contract has no such table."""
    return _BY_NAME[name]


@cache
def version() -> str:
    """Edition of the contract and a digest of its tables, columns, types, units, keys and vocabularies."""
    told = [
        (spec.name, spec.key, [(c.name, c.type, c.unit, c.vocabulary, c.open_prefixes, c.refers) for c in spec.columns])
        for spec in _TABLES
    ]
    return f"{_EDITION}-{hashlib.sha256(repr(told).encode()).hexdigest()[:12]}"
