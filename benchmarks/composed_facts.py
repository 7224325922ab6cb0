"""What dealproof states of a composed document against what the document states, fact by fact.

right, asked (wrong or missing, with a question at the cell or about the table), silent (a wrong or spurious value without a question at its
cell), omitted (missing, and no question speaks of its table or stands at its place).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from samples.compose.grids import normal
from samples.compose.model import GoldDocument, GoldTable

ROOT = Path(__file__).parents[1]
#: Columns that composed tables state; what stands elsewhere in a row follows from them or from the text.
STATED = {
    "tranches": ("amount", "share_pct", "coupon_pct", "expected_maturity"), "tranche_payments": ("opening_balance", "principal_paid", "interest_paid", "closing_balance"),
    "delinquency": ("count", "count_share_pct", "balance", "balance_share_pct"), "performance": ("value",), "cash_flows": ("previous_amount", "amount"),
    "pool_stats": ("value",), "pool_distributions": ("amount", "amount_share_pct", "count", "count_share_pct"),
    "revolving_purchases": ("purchase_date", "purchase_amount", "cumulative_amount"),
}  # fmt: skip
Row = Mapping[str, str]


def judge_facts(path: Path, gold: GoldDocument, told: list[str] | None = None) -> dict[int, Counter[str]]:
    """For each table of a document how many facts are right, asked, silent and omitted; every fault is added to `told`."""
    return judge(_read(path), gold, told)


def _read(path: Path) -> Mapping[str, Sequence[Row]]:
    from dealproof.api import read_document
    from dealproof.dataset.build import build_dataset
    from dealproof.mappings.load import load_registry

    dataset = build_dataset([read_document(path, ROOT / "mappings")], load_registry(ROOT / "mappings"))
    return {name: list(rows) for name, rows in dataset.tables.items()}


def judge(tables: Mapping[str, Sequence[Row]], gold: GoldDocument, told: list[str] | None = None) -> dict[int, Counter[str]]:
    """As `judge_facts`, of a dataset that is there."""
    from dealproof import contract

    keys = {spec.name: tuple(spec.key) for spec in contract.tables()}
    told = [] if told is None else told
    found: dict[int, Counter[str]] = {table.number: Counter() for table in gold.tables}
    stated: set[tuple[str, str, str]] = set()
    for table in gold.tables:
        for fact in table.facts:
            kind, place, got = _verdict(fact, tables, keys, table)
            stated.update((str(fact["table"]), key, str(fact["column"])) for key in place)
            found[table.number][kind] += 1
            if kind != "right":
                told.append(f"{gold.file} table {table.number} {kind}: {fact['table']} {fact['key']} {fact['column']} is {fact['value']}, got {got}")
    follows = set(_following(gold))
    for name, columns in STATED.items():
        for row in tables[name]:
            key = _key(row, keys[name])
            if (name, row.get("metric", ""), row.get("value", "")) in follows:
                continue
            for column in columns:
                if not row[column] or (name, key, column) in stated or _derived(tables, name, key, column):
                    continue
                kind = "spurious, asked" if _asked(tables, name, key, column) else "silent"
                where = _whence(tables, name, key, column, gold)
                found[where][kind] += 1
                told.append(f"{gold.file} table {where} {kind}: {name} {key} {column} is stated nowhere, got {row[column]}")
    return found


def _following(gold: GoldDocument) -> Iterator[tuple[str, str, str]]:
    """What may be read from a total besides: loans and balance of the pool at the end of the period."""
    metrics = {"count": "pool_loan_count", "balance": "pool_closing_balance"}
    for table in gold.tables:
        for fact in table.facts:
            if fact["table"] == "delinquency" and "total" in str(fact["key"]) and fact["column"] in metrics:
                yield "performance", metrics[str(fact["column"])], str(fact["value"])


def _verdict(fact: Mapping[str, Any], tables: Mapping[str, Sequence[Row]], keys: Mapping[str, tuple[str, ...]], table: GoldTable) -> tuple[str, list[str], str]:
    name, column = str(fact["table"]), str(fact["column"])
    rows = [row for row in tables[name] if all(normal(row[part]) == normal(value) for part, value in fact["key"].items())]
    held = [_key(row, keys[name]) for row in rows if row[column]]
    if not held:
        spoken = any(q["table"] == name for q in _open(tables)) or _stands_at(tables, table)
        return ("asked" if spoken else "omitted"), [], ""
    values = [row[column] for row in rows if row[column]]
    if all(_equal(value, str(fact["value"])) for value in values):
        return "right", held, values[0]
    asked = all(_asked(tables, name, key, column) for key in held)
    return ("asked" if asked else "silent"), held, values[0]


def _key(row: Row, names: Sequence[str]) -> str:
    return "|".join(row[name] for name in names)


def _open(tables: Mapping[str, Sequence[Row]]) -> list[Row]:
    return [row for row in tables["questions"] if row["state"] == "open"]


def _asked(tables: Mapping[str, Sequence[Row]], name: str, key: str, column: str) -> bool:
    return any(q["table"] == name and q["key"] == key and q["column"] in ("", column) for q in _open(tables))


def _stands_at(tables: Mapping[str, Sequence[Row]], table: GoldTable) -> bool:
    """Whether a question stands inside the printed table."""
    left, top, right, bottom = table.box
    pages = {int(str(cell["page"])) for cell in table.cells}
    for question in _open(tables):
        if question["page"] and int(question["page"]) in pages and question.get("x0"):
            x0, y0, x1, y1 = (float(question[name]) for name in ("x0", "top", "x1", "bottom"))
            if int(question["page"]) != table.page or (x0 < right and x1 > left and y0 < bottom and y1 > top):
                return True
    return False


def _derived(tables: Mapping[str, Sequence[Row]], name: str, key: str, column: str) -> bool:
    rows = [row for row in tables["evidence"] if row["table"] == name and row["key"] == key and row["column"] == column]
    return all(row["status"] == "derived" for row in rows)


def _whence(tables: Mapping[str, Sequence[Row]], name: str, key: str, column: str, gold: GoldDocument) -> int:
    """The printed table in which a value was read; the first where that cannot be told."""
    for row in tables["evidence"]:
        if row["table"] == name and row["key"] == key and row["column"] == column and row["page"]:
            for table in gold.tables:
                pages = {int(str(cell["page"])) for cell in table.cells}
                inside = int(row["page"]) != table.page or table.box[1] - 2 <= float(row["top"] or 0) <= table.box[3] + 2
                if int(row["page"]) in pages and inside:
                    return table.number
    return gold.tables[0].number


def _equal(got: str, wanted: str) -> bool:
    try:
        return Decimal(got) == Decimal(wanted)
    except InvalidOperation:
        return got == wanted
