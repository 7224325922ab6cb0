"""What a document speaks of without being understood gives itself away; what it does not speak of, it does not disclose."""

from __future__ import annotations

import pytest

from dealproof.interpret.read import interpret_document
from dealproof.model.extract import Extract
from tests.interpret.tables import LABELS, document_of, table_of

COVER = "云帆2025年第一期微小企业贷款资产支持证券\n发行说明书\n第一章 证券概况"
REPORT = "云帆2025年第一期微小企业贷款资产支持证券\n受托机构报告\n2025年第3期"
COUPON, PREPAYMENT = "tranches.coupon_pct", "performance.prepayment_pct"


def spoken_of(extract: Extract) -> dict[str, int]:
    """The fields that were mentioned, with the page."""
    return {item.field: item.page for item in interpret_document(extract, LABELS).mentions}


@pytest.mark.parametrize("nothing", ["固定利率", "无票面利率", "簿记建档确定", "待定", "-", ""])
def test_a_column_of_coupons_without_a_figure_states_no_coupon(nothing: str) -> None:
    table = table_of(
        [
            ["分层", "发行金额（万元）", "占比（%）", "发行利率", "预期到期日"],
            ["优先A档", "80,000.00", "80.00", nothing, "2025/10/26"],
            ["次级档", "20,000.00", "20.00", "-", "2026/2/26"],
        ]
    )
    assert COUPON not in spoken_of(document_of(COVER, tables=(table,)))


def test_risks_of_interest_rates_and_rates_of_loans_are_no_coupons() -> None:
    prose = (
        "利率风险。市场利率受货币政策、资金供求以及国际环境的影响而波动。如果市场利率上升，固\n"
        "定利率证券的相对收益水平将会下降。其价格可能下跌5%以上。\n"
        "（5）贷款的年利率不低于3.00%且不高于18.00%；\n"
        "票面利率将根据簿记建档结果确定，并于簿记建档日后公告。"
    )
    assert COUPON not in spoken_of(document_of(COVER, prose))


@pytest.mark.parametrize(
    "words",
    [
        "优先A档资产支持证券的票面利率为3.50%，次级档不设票面利率。",
        "本期证券固定利率，发行利率区间为2.80%-3.20%。",
        "品种  发行利率（%）  到期日\n优先A档  2.80%  2026/2/26",
        "票面利率\n3.50%\n优先A",
        "优先A档票面年化收益率百分之三点五",
        "The coupon of the Class A Notes is 4.50%.",
    ],
)
def test_a_coupon_in_words_that_nothing_was_read_from_is_mentioned_with_its_page(words: str) -> None:
    assert spoken_of(document_of(COVER, words))[COUPON] == 2


@pytest.mark.parametrize(
    "rows",
    [
        [["证券", "某个新词", "票面收益率"], ["甲类", "x", "3.50"], ["乙类", "y", "-"]],
        [["票面收益水平", "3.50%"], ["甲", "乙"]],
        [["要素", "内容"], ["票面利率：3.50%", "固定"]],
    ],
)
def test_a_coupon_in_a_table_that_no_kind_knows_is_mentioned(rows: list[list[str | None]]) -> None:
    assert COUPON in spoken_of(document_of(COVER, tables=(table_of(rows, title="其他要素"),)))


def test_amounts_of_prepayments_are_no_rate_of_prepayment() -> None:
    table = table_of(
        [
            ["收入账", "上期", "本期", "本金账", "上期", "本期"],
            ["正常回收", "11,078,247.15", "12,058,055.11", "正常回收", "83,511.00", "79,124.00"],
            ["提前偿还", "151,514.82", "139,203.10", "提前偿还", "40,802,549.12", "32,046,850.21"],
        ]
    )
    assert PREPAYMENT not in spoken_of(document_of(REPORT, "在最近一个支付日前到期且不得提前支取。", tables=(table,)))


@pytest.mark.parametrize("label", ["早偿进度率", "月度提前还款占比（%）", "CPR（模型口径）", "早偿水平"])
def test_a_rate_of_prepayment_under_a_label_that_is_not_known_is_mentioned(label: str) -> None:
    table = table_of([["项目", "数值"], [label, "1.25%"], ["某项", "7"]])
    assert PREPAYMENT in spoken_of(document_of(REPORT, tables=(table,)))


def test_a_static_pool_of_other_loans_is_no_mention_of_this_deals_default_rate() -> None:
    field = "performance.cumulative_default_pct"
    rows = [["月份", "累计违约率"], ["第1个月", "0.12%"], ["第2个月", "0.34%"]]
    own, other = table_of(rows, title="资产池表现"), table_of(rows, title="静态池累计违约率")
    read = interpret_document(document_of(REPORT, tables=(own,)), LABELS)
    assert field in {item.field for item in read.mentions} | {
        f"performance.{dict(f.key).get('metric')}" for f in read.facts
    }
    assert field not in spoken_of(document_of(REPORT, tables=(other,)))


@pytest.mark.parametrize(
    "words", ["截至本报告期末，未发生违约事件。", "加速清偿事件  未发生", "是否触发加速清偿事件：否"]
)
def test_events_that_did_not_happen_are_read_or_spoken_of(words: str) -> None:
    read = interpret_document(document_of(REPORT, words), LABELS)
    assert {item.page for item in read.mentions if item.field == "triggers"} | {
        fact.evidence.page for fact in read.facts if fact.table == "triggers" and fact.evidence
    } == {2}


def test_what_is_to_be_done_after_an_event_says_nothing_about_whether_it_happened() -> None:
    words = "权利完善事件发生后，发起机构应当于五个工作日内通知借款人；发生加速清偿事件后，资金转入本金分账户。"
    assert "triggers" not in spoken_of(document_of(REPORT, words))


def test_a_date_that_was_read_is_not_mentioned_again_under_another_name() -> None:
    """到期日 in the table of tranches is read; it is no trace of a date of the deal that was overlooked."""
    table = table_of(
        [
            ["分层", "发行金额（万元）", "预期到期日", "法定到期日"],
            ["优先A档", "80,000.00", "2025/10/26", "2030/1/26"],
            ["次级档", "20,000.00", "2026/2/26", "2030/1/26"],
        ]
    )
    assert "deals.legal_maturity" not in spoken_of(document_of(COVER, tables=(table,)))


def test_a_table_of_contents_mentions_nothing() -> None:
    assert COUPON not in spoken_of(document_of(COVER, "第三节 票面利率及付息方式................12%"))
