"""What analysts say about which document belongs to which deal: `mappings/deals.csv`.

A row speaks of the document with this `document_id`, else of files with this `file_name`, else of documents that
print this `deal_name`; the first cell that is filled counts. `deal_id` is the key that the dataset shall use.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dealproof.mappings.findings import Finding
from dealproof.mappings.layout import DECIDED_BY, DECIDED_ON, NOTE, REASON, Layout, column
from dealproof.mappings.sheet import Sheet, SheetRow
from dealproof.mappings.usable import usable_rows
from dealproof.text import squeeze

FILE = "deals.csv"
_WITHOUT_DEAL = "the deal is missing.", "Fill in a key such as 泰和2019-1."
LAYOUT = Layout(
    FILE,
    (
        column("document_id", "文件标识", "文件编号", kind="identity"),
        column("file_name", "文件名", "文件"),
        column("deal_name", "交易名称"),
        column("deal_id", "交易标识", "交易", kind="deal", needed=True, absent=_WITHOUT_DEAL),
        REASON, DECIDED_BY, DECIDED_ON, NOTE,
    ),
    row="文件归属 a document's deal",
    key=("document_id", "file_name", "deal_name"),
)  # fmt: skip
COLUMNS = LAYOUT.names


@dataclass(frozen=True, slots=True)
class DealRow:
    """One override of a deal key."""

    document_id: str
    file_name: str
    deal_name: str
    deal_id: str
    where: str

    @property
    def key(self) -> tuple[str, str]:
        """What the row speaks of: the column that counts and its content."""
        for name in ("document_id", "file_name", "deal_name"):
            value = squeeze(str(getattr(self, name)))
            if value:
                return name, value
        return "", ""


def deals_of(sheet: Sheet, findings: list[Finding]) -> tuple[DealRow, ...]:
    """Read the rows of the deals file; a row that cannot be used adds findings and is left out."""
    found: dict[tuple[str, str], DealRow] = {}
    for row in usable_rows(sheet, LAYOUT, findings):
        item = DealRow(row["document_id"], row["file_name"], row["deal_name"], row["deal_id"], f"{FILE}:{row.line}")
        wrong = list(_mistakes(row, item, found))
        findings += wrong
        if not wrong:
            found[item.key] = item
    return tuple(found.values())


def deal_of(rows: Iterable[DealRow], document_id: str, file_name: str, deal_name: str) -> DealRow | None:
    """Return the row that speaks of a document: by its id, else by its file name, else by the printed deal name."""
    return deal_among(by_subject(rows), document_id, file_name, deal_name)


def by_subject(rows: Iterable[DealRow]) -> dict[tuple[str, str], DealRow]:
    """The rows by what they speak of, for who asks for many documents."""
    return {row.key: row for row in rows}


def deal_among(rows: Mapping[tuple[str, str], DealRow], document_id: str, file_name: str, deal_name: str) -> DealRow | None:
    """As `deal_of`, of rows by what they speak of."""
    wanted = {"document_id": document_id, "file_name": squeeze(file_name), "deal_name": squeeze(deal_name)}
    return next((rows[pair] for pair in wanted.items() if pair[1] and pair in rows), None)


def _mistakes(row: SheetRow, item: DealRow, known: dict[tuple[str, str], DealRow]) -> Iterator[Finding]:
    yield from (Finding(FILE, row.line, *told) for told in LAYOUT.mistakes(row))
    if item.key == ("", ""):
        yield Finding(
            FILE, row.line, "document_id", "nothing says which document is meant.", "Fill in one of the first columns."
        )
    elif item.key in known and known[item.key].deal_id != item.deal_id:
        other = known[item.key]
        yield Finding(
            FILE, row.line, item.key[0], f"{other.where} gives it to {other.deal_id}.", "Delete one of the two rows."
        )
