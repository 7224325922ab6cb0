"""Table `cash_flows`: the lines of the trust accounts in a period, per document."""

from __future__ import annotations

from typing import Literal, get_args

from dealproof.contract.spec import DEAL_ID, DOCUMENT_ID, PERIOD_NO, TableSpec, money, text, word

Account = Literal["income", "principal", "fees", "securities", "other"]
ACCOUNTS: tuple[Account, ...] = get_args(Account)

TABLE = TableSpec(
    "cash_flows",
    "deal × period × account × line × document",
    "Money that came into and left the accounts of the vehicle.",
    "信托账户资金流入流出明细。",
    (
        DEAL_ID,
        PERIOD_NO,
        word("account", "Account the line belongs to.", "所属账户。", ACCOUNTS, key=True),
        text("line", "Printed label, normalised.", "科目（规范化原文）。", key=True),
        DOCUMENT_ID,
        money("previous_amount", "Amount of the previous period.", "上期金额。"),
        money("amount", "Amount of the period.", "本期金额。"),
    ),
)
