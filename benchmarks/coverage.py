"""Whether `not_disclosed` is ever said of a field that gold finds in that very document.

    python benchmarks/coverage.py GOLD OUT PDFS

GOLD holds `<table>.csv` in the form of the dataset, `_source` naming the files that print a row (joined by `;`); OUT is a
dataset as CSV, PDFS the folder of its documents. A row that several files print need not have each of its columns in each of
them: there the value is looked for in the text of the file, and a file without text counts as one that states it. Prints the states by count, every `not_found` that no open question asks for, and every contradiction;
ends with exit code 1 where there is any of the last two.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pypdfium2

from dealproof import contract

Row = dict[str, str]


def main(gold: Path, out: Path, pdfs: Path) -> int:
    """Print what is found; returns the exit code."""
    names = {row["document_id"]: row["file_name"] for row in _rows(out / "documents.csv")}
    coverage = _rows(out / "coverage.csv")
    print("  ".join(f"{state} {count}" for state, count in sorted(Counter(row["state"] for row in coverage).items())))
    silent = [row for row in coverage if row["state"] == "not_found" and not _asked(row, _rows(out / "questions.csv"))]
    denied = [row for row in coverage if row["state"] == "not_disclosed"]
    wrong = [(row, found) for row in denied for found in _stated(row, gold, pdfs / names[row["document_id"]])]
    for row in silent:
        print(f"not asked: {row['field']} of {names[row['document_id']]}")
    for row, found in wrong:
        print(f"stated all the same: {row['field']} of {names[row['document_id']]}: {found}")
    print(
        f"not_disclosed {len(denied)}, of these stated all the same {len(wrong)}; not_found without a question {len(silent)}"
    )
    return 1 if wrong or silent else 0


def _asked(row: Row, questions: list[Row]) -> bool:
    """Whether an open question speaks of the field's table in that document, or of a page of it as such."""
    tables = ("", row["field"].partition(".")[0])
    return any(
        item["document_id"] == row["document_id"] and item["table"] in tables and item["state"] == "open"
        for item in questions
    )


def _stated(row: Row, gold: Path, pdf: Path) -> Iterator[str]:
    """The cells of gold that this document prints for the field, in its own period where it has one."""
    table, _, part = row["field"].partition(".")
    spec = contract.table(table)
    is_metric = "metric" in spec.key and part in spec.column("metric").vocabulary
    for found in _rows(gold / f"{table}.csv"):
        own = found["document_id"] == row["document_id"] if "document_id" in found else pdf.name in _sources(found)
        period = found.get("period_no", "")
        if not own or (is_metric and found["metric"] != part) or (period and row["period_no"] not in ("", period)):
            continue
        column = "value" if is_metric else part
        if column and found.get(column, "") in ("", "*"):
            continue
        if not column or len(_sources(found)) == 1 or _prints(pdf, found[column]):
            yield " ".join(
                value for name, value in found.items() if name in (*spec.key[1:], column) and len(value) < 64
            )


def _prints(pdf: Path, value: str) -> bool:
    """Whether the text of a file holds a value in one of the forms in which it may be printed."""
    text = _text(pdf)
    if not text:
        return True
    forms: set[str] = set()
    for one in value.split("|"):
        forms.add(one)
        if re.fullmatch(r"[\d.]+", one):
            forms |= {f"{(Decimal(one) / unit).normalize():f}" for unit in (1, 10_000, 100_000_000)}
        elif day := re.fullmatch(r"(\d{4})-0?(\d+)-0?(\d+)", one):
            year, month, number = day.groups()
            forms |= {f"{year}年{month}月{number}日", f"{year}/{month}/{number}", f"{year}.{month}.{number}"}
    return any(re.search(rf"(?<![\d.]){re.escape(form)}0*(?!\d)", text) for form in forms)


@cache
def _text(pdf: Path) -> str:
    """The text of all pages without commas and white space."""
    document = pypdfium2.PdfDocument(pdf)
    return re.sub(r"[\s,]", "", "".join(page.get_textpage().get_text_range() for page in document))


def _sources(row: Row) -> list[str]:
    return row.get("_source", "").split(";")


def _rows(path: Path) -> list[Row]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    sys.exit(main(*map(Path, sys.argv[1:])))
