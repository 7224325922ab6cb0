"""A deal of the dataset as one input file for AbsBox, or what keeps it from being one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from dealproof.dataset.dataset import Dataset
from dealproof.export.absbox.bonds import bonds, ranked
from dealproof.export.absbox.cells import Cells, StatedCell
from dealproof.export.absbox.dates import dates
from dealproof.export.absbox.exact_json import Json
from dealproof.export.absbox.part import Missing, Part, joined, pointer
from dealproof.export.absbox.pool import pool
from dealproof.export.absbox.waterfall import waterfall
from dealproof.model.cell import Row

FORMAT = "dealproof-absbox/1"
#: What a full model has and the dataset never states; the deal is written without.
_LEFT_OUT = (
    (pointer("fees"), "Taxes and fees are not in the dataset: cash for the tranches is overstated by them."),
    (pointer("trigger"), "Triggers change the order of payment in words that the dataset does not keep."),
    (pointer("liqFacility"), "Reserve accounts and liquidity support are not in the dataset."),
)
_PAID = ("opening_balance", "principal_paid", "interest_paid", "closing_balance")
_QUESTION = ("question_id", "kind", "severity", "table", "key", "column", "document_id", "page", "value", "prompt")


@dataclass(frozen=True, slots=True)
class Drafted:
    """A deal: its file as JSON where nothing is `missing`, else None."""

    deal_id: str
    deal_name: str
    file: dict[str, Json] | None
    missing: tuple[Missing, ...] = ()


def draft_deals(dataset: Dataset) -> tuple[Drafted, ...]:
    """Every deal of the dataset, in order of its key."""
    cells = Cells(dataset)
    return tuple(_draft(cells, deal_id) for deal_id in cells.deal_ids)


def _draft(cells: Cells, deal_id: str) -> Drafted:
    name = cells.deal_cell(deal_id, "deal_name").value
    found = joined(
        (dates(cells, deal_id), pool(cells, deal_id), bonds(cells, deal_id), waterfall(ranked(cells, deal_id)))
    )
    if found.missing:
        return Drafted(deal_id, name, None, tuple(dict.fromkeys(found.missing)))
    return Drafted(deal_id, name, _file(cells, deal_id, name, found))


def _file(cells: Cells, deal_id: str, name: str, part: Part) -> dict[str, Json]:
    paid = cells.rows("tranche_payments", deal_id)
    used = [cell for found in part.cited.values() for cell in found]
    used += [cells.cell("tranche_payments", row, column) for row in paid for column in _PAID]
    used.append(cells.deal_cell(deal_id, "total_amount"))
    return {
        "format": FORMAT,
        "deal_id": deal_id,
        "deal_name": name,
        "currency": cells.deal_cell(deal_id, "currency").value or None,
        "deal": {"name": deal_id, **part.value},
        "assumed": [{"input": item.input, "rule": item.rule} for item in part.assumed],
        "missing": [{"input": place, "why": why} for place, why in _LEFT_OUT],
        "questions": [{column: row[column] for column in _QUESTION} for row in cells.questions(used)],
        "provenance": {place: [_cited(cells, cell) for cell in found] for place, found in sorted(part.cited.items())},
        "paid": [_paid(cells, row) for row in paid],
    }


def _cited(cells: Cells, cell: StatedCell) -> Json:
    return {"cell": "|".join(cell.cell.named), "value": cell.value, "evidence": cells.evidence(cell)}


def _paid(cells: Cells, row: Row) -> Json:
    """What a report says was paid; for comparing with what the engine projects."""
    return {
        "tranche": row["tranche"],
        "period_no": int(row["period_no"]) if row["period_no"] else None,
        "payment_date": row["payment_date"] or None,
        **{column: Decimal(row[column]) if row[column] else None for column in _PAID},
        "document_id": row["document_id"],
    }
