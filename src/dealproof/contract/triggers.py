"""Table `triggers`: events that change the waterfall, per period and document."""

from __future__ import annotations

from dealproof.contract.spec import DEAL_ID, DOCUMENT_ID, PERIOD_NO, TableSpec, flag, text

TABLE = TableSpec(
    "triggers",
    "deal × trigger × period × document",
    "Triggers, their limits, and whether they were hit.",
    "触发事件及其触发情况。",
    (
        DEAL_ID,
        text("trigger", "Name of the trigger.", "触发事件名称。", key=True),
        PERIOD_NO,
        DOCUMENT_ID,
        text("threshold", "Limit as printed.", "触发阈值（原文）。"),
        text("actual", "Actual figure as printed.", "实际值（原文）。"),
        flag("breached", "Whether the trigger was hit.", "是否触发。"),
    ),
)
