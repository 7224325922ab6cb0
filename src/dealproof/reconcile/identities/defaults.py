"""The cumulative default rate (累计违约率) and what it is a share of.

Two denominators are in use: the initial pool balance, and the initial balance with all cumulative purchases (循环购买).
A document may not say which; the printed figures do. Rates under different denominators are different figures
(docs/domain.md#default-rates).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from dealproof.model.cell import DatasetCell
from dealproof.reconcile.equations import Share, Terms, residual
from dealproof.reconcile.identity import Tie
from dealproof.reconcile.values import Figure, FigureRow, Figures

_ONE = Decimal(1)
INITIAL = "initial"
WITH_PURCHASES = "initial_plus_purchases"


@dataclass(frozen=True, slots=True)
class Rate:
    """A printed rate with its amount and the denominators that can be formed, each with whether it fits."""

    row: FigureRow
    amount: DatasetCell
    wholes: dict[str, Terms]
    fits: dict[str, bool]


def default_rates(figures: Figures) -> Iterator[Tie]:
    """The rate is the cumulative amount in the denominator that fits most of the deal's figures."""
    chosen = denominators(figures)
    for rate in _rates(figures):
        kind = chosen[rate.row.key[0]]
        whole = rate.wholes.get(kind)
        if whole is not None:
            cell = DatasetCell("performance", rate.row.key, "value")
            row = rate.row
            yield Tie(Share(cell, rate.amount, whole), row.key[0], row.parts["document_id"], row.parts["period_no"])


def denominators(figures: Figures) -> dict[str, str]:
    """Return for each deal the denominator that fits its printed rates best; the initial balance among equals."""
    votes: dict[str, Counter[str]] = {}
    for rate in _rates(figures):
        counts = votes.setdefault(rate.row.key[0], Counter())
        counts.update({kind: int(fits) for kind, fits in rate.fits.items()})
    return {
        deal: max((INITIAL, WITH_PURCHASES), key=lambda kind: (counts[kind], kind == INITIAL))
        for deal, counts in votes.items()
    }


def telling(figures: Figures) -> dict[str, str]:
    """Return the denominator of each deal whose figures tell the two apart: exactly one of them fits."""
    found: dict[str, set[str]] = {}
    for rate in _rates(figures):
        fitting = [kind for kind, fits in rate.fits.items() if fits]
        if (len(rate.fits) == 2 and len(fitting) == 1) or (
            len(rate.fits) == 1 and fitting and not _purchases(figures, rate.row.key[0])
        ):
            found.setdefault(rate.row.key[0], set()).update(fitting)
    return {deal: kinds.pop() for deal, kinds in found.items() if len(kinds) == 1}


def _rates(figures: Figures) -> Iterator[Rate]:
    rows = [row for row in figures.rows("performance") if "value" in row.figures]
    amounts = {_same(row): row for row in rows if row.parts["metric"] == "cumulative_default_amount"}
    for row in rows:
        amount = amounts.get(_same(row))
        if row.parts["metric"] != "cumulative_default_pct" or amount is None:
            continue
        cell = DatasetCell("performance", amount.key, "value")
        wholes = _wholes(figures, row)
        if wholes:
            fits = {
                kind: _fits(Share(DatasetCell("performance", row.key, "value"), cell, w), figures) for kind, w in wholes.items()
            }
            yield Rate(row, cell, wholes, fits)


def _same(row: FigureRow) -> tuple[str, ...]:
    return tuple(row.parts[name] for name in ("deal_id", "period_no", "definition", "document_id"))


def _wholes(figures: Figures, row: FigureRow) -> dict[str, Terms]:
    deal, period = row.key[0], row.parts["period_no"]
    initial = _initial(figures, deal)
    if initial is None:
        return {}
    wholes: dict[str, Terms] = {INITIAL: ((_ONE, initial),)}
    bought = _purchases(figures, deal).get((period, row.parts["document_id"]))
    if bought is not None:
        wholes[WITH_PURCHASES] = ((_ONE, initial), (_ONE, bought))
    return wholes


def _initial(figures: Figures, deal: str) -> DatasetCell | None:
    """The balance at the cut-off date: of the circular, else as the reports state it."""
    pool = [
        row
        for row in figures.rows("pool_stats")
        if row.key[0] == deal and row.parts["metric"] == "principal_balance" and not row.parts["scope"]
    ]
    if pool:
        first = min(pool, key=lambda row: row.parts["as_of"] or "9")
        return DatasetCell("pool_stats", first.key, "value")
    reports = (
        row
        for row in figures.rows("performance")
        if row.key[0] == deal and row.parts["metric"] == "initial_pool_balance"
    )
    row = next(reports, None)
    return DatasetCell("performance", row.key, "value") if row else None


def _purchases(figures: Figures, deal: str) -> dict[tuple[str, str], DatasetCell]:
    """The cumulative purchases by period and document: the last purchase that a period's own report prints."""
    found: dict[str, tuple[int, DatasetCell]] = {}
    for row in figures.rows("revolving_purchases"):
        number, document = row.parts["purchase_no"], row.parts["document_id"]
        if row.key[0] != deal or not number.isdecimal() or "cumulative_amount" not in row.figures:
            continue
        best = found.get(document)
        if best is None or int(number) > best[0]:
            found[document] = (int(number), DatasetCell("revolving_purchases", row.key, "cumulative_amount"))
    return {
        (row.parts["period_no"], row.parts["document_id"]): found[row.parts["document_id"]][1]
        for row in figures.rows("performance")
        if row.key[0] == deal and row.parts["document_id"] in found and row.texts.get("reprinted") == "false"
    }


def _fits(shape: Share, figures: Figures) -> bool:
    def look(cell: DatasetCell) -> Figure:
        return figures.by_cell[cell]

    return all(cell in figures.by_cell for cell in shape.cells) and abs(residual(shape, look)) <= shape.tolerance(look)
