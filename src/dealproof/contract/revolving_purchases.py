"""Table `revolving_purchases`: purchases of further assets, per document."""

from __future__ import annotations

from dealproof.contract.spec import DEAL_ID, DOCUMENT_ID, TableSpec, day, money, whole, word

BASES = ("principal", "principal_and_interest", "discounted")

TABLE = TableSpec(
    "revolving_purchases",
    "deal × purchase × document",
    "Purchases of further assets. Revolving multiple = cumulative_amount / initial_amount.",
    "循环购买。循环倍数 = 累计金额 / 初始金额。",
    (
        DEAL_ID,
        whole("purchase_no", "Number of the purchase, from 1.", "购买序号，自 1 起。", key=True),
        DOCUMENT_ID,
        whole("period_no", "Report period of the purchase.", "购买所在报告期数。"),
        day("purchase_date", "Date of the purchase.", "购买日。"),
        money("purchase_amount", "Amount of assets bought.", "购买资产金额。"),
        word("amount_basis", "What the amount counts.", "金额口径。", BASES),
        money("cumulative_amount", "Amount bought so far.", "累计购买金额。"),
        money("initial_amount", "Amount of the initial pool.", "初始资产池金额。"),
    ),
)
