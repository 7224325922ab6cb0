"""Table `tranches`: one row per tranche of a deal, resolved among documents."""

from __future__ import annotations

from dealproof.contract.spec import DEAL_ID, TableSpec, day, money, percent, text, whole, word

SENIORITIES = ("senior", "mezzanine", "subordinated")
RATE_TYPES = ("fixed", "floating", "none")

TRANCHE = text("tranche", "Canonical name of the tranche.", "档次规范名称。", key=True)

TABLE = TableSpec(
    "tranches",
    "deal × tranche",
    "The securities of a deal.",
    "各档证券。",
    (
        DEAL_ID,
        TRANCHE,
        text("tranche_name", "Name of the tranche as printed.", "档次名称（原文）。"),
        word("seniority", "Rank in the waterfall.", "偿付次序。", SENIORITIES),
        whole("position", "Order of printing, from 1.", "列示顺序，自 1 起。"),
        money("amount", "Amount issued.", "发行金额。"),
        percent("share_pct", "Share of the total issue.", "占发行总额比例。"),
        word("rate_type", "How the coupon is set.", "利率类型。", RATE_TYPES),
        percent("coupon_pct", "Coupon per year.", "票面年利率。"),
        text("repayment", "How principal is repaid.", "还本方式。"),
        day("expected_maturity", "Expected maturity.", "预期到期日。"),
        day("legal_maturity", "Legal final maturity.", "法定到期日。"),
        text("security_code", "Code of the security.", "证券代码。"),
    ),
    resolved=True,
)
