"""Figures that stand in sentences: taken where the sentence earns it, left by a rule where it says otherwise, else asked."""

from __future__ import annotations

import pytest

from dealproof.interpret.read import interpret_document, ledger_of
from dealproof.model.interpretation import Interpretation

from .reports import COVER, figures, read
from .reports import report as report_of
from .tables import LABELS, document_of

FIRST = "本收款期间期初资产池未偿本金余额为1,612,858,578.76元，期末为1,265,973,971.40元，期末贷款笔数为2,381笔。"
CIRCULAR = "云帆2025年第一期微小企业贷款资产支持证券\n发行说明书\n第一章 证券概况\n初始起算日：2025年1月1日\n第二章 资产池\n"


def told(sentence: str) -> dict[str, str]:
    """The figures of the period that a report says besides what its table says."""
    return {metric: value for metric, value in figures(read(sentence)).items() if (metric, value) != ("pool_closing_balance", "866977500.63")}


def asked(found: Interpretation) -> list[str]:
    return [item.message for item in found.problems if item.code in ("missing_table", "conflict") and item.page == 2]


def rules(sentence: str) -> set[str]:
    """What became of the figures of a sentence."""
    return {entry.rule or entry.account for entry in ledger_of(report_of(sentence), LABELS).entries if entry.page == 2 and "866,977" not in entry.text}


@pytest.mark.parametrize(("sentence", "metric", "value"), [
    ("截至本收款期间末，资产池累计违约率为0.19%。", "cumulative_default_pct", "0.19"),
    ("截至本收款期间末，本期证券累计违约率为0.42%。", "cumulative_default_pct", "0.42"),
    ("本期资产支持证券的累计违约率为0.42%。", "cumulative_default_pct", "0.42"),
    ("截至2024年5月31日，资产池累计违约率达到0.42%。", "cumulative_default_pct", "0.42"),
    ("根据资产服务报告，本报告期末基础资产累计违约率为4.2‰。", "cumulative_default_pct", "0.42"),
    ("报告期内，资产池累计违约率：0.42%。", "cumulative_default_pct", "0.42"),
    ("资产池累计违约率为0.42%，较上期增加0.12个百分点。", "cumulative_default_pct", "0.42"),
    ("截至本收款期间末，资产池累计违约贷款（逾期超过90日）在成为违约贷款时的未偿本金余额合计4,073,047.86元。", "cumulative_default_amount", "4073047.86"),
    ("截至本收款期间末累计违约金额为407.30万元。", "cumulative_default_amount", "4073000.00"),
    ("截至报告期末，违约贷款累计回收420,934.02元。", "cumulative_recovery_amount", "420934.02"),
    ("本收款期间期初资产池未偿本金余额为931,712,913.89元。", "pool_opening_balance", "931712913.89"),
    ("期末资产池加权平均利率为10.33%。", "pool_wa_rate_pct", "10.33"),
    ("期末资产池剩余贷款共2,381笔。", "pool_loan_count", "2381"),
    ("本收款期间新增违约率为0.12%，上一收款期间末累计违约率为0.68%，截至本收款期间末累计违约率为0.80%。", "cumulative_default_pct", "0.80"),
])  # fmt: skip
def test_a_figure_of_this_period_is_read_from_a_sentence(sentence: str, metric: str, value: str) -> None:
    found = read(sentence)
    assert figures(found)[metric] == value
    assert asked(found) == []


def test_a_label_that_only_names_the_day_speaks_of_what_the_one_before_it_speaks_of() -> None:
    found = figures(interpret_document(document_of("\n".join(COVER), f"收款期间 2024年5月1日至2024年5月31日\n四、资产池表现\n{FIRST}"), LABELS))
    assert found == {"pool_opening_balance": "1612858578.76", "pool_closing_balance": "1265973971.40", "pool_loan_count": "2381"}


def test_figures_that_are_listed_go_with_their_labels() -> None:
    found = told("期末贷款笔数和期末贷款加权平均利率分别为2,381笔和10.33%。")
    assert found == {"pool_loan_count": "2381", "pool_wa_rate_pct": "10.33"}


def test_a_heading_is_no_beginning_of_the_sentence_under_it() -> None:
    assert told("四、资产池表现") == {}
    assert figures(read("四、资产池表现", "累计违约率为0.19%。"))["cumulative_default_pct"] == "0.19"


@pytest.mark.parametrize(("sentence", "rule"), [
    ("若累计违约率达到5.00%，将触发加速清偿事件。", "condition"), ("累计违约率超过4.50%时将触发加速清偿事件。", "condition"),
    ("当累计违约率为5.00%时，循环购买期提前终止。", "condition"), ("累计违约率达到5.00%的，循环购买期终止。", "condition"),
    ("资产池累计违约率不超过5.00%。", "condition"), ("根据信托合同的约定，累计违约率一旦达到4.50%，则触发加速清偿事件。", "condition"),
    ("预计本收款期间末累计违约率为2.10%。", "forecast"), ("在基准情景下，累计违约率为2.10%。", "forecast"),
    ("压力情景下，截至本收款期间末累计违约率为6.30%。", "forecast"), ("本收款期间末累计违约率为2.10%（预计）。", "forecast"),
    ("上一收款期间末累计违约率为0.68%。", "another period"), ("截至2024年4月30日，上期末累计违约率为0.68%。", "another period"),
])  # fmt: skip
def test_limits_forecasts_and_other_periods_are_left_by_a_rule(sentence: str, rule: str) -> None:
    assert told(sentence) == {}
    assert rules(sentence) == {rule}


@pytest.mark.parametrize("sentence", [
    "截至2024年4月30日，资产池累计违约率为0.68%。",
    "上一收款期间末资产池余额为900,000,000.00元，累计违约率为0.68%。",
    "贷款服务机构全部小微贷款的累计违约率为2.10%。",
    "贷款服务机构管理的全部小微贷款中，累计违约率为2.10%。",
    "发起机构同类贷款累计违约率为2.10%。",
    "淮安2023年第二期微小企业贷款资产支持证券累计违约率为0.30%。",
    "淮安2023年第二期微小企业贷款资产支持证券表现良好，累计违约率为0.30%。",
    "淮安2023年第二期微小企业贷款资产支持证券表现良好。累计违约率为0.30%。",
    "累计违约率约为0.42%。", "累计违约率近0.42%。", "累计违约率并非0.42%。", "累计违约率为0.42%以上。",
    "资产池情况良好，其中累计违约率为0.42%。", "静态池累计违约率为2.10%。", "去年同期累计违约率为0.90%。",
    "经某某资信复核，累计违约率为0.42%。", "累计违约金额为407.30。", "期末资产池剩余贷款共2,381笔逾期贷款。",
    "本专项计划期末未偿本金余额为600,000,000.00元。", "本期证券期末本金余额为600,000,000.00元。", "本信托期末余额为1,234.00万元。",
    "截至本收款期间末，证券未偿本金余额合计1,265,970,100.00元。", "截至本收款期间末，信托账户余额为1,234,567.89元。",
    "截至本收款期间末，优先级证券未偿本金余额为630,070,100.00元。", "截至本收款期间末，违约贷款余额为4,073,047.86元。",
    "本收款期间资产池回收款为346,884,607.36元。", "截至本收款期间末，行业累计违约率为1.90%。",
    "截至报告期末，加权平均利率为2.62%。", "期末加权平均剩余期限为9.35个月。", "根据评级报告，累计违约率为3.50%。",
    "剔除关联方后，累计违约率为0.42%。", "截至本收款期间末，累计违约率由0.30%上升至0.42%。",
    "本公司2023年累计违约率为1.90%。", "行业平均累计违约率为1.90%。",
])  # fmt: skip
def test_a_figure_whose_scope_is_not_earned_is_not_taken(sentence: str) -> None:
    assert told(sentence) == {}


@pytest.mark.parametrize("sentence", [
    "经某某资信复核，累计违约率为0.42%。", "资产池情况良好，其中累计违约率为0.42%。", "累计违约率约为0.42%。",
    "截至2024年4月30日，资产池累计违约金额为4,073,047.86元。",
    "期初资产池未偿本金余额为931,712,913.89元，累计违约贷款余额为4,073,047.86元。",
    "期初资产池未偿本金余额为931,712,913.89元，贷款笔数为2,500笔。",
])  # fmt: skip
def test_a_wanted_figure_that_is_not_taken_is_asked(sentence: str) -> None:
    assert told(sentence).keys() <= {"pool_opening_balance"}
    assert asked(read(sentence)) != []


def test_what_a_table_says_too_is_taken_from_the_table_and_not_asked() -> None:
    for printed in ("866,977,500.63元", "86,697.75万元", "8.67亿元"):
        found = read(f"截至本收款期间末，资产池未偿本金余额为{printed}。")
        assert figures(found) == {"pool_closing_balance": "866977500.63"}
        assert asked(found) == []
        told_of = [entry.rule for entry in ledger_of(report_of(f"截至本收款期间末，资产池未偿本金余额为{printed}。"), LABELS).entries if "余额为" in entry.text]
        assert told_of == ["said elsewhere"]


def test_a_sentence_that_contradicts_a_table_is_a_question_with_both_values() -> None:
    found = read("截至本收款期间末，资产池未偿本金余额为865,977,500.63元。")
    conflict = next(item for item in found.problems if item.code == "conflict")
    assert figures(found) == {"pool_closing_balance": "866977500.63"}
    assert [each.value for each in conflict.candidates] == ["866977500.63", "865977500.63"]


def test_a_balance_that_is_not_said_to_be_the_pools_is_asked() -> None:
    extract = document_of("\n".join(COVER), "收款期间 2024年5月1日至2024年5月31日\n四、情况\n截至本收款期间末，未偿本金余额为600,000,000.00元。")
    found = interpret_document(extract, LABELS)
    assert figures(found) == {}
    assert any("600,000,000.00" in item.message for item in found.problems)


def test_the_proof_of_a_figure_in_a_sentence_is_its_words_and_their_lines() -> None:
    fact = next(fact for fact in read("截至本收款期间末，资产池累计违约率为0.19%。").facts if dict(fact.key).get("metric") == "cumulative_default_pct")
    assert fact.evidence is not None
    assert (fact.evidence.page, fact.evidence.text, fact.evidence.reader) == (2, "资产池累计违约率为0.19%", "text")


def test_the_days_of_default_in_the_words_of_a_sentence_are_its_definition() -> None:
    found = read("截至本收款期间末，资产池累计违约贷款（逾期超过60日）的未偿本金余额为4,073,047.86元。")
    keys = [dict(fact.key) for fact in found.facts if fact.table == "performance"]
    assert [key["definition"] for key in keys if key["metric"] == "cumulative_default_amount"] == ["60+"]


def pool(sentence: str) -> dict[str, str]:
    found = interpret_document(document_of(CIRCULAR + sentence), LABELS)
    return {dict(fact.key)["metric"]: str(fact.value) for fact in found.facts if fact.table == "pool_stats"}


def test_the_pool_at_its_cutoff_is_read_from_a_sentence_of_a_circular() -> None:
    found = pool("截至初始起算日，入池贷款共13,240笔，资产池未偿本金余额为174,000.39万元，加权平均贷款年利率为10.33%。")
    assert found == {"loan_count": "13240", "principal_balance": "1740003900.00", "wa_rate_pct": "10.33"}


@pytest.mark.parametrize("sentence", [
    "截至2024年9月30日，入池贷款未偿本金余额为174,000.39万元。", "截至初始起算日，发起机构贷款余额为174,000.39万元。",
    "入池贷款的未偿本金余额不超过300.00万元。", "截至初始起算日，个人经营性贷款未偿本金余额为114,121.14万元。",
    "截至初始起算日，资产池中包括4,542笔小微企业贷款和8,698笔个人经营性贷款。", "初始起算日，贷款余额为174,000.39万元。",
    "截至初始起算日，资产池未偿本息费余额合计125,952.90万元。",
])  # fmt: skip
def test_what_is_not_the_whole_pool_at_its_cutoff_is_not_taken_from_a_circular(sentence: str) -> None:
    assert pool(sentence) == {}


POOL = "云帆2025年第一期微小企业贷款资产支持证券\n发行说明书\n第一章 证券概况\n初始起算日：2025年4月30日\n第二章 基础资产\n"


def pool_told(sentence: str) -> dict[str, str]:
    found = interpret_document(document_of(POOL, sentence), LABELS)
    return {dict(fact.key)["metric"]: str(fact.value) for fact in found.facts if fact.table == "pool_stats"}


@pytest.mark.parametrize(("sentence", "found"), [
    ("初始起算日为2025年4月30日。截至该日，资产池共有3,217笔贷款，未偿本金余额合计90,000.00万元，涉及3,150户借款人，单笔贷款平均未偿本金余额为27.98万元；加权平均贷款年利率为5.35%。",
     {"loan_count": "3217", "principal_balance": "900000000.00", "borrower_count": "3150", "avg_loan_balance": "279800.00", "wa_rate_pct": "5.35"}),
    ("截至初始起算日，本期入池的小微企业贷款债权共计62,418笔，未偿本金余额合计80,000.00万元，对应借款人58,877名；单笔债权未偿本金余额最高为50.00万元、平均为1.28万元；"
     "加权平均年化利率为10.36%，其中利率最高的为15.40%、最低的为4.20%。前十大借款人未偿本金余额合计占比0.61%。",
     {"loan_count": "62418", "principal_balance": "800000000.00", "borrower_count": "58877", "max_loan_balance": "500000.00", "avg_loan_balance": "12800.00",
      "wa_rate_pct": "10.36", "max_rate_pct": "15.40", "min_rate_pct": "4.20", "top10_borrower_pct": "0.61"}),
    ("截至基准日，资产池涉及92,306名借款人的105,877笔贷款，合同总金额232,518.40万元，单笔贷款平均未偿本金余额1.42万元，最高30.00万元。资产池加权平均合同期限1.32年。借款人加权平均年龄33.60岁。",
     {"borrower_count": "92306", "loan_count": "105877", "contract_amount": "2325184000.00", "avg_loan_balance": "14200.00", "max_loan_balance": "300000.00",
      "wa_contract_term_years": "1.32", "wa_borrower_age_years": "33.60"}),
])  # fmt: skip
def test_a_circular_tells_its_pool_in_sentences(sentence: str, found: dict[str, str]) -> None:
    assert pool_told(sentence) == found


@pytest.mark.parametrize("sentence", [
    "截至初始起算日，资产池中抵押贷款的未偿本金余额合计90,000.00万元。",
    "截至初始起算日，资产池中，其中抵押贷款共1,200笔，加权平均利率5.00%。",
    "截至2024年12月31日，资产池未偿本金余额合计90,000.00万元。",
    "截至2024年12月31日，发起机构发放的贷款共计62,418笔，未偿本金余额合计90,000.00万元。",
    "合格标准：截至初始起算日，资产池单笔贷款未偿本金余额最高不超过50.00万元。",
    "截至初始起算日，资产池由发起机构筛选。截至2024年末，发起机构小微贷款余额为90,000.00万元，借款人58,877名。",
    "禾盈2022年第一期微小企业贷款资产支持证券截至初始起算日，入池贷款共计62,418笔。",
    "截至初始起算日，资产池中，抵押贷款未偿本金余额为5,000.00万元。", "截至初始起算日，入池贷款涉及个人借款人5,000户。",
    "截至初始起算日，资产池中其中浙江省借款人1,200户，未偿本金余额9,000.00万元。", "截至初始起算日，入池贷款的前十大借款人共10户，未偿本金余额合计3,000.00万元。",
    "截至初始起算日，入池贷款余额最高的借款人为58,877号借款人，最高为50.00万元。",
])  # fmt: skip
def test_figures_of_a_part_of_a_pool_of_another_day_or_of_the_originator_are_not_its_pool(sentence: str) -> None:
    assert pool_told(sentence) == {}


TRACKED = "云帆2023年第一期微小企业贷款资产支持证券\n2025年跟踪评级报告\n评级日期：2025年6月26日\n"


@pytest.mark.parametrize(("sentence", "found"), [
    ("截至2025年4月30日（以下简称“跟踪基准日”），资产池未偿本金余额为124,309.77万元，贷款笔数为31,466笔。",
     {("2025-04-30", "principal_balance", "1243097700.00"), ("2025-04-30", "loan_count", "31466")}),
    ("资产池未偿本金余额为124,309.77万元。", set()),
    ("截至2025年4月30日，发起机构汽车贷款余额为124,309.77万元，贷款笔数为31,466笔。", set()),
])  # fmt: skip
def test_a_tracking_report_tells_its_pool_as_of_the_day_that_the_sentence_names(sentence: str, found: set[tuple[str, str, str]]) -> None:
    facts = interpret_document(document_of(TRACKED, sentence), LABELS).facts
    assert {(dict(fact.key)["as_of"], dict(fact.key)["metric"], str(fact.value)) for fact in facts if fact.table == "pool_stats"} == found


@pytest.mark.parametrize("since", ["自设立日起", "自信托生效日起至报告期末", "自专项计划成立之日起", "自信托设立日以来"])
def test_what_is_cumulative_is_counted_since_the_deal_began(since: str) -> None:
    found = told(f"{since}，资产池累计违约金额为4,073,047.86元，累计违约率为0.42%。")
    assert (found.get("cumulative_default_amount"), found.get("cumulative_default_pct")) == ("4073047.86", "0.42")


@pytest.mark.parametrize("sentence", ["自设立日起，资产池新增违约金额为4,073,047.86元。", "自信托生效日起，资产池未偿本金余额为4,073,047.86元。", "自信托设立日，资产池累计违约率为0.42%。"])
def test_what_is_no_cumulative_figure_is_none_of_the_period_where_it_counts_since_the_beginning(sentence: str) -> None:
    assert told(sentence) == {}


def test_a_bracket_about_the_figure_before_it_says_nothing_of_the_next_one() -> None:
    found = told("报告期末，资产池未偿本金余额866,977,500.63元（期初931,712,913.89元），资产笔数48,015笔，累计违约率为0.42%（上期0.30%）。")
    assert (found.get("pool_loan_count"), found.get("cumulative_default_pct")) == ("48015", "0.42")


@pytest.mark.parametrize("count", ["共计612笔", "合计612笔", "共612笔"])
@pytest.mark.parametrize("balance", ["基础资产未偿付应收账款余额", "资产池未偿本金余额"])
def test_a_bare_count_behind_the_balance_of_the_pool_is_that_of_its_loans(count: str, balance: str) -> None:
    assert told(f"截至2024年5月31日，{balance}为866,977,500.63元，{count}。").get("pool_loan_count") == "612"


@pytest.mark.parametrize("sentence", [
    "截至2024年5月31日，逾期资产未偿本金余额为866,977.63元，共计12笔。", "截至2024年5月31日，资产池未偿本金余额为866,977,500.63元，其中逾期资产共计12笔。",
    "截至2024年5月31日，累计违约金额为407.30万元，共计12笔。", "期初资产池未偿本金余额为931,712,913.89元，共计700笔。", "报告期内赎回贷款余额为866,977.63元，共12笔。",
    "截至2024年5月31日，资产池未偿本金余额为866,977,500.63元，涉及借款人512户，其中逾期12笔。", "截至2024年5月31日，资产池新增贷款余额为866,977.63元，共12笔。",
    "截至2024年5月31日，累计违约金额为407.30万元，笔数为12笔。", "截至2024年5月31日，资产池累计违约金额为866,977.63元，涉及12笔贷款。", "截至2024年5月31日，资产池早偿金额为866,977.63元，涉及贷款12笔。",
    "截至2024年5月31日，累计违约金额为407.30万元；共计12笔。", "截至2024年5月31日，资产池新增违约贷款余额为866,977.63元；涉及贷款12笔。", "报告期内，资产池回购不合格贷款866,977.63元，贷款笔数12笔。",
])  # fmt: skip
def test_a_bare_count_behind_any_other_amount_is_not_that_of_the_pool(sentence: str) -> None:
    assert "pool_loan_count" not in told(sentence)


@pytest.mark.parametrize("sentence", ["截至2024年5月31日，违约贷款共12笔，未偿本金余额100.00万元，加权平均利率12.00%。", "截至2024年5月31日，逾期贷款未偿本金余额为100.00万元，加权平均剩余期限12.00个月。"])
def test_averages_of_some_of_the_loans_are_not_those_of_the_pool(sentence: str) -> None:
    assert told(sentence) == {}


@pytest.mark.parametrize("sentence", [
    "截至2024年5月31日，资产池累计违约率为0.42%，贷款笔数为2,381笔。", "截至2024年5月31日，累计违约金额为407.30万元，期末贷款笔数为2,381笔。", "截至2024年5月31日，资产池累计违约金额为407.30万元，资产池剩余贷款2,381笔。",
    "截至2024年5月31日，资产池未发生逾期，贷款笔数为2,381笔。",
])  # fmt: skip
def test_a_count_that_names_the_pool_or_follows_a_rate_is_that_of_its_loans(sentence: str) -> None:
    assert told(sentence).get("pool_loan_count") == "2381"
