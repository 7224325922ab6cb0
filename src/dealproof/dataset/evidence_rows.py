"""The `evidence` table: one row per reading, whether or not the dataset shows it."""

from __future__ import annotations

from collections.abc import Iterable

from dealproof.dataset.format_values import clean, write, write_coordinate
from dealproof.dataset.readings import Reading

Row = dict[str, str]


def evidence_rows(readings: Iterable[Reading]) -> list[Row]:
    """Return the proof of every reading; one place that proves a cell once is printed once."""
    rows = {tuple(row.values()): row for row in map(_row, readings)}
    return list(rows.values())


def _row(item: Reading) -> Row:
    proof = item.evidence
    return {
        "table": item.table,
        "key": item.key_text,
        "column": item.column,
        "document_id": item.document_id,
        "page": write(proof.page) if proof else "",
        "x0": write_coordinate(proof.box.x0) if proof else "",
        "top": write_coordinate(proof.box.top) if proof else "",
        "x1": write_coordinate(proof.box.x1) if proof else "",
        "bottom": write_coordinate(proof.box.bottom) if proof else "",
        "text": clean(proof.text) if proof else "",
        "unit_text": clean(proof.unit_text) if proof else "",
        "unit_from": proof.unit_from if proof else "",
        "reader": proof.reader if proof else "",
        "derivation": clean(item.derivation),
        "status": item.origin,
        "confidence": _confidence(item),
    }


def _confidence(item: Reading) -> str:
    """Of recognised text only; what the file spells out is not a matter of confidence."""
    proof = item.evidence
    return f"{proof.confidence:.3f}" if proof is not None and proof.reader == "ocr" else ""
