"""What market reviews count: metrics as data, computed from a dataset with the deals behind every number.

For analysts' own work, on an export or a dataset in memory:

    dataset = dealproof.load_export("out")
    dealproof.metrics.compute(dataset, 2025)             # every metric of the review
    dealproof.metrics.view(dataset, "tranches", 2025)    # the lines behind them
    dealproof.metrics.vintages(dataset)                  # cumulative default rates by age
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from dealproof.dataset.dataset import Dataset
    from dealproof.metrics.model import ViewName

__all__ = ["compute", "view", "vintages"]


def compute(
    dataset: Dataset,
    year: int,
    universe: str = "micro_loan",
    mappings: str | Path | None = None,
    until: date | None = None,
) -> pd.DataFrame:
    """Every metric of a year as a frame, a row for each group; what cannot be given says why in `problem`.

    `mappings` is the folder whose `market_reference.csv` says what documents cannot. `until` is the
    last day that counts, in this and the earlier year, where that is not the year's end. Raises MappingError where it is invalid.
    """
    from dealproof.mappings.reference import MarketReference, load_reference
    from dealproof.metrics.frames import results_frame
    from dealproof.metrics.review import review_of

    reference = load_reference(Path(mappings)) if mappings else MarketReference()
    return results_frame(review_of(dataset, year, universe, reference, until=until))


def view(dataset: Dataset, name: ViewName, year: int, universe: str = "micro_loan") -> pd.DataFrame:
    """The lines that metrics look at: deals, originators, tranches, pools set up in a year; defaults, purchases, balances at its end."""
    from dealproof.mappings.reference import MarketReference
    from dealproof.metrics.dataset_index import index_of
    from dealproof.metrics.frames import lines_frame
    from dealproof.metrics.views import VIEWS

    return lines_frame(VIEWS[name](index_of(dataset, universe, MarketReference()), year))


def vintages(dataset: Dataset, universe: str = "micro_loan") -> pd.DataFrame:
    """Cumulative default rates (累计违约率) of all deals by age in months, with definition and denominator."""
    from dealproof.mappings.reference import MarketReference
    from dealproof.metrics.dataset_index import index_of
    from dealproof.metrics.frames import vintages_frame

    return vintages_frame(index_of(dataset, universe, MarketReference()))
