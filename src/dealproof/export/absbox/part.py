"""A piece of an input for AbsBox: values, the cells they come from, the rules that were applied, and what is lacking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dealproof.export.absbox.cells import StatedCell
from dealproof.export.absbox.exact_json import Json


@dataclass(frozen=True, slots=True)
class Assumed:
    """An input that the dataset does not state and a rule sets. `input` is a JSON pointer (RFC 6901) into `deal`."""

    input: str
    rule: str


@dataclass(frozen=True, slots=True)
class Missing:
    """What keeps a deal from being written: the input, `table.column` that would give it, its row, and why."""

    input: str
    wanted: str
    key: str
    why: str


@dataclass(frozen=True, slots=True)
class Part:
    """`cited` names for each JSON pointer into `deal` the cells that its value rests on."""

    value: dict[str, Json] = field(default_factory=dict)
    cited: Mapping[str, tuple[StatedCell, ...]] = field(default_factory=dict)
    assumed: tuple[Assumed, ...] = ()
    missing: tuple[Missing, ...] = ()


def pointer(*steps: str | int) -> str:
    """A JSON pointer to an input."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)


def lacking(place: str, cell: StatedCell, why: str = "not stated by any document at hand") -> Missing:
    """What is missing, told by the cell that would give it."""
    return Missing(place, f"{cell.cell.table}.{cell.cell.column}", cell.cell.key_text, why)


def joined(parts: Iterable[Part]) -> Part:
    """One part of several; each brings its own keys of `deal`."""
    value: dict[str, Json] = {}
    cited: dict[str, tuple[StatedCell, ...]] = {}
    assumed: list[Assumed] = []
    missing: list[Missing] = []
    for part in parts:
        value |= part.value
        cited |= part.cited
        assumed += part.assumed
        missing += part.missing
    return Part(value, cited, tuple(assumed), tuple(missing))
