"""What a deal's cumulative default rates are a share of, stored beside every rate of the deal.

Rates under different denominators are different figures (a factor of two is common), so that nobody may average them
unasked. The printed figures tell: with exactly one denominator rate, amount and balance agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dealproof.dataset.readings import CellKey, Reading

_METRIC = 2


def denominators(chosen: Mapping[CellKey, Reading], by_deal: Mapping[str, str]) -> list[Reading]:
    """Return the denominator of each printed rate, as derived readings; none where the figures do not tell."""
    return [
        replace(
            item,
            column="denominator",
            value=by_deal[key[0]],
            unit="",
            origin="derived",
            derivation="the denominator with which rate, amount and balance agree (checks: default_rate)",
        )
        for (table, key, column), item in chosen.items()
        if (table, column) == ("performance", "value")
        and key[_METRIC] == "cumulative_default_pct"
        and key[0] in by_deal
    ]
