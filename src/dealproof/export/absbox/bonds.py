"""`bonds` of a deal: its tranches with amount, coupon and way of repayment."""

from __future__ import annotations

from decimal import Decimal

from dealproof.export.absbox.cells import Cells, StatedCell
from dealproof.export.absbox.exact_json import Json
from dealproof.export.absbox.part import Assumed, Missing, Part, joined, lacking, pointer
from dealproof.model.cell import Row

SENIORITIES = ("senior", "mezzanine", "subordinated")
#: Words of `tranches.repayment` that say how principal is repaid; what names none or several of them is not understood.
_PASS_THROUGH, _BULLET, _SCHEDULE = "pass-through", "bullet", "schedule"
_REPAYMENT = (
    ("过手", _PASS_THROUGH),
    ("到期", _BULLET),
    ("固定摊还", _SCHEDULE),
    ("计划摊还", _SCHEDULE),
    ("按计划", _SCHEDULE),
)
_ACT_365 = "DC_ACT_365F"
_DAY_COUNT_RULE = "Actual days over 365, the habit of the market; the dataset does not state a day count."
_START_RULE = "Interest runs from the closing date."
_EQUITY_RULE = "A subordinated tranche takes what is left, whatever its printed way of repayment."
_NO_COUPON_RULE = "The tranche has no coupon (rate_type none); 0 is how AbsBox spells that."


def ranked(cells: Cells, deal_id: str) -> list[Row]:
    """The tranches by seniority, then as printed; those of unknown seniority last."""
    order = {word: place for place, word in enumerate(SENIORITIES)}
    rows = cells.rows("tranches", deal_id)
    return sorted(rows, key=lambda row: (order.get(row["seniority"], len(order)), int(row["position"] or 0)))


def bonds(cells: Cells, deal_id: str) -> Part:
    """The part `bonds`, in the order of payment."""
    rows = ranked(cells, deal_id)
    closing = cells.deal_cell(deal_id, "closing_date")
    parts = joined(_bond(cells, row, closing) for row in rows)
    missing = (*parts.missing, *_incomplete(cells, deal_id, rows))
    return Part({"bonds": parts.value}, parts.cited, parts.assumed, missing)


def _incomplete(cells: Cells, deal_id: str, rows: list[Row]) -> list[Missing]:
    """Whether the tranches at hand are the deal: all of them, and of the size that was issued."""
    total = cells.deal_cell(deal_id, "total_amount")
    place = pointer("bonds")
    found: list[Missing] = []
    if not any(row["seniority"] in SENIORITIES[:2] for row in rows):
        found.append(Missing(place, "tranches", deal_id, "no senior tranche is stated by any document at hand"))
    if open_sizes := cells.open_questions(total, "alternative_sizes"):
        told = ", ".join(row["question_id"] for row in open_sizes)
        found.append(lacking(place, total, f"which size was issued is an open question ({told})"))
    for check in cells.failing(deal_id, "tranche_total"):
        why = f"the tranches add up to {check['left']}, but the issue is {check['right']}"
        found.append(Missing(place, "tranches.amount", deal_id, why))
    return found


def _bond(cells: Cells, row: Row, closing: StatedCell) -> Part:
    name = row["tranche"]
    amount = cells.cell("tranches", row, "amount")
    rank = cells.cell("tranches", row, "seniority")
    legal = cells.cell("tranches", row, "legal_maturity")
    rate, kind = _rate(cells, row), _type(cells, row)
    bad = [lacking(pointer("bonds", name, "balance"), amount)] if not amount.value else []
    if not rank.value:
        bad.append(lacking(pointer("waterfall"), rank))
    balance = Decimal(amount.value) if amount.value else None
    value: dict[str, Json] = {
        "balance": balance,
        "originBalance": balance,
        **rate.value,
        **kind.value,
        "startDate": closing.value,
    }
    cited = {pointer("bonds", name, "balance"): (amount,), pointer("bonds", name, "originBalance"): (amount,)}
    cited[pointer("bonds", name, "startDate")] = (closing,)
    if legal.value:
        value["maturityDate"] = legal.value
        cited[pointer("bonds", name, "maturityDate")] = (legal,)
    return Part(
        {name: value},
        {**cited, **rate.cited, **kind.cited},
        (Assumed(pointer("bonds", name, "startDate"), _START_RULE), *rate.assumed, *kind.assumed),
        (*bad, *rate.missing, *kind.missing),
    )


def _rate(cells: Cells, row: Row) -> Part:
    """A fixed coupon, or none where the document says so. A floating one needs an index and a spread: not in the dataset."""
    name = row["tranche"]
    kind, coupon = (cells.cell("tranches", row, column) for column in ("rate_type", "coupon_pct"))
    place = pointer("bonds", name, "rateType")
    if kind.value == "floating":
        why = "the coupon is floating; index, spread and reset dates are not in the dataset"
        return Part(missing=(lacking(place, kind, why),))
    if kind.value == "none" and not coupon.value:
        return _priced(name, Decimal(0), (kind,), _NO_COUPON_RULE)
    missing = tuple(lacking(place, cell) for cell in (kind, coupon) if not cell.value)
    if missing:
        return Part(missing=missing)
    if kind.value == "none":
        return Part(missing=(lacking(place, kind, f"said to be none beside a coupon of {coupon.value}%"),))
    return _priced(name, Decimal(coupon.value).scaleb(-2), (coupon, kind), "")


def _priced(name: str, rate: Decimal, cells: tuple[StatedCell, ...], rule: str) -> Part:
    places = [pointer("bonds", name, key) for key in ("rate", "originRate", "rateType")]
    value: dict[str, Json] = {"rate": rate, "originRate": rate, "rateType": {"fix": rate, "dayCount": _ACT_365}}
    assumed = [Assumed(pointer("bonds", name, "rateType", "dayCount"), _DAY_COUNT_RULE)]
    if rule:
        assumed.insert(0, Assumed(places[-1], rule))
    return Part(value, dict.fromkeys(places, cells), tuple(assumed))


def _type(cells: Cells, row: Row) -> Part:
    name = row["tranche"]
    place = pointer("bonds", name, "bondType")
    rank, repayment, due = (
        cells.cell("tranches", row, column) for column in ("seniority", "repayment", "expected_maturity")
    )
    if rank.value == "subordinated":
        return Part({"bondType": {"Equity": None}}, {place: (rank,)}, (Assumed(place, _EQUITY_RULE),))
    ways = {way for word, way in _REPAYMENT if word in repayment.value}
    if ways == {_PASS_THROUGH}:
        return Part({"bondType": {"Sequential": None}}, {place: (repayment,)})
    if ways == {_BULLET}:
        if due.value:
            return Part({"bondType": {"Lockout": due.value}}, {place: (repayment, due)})
        return Part(missing=(lacking(place, due, "needed for a tranche repaid at maturity"),))
    if ways == {_SCHEDULE}:
        why = f"repaid as planned ({repayment.value}), but the schedule is not in the dataset"
    else:
        why = f"{repayment.value!r} does not say how principal is repaid" if repayment.value else ""
    return Part(missing=(lacking(place, repayment, why) if why else lacking(place, repayment),))
