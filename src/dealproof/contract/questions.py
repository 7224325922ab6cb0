"""Table `questions`: what a person must decide."""

from __future__ import annotations

from typing import get_args

from dealproof.contract.question_kinds import QuestionKind, Severity
from dealproof.contract.spec import TableSpec, number, text, whole, word

KINDS: tuple[QuestionKind, ...] = get_args(QuestionKind)
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
STATES = ("open", "answered", "dismissed")

TABLE = TableSpec(
    "questions",
    "thing a person must decide",
    "Doubts that a person must settle; a value without an open question is held to be right.",
    "待人工判断的问题；无未决问题的数值视为可靠。",
    (
        text("question_id", "Stable key of the question.", "问题标识（稳定）。", key=True),
        word("kind", "What sort of doubt it is.", "问题类型。", KINDS),
        word("severity", "How much it matters.", "严重程度。", SEVERITIES),
        text("table", "Table concerned.", "所涉表。"),
        text("key", "Key of the row, joined by |.", "所涉数据行主键，以 | 连接。"),
        text(
            "column",
            "Column concerned; of an unknown label the label file that shall know it, where that is not the table's.",
            "所涉列；对未知标签，为应收录该标签的标签文件（与表名不同时）。",
        ),
        text("document_id", "Document concerned.", "所涉文件标识。", refers="documents"),
        whole("page", "Page concerned.", "所涉页码。"),
        text("value", "Value in doubt.", "存疑数值。"),
        text("prompt", "The question in plain words, and what to do.", "问题说明及处理建议。"),
        text("suggestions", "JSON list of possible answers.", "备选答案（JSON 列表）。"),
        word("state", "Whether it is still open.", "问题状态。", STATES),
        number("x0", "Left edge of the place to look at; empty where there is none.", "所涉区域左边界。", "points"),
        number("top", "Upper edge of that place, from the top of the page.", "所涉区域上边界（自页顶）。", "points"),
        number("x1", "Right edge of that place.", "所涉区域右边界。", "points"),
        number("bottom", "Lower edge of that place, from the top of the page.", "所涉区域下边界（自页顶）。", "points"),
        text("held", "What the dataset shows now in the cell concerned.", "数据集目前所示数值。"),
        text(
            "candidates",
            "JSON list of the values to choose from: letter, value, document_id, page, box (x0, top, x1, bottom), why.",
            "可选数值（JSON 列表）：字母、数值、文件标识、页码、区域、说明。",
        ),
        text(
            "cause",
            "Question under which this one hangs; empty where it is asked itself.",
            "所属主问题标识；空表示本身即为主问题。",
        ),
    ),
    order=("table", "key", "column", "document_id", "page", "kind", "question_id"),
)
