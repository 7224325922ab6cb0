"""Table `pool_stats`: figures of a pool at a date, resolved among documents."""

from __future__ import annotations

from dealproof.contract.metrics import POOL
from dealproof.contract.spec import DEAL_ID, TableSpec, day, number, text, word

AS_OF = day("as_of", "Date that the figure speaks of.", "统计时点。", key=True)

TABLE = TableSpec(
    "pool_stats",
    "deal × as-of date × metric × scope",
    "Figures of the asset pool at a date.",
    "资产池统计指标。",
    (
        DEAL_ID,
        AS_OF,
        word("metric", "What is measured.", "指标。", tuple(record.name for record in POOL), key=True),
        text(
            "scope",
            "Sub-pool or alternative; empty for the whole pool.",
            "子池或备选方案；整体为空。",
            key=True,
        ),
        number("value", "The figure, in `unit`.", "数值，单位见 unit 列。"),
        text("unit", "Unit of the figure.", "数值单位。"),
    ),
    resolved=True,
)
