"""Table `deals`: one row per deal, resolved among its documents."""

from __future__ import annotations

from dealproof.contract.documents import MARKETS
from dealproof.contract.spec import DEAL_ID, TableSpec, day, flag, money, text, whole, word

ASSET_CLASSES = (
    "micro_loan",
    "consumer_loan",
    "credit_card",
    "auto_loan",
    "residential_mortgage",
    "npl",
    "lease",
    "receivable",
    "corporate_loan",
    "other",
)

TABLE = TableSpec(
    "deals",
    "deal",
    "What holds for the deal as a whole.",
    "交易整体信息。",
    (
        DEAL_ID,
        text("deal_name", "Full name of the securities or the vehicle.", "证券或载体全称。"),
        word("market", "Market the deal was issued in.", "发行市场。", MARKETS),
        word("asset_class", "Class of the assets in the pool.", "基础资产类别。", ASSET_CLASSES),
        text("currency", "ISO code of the currency of all money columns.", "金额币种代码。"),
        day("announcement_date", "Date of the offering document.", "发行文件公告日。"),
        day("cutoff_date", "Date on which the initial pool was cut off.", "初始起算日（封包日）。"),
        day("closing_date", "Date on which the vehicle was set up.", "信托（计划）设立日。"),
        day("first_payment_date", "First payment date.", "首个兑付日。"),
        day("legal_maturity", "Legal final maturity.", "法定到期日。"),
        money("total_amount", "Total amount of all tranches.", "发行总额。"),
        flag("revolving", "Whether the pool buys further assets.", "是否循环购买。"),
        whole("revolving_months", "Length of the revolving period.", "循环期月数。", "months"),
        text(
            "alternative_sizes",
            "Other sizes of the issue that the document allows for.",
            "可选的其他发行规模。",
        ),
    ),
    resolved=True,
)
