"""Blocks of lines laid down table by table, and written in the order of their tables without being held in memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import IO

from dealproof.contract import TableSpec
from dealproof.dataset.rows import in_order
from dealproof.export.csv_rows import csv_lines, rows_of_lines
from dealproof.runs.part_blocks import MIXED, Block

#: So many bytes of one section stay in memory, and so many are copied at a time.
_IN_MEMORY, _AT_ONCE = 1 << 18, 1 << 20
_Laid = tuple[str, int, int]


class Spool:
    """Lines of all tables. A section is what is put in order by itself: a table, the proofs of one table, the rows of a table
    whose id begins with the same letter."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = str(folder) if folder is not None else None
        self._files: dict[tuple[str, str], IO[bytes]] = {}
        self._laid: dict[tuple[str, str], list[_Laid]] = {}

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of what was laid down."""
        for file in self._files.values():
            file.close()

    def add(self, block: Block, text: bytes) -> None:
        """Lay down the lines of a block."""
        lines = text[block.start : block.end]
        if block.table not in MIXED:
            self._lay(block.table, block.place.partition("\0")[0] if "\0" in block.place else "", block.place, lines)
            return
        for line in _single(lines, block.count):
            first = line.partition(b",")[0].decode()
            self._lay(block.table, first[:1], first, line)

    def _lay(self, table: str, section: str, place: str, lines: bytes) -> None:
        key = table, section
        file = self._files.get(key)
        if file is None:
            file = self._files[key] = tempfile.SpooledTemporaryFile(_IN_MEMORY, dir=self._folder)  # noqa: SIM115  # `close` closes it
            self._laid[key] = []
        start = file.tell()
        file.write(lines)
        self._laid[key].append((place, start, start + len(lines)))

    def write(self, spec: TableSpec, out: IO[bytes]) -> None:
        """Write all lines of a table in its order."""
        for key in sorted(key for key in self._files if key[0] == spec.name):
            file = self._files[key]
            for start, end, several in _runs(sorted(self._laid[key])):
                if several is None:
                    _copy(file, start, end, out)
                else:
                    out.write(_merged(spec, b"".join(_bytes(file, *each) for each in several)))


def _single(lines: bytes, count: int) -> Iterator[bytes]:
    """The lines of rows one by one; a cell may hold ends of lines itself."""
    found = lines.splitlines(keepends=True) if lines.count(b"\n") == count and b"\r" not in lines else _quoted(lines)
    yield from found


def _quoted(lines: bytes) -> Iterator[bytes]:
    line = b""
    for piece in lines.split(b"\n")[:-1]:
        line += piece + b"\n"
        if line.count(b'"') % 2 == 0:
            yield line
            line = b""


def _runs(laid: Iterable[_Laid]) -> Iterator[tuple[int, int, list[tuple[int, int]] | None]]:
    """Stretches of a file that are copied as they are, and places that several blocks share, which are put in order."""
    run: tuple[int, int] | None = None
    for _, group in groupby(laid, lambda item: item[0]):
        blocks = [(start, end) for _, start, end in group]
        if len(blocks) == 1 and run is not None and run[1] == blocks[0][0]:
            run = run[0], blocks[0][1]
            continue
        if run is not None:
            yield *run, None
            run = None
        if len(blocks) == 1:
            run = blocks[0]
        else:
            yield 0, 0, blocks
    if run is not None:
        yield *run, None


def _merged(spec: TableSpec, lines: bytes) -> bytes:
    return csv_lines(spec, in_order(spec, rows_of_lines(spec, lines.decode(), spec.column_names))).encode()


def _bytes(file: IO[bytes], start: int, end: int) -> bytes:
    file.seek(start)
    return file.read(end - start)


def _copy(file: IO[bytes], start: int, end: int, out: IO[bytes]) -> None:
    file.seek(start)
    while start < end:
        piece = file.read(min(_AT_ONCE, end - start))
        out.write(piece)
        start += len(piece)
