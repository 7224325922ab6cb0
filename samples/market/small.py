"""A small market for tests: some deals of 2025 with their companions."""

from __future__ import annotations

from samples.market.model import Market


def small(market: Market, count: int) -> Market:
    """About `count` deals of 2025, half of them observed ones, the others spread over the year; a few of earlier years."""
    now = [deal for deal in market.deals if deal.year == 2025]
    known = [deal for deal in now if deal.observed.key][: count // 2]
    others = [deal for deal in now if not deal.observed.key]
    step = max(1, len(others) // max(1, count - len(known)))
    earlier = [deal for deal in market.deals if deal.year < 2025]
    aged = [deal for deal in earlier if deal.observed.key][:: max(1, 60 // count)]
    plain = [deal for deal in earlier if not deal.observed.key]
    chosen = [*known, *others[::step], *aged, *plain[:: max(1, len(plain) * 4 // count)]]
    ids = {deal.deal_id for deal in chosen}
    return Market(
        tuple(deal for deal in market.deals if deal.deal_id in ids),
        tuple(report for report in market.reports if report.deal.deal_id in ids),
        tuple(item for item in market.trackings if item.deal.deal_id in ids),
    )
