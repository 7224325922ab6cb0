"""What is known of each deal behind a review: its values as printed, with document and page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from dealproof import contract
from dealproof.dataset.dataset import Dataset
from dealproof.dataset.rows import cell_of
from dealproof.market_review.wording import joined
from dealproof.metrics.dataset_index import authority
from dealproof.metrics.model import Review, Words
from dealproof.metrics.vocabulary import words
from dealproof.model.cell import DatasetCell, Row, by_name

#: Corrections by persons stand before what is printed, and that before what is derived.
_FIRST = {"corrected": 0, "disclosed": 1, "derived": 2}
#: Parts of keys that a label does not repeat: the deal is known, the document stands beside.
_UNSAID = ("deal_id", "document_id", "institution_id", "name")

#: Columns that the parts of the key say already: the value of a metric, the name of who plays a role.
_SAID_BY_KEY = ("value", "name")


@dataclass(frozen=True, slots=True)
class Proof:
    """One value of a deal with its proof: the text as printed, the file and page, and the open question about it, if any.

    `text` of a derived value is how it was derived. `link` leads to the page; '' where the file's place is not known.
    """

    label: Words
    value: str
    text: str
    document: str
    link: str
    page: int
    question: str
    cell: DatasetCell


@dataclass(frozen=True, slots=True)
class Dossier:
    """A deal and the proofs of all values that the review rests on.

    `amount` is in yuan, as in the dataset; `questions` are the open questions about these values, each by its id.
    """

    deal_id: str
    deal_name: str
    market: str
    amount: str
    proofs: tuple[Proof, ...] = ()
    questions: tuple[tuple[str, str], ...] = ()


def dossiers(review: Review, dataset: Dataset, places: Mapping[str, Path | str]) -> dict[str, Dossier]:
    """The deals behind a review, by deal. `places` are paths or addresses of documents by document_id."""
    cells = _cells(review)
    values, evidence, questions = _values(dataset, cells), _evidence(dataset, cells), _questions(dataset)
    documents = {row["document_id"]: row["file_name"] for row in dataset.rows("documents")}
    agencies = {row["institution_id"]: row["short_name"] or row["legal_name"] for row in dataset.rows("institutions")}
    proofs: dict[str, list[Proof]] = defaultdict(list)
    for cell in sorted(cells, key=by_name):
        asked_of = " ".join(item["prompt"] for item in questions.get(cell, ()))
        for row in evidence.get(cell, ()):
            where = (documents.get(row["document_id"], ""), places.get(row["document_id"], ""))
            proofs[_deal(cell)].append(_proof(cell, _label(cell, agencies), values.get(cell, ""), row, where, asked_of))
    behind = {deal for result in review.results for deal in result.deals} | {
        deal for finding in review.findings for deal in finding.deals
    }
    behind |= {item.deal_id for items in review.left_out.values() for item in items}
    rows = {row["deal_id"]: row for row in dataset.rows("deals")}
    asked: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for cell, found in sorted(questions.items(), key=lambda item: item[0].named):
        if cell in cells:
            asked[_deal(cell)] += [(row["question_id"], row["prompt"]) for row in found]
    return {
        deal: _dossier(deal, rows.get(deal, {}), tuple(proofs.get(deal, ())), tuple(asked.get(deal, ()))) for deal in sorted(behind)
    }  # fmt: skip


def questions_of(dossiers: Iterable[Dossier]) -> dict[str, str]:
    """The text of each open question about values of some deals, by its id."""
    return {number: text for dossier in dossiers for number, text in dossier.questions}


def _dossier(
    deal_id: str, row: Mapping[str, str], proofs: tuple[Proof, ...], asked: tuple[tuple[str, str], ...]
) -> Dossier:
    return Dossier(
        deal_id, row.get("deal_name") or deal_id, row.get("market", ""), row.get("total_amount", ""), proofs, asked
    )


def _cells(review: Review) -> set[DatasetCell]:
    used = {cell for result in review.results for cell in result.cells}
    return used | {cell for view in review.lines.values() for line in view for cell in line.cells}


def _deal(cell: DatasetCell) -> str:
    """The deal of a cell: every table of deals has it first in its key."""
    return cell.key[0]


def _values(dataset: Dataset, cells: set[DatasetCell]) -> dict[DatasetCell, str]:
    found: dict[DatasetCell, str] = {}
    for table in sorted({cell.table for cell in cells}):
        columns = {cell.column for cell in cells if cell.table == table}
        for row in dataset.rows(table):
            found |= {cell_of(table, row, column): row[column] for column in columns}
    return found


def _evidence(dataset: Dataset, cells: set[DatasetCell]) -> dict[DatasetCell, list[Row]]:
    """The proof of each cell: corrections first, then the document that speaks first; what a 更正 replaced comes last."""
    documents = {row["document_id"]: row for row in dataset.rows("documents")}
    replaced = {row["supersedes"] for row in documents.values()}

    def place(row: Row) -> tuple[int, bool, int]:
        kind = documents.get(row["document_id"], {}).get("kind", "")
        return _FIRST.get(row["status"], 1), row["document_id"] in replaced, authority(kind)

    found: dict[DatasetCell, list[Row]] = defaultdict(list)
    for row in dataset.rows("evidence"):
        cell = DatasetCell.told_by(row)
        if cell in cells:
            found[cell].append(row)
    return {cell: sorted(rows, key=place)[:2] for cell, rows in found.items()}


def _questions(dataset: Dataset) -> dict[DatasetCell, list[Row]]:
    found: dict[DatasetCell, list[Row]] = defaultdict(list)
    for row in dataset.rows("questions"):
        if row["state"] == "open":
            found[DatasetCell.told_by(row)].append(row)
    return found


def _proof(cell: DatasetCell, label: Words, value: str, row: Row, where: tuple[str, Path | str], question: str) -> Proof:
    """One reading of a cell; `where` is the document's name and place."""
    page = int(row["page"] or 0)
    return Proof(label, value, row["text"] or row["derivation"], where[0], link(where[1], page), page, question, cell)


def _label(cell: DatasetCell, agencies: Mapping[str, str]) -> Words:
    """What the cell is: its part of the deal, and the column as the contract describes it."""
    spec = contract.table(cell.table)
    parts = [
        Words(agencies.get(part, part), agencies.get(part, part)) if name == "agency_id" else words(name, part)
        for name, part in zip(spec.key, cell.key, strict=False)
        if part and name not in _UNSAID
    ]
    if cell.column not in _SAID_BY_KEY:
        own = spec.column(cell.column)
        parts.append(Words(own.zh.rstrip("。"), own.en.rstrip(".")))
    return joined(tuple(parts), " ", " ")


def link(place: Path | str, page: int) -> str:
    """An address that opens a document at a page; '' where its place is not known."""
    text = str(place)
    if not text:
        return ""
    address = text if "://" in text else Path(text).resolve().as_uri()
    return f"{address}#page={page}" if page else address
