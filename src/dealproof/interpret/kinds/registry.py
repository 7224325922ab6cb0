"""All kinds of tables, in the order in which equal claims are settled."""

from __future__ import annotations

from dealproof.interpret.context import KindReader
from dealproof.interpret.kinds import (
    cash_flows,
    dates,
    delinquency,
    disposals,
    parties,
    performance,
    pool_distributions,
    pool_stats,
    revolving_purchases,
    tranche_payments,
    tranches,
    triggers,
)

KINDS: tuple[KindReader, ...] = (
    tranches,
    tranche_payments,
    delinquency,
    performance,
    disposals,
    revolving_purchases,
    cash_flows,
    pool_distributions,
    pool_stats,
    triggers,
    parties,
    dates,
)
