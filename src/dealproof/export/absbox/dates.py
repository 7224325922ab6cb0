"""`dates` of a deal: cut-off, closing, first payment, legal maturity, and how often it pays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from dealproof.dataset.payment_interval import MONTHS_OF_A_YEAR, month, payment_interval
from dealproof.export.absbox.cells import Cells, StatedCell
from dealproof.export.absbox.exact_json import Json
from dealproof.export.absbox.part import Assumed, Missing, Part, lacking, pointer

#: AbsBox's name and the column of `deals`, in the order in which the days must come.
_DAYS = (
    ("cutoff", "cutoff_date"),
    ("closing", "closing_date"),
    ("firstPay", "first_payment_date"),
    ("stated", "legal_maturity"),
)
_PAY_RULE = (
    "Interval from payments of consecutive periods; day is the earliest day of a month on which a payment fell, later "
    "ones being taken for payments moved behind holidays."
)
#: Payments move behind holidays; the longest (国庆 beside 中秋, 春节 with a weekend) take so many days.
_LONGEST_HOLIDAY = 10
_POOL_RULE = "Collections are booked at the end of every month; the dataset does not state collection dates."
_STATED_RULE = "Latest legal maturity of the tranches, since none is stated for the deal."


def dates(cells: Cells, deal_id: str) -> Part:
    """The part `dates`; missing is whatever is not stated or contradicts itself."""
    found = {name: cells.deal_cell(deal_id, column) for name, column in _DAYS}
    cited: dict[str, tuple[StatedCell, ...]] = {pointer("dates", name): (cell,) for name, cell in found.items() if cell.value}
    assumed = [Assumed(pointer("dates", "poolFreq"), _POOL_RULE)]
    value: dict[str, Json] = {name: cell.value for name, cell in found.items()}
    if not found["stated"].value and (tranches := _tranche_maturities(cells, deal_id)):
        value["stated"] = max(cell.value for cell in tranches)
        cited[pointer("dates", "stated")] = tranches
        assumed.append(Assumed(pointer("dates", "stated"), _STATED_RULE))
    missing = [lacking(pointer("dates", name), found[name]) for name, _ in _DAYS if not value[name]]
    if not missing:
        missing += _out_of_order(found, value)
    pay = _pay(cells, deal_id, found["firstPay"])
    return Part(
        {"dates": {**value, **pay.value, "poolFreq": "MonthEnd"}},
        {**cited, **pay.cited},
        (*assumed, *pay.assumed),
        (*missing, *pay.missing),
    )


def _tranche_maturities(cells: Cells, deal_id: str) -> tuple[StatedCell, ...]:
    """The legal maturities of all tranches, nothing where one of them states none."""
    found = tuple(cells.cell("tranches", row, "legal_maturity") for row in cells.rows("tranches", deal_id))
    return found if all(cell.value for cell in found) else ()


def _out_of_order(found: dict[str, StatedCell], value: dict[str, Json]) -> list[Missing]:
    wrong = [(one, other) for (one, _), (other, _) in pairwise(_DAYS) if str(value[one]) > str(value[other])]
    return [
        lacking(pointer("dates", other), found[other], f"{value[other]} comes before {one} {value[one]}")
        for one, other in wrong
    ]


def _pay(cells: Cells, deal_id: str, first: StatedCell) -> Part:
    place = pointer("dates", "payFreq")
    replaced = cells.replaced_documents()
    paid: dict[int, set[str]] = {}
    used = [first]
    for row in cells.rows("tranche_payments", deal_id):
        if row["payment_date"] and row["period_no"] and row["document_id"] not in replaced:
            paid.setdefault(int(row["period_no"]), set()).add(row["payment_date"])
            used.append(cells.cell("tranche_payments", row, "payment_date"))

    def without(why: str) -> Part:
        return Part(missing=(Missing(place, "tranche_payments.payment_date", deal_id, why),))

    if not first.value:
        return without("not to be told without the first payment date")
    doubled = [period for period, days in sorted(paid.items()) if len(days) > 1]
    if doubled:
        return without(f"documents give several payment dates for period {doubled[0]}")
    found = _rhythm(
        date.fromisoformat(first.value), {period: date.fromisoformat(min(days)) for period, days in paid.items()}
    )
    if found.pattern is None:
        return without(found.why)
    return Part({"payFreq": found.pattern}, {place: tuple(used)}, (Assumed(place, _PAY_RULE),))


@dataclass(frozen=True, slots=True)
class _Rhythm:
    """Payment dates as a pattern of AbsBox; without `pattern`, `why` says what stands in the way."""

    pattern: Json = None
    months: int = 0
    day: int = 0
    why: str = ""


def _rhythm(first: date, paid: Mapping[int, date]) -> _Rhythm:
    """The pattern of payment dates from the first payment date and the payments of periods known by number.

    Two payments of consecutive periods give the interval, and every date must fit it. The day is the earliest day of a
    month on which a payment fell: later ones are taken for payments moved behind a holiday.
    """
    days = sorted({first, *paid.values()})
    if days[0] < first:
        return _Rhythm(why=f"a payment of {days[0]} comes before the first payment date {first}")
    steps = set(payment_interval(paid).months)
    if not steps:
        return _Rhythm(why="the payment dates of two consecutive periods are not known")
    if len(steps) > 1:
        return _Rhythm(why=f"payments come {' and '.join(map(str, sorted(steps)))} months apart")
    months, day = steps.pop(), min(found.day for found in days)
    if months < 1 or MONTHS_OF_A_YEAR % months:
        return _Rhythm(why=f"payments come {months} months apart, which makes no yearly pattern")
    stray = [found for found in days if found.day - day > _LONGEST_HOLIDAY or (month(found) - month(first)) % months]
    if stray:
        return _Rhythm(why=f"a payment of {stray[0]} does not fit payments every {months} months on day {day}")
    return _Rhythm(_pattern(first, months, day), months, day)


def _pattern(first: date, months: int, day: int) -> Json:
    if months == 1:
        return ["DayOfMonth", day]
    in_year = sorted((first.month - 1 + step) % MONTHS_OF_A_YEAR + 1 for step in range(0, MONTHS_OF_A_YEAR, months))
    yearly: list[Json] = [["MonthDayOfYear", month, day] for month in in_year]
    return yearly[0] if len(yearly) == 1 else ["+", *yearly]
