"""Which cell is to blame where identities fail, and what it must have been for all of them to hold.

A cell is suspected for every failing identity that one other value of it would mend, and cleared for every holding
identity that this value would break. Of two that explain as much, the one is named whose mending value looks like a known
mistake: one digit misread, 万元 for 元, a sign, the figure of the row or column beside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal, localcontext

from dealproof.model.cell import DatasetCell
from dealproof.reconcile.equations import residual
from dealproof.reconcile.identity import Checked
from dealproof.reconcile.mistakes import Mistake, likely_mistakes
from dealproof.reconcile.values import Figure, Figures

_MORE = Decimal("1.000001")
#: A breach of what held counts for more than one mend: identities that hold are evidence.
_BROKEN_WEIGHT = 2


@dataclass(frozen=True, slots=True)
class Suspect:
    """A cell that may be wrong: the failing identities that `value` would mend, those it would break, and how the
    mistake would have come about ('' where it looks like none that is known)."""

    cell: DatasetCell
    value: Decimal
    mends: tuple[Checked, ...]
    breaks: tuple[Checked, ...]
    mistake: str

    @property
    def weight(self) -> int:
        """How much speaks for it."""
        return len(self.mends) - _BROKEN_WEIGHT * len(self.breaks)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Failing identities that hang together, and who is to blame, likeliest first (nobody where only orders fail)."""

    failing: tuple[Checked, ...]
    suspects: tuple[Suspect, ...]


def doubts(figures: Figures, checked: Sequence[Checked]) -> list[Doubt]:
    """Return every group of failing identities that share cells, with its suspects."""
    by_cell: dict[DatasetCell, list[Checked]] = {}
    for item in checked:
        if item.outcome != "not_evaluable":
            for cell in item.tie.cells:
                by_cell.setdefault(cell, []).append(item)
    return [Doubt(tuple(group), _suspects(figures, group, by_cell)) for group in _groups(checked)]


def confirmed_cells(figures: Figures, checked: Iterable[Checked]) -> set[DatasetCell]:
    """The cells whose value an identity leaves no room to differ: it holds without any rounding, or no other value
    that could be printed there would make it hold."""
    found: set[DatasetCell] = set()
    with localcontext() as context:
        context.prec = 34
        for item in checked:
            if not item.tie.shape.is_equation or item.outcome not in ("holds", "within_rounding"):
                continue
            found |= {
                cell
                for cell in item.tie.cells
                if (item.outcome == "holds" and item.left) or _is_tight(figures, cell, item)
            }
    return found


def _is_tight(figures: Figures, cell: DatasetCell, item: Checked) -> bool:
    allowed = _range(figures, cell, item)
    return allowed is not None and allowed.high - allowed.low < 2 * (figures.by_cell[cell].step or Decimal(1))


def _groups(checked: Iterable[Checked]) -> list[list[Checked]]:
    """Failing identities by connection: two belong together when they share a cell."""
    groups: list[tuple[set[DatasetCell], list[Checked]]] = []
    for item in (c for c in checked if c.fails):
        cells, members = set(item.tie.cells), [item]
        apart: list[tuple[set[DatasetCell], list[Checked]]] = []
        for known, others in groups:
            if known & cells:
                cells |= known
                members = [*others, *members]
            else:
                apart.append((known, others))
        groups = [*apart, (cells, members)]
    return [members for _, members in groups]


def _suspects(figures: Figures, failing: Sequence[Checked], by_cell: dict[DatasetCell, list[Checked]]) -> tuple[Suspect, ...]:
    cells = dict.fromkeys(cell for item in failing if item.tie.shape.is_equation for cell in item.tie.cells)
    with localcontext() as context:
        context.prec = 34
        found = [suspect for cell in cells if (suspect := _suspect(figures, cell, by_cell[cell])) is not None]
    return tuple(sorted(found, key=lambda s: (-s.weight, not s.mistake, len(s.breaks), s.cell)))


def _suspect(figures: Figures, cell: DatasetCell, ties: Sequence[Checked]) -> Suspect | None:
    """The best case that can be made against one cell."""
    failing = [item for item in ties if item.fails and item.tie.shape.is_equation]
    ranges = [found for item in failing if (found := _range(figures, cell, item)) is not None]
    cases = [_case(figures, cell, mistake, ties) for mistake in _values(figures, cell, ranges)]
    return max(cases, key=lambda s: (s.weight, bool(s.mistake)), default=None)


@dataclass(frozen=True, slots=True)
class _Range:
    """The values of a cell with which one identity would hold."""

    low: Decimal
    high: Decimal

    @property
    def middle(self) -> Decimal:
        return (self.low + self.high) / 2

    def holds(self, value: Decimal, blur: Decimal = Decimal(0)) -> bool:
        return self.low - blur <= value <= self.high + blur


def _range(figures: Figures, cell: DatasetCell, item: Checked) -> _Range | None:
    look = _with(figures, cell, figures.by_cell[cell].value)
    middle = item.tie.shape.solve(cell, look)
    if middle is None:
        return None
    step = figures.by_cell[cell].step or Decimal(1)
    slope = abs(
        residual(item.tie.shape, _with(figures, cell, middle + step))
        - residual(item.tie.shape, _with(figures, cell, middle))
    )
    if not slope:
        return None
    at = _with(figures, cell, middle)
    width = item.tie.shape.tolerance(at) * step / slope * _MORE
    return _Range(middle - width, middle + width)


def _values(figures: Figures, cell: DatasetCell, ranges: Sequence[_Range]) -> Iterator[Mistake]:
    """Values worth trying: mistakes that would explain the print, and what the narrowest identity asks for."""
    if not ranges:
        return
    common = _Range(max(r.low for r in ranges), min(r.high for r in ranges))
    wanted = [common] if common.low <= common.high else sorted(ranges, key=lambda r: r.high - r.low)
    figure = figures.by_cell[cell]
    for target in wanted[:3]:
        explained = [m for m in likely_mistakes(figures, figure) if target.holds(m.value, _coarser(m, figure))]
        yield from sorted(explained, key=lambda mistake: abs(mistake.value - target.middle))[:4]
        yield Mistake(_on_grid(target, figure), figure.step, "")


def _coarser(mistake: Mistake, figure: Figure) -> Decimal:
    """How much less exact the figure would be: 41.84万元 is known to 50 元 only."""
    return max(mistake.step - figure.step, Decimal(0)) / 2


def _on_grid(target: _Range, figure: Figure) -> Decimal:
    """The value nearest the middle that can be printed with the figure's digits."""
    step = figure.step or Decimal(1)
    nearest = (target.middle / step).quantize(Decimal(1), ROUND_HALF_EVEN) * step
    if target.holds(nearest):
        return nearest
    for rounding in (ROUND_FLOOR, ROUND_CEILING):
        value = (target.middle / step).quantize(Decimal(1), rounding) * step
        if target.holds(value):
            return value
    return nearest


def _case(figures: Figures, cell: DatasetCell, mistake: Mistake, ties: Sequence[Checked]) -> Suspect:
    look = _with(figures, cell, mistake.value, mistake.step)
    held = {id(item): abs(residual(item.tie.shape, look)) <= item.tie.shape.tolerance(look) for item in ties}
    mends = tuple(item for item in ties if item.fails and held[id(item)])
    breaks = tuple(item for item in ties if not item.fails and not held[id(item)])
    return Suspect(cell, mistake.value, mends, breaks, mistake.name)


def _with(figures: Figures, cell: DatasetCell, value: Decimal, step: Decimal | None = None) -> Callable[[DatasetCell], Figure]:
    """Look-up in which one cell has another value, and its last digit another worth where `step` is given."""
    own = figures.by_cell[cell]
    other = Figure(cell, value, own.step if step is None else step, own.document_id, own.page)

    def look(wanted: DatasetCell) -> Figure:
        return other if wanted == cell else figures.by_cell[wanted]

    return look
