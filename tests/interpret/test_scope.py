"""A figure is this deal's, this period's and actual: another's is left in whatever words and place that is said."""

from __future__ import annotations

import pytest

from tests.interpret.reports import COVER, RATES, asked_words, figures, read

CLOSING = {"pool_closing_balance": "866977500.63"}


@pytest.mark.parametrize("heading", [
    "四、发起机构前期产品（澄江2023年第二期）表现",
    "四、澄江2023年第二期资产池情况",
    "（二）澄江2023-2累计违约情况",
    "澄江二期运行情况",
    "附表 23澄江2 累计违约率",
    "五、江洲2022年第三期微小企业贷款资产证券化信托累计违约情况",
    "同系列澄江2023第二期",
    "四、“江洲”2022年第1期专项计划违约表现",
    "表4 融安2号资产支持专项计划违约情况",
])  # fmt: skip
def test_figures_under_a_heading_with_another_deals_name_are_not_this_deals(heading: str) -> None:
    assert figures(read(heading, RATES)) == CLOSING


@pytest.mark.parametrize("sentence", [
    "澄江2023年第二期截至本收款期间末的违约情况如下：",
    "作为比较，江洲2022年第三期微小企业贷款资产证券化信托的表现见下表：",
    "下表列示澄江2023-2的累计违约数据。",
    "本节数据摘自澄江2023年第二期受托机构报告。",
])  # fmt: skip
def test_figures_that_a_sentence_introduces_as_another_deals_are_not_this_deals(sentence: str) -> None:
    found = read("四、违约情况", sentence, RATES)
    assert figures(found) == CLOSING


def test_what_follows_another_deals_heading_stays_that_deals_until_the_next_heading() -> None:
    found = read("澄江2023年第二期资产池情况", [["指标", "数值"], ["期初资产池未偿本金余额（元）", "1,000.00"]], "单位：元", RATES)
    assert figures(found) == CLOSING
    back = read("澄江2023年第二期资产池情况", RATES, "四、违约情况", [["指标", "数值"], ["累计违约率（%）", "0.42"]])
    assert figures(back) == {**CLOSING, "cumulative_default_pct": "0.42"}


def test_figures_on_a_page_with_another_deals_running_header_are_not_this_deals() -> None:
    assert figures(read("四、违约情况", RATES, furniture=("澄江2023年第二期受托机构报告",))) == {}


@pytest.mark.parametrize("heading", [
    "四、澄江2024年第一期违约情况", "四、澄江2024-1累计违约情况", "四、本信托违约情况", "（二）资产池违约情况", "四、违约情况", "24澄江1累计违约率",
    "四、澄江2024年第I期违约情况", "2024年第4期累计违约情况", "四、第4期收款期间违约情况", "截至2024年5月31日累计违约情况", "2024年5月违约情况",
    "四、期末资产池整体表现情况", "（三）累计违约情况", "四、2024年二季度违约情况",
])  # fmt: skip
def test_figures_under_this_deals_own_name_and_period_are_taken_unasked(heading: str) -> None:
    found = read(heading, RATES)
    assert figures(found) == {**CLOSING, "cumulative_default_pct": "1.93", "cumulative_recovery_amount": "320000.00"}
    assert asked_words(found) == []


@pytest.mark.parametrize("heading", [
    "附：上一收款期间资产池状况（供比较）",
    "附件 上期资产池状况",
    "四、前一报告期违约情况",
    "四、上次报告披露的违约情况",
    "四、2024年4月违约情况",
    "截至2024年4月30日违约情况",
    "四、2024年一季度违约情况",
    "四、2023年度违约情况",
    "四、第3期收款期间违约情况",
    "四、去年同期违约情况",
    "往期违约情况",
])  # fmt: skip
def test_figures_of_another_period_are_not_this_periods(heading: str) -> None:
    assert figures(read(heading, RATES)) == CLOSING


@pytest.mark.parametrize("heading", [
    "五、下一收款期间预测", "五、违约率测算", "五、压力情景", "五、情景分析结果", "五、基准情形下的违约率", "五、未来违约情况", "五、模型推演结果", "五、悲观假设",
    "五、下期违约情况", "五、乐观与悲观", "五、预计违约情况", "五、违约目标值", "示例：违约情况",
])  # fmt: skip
def test_figures_that_did_not_happen_are_not_actual(heading: str) -> None:
    assert figures(read(heading, RATES)) == CLOSING


@pytest.mark.parametrize("heading", [
    "五、贷款服务机构全部小微贷款情况",
    "五、发起机构整体业务表现",
    "五、我行小微贷款违约情况",
    "五、原始权益人存量业务违约情况",
    "五、全行同类贷款表现",
    "五、银行全部个人经营贷款情况",
    "五、委托人在管贷款违约情况",
    "五、同业平均",
    "五、静态池违约情况",
    "五、其他项目违约情况",
    "五、所有贷款违约情况",
    "参考数据",
])  # fmt: skip
def test_figures_of_other_loans_are_not_the_pools(heading: str) -> None:
    assert figures(read(heading, RATES)) == CLOSING


def test_words_that_may_mean_other_loans_are_asked_once_and_an_answer_of_own_lets_the_table_in() -> None:
    words = "五、贷款服务机构全部小微贷款情况"
    found = read(words, RATES, RATES)
    assert asked_words(found)[0] == words
    assert set(asked_words(found)) == {words}


@pytest.mark.parametrize(("headers", "rates"), [
    (["指标", "澄江2023年第二期", "澄江2024年第一期"], ["1.93", "0.42"]),
    (["指标", "澄江2023-2", "本期"], ["1.93", "0.42"]),
    (["指标", "本信托", "江洲2022年第三期"], ["0.42", "1.93"]),
    (["指标", "预测值", "实际值"], ["1.93", "0.42"]),
    (["指标", "数值", "压力情景"], ["0.42", "1.93"]),
    (["指标", "全行", "资产池"], ["1.93", "0.42"]),
    (["指标", "同业平均", "数值"], ["1.93", "0.42"]),
    (["指标", "去年同期", "本期"], ["1.93", "0.42"]),
    (["指标", "参考值", "数值"], ["1.93", "0.42"]),
    (["指标", "2024年4月30日", "2024年5月31日"], ["1.93", "0.42"]),
])  # fmt: skip
def test_of_several_columns_the_one_of_this_deal_and_period_is_taken(headers: list[str], rates: list[str]) -> None:
    found = read("四、违约情况", [headers, ["累计违约率（%）", *rates]])
    assert figures(found)["cumulative_default_pct"] == "0.42"


@pytest.mark.parametrize("header", ["全行", "预测值", "压力情景", "澄江2023年第二期", "静态池", "参考值", "预计数", "口径二", "辖内分行"])
def test_the_only_column_of_figures_under_words_of_another_is_not_taken(header: str) -> None:
    assert figures(read("四、违约情况", [["指标", header], ["累计违约率（%）", "1.93"]])) == CLOSING


def test_two_columns_of_figures_that_say_nothing_are_a_question_at_the_cell() -> None:
    found = read("四、违约情况", [["指标", "数值一", "数值二"], ["累计违约率（%）", "1.93", "0.42"]])
    asked = [item for item in found.problems if item.key and "cumulative_default_pct" in item.key]
    assert [candidate.value for candidate in asked[0].candidates] == ["1.93", "0.42"]


@pytest.mark.parametrize("line", ["澄江2023年第二期", "前期产品：江洲2022年第三期", "压力情景", "上期数据", "全行情况"])
def test_rows_under_a_line_across_the_table_that_names_another_are_not_taken(line: str) -> None:
    rows = [["指标", "数值"], ["累计违约率（%）", "0.42"], [line, ""], ["累计违约贷款回收金额（元）", "320,000.00"]]
    assert figures(read("四、违约情况", rows)) == {**CLOSING, "cumulative_default_pct": "0.42"}


def test_periods_that_are_marked_as_foreseen_are_no_history() -> None:
    rows = [
        ["期数", "收款期间末", "累计违约率（%）", "备注"],
        ["第3期", "2024/4/30", "0.20", ""],
        ["第4期", "2024/5/31", "0.35", ""],
        ["第5期", "2024/6/30", "0.52", "预测"],
    ]
    found = read("四、累计违约率情况", rows)
    values = {dict(f.key)["period_no"]: str(f.value) for f in found.facts if f.column == "value" and "pct" in f.key_text}
    assert values == {"3": "0.20", "4": "0.35"}


@pytest.mark.parametrize("note", [
    "注：以上数据为压力情景下的测算结果。", "注：上表为上一收款期间数据。", "* 上表数据取自澄江2023年第二期。", "说明：本表为全行数据。",
])  # fmt: skip
def test_a_note_on_the_whole_table_bars_it(note: str) -> None:
    assert figures(read("四、违约情况", RATES, note)) == CLOSING


@pytest.mark.parametrize("words", [
    "（草稿，未经受托机构审核，不得对外披露）", "征求意见稿", "初稿", "送审稿", "【草稿】", "DRAFT", "（讨论稿）", "内部稿", "报告草稿",
])  # fmt: skip
@pytest.mark.parametrize("place", ["cover", "title", "page", "furniture"])
def test_no_figure_is_taken_from_a_draft_and_it_is_asked_for_the_final_one(words: str, place: str) -> None:
    cover = {"cover": (*COVER, words), "title": (COVER[0], f"受托机构报告（{words.strip('（）【】')}）", *COVER[2:])}.get(place, COVER)
    blocks = (words, "四、违约情况", RATES) if place == "page" else ("四、违约情况", RATES)
    found = read(*blocks, cover=cover, furniture=(words,) if place == "furniture" else ())
    assert found.facts == ()
    assert found.status == "unsupported"
    assert len(asked_words(found)) == 1


@pytest.mark.parametrize("line", [
    "根据《信托公司管理办法（征求意见稿）》的要求", "本报告初稿由贷款服务机构编制，经受托机构复核后定稿。", "审核情况：已审核",
])  # fmt: skip
def test_a_report_that_speaks_of_a_draft_is_none(line: str) -> None:
    assert figures(read(line, "四、违约情况", RATES))["cumulative_default_pct"] == "1.93"


@pytest.mark.parametrize(("deal", "other", "own"), [
    ("惠融1号小微资产支持专项计划", "惠融2号资产支持专项计划", "惠融1号专项计划"),
    ("惠融第2期小微资产支持专项计划", "惠融第1期专项计划", "惠融第2期专项计划"),
    ("澄江2024年第二期微小企业贷款资产证券化信托", "24澄江1", "24澄江2"),
    ("澄江2024年第二期微小企业贷款资产证券化信托", "澄江一期", "澄江二期"),
    ("澄江2024-2微小企业贷款资产证券化信托", "澄江2024年第Ⅰ期", "澄江 2024 年第 2 期"),
])  # fmt: skip
def test_another_deal_of_the_same_series_is_told_from_this_one_in_every_way_of_writing(deal: str, other: str, own: str) -> None:
    cover = (deal, *COVER[1:])
    assert "cumulative_default_pct" not in figures(read(f"四、{other}违约情况", RATES, cover=cover))
    assert figures(read(f"四、{own}违约情况", RATES, cover=cover))["cumulative_default_pct"] == "1.93"


@pytest.mark.parametrize("heading", [
    "信托2024年第4期受托机构报告", "优先A级2024年第4期兑付情况", "2024年第4期（总第4期）", "受托机构报告2024年度第4期", "第4期收益分配",
])  # fmt: skip
def test_the_number_of_a_report_is_no_other_deal(heading: str) -> None:
    assert figures(read(heading, RATES))["cumulative_default_pct"] == "1.93"


def test_of_two_columns_with_year_and_number_alone_this_deals_is_taken() -> None:
    found = read("四、违约情况", [["指标", "2023年第二期", "2024年第一期"], ["累计违约率（%）", "1.93", "0.42"]])
    assert figures(found)["cumulative_default_pct"] == "0.42"


def test_a_second_deal_on_the_cover_of_a_report_is_asked_for() -> None:
    cover = (f"{COVER[0]}及", "澄江2023年第二期微小企业贷款资产证券化信托", *COVER[1:])
    found = read("第二部分 澄江2023年第二期微小企业贷款资产证券化信托", RATES, cover=cover)
    assert figures(found) == CLOSING
    assert [item.code for item in found.problems if "澄江2023-2" in item.message] == ["missing_table"]


@pytest.mark.parametrize(("headers", "row"), [
    (["逾期状态", "笔数", "未偿本金余额（元）", "未偿本金余额（元）"], ["5,600", "715,230,145.36", "9,715,230,145.36"]),
])
def test_two_columns_of_balances_by_status_that_say_nothing_are_a_question_at_each_cell(headers: list[str], row: list[str]) -> None:
    rows = [headers, ["正常", *row], ["逾期1-30天", "80", "7,290,000.00", "97,290,000.00"], ["逾期31-60天", "35", "3,280,500.00", "93,280,500.00"]]
    found = read("四、贷款状态", rows)
    asked = {item.key.split("|")[2] for item in found.problems if item.column == "balance" and item.candidates}
    assert asked == {"current", "1-30", "31-60"}


def test_two_columns_of_closing_balances_of_tranches_that_say_nothing_are_a_question_at_each_cell() -> None:
    rows = [
        ["证券", "第一组", "第一组", "第二组", "第二组"],
        ["证券", "期初本金余额（元）", "期末本金余额（元）", "期初本金余额（元）", "期末本金余额（元）"],
        ["优先A级", "600.00", "480.00", "500.00", "400.00"],
        ["优先B级", "100.00", "90.00", "80.00", "70.00"],
    ]
    found = read("四、证券兑付", rows)
    asked = {(*tuple(item.key.split("|")[1:2]), item.column) for item in found.problems if item.table == "tranche_payments"}
    assert {("优先A", "closing_balance"), ("优先B", "closing_balance"), ("优先A", "opening_balance")} <= asked


def test_a_date_under_another_deals_name_is_not_this_deals() -> None:
    own = [fact for fact in read("信托设立日 2024年3月12日").facts if fact.column == "closing_date"]
    assert [fact.value for fact in own] == ["2024-03-12"]
    other = read("四、前期产品澄江2023年第二期", "信托设立日 2023年5月10日")
    assert [fact for fact in other.facts if fact.column == "closing_date"] == []
