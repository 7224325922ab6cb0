"""Issuance: counts, amounts, shares, changes, originators and asset providers."""

from __future__ import annotations

from datetime import date

from dealproof.metrics.model import Result, Review
from dealproof.metrics.review import review_of
from tests.metrics.conftest import Reference
from tests.metrics.market import Market


def _two_years() -> Market:
    market = Market()
    market.deal("甲2025-1", "abn", amount="600000000").deal(
        "甲2025-2", "exchange_abs", amount="300000000", provider="I3"
    )
    market.deal("乙2025-1", "credit_abs", amount="100000000", originator="I2", provider="")
    return market.deal("甲2024-1", "abn", closing="2024-05-01", amount="400000000").deal("乙2024-1", "credit_abs", closing="2024-05-01", amount="200000000", originator="I2", provider="")  # fmt: skip


def _by(review: Review, metric: str) -> dict[str, Result]:
    return {"/".join(value for _, value in item.group): item for item in review.of(metric)}


def test_a_deal_counts_in_the_year_it_was_set_up() -> None:
    review = review_of(_two_years().dataset(), 2025)
    assert review.of("issuance.count")[0].value.printed == "3"
    assert review.of("issuance.amount")[0].value.printed == "10.00"


def test_shares_say_of_what() -> None:
    shares = {
        name: item.share.printed
        for name, item in _by(review_of(_two_years().dataset(), 2025), "issuance.amount_by_market").items()
        if item.share
    }
    assert shares == {"abn": "60.00", "exchange_abs": "30.00", "credit_abs": "10.00"}


def test_without_a_complete_year_before_there_is_no_growth_rate_but_a_reason() -> None:
    change = review_of(_two_years().dataset(), 2025).of("issuance.count")[0].change
    assert change is not None
    assert change.value is None
    assert change.problem is not None
    assert "2024" in change.problem.en


def test_documents_are_the_base_of_a_year_that_a_person_calls_complete(reference: Reference) -> None:
    review = review_of(_two_years().dataset(), 2025, reference=reference("documents_complete,micro_loan,2024,,,1,"))
    changes = {
        name: item.change.printed for name, item in _by(review, "issuance.amount_by_market").items() if item.change
    }
    assert changes == {"abn": "+50.00", "exchange_abs": "", "credit_abs": "-50.00"}
    assert review.of("issuance.count")[0].change.printed == "+50.00"  # type: ignore[union-attr]


def test_the_reference_file_is_the_base_where_it_knows_the_year_before(reference: Reference) -> None:
    known = reference("issuance_amount,micro_loan,2024,market,abn,5,亿元")
    result = _by(review_of(_two_years().dataset(), 2025, reference=known), "issuance.amount_by_market")["abn"]
    assert result.change is not None
    assert result.change.printed == "+20.00"


def test_the_share_of_the_whole_market_needs_the_reference_file(reference: Reference) -> None:
    share = review_of(_two_years().dataset(), 2025).of("issuance.amount")[0].share
    assert share is not None
    assert (share.value, share.problem is None) == (None, False)
    known = review_of(_two_years().dataset(), 2025, reference=reference("issuance_amount,all,2025,,,80,亿元"))
    assert known.of("issuance.amount")[0].share.printed == "12.50"  # type: ignore[union-attr]


def test_earlier_years_come_with_their_source(reference: Reference) -> None:
    review = review_of(_two_years().dataset(), 2025, reference=reference("issuance_count,micro_loan,2023,,,7,单"))
    [past] = review.of("issuance.count", 2023)
    assert (past.value.printed, past.n) == ("7", 0)
    assert "某数据商, 2026-01-15" in past.origin


def test_a_platform_counts_as_platform_whatever_its_licence() -> None:
    review = review_of(Market().deal("甲2025-1", originator="I4", provider="").dataset(), 2025)
    assert _by(review, "originators.count_by_type")["互联网平台"].n == 1


def test_an_originator_that_lends_is_the_asset_provider_where_none_is_named() -> None:
    review = review_of(_two_years().dataset(), 2025)
    assert _by(review, "providers.count_by_class")["商业银行"].deals == ("乙2025-1",)


def test_a_trust_is_never_taken_for_the_asset_provider() -> None:
    review = review_of(Market().deal("甲2025-1", provider="").dataset(), 2025)
    assert review.of("providers.count_by_class") == ()
    assert [item.deal_id for item in review.left_out["providers.count_by_class"]] == ["甲2025-1"]


def test_a_provider_that_nobody_knows_is_in_no_class() -> None:
    review = review_of(Market().deal("甲2025-1", provider="某某小贷").dataset(), 2025)
    assert review.of("providers.count_by_class") == ()
    assert any(finding.id == "parts.providers.count_by_class" for finding in review.findings)


def test_new_providers_are_those_of_whom_no_earlier_deal_is_known(reference: Reference) -> None:
    rows = "documents_complete,micro_loan,2024,,,1,", "issuance_count,micro_loan,2023,provider,I3,2,单"
    review = review_of(_two_years().dataset(), 2025, reference=reference(*rows))
    assert review.of("providers.new") == ()
    fewer = review_of(_two_years().dataset(), 2025, reference=reference(rows[0]))
    assert list(_by(fewer, "providers.new")) == ["丙民营银行"]


def test_nobody_is_called_new_while_earlier_years_are_unknown() -> None:
    review = review_of(_two_years().dataset(), 2025)
    assert review.of("providers.new") == ()
    assert len(review.left_out["providers.new"]) == 3


def test_deals_of_another_class_are_of_another_universe() -> None:
    market = Market().deal("甲2025-1", asset_class="consumer_loan")
    assert review_of(market.dataset(), 2025).of("issuance.count")[0].n == 0
    assert review_of(market.dataset(), 2025, "consumer_loan").of("issuance.count")[0].n == 1


def test_a_deal_without_set_up_date_is_named() -> None:
    review = review_of(Market().deal("甲2025-1", closing="").dataset(), 2025)
    assert [item.deal_id for item in review.left_out[""]] == ["甲2025-1"]


def test_the_same_deals_under_two_names_must_change_alike_or_it_is_told(reference: Reference) -> None:
    market = _two_years().deal("乙2024-2", "exchange_abs", closing="2024-07-01", amount="50000000", provider="I2")
    review = review_of(market.dataset(), 2025, reference=reference("documents_complete,micro_loan,2024,,,1,"))
    [finding] = [item for item in review.findings if item.id.startswith("unlike_change") and "credit_abs" in item.id]
    assert finding.deals == ("乙2024-2",)
    assert "-50.00" in finding.detail.en
    assert "-60.00" in finding.detail.en


def test_a_questioned_value_marks_the_figures_that_rest_on_it() -> None:
    market = _two_years().add(
        "questions", question_id="q1", table="deals", key="甲2025-1", column="total_amount", state="open"
    )
    amounts = _by(review_of(market.dataset(), 2025), "issuance.amount_by_market")
    assert amounts["abn"].doubts == ("q1",)
    assert amounts["exchange_abs"].doubts == ()


def test_markets_of_an_earlier_year_have_shares_only_where_all_are_known(reference: Reference) -> None:
    rows = [
        f"issuance_count,micro_loan,2023,market,{market},{count},单"
        for market, count in (("abn", 30), ("exchange_abs", 15), ("credit_abs", 5))
    ]
    full = review_of(_two_years().dataset(), 2025, reference=reference(*rows)).of("issuance.count_by_market", 2023)
    assert {item.member("market"): item.share.printed for item in full if item.share} == {
        "abn": "60.00",
        "exchange_abs": "30.00",
        "credit_abs": "10.00",
    }
    part = review_of(_two_years().dataset(), 2025, reference=reference(*rows[:2])).of("issuance.count_by_market", 2023)
    assert [item.share for item in part] == [None, None]


def test_an_unrated_tranche_is_not_left_out_of_a_mean_of_rated_ones() -> None:
    market = (
        Market()
        .deal("甲2025-1")
        .tranche("甲2025-1", "优先", "90", "AAAsf", coupon_pct="1.80", expected_maturity="2026-01-26")
    )
    review = review_of(market.tranche("甲2025-1", "次级", "10", expected_maturity="2026-01-26").dataset(), 2025)
    assert review.left_out["coupons.aaa_within_18_months"] == ()


def test_a_deal_whose_class_nobody_knows_is_named_not_forgotten() -> None:
    review = review_of(Market().deal("甲2025-1", asset_class="").deal("甲2025-2", asset_class="lease").dataset(), 2025)
    assert [item.deal_id for item in review.left_out[""]] == ["甲2025-1"]


def test_dollars_are_not_added_to_yuan() -> None:
    review = review_of(_two_years().deal("甲2025-9", currency="USD").dataset(), 2025)
    assert review.of("issuance.amount")[0].value.printed == "10.00"
    assert [(item.deal_id, item.reason.en) for item in review.left_out[""]] == [("甲2025-9", "not in yuan")]


def test_documents_that_could_not_be_read_are_told_with_the_figures() -> None:
    market = _two_years().add("documents", document_id="d", file_name="坏.pdf", kind="other", status="failed")
    assert any(
        item.id == "not_read" and "坏.pdf" in item.detail.zh for item in review_of(market.dataset(), 2025).findings
    )


def _half_years() -> Market:
    market = Market().deal("甲2025-1", closing="2025-03-01").deal("甲2025-2", closing="2025-09-01")
    return market.deal("甲2024-1", closing="2024-05-01", amount="500000000").deal("甲2024-2", closing="2024-09-01")


def test_half_a_year_is_compared_with_the_same_half_before(reference: Reference) -> None:
    known = reference(
        "documents_complete,micro_loan,2024,,,1,",
        "issuance_amount,micro_loan,2024,,,99,亿元",
        "issuance_amount,all,2025,,,800,亿元",
    )
    review = review_of(_half_years().dataset(), 2025, reference=known, until=date(2025, 6, 30))
    [amount] = review.of("issuance.amount")
    assert (amount.value.printed, amount.change.printed if amount.change else "") == ("10.00", "+100.00")
    assert amount.share is not None
    assert amount.share.value is None
    assert any(item.id == "not_whole" for item in review.findings)


def test_a_whole_year_reaches_to_its_end() -> None:
    assert review_of(_half_years().dataset(), 2025).of("issuance.count")[0].n == 2
