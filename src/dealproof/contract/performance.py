"""Table `performance`: figures of a period, as each document states them."""

from __future__ import annotations

from dealproof.contract.metrics import PERFORMANCE
from dealproof.contract.spec import DEAL_ID, DOCUMENT_ID, PERIOD_NO, TableSpec, day, flag, number, text, word

DEFINITIONS = ("30+", "60+", "90+", "180+")

#: The initial pool balance, or that with all cumulative purchases.
DENOMINATORS = ("initial", "initial_plus_purchases")

TABLE = TableSpec(
    "performance",
    "deal × period × metric × definition × document",
    "How the pool performed in a period.",
    "资产池存续期表现。",
    (
        DEAL_ID,
        PERIOD_NO,
        word("metric", "What is measured.", "指标。", tuple(record.name for record in PERFORMANCE), key=True),
        word(
            "definition",
            "Days past due that count as default.",
            "违约认定的逾期天数。",
            DEFINITIONS,
            key=True,
        ),
        DOCUMENT_ID,
        day("period_start", "First day of the period.", "期间起始日。"),
        day("period_end", "Last day of the period.", "期间截止日。"),
        number("value", "The figure, in `unit`.", "数值，单位见 unit 列。"),
        text("unit", "Unit of the figure.", "数值单位。"),
        flag("reprinted", "Whether a later report reprints the period.", "是否为后期报告重述的历史数据。"),
        word(
            "denominator",
            "What a cumulative default rate is a share of, as the printed figures show; empty where they do not.",
            "累计违约率的分母口径（由披露数据验证；无法判断则为空）。",
            DENOMINATORS,
        ),
    ),
)
