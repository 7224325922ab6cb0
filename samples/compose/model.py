"""What a composed table is: figures with their meaning, content before it is laid out, cells of a grid."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

#: What a figure may be. `years` is a term in years, printed in years, months or days.
SORTS = ("money", "pct", "count", "years", "date", "text")


@dataclass(frozen=True)
class Fact:
    """One value of the dataset: table, the key columns without document_id, column, and the value as the dataset writes it."""

    table: str
    key: tuple[tuple[str, str], ...]
    column: str
    value: str = ""


@dataclass(frozen=True)
class Figure:
    """One value of a table; `fact` says where the dataset holds it, None where it is no value of the contract."""

    sort: str
    value: Decimal | date | str | None
    fact: Fact | None = None
    counted: str = "笔"


@dataclass(frozen=True)
class Column:
    """A column of figures: its header from the outermost group to its own label."""

    path: tuple[str, ...]
    sort: str = "money"


@dataclass(frozen=True)
class Row:
    """A row of a matrix. `group` is what it stands under; `is_total` that it sums the rows above."""

    label: str
    figures: tuple[Figure, ...]
    group: str = ""
    is_total: bool = False


@dataclass(frozen=True)
class Matrix:
    """Rows by columns. `corner` heads the first column; `caption` is what stands above; `tables` are those of the contract."""

    kind: str
    caption: str
    corner: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    group_label: str = "类别"


@dataclass(frozen=True)
class Pairs:
    """Labels with one value each, in groups."""

    kind: str
    caption: str
    pairs: tuple[tuple[str, str, Figure], ...]


@dataclass(frozen=True)
class Blocks:
    """Labels with values once for each entity, such as a tranche."""

    kind: str
    caption: str
    blocks: tuple[tuple[str, tuple[tuple[str, Figure], ...]], ...]


Content = Matrix | Pairs | Blocks


@dataclass(frozen=True)
class Cell:
    """A cell of the grid. `role`: header, label, group, title, figure, text, total. `free`: its span is a matter of
    taste, as that of a label alone in its row, or of one above places that are blank because they would say the same."""

    row: int
    col: int
    text: str
    role: str
    row_span: int = 1
    col_span: int = 1
    free: bool = False


@dataclass(frozen=True)
class Sheet:
    """A grid ready to be laid out. `bands` are the rows before which something new begins; `headers` the leading header rows;
    `middle` rows in which the header stands again."""

    cells: tuple[Cell, ...]
    n_rows: int
    n_cols: int
    headers: int
    bands: tuple[int, ...] = ()
    middle: tuple[int, ...] = ()
    facts: tuple[Fact, ...] = ()

    def with_column_in_front(self, cells: tuple[Cell, ...]) -> Sheet:
        """The sheet with another first column."""
        moved = tuple(replace(cell, col=cell.col + 1) for cell in self.cells)
        return replace(self, cells=(*cells, *moved), n_cols=self.n_cols + 1)


@dataclass
class GoldTable:
    """A printed table: where, what it looks like, its grid and the facts that it states."""

    number: int
    kind: str
    page: int
    box: tuple[float, float, float, float]
    traits: dict[str, str]
    cells: list[dict[str, object]]
    facts: list[dict[str, object]]
    caption: str = ""


@dataclass
class GoldDocument:
    """A printed document."""

    file: str
    producer: str
    kind: str
    deal_id: str
    seed: int
    tables: list[GoldTable] = field(default_factory=list)
