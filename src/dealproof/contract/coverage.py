"""Table `coverage`: what was expected in each document, and what became of it."""

from __future__ import annotations

from dealproof.contract.spec import DEAL_ID, DOCUMENT_ID, PERIOD_NO, TableSpec, text, word

STATES = ("disclosed", "derived", "not_applicable", "not_disclosed", "not_found", "conflict", "corrected")

TABLE = TableSpec(
    "coverage",
    "deal × document × (period) × expected field",
    "Why a value is there or missing.",
    "预期字段的披露与缺失情况。",
    (
        DEAL_ID,
        DOCUMENT_ID,
        PERIOD_NO,
        text("field", "Table, or table and column or metric.", "字段：表名，或表名加列名（指标）。", key=True),
        word("state", "What became of the field.", "字段状态。", STATES),
    ),
)
