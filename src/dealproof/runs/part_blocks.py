"""The rows of a part of the documents as they are kept: the lines of a CSV export, in blocks that are put together with others.

A block holds the rows of one table that stand together in its order whatever the other parts hold: those of a deal, those
whose key begins with a deal. Rows of tables that are ordered by digests stand among those of others (`MIXED`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from dealproof import contract
from dealproof.contract import TableSpec
from dealproof.dataset.rows import in_order
from dealproof.export.csv_rows import csv_lines
from dealproof.model.cell import Row

#: Tables with most of the bytes: kept apart, so that who asks for others need not read them.
HEAVY = frozenset({"evidence", "checks"})
#: Tables in the order of an id that tells nothing of the deal; the id is the first column, and no two rows share it.
MIXED = frozenset({"documents", "checks"})
#: Tables whose rows speak of rows of others by table and key.
_TELLING = frozenset({"evidence", "questions"})
_BETWEEN, _AFTER_TABLE = "|", "\0"


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of a table: where they stand in the order of all (`place`), how many there are, and which bytes of the text."""

    table: str
    place: str
    count: int
    start: int
    end: int

    @property
    def is_heavy(self) -> bool:
        """Whether it stands in the heavy text."""
        return self.table in HEAVY


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of the rows of a part: its blocks; `orders` are the columns of each table in the order of its rows, `strangers` values of columns that refer to a deal,
    document or institution outside the part, by table and column.
    """

    blocks: tuple[Block, ...]
    orders: tuple[tuple[str, tuple[str, ...]], ...]
    strangers: tuple[tuple[str, str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Packed:
    """The rows of a part as text, the light tables and the heavy ones."""

    head: Head
    light: bytes
    heavy: bytes


def packed(tables: Mapping[str, Sequence[Row]]) -> Packed:
    """Put the rows of a part in order and write their lines. Raises ValueError where rows of a table have unlike columns."""
    blocks: list[Block] = []
    texts: dict[bool, list[bytes]] = {False: [], True: []}
    sizes = {False: 0, True: 0}
    orders: list[tuple[str, tuple[str, ...]]] = []
    for spec in contract.tables():
        rows = in_order(spec, tables.get(spec.name, ()))
        if not rows:
            continue
        orders.append((spec.name, _order(spec, rows)))
        heavy = spec.name in HEAVY
        for place, some in groupby(rows, lambda row, spec=spec: place_of(spec, row)):  # type: ignore[misc]
            own = list(some)
            lines = csv_lines(spec, own).encode()
            blocks.append(Block(spec.name, place, len(own), sizes[heavy], sizes[heavy] + len(lines)))
            texts[heavy].append(lines)
            sizes[heavy] += len(lines)
    head = Head(tuple(blocks), tuple(orders), tuple(_strangers(tables)))
    return Packed(head, b"".join(texts[False]), b"".join(texts[True]))


def head_text(head: Head) -> str:
    """A head as it is kept: lists, since there are very many of them."""
    blocks = [[each.table, each.place, each.count, each.start, each.end] for each in head.blocks]
    return json.dumps([blocks, head.orders, head.strangers], ensure_ascii=False)


def head_from(text: str) -> Head:
    """The head that was kept. Raises ValueError or TypeError for any other text."""
    blocks, orders, strangers = json.loads(text)
    return Head(
        tuple(Block(*each) for each in blocks), tuple((name, tuple(columns)) for name, columns in orders),
        tuple((table, column, tuple(names)) for table, column, names in strangers),
    )  # fmt: skip


def place_of(spec: TableSpec, row: Row) -> str:
    """Where a row stands in the order of all rows of its table, as far as blocks are concerned.

    All keys that begin with `A|` stand together, between those that do not; keys without the sign stand for themselves.
    """
    if spec.name in _TELLING:
        first, sign, _ = row["key"].partition(_BETWEEN)
        return f"{row['table']}{_AFTER_TABLE}{first}{sign}"
    return "" if spec.name in MIXED else row[spec.key[0]]


def _order(spec: TableSpec, rows: Iterable[Row]) -> tuple[str, ...]:
    orders = {tuple(row) for row in rows}
    if len(orders) > 1:
        raise ValueError(f"rows of {spec.name} have their columns in {len(orders)} orders")
    return next(iter(orders))


def _strangers(tables: Mapping[str, Sequence[Row]]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for spec in contract.tables():
        for column in spec.references:
            (key,) = contract.table(column.refers).key
            own = {row[key] for row in tables.get(column.refers, ())}
            named = {row[column.name] for row in tables.get(spec.name, ())} - own - {""}
            if named:
                yield spec.name, column.name, tuple(sorted(named))
