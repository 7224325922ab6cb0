"""Cells as spreadsheets leave them, as the program means them; a cell in which something was lost is refused."""

from __future__ import annotations

import re

from dealproof.mappings.layout import Column
from dealproof.values.days import HOW, read_day
from dealproof.values.parsed import Refused

#: What spreadsheets show for a formula that failed, or a column that is too narrow.
_FAILED = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!|#+)", re.IGNORECASE)
_EXPONENT = re.compile(r"[+-]?\d+(?:\.\d+)?E[+-]?\d+", re.IGNORECASE)
#: A key may consist of digits and one e; a spreadsheet always writes the sign.
_SIGNED_EXPONENT = re.compile(r"[+-]?\d+(?:\.\d+)?E[+-]\d+", re.IGNORECASE)
_LONG = re.compile(r"[+-]?[\d,]*\.\d+")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
#: What a spreadsheet makes of `2024-1`, besides a whole date: Jan-24, 24-Jan, Mar-2024, 1月24日, 2024年1月, 1月-24.
_EATEN = re.compile(
    rf"{_MONTH}[-/ ]\d{{1,4}}|\d{{1,4}}[-/ ]{_MONTH}(?:[-/ ]\d{{2,4}})?|\d{{1,2}}月\d{{1,2}}日|\d{{2,4}}年\d{{1,2}}月"
    r"|[一二三四五六七八九十\d]{1,3}月[-/ ]?\d{2,4}",
    re.IGNORECASE,
)
_AS_TEXT = "Format the column as text, then fill it in again."
#: So many digits a spreadsheet keeps; what stands behind them is noise.
_KEPT_DIGITS = 15


class CellError(ValueError):
    """A cell that cannot be taken as it stands; `remedy` says what to do about it."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


def failed(text: str) -> bool:
    """Whether a cell shows the failure of a formula, or nothing but `####` since its column was too narrow."""
    return text.startswith("#") and _FAILED.fullmatch(text) is not None


def read_cell(column: Column, text: str) -> str:
    """Return a cell as the program writes it: dates ISO, words in their own spelling. Raises CellError."""
    if failed(text):
        raise CellError(f"the spreadsheet shows {text}.", "Widen the column or mend the formula, and save it again.")
    if not text or column.kind == "text":
        return text
    if column.kind == "word":
        return column.word(text)
    if column.kind == "date":
        return iso_day(text)
    refuse_lost_digits(text, everywhere=column.kind == "value")
    if column.kind == "deal":
        refuse_eaten_deal(text)
    return text


def iso_day(text: str) -> str:
    """Return a day as ISO date. Raises CellError for what is no day, or could be two."""
    day = read_day(text)
    if isinstance(day, Refused):
        raise CellError(f"{day.reason}.", HOW)
    return day.value.isoformat()


def refuse_lost_digits(text: str, *, everywhere: bool = True) -> None:
    """Raise CellError for a number of which the spreadsheet shows too few digits, or more than it knows.

    With `everywhere`, `1E6` counts too, which may be a key elsewhere.
    """
    if (_EXPONENT if everywhere else _SIGNED_EXPONENT).fullmatch(text):
        raise CellError(f"{text} is no longer the number that was typed: the spreadsheet cut its digits.", _AS_TEXT)
    if _LONG.fullmatch(text) and len(re.sub(r"\D", "", text).lstrip("0")) > _KEPT_DIGITS:
        raise CellError(
            f"{text} has more digits than a spreadsheet keeps: the last ones are noise.", "Write the figure as printed."
        )


def refuse_eaten_deal(text: str) -> None:
    """Raise CellError for the key of a deal that a spreadsheet took for a date."""
    if _EATEN.fullmatch(text) or not isinstance(read_day(text), Refused):
        raise CellError(
            f"{text} is a date, not the key of a deal: the spreadsheet took a key such as 2024-1 for one.", _AS_TEXT
        )
