"""One identity applied to certain cells, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from dealproof.reconcile.equations import Shape
from dealproof.reconcile.values import Cell, Figures

Severity = Literal["error", "warning", "info"]
Outcome = Literal["holds", "within_rounding", "fails", "not_evaluable"]


@dataclass(frozen=True, slots=True)
class Tie:
    """Cells that an identity ties. `document_id` is empty where it reaches across documents."""

    shape: Shape
    deal_id: str
    document_id: str = ""
    period_no: str = ""

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell that it ties."""
        return self.shape.cells


@dataclass(frozen=True, slots=True)
class Identity:
    """An identity (勾稽关系) as data: name, what must hold in Chinese and English, and where its cells are found.

    `severity` is that of a failure: `error` means a value or unit is wrong, `warning` that it often has a reason.
    """

    name: str
    zh: str
    en: str
    severity: Severity
    find: Callable[[Figures], Iterator[Tie]]


@dataclass(frozen=True, slots=True)
class Checked:
    """An identity tried on certain cells. Left and right are None where an operand is missing."""

    identity: Identity
    tie: Tie
    outcome: Outcome
    left: Decimal | None = None
    right: Decimal | None = None
    residual: Decimal | None = None
    tolerance: Decimal | None = None

    @property
    def fails(self) -> bool:
        """Whether it does not hold, rounding allowed for."""
        return self.outcome == "fails"
