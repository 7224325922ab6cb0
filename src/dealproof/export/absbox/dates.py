"""`dates` of a deal: cut-off, closing, first payment, legal maturity, and how often it pays."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from dealproof.export.absbox.cells import Cells, StatedCell
from dealproof.export.absbox.exact_json import Json
from dealproof.export.absbox.part import Assumed, Missing, Part, lacking, pointer
from dealproof.export.absbox.payment_pattern import rhythm

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
        if row["payment_date"] and row["document_id"] not in replaced:
            paid.setdefault(int(row["period_no"]), set()).add(row["payment_date"])
            used.append(cells.cell("tranche_payments", row, "payment_date"))

    def without(why: str) -> Part:
        return Part(missing=(Missing(place, "tranche_payments.payment_date", deal_id, why),))

    if not first.value:
        return without("not to be told without the first payment date")
    doubled = [period for period, days in sorted(paid.items()) if len(days) > 1]
    if doubled:
        return without(f"documents give several payment dates for period {doubled[0]}")
    found = rhythm(
        date.fromisoformat(first.value), {period: date.fromisoformat(min(days)) for period, days in paid.items()}
    )
    if found.pattern is None:
        return without(found.why)
    return Part({"payFreq": found.pattern}, {place: tuple(used)}, (Assumed(place, _PAY_RULE),))
