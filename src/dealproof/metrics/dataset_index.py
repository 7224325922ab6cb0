"""The dataset as the views need it: rows by deal, typed values, institutions by name, and what is doubted."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dealproof import contract
from dealproof.contract.document_kinds import KINDS, kind_record
from dealproof.dataset.dataset import Dataset
from dealproof.mappings.reference import MarketReference
from dealproof.model.cell import DatasetCell, Row

#: Tables that the views look at, by deal.
_BY_DEAL = (
    "deals", "tranches", "ratings", "pool_stats", "performance", "revolving_purchases", "tranche_payments", "parties", "documents",
)  # fmt: skip
#: A document of such a kind says what holds at issue; the one with most authority is believed.
AT_ISSUE = frozenset(kind.name for kind in KINDS if kind.at_issue)
#: In a document of such a kind an agency looks at its ratings again.
TRACKING = frozenset(kind.name for kind in KINDS if kind.is_tracking)
Rows = tuple[Row, ...]
WHOLE_YEAR = (12, 31)


@dataclass(frozen=True, slots=True)
class DatasetIndex:
    """A dataset, taken apart once. `names` gives every institution a name of its own, `doubts` open questions by fact.

    `last` is the day on which every year ends, as month and day: a review of a half year compares half years.
    """

    universe: str
    reference: MarketReference
    tables: Mapping[str, Mapping[str, Rows]]
    documents: Mapping[str, Row]
    institutions: Mapping[str, Row]
    names: Mapping[str, str]
    doubts: Mapping[tuple[str, ...], Rows]
    last: tuple[int, int] = WHOLE_YEAR

    def end(self, year: int) -> date:
        """The last day that is looked at in a year."""
        month, day_of_month = self.last
        return date(year, month, min(day_of_month, monthrange(year, month)[1]))

    def within(self, day_text: str, year: int) -> bool:
        """Whether an ISO day lies in a year, by its last day; a missing one does not."""
        return f"{year}-01-01" <= day_text <= self.end(year).isoformat()

    def deals(self) -> Rows:
        """The deals of the universe, by id: of its class, issued in yuan in one of the three markets."""
        rows = (row for rows in self.tables["deals"].values() for row in rows)
        return tuple(row for row in rows if row["asset_class"] == self.universe and not _abroad(row))

    def unclear(self) -> Rows:
        """Deals that may belong to the universe: their class is not known, or they are in another currency."""
        rows = (row for rows in self.tables["deals"].values() for row in rows if row["market"] != "foreign")
        return tuple(
            row for row in rows if not row["asset_class"] or (row["asset_class"] == self.universe and _abroad(row))
        )

    def rows(self, table: str, deal_id: str) -> Rows:
        """The rows of one deal in a table."""
        return self.tables[table].get(deal_id, ())

    def kind(self, row: Row) -> str:
        """The kind of document that a row is from."""
        document = self.documents.get(row["document_id"])
        return document["kind"] if document else ""

    def dated(self, row: Row) -> date | None:
        """The day of the document that a row is from."""
        document = self.documents.get(row["document_id"])
        if document is None:
            return None
        return day(document, "report_date") or day(document, "payment_date") or day(document, "period_end")


def index_of(dataset: Dataset, universe: str, reference: MarketReference, until: date | None = None) -> DatasetIndex:
    """Take a dataset apart for the views of one universe (an asset class); every year ends on the day of `until`.

    Documents in whose place a corrected one (更正) was published say nothing.
    """
    replaced = {row["supersedes"] for row in dataset.rows("documents")} - {""}
    tables: dict[str, dict[str, Rows]] = {}
    for table in _BY_DEAL:
        found: defaultdict[str, list[Row]] = defaultdict(list)
        for row in dataset.rows(table):
            if row.get("document_id") not in replaced:
                found[row["deal_id"]].append(row)
        tables[table] = {deal: tuple(rows) for deal, rows in found.items()}
    institutions = {row["institution_id"]: row for row in dataset.rows("institutions")}
    doubts: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in dataset.rows("questions"):
        if row["state"] == "open" and row["key"]:
            doubts[fact(DatasetCell.told_by(row))].append(row)
    return DatasetIndex(
        universe, reference, tables, {row["document_id"]: row for row in dataset.rows("documents")}, institutions,
        _names(institutions.values()), {cell: tuple(rows) for cell, rows in doubts.items()},
        (until.month, until.day) if until else WHOLE_YEAR,
    )  # fmt: skip


def _abroad(row: Row) -> bool:
    return row["market"] == "foreign" or row["currency"] not in ("", "CNY")


def _names(institutions: Iterable[Row]) -> dict[str, str]:
    rows = list(institutions)
    names = {row["institution_id"]: row["short_name"] or row["legal_name"] for row in rows}
    times = Counter(names.values())
    return {row["institution_id"]: _unlike(row, names[row["institution_id"]], times) for row in rows}


def _unlike(row: Row, name: str, times: Counter[str]) -> str:
    return name if times[name] == 1 else f"{name} ({row['institution_id']})"


def by_authority(index: DatasetIndex, rows: Rows) -> Rows:
    """Rows of several documents, those first whose kind of document speaks first about a deal at issue."""

    return tuple(sorted(rows, key=lambda row: (authority(index.kind(row)), row["document_id"])))


def authority(kind: str) -> int:
    """The place of a kind of document among those that speak about a deal at issue, the smallest for the first."""
    return kind_record(kind).authority


def fact(cell: DatasetCell) -> tuple[str, ...]:
    """What the row of a cell speaks of, whichever document states it: where two documents differ, a question about one doubts
    both."""
    names = contract.table(cell.table).key
    if len(names) != len(cell.key):
        return cell.table, *cell.key
    return cell.table, *(part for name, part in zip(names, cell.key, strict=True) if name != "document_id")


def number(row: Row, column: str) -> Decimal | None:
    """A figure of the dataset, or None where it is missing."""
    return Decimal(row[column]) if row[column] else None


def day(row: Row, column: str) -> date | None:
    """A date of the dataset, or None where it is missing."""
    return date.fromisoformat(row[column]) if row[column] else None


def flag(row: Row, column: str) -> bool | None:
    """A yes or no of the dataset, or None where it is missing."""
    return row[column] == "true" if row[column] else None
