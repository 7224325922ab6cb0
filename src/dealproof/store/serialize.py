"""Frozen dataclasses to JSON and back, by their type hints alone. Decimals and dates become text, tuples lists."""

from __future__ import annotations

import dataclasses
import types
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
_SCALARS = (str, int, float, bool, type(None))


def to_json(value: object) -> Any:
    """Return a value that the json module can write. Raises TypeError for a type that has no place in a store."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, _SCALARS):
        return value
    raise TypeError(f"{type(value).__name__} cannot be stored")


def from_json(kind: type[T], data: Any) -> T:
    """Rebuild a value of `kind` from what `to_json` gave. Raises ValueError or KeyError when it does not fit."""
    return _build(kind, data)  # type: ignore[no-any-return]  # the hints of `kind` decide


def _build(kind: Any, data: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _union(get_args(kind), data)
    if origin is Literal:
        return data
    if origin is tuple:
        inner = get_args(kind)
        if len(inner) == 2 and inner[1] is Ellipsis:
            return tuple(_build(inner[0], item) for item in data)
        return tuple(_build(part, item) for part, item in zip(inner, data, strict=True))
    if isinstance(data, dict) and set(data) == {"decimal"}:
        return Decimal(data["decimal"])
    if isinstance(data, dict) and set(data) == {"date"}:
        return date.fromisoformat(data["date"])
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: _build(hints[name], item) for name, item in data.items()})
    return data


def _union(kinds: tuple[Any, ...], data: Any) -> Any:
    if data is None:
        return None
    if isinstance(data, dict) and set(data) not in ({"decimal"}, {"date"}):
        return _build(next(kind for kind in kinds if dataclasses.is_dataclass(kind)), data)
    return _build(object, data)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)
