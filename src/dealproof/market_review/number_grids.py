"""The numbers of a figure as a table of rows and columns, for spreadsheets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dealproof.market_review.figures import Figure
from dealproof.market_review.marks import ROW, Drawn, Mark
from dealproof.metrics.model import Words

#: Places after the point that a spreadsheet is given; more cannot be told apart there.
PLACES = 6
Value = str | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with one column of names and one for each series; `line` are columns drawn as a line of their own scale."""

    head: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    line: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Cloud:
    """Dots of one series: positions and heights. `joined` are drawn as a line without dots."""

    name: str
    points: tuple[tuple[Decimal | date, Decimal], ...]
    joined: bool = False


def both(text: Words) -> str:
    """A text in both languages, once where they are the same."""
    return text.zh if text.zh == text.en else f"{text.zh} {text.en}"


def grid(figure: Figure, drawn: Drawn) -> Grid:
    """Categories as rows, series as columns, in the order in which they are drawn."""
    marks = [mark for mark in drawn.marks if figure.kind != "nested" or mark.role == ROW]
    rows, columns = (_section, _member) if figure.kind == "nested" else (_category, _series)
    names = list(dict.fromkeys(rows(mark) for mark in marks))
    series = list(dict.fromkeys(columns(mark) for mark in marks))
    values = {(rows(mark), columns(mark)): rounded(mark.value) for mark in marks}
    extra = list(dict.fromkeys(mark.role for mark in drawn.lines if mark.role == "share"))
    shares = {both(mark.category): rounded(mark.value) for mark in drawn.lines if mark.role == "share"}
    table = tuple(
        (name, *(values.get((name, column)) for column in series), *(shares.get(name) for _ in extra)) for name in names
    )
    head = (both(figure.axis), *series, *("占比 Share (%)" for _ in extra))
    return Grid(head, table, tuple(range(len(series) + 1, len(head))))


def clouds(drawn: Drawn) -> tuple[Cloud, ...]:
    """The dots of each series, then the lines over them."""
    found: dict[str, list[tuple[Decimal | date, Decimal]]] = {}
    for mark in drawn.marks:
        if mark.x is not None:
            found.setdefault(both(mark.series), []).append((mark.x, rounded(mark.value)))
    lines: dict[str, list[tuple[Decimal | date, Decimal]]] = {}
    most = max((mark.x for mark in drawn.marks if isinstance(mark.x, Decimal)), default=Decimal(1))
    for mark in drawn.lines:
        if mark.role == "mean":
            lines[both(mark.label)] = [(Decimal(1), rounded(mark.value)), (most, rounded(mark.value))]
        elif mark.x is not None:
            lines.setdefault(both(mark.series), []).append((mark.x, rounded(mark.value)))
    dots = tuple(Cloud(name, tuple(sorted(points))) for name, points in found.items())
    return (*dots, *(Cloud(name, tuple(points), True) for name, points in lines.items()))


def rounded(value: Decimal) -> Decimal:
    """A value with as many places as a spreadsheet keeps, without zeros at its end."""
    return Decimal(f"{round(value, PLACES).normalize():f}")


def _category(mark: Mark) -> str:
    return both(mark.category)


def _series(mark: Mark) -> str:
    return both(mark.series).replace("\n", " ")


def _section(mark: Mark) -> str:
    return both(mark.series)


def _member(mark: Mark) -> str:
    return both(mark.category)
