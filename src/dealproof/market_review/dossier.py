"""What is known of each deal behind a review: its values as printed, with document and page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from dealproof import contract
from dealproof.dataset.build import Dataset, Row
from dealproof.market_review.wording import joined
from dealproof.metrics.dataset_index import authority
from dealproof.metrics.model import Cell, Review, Words
from dealproof.metrics.vocabulary import words

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
    cell: Cell


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
    for cell in sorted(cells):
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
    for cell, found in sorted(questions.items()):
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


def _cells(review: Review) -> set[Cell]:
    used = {cell for result in review.results for cell in result.cells}
    return used | {cell for view in review.lines.values() for line in view for cell in line.cells}


def _deal(cell: Cell) -> str:
    """The deal of a cell: every table of deals has it first in its key."""
    return cell[1].split("|")[0]


def _values(dataset: Dataset, cells: set[Cell]) -> dict[Cell, str]:
    found: dict[Cell, str] = {}
    for table in sorted({cell[0] for cell in cells}):
        key = contract.table(table).key
        columns = {cell[2] for cell in cells if cell[0] == table}
        for row in dataset.rows(table):
            joined = "|".join(row[name] for name in key)
            found |= {(table, joined, column): row[column] for column in columns}
    return found


def _evidence(dataset: Dataset, cells: set[Cell]) -> dict[Cell, list[Row]]:
    """The proof of each cell: corrections first, then the document that speaks first; what a 更正 replaced comes last."""
    documents = {row["document_id"]: row for row in dataset.rows("documents")}
    replaced = {row["supersedes"] for row in documents.values()}

    def place(row: Row) -> tuple[int, bool, int]:
        kind = documents.get(row["document_id"], {}).get("kind", "")
        return _FIRST.get(row["status"], 1), row["document_id"] in replaced, authority(kind)

    found: dict[Cell, list[Row]] = defaultdict(list)
    for row in dataset.rows("evidence"):
        cell = (row["table"], row["key"], row["column"])
        if cell in cells:
            found[cell].append(row)
    return {cell: sorted(rows, key=place)[:2] for cell, rows in found.items()}


def _questions(dataset: Dataset) -> dict[Cell, list[Row]]:
    found: dict[Cell, list[Row]] = defaultdict(list)
    for row in dataset.rows("questions"):
        if row["state"] == "open":
            found[row["table"], row["key"], row["column"]].append(row)
    return found


def _proof(cell: Cell, label: Words, value: str, row: Row, where: tuple[str, Path | str], question: str) -> Proof:
    """One reading of a cell; `where` is the document's name and place."""
    page = int(row["page"] or 0)
    return Proof(label, value, row["text"] or row["derivation"], where[0], link(where[1], page), page, question, cell)


def _label(cell: Cell, agencies: Mapping[str, str]) -> Words:
    """What the cell is: its part of the deal, and the column as the contract describes it."""
    table, key, column = cell
    spec = contract.table(table)
    parts = [
        Words(agencies.get(part, part), agencies.get(part, part)) if name == "agency_id" else words(name, part)
        for name, part in zip(spec.key, key.split("|"), strict=False)
        if part and name not in _UNSAID
    ]
    if column not in _SAID_BY_KEY:
        own = spec.column(column)
        parts.append(Words(own.zh.rstrip("。"), own.en.rstrip(".")))
    return joined(tuple(parts), " ", " ")


def link(place: Path | str, page: int) -> str:
    """An address that opens a document at a page; '' where its place is not known."""
    text = str(place)
    if not text:
        return ""
    address = text if "://" in text else Path(text).resolve().as_uri()
    return f"{address}#page={page}" if page else address
