"""Tables whose caption leaves open whose figures they are, and whose total is this deal's pool to the last digit.

全部资产 over a table may mean the pool or the servicer's whole book. Where the total row prints both the amount and the number
that the document states elsewhere for the pool, the table is the pool's: two figures of such length do not meet by chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dealproof.interpret.layout import text_of
from dealproof.model.evidence import Fact
from dealproof.model.table import Table
from dealproof.values.tranches import is_total_label

#: Tables of facts that state the size of the pool.
_OF_THE_POOL = frozenset(("pool_stats", "performance"))
#: Figures that a total row must share with the pool, and digits that each of them must have.
_SHARED, _DIGITS = 2, 4
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")


def pool_figures(facts: Iterable[Fact]) -> frozenset[str]:
    """The figures of the pool as they are printed, without their commas, as far as they are long enough to prove anything."""
    return frozenset(
        figure
        for fact in facts
        if fact.table in _OF_THE_POOL and (proof := fact.evidence) is not None
        for figure in _figures(proof.text)
    )


def adds_up_to_the_pool(table: Table, pool: frozenset[str]) -> bool:
    """Whether the total row of a table holds figures of the pool."""
    grid = table.grid()
    totals = [row for row in grid if is_total_label(text_of(row[0]))]
    return len(totals) == 1 and len(pool & _of_row([text_of(cell) for cell in totals[0][1:]])) >= _SHARED


def _of_row(texts: Sequence[str]) -> set[str]:
    return {figure for text in texts for figure in _figures(text)}


def _figures(text: str) -> set[str]:
    found = (match.replace(",", "") for match in _FIGURE.findall(text))
    return {figure for figure in found if len(re.sub(r"\D", "", figure)) >= _DIGITS}
