"""What the reports of a deal held before and this one lacks is asked by name, and never filled in."""

from __future__ import annotations

from decimal import Decimal

from dealproof.dataset.build import Dataset, build_dataset
from dealproof.model.evidence import Fact
from dealproof.model.interpretation import Interpretation

from .conftest import DEAL, document, say


def report(number: int, *metrics: str, statuses: bool = True, deal: str = DEAL) -> Interpretation:
    """A report that states some metrics, and the status of the pool."""
    facts: list[Fact] = [say("performance", (deal, str(number), metric, ""), "value", Decimal("5")) for metric in metrics]
    if statuses:
        facts.append(say("delinquency", (deal, str(number), "current"), "balance", Decimal("500")))
    return document(f"{deal}-{number}.pdf", "trustee_report", tuple(facts), period_no=number, deal_id=deal)


def asked(dataset: Dataset) -> list[str]:
    return [row["prompt"].partition(";")[0] for row in dataset.rows("questions") if row["prompt"].startswith("Period ")]


def test_a_table_that_all_reports_before_had_is_asked_by_name_where_one_lacks_it() -> None:
    reports = [report(number, "prepayment_pct", "delinquent_pct") for number in (1, 2, 3)]
    last = report(4, "prepayment_pct", "delinquent_pct", statuses=False)
    dataset = build_dataset([*reports, last])
    assert asked(dataset) == [f"Period 4 of {DEAL} has no delinquency"]
    (question,) = [row for row in dataset.rows("questions") if row["prompt"].startswith("Period ")]
    assert "periods 1 to 3 had" in question["prompt"]
    assert [row["period_no"] for row in dataset.rows("delinquency")] == ["1", "2", "3"], "nothing is filled in"


def test_a_figure_that_went_missing_is_asked_once_for_the_report_with_all_that_went_missing() -> None:
    reports = [report(number, "prepayment_pct", "delinquent_pct", "pool_closing_balance") for number in (1, 2)]
    dataset = build_dataset([*reports, report(3, "pool_closing_balance")])
    assert asked(dataset) == [f"Period 3 of {DEAL} has no performance.delinquent_pct, performance.prepayment_pct"]


def test_what_one_report_alone_had_is_no_habit_and_another_deals_reports_tell_nothing() -> None:
    other = [report(number, "prepayment_pct", deal="远岫2031-2") for number in (1, 2)]
    dataset = build_dataset([report(1, "prepayment_pct"), report(2), *other, report(3)])
    assert asked(dataset) == []
