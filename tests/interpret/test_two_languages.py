"""Labels, statuses, tranches and captions that are printed in Chinese with their English words behind them."""

from __future__ import annotations

import pytest

from dealproof.interpret.report_words import unknown_words
from dealproof.values.buckets import parse_status_bucket
from dealproof.values.parsed import Parsed
from dealproof.values.tranches import tranche_named
from dealproof.values.units import find_units
from tests.interpret.tables import LABELS


@pytest.mark.parametrize(("group", "label", "field"), [
    ("tranches", "预期到期日\nExpected maturity", "expected_maturity"), ("tranches", "法定到期日 Legal final", "legal_maturity"),
    ("tranches", "利率类型 Coupon type", "rate_type"), ("tranches", "评级（联合资信/中债资信） Rating", "rating"),
    ("columns", "笔数 No.", "count"), ("columns", "占比 %", "share"),
    ("tranches", "预期到期日 Legal maturity", ""), ("performance", "期末余额 Planned", ""), ("columns", "笔数 Borrowers", ""),
])  # fmt: skip
def test_a_translation_that_says_the_same_leaves_a_label_what_it_is(group: str, label: str, field: str) -> None:
    assert LABELS.field(group, label) == field


@pytest.mark.parametrize(("text", "bucket"), [
    ("正常 Current", "current"), ("逾期1-30天 1-30 days", "1-30"), ("逾期90天以上 90+ days past due", "90+"), ("合计 Total", "total"),
    ("正常（M0）", "current"), ("M1（1-30天）", "1-30"), ("M4及以上（90天以上）", "90+"), ("M3以上", "90+"), ("无拖欠", "current"),
    ("大于90天", "90+"), ("其中：正常", "current"), ("资产池合计", "total"),
    ("逾期1-30天 31-60 days", ""), ("M2（1-30天）", ""), ("正常 Planned", ""), ("大于60天", ""), ("小微贷款小计", ""),
])  # fmt: skip
def test_a_status_by_two_names_is_known_where_they_agree(text: str, bucket: str) -> None:
    read = parse_status_bucket(text)
    assert (read.value if isinstance(read, Parsed) else "") == bucket


@pytest.mark.parametrize(("text", "name"), [
    ("优先A档 Class A", "优先A"), ("优先A-1级 Class A-1 Notes", "优先A1"), ("次级档 Subordinated", "次级"), ("优先级 Senior", "优先"),
    ("优先A档 Class B", ""), ("次级档 Senior", ""), ("优先B档 Class A-1", ""),
])  # fmt: skip
def test_a_tranche_in_two_languages_is_known_where_they_agree(text: str, name: str) -> None:
    tranche = tranche_named(text)
    assert (tranche.name if tranche else "") == name


@pytest.mark.parametrize("caption", ["Ⅱ 违约 Defaults", "Ⅰ 资产池 Asset Pool", "Ⅲ 证券兑付 Distributions", "壹、资产池", "贰、违约情况"])
def test_captions_of_a_report_in_two_languages_are_its_own(caption: str) -> None:
    assert unknown_words(caption) == ""


@pytest.mark.parametrize("caption", ["Ⅱ 违约 Stress", "Ⅰ 华东资产池 Asset Pool", "II 资产池 Projected"])
def test_another_word_in_either_language_is_asked(caption: str) -> None:
    assert unknown_words(caption) != ""


def test_a_unit_line_may_say_its_unit_twice() -> None:
    assert [unit.factor for unit in find_units("单位：人民币元 (Unit: RMB Yuan)")] == [1]
    assert [unit.factor for unit in find_units("单位：万元（Unit: RMB 10,000）")] == [10_000]
