"""`dealproof schema`: what the columns of the dataset mean."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from dealproof.cli.common import Debug
from dealproof.cli.render import wide_console

if TYPE_CHECKING:
    from rich.console import Console

    from dealproof.export.describe import ColumnDescription, TableDescription


def schema(
    table: Annotated[str, typer.Argument(help="Name of one table; all tables when left out.")] = "",
    debug: Debug = False,
) -> None:
    """Explain the columns of the dataset.

    Example: dealproof schema performance
    """
    from dealproof.export.describe import describe

    _show(describe(table))


def _show(descriptions: Iterable[TableDescription]) -> None:
    """Tables of the contract with every column explained, and the words that it may hold, on stdout."""
    from rich.markup import escape
    from rich.table import Table

    console = wide_console()
    for table in descriptions:
        console.print(f"{table.name}  {table.en}  {table.zh}", highlight=False, markup=False, style="bold")
        grid = Table("column", "type", "unit", "meaning", "含义", box=None, pad_edge=False)
        for column in table.columns:
            name = f"{column.name} *" if column.key else column.name
            grid.add_row(*map(escape, (name, column.type, column.unit, column.en, column.zh)))
        console.print(grid)
        for column in table.columns:
            _show_words(column, console)
        console.print()


def _show_words(column: ColumnDescription, console: Console) -> None:
    from rich.markup import escape
    from rich.table import Table

    if any(word.zh for word in column.words):
        grid = Table(column.name, "meaning", "含义", box=None, pad_edge=False)
        for word in column.words:
            grid.add_row(*map(escape, (word.word, word.en, "、".join(word.zh))))
        console.print(grid)
    elif column.words:
        words = ", ".join(word.word for word in column.words)
        console.print(f"{column.name}: {words}", highlight=False, markup=False)
