"""How values are written down: exact, without exponents, the same on every machine."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from dealproof.model.evidence import Value

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_CENTS = Decimal("0.01")
#: What a spreadsheet takes for a number, and rounds: `1234567890123456`, `12345678901234e5`.
_LIKE_A_NUMBER = re.compile(r"\d+(?:e\d+)?")


def write(value: Value | date | None, unit: str = "") -> str:
    """Return a value as the dataset prints it; a missing value is the empty string.

    Percentages keep their printed digits; all other decimals lose zeros that only a change of unit put there
    (`100434.12` 万元 is `1004341200`, not `1004341200.00`).
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return write_decimal(value, keep_zeros=unit == "percent")
    if isinstance(value, date):
        return value.isoformat()
    return clean(str(value))


def write_decimal(value: Decimal, *, keep_zeros: bool) -> str:
    """Return a decimal in plain notation, never with an exponent and never as `-0`."""
    if not value:
        value = abs(value)
    plain = format(value, "f")
    if not keep_zeros and "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return plain


@lru_cache(maxsize=65_536)  # columns and rows of a table share their edges
def write_coordinate(points: float) -> str:
    """Return a position on a page with two decimals."""
    return str(Decimal(repr(points)).quantize(_CENTS))


def clean(text: str) -> str:
    """Return text without control characters and broken code points, which no export format can hold."""
    if text.isprintable():  # most texts: nothing to look for
        return text
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def short_digest(text: str) -> str:
    """Return sixteen letters and digits that name a text, never such that a spreadsheet takes them for a number."""
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    return f"x{digest[1:]}" if _LIKE_A_NUMBER.fullmatch(digest) else digest
