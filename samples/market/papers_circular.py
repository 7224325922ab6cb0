"""Offering circulars (发行说明书, 募集说明书, 计划说明书): securities, dates, parties, pool, distributions, prose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from samples.make.common import chinese
from samples.make.numbers import money, percent, share, split, split_count, total
from samples.make.paper import caption, document, heading, page_break, prose, table
from samples.market.model import Deal, Pool
from samples.market.papers_common import (
    AGENCY_SHORT,
    Paper,
    day,
    deal_name,
    issued,
    numeral,
    party_rows,
    printed_name,
    repayment,
    tail,
    wan,
)  # fmt: skip
from samples.market.wording import CIRCULAR, SECURITY, SIGNED, Look, look

_REGIONS = ("广东省", "浙江省", "江苏省", "山东省", "河南省", "四川省", "福建省", "其他")
_TRADES = ("批发和零售业", "制造业", "住宿和餐饮业", "交通运输业", "居民服务业", "其他行业")
_RATES = ("6%（含）以下", "6%-10%（含）", "10%-14%（含）", "14%以上")
_TERMS = ("3个月（含）以下", "3-6个月（含）", "6-12个月（含）", "12个月以上")
_DISTRIBUTIONS = (
    ("借款人地区分布", "地区", _REGIONS),
    ("借款人行业分布", "行业", _TRADES),
    ("年利率分布", "年利率", _RATES),
    ("剩余期限分布", "剩余期限", _TERMS),
)
#: Paragraphs of prose that fill a page, about.
_PER_PAGE = 11


def circular(deal: Deal, names: Mapping[str, str]) -> Paper:
    """The circular of a deal; those of 2025 have distributions and are longer."""
    looks = look(deal)
    name = deal_name(deal, looks, names)
    chapters = [("基础资产", _assets(deal, looks)), ("参与机构", _parties(deal, looks, names))]
    if looks.parties_first:
        chapters.reverse()
    landscape = looks.turned and deal.market == "abn"
    extra = max(0, looks.pages - 3 - looks.distributions // 2 - int(landscape))
    lines = _PER_PAGE * 2 // 3 if landscape else _PER_PAGE
    body = _cover(deal, name, names) + heading("第一章 发行概要") + _dates(deal, looks) + _securities(deal, looks)
    body += "".join(heading(f"第{numeral(n)}章 {title}") + text for n, (title, text) in enumerate(chapters, start=2))
    body += heading("第四章 释义") + _definitions(deal)
    body += (page_break() if extra else "") + tail(deal.deal_id, 5, 1 + extra, lines if extra else 4)
    html = document(body, name + CIRCULAR[deal.market], landscape=landscape)
    return Paper(f"{deal.year}/{deal.market}/{deal.deal_id}{CIRCULAR[deal.market]}.pdf", html)


def _cover(deal: Deal, name: str, names: Mapping[str, str]) -> str:
    role, institution = {
        "credit_abs": ("发起机构", deal.originator), "abn": ("发起机构", deal.originator), "exchange_abs": ("计划管理人", deal.manager),
    }[deal.market]  # fmt: skip
    return (
        f'<h1>{name}</h1><p class="center">{CIRCULAR[deal.market]}</p><p class="center">{role}：{names[institution]}</p>'
        f'<p class="center">{SIGNED[deal.market]}：{chinese(deal.announced)}</p>' + page_break()
    )


def _dates(deal: Deal, looks: Look) -> str:
    rows = [
        (looks.cutoff, deal.cutoff), (looks.closing, deal.closing), (looks.first, deal.first_payment), (looks.legal, deal.legal),
    ]  # fmt: skip
    if looks.dates_in_table:
        dates = caption("主要日期") + table(
            [["项目", "日期"], *([label, day(looks, when)] for label, when in rows)], looks.style
        )
    else:
        dates = "<p>" + "，".join(f"{label}为{chinese(when)}" for label, when in rows) + "。</p>"
    return dates + f"<p>{_pool_kind(deal, looks)}</p>"


def _pool_kind(deal: Deal, looks: Look) -> str:
    if not deal.revolving_months:
        return "资产池为静态池，存续期间不会购买其他资产。"
    return f"循环购买期为自{looks.closing}起{deal.revolving_months}个月，循环购买期届满后进入摊还期。"


def _securities(deal: Deal, looks: Look) -> str:
    name = looks.unit[0]
    whole = sum(tranche.units for tranche in deal.tranches)
    sign = not looks.percent_in_header
    mark = "" if sign else "（%）"
    agencies = "/".join(AGENCY_SHORT[agency] for agency in deal.agencies)
    head = [
        looks.name,
        f"{looks.amount}（{name}）",
        looks.share + mark,
        looks.rate + mark,
        looks.repayment,
        looks.maturity,
        f"信用等级（{agencies}）",
    ]
    rows = [
        [
            printed_name(tranche, deal), issued(looks, tranche.units), percent(share(tranche.units, whole), sign),
            percent(tranche.coupon, sign) if tranche.coupon is not None else looks.no_coupon, repayment(tranche, deal),
            day(looks, tranche.expected), "/".join([tranche.rating] * len(deal.agencies)) if tranche.rating else looks.no_rating,
        ]
        for tranche in deal.tranches
    ]  # fmt: skip
    last = ["合计", issued(looks, whole), percent(Decimal(100), sign), "", "", "", ""]
    size = f"<p>本期{SECURITY[deal.market]}发行规模共{issued(looks, whole)}{name}，各档次如下：</p>"
    title = size + caption(f"{SECURITY[deal.market]}基本情况")
    if looks.turned and len(deal.tranches) <= 4:
        return title + table([list(row) for row in zip(head, *rows, strict=True)], looks.style)
    return title + table([head, *rows, last], looks.style)


def _parties(deal: Deal, looks: Look, names: Mapping[str, str]) -> str:
    return table([looks.roles, *party_rows(deal, looks, names)], looks.style) + prose(deal.number, 2)


def _assets(deal: Deal, looks: Look) -> str:
    assert deal.pool is not None
    kinds = Random(f"{deal.deal_id} pool").sample(_DISTRIBUTIONS, looks.distributions)
    return (
        f"<p>截至{looks.cutoff}（{chinese(deal.cutoff)}），入池资产情况见下表：</p>" + caption("资产池总体特征") + _statistics(deal.pool, looks)
        + "".join(_distribution(deal, deal.pool, looks, *kind) for kind in kinds)
    )  # fmt: skip


def _statistics(pool: Pool, looks: Look) -> str:
    balance_unit, factor, places = looks.unit
    places = 4 if factor > 10_000 else places
    whole, contract = (money(Decimal(value), factor, places) for value in (pool.balance, pool.contract_amount))
    average = money(Decimal(pool.balance) / pool.loans, 10_000, 2)
    rows = [
        [f"未偿本金余额（{balance_unit}）", whole], [f"合同金额（{balance_unit}）", contract], ["贷款笔数（笔）", f"{pool.loans:,}"],
        ["借款人户数（户）", f"{pool.borrowers:,}"], ["笔均余额（万元）", average],
        [f"加权平均合同期限（{looks.term}）", term(pool.contract_months, looks)], [f"加权平均剩余期限（{looks.term}）", term(pool.remaining_months, looks)],
    ]  # fmt: skip
    if pool.rate is not None:
        rows += [
            ["加权平均年利率（%）", percent(pool.rate)], ["最高年利率（%）", percent(pool.greatest_rate)], ["最低年利率（%）", percent(pool.least_rate)],
        ]  # fmt: skip
    if not looks.four_columns:
        return table([["项目", "数值"], *rows], looks.style)
    rows += [["", ""]] * (len(rows) % 2)
    return table([left + right for left, right in zip(rows[::2], rows[1::2], strict=True)], looks.style, 0)


def term(months: Decimal, looks: Look) -> str:
    """A term in the deal's unit, with two places."""
    value = {"月": months, "年": months / 12, "天": months * 365 / 12}[looks.term]
    return f"{value.quantize(Decimal('0.01'), ROUND_HALF_UP)}"


def _distribution(deal: Deal, pool: Pool, looks: Look, title: str, label: str, buckets: Sequence[str]) -> str:
    random = Random(f"{deal.deal_id} {title}")
    amounts = split(Decimal(pool.balance), len(buckets), random, "100")
    counts = split_count(pool.loans, len(buckets), random)
    rows = [
        [
            bucket,
            wan(int(amount)),
            percent(share(amount, pool.balance)),
            f"{count:,}",
            percent(share(count, pool.loans)),
        ]
        for bucket, amount, count in zip(buckets, amounts, counts, strict=True)
    ]
    head = [label, "本金余额（万元）", "金额占比（%）", "笔数（笔）", "笔数占比（%）"]
    last = ["合计", wan(int(total(amounts))), "100.00", f"{sum(counts):,}", "100.00"]
    return caption(title) + table([head, *rows, last], looks.style)


def _definitions(deal: Deal) -> str:
    word = "违约贷款" if deal.market == "credit_abs" else "违约资产"
    return f"<p>“{word}”系指任何一笔贷款的本金或利息逾期超过90天仍未偿还，或资产服务机构认定为损失的贷款。</p>" + prose(
        3, 2
    )
