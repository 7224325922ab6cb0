"""Labels that no row knows are understood by their parts, and one word that changes the meaning takes the field away."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path

import pytest

from dealproof.errors import MappingError
from dealproof.mappings.fields import IGNORED
from dealproof.mappings.labels import BY_PARTS, Labels, load_labels
from tests.doubles.programs import benchmark

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "mappings" / "labels"
LABELS = load_labels(SHIPPED)
PARTS = LABELS.parts
SEEN = ROOT / ".." / "shared" / "labels_seen.csv"


def means(group: str, label: str) -> str:
    """The field that the parts of a label say, without any row of its own; empty where they say none."""
    found = PARTS.find(group, label)
    return "" if found is None or found.row.field == IGNORED else found.row.field


def test_every_row_of_a_whole_label_goes_before_its_parts() -> None:
    for group, rows in LABELS.groups.items():
        for key, row in rows.exact.items():
            assert LABELS.find(group, key) is row


def test_no_row_of_a_whole_label_is_read_by_its_parts_as_another_field() -> None:
    read = [
        (group, key, row.field, means(group, key)) for group, rows in LABELS.groups.items() for key, row in rows.exact.items()
    ]
    assert [case for case in read if case[3] not in ("", case[2])] == []
    assert sum(1 for case in read if case[3]) >= 590


#: Wordings drawn from what stands before, in the middle and behind, with the field that all of them mean.
DRAWN: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("performance", "cumulative_default_pct", ("|资产池|基础资产|截至报告期末|本报告期末|本收款期间期末|期末资产池", "累计|累积", "|90天以上|90+|净", "违约", "率|比率", "|（%）")),
    ("performance", "cumulative_default_amount", ("|资产池|截至本期末|报告期末", "累计", "|新增", "违约", "|贷款|资产|抵押贷款", "|的", "本金余额|金额|未偿本金余额|本金", "|（元）|（万元）")),
    ("performance", "period_default_amount", ("本期|当期|本报告期|本收款期间内", "新增", "违约", "|贷款|资产|债权", "|本金|未偿本金余额|金额", "|（元）")),
    ("performance", "cumulative_recovery_amount", ("|资产池|截至期末", "累计", "|违约贷款|违约资产", "|处置", "回收|回款", "|金额|本金|款项|总额", "|（元）")),
    ("performance", "pool_opening_balance", ("期初|本期期初|报告期初|收款期间期初", "|资产池|基础资产|贷款|资产", "|剩余|未偿", "本金余额|余额|本金总额", "|（元）")),
    ("performance", "pool_closing_balance", ("期末|本期末|报告期末|本收款期间期末|截至报告期末", "|资产池|剩余资产池|贷款", "|剩余|未偿", "本金余额|余额", "|总额", "|（元）")),
    ("performance", "initial_pool_balance", ("初始起算日|初始|封包日|基准日", "资产池|基础资产|贷款", "|未偿", "本金余额|余额", "|总额")),
    ("performance", "pool_wa_rate_pct", ("期末|本期末|报告期末|期末资产池", "|贷款", "加权平均", "|贷款|现行", "利率|年利率|年化利率", "|（%）")),
    ("performance", "pool_wa_remaining_term_years", ("期末|本期末|报告期末资产池", "加权平均", "|贷款", "剩余期限|剩余年限|剩余期数", "|（年）|（月）")),
    ("performance", "seriously_delinquent_pct", ("|期末|资产池|本报告期末", "严重", "拖欠|逾期", "率|比率", "|（%）")),
    ("performance", "prepayment_pct", ("|本期|本收款期间|期间|年化|月度", "早偿|提前还款|提前偿还", "率", "|（%）")),
    ("pool_stats", "principal_balance", ("|初始起算日|截至封包日|入池", "资产池|贷款|基础资产|债权", "|的", "|未偿|剩余", "本金余额|余额", "|总额|合计", "|（万元）|（元）")),
    ("pool_stats", "avg_loan_balance", ("单笔|每笔", "|贷款|资产|借据", "|的", "平均", "|未偿|剩余", "本金余额|余额|本金", "|（万元）")),
    ("pool_stats", "max_loan_balance", ("单笔|最高单笔|单笔最大", "贷款|资产|债权", "最高|最大", "|未偿|剩余", "本金余额|余额", "|（元）")),
    ("pool_stats", "avg_borrower_balance", ("户均|借款人平均|单户平均|单一借款人平均", "|贷款", "|未偿|剩余", "本金余额|余额", "|（元）")),
    ("pool_stats", "wa_contract_term_years", ("加权平均|贷款加权平均", "|贷款|资产", "合同|初始|原始", "期限", "|（年）|（月）")),
    ("pool_stats", "wa_remaining_term_years", ("|资产池|入池贷款", "加权平均", "|贷款|合同", "剩余", "期限|年限|期数", "|（年）|（期）")),
    ("pool_stats", "max_remaining_term_years", ("|单笔|单笔贷款|贷款", "最长", "|合同|贷款", "剩余|到期", "期限", "|（月）|（天）")),
    ("pool_stats", "wa_rate_pct", ("|资产池|入池贷款", "加权平均", "|贷款|现行|执行", "利率|年利率|年化利率|贷款年利率", "|（%）")),
    ("pool_stats", "min_rate_pct", ("|单笔|单笔贷款|贷款", "最低", "|贷款|执行", "利率|年利率|年化利率", "|（%）")),
    ("pool_stats", "top10_borrower_pct", ("前十大|前十名|前10大|前十户|最大十名", "借款人", "|贷款", "|未偿", "|本金|余额|本金余额", "占比|集中度|比例", "|（%）")),
    ("tranche_payments", "opening_balance", ("本期|本次|", "兑付前|本息兑付前|分配前|支付前", "|剩余|未偿", "本金|余额|本金余额|本金总额|本金金额|本金值", "|（元）")),
    ("tranche_payments", "closing_balance", ("本期|本次|", "兑付后|本息兑付后|分配后", "|剩余|证券剩余", "本金|余额|本金余额|本金总额", "|（元）")),
    ("tranche_payments", "principal_paid", ("本期|本次|", "|实际", "兑付|支付|偿付|偿还|分配", "|证券", "本金", "|金额|总额|额", "|（元）")),
    ("tranche_payments", "interest_paid", ("本期|本次|", "兑付|支付|分配", "|证券", "利息|收益", "|金额|总额|额", "|（元）")),
    ("revolving_purchases", "cumulative_amount", ("|截至本次", "累计", "循环购买|持续购买|购买|受让", "|资产|基础资产", "|未偿", "本金|金额|规模|本金余额", "|（元）")),
    ("revolving_purchases", "principal", ("|本次|本期", "循环购买|购买|受让", "|资产|信贷资产|贷款", "|的", "未偿本金|本金|本金余额", "|总额|金额")),
    ("tranches", "amount", ("|实际|证券|各档证券", "发行", "规模|金额|总额|面值", "|（元）|（万元）")),
    ("columns", "amount_share_pct", ("|贷款|资产|资产池", "|未偿|剩余", "本金余额|余额|本金|金额", "|的", "占比|比例|百分比", "|（%）")),
    ("columns", "count_share_pct", ("|贷款|资产|期末", "笔数|总笔数", "占比|比例|百分比", "|（%）")),
)  # fmt: skip


def drawn() -> Iterator[tuple[str, str, str]]:
    """Group, label and field of every drawn wording."""
    for group, field, slots in DRAWN:
        for words in product(*(slot.split("|") for slot in slots)):
            yield group, "".join(words), field


def test_drawn_wordings_of_a_field_are_understood_and_none_is_taken_for_another() -> None:
    read = [(group, label, field, means(group, label)) for group, label, field in drawn()]
    assert len(read) > 8_500
    assert [case for case in read if case[3] not in ("", case[2])] == []
    assert [case for case in read if not case[3]] == []


#: One word that makes another figure of any figure.
BEFORE = (
    "上期", "上期末", "上一报告期", "去年同期", "静态池", "静态样本池", "预计", "预测", "计划", "压力情景下", "基准情景", "假设", "同比", "其他", "非", "不含",
    "同类产品", "发起机构", "每百元", "已核销", "拟", "目标", "自持",
)  # fmt: skip
BEHIND = ("触发比率", "触发值", "上限", "阈值", "变动", "排名", "环比", "差额", "计算基数", "对价", "折价率", "是否达标", "类型", "次数", "限额")


def mutations(label: str) -> Iterable[str]:
    """The label changed by one word that it does not hold yet."""
    yield from (word + label for word in BEFORE if word not in label)
    yield from (label + word for word in BEHIND if word not in label)


def test_one_word_that_changes_the_meaning_takes_the_field_away() -> None:
    cases = [
        (group, key, row.field)
        for group in ("pool_stats", "performance", "tranche_payments", "revolving_purchases", "columns")
        for key, row in LABELS.groups[group].exact.items()
        if row.field != IGNORED
    ]
    cases += [case for at, case in enumerate(drawn()) if at % 29 == 0]
    kept = [
        (changed, field) for group, label, field in cases for changed in mutations(label) if LABELS.field(group, changed) == field
    ]
    assert {case for case in kept if case[1] != "purchase_no"} == set()


@pytest.mark.parametrize(("group", "label"), [
    ("performance", "累计违约率触发比率"), ("performance", "累计违约贷款笔数"), ("performance", "累计违约户数"), ("performance", "累计回收笔数"),
    ("performance", "累计回收率"), ("performance", "上期累计违约率"), ("performance", "静态池累计违约率"), ("performance", "预计累计违约率"),
    ("performance", "压力情景累计违约率"), ("performance", "年化违约率"), ("performance", "累计逾期率"), ("performance", "累计违约金额占比"),
    ("performance", "累计违约余额增减"), ("performance", "期初笔数"), ("performance", "期末借款人户数"), ("performance", "不良贷款余额"),
    ("performance", "累计正常回收本金"), ("performance", "期末信托账户余额"), ("performance", "期末优先级本金余额"), ("performance", "累计早偿率"),
    ("performance", "逾期90+率"), ("performance", "期末逾期贷款余额"), ("performance", "期末违约贷款余额"), ("performance", "累计损失率"),
    ("pool_stats", "合同数量"), ("pool_stats", "省份数量"), ("pool_stats", "借款人平均年龄"), ("pool_stats", "单笔贷款最高授信额度"),
    ("pool_stats", "户均合同金额"), ("pool_stats", "加权平均收入"), ("pool_stats", "加权平均首付比例"), ("pool_stats", "加权平均初始贷款价值比"),
    ("pool_stats", "前十大行业占比"), ("pool_stats", "前十大借款人未偿本金余额"), ("pool_stats", "前二十大借款人占比"), ("pool_stats", "保证贷款占比"),
    ("pool_stats", "未偿本息余额"), ("pool_stats", "微小企业贷款笔数"), ("pool_stats", "单笔贷款最低合同金额"), ("pool_stats", "贷款利率上限"),
    ("pool_stats", "加权平均月利率"), ("pool_stats", "借款人最高未偿本金余额"), ("pool_stats", "逾期贷款余额"), ("pool_stats", "抵押物评估价值"),
    ("tranche_payments", "累计兑付本金"), ("tranche_payments", "每百元兑付本金"), ("tranche_payments", "应付本金"), ("tranche_payments", "未付利息"),
    ("tranche_payments", "兑付本息总额"), ("tranche_payments", "本金支付日"), ("tranche_payments", "兑付本金占比"), ("tranche_payments", "上期兑付本金"),
    ("tranche_payments", "计划兑付本金"), ("tranche_payments", "递延利息"), ("tranche_payments", "资产池期末本金余额"), ("tranche_payments", "预计期末本金余额"),
    ("revolving_purchases", "购买价款"), ("revolving_purchases", "购买笔数"), ("revolving_purchases", "累计购买笔数"), ("revolving_purchases", "累计购买对价"),
    ("revolving_purchases", "计划购买本金"), ("revolving_purchases", "剩余可用资金"), ("revolving_purchases", "初始资产池笔数"),
    ("tranches", "计划发行规模"), ("tranches", "自持比例"), ("tranches", "信用支持比例"), ("tranches", "基准利率"), ("tranches", "主体评级"), ("tranches", "上次评级"),
    ("tranches", "发行价格"), ("tranches", "评级机构"), ("tranches", "发行份数"), ("tranches", "评级展望"), ("tranches", "剩余期限"), ("tranches", "利率上限"),
    ("columns", "期初余额"), ("columns", "累计金额"), ("columns", "户数占比"), ("columns", "合同金额占比"), ("columns", "平均余额"), ("columns", "占初始资产池余额比例"),
    ("dates", "上一支付日"), ("dates", "下一支付日"), ("dates", "利率基准日"), ("dates", "跟踪基准日"), ("dates", "预计到期日"), ("dates", "起息日"),
    ("dates", "清仓回购起算日"), ("dates", "簿记建档日"), ("dates", "计息天数"), ("parties", "资产评估机构"), ("parties", "后备资产服务机构"),
    ("parties", "资金监管银行"), ("parties", "财务顾问"), ("parties", "受托机构报酬"), ("parties", "抵押人"),
])  # fmt: skip
def test_a_label_with_a_part_that_no_field_allows_means_nothing(group: str, label: str) -> None:
    assert means(group, label) == ""


@pytest.mark.parametrize("label", [
    "泰隆银行", "其中：累计违约率", "累计违约率不超过5%", "关于累计违约率的说明", "截至报告期末资产池累计违约率为0.35%，较上期上升", "", "   ", "（%）", "——",
    "累计违约率" * 30, "1,234.56", "2025年6月30日", "优先A1", "累计违约率（不含回购）", "累计违约率/累计逾期率", "累计违约率（上期）", "累计违约率）（",
])  # fmt: skip
def test_a_text_with_a_word_that_nobody_knows_means_nothing(label: str) -> None:
    assert [group for group in PARTS.vocabulary.fields if means(group, label)] == []


@pytest.mark.parametrize(("group", "label", "field"), [
    ("performance", "累计违约率（逾期90天以上）", "cumulative_default_pct"), ("performance", "累计违约率（90+，%）", "cumulative_default_pct"),
    ("performance", "截至2025年6月30日累计违约率", "cumulative_default_pct"), ("performance", "（一）累计违约率", "cumulative_default_pct"),
    ("performance", "3、累计违约率", "cumulative_default_pct"), ("performance", "累计违约率 Cumulative Default Rate", "cumulative_default_pct"),
    ("performance", "累计违约率 Delinquency Rate", ""), ("performance", "Cumulative Default Rate (%)", "cumulative_default_pct"),
    ("performance", "期初/期末余额", ""), ("performance", "累计违约金额/比率", ""), ("performance", "资产池期末余额（本金）", "pool_closing_balance"),
    ("tranches", "发行规模/金额", "amount"), ("tranches", "发行总量（面值）", "amount"), ("tranches", "发行规模/占比", ""),
    ("tranche_payments", "付息（或收益）金额", "interest_paid"), ("tranche_payments", "本金/利息", ""),
    ("parties", "登记/支付代理机构", "registrar"), ("parties", "委托人/发起机构", "originator"), ("parties", "受托机构/发起机构", ""),
    ("pool_stats", "Number of Loans", "loan_count"), ("pool_stats", "Weighted Average Remaining Term (months)", "wa_remaining_term_years"),
    ("pool_stats", "加权平均LTV", "wa_ltv_pct"), ("pool_stats", "贷款笔数 Number of Loans", "loan_count"),
    ("pool_stats", "贷款笔数 Number of Borrowers", ""),
])  # fmt: skip
def test_a_remark_another_half_and_another_language_must_say_the_same(group: str, label: str, field: str) -> None:
    assert means(group, label) == field


@pytest.mark.parametrize(("label", "field"), [
    ("单笔贷款最短/最长剩余期限", "min_remaining_term_years|max_remaining_term_years"),
    ("单笔贷款最长/最短合同期限", "max_contract_term_years|min_contract_term_years"),
    ("单笔贷款最低/最高余额（元）", "min_loan_balance|max_loan_balance"), ("贷款最高/最低年利率", "max_rate_pct|min_rate_pct"),
    ("最短剩余期限/最长剩余期限", "min_remaining_term_years|max_remaining_term_years"), ("最短合同期限/最长剩余期限", ""),
    ("贷款笔数/户数", ""), ("最高/平均余额", ""), ("最高/最低年龄", ""), ("最低/最高/平均余额", ""),
])  # fmt: skip
def test_the_smallest_and_the_largest_value_of_one_cell_are_two_fields(label: str, field: str) -> None:
    assert means("pool_stats", label) == field


@pytest.mark.parametrize(("group", "label", "field"), [
    ("performance", "累计回收（元）", "cumulative_recovery_amount"), ("performance", "累计回收（笔）", ""), ("performance", "累计回收（%）", ""),
    ("performance", "本期新增违约（万元）", "period_default_amount"), ("performance", "本期新增违约（笔）", ""), ("performance", "累计违约率（元）", ""),
    ("pool_stats", "加权平均剩余期限（元）", ""), ("pool_stats", "加权平均剩余期限（期）", "wa_remaining_term_years"), ("pool_stats", "贷款余额（%）", ""),
    ("columns", "贷款余额（%）", ""), ("columns", "贷款余额（万元，%）", "amount"),
])  # fmt: skip
def test_a_printed_unit_that_the_field_cannot_have_takes_the_field_away(group: str, label: str, field: str) -> None:
    assert means(group, label) == field


def with_row(folder: Path, file: str, *rows: str) -> Labels:
    """The label files that come with the program, with rows added to one of them."""
    shutil.copytree(SHIPPED, folder, dirs_exist_ok=True)
    path = folder / file
    path.write_text(path.read_text(encoding="utf-8-sig").rstrip("\n") + "\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return load_labels(folder)


def test_a_new_word_opens_all_labels_that_hold_it(tmp_path: Path) -> None:
    assert LABELS.find("performance", "期末赊销资产余额") is None
    found = with_row(tmp_path, "words.csv", "赊销资产,object:loan,")
    assert found.field("performance", "期末赊销资产余额") == "pool_closing_balance"
    assert found.field("pool_stats", "单笔赊销资产平均余额") == "avg_loan_balance"
    row = found.find("performance", "期末赊销资产余额")
    assert row is not None
    assert row.match == BY_PARTS
    assert "赊销资产 object:loan" in row.note
    assert row.where.startswith("labels/fields.csv:")


def test_a_pattern_that_ignores_a_label_is_obeyed_and_one_that_says_another_field_leaves_it_open(tmp_path: Path) -> None:
    label = "持续购买总规模"
    assert LABELS.field("revolving_purchases", label) == "amount"
    ignored = with_row(tmp_path / "a", "revolving_purchases.csv", "-,总规模,suffix,kept elsewhere")
    row = ignored.find("revolving_purchases", label)
    assert row is not None
    assert row.field == IGNORED
    other = with_row(tmp_path / "b", "revolving_purchases.csv", "principal,持续购买总(?:规模|额),regex,")
    assert other.find("revolving_purchases", label) is None
    agreed = with_row(tmp_path / "c", "revolving_purchases.csv", "amount,持续购买总(?:规模|额),regex,")
    assert agreed.field("revolving_purchases", label) == "amount"


def test_a_label_that_fits_two_fields_alike_is_left_open(tmp_path: Path) -> None:
    label = "持续购买总规模"
    row = LABELS.find("revolving_purchases", label)
    assert row is not None
    line = int(row.where.rpartition(":")[2])
    said = (SHIPPED / "fields.csv").read_text(encoding="utf-8-sig").splitlines()[line - 1]
    assert said.startswith("revolving_purchases,amount,")
    twice = with_row(tmp_path, "fields.csv", said.replace(",amount,", ",initial_amount,", 1))
    assert twice.find("revolving_purchases", label) is None


@pytest.mark.parametrize(("file", "row", "told"), [
    ("words.csv", "赊销,loan,", "no part"), ("words.csv", "赊销,,", "filled"), ("words.csv", "累计,period:closing,", "already means"),
    ("words.csv", "赊销,object:*,", "no part"), ("fields.csv", "perfomance,loan_count,count,quantity:count,,", "Did you mean performance"),
    ("fields.csv", "pool_stats,loan_cuont,count,quantity:count,,", "Did you mean loan_count"),
    ("fields.csv", "pool_stats,loan_count,pieces,quantity:count,,", "type"), ("fields.csv", "pool_stats,loan_count,count,quantity:cuont,,", "Did you mean quantity:count"),
    ("fields.csv", "pool_stats,loan_count,count,,quantity:count,", "needs"), ("fields.csv", "pool_stats,loan_count,count,quantity:*,,", "needs"),
])  # fmt: skip
def test_a_mistake_in_words_or_fields_is_refused_with_its_line(tmp_path: Path, file: str, row: str, told: str) -> None:
    with pytest.raises(MappingError, match=rf"labels/{file}:\d+.*{told}"):
        with_row(tmp_path, file, row)


@pytest.mark.parametrize("file", ["words.csv", "fields.csv"])
def test_a_folder_without_the_words_is_refused(tmp_path: Path, file: str) -> None:
    shutil.copytree(SHIPPED, tmp_path, dirs_exist_ok=True)
    (tmp_path / file).unlink()
    with pytest.raises(MappingError, match=file):
        load_labels(tmp_path)


def test_no_two_fields_of_a_table_are_said_by_the_same_parts() -> None:
    alike = [
        (one.where, other.where, sorted(parts))
        for rows in PARTS.vocabulary.fields.values()
        for one in rows
        for other in rows
        if one.field < other.field
        for parts in map(frozenset, product(*one.needs, *other.needs))
        if one.fits(parts) and other.fits(parts)
    ]
    assert alike == []


def test_a_third_of_the_labels_is_understood_with_the_words_of_the_other_two() -> None:
    measure = benchmark("labels")
    wordings = [case for at, case in enumerate(drawn()) if at % 41 == 0]
    verdicts: Counter[str] = measure.held_back(measure.once([*measure.rows(LABELS), *wordings]), PARTS, False)
    assert verdicts["wrong"] == 0
    assert verdicts["understood"] >= 0.75 * (verdicts["understood"] + verdicts["open"])


@pytest.mark.skipif(not SEEN.exists(), reason="the labels that real documents print are not at hand")
def test_labels_that_real_documents_print_are_understood_by_their_parts_alone() -> None:
    measure = benchmark("labels")
    verdicts: Counter[str] = measure.judge(list(measure.read_seen(SEEN)), PARTS, False)
    assert verdicts["wrong"] == 0
    assert verdicts["understood"] >= 0.93 * (verdicts["understood"] + verdicts["open"])
