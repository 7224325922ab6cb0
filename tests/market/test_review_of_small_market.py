"""The review of a small market says what its plan says, and a document that is missing is missed."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

import pytest
from samples.market.model import Market
from samples.market.plan import make_plan
from samples.market.small import small

import dealproof
from dealproof.dataset.build import Dataset
from dealproof.mappings.reference import load_reference
from dealproof.metrics.model import Review
from dealproof.metrics.review import review_of
from tests.market.conftest import DEALS

_END = date(2025, 12, 31)
_YI = Decimal(100_000_000)


@pytest.fixture(scope="module")
def plan() -> Market:
    return small(make_plan(), DEALS)


@pytest.fixture(scope="module")
def review(dataset: Path) -> Review:
    return review_of(dealproof.load_export(dataset), 2025, reference=load_reference(dataset.parent / "mappings"))


def _values(review: Review, metric: str, column: str) -> dict[str, Decimal | None]:
    return {item.member(column): item.value.value for item in review.of(metric)}


def test_amounts_of_each_market_are_those_of_the_plan(plan: Market, review: Review) -> None:
    planned: Counter[str] = Counter()
    for deal in plan.deals:
        planned[deal.market] += deal.units if deal.year == 2025 else 0
    found = _values(review, "issuance.amount_by_market", "market")
    assert found == {market: Decimal(units) / 100 for market, units in planned.items() if units}


def test_securities_of_each_rating_are_those_of_the_plan(plan: Market, review: Review) -> None:
    planned = Counter(item.rating for deal in plan.deals if deal.year == 2025 for item in deal.tranches if item.rating)
    assert _values(review, "ratings.count_by_rating", "rating") == dict(planned)


def test_what_is_outstanding_is_what_the_reports_leave_and_what_has_not_paid_yet(plan: Market, review: Review) -> None:
    reported = sum(report.closing for report in plan.reports if report.payment.year == 2025)
    unpaid = sum(deal.units for deal in plan.deals if deal.first_payment > _END)
    [stock] = review.of("outstanding.amount")
    assert stock.value.value == Decimal(reported) / _YI + Decimal(unpaid) / 100
    assert review.left_out["outstanding.amount"] == ()


def test_default_rates_are_those_of_the_sample_and_no_other(plan: Market, review: Review) -> None:
    tracked = {item.deal.deal_id for item in plan.trackings if item.year == 2025}
    planned = {
        report.deal.deal_id: report.default_rate
        for report in plan.reports
        if report.payment.year == 2025 and report.default_rate is not None and report.closing > 0
        if report.deal.market == "credit_abs" or report.deal.deal_id in tracked
    }
    assert len(planned) > 1
    assert {item.member("deal_id"): item.value.value for item in review.of("defaults.points")} == planned


def test_a_report_that_is_missing_leaves_its_deal_out_by_name(plan: Market, dataset: Path, review: Review) -> None:
    whole = dealproof.load_export(dataset)
    [gone, *_] = [item.deal.deal_id for item in plan.reports if item.payment.year == 2025 and item.closing > 0]
    less = {
        name: tuple(row for row in rows if name != "tranche_payments" or row["deal_id"] != gone)
        for name, rows in whole.tables.items()
    }
    found = review_of(Dataset(MappingProxyType(less)), 2025)
    assert gone in [item.deal_id for item in found.left_out["outstanding.amount"]]
    assert any(item.id == "parts.outstanding.amount" and gone in item.deals for item in found.findings)
    assert found.of("outstanding.amount")[0].value.value != review.of("outstanding.amount")[0].value.value
