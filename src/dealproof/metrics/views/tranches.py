"""Tranches (证券) of the deals of a year with rating and coupon at issue."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from dealproof.dataset.rows import cell_of
from dealproof.metrics.bands import TERM_BANDS, band
from dealproof.metrics.dataset_index import AT_ISSUE, DatasetIndex, day, number
from dealproof.metrics.model import Line, Value
from dealproof.metrics.ratings import lowest
from dealproof.metrics.views.deals import in_year
from dealproof.model.cell import Row

_YEAR_DAYS = Decimal(365)


def lines(index: DatasetIndex, year: int) -> tuple[Line, ...]:
    """One line a tranche of the deals that were set up in the year."""
    return tuple(
        _line(index, deal, tranche)
        for deal in in_year(index, year)
        for tranche in index.rows("tranches", deal["deal_id"])
    )


def ratings_at_issue(index: DatasetIndex, deal_id: str) -> tuple[Row, ...]:
    """Ratings of a deal by documents of the issue."""
    return tuple(row for row in index.rows("ratings", deal_id) if index.kind(row) in AT_ISSUE and row["rating"])


def term_years(start: date | None, end: date | None) -> Decimal | None:
    """Years from one day to another, of 365 days, to 4 places."""
    if start is None or end is None:
        return None
    return (Decimal((end - start).days) / _YEAR_DAYS).quantize(Decimal("0.0001"))


def _line(index: DatasetIndex, deal: Row, tranche: Row) -> Line:
    rated = [row for row in ratings_at_issue(index, deal["deal_id"]) if row["tranche"] == tranche["tranche"]]
    closing = day(deal, "closing_date")
    term = term_years(closing, day(tranche, "expected_maturity"))
    values: dict[str, Value] = {
        "deal_id": deal["deal_id"], "tranche": tranche["tranche"], "market": deal["market"] or None, "closing_date": closing,
        "month": closing.strftime("%Y-%m") if closing else None, "seniority": tranche["seniority"] or None,
        "amount": number(tranche, "amount"), "coupon_pct": number(tranche, "coupon_pct"),
        "floating": tranche["rate_type"] == "floating", "rating": lowest(row["rating"] for row in rated) if rated else None,
        "term_years": term, "term_band": band(term, TERM_BANDS),
    }  # fmt: skip
    columns = ("amount", "coupon_pct", "rate_type", "expected_maturity")
    cells = [cell_of("tranches", tranche, column) for column in columns if tranche[column]]
    return Line(deal["deal_id"], values, (*cells, *(cell_of("ratings", row, "rating") for row in rated)))
