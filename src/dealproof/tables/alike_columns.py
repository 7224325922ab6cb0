"""Rows on both sides of a page break that are of one table though their columns are of other widths: their values tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dealproof.model.table import Table
from dealproof.tables.values import is_value, is_year
from dealproof.text import squeeze

_DECIMALS = re.compile(r"\.(\d+)")
_DATE = re.compile(r"(?:19|20)\d{2}[-/.年]\d")
#: Columns of labels with one value each, side by side.
PAIRED = 4


def goes_on_alike(above: Table, below: Table) -> bool:
    """Whether the first row below a break holds values as the last row above it does, column by column, and no header stands
    between: beside a serial number that counts on, or as labels and values by turns."""
    last, first = above.texts()[-1], below.texts()[0]
    if above.n_cols == PAIRED and _is_next_block(above.texts(), below.texts()):
        first = below.texts()[1]
    if not any(is_value(text) and not is_year(text) for text in first[1:]):
        return False
    if above.n_cols == PAIRED and _are_pairs(above.texts()) and (_are_pairs(below.texts()) or _are_labels_of(first, above)):
        return True
    kinds, others = [_kind(text) for text in last], [_kind(text) for text in first]
    if kinds[1:] != others[1:] or "" in others[1:]:
        return False
    serials = [squeeze(row[0]) for row in (last, first)]
    return all(serial.isdecimal() for serial in serials) and abs(int(serials[1]) - int(serials[0])) == 1


def _is_next_block(above: Sequence[Sequence[str]], below: Sequence[Sequence[str]]) -> bool:
    """Whether a title and a row below it begin a block like those of a table: it has titles, and one of the row's labels."""
    if len(below) < 2 or not _is_title(below[0]) or not any(map(_is_title, above)):
        return False
    labels = [{squeeze(text) for row in rows for text in row[::2]} - {""} for rows in (above, below[1:2])]
    return bool(labels[0] & labels[1])


def _are_labels_of(row: Sequence[str], above: Table) -> bool:
    """Whether both labels of a row are labels of a table of blocks."""
    labels = {squeeze(text) for texts in above.texts() for text in texts[::2]} - {""}
    return all(squeeze(text) in labels for text in row[::2])


def _is_title(row: Sequence[str]) -> bool:
    """Whether one text alone stands in a row."""
    return len({squeeze(text) for text in row} - {""}) == 1


def _kind(text: str) -> str:
    """What sort of value a text is, with its decimals."""
    squeezed = squeeze(text)
    if not is_value(squeezed):
        return "word" if squeezed else ""
    if _DATE.match(squeezed):
        return "date"
    decimals = _DECIMALS.search(squeezed)
    unit = squeezed.lstrip("-+(").rstrip(")").lstrip("0123456789,.")
    return f"{unit or 'number'} {len(decimals.group(1)) if decimals else 0}"


def _are_pairs(rows: Sequence[Sequence[str]]) -> bool:
    """Whether labels stand in every other column and values beside them."""
    full = [row for row in rows if len({squeeze(text) for text in row} - {""}) > 1]
    labels = [row[column] for row in full for column in (0, 2)]
    values = [row[column] for row in full for column in (1, 3)]
    return bool(full) and not any(is_value(text) for text in labels) and 2 * sum(map(is_value, values)) > sum(map(bool, values))
