"""What the tables of a deal's documents say: figures with labels, before anything is laid out.

Labels are those of real documents and known to `mappings/labels`; what varies here is which synonym, which columns and in
which order.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from samples.compose.deal import Deal, Line, cents, share, split
from samples.compose.model import Blocks, Column, Content, Fact, Figure, Matrix, Pairs, Row

Make = Callable[[random.Random, Deal], Content]
NONE = Figure("text", "")


def _fact(table: str, column: str, *key: tuple[str, object]) -> Fact:
    return Fact(table, tuple((name, str(value)) for name, value in key), column)


def payments(chance: random.Random, deal: Deal) -> Matrix:
    """Principal and interest of every tranche in the period."""
    labels = {
        "opening_balance": ("期初本金余额", "期初未偿本金余额", "本期兑付前本金余额", "兑付前剩余本金"),
        "principal_paid": ("本期兑付本金", "本次兑付本金", "本期偿还本金", "本次还本"),
        "interest_paid": ("本期付息金额", "本次付息", "本期支付利息", "兑付利息"),
        "closing_balance": ("期末本金余额", "期末未偿本金余额", "本息兑付后剩余本金", "本期兑付后剩余本金"),
    }  # fmt: skip
    order = chance.choice((("opening_balance", "principal_paid", "closing_balance", "interest_paid"), ("opening_balance", "principal_paid", "interest_paid", "closing_balance")))
    groups = {"interest_paid": "利息"}
    if order[2] == "interest_paid":
        groups = {"principal_paid": "本期兑付", "interest_paid": "本期兑付", "opening_balance": "本金余额", "closing_balance": "剩余本金"}
    picked = {name: chance.choice(words) for name, words in labels.items()}
    columns = tuple(Column(("本期兑付情况", groups.get(name, "本金"), picked[name])) for name in order)
    rows = []
    for tranche in deal.tranches:
        values = {"opening_balance": tranche.opening, "principal_paid": tranche.principal, "interest_paid": tranche.interest, "closing_balance": tranche.closing}
        figures = tuple(
            Figure("money", values[name], _fact("tranche_payments", name, ("deal_id", deal.deal_id), ("tranche", tranche.canonical))) for name in order
        )
        rows.append(Row(tranche.name, figures, "优先级证券" if tranche.canonical.startswith("优先") else "其他证券"))
    rows.append(_total(rows, chance))
    corner = chance.choice(("证券名称", "证券档次", "档次", "证券级别"))
    return Matrix("payments", chance.choice(("资产支持证券本息兑付情况", "本期证券兑付情况", "各档证券本息兑付情况表")), corner, columns, tuple(rows), "证券类型")


def payment_blocks(chance: random.Random, deal: Deal) -> Blocks:
    """The same, a block for each tranche."""
    matrix = payments(chance, deal)
    blocks = tuple(
        (row.label, tuple((column.path[-1], figure) for column, figure in zip(matrix.columns, row.figures, strict=True)))
        for row in matrix.rows
        if not row.is_total
    )
    return Blocks("payments", matrix.caption, blocks)


def status(chance: random.Random, deal: Deal) -> Matrix:
    """Loans by days past due, this period and sometimes the one before."""
    words = (chance.choice(("笔数", "贷款笔数", "资产笔数")), chance.choice(("笔数占比", "占比")), chance.choice(("本金余额", "未偿本金余额", "金额", "贷款余额")), chance.choice(("余额占比", "金额占比")))
    if words[1] == "占比":
        words = (*words[:3], "占比")
    names = ("count", "count_share_pct", "balance", "balance_share_pct")
    order = chance.choice(((0, 1, 2, 3), (2, 3, 0, 1)))
    has_previous = chance.random() < 0.4
    periods = ("本报告期末", "上报告期末") if chance.random() < 0.5 else ("本期末", "上期末")
    columns = [
        Column(
            ("资产池情况", period, words[index]) if has_previous else (period, "笔数情况" if index < 2 else "金额情况", words[index]),
            ("count", "pct", "money", "pct")[index],
        )
        for period in periods[: 1 + has_previous]
        for index in order
    ]
    pools = [deal.status, deal.previous][: 1 + has_previous]
    labels = chance.choice((("正常", "逾期1-30天", "逾期31-60天", "逾期61-90天", "违约"), ("正常贷款", "拖欠1至30天", "拖欠31至60天", "拖欠61至90天", "违约贷款")))
    number = deal.history[-1].number
    rows = []
    for place, label in enumerate((*labels, chance.choice(("合计", "总计")))):
        is_total = place == len(labels)
        bucket = "total" if is_total else deal.status[place].canonical
        figures: list[Figure] = []
        for pool in pools:
            values = _status_values(pool, place, is_total)
            for index in order:
                fact = _fact("delinquency", names[index], ("deal_id", deal.deal_id), ("period_no", number), ("bucket", bucket))
                figures.append(Figure(("count", "pct", "money", "pct")[index], values[index], fact if pool is deal.status else None))
        rows.append(Row(label, tuple(figures), "正常类" if place == 0 else "不良类" if place == 4 else "逾期类", is_total))
    corner = chance.choice(("资产状态", "贷款状态", "逾期情况", "逾期状态"))
    return Matrix("status", chance.choice(("资产池整体表现情况", "资产池逾期情况", "基础资产逾期及违约情况")), corner, tuple(columns), tuple(rows), "类别")


def _status_values(pool: Sequence[Line], place: int, is_total: bool) -> tuple[Decimal, ...]:
    count, amount = sum(line.count for line in pool), sum((line.amount for line in pool), Decimal(0))
    if is_total:
        return Decimal(count), Decimal("100.00"), amount, Decimal("100.00")
    line = pool[place]
    return Decimal(line.count), share(line.count, count), line.amount, share(line.amount, amount)


def history(chance: random.Random, deal: Deal) -> Matrix:
    """Defaults of every period so far."""
    new, total = chance.choice((("本期新增违约金额", "累计违约金额"), ("本期新增违约本金", "累计违约本金")))
    columns = (
        Column(("收款期间", "收款期间", "收款期间"), "date"), Column(("违约情况", "违约金额", new)), Column(("违约情况", "违约金额", total)),
        Column(("违约情况", "违约比率", "累计违约率"), "pct"),
    )  # fmt: skip
    rows = []
    base = cents(deal.pool)
    for period in deal.history:
        key = (("deal_id", deal.deal_id), ("period_no", period.number))
        dates = f"{period.start:%Y/%m/%d}-{period.end:%Y/%m/%d}"
        rate = share(period.cumulative, base)
        facts = [_fact("performance", "value", *key, ("metric", metric)) for metric in ("period_default_amount", "cumulative_default_amount", "cumulative_default_pct")]
        figures = (Figure("text", dates), Figure("money", period.new_default, facts[0]), Figure("money", period.cumulative, facts[1]), Figure("pct", rate, facts[2]))
        rows.append(Row(str(period.number), figures, f"{period.end.year}年"))
    if chance.random() < 0.25:
        rows.reverse()
    return Matrix("history", chance.choice(("资产池累计违约率情况", "历史累计违约率", "各期累计违约率")), chance.choice(("期数", "期次")), columns, tuple(rows), "年度")


def accounts(chance: random.Random, deal: Deal) -> Matrix:
    """Income and principal accounts, this period and the one before."""
    both = chance.random() < 0.6
    names = chance.choice((("上次报告期", "本次报告期"), ("上期金额", "本期金额"), ("上一收款期间", "本收款期间")))
    columns = [Column(("金额", "各期金额", name)) for name in (names if both else names[1:])]
    rows: list[Row] = []
    for account, word, lines in (("income", "收入账", ("正常回收", "提前偿还", "拖欠回收", "违约回收", "其他收入")), ("principal", "本金账", ("正常回收", "提前偿还", "拖欠回收", "违约回收"))):
        part: list[Row] = []
        for line in lines:
            figures = []
            for column, field in zip(columns, ("previous_amount", "amount") if both else ("amount",), strict=True):
                value = None if chance.random() < 0.12 else cents(Decimal(chance.randint(10**5, 9 * 10**8)) / 100)
                fact = _fact("cash_flows", field, ("deal_id", deal.deal_id), ("period_no", deal.history[-1].number), ("account", account), ("line", line))
                figures.append(Figure(column.sort, value, fact))
            part.append(Row(line, tuple(figures), word))
        whole = _total(part, chance, ("合计",))
        sums = [
            replace(figure, fact=replace(part[0].figures[i].fact, key=(*part[0].figures[i].fact.key[:-1], ("line", "合计"))))  # type: ignore[union-attr,type-var]
            for i, figure in enumerate(whole.figures)
        ]
        rows += [*part, replace(whole, figures=tuple(sums), group=word)]
    return Matrix("accounts", "信托账户收支情况", "项目", tuple(columns), tuple(rows), "账户")


def accounts_beside(chance: random.Random, deal: Deal) -> Matrix:
    """Both accounts beside each other: a label and its figures twice in a row."""
    whole = accounts(chance, deal)
    wide = len(whole.columns)
    parts = [[row for row in whole.rows if row.group == word] for word in ("收入账", "本金账")]
    blank = Row("", (NONE,) * wide)
    parts[1] = [*parts[1][:-1], *[blank] * (len(parts[0]) - len(parts[1])), parts[1][-1]]
    rows = tuple(
        Row(left.label, (*left.figures, Figure("text", right.label), *right.figures), "", left.is_total) for left, right in zip(*parts, strict=True)
    )
    return Matrix("accounts beside", whole.caption, "收入账", (*whole.columns, Column(("本金账",) * 3, "text"), *whole.columns), rows)


def fees(chance: random.Random, deal: Deal) -> Matrix:
    """Taxes and fees of the period."""
    lines = chance.sample(("税收", "受托机构报酬", "资金保管机构报酬", "贷款服务机构报酬", "跟踪评级费", "审计费", "代理兑付费用", "增值税及附加"), chance.randint(4, 7))
    rows = []
    for line in lines:
        fact = _fact("cash_flows", "amount", ("deal_id", deal.deal_id), ("period_no", deal.history[-1].number), ("account", "fees"), ("line", line))
        rows.append(Row(line, (Figure("money", cents(Decimal(chance.randint(10**4, 10**8)) / 100), fact),), "税费" if "税" in line else "服务费用"))
    total = _total(rows, chance, ("合计",))
    fact = _fact("cash_flows", "amount", ("deal_id", deal.deal_id), ("period_no", deal.history[-1].number), ("account", "fees"), ("line", "合计"))
    rows.append(replace(total, figures=(replace(total.figures[0], fact=fact),)))
    column = Column(("支付情况", "本期", chance.choice(("本期支付金额", "金额", "本期金额"))))
    return Matrix("fees", chance.choice(("税收及费用支出情况", "本期费用支付情况")), chance.choice(("费用项目", "费用名称")), (column,), tuple(rows), "类别")


def purchases(chance: random.Random, deal: Deal) -> Matrix:
    """Revolving purchases so far."""
    columns = (
        Column(("购买信息", "日期", chance.choice(("循环购买日", "持续购买日"))), "date"), Column(("购买信息", "资产笔数", "购买笔数"), "count"),
        Column(("购买金额", "本期", "入池本金")), Column(("购买金额", "本期", "支付对价")), Column(("购买金额", "累计", chance.choice(("累计循环购买金额", "累计入池本金")))),
    )  # fmt: skip
    rows, total = [], Decimal(0)
    for number in range(1, chance.randint(4, 13)):
        amount = cents(Decimal(chance.randint(10**8, 9 * 10**9)) / 100)
        total += amount
        key = (("deal_id", deal.deal_id), ("purchase_no", number))
        day = deal.closing + timedelta(days=28 * number)
        figures = (
            Figure("date", day, _fact("revolving_purchases", "purchase_date", *key)), Figure("count", Decimal(chance.randint(200, 9000))),
            Figure("money", amount, _fact("revolving_purchases", "purchase_amount", *key)), Figure("money", cents(amount * Decimal("0.985"))),
            Figure("money", total, _fact("revolving_purchases", "cumulative_amount", *key)),
        )  # fmt: skip
        rows.append(Row(str(number), figures, f"{day.year}年"))
    return Matrix("purchases", chance.choice(("循环购买情况", "持续购买情况")), chance.choice(("次数", "购买次数")), columns, tuple(rows), "年度")


def tranches(chance: random.Random, deal: Deal) -> Matrix:
    """What was issued."""
    key = [(("deal_id", deal.deal_id), ("tranche", t.canonical)) for t in deal.tranches]
    columns = (
        Column(("发行要素", "规模", chance.choice(("发行金额", "发行规模")))), Column(("发行要素", "规模", chance.choice(("分层比例", "占比", "规模占比"))), "pct"),
        Column(("发行要素", "利率", chance.choice(("票面利率", "发行利率"))), "pct"), Column(("偿付安排", "偿付安排", chance.choice(("还本方式", "偿付方式"))), "text"),
        Column(("偿付安排", "偿付安排", chance.choice(("预期到期日", "预计到期日"))), "date"),
    )  # fmt: skip
    rows = []
    for tranche, names in zip(deal.tranches, key, strict=True):
        coupon: Figure = Figure("pct", tranche.coupon, _fact("tranches", "coupon_pct", *names)) if tranche.coupon else Figure("text", chance.choice(("无票面利率", "-")))
        figures = (
            Figure("money", tranche.amount, _fact("tranches", "amount", *names)), Figure("pct", tranche.share, _fact("tranches", "share_pct", *names)), coupon,
            Figure("text", tranche.repayment), Figure("date", tranche.expected, _fact("tranches", "expected_maturity", *names)),
        )  # fmt: skip
        rows.append(Row(tranche.name, figures, "优先级证券" if tranche.canonical.startswith("优先") else "其他证券"))
    rows.append(Row(chance.choice(("合计", "总计")), (Figure("money", deal.issue), Figure("pct", Decimal(100)), NONE, NONE, NONE), "", True))
    return Matrix("tranches", chance.choice(("资产支持证券基本情况", "证券基本信息", "本期证券分层情况")), chance.choice(("证券名称", "证券档次", "分级情况")), columns, tuple(rows), "证券类型")


def pool(chance: random.Random, deal: Deal) -> Pairs:
    """Statistics of the pool at its cut-off date."""
    average = cents(deal.pool / deal.loans)
    terms = sorted(Decimal(chance.randint(30, 400)) / 100 for _ in range(2))
    rates = sorted(Decimal(chance.randint(420, 1800)) / 100 for _ in range(3))
    lines: list[tuple[str, tuple[str, ...], Figure, str]] = [
        ("笔数与金额特征", ("资产池未偿本金余额", "未偿本金余额总额"), Figure("money", deal.pool), "principal_balance"),
        ("笔数与金额特征", ("合同总金额", "贷款合同总金额"), Figure("money", cents(deal.pool * Decimal("1.37"))), "contract_amount"),
        ("笔数与金额特征", ("贷款笔数", "资产笔数"), Figure("count", Decimal(deal.loans)), "loan_count"),
        ("笔数与金额特征", ("借款人数量", "借款人户数"), Figure("count", Decimal(deal.borrowers), counted="户"), "borrower_count"),
        ("笔数与金额特征", ("单笔贷款最高本金余额", "单笔最高本金余额"), Figure("money", average * 7), "max_loan_balance"),
        ("笔数与金额特征", ("单笔贷款平均本金余额",), Figure("money", average), "avg_loan_balance"),
        ("期限特征", ("加权平均贷款合同期限", "加权平均合同期限"), Figure("years", terms[1]), "wa_contract_term_years"),
        ("期限特征", ("加权平均贷款剩余期限", "加权平均剩余期限"), Figure("years", terms[0]), "wa_remaining_term_years"),
        ("利率特征", ("加权平均贷款年利率", "加权平均年利率"), Figure("pct", rates[1]), "wa_rate_pct"),
        ("利率特征", ("单笔贷款最高年利率",), Figure("pct", rates[2]), "max_rate_pct"),
        ("利率特征", ("单笔贷款最低年利率",), Figure("pct", rates[0]), "min_rate_pct"),
        ("集中度特征", ("前十大借款人集中度", "前十大借款人占比"), Figure("pct", Decimal(chance.randint(10, 400)) / 100), "top10_borrower_pct"),
    ]  # fmt: skip
    pairs = tuple(
        (group, chance.choice(words), replace(figure, fact=_fact("pool_stats", "value", ("deal_id", deal.deal_id), ("metric", metric))))
        for group, words, figure, metric in lines
        if metric == "principal_balance" or chance.random() < 0.85
    )
    return Pairs("pool", chance.choice(("资产池总体特征", "入池资产概况", "基础资产总体信息")), pairs)


BINS = {
    "region": ("借款人地区分布", "地区", ("广东省", "浙江省", "江苏省", "山东省", "河南省", "四川省", "湖北省", "福建省", "其他")),
    "remaining_term": ("贷款剩余期限分布", "剩余期限", ("6个月（含）以下", "6-12个月（含）", "12-18个月（含）", "18-24个月（含）", "24个月以上")),
    "rate": ("贷款年利率分布", "年利率", ("5%（含）以下", "5%-8%（含）", "8%-12%（含）", "12%-15%（含）", "15%-18%（含）")),
    "industry": ("借款人行业分布", "行业", ("批发和零售业", "制造业", "住宿和餐饮业", "交通运输、仓储和邮政业", "居民服务、修理和其他服务业", "建筑业")),
}  # fmt: skip


def distribution(chance: random.Random, deal: Deal) -> Matrix:
    """The pool by one dimension."""
    dimension = chance.choice(sorted(BINS))
    caption, corner, bins = BINS[dimension]
    names = ("amount", "amount_share_pct", "count", "count_share_pct")
    order = chance.choice(((0, 1, 2, 3), (2, 3, 0, 1)))
    words = (chance.choice(("未偿本金余额", "金额", "本金余额")), chance.choice(("金额占比", "占比")), chance.choice(("笔数", "贷款笔数")), "笔数占比")
    words = (*words[:3], "占比") if words[1] == "占比" else words
    columns = tuple(Column(("资产池情况", "金额情况" if i < 2 else "笔数情况", words[i]), ("money", "pct", "count", "pct")[i]) for i in order)
    lines = split(chance, bins, deal.pool, deal.loans)
    rows = []
    for line in lines:
        values = (line.amount, share(line.amount, deal.pool), Decimal(line.count), share(line.count, deal.loans))
        key = (("deal_id", deal.deal_id), ("dimension", dimension), ("bucket", line.label))
        rows.append(Row(line.label, tuple(Figure(columns[j].sort, values[i], _fact("pool_distributions", names[i], *key)) for j, i in enumerate(order))))
    whole = (deal.pool, Decimal(100), Decimal(deal.loans), Decimal(100))
    rows.append(Row(chance.choice(("合计", "总计")), tuple(Figure(columns[j].sort, whole[i]) for j, i in enumerate(order)), "", True))
    return Matrix("distribution", caption, corner, columns, tuple(rows))


def _total(rows: Sequence[Row], chance: random.Random, words: tuple[str, ...] = ("合计", "总计")) -> Row:
    sums = tuple(
        Figure(figure.sort, sum((Decimal(str(row.figures[i].value or 0)) for row in rows), Decimal(0))) for i, figure in enumerate(rows[0].figures)
    )
    return Row(chance.choice(words), sums, "", True)
