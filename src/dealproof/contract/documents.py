"""Table `documents`: one row per file read."""

from __future__ import annotations

from dealproof.contract.document_kinds import KINDS
from dealproof.contract.spec import DOCUMENT_ID, TableSpec, day, text, whole, word

STATUSES = ("ok", "partial", "unsupported", "failed")
MARKETS = ("credit_abs", "exchange_abs", "abn", "foreign")


TABLE = TableSpec(
    "documents",
    "file read",
    "What each file is: its kind, its deal, its dates, and whether it could be read.",
    "每个文件的类型、所属交易、日期及读取状态。",
    (
        DOCUMENT_ID,
        text("file_name", "Name of the file as handed in.", "文件名。"),
        word("kind", "What sort of document it is.", "文件类型。", tuple(kind.name for kind in KINDS)),
        word("market", "Market the deal was issued in.", "发行市场。", MARKETS),
        text("deal_id", "Deal that the document speaks of.", "文件所属交易标识。", refers="deals"),
        text("title", "Title as printed on the first page.", "首页标题。"),
        day("report_date", "Date of the document.", "文件日期。"),
        whole("period_no", "Cumulative number of the report period.", "报告累计期数。"),
        day("period_start", "First day of the report period.", "报告期起始日。"),
        day("period_end", "Last day of the report period.", "报告期截止日。"),
        day("payment_date", "Payment date of the period.", "当期兑付日。"),
        whole("pages", "Number of pages.", "页数。", "count"),
        whole(
            "pages_ocr",
            "Number of pages without a usable text layer, which were sent to character recognition.",
            "无可用文字层、转交文字识别的页数。",
            "count",
        ),
        text(
            "supersedes",
            "Document that this one corrects, or whose place it took under the same file name.",
            "被本文件更正或以同名文件替换的文件标识。",
            refers="documents",
        ),
        word("status", "Whether the document could be read.", "读取状态。", STATUSES),
        text("message", "What a person should know about the reading.", "读取情况说明。"),
        whole(
            "pages_unread",
            "Number of those pages that were not recognised; the message or a question says why.",
            "其中未作识别的页数（原因见说明或问题）。",
            "count",
        ),
    ),
)
