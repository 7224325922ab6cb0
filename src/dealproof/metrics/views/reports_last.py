"""How long what a report says stands: until the next payment must have come.

The rhythm comes from payment dates (兑付日) and the numbers of their periods; the first payment date is that of period 1.
"""

from __future__ import annotations

from datetime import date, timedelta

from dealproof.dataset.payment_interval import payment_interval
from dealproof.metrics.dataset_index import DatasetIndex, day
from dealproof.model.cell import Row

#: Days by which payments move for holidays and weekends.
_SLACK = timedelta(days=15)
#: How long a report stands where the rhythm is not known: a quarter.
_QUARTER = timedelta(days=92)
#: Periods are paid for up to so many days after they end.
LAG = timedelta(days=45)


def lasts(index: DatasetIndex, deal: Row) -> timedelta:
    """How long after a payment the next one must have come."""
    return (rhythm(index, deal) or _QUARTER) + _SLACK


def rhythm(index: DatasetIndex, deal: Row) -> timedelta | None:
    """The time between two payments, by the closest pair of payments whose numbers are known; None without two."""
    known: dict[int, date] = {}
    first = day(deal, "first_payment_date")
    if first is not None:
        known[1] = first
    for row in index.rows("tranche_payments", deal["deal_id"]):
        paid = day(row, "payment_date")
        if paid is not None and row["period_no"]:
            known[int(row["period_no"])] = paid
    return payment_interval(known).shortest
