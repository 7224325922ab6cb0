"""The index of a list without one of its institutions, made from the index of the whole list instead of anew."""

from __future__ import annotations

from collections import ChainMap, Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from itertools import pairwise
from typing import Any

from dealproof.institutions.index import Dated, Index
from dealproof.institutions.words import WHOLE_REGISTERS


class WholeList:
    """An index, and what must be known of it to take one institution out."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._holders = Counter(pair for a in index.anatomies for pair in set(pairwise(a.core)))

    def without(self, place: int) -> Index:
        """The index as `build_index` makes it of the other institutions, whose places stay as they are.

        Raises ValueError where a register is whole with this institution only: the index must be made anew.
        """
        index, gone = self.index, self.index.anatomies[place]
        left = index.sizes[gone.family] - 1
        if gone.family in WHOLE_REGISTERS and left < WHOLE_REGISTERS[gone.family].holders <= left + 1:
            raise ValueError(f"without {gone.text} the register is not whole")
        tables: dict[str, Any] = {
            name: _Without(table, place) for name, table in tables_of(index).items() if name != "sizes"
        }
        own = (gone.family, gone.stem)
        if own not in tables["stems"] and (freed := self._shrinking_to(*own)):
            tables["shrunk"] = ChainMap({own: freed}, tables["shrunk"])
        lost = frozenset("".join(pair) for pair in pairwise(gone.core) if self._holders[pair] == 1)
        return replace(index, **tables, sizes={**index.sizes, gone.family: left}, bigrams=index.bigrams - lost)

    def _shrinking_to(self, family: str, stem: str) -> tuple[int, ...]:
        """Others that may be written as short as this stem, which only its own holder kept from them."""
        named = self.index.family_stems[family]
        return tuple(at for small, at in named if small == stem and self.index.anatomies[at].stem != stem)


def tables_of(index: Index) -> dict[str, Mapping[Any, Any]]:
    """All look-ups of an index by their names."""
    values = {field.name: getattr(index, field.name) for field in fields(index)}
    return {name: value for name, value in values.items() if isinstance(value, Mapping)}


def place_of(value: Any) -> int:
    """The institution that a value of a look-up leads to: a place, a dated name, or a name and its place."""
    return int(value.entity if isinstance(value, Dated) else value[1] if isinstance(value, tuple) else value)


class _Without(Mapping[Any, tuple[Any, ...]]):
    """A look-up that never leads to one place; a key that led nowhere else is not in it."""

    def __init__(self, table: Mapping[Any, tuple[Any, ...]], place: int) -> None:
        self._table, self._place = table, place

    def __getitem__(self, key: Any) -> tuple[Any, ...]:
        rest = tuple(value for value in self._table[key] if place_of(value) != self._place)
        if not rest:
            raise KeyError(key)
        return rest

    def __iter__(self) -> Iterator[Any]:
        return (key for key in self._table if key in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)
