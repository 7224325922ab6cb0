"""Holds what was read of a scan against what the native document says.

The native reading is the truth where it has no question: the tests hold native readings against gold. A value is known
by table, key and column; the document's id is left out of the key, and so is the deal's where each side has one deal.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from dealproof import contract
from dealproof.text import squeeze

Row = Mapping[str, str]
#: Table, key without the ids of document and deal, column.
Cell = tuple[str, tuple[str, ...], str]
#: Tables that are made of others.
MADE = frozenset({"institutions", "evidence", "checks", "coverage", "questions"})
#: Columns of `documents` that a document prints; the others tell of the file and its reading.
PRINTED = frozenset({"kind", "deal_id", "report_date", "period_no", "period_start", "period_end", "payment_date"})
#: Columns of other tables that follow from the rest of the row.
FOLLOWS = frozenset({"position", "reprinted", "match", "score", "institution_id"})
#: How the derivation of a value begins whose recognised text was mended.
MENDED = "recognised as"
#: Upper ends of the bins of confidence.
BINS = (0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.0)


@dataclass(frozen=True, slots=True)
class Value:
    """One value as read, with page and box of its proof, and how sure its recognition was (None where nobody says)."""

    text: str
    page: int = 0
    box: tuple[float, ...] = ()
    confidence: float | None = None
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """One value that is not as it should be: `kind` is wrong, missing or spurious."""

    kind: str
    cell: Cell
    wanted: str
    got: Value
    asked: str


@dataclass(slots=True)
class Score:
    """What became of the values of one or many documents. `figures` counts those that are numbers; `tables` whole ones.

    `sure` counts, for each bin of confidence, all values read and those that are right.
    """

    values: Counter[str] = field(default_factory=Counter)
    figures: Counter[str] = field(default_factory=Counter)
    tables: Counter[str] = field(default_factory=Counter)
    sure: dict[float, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    faults: list[Fault] = field(default_factory=list)
    questions: int = 0

    def add(self, other: Score) -> None:
        """Take in the score of another document."""
        for mine, theirs in ((self.values, other.values), (self.figures, other.figures), (self.tables, other.tables)):
            mine.update(theirs)
        for level, counts in other.sure.items():
            self.sure[level].update(counts)
        self.faults += other.faults
        self.questions += other.questions


def score(native: Mapping[str, Any], scan: Mapping[str, Any], pages: Sequence[int] = ()) -> Score:
    """Hold the reading of a scan (as `scan_reading` writes it) against the native one; `pages` narrows it to some pages."""
    result = Score()
    truth, read = _values(native["tables"]), _values(scan["tables"])
    doubted = {cell for cell, value in truth.items() if _asked(native["tables"]["questions"], cell, value.page)}
    printed = _printed_tables(truth, native["printed"])
    bad: set[int] = set()
    wanted = {c: v for c, v in truth.items() if c not in doubted and (not pages or v.page in pages or not v.page)}
    questions = [row for row in scan["tables"]["questions"] if row.get("state", "open") in ("open", "")]
    result.questions = len(questions)
    for cell, value in wanted.items():
        got = read.get(cell, Value(""))
        kind = "exact" if same(value.text, got.text) else "wrong" if got.text else "missing"
        _count(result, kind, cell, value.text, got, questions)
        if kind != "exact" and cell in printed:
            bad.add(printed[cell])
    for cell, got in read.items():
        if cell not in truth:
            _count(result, "spurious", cell, "", got, questions)
            bad |= {printed[c] for c, v in wanted.items() if c in printed and c[0] == cell[0] and v.page == got.page}
    whole = {printed[cell] for cell in wanted if cell in printed}
    result.tables.update(wanted=len(whole), exact=len(whole - bad))
    return result


def same(wanted: str, got: str) -> bool:
    """Whether two values are the same number or the same text."""
    try:
        return Decimal(wanted) == Decimal(got)
    except InvalidOperation:
        return squeeze(wanted) == squeeze(got)


def _count(result: Score, kind: str, cell: Cell, wanted: str, got: Value, questions: Sequence[Row]) -> None:
    asked = _asked(questions, cell, got.page) if kind in ("wrong", "spurious") else ""
    silent = kind in ("wrong", "spurious") and not asked
    for counts in (result.values, *([result.figures] if _is_number(wanted or got.text) else [])):
        counts.update(wanted=int(kind != "spurious"), silent=int(silent), page_only=int(asked == "page"), **{kind: 1})
    if kind != "exact":
        result.faults.append(Fault(kind, cell, wanted, got, asked))
    if got.confidence is not None and kind != "missing":
        level = next(end for end in BINS if got.confidence <= end)
        result.sure[level].update(read=1, exact=int(kind == "exact"), silent=int(silent))


def _values(tables: Mapping[str, Sequence[Row]]) -> dict[Cell, Value]:
    """The values of a dataset that are printed, not derived; with those whose print was mended, which may be right or wrong."""
    proofs: dict[tuple[str, str, str], Row] = {}
    for row in tables["evidence"]:
        if row["status"] == "disclosed" or row["derivation"].startswith(MENDED):
            proofs.setdefault((row["table"], row["key"], row["column"]), row)
    deals = {row["deal_id"] for row in tables["deals"]}
    found: dict[Cell, Value] = {}
    for spec in contract.tables():
        if spec.name in MADE:
            continue
        for row in tables[spec.name]:
            key = _key(spec.name, row, one_deal=len(deals) == 1)
            full = "|".join(row[name] for name in spec.key)
            for column in spec.column_names:
                proof = proofs.get((spec.name, full, column))
                wanted = column in PRINTED if spec.name == "documents" else proof and column not in FOLLOWS
                if wanted and row[column]:
                    found[spec.name, key, column] = _value(row[column], proof)
    return found


def _key(table: str, row: Row, one_deal: bool) -> tuple[str, ...]:
    spec = contract.table(table)
    left_out = {"document_id", *spec.decided, *(["deal_id"] if one_deal else [])}
    return tuple(row[name] for name in spec.key if name not in left_out)


def _value(text: str, proof: Row | None) -> Value:
    if proof is None:
        return Value(text)
    box = tuple(float(proof[side] or 0) for side in ("x0", "top", "x1", "bottom"))
    sure = proof.get("confidence", "")
    return Value(text, int(proof["page"] or 0), box, float(sure) if sure else None, proof["text"])


def _asked(questions: Iterable[Row], cell: Cell, page: int) -> str:
    """How near an open question comes to the cell: cell, row, table, page, or empty where nobody asks.

    What a document is as a whole stands on no page of the proof: any question about its pages is about that too.
    """
    table, key, column = cell
    order = ("cell", "row", "table", "page", "")
    found = ""
    for row in questions:
        level = ""
        if row["table"] == table:
            parts = row["key"].split("|")
            if not row["key"]:
                level = "table" if row["column"] in ("", column) else ""
            elif all(part in parts for part in key if part):
                level = "cell" if row["column"] == column else "row" if not row["column"] else ""
        of_page = page and row["page"] == str(page) and row["table"] in ("", table)
        if not level and (of_page or (table == "documents" and not row["table"])):
            level = "page"
        found = min(found, level, key=order.index)
    return found


def _printed_tables(truth: Mapping[Cell, Value], printed: Sequence[Sequence[float]]) -> dict[Cell, int]:
    """The number of the printed table that each value stands in; values of prose stand in none."""
    found: dict[Cell, int] = {}
    for cell, value in truth.items():
        if value.box:
            x, y = (value.box[0] + value.box[2]) / 2, (value.box[1] + value.box[3]) / 2
            for number, page, x0, top, x1, bottom in printed:
                if page == value.page and x0 - 1 <= x <= x1 + 1 and top - 1 <= y <= bottom + 1:
                    found[cell] = int(number)
                    break
    return found


def _is_number(text: str) -> bool:
    try:
        Decimal(text)
    except InvalidOperation:
        return False
    return True
