from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from dealproof.dataset.build import Dataset, build_dataset
from dealproof.errors import MappingError
from dealproof.interpret.mentions import FIELDS
from dealproof.mappings.expectations import Expectation, load_expectations
from dealproof.mappings.load import NOTHING, Registry
from dealproof.model.evidence import Fact, Problem
from dealproof.model.interpretation import Mention

from .conftest import DEAL, document, document_id, say, tranche


def states(dataset: Dataset) -> dict[str, str]:
    return {row["field"]: row["state"] for row in dataset.rows("coverage")}


def test_a_pool_of_bad_loans_cannot_have_a_default_rate(registry: Registry) -> None:
    report = document("r.pdf", "trustee_report", asset_class="npl", period_no=3)
    dataset = build_dataset([report], registry)
    assert states(dataset)["performance.cumulative_default_pct"] == "not_applicable"
    assert {row["period_no"] for row in dataset.rows("coverage")} == {"3"}


def test_a_static_pool_cannot_have_purchases(registry: Registry) -> None:
    dataset = build_dataset([document("o.pdf", revolving=False)], registry)
    assert states(dataset)["revolving_purchases"] == "not_applicable"


def test_purchases_of_a_revolving_deal_are_not_expected_in_its_circular(registry: Registry) -> None:
    dataset = build_dataset([document("o.pdf", revolving=True)], registry)
    assert "revolving_purchases" not in states(dataset)


def test_a_report_without_its_payment_table_is_partial_and_asks(registry: Registry) -> None:
    dataset = build_dataset([document("r.pdf", "trustee_report", period_no=3)], registry)
    assert states(dataset)["tranche_payments"] == "not_found"
    assert dataset.rows("documents")[0]["status"] == "partial"
    missing = [row["table"] for row in dataset.rows("questions") if row["kind"] == "missing_table"]
    assert "tranche_payments" in missing


def test_a_figure_of_an_earlier_period_does_not_cover_the_report(registry: Registry) -> None:
    fact = say("performance", (DEAL, "2", "pool_closing_balance", ""), "value", Decimal(5))
    dataset = build_dataset([document("r.pdf", "trustee_report", (fact,), period_no=3)], registry)
    assert states(dataset)["performance.pool_closing_balance"] == "not_found"


COUPON = "tranches.coupon_pct"
OFFER = (
    tranche("优先A", "800.5"),
    say("pool_stats", (DEAL, "2031-01-31", "principal_balance", ""), "value", Decimal(5)),
)


def asked(dataset: Dataset, table: str) -> list[dict[str, str]]:
    return [row for row in dataset.rows("questions") if row["kind"] == "missing_table" and row["table"] == table]


def test_a_circular_that_was_read_whole_and_speaks_of_no_coupon_does_not_disclose_it(registry: Registry) -> None:
    dataset = build_dataset([document("o.pdf", facts=OFFER)], registry)
    assert states(dataset)[COUPON] == "not_disclosed"
    assert states(dataset)["tranches.amount"] == "disclosed"
    assert dataset.rows("documents")[0]["status"] == "ok"
    assert asked(dataset, "tranches") == []


def test_a_coupon_that_the_document_speaks_of_and_nobody_read_is_not_found_and_asked_with_its_page(
    registry: Registry,
) -> None:
    mention = Mention(COUPON, 9, "票面利率为3.50%")
    dataset = build_dataset([document("o.pdf", facts=OFFER, mentions=(mention,))], registry)
    assert states(dataset)[COUPON] == "not_found"
    (question,) = asked(dataset, "tranches")
    assert (question["column"], question["page"], question["state"]) == ("coupon_pct", "9", "open")
    assert "«票面利率为3.50%»" in question["prompt"]
    assert "tranches.expected_maturity" not in question["value"]  # of that there is no trace


def test_while_a_page_was_not_read_nothing_counts_as_not_disclosed_and_all_of_it_is_asked(registry: Registry) -> None:
    dataset = build_dataset([document("o.pdf", facts=OFFER, pages_unread=1)], registry)
    found = states(dataset)
    assert "not_disclosed" not in found.values()
    missing = {field.partition(".")[0] for field, state in found.items() if state == "not_found"}
    assert {"deals", "tranches", "ratings", "pool_stats"} <= missing
    assert all(len(asked(dataset, table)) == 1 for table in missing)  # one question a table, not one a field
    (question,) = asked(dataset, "tranches")
    assert question["value"] == "tranches.coupon_pct, tranches.expected_maturity"


@pytest.mark.parametrize("code", ["missing_table", "unknown_label", "unit_unclear"])
def test_behind_an_open_doubt_about_its_table_a_field_may_be_hidden_and_is_not_asked_twice(
    code: str, registry: Registry
) -> None:
    doubt = Problem(code, "warning", "interpret", "What is 票息?", document_id=document_id("o.pdf"), table="tranches")  # type: ignore[arg-type]
    dataset = build_dataset([document("o.pdf", facts=OFFER, problems=(doubt,))], registry)
    assert states(dataset)[COUPON] == "not_found"
    assert states(dataset)["deals.closing_date"] == "not_disclosed"
    rows = [row for row in dataset.rows("questions") if row["table"] == "tranches"]
    assert [row["kind"] for row in rows] == [code]


def test_a_page_that_could_not_be_read_hides_every_field_and_is_asked_once(registry: Registry) -> None:
    doubt = Problem(
        "missing_table", "warning", "extract", "Page 3 is damaged.", document_id=document_id("o.pdf"), page=3
    )
    dataset = build_dataset([document("o.pdf", facts=OFFER, problems=(doubt,))], registry)
    assert "not_disclosed" not in states(dataset).values()
    assert [row["page"] for row in dataset.rows("questions") if row["kind"] == "missing_table"] == ["3"]


def test_what_a_kind_of_document_must_state_is_never_not_disclosed(registry: Registry) -> None:
    for kind in {item.kind for item in registry.expectations}:
        dataset = build_dataset([document("x.pdf", kind, period_no=3 if "report" in kind else None)], registry)
        needed = {item.field for item in registry.expectations if (item.kind, item.need) == (kind, "must")}
        assert {states(dataset)[field] for field in needed} <= {"not_found"}


def test_nobody_says_not_disclosed_of_a_field_whose_words_nobody_looks_for() -> None:
    expected = Expectation("offering_circular", "pool_stats.wa_ltv_pct", "should", "", "")
    dataset = build_dataset([document("o.pdf", facts=OFFER)], replace(NOTHING, expectations=(expected,)))
    assert states(dataset) == {"pool_stats.wa_ltv_pct": "not_found"}
    assert len(asked(dataset, "pool_stats")) == 1


def test_the_words_of_every_field_that_the_shipped_expectations_name_are_looked_for(registry: Registry) -> None:
    assert {item.field for item in registry.expectations if item.need == "should"} <= FIELDS


def test_a_field_in_conflict_says_so(registry: Registry) -> None:
    facts = (tranche("优先A", "800.5", page=2), tranche("优先A", "700.5", page=3))
    assert states(build_dataset([document("o.pdf", facts=facts)], registry))["tranches.amount"] == "conflict"


def test_a_doubt_of_a_reader_becomes_one_open_question_with_a_stable_id() -> None:
    doubt = Problem("unit_unclear", "warning", "interpret", "No unit anywhere.", document_id="d", page=3, value="5")
    first, second = (
        build_dataset([document(name, problems=(doubt, doubt))]).rows("questions") for name in ("a.pdf", "b.pdf")
    )
    assert len(first) == 1
    assert first[0]["state"] == "open"
    assert "correct" in first[0]["prompt"]
    assert first[0]["question_id"] == second[0]["question_id"]


def test_suggestions_are_a_list_that_can_be_read_back() -> None:
    doubt = Problem("ambiguous_name", "warning", "interpret", "Which?", suggestions=("甲|乙", "丙"))
    row = build_dataset([document("a.pdf", problems=(doubt,))]).rows("questions")[0]
    assert json.loads(row["suggestions"]) == ["甲|乙", "丙"]


def test_a_trouble_that_nobody_can_decide_is_no_question() -> None:
    trouble = Problem("unreadable", "error", "open", "Damaged.")
    assert build_dataset([document("a.pdf", problems=(trouble,))]).rows("questions") == ()


def test_a_fact_that_the_contract_does_not_know_is_asked_about_not_dropped() -> None:
    stray = Fact("tranches", (("deal_id", DEAL), ("tranche", "优先A")), "colour", "red")
    row = build_dataset([document("a.pdf", facts=(stray,))]).rows("questions")[0]
    assert (row["kind"], row["column"], row["document_id"]) == (
        "low_confidence",
        "colour",
        document_id("a.pdf"),
    )


def test_a_word_outside_the_vocabulary_is_asked_about() -> None:
    odd = say("tranches", (DEAL, "优先A"), "seniority", "topmost")
    kinds = [row["kind"] for row in build_dataset([document("a.pdf", facts=(odd,))]).rows("questions")]
    assert kinds == ["low_confidence"]


@pytest.mark.parametrize(
    "row",
    [
        "prospectus,tranches,must,,",
        "trustee_report,tranches.colour,must,,",
        "trustee_report,tranches,perhaps,,",
        "trustee_report,tranches,must,sometimes,",
    ],
)
def test_an_expectation_that_cannot_be_met_is_refused_with_its_line(row: str, tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "expectations.csv"
    path.write_text(f"kind,field,need,when,note\n{row}\n", encoding="utf-8")
    with pytest.raises(MappingError, match=r"expectations\.csv:2"):
        load_expectations(path)


@pytest.mark.parametrize(("spoken", "state"), [
    ("六、触发事件 报告期内未发生违约事件、加速清偿事件及权利完善事件。", "not_applicable"), ("截至本报告期末，没有发生任何触发事件。", "not_applicable"),
    ("加速清偿事件  未发生", "not_found"), ("是否触发加速清偿事件：否", "not_found"), ("违约事件：未发生", "not_found"),
])  # fmt: skip
def test_a_sentence_that_no_event_occurred_leaves_nothing_to_list(registry: Registry, spoken: str, state: str) -> None:
    report = replace(document("r.pdf", "trustee_report", period_no=3), mentions=(Mention("triggers", 4, spoken),))
    assert states(build_dataset([report], registry))["triggers"] == state
