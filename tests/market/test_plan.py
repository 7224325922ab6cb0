"""The made-up market is one from which the published figures follow, before a page of it is printed."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from samples.market.ledger import ledger
from samples.market.model import Market
from samples.market.observed import observed
from samples.market.plan import legal_names, make_plan, provider_classes
from samples.market.reference import write_reference
from samples.market.targets import Published, published

ROOT = Path(__file__).parents[2]
YEAR_END = date(2025, 12, 31)
#: Printed figures with two places that any program may hold for reasons of its own.
COMMON = {"0.00", "0.20", "1.50"}


@pytest.fixture(scope="module")
def market() -> Market:
    return make_plan()


@pytest.mark.parametrize("item", published(), ids=lambda item: item.id)
def test_a_published_figure_follows_from_the_plan(market: Market, item: Published) -> None:
    assert item.is_met(ledger(market)[item.id]), f"{item.what_en}: {item.value} {item.unit}"


def test_every_metric_with_a_number_has_published_figures() -> None:
    assert {item.metric for item in published()} == {f"M{number:02}" for number in range(1, 42)}


def test_the_market_is_the_same_every_time(market: Market) -> None:
    assert make_plan() == market


def test_every_deal_has_a_name_of_its_own_and_institutions_that_the_mappings_know(market: Market) -> None:
    assert max(Counter(deal.deal_id for deal in market.deals).values()) == 1
    assert {deal.provider for deal in market.deals} <= set(provider_classes())
    assert {name for deal in market.deals for name in (deal.originator, *deal.agencies)} <= set(legal_names())


def test_securities_add_up_and_mature_in_order_after_the_revolving_period(market: Market) -> None:
    for deal in market.deals:
        assert sum(tranche.units for tranche in deal.tranches) == deal.units
        months = [tranche.months for tranche in deal.tranches]
        assert months == sorted(months)
        assert months[0] > deal.revolving_months
        assert deal.cutoff < deal.announced < deal.closing < deal.first_payment <= deal.tranches[-1].expected


def test_a_deal_that_pays_and_is_outstanding_has_one_last_report_of_the_year(market: Market) -> None:
    reported = Counter(report.deal.deal_id for report in market.reports if report.payment.year == 2025)
    for deal in market.deals:
        due = deal.first_payment <= YEAR_END < deal.tranches[-1].expected
        assert reported[deal.deal_id] == int(due), deal.deal_id
    assert all(report.payment.month >= 10 for report in market.reports)


def test_only_deals_of_the_samples_print_a_default_rate(market: Market) -> None:
    known = {row.observation.key for row in observed() if row.observation.rates}
    printed = {report.deal.observed.key for report in market.reports if report.default_rate is not None}
    assert printed == known


def test_no_term_lies_near_a_year_and_a_half(market: Market) -> None:
    days = [(t.expected - deal.closing).days for deal in market.deals for t in deal.tranches if t.rating == "AAAsf"]
    assert not [day for day in days if 520 < day < 590]


def test_every_row_of_the_reference_file_names_a_source_and_a_day(tmp_path: Path) -> None:
    write_reference(tmp_path)
    text = (tmp_path / "market_reference.csv").read_text(encoding="utf-8-sig")
    assert all("样例市场（虚构）,2026-01-15" in line for line in text.splitlines()[1:])


def test_the_program_holds_none_of_the_published_figures() -> None:
    figures = {str(item.value).lstrip("-") for item in published() if item.decimals == 2} - COMMON
    pattern = re.compile(rf"(?<![\d.])(?:{'|'.join(map(re.escape, sorted(figures)))})(?![\d.])")
    sources = [path for path in (ROOT / "src").rglob("*") if path.suffix in (".py", ".csv", ".j2")]
    assert len(sources) > 100
    held = {str(path.relative_to(ROOT)): pattern.findall(path.read_text(encoding="utf-8")) for path in sources}
    assert {name: found for name, found in held.items() if found} == {}
