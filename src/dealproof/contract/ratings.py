"""Table `ratings`: what each agency says of each tranche, per document."""

from __future__ import annotations

from dealproof.contract.spec import DEAL_ID, DOCUMENT_ID, TableSpec, day, text
from dealproof.contract.tranches import TRANCHE

TABLE = TableSpec(
    "ratings",
    "deal × tranche × agency × document",
    "Credit ratings as each document states them.",
    "各文件所载信用等级。",
    (
        DEAL_ID,
        TRANCHE,
        text("agency_id", "Rating agency.", "评级机构。", key=True),
        DOCUMENT_ID,
        text("rating", "Rating grade.", "信用等级。"),
        day("rating_date", "Date of the rating.", "评级日期。"),
    ),
)
