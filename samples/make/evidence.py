"""Where a figure of the gold is printed: pages found by searching the printed text, never by dealproof."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

MONEY = {
    "deals": ("total_amount",),
    "tranches": ("amount",),
    "delinquency": ("balance",),
    "tranche_payments": ("opening_balance", "interest_paid", "closing_balance"),
    "cash_flows": ("amount",),
    "revolving_purchases": ("purchase_amount",),
    "pool_distributions": ("amount",),
}
NAMES = {"parties": ("name",)}
SCALES = (1, 10_000, 100_000_000)
NARROW = str.maketrans("０１２３４５６７８９，．", "0123456789,.")
FEWEST_DIGITS = 6  # shorter figures stand in too many places to prove anything


def pages_of(path: Path) -> list[str]:
    """The text of every page of a PDF, full-width figures made narrow; cells stay apart by their white space."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    return [page.get_textpage().get_text_range().translate(NARROW) for page in document]


def known_pages(
    tables: Mapping[str, list[dict[str, str]]], keys: Mapping[str, tuple[str, ...]], ids: Mapping[str, str],
    texts: Mapping[str, list[str]],
) -> Iterator[dict[str, str]]:  # fmt: skip
    """Rows for `evidence.csv`: values that stand on a single page of a document named as their source.

    The size of a tranche that is a balance of the same document too is left out: which of the two is printed there, nothing tells.
    """
    balances = {
        (row["tranche"], row[column], file)
        for row in tables.get("tranche_payments", [])
        for column in ("opening_balance", "closing_balance")
        for file in row["_source"].split(";")
    }
    for table, columns in {**MONEY, **NAMES}.items():
        for row in tables.get(table, []):
            for file in row["_source"].split(";"):
                for column in columns:
                    if table == "tranches" and (row["tranche"], row[column], file) in balances:
                        continue
                    found = _found(row[column], texts[file], table in MONEY)
                    if found:
                        page, text = found
                        yield {
                            "table": table, "key": ";".join(f"{name}={row[name]}" for name in keys[table]), "column": column,
                            "document_id": ids[file], "file_name": file, "pages": str(page), "text": text,
                        }  # fmt: skip


def _found(value: str, pages: list[str], money: bool) -> tuple[int, str] | None:
    """The one page on which any printing of the value stands; None where it stands on several or on none."""
    hits: dict[int, str] = {}
    for text in _printings(value) if money else [value]:
        if not text or (money and len(re.sub(r"\D", "", text)) < FEWEST_DIGITS):
            continue
        for number, page in enumerate(pages, start=1):
            if re.search(rf"(?<![\d,.]){re.escape(text)}(?![\d,])", page) if money else text in re.sub(r"\s", "", page):
                hits.setdefault(number, text)
    return next(iter(hits.items())) if len(hits) == 1 else None


def _printings(value: str) -> Iterator[str]:
    if not re.fullmatch(r"\d+(\.\d+)?", value):
        return
    for scale in SCALES:
        yield f"{Decimal(value) / scale:,.2f}"
