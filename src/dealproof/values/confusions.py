"""Letters that a recogniser takes for digits and signs for other signs, undone where grammar leaves one way only.

`5,717:69` can only be `5,717.69`, `1.234.567.89` only `1,234,567.89`, `1O,000.00` only `10,000.00`. What could be two
figures (`1.234`, `12:5`) is left as it is. Sources: confusions seen in recognised reports (`1.234.567.89`, O/0, 1/l) and
in this project's own degraded samples.
"""

from __future__ import annotations

import re

from dealproof.text import fold
from dealproof.values.numbers import parse_number
from dealproof.values.parsed import Parsed

#: What is read in place of a digit.
_DIGITS = str.maketrans({"O": "0", "o": "0", "D": "0", "Q": "0", "l": "1", "I": "1", "|": "1", "!": "1", "Z": "2", "z": "2",
                         "S": "5", "s": "5", "B": "8"})  # fmt: skip
#: A money amount whose separators may be any of those that are taken for one another: groups of three, then two digits, and
#: perhaps a unit.
_MONEY = re.compile(r"(-?)(\d{1,3})((?:[.,:;'·、]\d{3})+)[.,:;'·、](\d{2})([^\d.,:;'·、]{0,3})[.]?")
#: Such a figure in full-width print, whose signs stand apart.
_APART = re.compile(r"\d(?: *\d)*(?: +[.,] *\d(?: *\d)*)+")
#: The same within a line, with whatever number of decimals that is no further group.
_PARTED = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,]\d{3})+[.,](?:\d{1,2}|\d{4,6})(?![.,]?\d)")
_SEPARATOR = re.compile(r"[.,:;'·、]")
#: A range of days, months, years or periods whose hyphen was seen as a dot, and one of percentages whose comma was.
_RANGE = re.compile(r"(?<=\d)[·・](?=\d+(?:天|日|个月|月|年|岁|期))|(?<=\d%)[.·;:](?=\d)")
#: A small figure with one round letter for a nought among at least three signs.
_ROUND = re.compile(r"-?\d{1,3}\.(?=[\dOoDQ]{2,6}$)\d*[OoDQ]\d*")
#: Figures with confusable letters among them; at least half must be digits.
_MIXED = re.compile(r"-?[\dOoDQlI|!ZzSsB]{1,3}(?:,[\dOoDQlI|!ZzSsB]{3})+(?:\.[\dOoDQlI|!ZzSsB]{2})?")


def grouped(line: str) -> str:
    """A line of the same length in which figures in groups of three, with decimals that are no such group, have commas
    and a point, whichever of both were seen: they can only be written so."""

    def written(match: re.Match[str]) -> str:
        whole, _, fraction = match[0].replace(".", ",").rpartition(",")
        return f"{whole}.{fraction}"

    return _PARTED.sub(written, line)


def separators(line: str) -> dict[int, tuple[int, ...]]:
    """Where the separators of such figures stand in a line, each with the places of the figure's digits."""
    found: dict[int, tuple[int, ...]] = {}
    for match in _PARTED.finditer(line):
        digits = tuple(place for place in range(*match.span()) if line[place].isdigit())
        found |= {place: digits for place in range(*match.span()) if place not in digits}
    return found


def mend_figure(text: str) -> str | None:
    """The figure that a recognised text must be, or None: it is a figure already, or it is not certain which one."""
    body = fold(text).strip()
    is_apart = _APART.fullmatch(body) is not None
    body = body.replace(" ", "") if is_apart else body
    if "\n" in body or isinstance(parse_number(body), Parsed):
        return body if is_apart else None
    money = _MONEY.fullmatch(body)
    if money is not None:
        sign, first, groups, fraction, unit = money.groups()
        return f"{sign}{first}{_SEPARATOR.sub(',', groups)}.{fraction}{unit}"
    if _ROUND.fullmatch(body):
        return body.translate(_DIGITS)
    if _MIXED.fullmatch(body) and 2 * sum(char.isdigit() for char in body) >= len(re.sub(r"[-.,]", "", body)):
        return body.translate(_DIGITS)
    return None


def mend_range(text: str) -> str | None:
    """A label with a range, such as `逾期1·30天` or `(4.00%.5.00%]`, as it must be; None where nothing was confused."""
    made = _RANGE.sub(lambda match: "-" if match[0] in "·・" and text[match.start() - 1].isdigit() else ",", text)
    return made if made != text else None
