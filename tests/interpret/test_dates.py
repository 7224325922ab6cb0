"""Labelled dates: in sentences and in lists."""

from __future__ import annotations

import pytest

from dealproof.interpret.dates import date_hits
from dealproof.interpret.kinds import dates
from tests.interpret.tables import LABELS, context_of, document_of, table_of, values_of

LIST = [
    ["初始起算日", "2024年1月1日", "信托生效日", "2024年4月10日1"],
    ["首个支付日", "2024/5/26（预计）", "法定到期日", "二〇二八年七月二十六日"],
    ["上一支付日", "2024-06-26", "本期支付日", "2024-07-26"],
]


def hits(text: str) -> list[tuple[str, str]]:
    return [(hit.field, hit.day.isoformat()) for hit in date_hits(document_of(text).pages, LABELS)]


def test_a_list_of_dates_in_four_columns_gives_the_deals_dates() -> None:
    found = dates.read(table_of(LIST), context_of()).facts
    assert {fact.column: fact.value for fact in found} == {
        "cutoff_date": "2024-01-01",
        "closing_date": "2024-04-10",
        "first_payment_date": "2024-05-26",
        "legal_maturity": "2028-07-26",
    }


def test_a_list_of_dates_in_two_columns_is_claimed() -> None:
    assert dates.claim(table_of([row[:2] for row in LIST]), context_of()) > 0.3


def test_a_table_of_figures_is_no_list_of_dates() -> None:
    assert dates.claim(table_of([["地区", "金额"], ["浙江", "1.00"]]), context_of()) == 0.0


def test_the_proof_of_a_date_is_its_cell() -> None:
    fact = dates.read(table_of(LIST), context_of()).facts[0]
    assert fact.evidence is not None
    assert fact.evidence.text == "2024年1月1日"
    assert values_of([fact], "deals", "cutoff_date") == {"云帆2025-1": "2024-01-01"}


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("本次兑付日为2025年9月15日。", ("payment_date", "2025-09-15")),
        ("信托设立日为 2025 年 6 月 18 日", ("closing_date", "2025-06-18")),
        ("封包日（即初始起算日）：2025年5月20日", ("cutoff_date", "2025-05-20")),
        ("本发行说明书的公布日期为2019年3月28日。", ("announcement_date", "2019-03-28")),
        ("专项计划设立日：2025.06.05", ("closing_date", "2025-06-05")),
        ("报告出具日期：二〇二五年九月九日", ("report_date", "2025-09-09")),
        ("第一个支付日是2014年10月26日", ("first_payment_date", "2014-10-26")),
    ],
)
def test_a_sentence_names_its_date(text: str, hit: tuple[str, str]) -> None:
    assert hit in hits(text)


@pytest.mark.parametrize(
    "text",
    [
        "上一兑付日为2025年8月15日",
        "上一个支付日为2025年8月26日",
        "上次支付日：2025年8月26日",
        "下一个支付日：2025年10月26日",
        "评估基准日为2024年12月31日",
    ],
)
def test_the_date_of_another_period_or_matter_is_not_taken(text: str) -> None:
    assert hits(text) == []


def test_a_label_broken_over_two_lines_still_names_its_date() -> None:
    assert ("closing_date", "2025-06-18") in hits("信托生\n效日为2025年6月18日")


def test_a_date_far_behind_a_label_does_not_belong_to_it() -> None:
    assert hits("信托生效日起受托机构应当按照信托合同的约定管理信托财产并在2025年6月18日前报告") == []


@pytest.mark.parametrize(("text", "found"), [
    ("计算期间——2024年12月1日（含）至2025年2月28日（含）", [("period", "2024-12-01")]),
    ("报告日 Report Date 2025-03-21", [("report_date", "2025-03-21")]),
    ("支付日 Payment Date：2025-03-26", [("payment_date", "2025-03-26")]),
    ("统计期间：2025年1月1日至2025年1月31日", [("period", "2025-01-01")]),
    ("收款期间  2025年5月1日（含该日）  2025年5月31日（含该日）", [("period", "2025-05-01")]),
    ("截至2025年4月30日（资产池封包日），入池资产", [("cutoff_date", "2025-04-30")]),
    ("本信托于2024年8月20日设立。", [("closing_date", "2024-08-20")]),
    ("已发行完毕，信托于2025年7月\n11日生效，发行结果如下", [("closing_date", "2025-07-11")]),
])  # fmt: skip
def test_dates_that_issuers_print_in_other_forms(text: str, found: list[tuple[str, str]]) -> None:
    assert hits(text) == found


@pytest.mark.parametrize("text", [
    "分配基准日：2025年3月14日", "购买基准日：2025年2月20日", "支付日 Next Payment Date：2025-04-26", "信托于2025年7月11日成立前发生的费用",
    "报告期 2025年4月30日 2025年5月31日", "收款期间期初日 2025年4月1日 2025年5月1日",
])  # fmt: skip
def test_dates_of_another_matter_are_not_taken(text: str) -> None:
    assert [field for field, _ in hits(text) if field != "period_start"] == []


def test_the_last_day_of_a_period_may_leave_out_its_year() -> None:
    assert [(hit.day.isoformat(), str(hit.until)) for hit in date_hits(document_of("收款期间：2025年5月1日至5月31日；支付日").pages, LABELS)] == [
        ("2025-05-01", "2025-05-31")
    ]


def test_the_beginning_of_another_trust_is_not_the_deals() -> None:
    assert hits("发起的禾盈2022年第一期微小企业贷款资产证券化信托于2022年8月1日设立。") == []
    assert hits("发起的禾盈2022年第一期微小企业贷款资产证券化\n信托于2022年8月1日设立。") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "专项计划于2023年11月16日正式设立，募集资金总额人民币12.50亿元。",
        "惠农2022年第一期资产证券化信托（“本信托”）于2023年11月16日生效，至2024年11月26日信托终止。",
        "信托于2023年11月16日正式生效。",
    ],
)
def test_the_day_on_which_a_deal_began_may_open_a_sentence(sentence: str) -> None:
    assert ("closing_date", "2023-11-16") in hits(sentence)


@pytest.mark.parametrize("sentence", ["母信托于2023年11月16日生效。", "信托于2023年11月16日生效后的第三个工作日。"])
def test_another_trust_or_a_day_after_the_beginning_is_no_closing_date(sentence: str) -> None:
    assert "closing_date" not in dict(hits(sentence))


@pytest.mark.parametrize(
    "printed",
    [
        "收款期间：2025年7月1日零时至2025年7月31日二十四时",
        "收款期间：2025年7月1日0时至2025年7月31日24时",
        "本报告覆盖的期间为2025年7月1日至2025年7月31日",
        "收款期间为自2025年7月1日零点起至2025年7月31日二十四点止",
    ],
)
def test_a_period_may_name_the_hour_of_its_days(printed: str) -> None:
    found = [(hit.field, hit.day.isoformat(), hit.until.isoformat() if hit.until else "") for hit in date_hits(document_of(printed).pages, LABELS)]
    assert ("period", "2025-07-01", "2025-07-31") in found


@pytest.mark.parametrize("day", ["2030年7月26日，该日并非各档证券的实际到期日", "2030年7月26日（如遇非工作日则顺延至下一工作日，顺延期间不另计息）", "2030-07-26；为法律规定的最终日"])
def test_a_day_with_a_remark_behind_it_is_that_day(day: str) -> None:
    found = dates.read(table_of([["初始起算日", "2025年5月31日"], ["法定到期日", day]]), context_of())
    assert values_of(found.facts, "deals", "legal_maturity") == {"云帆2025-1": "2030-07-26"}
    assert found.problems == ()


@pytest.mark.parametrize("day", ["2030年7月26日或全部清偿之日，以孰早者为准", "2030年7月26日，可延长至2031年7月26日", "2030年7月26日，可提前终止", "不晚于2030年7月26日"])
def test_a_day_that_a_remark_leaves_open_is_asked(day: str) -> None:
    found = dates.read(table_of([["初始起算日", "2025年5月31日"], ["法定到期日", day]]), context_of())
    assert values_of(found.facts, "deals", "legal_maturity") == {}
    assert [problem.column for problem in found.problems] == ["legal_maturity"]


def test_a_day_with_its_name_in_brackets_behind_it_is_the_first_day_of_payment() -> None:
    assert ("first_payment_date", "2025-10-26") in hits("支付日 2025年10月26日（首个支付日）及其后每年1月、4月、7月、10月的26日")
