"""Table `tranche_payments`: what each tranche was paid in a period, per document."""

from __future__ import annotations

from dealproof.contract.spec import DEAL_ID, DOCUMENT_ID, PERIOD_NO, TableSpec, day, money
from dealproof.contract.tranches import TRANCHE

TABLE = TableSpec(
    "tranche_payments",
    "deal × tranche × period × document",
    "Principal and interest paid to each tranche.",
    "各档证券本息兑付。",
    (
        DEAL_ID,
        TRANCHE,
        PERIOD_NO,
        DOCUMENT_ID,
        day("payment_date", "Date of the payment.", "兑付日。"),
        money("opening_balance", "Balance before the payment.", "兑付前余额。"),
        money("principal_paid", "Principal paid.", "兑付本金。"),
        money("interest_paid", "Interest paid.", "兑付利息。"),
        money("closing_balance", "Balance after the payment.", "兑付后余额。"),
    ),
)
