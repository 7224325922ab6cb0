"""Bands in which figures of market reviews count deals. Published reviews draw but do not print their edges; these are ours."""

from __future__ import annotations

from decimal import Decimal

#: Each band: the name, and its upper edge (inclusive); the last has none.
Bands = tuple[tuple[str, Decimal | None], ...]
TERM_BANDS: Bands = (
    ("≤1年", Decimal(1)),
    ("1–1.5年", Decimal("1.5")),
    ("1.5–2年", Decimal(2)),
    (">2年", None),
)
CONTRACT_TERM_BANDS: Bands = (
    ("≤0.5年", Decimal("0.5")),
    ("0.5–1年", Decimal(1)),
    ("1–1.5年", Decimal("1.5")),
    ("1.5–2年", Decimal(2)),
    ("2–3年", Decimal(3)),
    (">3年", None),
)
#: Average balance of a loan in 万元.
BALANCE_BANDS: Bands = (
    ("≤1万元", Decimal(1)),
    ("1–5万元", Decimal(5)),
    ("5–10万元", Decimal(10)),
    ("10–50万元", Decimal(50)),
    ("50–100万元", Decimal(100)),
    (">100万元", None),
)
RATE_BANDS: Bands = (
    ("≤5%", Decimal(5)),
    ("5–8%", Decimal(8)),
    ("8–12%", Decimal(12)),
    ("12–16%", Decimal(16)),
    ("16–20%", Decimal(20)),
    (">20%", None),
)


def band(value: Decimal | None, bands: Bands) -> str | None:
    """The band that a value lies in; a value on an edge lies in the lower band."""
    if value is None:
        return None
    return next(name for name, upper in bands if upper is None or value <= upper)
