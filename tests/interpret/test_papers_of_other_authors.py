"""Circulars, notices and reports of agencies as other authors lay them out and word them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dealproof.interpret.read import interpret_document
from dealproof.interpret.short_names import short_names
from dealproof.interpret.stacked_tables import apart
from dealproof.model.interpretation import Interpretation
from dealproof.values.deals import asset_class_of

from .reports import report
from .tables import LABELS, document_of, table_of

NAMED = "云帆2025年第一期微小企业贷款资产支持证券"
CUTOFF = "初始起算日：2025年4月30日"
Rows = Sequence[Sequence[str | None]]


def paper(*lines: str, kind: str = "发行公告", rows: Rows | None = None, title: str = "", name: str = NAMED) -> Interpretation:
    """A paper with its title and `lines` on the first page and one table on the second."""
    tables = [table_of(rows, title=title, page=2)] if rows else []
    return interpret_document(document_of("\n".join((f"{name}{kind}", "现将有关事项公告如下：", *lines)), "附表", tables=tables), LABELS)


def parties(found: Interpretation) -> set[tuple[str, str]]:
    return {(dict(fact.key)["role"], str(fact.value)) for fact in found.facts if fact.table == "parties"}


def deal(found: Interpretation, column: str) -> list[str]:
    return sorted({str(fact.value) for fact in found.facts if fact.table == "deals" and fact.column == column})


def tranches(found: Interpretation, column: str) -> dict[str, str]:
    return {dict(fact.key)["tranche"]: str(fact.value) for fact in found.facts if fact.table == "tranches" and fact.column == column}


def ratings(found: Interpretation) -> set[tuple[str, str, str]]:
    return {(dict(fact.key)["tranche"], dict(fact.key)["agency_id"], str(fact.value)) for fact in found.facts if fact.table == "ratings"}


def asked(found: Interpretation) -> str:
    return " ".join(problem.message for problem in found.problems)


# parties


@pytest.mark.parametrize(("lines", "found"), [
    (("发起机构/资产服务机构", "名称：甲融资租赁有限公司", "法定代表人：张三"), {("originator", "甲融资租赁有限公司"), ("servicer", "甲融资租赁有限公司")}),
    (("（一）受托机构：", "机构名称：乙信托有限责任公司", "注册地址：北京市"), {("trustee", "乙信托有限责任公司")}),
    (("十、法律顾问", "公司名称：丙律师事务所"), {("law_firm", "丙律师事务所")}),
    (("后备资产服务机构", "名称：丁小额贷款有限公司"), set()),
    (("客户经理", "名称：丁银行股份有限公司"), set()),
])  # fmt: skip
def test_an_institution_may_stand_below_the_line_of_its_role(lines: tuple[str, ...], found: set[tuple[str, str]]) -> None:
    assert parties(paper(*lines)) == found


@pytest.mark.parametrize(("line", "found"), [
    ("（一）原始权益人：甲小额贷款有限公司，同时担任资产服务机构。", {("originator", "甲小额贷款有限公司"), ("servicer", "甲小额贷款有限公司")}),
    ("原始权益人：甲小额贷款有限公司（兼任资产服务机构）", {("originator", "甲小额贷款有限公司"), ("servicer", "甲小额贷款有限公司")}),
    ("（三）托管人：指丙银行股份有限公司。", {("custodian", "丙银行股份有限公司")}),
    ("差额补足义务人：丁控股集团有限公司", {("guarantor", "丁控股集团有限公司")}),
    ("发起机构：宝甲汽车金融（中国）有限公司 Baojia Automotive Finance (China) Co., Ltd.", {("originator", "宝甲汽车金融(中国)有限公司")}),
    ("乙证券资产管理有限公司作为管理人，根据有关规定设立专项计划。", {("trustee", "乙证券资产管理有限公司")}),
])  # fmt: skip
def test_a_line_may_give_one_company_a_second_role_or_a_second_name(line: str, found: set[tuple[str, str]]) -> None:
    assert parties(paper(line)) == found


def test_the_role_of_a_cover_may_stand_over_the_name() -> None:
    assert parties(paper("管理人", "乙证券（上海）资产管理有限公司", "2025年8月")) == {("trustee", "乙证券(上海)资产管理有限公司")}


@pytest.mark.parametrize("name", ["丙证券股份有限公司（已退出）", "丙证券股份有限公司（已于2025年6月退出承销团）", "丙证券股份有限公司（曾担任）"])
def test_whoever_is_said_to_have_left_has_no_role(name: str) -> None:
    found = paper(rows=[["角色", "机构"], ["牵头主承销商", "乙证券股份有限公司"], ["联席主承销商", name], ["受托机构", "丁信托有限公司"]])
    assert parties(found) == {("lead_underwriter", "乙证券股份有限公司"), ("trustee", "丁信托有限公司")}


def test_a_bracket_that_says_what_else_a_company_does_takes_no_role_away() -> None:
    found = paper(rows=[["角色", "机构"], ["主承销商", "乙证券股份有限公司（担任簿记管理人）"], ["受托机构", "丁信托有限公司"]])
    assert {role for role, _ in parties(found)} == {"lead_underwriter", "trustee"}


@pytest.mark.parametrize("sentence", [
    "发起机构主体信用等级为AA+，评级机构为甲国际信用评估有限公司。",
    "发起机构曾于2024年发行“沐远2024年第一期微小企业贷款资产支持证券”，发行规模25.00亿元，受托机构为丁信托有限责任公司，主承销商为丙证券股份有限公司。",
])  # fmt: skip
def test_parties_of_a_company_s_rating_or_of_another_deal_are_not_taken(sentence: str) -> None:
    half = len(sentence) // 2
    assert parties(paper(sentence[:half], sentence[half:])) == set()


# days


@pytest.mark.parametrize(("line", "column", "day"), [
    ("“初始起算日”：系指2025年6月15日（0:00）。", "cutoff_date", ["2025-06-15"]),
    ("“信托生效日”系指2025年9月10日。", "closing_date", ["2025-09-10"]),
    ("“法定到期日”：指2029年12月26日。", "legal_maturity", ["2029-12-26"]),
    ("云帆2025年第一期微小企业贷款资产证券化信托已于2025年6月26日成立。", "closing_date", ["2025-06-26"]),
    ("（以下简称“专项计划”）于2025年9月21日成立。", "closing_date", ["2025-09-21"]),
    ("本《发行说明书》公布之日为2025年7月14日。", "announcement_date", ["2025-07-14"]),
    ("拟定信托成立日为2025年9月26日。", "closing_date", []),
    ("若本期证券足额募集，则信托成立日为2025年9月26日。", "closing_date", []),
    ("如于2025年9月25日前足额募集，信托设立日：2025年9月26日", "closing_date", []),
    ("预计信托设立日：2025年9月26日（具体以公告为准）。", "closing_date", []),
    ("前一期证券的信托设立日为2024年9月20日，法定到期日为2029年9月26日。", "closing_date", []),
    ("前一期证券的信托设立日为2024年9月20日，法定到期日为2029年9月26日。", "legal_maturity", []),
    ("禾盈2022年第一期微小企业贷款资产证券化信托于2022年8月1日成立。", "closing_date", []),
    ("如下：信托设立日为2025年9月26日。", "closing_date", ["2025-09-26"]),
])  # fmt: skip
def test_a_day_is_the_deals_only_where_the_sentence_states_it_of_this_issue(line: str, column: str, day: list[str]) -> None:
    assert deal(paper(line, kind="发行说明书"), column) == day


@pytest.mark.parametrize(("kind", "day"), [("发行公告", []), ("发行说明书", []), ("发行结果公告", ["2025-09-18"])])
def test_interest_begins_on_the_day_of_the_set_up_only_in_the_result_of_an_issue(kind: str, day: list[str]) -> None:
    assert deal(paper("本期证券起息日为2025年9月18日。", kind=kind), "closing_date") == day


# sizes, rates, names


@pytest.mark.parametrize("head", ["计划发行规模（万元）", "拟募集金额（万元）", "基础发行规模（万元）"])
def test_before_the_sale_the_planned_size_is_the_size(head: str) -> None:
    rows = [["证券", head, "占比"], ["优先级", "80,000.00", "80%"], ["次级", "20,000.00", "20%"]]
    assert tranches(paper(rows=rows), "amount") == {"优先": "800000000.00", "次级": "200000000.00"}
    assert tranches(paper(rows=rows, kind="发行结果公告"), "amount") == {}


def test_the_face_of_one_security_is_no_size() -> None:
    rows = [["证券", "面值（元）", "发行规模（万元）", "占比"], ["优先级", "100", "80,000.00", "80%"], ["次级", "100.00", "20,000.00", "20%"]]
    assert tranches(paper(rows=rows), "amount") == {"优先": "800000000.00", "次级": "200000000.00"}


def test_sizes_of_two_plans_are_asked_and_none_is_taken() -> None:
    rows = [["证券", "发行规模（万元）", "募集规模（万元）", "占比"], ["优先级", "80,000.00", "72,000.00", "80%"], ["次级", "20,000.00", "28,000.00", "20%"]]
    found = paper(rows=rows)
    assert tranches(found, "amount") == {}
    assert "differ; none was taken" in asked(found)


def test_the_total_row_may_be_called_the_whole_size() -> None:
    rows = [["票据层级", "面值总额（万元）", "比例"], ["优先级", "80,000.00", "80%"], ["次级", "20,000.00", "20%"], ["总规模", "100,000.00", "100%"]]
    assert deal(paper(rows=rows), "total_amount") == ["1000000000.00"]


@pytest.mark.parametrize(("text", "kind"), [
    ("浮动利率，无利率上限", "floating"), ("固定利率，以簿记建档结果为准", "fixed"), ("不设预期收益率", "none"), ("不设置票面利率", "none"), ("无（享有剩余收益）", "none"),
])  # fmt: skip
def test_a_sort_of_rate_may_be_told_in_many_words(text: str, kind: str) -> None:
    rows = [["证券", "发行规模（万元）", "利率安排"], ["优先级", "80,000.00", "固定"], ["次级", "20,000.00", text]]
    assert tranches(paper(rows=rows), "rate_type") == {"优先": "fixed", "次级": kind}


@pytest.mark.parametrize(("deal_name", "names", "told", "means"), [
    ("国金-恒信租2023年第5期", ("恒信租5A1", "恒信租5A2", "恒信租5B", "恒信租5次"), "", ["优先A1", "优先A2", "优先B", "次级"]),
    ("诚链8期", ("诚链8优", "诚链8次"), "", ["优先", "次级"]),
    ("融景2025年第一期", ("25融景1A1", "25融景1A2", "25融景1C"), "优先A1档、优先A2档及次级档证券均已缴款。", ["优先A1", "优先A2", "次级"]),
    ("融景2025年第一期", ("25融景1A1", "25融景1A2", "25融景1C"), "", [None, None, None]),
    ("云帆2025年第一期", ("惠丰3A", "惠丰3次"), "", [None, None]),
    ("产品2025年第一期", ("产品A", "产品B", "产品次"), "", [None, None, None]),
])  # fmt: skip
def test_short_names_of_the_deal_mean_tranches_also_where_no_label_says_what_they_are(
    deal_name: str, names: tuple[str, ...], told: str, means: list[str | None]
) -> None:
    rows = [["证券", "初始规模"], *[[name, "1.00亿元"] for name in names]]
    found = short_names(report("二、证券概况", *([told] if told else []), rows, cover=(f"{deal_name}资产支持专项计划", "受托机构报告")), LABELS)
    assert [found.get(name) for name in names] == means


@pytest.mark.parametrize(("name", "kind"), [
    ("华鑫国际信托有限公司2025年度第一期睿鸿定向资产支持票据", ""), ("泰和2025年第一期绿色资产支持证券", ""), ("慧享2025年度第二期资产支持商业票据", ""),
    ("中金-远信2025年第2期知识产权资产支持专项计划", "other"), ("华能信托-电费收费权1期资产支持专项计划", "other"), ("泰和2025年第一期信贷资产支持证券", "corporate_loan"),
])  # fmt: skip
def test_a_name_without_words_for_its_assets_tells_no_class(name: str, kind: str) -> None:
    assert asset_class_of(name) == kind


# ratings


@pytest.mark.parametrize(("line", "agency"), [
    ("大公国际评定云帆2025年第一期微小企业贷款资产支持证券优先级信用等级为AAAsf。", "大公国际"),
    ("联合〔2025〕2187号", "联合资信"), ("中鹏信评【2025】第0031号", "中证鹏元"),
    ("标普甲信用评级（中国）有限公司（“标普甲”）维持本期证券的等级。", "标普甲信用评级(中国)有限公司"),
    ("甲国际信用评级有限责任公司 [2025] 跟踪1266号", "甲国际信用评级有限责任公司"),
])  # fmt: skip
def test_a_report_of_an_agency_says_whose_it_is_in_its_number_or_its_opinion(line: str, agency: str) -> None:
    rows = [["证券", "发行规模（亿元）", "信用等级"], ["优先级", "8.00", "AAAsf"], ["次级", "2.00", "未予评级"]]
    assert ratings(paper(line, kind="信用评级报告", rows=rows)) == {("优先", agency, "AAAsf")}


@pytest.mark.parametrize(("sentence", "found"), [
    ("优先A1档、优先A2档的信用等级均为AAAsf（甲债资信、乙合资信）。",
     {(name, by, "AAAsf") for name in ("优先A1", "优先A2") for by in ("甲债资信", "乙合资信")}),
    ("聘请甲资信评估股份有限公司和乙国际信用评级有限责任公司进行评级，优先档均为AAAsf/AA+sf，次级档不予评级。",
     {("优先", "甲资信评估股份有限公司", "AAAsf"), ("优先", "乙国际信用评级有限责任公司", "AA+sf")}),
    ("优先级资产支持证券信用等级为AAAsf，评级机构为甲乙资信评估股份有限公司。", {("优先", "甲乙资信评估股份有限公司", "AAAsf")}),
    ("若优先A级证券的信用等级被下调至AA-sf以下，则触发加速清偿事件。", set()),
])  # fmt: skip
def test_a_sentence_may_tell_ratings_with_their_agencies(sentence: str, found: set[tuple[str, str, str]]) -> None:
    assert ratings(paper(sentence)) == found


def test_a_level_of_this_time_is_a_rating_and_one_of_last_time_none() -> None:
    rows = [["证券", "发行规模（亿元）", "本次级别", "上次级别"], ["优先级", "8.00", "AAAsf", "AA+sf"], ["次级", "2.00", "NR", "NR"]]
    found = paper("联合〔2025〕2187号", kind="2025年度跟踪评级报告", rows=rows)
    assert ratings(found) == {("优先", "联合资信", "AAAsf")}


# the pool


def distribution(head: str) -> list[list[str]]:
    return [[head, "笔数", "笔数占比", "余额（万元）", "余额占比"], ["甲", "3", "60%", "60.00", "60%"], ["乙", "2", "40%", "40.00", "40%"]]


@pytest.mark.parametrize(("head", "dimension"), [
    ("省级行政区", "region"), ("所在城市", "region"), ("剩余租期", "remaining_term"), ("剩余合同期限（月）", "remaining_term"), ("租赁期限", "contract_term"),
    ("内含报酬率", "rate"), ("初始贷款金额", "contract_amount"), ("风险分类", "loan_class"), ("还本付息方式", "repayment"), ("已偿还期限", "seasoning"),
    ("职业", "other:职业"), ("性别", "other:性别"), ("动力类型", "other:动力类型"),
])  # fmt: skip
def test_a_pool_is_spread_over_many_things(head: str, dimension: str) -> None:
    found = paper(CUTOFF, kind="发行说明书", rows=distribution(head))
    assert {dict(fact.key)["dimension"] for fact in found.facts if fact.table == "pool_distributions"} == {dimension}


@pytest.mark.parametrize(("label", "figure", "metric"), [
    ("起租本金总额（万元）", "205,410.00", "contract_amount"), ("放款金额（万元）", "205,410.00", "contract_amount"), ("承租人", "1,058名", "borrower_count"),
    ("租赁合同", "1,126笔", "loan_count"), ("债务人家数", "36家", "borrower_count"), ("加权平均剩余账期（天）", "312.40", "wa_remaining_term_years"),
    ("加权平均已偿还期限（月）", "11.4", "wa_seasoning_years"), ("综合年化利率（加权平均）", "17.36%", "wa_rate_pct"),
    ("未偿租金余额（万元）", "141,302.77", ""), ("加权平均内含报酬率", "6.92%", ""), ("加权平均逾期期限（月）", "7.85", ""), ("预计毛回收率", "18.77%", ""),
])  # fmt: skip
def test_statistics_of_a_pool_have_many_names_and_some_are_no_metric(label: str, figure: str, metric: str) -> None:
    rows = [["项目", "数值"], ["未偿本金余额（万元）", "131,845.62"], ["加权平均年龄（岁）", "35.10"], [label, figure]]
    told = {dict(fact.key)["metric"] for fact in paper(CUTOFF, kind="发行说明书", rows=rows).facts if fact.table == "pool_stats"}
    assert told - {"principal_balance", "wa_borrower_age_years"} == ({metric} if metric else set())


STACKED = [
    ["利率区间", "笔数", "笔数占比", "余额（万元）", "余额占比"], ["3%以下", "3", "60%", "60.00", "60%"], ["3%以上", "2", "40%", "40.00", "40%"],
    ["合计", "5", "100%", "100.00", "100%"],
]  # fmt: skip
AGES = [["30岁以下", "1", "20%", "30.00", "30%"], ["30岁以上", "4", "80%", "70.00", "70%"], ["合计", "5", "100%", "100.00", "100%"]]


@pytest.mark.parametrize("below", [
    [["借款人年龄分布", "", "", "", ""], ["年龄", *STACKED[0][1:]], *AGES], [["年龄", *STACKED[0][1:]], *AGES],
])  # fmt: skip
def test_where_the_header_comes_again_another_distribution_begins(below: list[list[str]]) -> None:
    found = paper(CUTOFF, kind="发行说明书", rows=[*STACKED, *below], title="贷款利率分布")
    buckets = {(dict(fact.key)["dimension"], dict(fact.key)["bucket"]) for fact in found.facts if fact.table == "pool_distributions"}
    assert buckets == {("rate", "3%以下"), ("rate", "3%以上"), ("borrower_age", "30岁以下"), ("borrower_age", "30岁以上")}


def test_a_caption_that_hangs_below_the_total_row_is_that_of_the_next_table() -> None:
    rows = [*STACKED[:-1], ["合计\n借款人年龄分布", *STACKED[-1][1:]], ["年龄", *STACKED[0][1:]], *AGES]
    parts = apart(document_of(f"{NAMED}发行说明书", tables=[table_of(rows, title="贷款利率分布")])).extract.tables
    assert [(part.title, part.n_rows) for part in parts] == [("贷款利率分布", 4), ("借款人年龄分布", 4)]
    assert parts[0].texts()[-1][0] == "合计"


def test_a_header_that_a_further_page_repeats_parts_nothing() -> None:
    rows = [*STACKED[:-1], STACKED[0], ["5%以上", "1", "20%", "30.00", "30%"], STACKED[-1]]
    assert len(apart(document_of(f"{NAMED}发行说明书", tables=[table_of(rows)])).extract.tables) == 1


@pytest.mark.parametrize(("title", "head", "dimension"), [
    ("6、租赁方式", "租赁类型", "other:租赁方式"), ("图表4-2 借款人职业", "职业", "other:借款人职业"), ("下列资产情况如下", "学历", "other:学历"),
])  # fmt: skip
def test_a_spread_that_has_no_word_is_called_by_its_numbered_caption_else_by_its_head(title: str, head: str, dimension: str) -> None:
    found = paper(CUTOFF, kind="发行说明书", rows=distribution(head), title=title)
    assert {dict(fact.key)["dimension"] for fact in found.facts if fact.table == "pool_distributions"} == {dimension}


@pytest.mark.parametrize(("sentence", "day"), [
    ("以2025年3月31日为基准日，入池租赁合同共402笔。", ["2025-03-31"]), ("选取2025年3月31日（24:00）作为本专项计划的封包日。", ["2025-03-31"]),
    ("以2025年3月31日为静态池基准日。", []), ("以2025年3月31日为评估基准日。", []), ("以2025年3月31日为首个计算日。", []),
])  # fmt: skip
def test_a_day_may_be_made_that_of_the_pool(sentence: str, day: list[str]) -> None:
    assert deal(paper(sentence, kind="计划说明书"), "cutoff_date") == day


def test_what_is_rated_is_no_agency() -> None:
    rows = [["证券分类", "证券规模（万元）", "产品评级"], ["优先级", "80,000.00", "AAAsf"], ["次级", "20,000.00", "无评级"]]
    assert ratings(paper("评级机构：甲乙资信评估股份有限公司", rows=rows)) == {("优先", "甲乙资信评估股份有限公司", "AAAsf")}


def test_what_an_institution_does_is_no_forecast() -> None:
    rows = [["机构类别", "机构名称", "职责"], ["管理人", "甲证券股份有限公司", "管理"], ["会计师", "乙会计师事务所（特殊普通合伙）", "现金流预测"]]
    assert ("accounting_firm", "乙会计师事务所(特殊普通合伙)") in parties(paper(rows=rows))


def test_roles_in_a_line_of_prose_are_not_those_of_the_line_above_it() -> None:
    found = paper("三、贷款服务机构为甲银行股份有限公司；资金保管机构为乙银行股份有限公司", "北京分行；登记托管机构和支付代理机构为中央国债登记结算有限责任公司。")
    assert {name for role, name in parties(found) if role == "registrar"} == {"中央国债登记结算有限责任公司"}


def test_who_issues_and_who_rates_may_be_told_by_what_they_do() -> None:
    found = paper(
        f"经中国人民银行注册，丙信托有限公司拟发行“{NAMED}”。", "甲乙资信评估股份有限公司与丙丁信用评级有限公司给予优先级资产支持证券的评级均为AAAsf。",
        "丁信托有限公司拟发行“禾盈2025年第一期微小企业贷款资产支持证券”。",
    )  # fmt: skip
    assert parties(found) == {("trustee", "丙信托有限公司"), ("rating_agency", "甲乙资信评估股份有限公司"), ("rating_agency", "丙丁信用评级有限公司")}


def test_a_planned_total_counts_before_the_sale_only() -> None:
    sentence = "本期证券计划发行总额10亿元，其中：优先A级8.1亿元，优先B级0.7亿元，次级1.2亿元。"
    assert tranches(paper(sentence), "amount") == {"优先A": "810000000.0", "优先B": "70000000.0", "次级": "120000000.0"}
    assert deal(paper(sentence), "total_amount") == ["1000000000"]
    assert deal(paper(sentence, kind="发行结果公告"), "total_amount") == []


def test_the_rate_of_tranches_may_follow_what_else_is_said_of_them() -> None:
    sizes = "发行规模：优先A级发行规模8.00亿元，次级发行规模2.00亿元。"
    found = paper(sizes, "优先A级资产支持证券采用簿记建档方式发行，票面利率均为固定利率；次级资产支持证券不设票面利率。")
    assert tranches(found, "rate_type") == {"优先A": "fixed", "次级": "none"}


def test_the_number_of_a_report_with_two_brackets_is_no_part_of_the_name() -> None:
    found = interpret_document(document_of(f"中鹏信评【2025】第Z【1207】号01\n{NAMED}\n信用评级报告"), LABELS)
    assert deal(found, "deal_name") == [NAMED]


@pytest.mark.parametrize("title", [f"关于《{NAMED}发行公告》的更\n正公告", f"关于《{NAMED}发行公告》\n的更正公告", f"{NAMED}发行公告\n更正公告"])
def test_a_title_that_breaks_inside_the_word_for_a_correction_is_a_correction(title: str) -> None:
    found = interpret_document(document_of(title, tables=[table_of([["证券", "原披露内容", "更正后内容"], ["优先A2级预期到期日", "2026年12月26日", "2027年1月26日"]])]), LABELS)
    assert "更正" in found.profile.title
    assert tranches(found, "expected_maturity") == {"优先A2": "2027-01-26"}


def test_sizes_may_stand_behind_among_them_and_before_a_rate() -> None:
    found = paper("本期证券发行总规模为1.56亿元，其中优先档1.20亿元，票面利率2.20%；次级档0.36亿元。", kind="发行结果公告")
    assert tranches(found, "amount") == {"优先": "120000000.00", "次级": "36000000.00"}


def test_a_note_below_the_table_may_name_the_agency() -> None:
    rows = [["层级", "规模（万元）", "信用级别"], ["优先级", "80,000", "AAAsf"], ["次级", "20,000", "无"]]
    assert ratings(paper("注：评级机构为甲乙资信评估股份有限公司。", rows=rows)) == {("优先", "甲乙资信评估股份有限公司", "AAAsf")}
    assert ratings(paper("发起机构主体信用等级为AA+，评级机构为甲乙资信评估股份有限公司。", rows=rows)) == set()


def test_a_column_of_this_tracking_holds_ratings_and_one_of_the_tracking_before_none() -> None:
    rows = [["证券", "发行规模（亿元）", "本次跟踪", "前次跟踪"], ["优先级", "8.00", "AAAsf", "AA+sf"], ["次级", "2.00", "NR", "NR"]]
    assert ratings(paper("联合〔2025〕2187号", kind="定期跟踪评级报告", rows=rows)) == {("优先", "联合资信", "AAAsf")}


# what looks like this deal's and is not


@pytest.mark.parametrize("lines", [
    ("参与机构变更情况", "原资金保管机构", "名称：徽商银行股份有限公司"), ("拟聘评级机构", "名称：远东资信评估有限公司"),
    ("禾盈2024年第一期微小企业贷款资产支持证券参与机构", "受托机构", "名称：丁信托有限责任公司"),
])  # fmt: skip
def test_an_institution_below_a_role_of_the_past_of_the_future_or_of_another_deal_is_not_taken(lines: tuple[str, ...]) -> None:
    assert parties(paper(*lines)) == set()


@pytest.mark.parametrize("line", [
    "受托机构甲信托有限责任公司于1998年9月10日成立。", "发起机构丙银行股份有限公司成立于2005年12月30日。",
    "以2025年5月20日为基准日的备选资产池规模为13亿元。", "首个循环购买基准日为2025年10月31日。",
])  # fmt: skip
def test_days_of_companies_and_of_other_pools_are_not_the_deals(line: str) -> None:
    found = paper(line, kind="发行说明书")
    assert (deal(found, "closing_date"), deal(found, "cutoff_date")) == ([], [])


def test_of_two_distributions_under_each_other_the_one_of_the_whole_book_is_left() -> None:
    rows = [*STACKED, ["发起机构全部贷款年龄分布", "", "", "", ""], ["年龄", *STACKED[0][1:]], *AGES]
    found = paper(CUTOFF, kind="发行说明书", rows=rows, title="贷款利率分布")
    assert {dict(fact.key)["dimension"] for fact in found.facts if fact.table == "pool_distributions"} == {"rate"}
