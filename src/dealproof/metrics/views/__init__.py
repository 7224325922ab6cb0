"""The dataset as lines that metrics look at. A view takes a source and a year and gives its lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dealproof.metrics.dataset_index import Source
from dealproof.metrics.model import Line, ViewName
from dealproof.metrics.views import actions, balances, deals, defaults, pools, purchases, tranches

VIEWS: Mapping[ViewName, Callable[[Source, int], tuple[Line, ...]]] = {
    "deals": deals.lines,
    "originators": deals.originator_lines,
    "tranches": tranches.lines,
    "pools": pools.lines,
    "defaults": defaults.lines,
    "purchases": purchases.lines,
    "balances": balances.lines,
    "rating_actions": actions.lines,
}
