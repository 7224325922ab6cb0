"""Whose data a table holds: the deal's own, or somebody else's."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from dealproof.interpret.read import interpret_document
from dealproof.interpret.sections import against_table, outline, section_path
from dealproof.mappings.fields import IGNORED
from dealproof.mappings.labels import Labels
from dealproof.model.evidence import Box
from dealproof.model.table import Table
from dealproof.text import squeeze
from tests.interpret.tables import LABELS, context_of, document_of, table_of, values_of

FIGURES = [["期数", "金额"], ["1", "100.00"]]


def foreign(title: str = "", section: tuple[str, ...] = (), rows: list[list[str]] | None = None) -> str:
    found = against_table(table_of(rows or FIGURES, title=title, section=section), context_of())
    return f"{found.reason}: {found.words}" if found else ""


@pytest.mark.parametrize(
    "heading",
    [
        "四、静态池历史数据",
        "发起机构动态池逾期情况",
        "（三）发起机构财务状况",
        "现金流归集表",
        "未来现金流预测",
        "压力情景下的证券兑付",
        "发起机构已发行产品存续期表现",
        "资产合格标准",
    ],
)
def test_tables_of_others_are_known_by_their_heading(heading: str) -> None:
    assert foreign(section=("第五章 基础资产", heading))
    assert foreign(title=heading)


@pytest.mark.parametrize(
    ("title", "section"),
    [
        ("累计违约率历史情况", ("五、资产池表现情况",)),
        ("历史累计违约率", ("五、资产池表现情况",)),
        ("表4-2 入池贷款剩余期限分布", ("第四章 基础资产", "二、资产池统计信息")),
        ("资产池现金流归集情况", ("五、资产池情况",)),
        ("优先级资产支持证券兑付情况", ("三、证券概况",)),
    ],
)
def test_the_deals_own_tables_stay_its_own(title: str, section: tuple[str, ...]) -> None:
    assert foreign(title, section) == ""


@pytest.mark.parametrize("title", ["表6 循环购买情况", "表2 信托账户收支情况", "本期费用支付情况"])
def test_a_caption_with_a_matter_of_the_period_has_left_the_heading_of_other_loans(title: str) -> None:
    assert foreign(title=title, section=("四、静态池历史数据",)) == ""
    assert foreign(title=title, section=("五、发起机构主要财务数据",)) == ""
    assert foreign(title=title, section=("六、未来现金流预测",))
    assert foreign(title=title, section=("七、发起机构已发行产品存续期表现",))


def test_vintage_headers_give_a_static_pool_away() -> None:
    assert foreign(rows=[["放款月份", "放款金额", "累计逾期率"], ["2023年1月", "100.00", "0.10%"]])


def test_headings_nest_from_chapter_to_number() -> None:
    text = "第四章 基础资产\n一、资产池统计信息\n（一）总体特征\n说明文字在此。\n（二）分布特征\n1、期限分布\n表在此"
    headings = outline(document_of(text).pages)
    assert section_path(headings, 1, 1000.0) == ("第四章基础资产", "一、资产池统计信息", "(二)分布特征", "1、期限分布")


def test_a_new_chapter_ends_the_sections_of_the_last() -> None:
    headings = outline(document_of("第四章 基础资产\n一、资产池统计信息", "第五章 静态池").pages)
    assert section_path(headings, 2, 1000.0) == ("第五章静态池",)


def test_a_table_of_contents_is_no_heading() -> None:
    lines = "\n".join(f"第{n}章 基础资产情况 .......... {n}0" for n in "一二三四五")
    assert outline(document_of(f"目录\n{lines}").pages) == ()


def test_a_contents_page_with_bare_page_numbers_is_no_heading() -> None:
    lines = "\n".join(f"第{n}章 基础资产情况 {i}0" for i, n in enumerate("一二三四五六", start=1))
    assert outline(document_of(f"目 录\n{lines}").pages) == ()


def test_a_sentence_that_starts_like_a_heading_is_none() -> None:
    assert outline(document_of("一、本期证券由受托机构发行，投资者应当注意风险。").pages) == ()


def test_words_that_an_analyst_leaves_aside_give_no_table_away() -> None:
    words = "四、静态池历史数据"
    found = LABELS.find("sections", words)
    assert found is not None
    spared = replace(found, field=IGNORED)
    group = replace(LABELS.groups["sections"], loose=lambda key: spared)
    labels = Labels({**LABELS.groups, "sections": group})
    assert not against_table(table_of(FIGURES, title=words), replace(context_of(), labels=labels))


COVER = "云帆2025年第一期微小企业贷款资产支持证券\n发行说明书"
POOL = [["项目", "数值"], ["未偿本金余额（元）", "900,000,000"], ["贷款笔数（笔）", "45"]]


@pytest.mark.parametrize(
    "title", ["静态池历史数据", "发起机构财务状况", "压力情景下的基础资产", "云腾2024年第三期微小企业贷款资产支持证券"]
)
def test_no_figure_is_taken_from_a_table_of_others(title: str) -> None:
    dated = replace(table_of(POOL, title=title), lead="截至2025年1月31日：")
    facts = interpret_document(document_of(COVER, tables=(dated,)), LABELS).facts
    assert {fact.table for fact in facts} <= {"deals"}
    own = replace(table_of(POOL, title="入池资产总体特征"), lead="截至2025年1月31日：")
    read = interpret_document(document_of(COVER, tables=(own,)), LABELS)
    assert len(values_of(read.facts, "pool_stats", "value")) == 2


def test_a_caption_that_names_this_deal_makes_no_table_foreign() -> None:
    assert foreign(title="云帆2025年第一期微小企业贷款资产支持证券基础资产") == ""
    assert foreign(title="云帆2024年第一期微小企业贷款资产支持证券基础资产") == "other deal: 云帆2024-1"


REPORT = "云帆2025年第一期微小企业贷款资产支持证券\n受托机构报告\n第3期\n{}"
BOOK = "五、资产服务机构主要财务数据"
REGIONS = [["地区", "金额（元）", "占比（%）"], ["浙江省", "600,000,000", "66.67"], ["江苏省", "300,000,000", "33.33"],
           ["合计", "900,000,000", "100.00"]]  # fmt: skip


def asked_under_a_foreign_heading(title: str, *tables: Table) -> tuple[list[str], list[str]]:
    """The words asked about, and the groups read, where a distribution stands under a heading of the servicer's accounts."""
    own = replace(table_of(REGIONS, title=title, page=2), lead="截至2025年1月31日：")
    found = interpret_document(document_of(REPORT.format(""), BOOK, tables=(*tables, own)), LABELS)
    asked = [item.value for item in found.problems if item.code == "unknown_label" and item.column == "sections"]
    return asked, sorted({dict(fact.key)["bucket"] for fact in found.facts if fact.table == "pool_distributions"})


@pytest.mark.parametrize("title", ["表2 借款人地区分布", "贷款地区分布情况", "（二）借款人所在地区分布"])
def test_a_distribution_under_a_heading_of_others_with_a_caption_of_its_own_is_asked(title: str) -> None:
    asked, groups = asked_under_a_foreign_heading(title)
    assert len(asked) == 1
    assert asked[0]
    assert not groups


def test_a_distribution_that_adds_up_to_the_pool_is_its_own_whatever_the_heading_before_it() -> None:
    pool = replace(table_of(POOL, title="入池资产总体特征"), lead="截至2025年1月31日：")
    asked, groups = asked_under_a_foreign_heading("表2 借款人地区分布", pool)
    assert not asked
    assert len(groups) == 2


@pytest.mark.parametrize("title", ["", "表2", "续表"])
def test_a_table_under_a_heading_of_others_without_a_caption_is_left_to_them(title: str) -> None:
    assert asked_under_a_foreign_heading(title) == ([], [])


@pytest.mark.parametrize("column", ["放款月份", "发放时间", "统计时点"])
def test_the_name_of_a_column_that_stands_alone_in_a_line_is_no_heading_of_what_follows(column: str) -> None:
    page = f"各期逾期率\n{column}\n三、费用支出情况"
    fees = table_of([["费用项目", "本期支付金额（元）"], ["受托机构报酬", "94,520.00"], ["审计费", "41,800.00"]], page=2)
    low = replace(fees, box=Box(50, 100, 210, 160))
    found = interpret_document(document_of(REPORT.format(""), page, tables=(low,)), LABELS)
    assert {fact.value for fact in found.facts if fact.column == "amount"} == {Decimal(94520), Decimal(41800)}


@pytest.mark.parametrize("header", ["现金流预测", "压力情景"])
def test_the_header_of_a_table_printed_again_over_the_page_is_no_heading_of_the_next_table(header: str) -> None:
    forecast = table_of([["期数", "预计合计"], ["1", "8,035.75"], ["2", "14,786.62"]], page=2)
    over = replace(forecast, pages=(2, 3), cells=(*forecast.cells, replace(forecast.cells[-1], row=3, page=3, box=Box(130, 60, 210, 80))), n_rows=4)
    page = f"（续表）\n{header}\n期数\n25  9,629.18\n26  12,256.75\n三、费用支出情况"
    fees = table_of([["费用项目", "本期支付金额（元）"], ["受托机构报酬", "94,520.00"], ["审计费", "41,800.00"]], page=3)
    low = replace(fees, box=Box(50, 200, 210, 260), cells=tuple(replace(c, box=Box(c.box.x0, c.box.top + 100, c.box.x1, c.box.bottom + 100)) for c in fees.cells))
    found = interpret_document(document_of(REPORT.format(""), "现金流", page, tables=(over, low)), LABELS)
    assert {fact.value for fact in found.facts if fact.column == "amount"} == {Decimal(94520), Decimal(41800)}


def test_the_caption_of_one_table_says_nothing_of_the_next_with_a_caption() -> None:
    assert foreign(title="表6 信托账户收支情况", section=("表5 未来现金流预测",)) == ""
    assert foreign(title="", section=("表5 未来现金流预测",))


@pytest.mark.parametrize("leader", ["......", "……", "······", "____"])
def test_dots_that_lead_to_figures_make_no_table_of_contents(leader: str) -> None:
    figures = [("期末资产池未偿本金余额", "510,849,683.16元"), ("期末贷款笔数", "3,927笔"), ("累计违约贷款本金", "2,461,740.87元"),
               ("累计违约率", "0.35%")]  # fmt: skip
    page = "\n".join(f"{label}{leader}{figure}" for label, figure in figures)
    found = interpret_document(document_of(REPORT.format("一、资产池情况"), page), LABELS)
    read = {dict(fact.key)["metric"]: fact.value for fact in found.facts if fact.table == "performance"}
    assert read["cumulative_default_amount"] == Decimal("2461740.87")
    assert read["cumulative_default_pct"] == Decimal("0.35")


@pytest.mark.parametrize(("outer", "inner"), [("壹、资产池情况", "一、逾期情况"), ("Ⅱ 资产池情况", "(一)逾期情况"), ("IV、资产池情况", "1、逾期情况")])
def test_headings_are_numbered_in_other_figures_too(outer: str, inner: str) -> None:
    headings = outline(document_of(f"{outer}\n{inner}\n表").pages)
    assert section_path(headings, 1, 100) == (squeeze(outer), squeeze(inner))


def test_a_heading_may_have_a_gap_behind_its_number_and_nowhere_else() -> None:
    headings = outline(document_of("第二部分  基础资产运行情况\n第三部分  笔数  金额").pages)
    assert [heading.text for heading in headings] == ["第二部分基础资产运行情况"]


MONTHS = ["2025/1/1-2025/1/31", "2025/2/1-2025/2/28", "2025/3/1-2025/3/31"]


@pytest.mark.parametrize(("words", "months", "is_own"), [
    ("历史表现", MONTHS, True), ("历史信用表现", MONTHS, True), ("历史表现", ["2024/12/1-2024/12/31", *MONTHS], False),
    ("历史表现", MONTHS[:2], False), ("静态池历史表现", MONTHS, False), ("发起机构历史数据", MONTHS, False), ("动态池", MONTHS, False),
])  # fmt: skip
def test_a_history_of_all_periods_of_the_deal_is_its_own_unless_the_words_over_it_say_whose_it_is(
    words: str, months: list[str], is_own: bool
) -> None:
    rows = [["收款期间", "累计违约率（%）"], *([month, f"0.{n}0"] for n, month in enumerate(months))]
    table = replace(table_of(rows, title=words, page=2), lead="")
    cover = REPORT.format("收款期间：2025年3月1日至2025年3月31日")
    found = interpret_document(document_of(cover, f"一、{words}", tables=(table,)), LABELS)
    rates = [fact for fact in found.facts if dict(fact.key).get("metric") == "cumulative_default_pct"]
    assert bool(rates) is is_own


def test_a_caption_before_the_first_heading_ends_at_the_first_heading() -> None:
    page = "表1 发起机构静态池累计逾期率\n三、费用支出情况"
    fees = table_of([["费用项目", "本期支付金额（元）"], ["受托机构报酬", "94,520.00"], ["审计费", "41,800.00"]], page=2)
    found = interpret_document(document_of(REPORT.format(""), page, tables=(fees,)), LABELS)
    assert {fact.value for fact in found.facts if fact.column == "amount"} == {Decimal(94520), Decimal(41800)}


@pytest.mark.parametrize(("printed", "levels"), [("一　期间及日期\n二　资产池余额滚动\n三　贷款质量", [3, 3, 3]), ("一 二 三\n三 四", [])])
def test_a_number_that_only_a_gap_parts_from_its_heading_numbers_it(printed: str, levels: list[int]) -> None:
    assert [heading.level for heading in outline(document_of(printed).pages)] == levels
