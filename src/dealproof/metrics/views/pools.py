"""Pools (资产池) of the deals of a year as of their cut-off date (封包日)."""

from __future__ import annotations

from decimal import Decimal

from dealproof.contract.metrics import PoolMetric
from dealproof.dataset.rows import cell_of
from dealproof.metrics.bands import BALANCE_BANDS, CONTRACT_TERM_BANDS, RATE_BANDS, band
from dealproof.metrics.dataset_index import DatasetIndex, number
from dealproof.metrics.model import Line, Value
from dealproof.metrics.views.deals import class_of, in_year, provider
from dealproof.model.cell import DatasetCell, Row

_TEN_THOUSAND = Decimal(10_000)


def lines(index: DatasetIndex, year: int) -> tuple[Line, ...]:
    """One line a deal that was set up in the year."""
    return tuple(_line(index, deal) for deal in in_year(index, year))


def at_cutoff(index: DatasetIndex, deal: Row) -> dict[str, Row]:
    """The figures of the whole pool by metric, as of the cut-off date; '' where the day of the cut-off is not known.

    Else of the last day before the deal was set up. What reports say of later days is not the pool that was sold.
    """
    rows = [row for row in index.rows("pool_stats", deal["deal_id"]) if not row["scope"] and row["value"]]
    days = {row["as_of"] for row in rows if row["as_of"] <= deal["closing_date"]}
    if not days:
        return {}
    chosen = deal["cutoff_date"] if deal["cutoff_date"] in days else max(days)
    return {row["metric"]: row for row in rows if row["as_of"] == chosen}


def _line(index: DatasetIndex, deal: Row) -> Line:
    stats = at_cutoff(index, deal)
    balance, balance_cells = _average_balance(stats)
    term, rate = _value(stats, "wa_contract_term_years"), _value(stats, "wa_rate_pct")
    values: dict[str, Value] = {
        "deal_id": deal["deal_id"], "market": deal["market"] or None, "provider_class": class_of(index, provider(index, deal["deal_id"])),
        "average_balance": balance, "balance_band": band(balance, BALANCE_BANDS),
        "contract_term_years": term, "term_band": band(term, CONTRACT_TERM_BANDS),
        "rate_pct": rate, "rate_band": band(rate, RATE_BANDS),
    }  # fmt: skip
    cells = [_cell(stats, metric) for metric in ("wa_contract_term_years", "wa_rate_pct") if metric in stats]
    return Line(deal["deal_id"], values, (*balance_cells, *cells))


def _average_balance(stats: dict[str, Row]) -> tuple[Decimal | None, tuple[DatasetCell, ...]]:
    """Average balance of a loan in 万元: as stated, else balance by number of loans (docs/domain.md#average-balance)."""
    stated = _value(stats, "avg_loan_balance")
    if stated is not None:
        return stated / _TEN_THOUSAND, (_cell(stats, "avg_loan_balance"),)
    balance, loans = _value(stats, "principal_balance"), _value(stats, "loan_count")
    if balance is None or not loans:
        return None, ()
    return balance / loans / _TEN_THOUSAND, (_cell(stats, "principal_balance"), _cell(stats, "loan_count"))


def _value(stats: dict[str, Row], metric: PoolMetric) -> Decimal | None:
    return number(stats[metric], "value") if metric in stats else None


def _cell(stats: dict[str, Row], metric: PoolMetric) -> DatasetCell:
    return cell_of("pool_stats", stats[metric], "value")
