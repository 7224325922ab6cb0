"""The plan as cells of the dataset: what a reader of the documents must give."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from samples.make.common import ROLES
from samples.market.cells import UNIT
from samples.market.model import Deal, Market, Report, Tracking
from samples.market.papers_common import parties
from samples.market.papers_report import DAYS_BEFORE, report_file, tracking_file
from samples.market.wording import CIRCULAR, PROVIDER, look

#: Table, key, column. Rates and purchases stand apart from the other figures of their tables.
Cell = tuple[str, str, str]
_ROLES = ROLES | dict.fromkeys(PROVIDER, "asset_provider")


def cells_of(market: Market) -> Iterator[tuple[Cell, str]]:
    for deal in market.deals:
        yield from _of_deal(deal)
    for report in market.reports:
        yield from _of_report(report)
    for item in market.trackings:
        yield from _of_tracking(item)


def _of_deal(deal: Deal) -> Iterator[tuple[Cell, str]]:
    key = deal.deal_id
    yield ("documents", f"{key}{CIRCULAR[deal.market]}.pdf", "kind"), "offering_circular"
    facts = {
        "market": deal.market, "asset_class": "micro_loan", "announcement_date": str(deal.announced), "cutoff_date": str(deal.cutoff),
        "closing_date": str(deal.closing), "first_payment_date": str(deal.first_payment), "legal_maturity": str(deal.legal),
        "total_amount": str(deal.units * UNIT), "revolving": "true" if deal.revolving_months else "false",
        "revolving_months": str(deal.revolving_months or ""),
    }  # fmt: skip
    for column, value in facts.items():
        yield ("deals", key, column), value
    yield from _of_parties(deal)
    for tranche in deal.tranches:
        own = f"{key}|{tranche.name}"
        for column, value in (
            ("seniority", tranche.seniority), ("amount", str(tranche.units * UNIT)), ("expected_maturity", str(tranche.expected)),
            ("coupon_pct", "" if tranche.coupon is None else f"{tranche.coupon:.2f}"),
        ):  # fmt: skip
            yield ("tranches", own, column), value
        for agency in deal.agencies if tranche.rating else ():
            yield ("ratings", f"{own}|{agency}|{key}{CIRCULAR[deal.market]}.pdf", "rating"), tranche.rating
    yield from _of_pool(deal)


def _of_parties(deal: Deal) -> Iterator[tuple[Cell, str]]:
    """Every institution by its role; reports name some of those that the circular names."""
    by_role: dict[str, set[str]] = {}
    for labels, institution in parties(deal, look(deal)):
        for label in labels.split("/"):
            by_role.setdefault(_ROLES[label], set()).add(institution)
    for role, institutions in by_role.items():
        yield ("parties", deal.deal_id, role), ",".join(sorted(institutions))


def _of_pool(deal: Deal) -> Iterator[tuple[Cell, str]]:
    assert deal.pool is not None
    pool = deal.pool
    values = {
        "principal_balance": str(pool.balance), "contract_amount": str(pool.contract_amount), "loan_count": str(pool.loans),
        "borrower_count": str(pool.borrowers), "avg_loan_balance": str(Decimal(pool.balance) / pool.loans),
        "wa_contract_term_years": str(pool.contract_months / 12), "wa_remaining_term_years": str(pool.remaining_months / 12),
        "wa_rate_pct": "" if pool.rate is None else f"{pool.rate:.2f}",
    }  # fmt: skip
    for metric, value in values.items():
        yield ("pool_stats", f"{deal.deal_id}|{deal.cutoff}", metric), value


def _of_report(report: Report) -> Iterator[tuple[Cell, str]]:
    deal = report.deal
    file = report_file(report)
    for column, value in (
        ("kind", "trustee_report"), ("period_no", str(report.number)), ("period_start", str(report.start)),
        ("period_end", str(report.end)), ("payment_date", str(report.payment)),
        ("report_date", str(report.payment - timedelta(days=DAYS_BEFORE))),
    ):  # fmt: skip
        yield ("documents", file, column), value
    for paid in report.payments:
        for column, amount in (
            ("opening_balance", paid.opening), ("principal_paid", paid.principal), ("interest_paid", paid.interest),
            ("closing_balance", paid.closing),
        ):  # fmt: skip
            yield (
                ("tranche_payments", f"{deal.deal_id}|{paid.tranche.name}|{report.number}", column),
                f"{Decimal(amount).normalize():f}",
            )
    own = f"{deal.deal_id}|{report.number}"
    yield ("performance", own, "pool_opening_balance"), str(report.pool_opening)
    yield ("performance", own, "pool_closing_balance"), str(report.pool_closing)
    if report.default_rate is not None:
        yield ("rates", own, "value"), f"{report.default_rate:.2f}"
        yield ("rates", own, "definition"), "90+"
        yield ("rates", own, "denominator"), "initial_plus_purchases" if report.purchases else "initial"
        yield ("performance", own, "cumulative_default_amount"), str(report.default_amount)
    for purchase in report.purchases:
        assert deal.pool is not None
        for column, text in (
            ("purchase_date", str(purchase.day)), ("purchase_amount", str(purchase.amount)), ("amount_basis", "principal"),
            ("cumulative_amount", str(purchase.cumulative)), ("initial_amount", str(deal.pool.balance)),
        ):  # fmt: skip
            yield ("purchases", f"{file}|{purchase.number}", column), text


def _of_tracking(item: Tracking) -> Iterator[tuple[Cell, str]]:
    file = tracking_file(item)
    yield ("documents", file, "kind"), "rating_tracking"
    yield ("documents", file, "report_date"), str(item.day)
    for tranche, _, after in item.grades:
        yield ("ratings", f"{item.deal.deal_id}|{tranche.name}|{item.agency}|{file}", "rating"), after
