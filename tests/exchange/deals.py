"""A small deal that has all a cash-flow engine needs, to be spoilt one value at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from dealproof.dataset.build import Dataset, build_dataset
from dealproof.model.evidence import Fact, Problem, Value
from tests.dataset.conftest import DEAL, document, document_id, say

CUTOFF = "2031-01-01"
CellName = tuple[str, tuple[str, ...], str]


def _deal() -> dict[CellName, Value]:
    return {
        ("deals", (DEAL,), "deal_name"): "远岫2031年第一期微小企业贷款资产支持证券",
        ("deals", (DEAL,), "asset_class"): "micro_loan",
        ("deals", (DEAL,), "currency"): "CNY",
        ("deals", (DEAL,), "cutoff_date"): date(2031, 1, 1),
        ("deals", (DEAL,), "closing_date"): date(2031, 3, 20),
        ("deals", (DEAL,), "first_payment_date"): date(2031, 4, 26),
        ("deals", (DEAL,), "legal_maturity"): date(2035, 1, 26),
        ("deals", (DEAL,), "total_amount"): Decimal(1_000_000_000),
        ("deals", (DEAL,), "revolving"): False,
    }


def _tranche(
    name: str, rank: str, place: int, amount: int, coupon: str | None, repayment: str
) -> dict[CellName, Value]:
    key = (DEAL, name)
    cells: dict[CellName, Value] = {
        ("tranches", key, "seniority"): rank,
        ("tranches", key, "position"): place,
        ("tranches", key, "amount"): Decimal(amount),
        ("tranches", key, "rate_type"): "fixed" if coupon else "none",
        ("tranches", key, "repayment"): repayment,
        ("tranches", key, "expected_maturity"): date(2032, 1, 26),
        ("tranches", key, "legal_maturity"): date(2035, 1, 26),
    }
    return cells | ({("tranches", key, "coupon_pct"): Decimal(coupon)} if coupon else {})


def _pool() -> dict[CellName, Value]:
    stats = {"principal_balance": "1000003100.55", "wa_rate_pct": "5.87", "wa_remaining_term_years": "1.0892"}
    cells: dict[CellName, Value] = {
        ("pool_stats", (DEAL, CUTOFF, metric, ""), "value"): Decimal(value) for metric, value in stats.items()
    }
    shares = {"等额本息": "72.40", "先息后本": "27.60"}
    return cells | {
        ("pool_distributions", (DEAL, CUTOFF, "repayment", bucket), "amount_share_pct"): Decimal(share)
        for bucket, share in shares.items()
    }


def circular() -> dict[CellName, Value]:
    """What the offering circular of the deal states."""
    return {
        **_deal(),
        **_tranche("优先A", "senior", 1, 800_000_000, "2.05", "过手摊还"),
        **_tranche("优先B", "mezzanine", 2, 100_000_000, "2.60", "到期还本"),
        **_tranche("次级", "subordinated", 3, 100_000_000, None, "过手摊还"),
        **_pool(),
    }


def deal(
    changed: Mapping[CellName, Value | None] = {},  # never changed
    paid: Mapping[int, date] = {1: date(2031, 4, 26), 2: date(2031, 5, 26)},
    more: Iterable[Fact] = (),
    problems: tuple[Problem, ...] = (),
) -> Dataset:
    """The deal with some cells changed; None takes a cell away. `paid` are payment dates by period."""
    cells = {name: value for name, value in (circular() | dict(changed)).items() if value is not None}
    facts = tuple(
        say(*name, value, page=7, unit="percent" if name[2].endswith("_pct") else "") for name, value in cells.items()
    )
    reports = [
        document(f"report{period}", "trustee_report", _payments(period, day), on=day, period_no=period)
        for period, day in paid.items()
    ]
    return build_dataset([document("circular.pdf", facts=(*facts, *more), problems=problems), *reports])


def _payments(period: int, day: date) -> tuple[Fact, ...]:
    key = (DEAL, "优先A", str(period))
    return (
        say("tranche_payments", key, "payment_date", day, page=3),
        say("tranche_payments", key, "principal_paid", Decimal("32480000.10"), page=3),
    )


def doubt(table: str, key: tuple[str, ...], column: str) -> Problem:
    """An open question about a cell."""
    return Problem(
        "low_confidence", "warning", "read", "The readers differ.", document_id=document_id("circular.pdf"), page=7,
        table=table, key="|".join(key), column=column, value="?",
    )  # fmt: skip
