"""What was recognised without much confidence is confirmed, mended or asked; never silent, never overwritten unseen."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from dealproof.dataset.build import Dataset, build_dataset
from dealproof.model.evidence import Box, Evidence, Fact, Source
from dealproof.model.interpretation import Interpretation
from dealproof.model.profile import Profile

DEAL = "云帆2025-1"
DOCUMENT = "a" * 64


def _fact(table: str, column: str, text: str, key: tuple[tuple[str, str], ...], confidence: float, other: str) -> Fact:
    place = Box(10.0, 10.0 + len(key[-1][1]) * 20, 90.0, 20.0 + len(key[-1][1]) * 20)
    proof = Evidence(DOCUMENT, 3, place, text, "元", "column_header", "ocr", confidence, other)
    return Fact(table, key, column, Decimal(text.replace(",", "")), "CNY", proof)


def _amount(tranche: str, text: str, confidence: float = 0.999, other: str = "") -> Fact:
    return _fact("tranches", "amount", text, (("deal_id", DEAL), ("tranche", tranche)), confidence, other)


def _total(text: str, confidence: float = 0.999) -> Fact:
    return _fact("deals", "total_amount", text, (("deal_id", DEAL),), confidence, "")


def _dataset(*facts: Fact) -> Dataset:
    profile = Profile(
        kind="offering_circular", market="credit_abs", asset_class="micro_loan", deal_id=DEAL, deal_name="云帆2025年第一期"
    )
    source = Source("x.pdf", "x.pdf", DOCUMENT, 1)
    return build_dataset([Interpretation(source, 5, 5, profile, facts)])


def _asked(dataset: Dataset) -> list[tuple[str, str, str]]:
    return [(row["kind"], row["table"], row["key"]) for row in dataset.rows("questions") if row["kind"] in
            ("low_confidence", "failed_check")]  # fmt: skip


def _value(dataset: Dataset, tranche: str) -> str:
    return next(row["amount"] for row in dataset.rows("tranches") if row["tranche"] == tranche)


def test_an_unsure_amount_that_nothing_confirms_is_a_question_with_its_place() -> None:
    dataset = _dataset(_amount("优先A", "3,180.00", 0.6, "3,160.00"))
    (row,) = [row for row in dataset.rows("questions") if row["kind"] == "low_confidence"]
    assert (row["value"], row["page"], row["x0"]) == ("3180", "3", "10.00")
    assert "confidence of 0.60, another look saw '3,160.00'" in row["prompt"]
    assert row["suggestions"] == '["3160"]'


def test_an_unsure_amount_that_adds_up_with_the_others_needs_no_person() -> None:
    dataset = _dataset(_amount("优先A", "3,180.00", 0.6), _amount("次级", "820.00"), _total("4,000.00"))
    assert _asked(dataset) == []


def test_a_sum_to_which_the_digit_could_not_matter_confirms_nothing() -> None:
    share = replace(
        _amount("优先A", "79.50"), column="share_pct", unit="percent",
    )  # fmt: skip
    dataset = _dataset(_amount("优先A", "3,180.08", 0.6), share, _total("4,000.00"))
    assert ("low_confidence", "tranches", f"{DEAL}|优先A") in _asked(dataset)


def test_a_digit_that_another_look_saw_as_the_sum_asks_for_is_mended_and_says_so() -> None:
    facts = (_amount("优先A", "3,160.00", 0.5, "3,180.00"), _amount("次级", "820.00"), _total("4,000.00"))
    dataset = _dataset(*facts)
    assert _value(dataset, "优先A") == "3180"
    (proof,) = [r for r in dataset.rows("evidence") if r["key"] == f"{DEAL}|优先A" and r["column"] == "amount"]
    assert (proof["text"], proof["status"], proof["confidence"]) == ("3,160.00", "derived", "0.500")
    assert "tranche_total" in proof["derivation"]
    assert _asked(dataset) == []


def test_a_digit_that_only_one_sum_asks_for_stays_as_it_was_seen_and_is_asked() -> None:
    dataset = _dataset(_amount("优先A", "3,160.00", 0.5), _amount("次级", "820.00"), _total("4,000.00"))
    assert _value(dataset, "优先A") == "3160"
    assert "failed_check" in {kind for kind, _, _ in _asked(dataset)}


def test_a_sure_figure_is_never_mended_whatever_the_sum_asks_for() -> None:
    dataset = _dataset(_amount("优先A", "3,160.00", 0.999, "3,180.00"), _amount("次级", "820.00"), _total("4,000.00"))
    assert _value(dataset, "优先A") == "3160"
    assert "failed_check" in {kind for kind, _, _ in _asked(dataset)}


@pytest.mark.parametrize(("reader", "shown"), [("ocr", "0.999"), ("text", "")])
def test_confidence_is_told_of_recognised_text_only(reader: str, shown: str) -> None:
    fact = _amount("优先A", "3,180.00")
    assert fact.evidence is not None
    dataset = _dataset(replace(fact, evidence=replace(fact.evidence, reader=reader)))
    (proof,) = [r for r in dataset.rows("evidence") if r["column"] == "amount"]
    assert proof["confidence"] == shown


def test_one_unsure_text_that_tells_several_cells_the_same_is_one_question() -> None:
    def told(trigger: str, value: bool) -> Fact:
        proof = Evidence(DOCUMENT, 4, Box(10.0, 100.0, 400.0, 110.0), "报告期内未发生违约事件及权利完善事件", "", "", "text", 0.62)
        key = (("deal_id", DEAL), ("trigger", trigger), ("period_no", "3"), ("document_id", DOCUMENT))
        return Fact("triggers", key, "breached", value, "", replace(proof, reader="ocr"))

    asked = [row for row in _dataset(told("违约事件", False), told("权利完善事件", False)).rows("questions") if row["kind"] == "low_confidence"]
    assert [row["cause"] != "" for row in asked] == [False, True]
    assert "The same is asked of 2 cells" in asked[0]["prompt"]
    differing = _dataset(told("违约事件", False), told("权利完善事件", True)).rows("questions")
    assert [row["cause"] for row in differing if row["kind"] == "low_confidence"] == ["", ""]
