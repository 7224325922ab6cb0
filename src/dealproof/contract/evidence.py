"""Table `evidence`: where each value was printed."""

from __future__ import annotations

from dealproof.contract.spec import TableSpec, number, text, whole, word

STATUSES = ("disclosed", "derived", "corrected")
UNIT_SOURCES = ("cell", "row_label", "column_header", "title", "unit_line", "footnote", "section", "default")

TABLE = TableSpec(
    "evidence",
    "table × row key × column (one row per reading)",
    "The proof of every value: the page, the box, and what is printed there.",
    "每个数值的出处：页码、位置与原文。",
    (
        text("table", "Table of the value.", "数值所在表。", key=True),
        text("key", "Key of the row, joined by |.", "数据行主键，以 | 连接。", key=True),
        text("column", "Column of the value.", "数值所在列。", key=True),
        text("document_id", "Document that prints it.", "出处文件标识。", refers="documents"),
        whole("page", "Page as a viewer shows it, from 1.", "页码，自 1 起。"),
        number("x0", "Left edge of the box.", "区域左边界。", "points"),
        number("top", "Upper edge of the box, from the top of the page.", "区域上边界（自页顶）。", "points"),
        number("x1", "Right edge of the box.", "区域右边界。", "points"),
        number("bottom", "Lower edge of the box, from the top of the page.", "区域下边界（自页顶）。", "points"),
        text("text", "Text as printed.", "原文。"),
        text("unit_text", "Unit as printed.", "单位原文。"),
        word("unit_from", "Where the unit was found.", "单位来源。", UNIT_SOURCES),
        text("reader", "Reader of the cell, or text for prose.", "读取器；正文为 text。"),
        text("derivation", "Inputs of a derived value.", "推算依据。"),
        word("status", "Whether the value was printed, derived or corrected.", "数值性质。", STATUSES),
        number(
            "confidence",
            "How sure the reading of the text is, 0 to 1; empty where the file itself has the text.",
            "识别置信度（0 至 1）；有文字层时为空。",
        ),
    ),
    unique_key=False,
    order=("table", "key", "column", "document_id", "page", "top", "x0"),
)
