"""What a printed label means, and what it must not be taken for: one trap a line, with the wordings beside it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from dealproof.mappings.fields import IGNORED
from dealproof.mappings.labels import load_labels

LABELS = load_labels(Path(__file__).parents[2] / "mappings" / "labels")
PRINTED = Path(__file__).with_name("printed_labels.csv")
#: A longer list, where it lies beside the project.
SEEN = Path(__file__).parents[2] / ".." / "shared" / "labels_seen.csv"

#: Groups whose texts are titles and captions, where words stand before and behind; and headers with names of agencies.
FREE_TEXT = {"documents", "sections", "pool_distributions"}


def means(group: str, label: str) -> str:
    """The field that a label leads to; empty where it is left aside or asked about."""
    return LABELS.field(group, label)


@pytest.mark.parametrize("label", [
    "累计违约率触发比率", "累计违约率触发值", "累计违约率阈值", "累计违约率预设值", "累计违约率上限", "资产池累计违约率触发水平",
    "累计90+违约率警戒值", "基准情景累计违约率", "压力情景下累计违约率", "预计累计违约率", "年化违约率", "累计逾期率", "累计拖欠率",
    "上期累计违约率", "上期末累计违约率", "截至上期末累计违约率", "上一报告期累计违约率", "静态池累计违约率", "静态池平均累计违约率", "静态累计违约率",
    "累计违约率变动", "累计违约率环比", "累计违约率排名", "累计违约率计算基数", "期初累计违约率",
])  # fmt: skip
def test_what_is_no_default_rate_of_this_pool_and_period_is_not_taken_for_one(label: str) -> None:
    assert means("performance", label) == ""


@pytest.mark.parametrize("label", [
    "累计违约率", "累计违约率（%）", "资产池累计违约率", "本期末累计违约率", "报告期末累计违约率", "期末资产池累计违约率", "截至本期末累计违约率",
    "累计30+违约率", "累计90+违约率", "累计90天以上违约率", "累计净违约率", "累计违约率（90+）", "累计违约率（截至期末）", "累计违约率（逾期90天以上，%）", "累计违约率（逾期90天以上）", "累计违约比率",
    "本收款期间期末累计违约率", "当期累计违约率",
])  # fmt: skip
def test_the_default_rate_of_this_pool_and_period_is_known_in_its_wordings(label: str) -> None:
    assert means("performance", label) == "cumulative_default_pct"


@pytest.mark.parametrize(("label", "field"), [
    ("累计回收笔数", ""), ("累计回收户数", ""), ("违约贷款累计回收笔数", ""), ("累计回收率", ""), ("违约贷款累计回收率", ""),
    ("预计累计回收金额", ""), ("本期违约贷款回收金额", ""), ("上期累计回收金额", ""), ("累计回收金额占比", ""), ("累计回收次数", ""),
    ("累计回收金额", "cumulative_recovery_amount"), ("累计违约贷款回收金额", "cumulative_recovery_amount"),
    ("违约资产累计回收金额", "cumulative_recovery_amount"), ("累计90+回收本金", "cumulative_recovery_amount"),
    ("资产池累计回收额", "cumulative_recovery_amount"), ("累计处置回收款", "cumulative_recovery_amount"),
])  # fmt: skip
def test_a_number_of_recoveries_is_no_amount_recovered(label: str, field: str) -> None:
    assert means("performance", label) == field


@pytest.mark.parametrize(("label", "field"), [
    ("贷款数量", "loan_count"), ("资产数量", "loan_count"), ("抵押贷款数量", "loan_count"), ("贷款笔数", "loan_count"),
    ("借款人数量", "borrower_count"), ("借款人户数", "borrower_count"), ("贷款户数", "borrower_count"), ("债务人数量", "borrower_count"),
    ("省份数量", ""), ("行业数量", ""), ("合同数量", ""), ("合同份数", ""), ("机构数", ""), ("合同笔数", "loan_count"),
])  # fmt: skip
def test_a_number_of_loans_is_no_number_of_borrowers(label: str, field: str) -> None:
    assert means("pool_stats", label) == field


@pytest.mark.parametrize("group", ["pool_stats", "performance"])
@pytest.mark.parametrize(
    "owner", ["上期", "上期末", "上一收款期间", "静态池", "静态样本池", "发起机构历史", "同类贷款"]
)
@pytest.mark.parametrize("label", [
    "加权平均利率", "加权平均贷款年利率", "加权平均剩余期限", "加权平均信用评分", "借款人加权平均年龄", "加权平均贷款价值比", "加权平均收入债务比",
    "逾期率", "严重拖欠率", "早偿率", "累计违约金额", "未偿本金余额", "贷款笔数", "前十大借款人集中度",
])  # fmt: skip
def test_an_average_of_another_period_or_of_other_loans_is_not_this_pools(group: str, owner: str, label: str) -> None:
    assert means(group, f"{owner}{label}") == ""


@pytest.mark.parametrize(
    "label", ["加权平均收入债务比", "加权收入债务比", "借款人加权平均收入债务比", "加权平均债务收入比", "收入债务比"]
)
def test_the_ratio_of_income_and_debt_is_no_income(label: str) -> None:
    assert means("pool_stats", label) == "wa_dti_pct"
    assert means("pool_distributions", f"{label}分布") == ""


@pytest.mark.parametrize(("label", "field"), [
    ("加权平均年收入", ""), ("借款人加权平均年收入", ""), ("加权平均初始贷款价值比", ""), ("加权平均当前贷款价值比", "wa_ltv_pct"),
    ("无抵押贷款占比", ""), ("抵押贷款笔数占比", ""), ("抵押贷款占比", "secured_pct"), ("附担保贷款余额占比", "secured_pct"),
    ("前十大借款人所在行业", ""), ("前十大借款人未偿本金余额", ""), ("前十大借款人占比不超过", ""), ("前五名借款人集中度", "top5_borrower_pct"),
    ("最大单一借款人占比", "top1_borrower_pct"), ("最大单一借款人集中度上限", ""), ("单一借款人最高占比限制", ""),
    ("借款人本金余额", ""), ("借款人平均本金余额", "avg_borrower_balance"), ("户均余额", "avg_borrower_balance"), ("户均合同金额", ""),
    ("加权平均贷款月度IRR", ""), ("月度IRR", ""), ("单笔贷款剩余期限不超过", ""), ("预计加权平均剩余期限", ""),
    ("资产池本息余额", ""), ("起算日资产池本息费总余额", ""), ("单笔贷款平均本息余额", ""), ("资产池未偿本金余额", "principal_balance"),
    ("浮动利率贷款占比", ""), ("资产池加权平均收益率", ""), ("最高借款人年龄", ""), ("30-40岁借款人贷款余额占比", ""), ("新车贷款余额占比", ""),
])  # fmt: skip
def test_a_statistic_of_the_pool_is_taken_for_no_other(label: str, field: str) -> None:
    assert means("pool_stats", label) == field


@pytest.mark.parametrize(("label", "field"), [
    ("期初余额", ""), ("上期余额", ""), ("期初本金余额", ""), ("户均余额", ""), ("平均余额", ""), ("最大余额", ""), ("授信金额", ""),
    ("累计金额", ""), ("每百元面额兑付本金金额", ""), ("购买金额", ""), ("期末余额", "amount"), ("期末未偿本金余额", "amount"),
    ("贷款余额", "amount"), ("未偿本金余额（万元）", "amount"), ("贷款本金余额", "amount"), ("资产池未偿本金余额", "amount"),
    ("期初笔数", ""), ("上期笔数", ""), ("购买笔数", ""), ("累计回收笔数", ""), ("户数", ""), ("贷款笔数", "count"), ("期末笔数", "count"),
    ("户数占比", ""), ("笔数占比", "count_share_pct"), ("贷款笔数占比", "count_share_pct"), ("占总笔数比例", "count_share_pct"),
    ("合同金额占比", ""), ("上期金额占比", ""), ("金额占比", "amount_share_pct"), ("未偿本金余额占比", "amount_share_pct"),
    ("占期末资产池余额百分比", "amount_share_pct"), ("占初始起算日资产池余额百分比", ""),
])  # fmt: skip
def test_a_column_of_another_day_or_base_is_no_column_of_the_bucket(label: str, field: str) -> None:
    assert means("columns", label) == field


@pytest.mark.parametrize(("label", "field"), [
    ("本期兑付前本金余额", "opening_balance"), ("分配前本金余额", "opening_balance"), ("兑付前未偿本金占比", ""), ("上期兑付后剩余本金", ""),
    ("本期兑付后剩余本金", "closing_balance"), ("本息兑付后剩余本金总额", "closing_balance"), ("兑付后剩余本金占比", ""), ("兑付后剩余期限", ""),
    ("本期兑付前每百元面额本金值", ""), ("累计兑付本金", ""), ("本金兑付总额", "principal_paid"), ("兑付本息总额", ""), ("本期兑付总额", ""),
])  # fmt: skip
def test_a_payment_is_taken_for_no_other(label: str, field: str) -> None:
    assert means("tranche_payments", label) == field


@pytest.mark.parametrize(("label", "field"), [
    ("发行人主体评级", ""), ("主体信用等级", ""), ("担保人信用等级", ""), ("上次评级", ""), ("评级展望", ""),
    ("信用等级（联合资信/中债资信）", "rating"), ("债项评级", "rating"), ("中诚信国际评级", "rating"), ("最新评级", "rating"),
])  # fmt: skip
def test_the_grade_of_a_company_is_no_grade_of_a_security(label: str, field: str) -> None:
    assert means("tranches", label) == field


@pytest.mark.parametrize(("caption", "dimension"), [
    ("利率类型分布", ""), ("按利率方式分布", ""), ("贷款年利率分布", "rate"), ("借款人年收入分布", "borrower_income"), ("债务收入比分布", ""),
])  # fmt: skip
def test_fixed_or_floating_is_no_level_of_a_rate(caption: str, dimension: str) -> None:
    assert means("pool_distributions", caption) == dimension


@pytest.mark.parametrize(("label", "field"), [
    ("累计循环购买金额", "cumulative_amount"), ("累计购买对价", ""), ("累计购买笔数", ""), ("初始资产池余额", "initial_amount"),
    ("初始购买资产金额", "initial_amount"), ("初始资产池笔数", ""), ("初始购买价款金额", ""),
])  # fmt: skip
def test_the_price_or_number_of_a_purchase_is_no_balance_bought(label: str, field: str) -> None:
    assert means("revolving_purchases", label) == field


def test_no_pattern_of_a_label_lets_just_anything_stand_before_or_behind_it() -> None:
    """Words before and behind a label change its meaning (上期, 静态池, 触发比率, 笔数), so a pattern names them."""
    open_ended = [row for row in LABELS.rows() if ".*" in row.label and row.group not in FREE_TEXT]
    assert {(row.group, row.field) for row in open_ended} == {("tranches", "rating"), ("tranches", IGNORED)}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.mark.parametrize(
    ("group", "label", "field"),
    [(row["group"], label, row["field"]) for row in _rows(PRINTED) for label in row["labels"].split("|")],
)
def test_a_label_that_documents_print_leads_to_its_field_and_no_other(group: str, label: str, field: str) -> None:
    assert means(group, label) == field


@pytest.mark.skipif(not SEEN.exists(), reason="the labels that real documents print are not at hand")
def test_labels_that_real_documents_print_lead_to_their_field_or_are_asked_about() -> None:
    purchase = {"principal", "amount", "discounted", "interest_too"}
    wrong: list[str] = []
    lost: list[str] = []
    rows = [row for row in _rows(SEEN) if row["column"] not in ("line", "bucket")]
    for row in rows:
        group = "columns" if row["table"] == "delinquency" else row["table"]
        wanted = {row["column"].replace("balance_share", "amount_share")}
        wanted = purchase if wanted == {"purchase_amount"} else wanted - {IGNORED} or {""}
        found = means(group, row["label"])
        if found not in wanted:
            (wrong if found else lost).append(row["label"])
    assert wrong == []
    #: Two roles in a cell are read by their parts.
    assert [label for label in lost if "/" not in label] == []
    assert len(rows) - len(lost) >= 145
