"""Metrics as frames for analysts: exact figures, reasons in place of numbers, rates by age."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import dealproof
from tests.metrics.market import Market


def _deal() -> Market:
    market = Market().deal(
        "乙2024-1",
        "credit_abs",
        closing="2024-03-01",
        originator="I2",
        provider="",
        revolving="false",
        amount="1000000000",
    )
    market.tranche("乙2024-1", "优先", "900000000", "AAAsf", expected_maturity="2026-06-26")
    market.rate_of_default("乙2024-1", "2024-09-01", "0.20", "initial").rate_of_default(
        "乙2024-1", "2025-03-01", "0.50", "initial"
    )
    return market


def test_every_number_is_exact_and_says_how_many_deals_are_behind_it() -> None:
    frame = dealproof.metrics.compute(_deal().dataset(), 2024)
    amount = frame[(frame.metric == "issuance.amount") & (frame.year == 2024)].iloc[0]
    assert (amount["value"], amount.n, amount.deals, amount.unit) == (Decimal(10), 1, "乙2024-1", "yi_yuan")
    assert "market_reference.csv" in amount.problem


def test_the_reference_file_of_a_mappings_folder_is_used(tmp_path: Path) -> None:
    rows = "series,universe,period,group,member,value,unit,source,source_date,note\nissuance_amount,all,2024,,,40,亿元,某数据商,2025-01-15,\n"
    (tmp_path / "market_reference.csv").write_text(rows, encoding="utf-8")
    frame = dealproof.metrics.compute(_deal().dataset(), 2024, mappings=tmp_path)
    assert frame[(frame.metric == "issuance.amount") & (frame.year == 2024)].iloc[0].share_pct == "25.00"


def test_rates_come_by_age_with_definition_and_denominator() -> None:
    curve = dealproof.metrics.vintages(_deal().dataset())
    assert list(curve.age_months) == [Decimal("6.0"), Decimal("12.0")]
    assert list(curve.rate_pct) == [Decimal("0.20"), Decimal("0.50")]
    assert set(zip(curve.definition, curve.basis, strict=True)) == {("90+", "whole")}


def test_a_view_gives_the_lines_behind_the_numbers() -> None:
    [row] = dealproof.metrics.view(_deal().dataset(), "deals", 2024).to_dict("records")
    assert (row["deal_id"], row["closing_date"], row["provider_class"]) == ("乙2024-1", date(2024, 3, 1), "商业银行")
