"""The dataset as lines that metrics look at. A view takes an index of a dataset and a year and gives its lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dealproof.metrics.dataset_index import DatasetIndex
from dealproof.metrics.model import Line, ViewName
from dealproof.metrics.views import actions, balances, deals, defaults, pools, purchases, tranches

VIEWS: Mapping[ViewName, Callable[[DatasetIndex, int], tuple[Line, ...]]] = {
    "deals": deals.lines,
    "originators": deals.originator_lines,
    "tranches": tranches.lines,
    "pools": pools.lines,
    "defaults": defaults.lines,
    "purchases": purchases.lines,
    "balances": balances.lines,
    "rating_actions": actions.lines,
}
