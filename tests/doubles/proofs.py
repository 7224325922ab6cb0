"""Whether every value of a dataset has its proof, asked of the dataset as it is delivered."""

from __future__ import annotations

from collections.abc import Iterator

from dealproof import contract
from dealproof.dataset.build import Dataset
from dealproof.tables.damage import PROGRAM_ERROR

#: Tables that speak about the dataset, the files or the institutions instead of stating figures of a deal.
ABOUT = frozenset({"documents", "institutions", "evidence", "checks", "coverage", "questions"})

#: The unit of a value is proven in the evidence of the value itself (`unit_text`, `unit_from`); how a name was
#: matched is our own word, and that it was not is an open question.
WITH_ITS_VALUE = frozenset({"unit", "match"})


def unproven(dataset: Dataset) -> Iterator[str]:
    """Values without evidence, and evidence without a page or a document that was read."""
    documents = {row["document_id"]: row for row in dataset.rows("documents")}
    proven = {(row["table"], row["key"], row["column"]) for row in dataset.rows("evidence")}
    for row in dataset.rows("evidence"):
        if row["table"] in ABOUT:
            continue
        where = f"{row['table']} {row['key']} {row['column']}"
        document = documents.get(row["document_id"])
        if document is None or document["status"] not in ("ok", "partial"):
            yield f"{where}: its document was not read"
        elif row["status"] == "disclosed" and not 1 <= int(row["page"] or 0) <= int(document["pages"]):
            yield f"{where}: page {row['page']} of {document['pages']}"
        elif row["status"] == "disclosed" and not row["text"].strip():
            yield f"{where}: no printed text"
    for spec in contract.tables():
        if spec.name in ABOUT:
            continue
        for row in dataset.rows(spec.name):
            key = "|".join(row[name] for name in spec.key)
            for column in spec.columns:
                if (
                    not column.key
                    and column.name not in WITH_ITS_VALUE
                    and row[column.name]
                    and (spec.name, key, column.name) not in proven
                ):
                    yield f"{spec.name} {key} {column.name}: {row[column.name]} has no evidence"


def program_errors(dataset: Dataset) -> Iterator[str]:
    """Questions about tables that were lost because our own code failed on them."""
    return (row["prompt"] for row in dataset.rows("questions") if PROGRAM_ERROR in row["prompt"])
