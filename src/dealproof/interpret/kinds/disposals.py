"""What was recovered from non-performing loans (资产处置情况): states of disposal as rows, this period and all periods as
columns. The total of all states is the pool's cumulative recovery; other inflows (其他收入, 结息) are no recovery.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dealproof.contract.metrics import PerformanceMetric
from dealproof.interpret.context import Context, Reading
from dealproof.interpret.fact_builder import Notebook, document_key
from dealproof.interpret.layout import Matrix, matrix, text_of, unit_sources
from dealproof.model.table import Cell, Table

NAME = "disposals"
METRIC: PerformanceMetric = "cumulative_recovery_amount"
_CUMULATIVE = re.compile(r"累计(?:处置)?(?:回收|回款)(?:金额|款|总额)?")
_STATE = re.compile(r"处置中|处置完毕|清仓回购|不合格资产赎回|赎回或替换|未结清|已结清")
_TOTAL = re.compile(r"^(?:合计|总计)(?:\(注\d*\))?$")


def claim(table: Table, ctx: Context) -> float:
    """States of disposal under a column of cumulative recoveries, in a report on non-performing loans."""
    if ctx.profile.asset_class not in ("npl", ""):
        return 0.0
    grid = matrix(table)
    states = sum(1 for row in grid.body if row and _STATE.search(text_of(row[0])))
    return min(1.0, 0.6 + 0.1 * states) if states and _column(grid) is not None else 0.0


def read(table: Table, ctx: Context) -> Reading:
    """Read the total of the cumulative recoveries; the rows above are its parts."""
    book = Notebook(ctx, "performance")
    grid = matrix(table)
    column = _column(grid)
    total = next((row for row in grid.body if row and _TOTAL.match(text_of(row[0]))), None)
    for row in grid.body:
        for cell in row:
            book.use(cell)
    cell = total[column] if total is not None and column is not None else None
    if cell is None or column is None:
        first = next((row[0] for row in grid.body if row and row[0] is not None), None)
        if first is not None:
            book.ask("low_confidence", "The recoveries have no total row.", first, column=METRIC)
        return book.done()
    key = document_key(ctx, period_no=ctx.profile.period_no, metric=METRIC, definition="")
    book.figure(key, "value", cell, "money", unit_sources(table, _label(total), grid.header_text(column)))
    return book.done()


def _column(grid: Matrix) -> int | None:
    """The column of cumulative recoveries, if there is just one."""
    found = [i for i in range(1, len(grid.columns)) if _CUMULATIVE.search(grid.header_text(i))]
    return found[0] if len(found) == 1 else None


def _label(row: Sequence[Cell | None] | None) -> str:
    return row[0].text if row and row[0] is not None else ""
