"""Table `checks`: identities that tie cells together."""

from __future__ import annotations

from dealproof.contract.spec import TableSpec, number, text, whole, word

OUTCOMES = ("holds", "within_rounding", "fails", "not_evaluable")

TABLE = TableSpec(
    "checks",
    "identity × the cells it ties",
    "Identities between figures, and whether they hold.",
    "数据勾稽关系及其结果。",
    (
        text("check_id", "Key of the check.", "校验标识。", key=True),
        text("rule", "The identity that was tried.", "勾稽规则。"),
        text("deal_id", "Deal.", "交易标识。", refers="deals"),
        text(
            "document_id", "Document, if the check stays within one.", "文件标识（限单一文件时）。", refers="documents"
        ),
        whole("period_no", "Cumulative number of the report period.", "报告累计期数。"),
        number("left", "Left side of the identity.", "等式左侧。"),
        number("right", "Right side of the identity.", "等式右侧。"),
        number("residual", "Left minus right.", "差额（左减右）。"),
        number("tolerance", "Greatest difference that rounding explains.", "舍入可解释的最大差额。"),
        word("outcome", "Whether the identity holds.", "结果。", OUTCOMES),
        text("cells", "JSON list of [table, key, column].", "所涉单元格（JSON 列表）。"),
    ),
)
