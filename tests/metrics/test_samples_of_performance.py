"""Balances, default rates, purchases and rating actions at the end of a year: who is in the sample, and who is not."""

from __future__ import annotations

from dealproof.metrics.model import Review
from dealproof.metrics.review import review_of
from tests.metrics.market import Market


def _mean(review: Review, metric: str) -> str:
    return review.of(metric)[0].value.printed


def _credit(deal_id: str = "乙2025-1", **more: str) -> Market:
    market = Market().deal(
        deal_id, "credit_abs", originator="I2", provider="", revolving="false", amount="1000", **more
    )
    return market.tranche(deal_id, "优先", "800", "AAAsf", expected_maturity="2026-06-26").tranche(
        deal_id, "次级", "200", expected_maturity="2026-12-26"
    )


def test_the_last_report_says_what_is_outstanding() -> None:
    market = _credit().payment("乙2025-1", "优先", "2025-09-26", "500").payment("乙2025-1", "次级", "2025-09-26", "200")
    market.payment("乙2025-1", "优先", "2025-12-26", "300").payment("乙2025-1", "次级", "2025-12-26", "200").payment(
        "乙2025-1", "优先", "2026-03-26", "0"
    )
    [line] = review_of(market.dataset(), 2025).lines["balances"]
    assert str(line.values["balance"]) == "500"


def test_before_the_first_payment_the_whole_amount_is_outstanding() -> None:
    [line] = review_of(_credit(first_payment="2026-01-26").dataset(), 2025).lines["balances"]
    assert (str(line.values["balance"]), line.values["balance_basis"]) == ("1000", "issued")


def test_past_all_expected_maturities_a_deal_is_taken_as_repaid() -> None:
    market = (
        Market()
        .deal("甲2024-1", closing="2024-02-01", first_payment="2024-05-26", amount="1000")
        .tranche("甲2024-1", "优先", "1000", expected_maturity="2025-05-26")
    )
    [line] = review_of(market.dataset(), 2025).lines["balances"]
    assert (str(line.values["balance"]), line.values["balance_basis"]) == ("0", "matured")


def test_a_deal_that_should_have_reported_is_not_guessed() -> None:
    review = review_of(_credit(first_payment="2025-06-26").dataset(), 2025)
    [gone] = review.left_out["outstanding.amount"]
    assert "no report" in gone.reason.en
    assert any(finding.id == "parts.outstanding.amount" for finding in review.findings)


def test_a_report_without_one_tranche_does_not_tell_the_balance() -> None:
    market = _credit().payment("乙2025-1", "优先", "2025-12-26", "300")
    [gone] = review_of(market.dataset(), 2025).left_out["outstanding.amount"]
    assert "次级" in gone.reason.zh


def test_an_old_report_does_not_tell_what_is_outstanding_today() -> None:
    market = _credit().payment("乙2025-1", "优先", "2025-03-26", "500").payment("乙2025-1", "次级", "2025-03-26", "200")
    [gone] = review_of(market.dataset(), 2025).left_out["outstanding.amount"]
    assert "2025-03-26" in gone.reason.en


def _outstanding(deal_id: str, market: str = "credit_abs", **more: str) -> Market:
    made = (
        Market()
        .deal(deal_id, market, amount="1000", **more)
        .tranche(deal_id, "优先", "1000", "AAAsf", expected_maturity="2027-01-26")
    )
    return made.payment(deal_id, "优先", "2025-12-26", "900")


def _joined(*markets: Market) -> Market:
    joined = Market()
    for market in markets:
        for table, rows in market.rows.items():
            joined.rows.setdefault(table, []).extend(rows)
    return joined


def test_public_deals_are_all_in_the_sample_private_ones_where_they_were_tracked() -> None:
    market = _joined(
        _outstanding("乙2025-1"),
        _outstanding("甲2025-1", "abn"),
        _outstanding("甲2025-2", "exchange_abs").tracked("甲2025-2"),
    )
    for deal in ("乙2025-1", "甲2025-1", "甲2025-2"):
        market.rate_of_default(deal, "2025-11-30", "0.50", "initial_plus_purchases")
    sample = review_of(market.dataset(), 2025).of("defaults.sample")
    assert {(dict(item.group)["placement"], item.deals) for item in sample} == {
        ("public", ("乙2025-1",)),
        ("private", ("甲2025-2",)),
    }


def test_a_deal_that_is_repaid_has_left_the_sample() -> None:
    market = (
        _outstanding("乙2025-1")
        .payment("乙2025-1", "优先", "2025-12-28", "0")
        .rate_of_default("乙2025-1", "2025-11-30", "0.50")
    )
    assert review_of(market.dataset(), 2025).of("defaults.sample") == ()


def test_rates_over_the_initial_pool_are_not_averaged_with_those_over_all_purchases() -> None:
    market = _joined(_outstanding("乙2025-1"), _outstanding("乙2025-2"))
    market.rate_of_default("乙2025-1", "2025-11-30", "0.40", "initial_plus_purchases").rate_of_default(
        "乙2025-2", "2025-11-30", "1.86", "initial"
    )
    whole, *apart = review_of(market.dataset(), 2025).of("defaults.mean")
    assert whole.value.value is None
    assert whole.value.problem is not None
    assert {dict(item.group)["basis"]: item.value.printed for item in apart} == {"whole": "0.40", "initial": "1.86"}


def test_a_static_pool_and_a_revolving_one_over_all_purchases_are_comparable() -> None:
    market = _joined(_outstanding("乙2025-1", revolving="false"), _outstanding("乙2025-2"))
    market.rate_of_default("乙2025-1", "2025-11-30", "0.40", "initial").rate_of_default(
        "乙2025-2", "2025-11-30", "0.60", "initial_plus_purchases"
    )
    assert _mean(review_of(market.dataset(), 2025), "defaults.mean") == "0.50"


def test_a_rate_that_is_not_said_to_be_90_days_is_left_out() -> None:
    market = _outstanding("乙2025-1").rate_of_default("乙2025-1", "2025-11-30", "0.40", definition="")
    review = review_of(market.dataset(), 2025)
    assert review.of("defaults.sample") == ()
    assert "90" in review.left_out["defaults.mean"][0].reason.en


def test_the_change_of_a_mean_rate_is_in_percentage_points() -> None:
    market = _joined(_outstanding("乙2024-1", closing="2024-02-01"))
    market.payment("乙2024-1", "优先", "2024-12-26", "1000")
    market.rate_of_default("乙2024-1", "2024-11-30", "0.74", "initial_plus_purchases").rate_of_default(
        "乙2024-1", "2025-11-30", "0.94", "initial_plus_purchases"
    )
    [mean] = review_of(market.dataset(), 2025).of("defaults.mean")
    assert mean.change is not None
    assert mean.change.printed == "+0.20"


def test_the_multiple_is_cumulative_purchases_over_the_initial_amount() -> None:
    market = (
        _outstanding("乙2025-1")
        .purchase("乙2025-1", 1, "2025-05-26", "500", "1000")
        .purchase("乙2025-1", 2, "2025-08-26", "1190", "1000")
    )
    review = review_of(market.dataset(), 2025)
    assert _mean(review, "multiples.mean") == "1.19"
    assert dict(review.of("multiples.points")[0].group)["rounds"] == "2"


def test_amounts_with_interest_are_not_averaged_with_principal() -> None:
    market = _joined(_outstanding("乙2025-1"), _outstanding("乙2025-2"))
    market.purchase("乙2025-1", 1, "2025-05-26", "500", "1000").purchase(
        "乙2025-2", 1, "2025-05-26", "700", "1000", "principal_and_interest"
    )
    whole, *apart = review_of(market.dataset(), 2025).of("multiples.mean")
    assert whole.value.value is None
    assert len(apart) == 2


def test_a_deal_that_repaid_principal_is_amortising() -> None:
    market = _outstanding("乙2025-1").purchase("乙2025-1", 1, "2025-05-26", "500", "1000")
    assert dict(review_of(market.dataset(), 2025).of("multiples.points")[0].group)["phase"] == "revolving"
    market.payment("乙2025-1", "优先", "2025-12-27", "800", principal="100")
    assert dict(review_of(market.dataset(), 2025).of("multiples.points")[0].group)["phase"] == "amortising"


def test_a_group_that_joins_classes_kept_apart_elsewhere_is_told() -> None:
    market = _joined(
        _outstanding("乙2025-1", originator="I2", provider=""), _outstanding("丙2025-1", originator="I3", provider="")
    )
    market.purchase("乙2025-1", 1, "2025-05-26", "500", "1000").purchase("丙2025-1", 1, "2025-05-26", "700", "1000")
    findings = [
        item for item in review_of(market.dataset(), 2025).findings if item.id.startswith("unlike_class.multiples")
    ]
    assert [item.deals for item in findings] == [("乙2025-1", "丙2025-1")] or {*findings[0].deals} == {
        "乙2025-1",
        "丙2025-1",
    }


def test_a_rating_action_is_against_the_same_agency_before() -> None:
    market = _outstanding("乙2025-1").tranche("乙2025-1", "优先B", "100", "AA+sf/AAsf").tracked("乙2025-1")
    market.rate("乙2025-1", "优先B", "AAAsf", "tracking 乙2025-1 2025-07-20", "R0").rate(
        "乙2025-1", "优先B", "AAsf", "tracking 乙2025-1 2025-07-20", "R1"
    )
    actions = review_of(market.dataset(), 2025).of("ratings.actions")
    assert {dict(item.group)["direction"]: item.n for item in actions} == {"upgrade": 1, "affirmed": 1}


def test_a_tracking_rating_does_not_count_as_a_rating_at_issue() -> None:
    market = (
        _outstanding("乙2025-1").tracked("乙2025-1").rate("乙2025-1", "优先", "AA+sf", "tracking 乙2025-1 2025-07-20")
    )
    ratings = review_of(market.dataset(), 2025).of("ratings.count_by_rating")
    assert [dict(item.group)["rating"] for item in ratings] == ["AAAsf"]


def test_of_two_ratings_the_lower_counts() -> None:
    market = Market().deal("甲2025-1").tranche("甲2025-1", "优先B", "100", "AA+sf/AAsf")
    assert dict(review_of(market.dataset(), 2025).of("ratings.count_by_rating")[0].group)["rating"] == "AAsf"


def test_a_floating_coupon_is_in_no_mean() -> None:
    market = (
        Market()
        .deal("甲2025-1")
        .tranche(
            "甲2025-1", "优先A1", "50", "AAAsf", coupon_pct="1.80", rate_type="fixed", expected_maturity="2026-01-26"
        )
    )
    market.tranche(
        "甲2025-1", "优先A2", "50", "AAAsf", coupon_pct="2.90", rate_type="floating", expected_maturity="2026-01-26"
    )
    assert _mean(review_of(market.dataset(), 2025), "coupons.aaa_within_18_months") == "1.80"


def test_classes_of_several_securities_are_one_layer() -> None:
    market = Market().deal("甲2025-1")
    for name in ("优先A1", "优先A2", "优先B", "次级"):
        market.tranche("甲2025-1", name, "10")
    [structure] = review_of(market.dataset(), 2025).of("structure.count_by_structure")
    assert dict(structure.group)["structure"] == "优先A+优先B+次级"


def _paying(period: int, last: str, first: str = "2025-04-26") -> Market:
    """A deal whose last report is of a payment with a number."""
    market = (
        Market()
        .deal("乙2025-1", "credit_abs", amount="1000", first_payment=first)
        .tranche("乙2025-1", "优先", "1000", expected_maturity="2027-01-26")
    )
    return market.payment("乙2025-1", "优先", last, "900", period=period)


def test_a_monthly_payer_that_reported_in_august_is_not_known_at_the_years_end() -> None:
    [line] = review_of(_paying(5, "2025-08-26").dataset(), 2025).lines["balances"]
    assert line.values["balance"] is None
    assert line.why is not None
    assert "2025-08-26" in line.why.en


def test_a_half_yearly_payer_that_reported_in_august_is() -> None:
    [line] = review_of(_paying(2, "2025-08-26", first="2025-02-26").dataset(), 2025).lines["balances"]
    assert str(line.values["balance"]) == "900"


def test_a_gap_between_reports_is_no_slower_rhythm() -> None:
    market = _paying(2, "2025-05-26").payment("乙2025-1", "优先", "2025-09-26", "800", period=6)
    [line] = review_of(market.dataset(), 2025).lines["balances"]
    assert line.values["balance"] is None


def test_a_rate_of_summer_is_no_rate_of_the_years_end_and_is_named() -> None:
    market = (
        _paying(5, "2025-08-26")
        .payment("乙2025-1", "优先", "2025-12-26", "800", period=9)
        .rate_of_default("乙2025-1", "2025-07-31", "0.30")
    )
    review = review_of(market.dataset(), 2025)
    assert review.of("defaults.sample") == ()
    assert "2025-07-31" in review.left_out["defaults.mean"][0].reason.en


def test_the_age_of_a_rate_ends_with_its_period_not_with_the_year() -> None:
    market = _outstanding("乙2025-1", closing="2025-01-01").rate_of_default(
        "乙2025-1", "2025-10-01", "0.30", "initial_plus_purchases"
    )
    assert dict(review_of(market.dataset(), 2025).of("defaults.points")[0].group)["age_months"] == "9.0"


def test_purchases_of_an_old_report_are_left_out_while_the_deal_still_buys() -> None:
    market = _outstanding("乙2025-1", first_payment="2025-04-26").payment(
        "乙2025-1", "优先", "2025-11-26", "900", period=8
    )
    market.document("report 乙2025-1", "乙2025-1", "trustee_report", "2025-05-26").purchase(
        "乙2025-1", 1, "2025-05-20", "500", "1000"
    )
    review = review_of(market.dataset(), 2025)
    assert review.of("multiples.sample") == ()
    assert "2025-05-26" in review.left_out["multiples.mean"][0].reason.en


def test_a_rating_at_issue_is_the_earlier_one_also_where_its_document_bears_no_date() -> None:
    market = (
        _outstanding("乙2025-1").tracked("乙2025-1").rate("乙2025-1", "优先", "AA+sf", "tracking 乙2025-1 2025-07-20")
    )
    for row in market.rows["documents"]:
        if row["kind"] == "offering_circular":
            row["report_date"] = ""
    [action] = review_of(market.dataset(), 2025).of("ratings.actions")
    assert action.member("direction") == "downgrade"
