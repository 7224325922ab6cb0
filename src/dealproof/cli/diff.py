"""`dealproof diff`: two exports in, every changed cell out with its cause."""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dealproof.cli.common import Debug
from dealproof.cli.render import wide_console
from dealproof.errors import UsageError

if TYPE_CHECKING:
    from rich.table import Table as Grid

    from dealproof.export.diff import Change, Difference

_COLUMNS = ("table", "key", "change", "column", "before", "after", "cause")
_LONGEST = 120
#: Columns that say in words what a row is about; for these tables the others are shown by csv and json only.
_TELLING = {"questions": ("kind", "prompt"), "checks": ("rule", "outcome")}


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the text: a changed cell, or a row that came or went."""

    key: str
    what: str
    change: str
    cause: str


def diff(
    a: Annotated[Path, typer.Argument(metavar="A", help="Folder of the earlier export.")],
    b: Annotated[Path, typer.Argument(metavar="B", help="Folder of the later export, in any format.")],
    format_: Annotated[str, typer.Option("--format", help="text, csv or json.")] = "text",
    table: Annotated[list[str] | None, typer.Option(help="Only this table; may be given several times.")] = None,
    limit: Annotated[int, typer.Option(min=0, help="Most lines shown as text; 0 shows all.")] = 200,
    debug: Debug = False,
) -> None:
    """Show what changed between two exports, and through which document or mapping row.

    Example: dealproof diff last-week/ out/ --table tranches
    """
    from dealproof import api

    if format_ not in _FORMS:
        raise UsageError(f"There is no format {format_!r}.", f"Formats are: {', '.join(_FORMS)}.")
    difference = api.diff(a, b, table or [])
    _FORMS[format_](difference, limit)
    typer.echo(_summary(difference), err=True)


def _summary(difference: Difference) -> str:
    if not difference.changes:
        return "No difference."
    rows = difference.rows()
    tables = len({change.table for change in difference.changes})
    return (
        f"{_plural(rows['added'], 'row')} added, {rows['removed']} removed, {rows['changed']} changed "
        f"in {_plural(tables, 'table')}"
    )


def _plural(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _as_csv(difference: Difference, _: int) -> None:
    from dealproof.mappings.sheet import no_formula

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for item in difference.changes:
        cells = (item.table, item.key_text, item.kind, item.column, item.before, item.after, _cause([item]))
        writer.writerow(map(no_formula, cells))


def _as_json(difference: Difference, _: int) -> None:
    typer.echo(json.dumps([_record(item) for item in difference.changes], ensure_ascii=False, indent=2))


def _record(item: Change) -> dict[str, object]:
    from dealproof import contract
    from dealproof.export.diff_causes import identity

    return {
        "table": item.table,
        "key": dict(zip(identity(contract.table(item.table)), item.key, strict=True)),
        "change": item.kind,
        "column": item.column,
        "before": item.before,
        "after": item.after,
        "causes": [asdict(cause) for cause in item.causes],
    }


def _as_text(difference: Difference, limit: int) -> None:
    from rich.text import Text

    console = wide_console()
    left = total = 0
    for table, changes in groupby(difference.changes, key=lambda item: item.table):
        own = list(changes)
        lines = _lines(own, difference)
        room = max(limit - total, 0) if limit else len(lines)
        total += len(lines)
        left += max(len(lines) - room, 0)
        if room:
            console.print(Text(f"{table}  {_counted(own)}", style="bold"))
            console.print(_grid(lines[:room]))
            console.print()
    if left:
        typer.echo(f"… {_plural(left, 'more line')}; --limit 0 shows all.")


def _counted(changes: Iterable[Change]) -> str:
    rows = Counter(kind for _, kind in {(item.key, item.kind) for item in changes})
    return ", ".join(f"{rows[kind]} {kind}" for kind in ("added", "removed", "changed") if rows[kind])


def _grid(lines: Iterable[_Line]) -> Grid:
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid("key", "column", "before → after", "cause", box=None, pad_edge=False)
    for line in lines:
        grid.add_row(*map(Text, (line.key, line.what, line.change, line.cause)))
    return grid


def _lines(changes: Iterable[Change], difference: Difference) -> list[_Line]:
    lines: list[_Line] = []
    for (key, kind), members in groupby(changes, key=lambda item: (item.key, item.kind)):
        cells = list(members)
        name = "|".join(_named(part, difference) for part in key)
        if kind == "changed":
            lines += [_Line(name, c.column, _before_after(c, difference), _cause([c])) for c in cells]
        else:
            lines.append(_Line(name, f"row {kind}", _content(cells, difference), _cause(cells)))
    return lines


def _before_after(item: Change, difference: Difference) -> str:
    before, after = (_short(_named(text, difference)) or "missing" for text in (item.before, item.after))
    return f"{before} → {after}"


def _content(cells: Sequence[Change], difference: Difference) -> str:
    filled = [(cell.column, cell.after or cell.before) for cell in cells if cell.column]
    telling = _TELLING.get(cells[0].table)
    shown = [f"{name} {_named(text, difference)}" for name, text in filled if not telling or name in telling]
    return _short(", ".join(shown))


def _named(text: str, difference: Difference) -> str:
    """A document by the name of its file, since nobody knows it by its number."""
    return difference.file_names.get(text, text)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _cause(cells: Iterable[Change]) -> str:
    return "; ".join(dict.fromkeys(cause.words for cell in cells for cause in cell.causes))


_FORMS: dict[str, Callable[[Difference, int], None]] = {"text": _as_text, "csv": _as_csv, "json": _as_json}
