"""The shapes that an identity can have, as equations or orders between cells of the dataset.

Each knows its two sides, the difference that rounding of the printed digits explains, and the value that one cell must
have for the others to be right. No shape is ever a strict sum: n printed figures may differ by n half units.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Protocol

from dealproof.model.cell import DatasetCell
from dealproof.reconcile.values import Figure

Look = Callable[[DatasetCell], Figure]
Terms = tuple[tuple[Decimal, DatasetCell], ...]
_ONE, _HUNDRED = Decimal(1), Decimal(100)


class Shape(Protocol):
    """What identities are made of."""

    @property
    def cells(self) -> tuple[DatasetCell, ...]:
        """Every cell that it ties, each once."""
        ...

    @property
    def is_equation(self) -> bool:
        """Whether it determines a cell from the others (an order does not)."""
        ...

    def sides(self, look: Look) -> tuple[Decimal, Decimal]:
        """The left and the right side."""
        ...

    def tolerance(self, look: Look) -> Decimal:
        """The greatest difference that rounding explains."""
        ...

    def solve(self, cell: DatasetCell, look: Look) -> Decimal | None:
        """The value with which `cell` would satisfy it, or None if it does not follow."""
        ...


@dataclass(frozen=True, slots=True)
class Sum:
    """Σ left = Σ right + constant, each term a factor and a cell. `slack` is allowed beside rounding."""

    left: Terms
    right: Terms
    constant: Decimal = Decimal(0)
    slack: Decimal = Decimal(0)

    is_equation = True

    @property
    def cells(self) -> tuple[DatasetCell, ...]:
        """Every cell that it ties."""
        return tuple(dict.fromkeys(cell for _, cell in (*self.left, *self.right)))

    def sides(self, look: Look) -> tuple[Decimal, Decimal]:
        """Both sums."""
        return _total(self.left, look), _total(self.right, look) + self.constant

    def tolerance(self, look: Look) -> Decimal:
        """Half a unit in the last place of each figure; of one figure printed twice, only what the coarser print hides."""
        if len(self.left) == len(self.right) == 1 and not self.constant:
            one, other = look(self.left[0][1]), look(self.right[0][1])
            return self.slack + (Decimal(0) if one.step == other.step else max(one.half, other.half))
        rounding = (abs(factor) * look(cell).half for factor, cell in (*self.left, *self.right))
        return sum(rounding, self.slack)

    def solve(self, cell: DatasetCell, look: Look) -> Decimal | None:
        """The cell from all others."""
        factor = sum((f for f, c in self.left if c == cell), Decimal(0)) - sum(
            (f for f, c in self.right if c == cell), Decimal(0)
        )
        left, right = self.sides(look)
        return look(cell).value + (right - left) / factor if factor else None


@dataclass(frozen=True, slots=True)
class Product:
    """one × other = result: an average times a number. Averages are often cut off, not rounded: a whole unit is allowed."""

    one: DatasetCell
    other: DatasetCell
    result: DatasetCell

    is_equation = True

    @property
    def cells(self) -> tuple[DatasetCell, ...]:
        """Every cell that it ties."""
        return self.one, self.other, self.result

    def sides(self, look: Look) -> tuple[Decimal, Decimal]:
        """Product and result."""
        return look(self.one).value * look(self.other).value, look(self.result).value

    def tolerance(self, look: Look) -> Decimal:
        """A unit of the average and half a unit of the number, each times the other, and the rounding of the result."""
        one, other, result = look(self.one), look(self.other), look(self.result)
        return abs(other.value) * one.step + abs(one.value) * other.half + result.half

    def solve(self, cell: DatasetCell, look: Look) -> Decimal | None:
        """A factor from the result, or the result."""
        one, other, result = (look(c).value for c in self.cells)
        if cell == self.result:
            return one * other
        divisor = other if cell == self.one else one
        return result / divisor if divisor else None


@dataclass(frozen=True, slots=True)
class Share:
    """share = 100 × part / Σ whole, in percent."""

    share: DatasetCell
    part: DatasetCell
    whole: Terms

    is_equation = True

    @property
    def cells(self) -> tuple[DatasetCell, ...]:
        """Every cell that it ties."""
        return tuple(dict.fromkeys((self.share, self.part, *(cell for _, cell in self.whole))))

    def sides(self, look: Look) -> tuple[Decimal, Decimal]:
        """The printed share and the computed one; a whole of nothing has no shares."""
        whole = _total(self.whole, look)
        return look(self.share).value, (_HUNDRED * look(self.part).value / whole if whole else Decimal(0))

    def tolerance(self, look: Look) -> Decimal:
        """Rounding of the share, and of part and whole carried through the division."""
        whole = abs(_total(self.whole, look))
        if not whole:
            return look(self.share).half
        part = look(self.part)
        blurred = sum((abs(factor) * look(cell).half for factor, cell in self.whole), Decimal(0))
        return look(self.share).half + _HUNDRED * (part.half + abs(part.value) * blurred / whole) / whole

    def solve(self, cell: DatasetCell, look: Look) -> Decimal | None:
        """Share from part and whole; part from share and whole; a summand of the whole."""
        share, part, whole = look(self.share).value, look(self.part).value, _total(self.whole, look)
        if cell == self.share:
            return _HUNDRED * part / whole if whole else None
        if cell == self.part and all(c != cell for _, c in self.whole):
            return share * whole / _HUNDRED
        factor = next((f for f, c in self.whole if c == cell), None)
        if cell == self.part or factor is None or not share:
            return None
        return look(cell).value + (_HUNDRED * part / share - whole) / factor


@dataclass(frozen=True, slots=True)
class Interest:
    """interest = opening × coupon in percent × years."""

    interest: DatasetCell
    opening: DatasetCell
    coupon: DatasetCell
    years: Decimal

    is_equation = True

    @property
    def cells(self) -> tuple[DatasetCell, ...]:
        """Every cell that it ties."""
        return self.interest, self.opening, self.coupon

    def sides(self, look: Look) -> tuple[Decimal, Decimal]:
        """What was paid, and what follows."""
        return look(self.interest).value, self._rate(look) * look(self.opening).value

    def tolerance(self, look: Look) -> Decimal:
        """A unit of what was paid, since it may be cut off, and the rounding of the balance. A coupon is exact."""
        return look(self.interest).step + abs(self._rate(look)) * look(self.opening).half

    def solve(self, cell: DatasetCell, look: Look) -> Decimal | None:
        """Interest from balance and coupon, or either of these from the interest."""
        paid, opening = look(self.interest).value, look(self.opening).value
        if cell == self.interest:
            return self._rate(look) * opening
        if cell == self.opening:
            return paid / self._rate(look) if self._rate(look) else None
        return _HUNDRED * paid / (opening * self.years) if opening and self.years else None

    def _rate(self, look: Look) -> Decimal:
        return look(self.coupon).value * self.years / _HUNDRED


@dataclass(frozen=True, slots=True)
class Order:
    """small ≤ big. It bounds cells but determines none."""

    small: DatasetCell
    big: DatasetCell
    slack: Decimal = Decimal(0)

    is_equation = False

    @property
    def cells(self) -> tuple[DatasetCell, ...]:
        """Both cells."""
        return self.small, self.big

    def sides(self, look: Look) -> tuple[Decimal, Decimal]:
        """The excess of the small over the big, and nothing."""
        return max(look(self.small).value - look(self.big).value, Decimal(0)), Decimal(0)

    def tolerance(self, look: Look) -> Decimal:
        """Rounding of both."""
        return look(self.small).half + look(self.big).half + self.slack

    def solve(self, cell: DatasetCell, look: Look) -> Decimal | None:
        """An order determines nothing."""
        return None


@dataclass(frozen=True, slots=True)
class Bounds:
    """low ≤ cell ≤ high."""

    cell: DatasetCell
    low: Decimal
    high: Decimal

    is_equation = False

    @property
    def cells(self) -> tuple[DatasetCell, ...]:
        """The one cell."""
        return (self.cell,)

    def sides(self, look: Look) -> tuple[Decimal, Decimal]:
        """The figure, and the bound that it oversteps (or itself)."""
        value = look(self.cell).value
        return value, min(max(value, self.low), self.high)

    def tolerance(self, look: Look) -> Decimal:
        """None: a bound is exact."""
        return Decimal(0)

    def solve(self, cell: DatasetCell, look: Look) -> Decimal | None:
        """A bound determines nothing."""
        return None


def plus(cells: Iterable[DatasetCell]) -> Terms:
    """Terms with the factor 1."""
    return tuple((_ONE, cell) for cell in cells)


def residual(shape: Shape, look: Look) -> Decimal:
    """Left minus right, with enough digits for money."""
    with localcontext() as context:
        context.prec = 34
        left, right = shape.sides(look)
        return left - right


def _total(terms: Terms, look: Look) -> Decimal:
    return sum((factor * look(cell).value for factor, cell in terms), Decimal(0))
