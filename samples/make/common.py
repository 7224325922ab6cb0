"""Rows of gold that most documents share, and the little words of their tables."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from samples.make.gold import ANY, Gold
from samples.make.model import Deal, Line, Period, Tranche
from samples.make.numbers import share, total

ROLES = {
    "发起机构": "originator", "贷款服务机构": "servicer", "受托机构": "trustee", "发行人": "trustee", "资金保管机构": "custodian",
    "牵头主承销商": "lead_underwriter", "簿记管理人": "lead_underwriter", "联席主承销商": "lead_underwriter", "主承销商": "lead_underwriter",
    "信用评级机构": "rating_agency", "评级机构": "rating_agency", "登记托管机构": "registrar", "支付代理机构": "registrar",
    "法律顾问": "law_firm", "会计顾问": "accounting_firm", "原始权益人": "originator", "资产提供方": "asset_provider",
    "资产服务机构": "servicer", "计划管理人": "trustee", "托管人": "custodian", "发行载体管理机构": "trustee",
}  # fmt: skip


def slashed(day: date) -> str:
    """2025/3/1."""
    return f"{day.year}/{day.month}/{day.day}"


def chinese(day: date, space: str = "") -> str:
    """2025年3月1日, with spaces around the figures where asked."""
    return f"{day.year}{space}年{space}{day.month}{space}月{space}{day.day}{space}日"


def numerals(day: date) -> str:
    """二〇二五年三月一日."""
    digits = "〇一二三四五六七八九"
    small = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"]

    def number(n: int) -> str:
        tens, ones = divmod(n, 10)
        return ("" if tens == 0 else ("十" if tens == 1 else small[tens] + "十")) + small[ones] if n != 10 else "十"

    return "".join(digits[int(c)] for c in str(day.year)) + f"年{number(day.month)}月{number(day.day)}日"


def document(
    gold: Gold, file: str, deal: Deal | None, kind: str, period: Period | None = None, report: date | None = None
) -> None:
    """The document's own row."""
    gold.add(
        "documents", file, file_name=file, kind=kind, market=deal.market if deal else ANY, deal_id=deal.deal_id if deal else "", title=ANY,
        report_date=report or (ANY if period is None else ""), period_no=period.number if period else "",
        period_start=period.start if period else "", period_end=period.end if period else "",
        payment_date=period.payment if period else "", pages=ANY, pages_ocr=ANY, status=ANY if deal else "unsupported", message=ANY,
    )  # fmt: skip


def deal_row(gold: Gold, file: str, deal: Deal, **facts: object) -> None:
    """What a document says of its deal."""
    gold.add(
        "deals", file, deal_id=deal.deal_id, deal_name=f"{deal.name}|{deal.trust}" if deal.name != deal.trust else deal.name,
        market=deal.market, asset_class=deal.asset_class, currency="CNY", alternative_sizes=ANY, **facts,
    )  # fmt: skip


def tranche_rows(gold: Gold, file: str, deal: Deal, columns: Iterable[str]) -> None:
    """The tranches with the columns that a document prints."""
    wanted = set(columns)
    for position, tranche in enumerate(deal.tranches, start=1):
        values: dict[str, object] = {
            "amount": tranche.amount, "share_pct": share(tranche.amount, deal.issue), "rate_type": tranche.rate_type,
            "coupon_pct": tranche.coupon or None, "repayment": tranche.repayment, "expected_maturity": tranche.expected,
            "legal_maturity": deal.legal, "security_code": tranche.code,
        }  # fmt: skip
        gold.add(
            "tranches", file, deal_id=deal.deal_id, tranche=tranche.name, tranche_name=ANY, seniority=tranche.seniority,
            position=position, **{name: value for name, value in values.items() if name in wanted},
        )  # fmt: skip


def rating_rows(gold: Gold, file: str, deal: Deal, agencies: Iterable[str]) -> None:
    """One row for each rated tranche and agency, in the order of the ratings."""
    for tranche in deal.tranches:
        for agency, rating in zip(agencies, tranche.rating, strict=False):
            gold.add(
                "ratings",
                file,
                deal_id=deal.deal_id,
                tranche=tranche.name,
                agency_id=agency,
                rating=rating,
                rating_date=ANY,
            )


def party_rows(gold: Gold, file: str, deal: Deal) -> None:
    """Every role of every party; roles that the contract has no word for are left out."""
    for roles, name in deal.parties:
        for role in dict.fromkeys(ROLES[r] for r in re.split("/", roles) if r in ROLES):
            gold.add(
                "parties", file, deal_id=deal.deal_id, role=role, name=name, institution_id=name, match=ANY, score=ANY
            )


def performance_row(
    gold: Gold,
    file: str,
    deal: Deal,
    number: int,
    metric: str,
    value: object,
    definition: str = "",
    reprinted: bool = False,
) -> None:
    """One figure of one period."""
    gold.add(
        "performance", file, deal_id=deal.deal_id, period_no=number, metric=metric, definition=definition, value=value, unit=ANY,
        reprinted=reprinted, period_start=ANY, period_end=ANY,
    )  # fmt: skip


def status_rows(gold: Gold, file: str, deal: Deal, period: Period, shares: bool = True, step: int = 1) -> None:
    """The status table of a period."""
    names = ("current", "1-30", "31-60", "61-90", "default")
    whole, loans = total([line.amount for line in period.status]), sum(line.count for line in period.status)
    rows = [*zip(names, period.status, strict=True), ("total", Line("合计", whole, loans))]
    for bucket, line in rows:
        gold.add(
            "delinquency", file, deal_id=deal.deal_id, period_no=period.number, bucket=bucket, count=line.count,
            count_share_pct=share(line.count, loans) if shares else None, balance=line.amount.quantize(Decimal(step)) if step > 1 else line.amount,
            balance_share_pct=share(line.amount, whole) if shares else None,
        )  # fmt: skip


def distribution_rows(
    gold: Gold,
    file: str,
    deal: Deal,
    dimension: str,
    lines: Iterable[Line],
    scale: int = 1,
    labels: dict[str, str] | None = None,
) -> None:
    """A distribution of the pool at its cut-off date; amounts as printed in units of `scale` with two places."""
    lines = tuple(lines)
    whole, loans = total([line.amount for line in lines]), sum(line.count for line in lines)
    for position, line in enumerate(lines, start=1):
        printed = (line.amount / scale).quantize(Decimal("0.01")) * scale
        gold.add(
            "pool_distributions", file, deal_id=deal.deal_id, as_of=deal.cutoff, dimension=dimension, bucket=(labels or {}).get(line.label, line.label),
            position=position, lower=ANY, upper=ANY, amount=printed, amount_share_pct=share(line.amount, whole), count=line.count,
            count_share_pct=share(line.count, loans),
        )  # fmt: skip


def payment_rows(
    gold: Gold,
    file: str,
    deal: Deal,
    period: Period,
    rows: Iterable[tuple[Tranche, Decimal, Decimal, Decimal, Decimal]],
) -> None:
    """Payments of a period: tranche, opening, principal, interest, closing."""
    for tranche, opening, principal, interest, closing in rows:
        gold.add(
            "tranche_payments", file, deal_id=deal.deal_id, tranche=tranche.name, period_no=period.number, payment_date=period.payment,
            opening_balance=opening, principal_paid=principal, interest_paid=interest, closing_balance=closing,
        )  # fmt: skip


def payments(deal: Deal, period: Period) -> list[tuple[Tranche, Decimal, Decimal, Decimal, Decimal]]:
    """Sequential principal to the first tranche, interest by coupon for thirty days."""
    found = []
    left = (
        (deal.tranches[0].amount * Decimal("0.04")).quantize(Decimal("1.00"))
        if deal.tranches[0].repayment != "到期还本"
        else Decimal(0)
    )
    for index, tranche in enumerate(deal.tranches):
        paid_before = min(left * (period.number - 1), tranche.amount) if index == 0 else Decimal(0)
        opening = tranche.amount - paid_before
        principal = min(left, opening) if index == 0 else Decimal("0.00")
        interest = (opening * Decimal(tranche.coupon or "0") / 100 * 30 / 365).quantize(Decimal("0.01"))
        found.append((tranche, opening, principal, interest, opening - principal))
    return found


def cash_rows(
    gold: Gold, file: str, deal: Deal, number: int, account: str, lines: Iterable[tuple[str, Decimal | None, Decimal]]
) -> None:
    """Lines of an account: label, previous, this period."""
    for label, previous, amount in lines:
        gold.add(
            "cash_flows",
            file,
            deal_id=deal.deal_id,
            period_no=number,
            account=account,
            line=label,
            previous_amount=previous,
            amount=amount,
        )
