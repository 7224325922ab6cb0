"""A dataset whose rows are kept in parts: a table is put together when somebody asks for it, an export without any in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import IO

from dealproof import contract
from dealproof.contract import TableSpec
from dealproof.dataset.dataset import Dataset
from dealproof.dataset.rows import in_order
from dealproof.export.csv_rows import rows_of_lines
from dealproof.model.cell import Row
from dealproof.runs.part_blocks import HEAVY, Block, Head
from dealproof.runs.shelf import Member, Shelf, ShelfError
from dealproof.runs.spool import Spool


@dataclass(frozen=True, slots=True)
class Held:
    """One part of a dataset: its name and key, and where its rows stand."""

    member: Member
    head: Head


class Tables(Mapping[str, tuple[Row, ...]]):
    """The tables of a dataset that is kept in parts. `anew` builds all of it should something that is kept be damaged."""

    def __init__(self, shelf: Shelf, parts: Sequence[Held], anew: Callable[[], Dataset]) -> None:
        self._shelf, self._parts, self._anew = shelf, parts, anew
        self._known: dict[str, tuple[Row, ...]] = {}
        self._whole: Dataset | None = None

    def __getitem__(self, table: str) -> tuple[Row, ...]:
        """The rows of a table in order. Raises KeyError if the contract has no such table."""
        if table in self._known:
            return self._known[table]
        rows = self._rows(contract.table(table))
        if table not in HEAVY:  # most of the memory of a dataset, for whoever asked just now
            self._known[table] = rows
        return rows

    def __iter__(self) -> Iterator[str]:
        return (spec.name for spec in contract.tables())

    def __len__(self) -> int:
        return len(contract.tables())

    def count(self, table: str) -> int:
        """How many rows a table has."""
        return sum(block.count for part in self._parts for block in part.head.blocks if block.table == table)

    def named(self, table: str, column: str) -> Iterator[str]:
        """What parts name in a column outside themselves."""
        for part in self._parts:
            for one, other, names in part.head.strangers:
                if (one, other) == (table, column):
                    yield from names

    def lines(self, wanted: Callable[[Block], bool], *, heavy: bool) -> Iterator[tuple[Held, Block, bytes]]:
        """The blocks that are wanted, each with the text in which its lines stand. Raises ShelfError where one is damaged."""
        chosen = [(part, own) for part in self._parts if (own := [block for block in part.head.blocks if wanted(block)])]
        for (part, blocks), text in zip(chosen, self._shelf.texts((part.member for part, _ in chosen), heavy=heavy), strict=True):
            for block in blocks:
                yield part, block, text

    def spooled(self) -> Spool | None:
        """All lines, laid down to be written; None where something was damaged: then all is built anew."""
        spool = Spool(self._shelf.folder)
        try:
            for heavy in (False, True):
                for _, block, text in self.lines(lambda block, heavy=heavy: block.is_heavy == heavy, heavy=heavy):  # type: ignore[misc]
                    spool.add(block, text)
        except ShelfError:
            spool.close()
            self._build_anew()
            return None
        return spool

    def _rows(self, spec: TableSpec) -> tuple[Row, ...]:
        if self._whole is None:
            try:
                return in_order(spec, self._parsed(spec))
            except (ShelfError, ValueError):
                self._build_anew()
        assert self._whole is not None
        return self._whole.rows(spec.name)

    def _parsed(self, spec: TableSpec) -> list[Row]:
        rows: list[Row] = []
        for part, block, text in self.lines(lambda block: block.table == spec.name, heavy=spec.name in HEAVY):
            order = next(columns for name, columns in part.head.orders if name == spec.name)
            rows += rows_of_lines(spec, text[block.start : block.end].decode(), order)
        return rows

    def _build_anew(self) -> None:
        self._shelf.throw_away()
        self._whole = self._anew()


@dataclass(frozen=True)
class KeptDataset(Dataset):
    """A dataset that is kept in parts."""

    kept: Tables | None = field(default=None, compare=False, repr=False)

    @classmethod
    def of(cls, kept: Tables) -> KeptDataset:
        """The dataset of tables that are kept."""
        return cls(MappingProxyType(kept), kept)

    def count(self, table: str) -> int:
        """Return how many rows a table has."""
        return self._kept.count(table)

    def finds_all(self, table: str, column: str, key: str) -> bool:
        """As of any dataset; parts find what is their own."""
        known = {row[key] for row in self.rows(contract.table(table).column(column).refers)}
        return all(name in known for name in self._kept.named(table, column))

    def write_lines(self, opened: Callable[[str], IO[bytes]]) -> bool:
        """As of any dataset: the lines are at hand unless they are damaged."""
        spool = self._kept.spooled()
        if spool is None:
            return False
        with spool:
            for spec in contract.tables():
                with opened(spec.name) as out:
                    spool.write(spec, out)
        return True

    @property
    def _kept(self) -> Tables:
        assert self.kept is not None
        return self.kept
