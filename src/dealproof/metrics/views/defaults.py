"""Cumulative default rates (90+ 累计违约率) at the end of a year: the sample that market reviews take.

Deals outstanding at the year's end: public ones (信贷ABS) all, private ones where a rating agency tracked them in the year.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from dealproof.dataset.rows import cell_of
from dealproof.metrics.dataset_index import TRACKING, DatasetIndex, day, flag, number
from dealproof.metrics.model import Line, Value, Words
from dealproof.metrics.views.balances import stale, standing_at
from dealproof.metrics.views.deals import class_of, provider
from dealproof.metrics.views.reports_last import LAG, lasts
from dealproof.model.cell import Row

#: Rates with either are comparable: without purchases the initial pool is all there is.
WHOLE, INITIAL, UNVERIFIED = "whole", "initial", "unverified"
_MONTH = Decimal("365.25") / 12
_DEFINITION = "90+"


def lines(index: DatasetIndex, year: int) -> tuple[Line, ...]:
    """One line for each deal of the sample; one without a usable rate says why."""
    return tuple(line for deal in sampled(index, year) if (line := _line(index, deal, year)) is not None)


def sampled(index: DatasetIndex, year: int) -> tuple[Row, ...]:
    """Deals outstanding at the end of a year that are public, or were tracked by a rating agency in it."""
    end = index.end(year)
    found: list[Row] = []
    for deal in index.deals():
        closing = day(deal, "closing_date")
        if closing is None or closing > end or not (public(deal) or tracked(index, deal["deal_id"], year)):
            continue
        standing = standing_at(index, deal, end)
        if standing.balance is None or standing.balance > 0:
            found.append(deal)
    return tuple(found)


def public(deal: Row) -> bool:
    """Whether anybody may read the deal's reports: credit ABS (信贷ABS) publish theirs."""
    return deal["market"] == "credit_abs"


def tracked(index: DatasetIndex, deal_id: str, year: int) -> bool:
    """Whether a tracking report (跟踪评级报告) of the year is among the documents."""
    rows = index.rows("documents", deal_id)
    return any(row["kind"] in TRACKING and index.within(row["report_date"], year) for row in rows)


def age_months(closing: date, on: date) -> Decimal:
    """Months since a deal was set up, to one place."""
    return (Decimal((on - closing).days) / _MONTH).quantize(Decimal("0.1"))


def placement(deal: Row) -> str:
    """public or private."""
    return "public" if public(deal) else "private"


def _line(index: DatasetIndex, deal: Row, year: int) -> Line | None:
    deal_id, end, closing = deal["deal_id"], index.end(year), day(deal, "closing_date")
    rates = [row for row in index.rows("performance", deal_id) if _counts(row, end)]
    if not rates or closing is None:
        return None
    own = [row for row in rates if row["definition"] == _DEFINITION]
    who = provider(index, deal_id)
    values: dict[str, Value] = {
        "deal_id": deal_id, "market": deal["market"] or None, "placement": placement(deal),
        "provider_class": class_of(index, who), "provider_group": class_of(index, who, "provider_group"),
        "rate_pct": None, "basis": None, "age_months": None,
    }  # fmt: skip
    if not own:
        why = Words(
            "披露的累计违约率未说明为 90+ 口径", "the rate is not said to count loans more than 90 days past due"
        )
        return Line(deal_id, values, why=why)
    last = max(own, key=lambda row: (row["period_end"], row["reprinted"] != "true", row["document_id"]))
    until = date.fromisoformat(last["period_end"])
    if until + lasts(index, deal) + LAG < end:
        return Line(deal_id, values, why=stale(last["period_end"]))
    if (unknown := standing_at(index, deal, end).why) is not None:
        return Line(deal_id, values, why=unknown)
    values |= {"rate_pct": number(last, "value"), "basis": basis(deal, last), "age_months": age_months(closing, until)}
    cells = (cell_of("performance", last, "value"), cell_of("deals", deal, "closing_date"), *who.cells)
    return Line(deal_id, values, cells)


def basis(deal: Row, rate: Row) -> str:
    """What the rate is a share of: all assets that were ever in the pool, the initial pool alone, or not to be told."""
    revolving = flag(deal, "revolving")
    if rate["denominator"] == "initial_plus_purchases" or revolving is False:
        return WHOLE
    return INITIAL if rate["denominator"] == "initial" and revolving else UNVERIFIED


def _counts(row: Row, end: date) -> bool:
    if row["metric"] != "cumulative_default_pct" or not row["value"] or not row["period_end"]:
        return False
    return date.fromisoformat(row["period_end"]) <= end
