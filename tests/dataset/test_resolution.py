from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dealproof.dataset.build import Dataset, Row, build_dataset
from dealproof.model.evidence import Fact
from dealproof.model.interpretation import Interpretation

from .conftest import DEAL, document, document_id, say, tranche


def built(*documents: Interpretation) -> Dataset:
    return build_dataset(documents)


def only(rows: tuple[Row, ...]) -> Row:
    assert len(rows) == 1
    return rows[0]


def asked(dataset: Dataset, kind: str) -> list[Row]:
    return [row for row in dataset.rows("questions") if row["kind"] == kind]


def balance(value: str, text: str = "", page: int = 1) -> Fact:
    key = (DEAL, "2031-01-01", "principal_balance", "")
    return say("pool_stats", key, "value", Decimal(value), text, page=page, unit="yuan")


def test_the_issue_result_outranks_the_offering_circular() -> None:
    dataset = built(
        document("offer.pdf", facts=(tranche("优先A", "800"),), on=date(2031, 3, 1)),
        document("result.pdf", "issue_result", (tranche("优先A", "790"),), on=date(2031, 2, 1)),
    )
    assert only(dataset.rows("tranches"))["amount"] == "790"


def test_the_offering_circular_outranks_a_later_trustee_report() -> None:
    dataset = built(
        document("report.pdf", "trustee_report", (tranche("优先A", "700"),), on=date(2032, 3, 1)),
        document("offer.pdf", facts=(tranche("优先A", "800"),), on=date(2031, 3, 1)),
    )
    assert only(dataset.rows("tranches"))["amount"] == "800"


def test_a_correction_outranks_everything() -> None:
    dataset = built(
        document("offer.pdf", facts=(tranche("优先A", "800"),)),
        document("result.pdf", "issue_result", (tranche("优先A", "790"),)),
        document("fix.pdf", facts=(tranche("优先A", "810"),), title="发行说明书（更正）"),
    )
    assert only(dataset.rows("tranches"))["amount"] == "810"


def test_among_equal_sources_the_later_report_speaks() -> None:
    dataset = built(
        document("early.pdf", "trustee_report", (balance("10"),), on=date(2031, 5, 1)),
        document("late.pdf", "trustee_report", (balance("20"),), on=date(2031, 6, 1)),
    )
    assert only(dataset.rows("pool_stats"))["value"] == "20"


def test_a_reading_that_was_not_taken_stays_as_evidence_and_asks_naming_both_pages() -> None:
    dataset = built(
        document("offer.pdf", facts=(tranche("优先A", "800", page=7),)),
        document("report.pdf", "trustee_report", (tranche("优先A", "700", page=3),)),
    )
    pages = [row["page"] for row in dataset.rows("evidence") if row["column"] == "amount"]
    assert sorted(pages) == ["3", "7"]
    question = only(tuple(asked(dataset, "conflict")))
    assert (question["table"], question["key"], question["column"]) == ("tranches", f"{DEAL}|优先A", "amount")
    assert "page 7 of offer.pdf" in question["prompt"]
    assert "page 3 of report.pdf" in question["prompt"]
    assert (question["value"], question["document_id"], question["page"]) == ("800", document_id("offer.pdf"), "7")


def test_a_figure_in_wan_yuan_agrees_with_the_same_figure_in_yuan() -> None:
    dataset = built(
        document("offer.pdf", facts=(balance("1004341200", "100,434.12"),)),
        document("report.pdf", "trustee_report", (balance("1004341212.94", "1,004,341,212.94"),)),
    )
    assert asked(dataset, "conflict") == []


def test_a_figure_in_wan_yuan_that_is_off_by_its_last_digit_is_a_conflict() -> None:
    dataset = built(
        document("offer.pdf", facts=(balance("1004341200", "100,434.12"),)),
        document("report.pdf", "trustee_report", (balance("1004341312.94", "1,004,341,312.94"),)),
    )
    assert len(asked(dataset, "conflict")) == 1


def test_two_percentages_with_the_same_digits_must_be_equal() -> None:
    key = (DEAL, "2031-01-01", "wa_rate_pct", "")
    dataset = built(
        document("offer.pdf", facts=(say("pool_stats", key, "value", Decimal("0.25")),)),
        document("report.pdf", "trustee_report", (say("pool_stats", key, "value", Decimal("0.26")),)),
    )
    assert len(asked(dataset, "conflict")) == 1


def test_a_term_in_days_agrees_with_the_same_term_in_years() -> None:
    key = (DEAL, "2031-01-01", "wa_remaining_term_years", "")
    dataset = built(
        document("offer.pdf", facts=(say("pool_stats", key, "value", Decimal("1.0411"), "380天"),)),
        document("report.pdf", "trustee_report", (say("pool_stats", key, "value", Decimal("1.04"), "1.04年"),)),
    )
    assert asked(dataset, "conflict") == []


def test_within_a_document_the_most_precise_print_is_kept_without_a_question() -> None:
    facts = (balance("1004000000", "10.04亿元"), balance("1004341212.94", "1,004,341,212.94", page=9))
    dataset = built(document("offer.pdf", facts=facts))
    assert only(dataset.rows("pool_stats"))["value"] == "1004341212.94"
    assert asked(dataset, "conflict") == []


def test_within_a_document_two_figures_that_differ_are_a_question_and_the_first_is_kept() -> None:
    facts = (balance("500.01", page=4), balance("900.01", page=9))
    dataset = built(document("offer.pdf", facts=facts))
    assert only(dataset.rows("pool_stats"))["value"] == "500.01"
    question = only(tuple(asked(dataset, "conflict")))
    assert "page 4" in question["prompt"]
    assert "page 9" in question["prompt"]


def test_within_a_document_what_two_places_say_beats_a_finer_print_in_one() -> None:
    facts = (balance("900.123"), balance("500"), balance("500"))
    assert only(built(document("offer.pdf", facts=facts)).rows("pool_stats"))["value"] == "500"


def test_a_tranche_name_printed_in_two_ways_is_no_conflict() -> None:
    key = (DEAL, "优先A")
    dataset = built(
        document("offer.pdf", facts=(say("tranches", key, "tranche_name", "优先A级资产支持证券"),)),
        document("report.pdf", "trustee_report", (say("tranches", key, "tranche_name", "优先A级"),)),
    )
    assert only(dataset.rows("tranches"))["tranche_name"] == "优先A级资产支持证券"
    assert asked(dataset, "conflict") == []


def test_tranches_are_numbered_as_printed() -> None:
    facts = (tranche("优先A", "1"), tranche("优先B", "1"), tranche("次级", "1"))
    positions = {row["tranche"]: row["position"] for row in built(document("o.pdf", facts=facts)).rows("tranches")}
    assert positions == {"优先A": "1", "优先B": "2", "次级": "3"}


def test_a_mention_in_prose_does_not_change_the_order_of_the_tranche_table() -> None:
    prose = say("tranches", (DEAL, "次级"), "tranche_name", "次级", reader="text")
    facts = (prose, tranche("优先A", "1"), tranche("次级", "1"))
    positions = {row["tranche"]: row["position"] for row in built(document("o.pdf", facts=facts)).rows("tranches")}
    assert positions == {"优先A": "1", "次级": "2"}


def test_a_class_of_other_does_not_contradict_a_known_asset_class() -> None:
    dataset = built(document("offer.pdf"), document("report.pdf", "trustee_report", asset_class="other"))
    assert only(dataset.rows("deals"))["asset_class"] == "micro_loan"
    assert asked(dataset, "conflict") == []


def test_a_deal_whose_name_says_nothing_of_its_assets_has_no_class_and_is_asked() -> None:
    dataset = built(document("offer.pdf", asset_class=""), document("report.pdf", "trustee_report", asset_class=""))
    assert only(dataset.rows("deals"))["asset_class"] == ""
    question = only(tuple(asked(dataset, "low_confidence")))
    assert (question["table"], question["key"], question["column"]) == ("deals", DEAL, "asset_class")
    one_says = built(document("offer.pdf", asset_class=""), document("report.pdf", "trustee_report"))
    assert asked(one_says, "low_confidence") == []


def test_tranches_that_do_not_add_up_to_the_total_are_a_question() -> None:
    total = say("deals", (DEAL,), "total_amount", Decimal(1000))
    dataset = built(document("offer.pdf", facts=(tranche("优先A", "800"), tranche("次级", "100"), total)))
    question = only(tuple(asked(dataset, "failed_check")))
    assert question["column"] in ("amount", "total_amount")
    assert "tranche amounts add up to the issue" in question["prompt"]


def test_tranches_that_add_up_within_their_print_are_no_question() -> None:
    total = say("deals", (DEAL,), "total_amount", Decimal(1000000400), "10.000004亿元")
    parts = (tranche("优先A", "800000000", "80,000.00"), tranche("次级", "200000390", "20,000.039"))
    assert asked(built(document("offer.pdf", facts=(*parts, total))), "failed_check") == []


def test_no_total_is_invented_where_none_is_printed() -> None:
    dataset = built(document("offer.pdf", facts=(tranche("优先A", "800"),)))
    assert only(dataset.rows("deals"))["total_amount"] == ""


def test_a_tranche_that_only_a_report_knows_is_a_question() -> None:
    payment = say("tranche_payments", (DEAL, "优先A1", "3"), "principal_paid", Decimal(5), page=6)
    dataset = built(
        document("offer.pdf", facts=(tranche("优先A", "800"), tranche("次级", "200"))),
        document("report.pdf", "trustee_report", (payment,), period_no=3),
    )
    question = only(tuple(asked(dataset, "conflict")))
    assert (question["table"], question["value"], question["page"]) == ("tranche_payments", "优先A1", "6")


def test_the_only_tranche_that_a_document_mentions_is_no_list_of_tranches() -> None:
    payment = say("tranche_payments", (DEAL, "优先B", "3"), "principal_paid", Decimal(5))
    dataset = built(document("report.pdf", "trustee_report", (tranche("优先A", "1"), payment), period_no=3))
    assert asked(dataset, "conflict") == []


def test_two_documents_without_a_deal_never_run_together() -> None:
    nameless = [
        document(name, facts=(say("tranches", ("", "优先A"), "amount", Decimal(amount)),), deal_id="")
        for name, amount in (("a.pdf", 1), ("b.pdf", 2))
    ]
    dataset = built(*nameless)
    assert dataset.rows("tranches") == ()  # they wait: under no name, so under no false one
    asked_of = {row["document_id"] for row in dataset.rows("questions") if row["column"] == "deal_id"}
    assert asked_of == {document_id("a.pdf"), document_id("b.pdf")}


def test_positions_stay_distinct_where_two_documents_list_different_tranches() -> None:
    dataset = built(
        document("offer.pdf", facts=(tranche("优先A", "800"), tranche("次级", "200"))),
        document("report.pdf", "trustee_report", (tranche("优先B", "5"), tranche("优先A", "800"))),
    )
    positions = sorted(row["position"] for row in dataset.rows("tranches"))
    assert positions == ["1", "2", "3"]


def test_a_printed_value_is_never_replaced_by_a_derived_one_of_a_better_source() -> None:
    derived = replace(tranche("优先A", "999"), origin="derived", derivation="total less the others")
    dataset = built(
        document("offer.pdf", facts=(derived,)),
        document("report.pdf", "trustee_report", (tranche("优先A", "800"),)),
    )
    assert only(dataset.rows("tranches"))["amount"] == "800"
    assert len(asked(dataset, "conflict")) == 1


@pytest.mark.parametrize(
    ("exact", "asked_of"), [("1004341249.99", 0), ("1004341251.00", 1), ("1004341150.01", 0), ("1004341149.00", 1)]
)
def test_half_the_last_printed_digit_is_rounding_and_more_is_a_conflict(exact: str, asked_of: int) -> None:
    dataset = built(
        document("offer.pdf", facts=(balance("1004341200", "100,434.12"),)),
        document("report.pdf", "trustee_report", (balance(exact, f"{Decimal(exact):,}"),)),
    )
    assert len(asked(dataset, "conflict")) == asked_of


def _tranches(*sizes: tuple[str, str, str]) -> tuple[Fact, ...]:
    return tuple(
        say("tranches", (DEAL, name), column, Decimal(value), unit=unit)
        for name, amount, share in sizes
        for column, value, unit in (("amount", amount, "CNY"), ("share_pct", share, "percent"))
    )


def test_the_size_of_an_issue_follows_from_its_tranches_where_their_shares_make_the_whole() -> None:
    whole = document("a.pdf", facts=_tranches(("优先A", "620000000", "88.57"), ("优先B", "42000000", "6.00"), ("次级", "38000000", "5.43")))
    built = build_dataset([whole])
    assert [row["total_amount"] for row in built.rows("deals")] == ["700000000"]
    assert {row["status"] for row in built.rows("evidence") if row["column"] == "total_amount"} == {"derived"}


def test_no_size_follows_where_a_tranche_is_missing_or_a_share_does_not_fit() -> None:
    for sizes in (
        (("优先A", "620000000", "88.57"), ("优先B", "42000000", "6.00")),
        (("优先A", "620000000", "88.57"), ("优先B", "42000000", "6.00"), ("次级", "33000000", "5.43")),
    ):
        assert [row["total_amount"] for row in build_dataset([document("a.pdf", facts=_tranches(*sizes))]).rows("deals")] == [""]
