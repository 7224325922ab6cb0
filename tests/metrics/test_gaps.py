"""What could be wrong behind a figure is told with it: replaced documents, doubts, definitions, gaps in either year."""

from __future__ import annotations

import pytest

from dealproof.errors import MappingError
from dealproof.metrics.model import Finding, Review
from dealproof.metrics.review import review_of
from tests.metrics.conftest import Reference
from tests.metrics.market import Market


def _findings(review: Review) -> dict[str, Finding]:
    return {item.id: item for item in review.findings}


def _outstanding(deal_id: str, **more: str) -> Market:
    made = Market().deal(deal_id, "credit_abs", amount="1000", **more)
    made.tranche(deal_id, "优先", "1000", "AAAsf", expected_maturity="2027-01-26")
    return made.payment(deal_id, "优先", "2025-12-26", "900")


def _both(one: Market, other: Market) -> Market:
    for table, rows in other.rows.items():
        one.rows.setdefault(table, []).extend(rows)
    return one


def test_a_document_that_was_corrected_says_nothing_any_more() -> None:
    market = _outstanding("乙2025-1").rate_of_default("乙2025-1", "2025-11-30", "9.99", "initial_plus_purchases")
    market.add(
        "documents",
        document_id="a corrected report",
        deal_id="乙2025-1",
        kind="trustee_report",
        report_date="2025-12-28",
        supersedes="report 乙2025-1",
    )
    market.add("performance", **{**market.rows["performance"][0], "document_id": "a corrected report", "value": "0.40"})
    assert review_of(market.dataset(), 2025).of("defaults.mean")[0].value.printed == "0.40"


def test_a_question_about_a_reprint_doubts_the_figure_that_it_reprints() -> None:
    market = _outstanding("乙2025-1").rate_of_default("乙2025-1", "2025-11-30", "0.40", "initial_plus_purchases")
    key = "乙2025-1|2025-11-30|cumulative_default_pct|90+|a later report"
    market.add("questions", question_id="q1", table="performance", key=key, column="value", state="open")
    assert review_of(market.dataset(), 2025).of("defaults.mean")[0].doubts == ("q1",)


def test_a_mean_is_compared_with_last_years_rates_of_the_same_definition_only() -> None:
    market = _both(_outstanding("乙2024-1", closing="2024-02-01"), _outstanding("乙2024-2", closing="2024-02-01"))
    for deal, before in (("乙2024-1", "initial_plus_purchases"), ("乙2024-2", "initial")):
        market.payment(deal, "优先", "2024-12-26", "1000").rate_of_default(
            deal, "2024-11-30", "0.40" if deal == "乙2024-1" else "2.00", before
        )
    market.rate_of_default("乙2024-1", "2025-11-30", "0.90", "initial_plus_purchases")
    [mean] = review_of(market.dataset(), 2025).of("defaults.mean")
    assert mean.change is not None
    assert mean.change.printed == "+0.50"


def test_a_share_of_a_sample_is_of_its_own_definition() -> None:
    market = _both(_outstanding("乙2025-1"), _both(_outstanding("乙2025-2"), _outstanding("乙2025-3")))
    market.rate_of_default("乙2025-1", "2025-11-30", "0.40", "initial_plus_purchases").rate_of_default(
        "乙2025-2", "2025-11-30", "0.50", "initial"
    )
    market.rate_of_default("乙2025-3", "2025-11-30", "1.60", "initial")
    shares = {
        item.group: item.share.printed
        for item in review_of(market.dataset(), 2025).of("defaults.below_150")
        if item.share
    }
    assert shares == {(("basis", "whole"),): "100.00", (("basis", "initial"),): "50.00"}


def test_no_deal_this_year_is_a_fall_to_nothing_not_an_unknown_change(reference: Reference) -> None:
    market = Market().deal("甲2024-1", closing="2024-03-01")
    review = review_of(market.dataset(), 2025, reference=reference("documents_complete,micro_loan,2024,,,1,"))
    change = review.of("issuance.count")[0].change
    assert change is not None
    assert change.printed == "-100.00"


def test_a_base_that_lacks_deals_is_told(reference: Reference) -> None:
    market = (
        Market()
        .deal("甲2025-1")
        .deal("甲2024-1", closing="2024-03-01")
        .deal("甲2024-2", closing="2024-03-01", amount="")
    )
    review = review_of(market.dataset(), 2025, reference=reference("documents_complete,micro_loan,2024,,,1,"))
    assert _findings(review)["base.issuance.amount"].deals == ("甲2024-2",)


def test_a_year_is_not_complete_because_somebody_wrote_that_it_is_not(reference: Reference) -> None:
    market = Market().deal("甲2025-1").deal("甲2024-1", closing="2024-03-01")
    change = (
        review_of(market.dataset(), 2025, reference=reference("documents_complete,micro_loan,2024,,,0,"))
        .of("issuance.count")[0]
        .change
    )
    assert change is not None
    assert change.value is None


def test_deals_in_no_figure_and_deals_without_rating_are_found() -> None:
    findings = _findings(
        review_of(
            Market().deal("甲2025-1", closing="").deal("甲2025-2").tranche("甲2025-2", "优先", "1").dataset(), 2025
        )
    )
    assert findings["outside"].deals == ("甲2025-1",)
    assert findings["unrated"].deals == ("甲2025-2",)


def test_an_earlier_deal_of_an_unknown_provider_casts_doubt_on_who_is_new(reference: Reference) -> None:
    market = Market().deal("甲2025-1").deal("甲2024-1", closing="2024-03-01", provider="")
    findings = _findings(
        review_of(market.dataset(), 2025, reference=reference("documents_complete,micro_loan,2024,,,1,"))
    )
    assert findings["unknown_before"].deals == ("甲2024-1",)


def test_a_deal_taken_as_repaid_is_named() -> None:
    market = (
        Market()
        .deal("甲2024-1", closing="2024-02-01", first_payment="2024-05-26")
        .tranche("甲2024-1", "优先", "1000", expected_maturity="2025-05-26")
    )
    assert _findings(review_of(market.dataset(), 2025))["taken_as_repaid"].deals == ("甲2024-1",)


def test_a_tranche_that_the_circular_does_not_know_leaves_the_balance_unknown() -> None:
    [gone] = review_of(
        _outstanding("乙2025-1").payment("乙2025-1", "优先A1", "2025-12-26", "900").dataset(), 2025
    ).left_out["outstanding.amount"]
    assert "优先A1" in gone.reason.zh


def test_a_tranche_that_was_last_reported_in_spring_is_not_known_in_winter() -> None:
    market = (
        _outstanding("乙2025-1")
        .tranche("乙2025-1", "次级", "100", expected_maturity="2027-06-26")
        .payment("乙2025-1", "次级", "2025-03-26", "100")
    )
    [gone] = review_of(market.dataset(), 2025).left_out["outstanding.amount"]
    assert "2025-03-26" in gone.reason.en


def test_a_rate_of_a_deal_whose_balance_nobody_knows_is_not_in_the_sample_of_outstanding_deals() -> None:
    market = (
        Market()
        .deal("乙2025-1", "credit_abs", first_payment="2025-06-26")
        .tranche("乙2025-1", "优先", "1000", expected_maturity="2027-01-26")
    )
    review = review_of(market.rate_of_default("乙2025-1", "2025-11-30", "0.40").dataset(), 2025)
    assert review.of("defaults.sample") == ()
    assert [item.deal_id for item in review.left_out["defaults.mean"]] == ["乙2025-1"]


def test_a_later_purchase_without_a_date_leaves_the_multiple_unknown() -> None:
    market = (
        _outstanding("乙2025-1")
        .purchase("乙2025-1", 1, "2025-05-26", "500", "1000")
        .purchase("乙2025-1", 2, "", "900", "1000")
    )
    [gone] = review_of(market.dataset(), 2025).left_out["multiples.mean"]
    assert "no date" in gone.reason.en


def test_the_pool_balance_stands_for_the_initial_amount_only_beside_principal() -> None:
    for basis, printed in (("principal", "0.50"), ("principal_and_interest", "")):
        market = _outstanding("乙2025-1", cutoff="2025-02-01").purchase("乙2025-1", 1, "2025-05-26", "500", "", basis)
        market.add("pool_stats", deal_id="乙2025-1", as_of="2025-02-01", metric="principal_balance", value="1000")
        assert review_of(market.dataset(), 2025).of("multiples.mean")[0].value.printed == printed


def test_what_a_report_says_of_the_pool_is_not_the_pool_that_was_sold() -> None:
    market = (
        Market()
        .deal("甲2025-1", closing="2025-03-01")
        .add("pool_stats", deal_id="甲2025-1", as_of="2025-06-30", metric="wa_rate_pct", value="9.1")
    )
    review = review_of(market.dataset(), 2025)
    assert review.of("pools.rate_sample")[0].n == 0
    assert [item.deal_id for item in review.left_out["pools.rate_sample"]] == ["甲2025-1"]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("issuance_count,micro_loans,2024,,,1,单", "universe"),
        ("issuance_count,micro_loan,2024,market,ABN,1,单", "member"),
        ("issuance_count,micro_loan,2024,provider_class,银行,1,单", "member"),
        ("issuance_count,micro_loan,2024,,,-1,单", "value"),
        ("documents_complete,micro_loan,2024,,,2,", "value"),
    ],
)
def test_a_reference_row_that_would_never_be_met_is_refused(reference: Reference, row: str, column: str) -> None:
    with pytest.raises(MappingError, match=rf"market_reference.csv:2 \[{column}\]"):
        reference(row)


def test_a_base_that_the_reference_file_states_lacks_nothing(reference: Reference) -> None:
    market = Market().deal("甲2025-1").deal("甲2024-1", closing="2024-03-01", amount="")
    known = reference("documents_complete,micro_loan,2024,,,1,", "issuance_amount,micro_loan,2024,,,20,亿元")
    assert "base.issuance.amount" not in _findings(review_of(market.dataset(), 2025, reference=known))
