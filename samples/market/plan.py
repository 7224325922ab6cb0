"""The whole plan from a fixed seed: the same market every time."""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random

from samples.market.model import Market
from samples.market.solve import drafts
from samples.market.solve_coupons import with_coupons
from samples.market.solve_life import reports, trackings
from samples.market.solve_names import with_names
from samples.market.solve_pools import with_pools
from samples.market.solve_tranches import with_tranches

SEED = 2025
MAPPINGS = Path(__file__).parents[2] / "mappings"


def make_plan(seed: int = SEED) -> Market:
    """Solve the market: deals, their last reports and tracking reports."""
    random = Random(seed)
    deals = with_tranches(drafts(random), random)
    deals = with_coupons(deals, random)
    deals = with_names(deals, random)
    deals = with_pools(deals, provider_classes(), random)
    return Market(tuple(deals), tuple(reports(deals)), tuple(trackings(deals, random)))


def provider_classes() -> dict[str, str]:
    """Class of each institution as a provider (资产提供方类型), from the analysts' file."""
    with (MAPPINGS / "provider_classes.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["institution_id"]: row["class"] for row in csv.DictReader(file)}


def legal_names() -> dict[str, str]:
    """Legal name of each institution, from the analysts' file."""
    with (MAPPINGS / "institutions.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["institution_id"]: row["legal_name"] for row in csv.DictReader(file)}
