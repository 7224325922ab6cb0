"""Frozen dataclasses to compressed JSON and back, by their type hints alone. Decimals and dates become text, tuples lists.

How a type is written or built is worked out once and kept as a function, because a store holds many small values.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import types
import zlib
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
_SCALARS: frozenset[Any] = frozenset({str, int, float, bool, type(None)})
Step = Callable[[Any], Any]


def to_json(value: object) -> Any:
    """Return a value that the json module can write. Raises TypeError for a type that has no place in a store."""
    kind: Any = type(value)
    return value if kind in _SCALARS else _writer(kind)(value)


@cache
def _writer(kind: Any) -> Step:
    if dataclasses.is_dataclass(kind):
        return _dataclass_writer(kind)
    if issubclass(kind, tuple | list):
        return lambda items: [to_json(item) for item in items]
    if issubclass(kind, Decimal):
        return lambda value: {"decimal": str(value)}
    if issubclass(kind, date):
        return lambda value: {"date": value.isoformat()}
    if issubclass(kind, tuple(_SCALARS)):
        return _same
    raise TypeError(f"{kind.__name__} cannot be stored")


def _dataclass_writer(kind: Any) -> Step:
    getters = [(field.name, attrgetter(field.name)) for field in dataclasses.fields(kind)]
    return lambda value: {name: to_json(get(value)) for name, get in getters}


def from_json(kind: type[T], data: Any) -> T:
    """Rebuild a value of `kind` from what `to_json` gave. Raises ValueError or KeyError when it does not fit."""
    hints: Any = kind
    return _builder(hints)(data)  # type: ignore[no-any-return]  # the hints of `kind` decide


@cache
def _builder(kind: Any) -> Step:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _union_builder(get_args(kind))
    if origin is tuple:
        return _tuple_builder(get_args(kind))
    if dataclasses.is_dataclass(kind):
        return _dataclass_builder(kind)
    if isinstance(kind, type) and issubclass(kind, tuple):
        return _named_tuple_builder(kind)
    return _same if origin is Literal or kind in _SCALARS else _scalar


def _dataclass_builder(kind: Any) -> Step:
    hints = get_type_hints(kind)
    every = [(field.name, _builder(hints[field.name])) for field in dataclasses.fields(kind)]
    steps = [(name, step) for name, step in every if step is not _same]
    if not steps:
        return lambda data: kind(**data)
    return lambda data: kind(**{**data, **{name: step(data[name]) for name, step in steps if name in data}})


def _tuple_builder(inner: tuple[Any, ...]) -> Step:
    steps = [_builder(part) for part in inner if part is not Ellipsis]
    if len(inner) == 2 and inner[1] is Ellipsis:
        step = steps[0]
        return tuple if step is _same else lambda data: tuple([step(item) for item in data])
    if all(step is _same for step in steps):
        return tuple
    return lambda data: tuple([step(item) for step, item in zip(steps, data, strict=True)])


def _named_tuple_builder(kind: Any) -> Step:
    steps = [_builder(hint) for hint in get_type_hints(kind).values()]
    return lambda data: kind(*[step(item) for step, item in zip(steps, data, strict=True)])


def _union_builder(kinds: tuple[Any, ...]) -> Step:
    records: list[Any] = [kind for kind in kinds if dataclasses.is_dataclass(kind)]
    record = _builder(records[0]) if records else _scalar
    return lambda data: record(data) if isinstance(data, dict) and not _is_scalar(data) else _scalar(data)


def _scalar(data: Any) -> Any:
    if not isinstance(data, dict):
        return data
    if "decimal" in data:
        return Decimal(data["decimal"])
    return date.fromisoformat(data["date"])


def _is_scalar(data: dict[str, Any]) -> bool:
    return len(data) == 1 and ("decimal" in data or "date" in data)


def _same(data: Any) -> Any:
    return data


def pack(value: object) -> bytes:
    """Return a value as compressed JSON; the same value gives the same bytes. Long tuples of a record are written piece by
    piece: all of a document's pages as JSON would take several times the memory of the pages."""
    packer = zlib.compressobj(3)
    packed = [packer.compress(piece.encode(errors="surrogatepass")) for piece in _pieces(value)]
    return b"".join([*packed, packer.flush()])


def _pieces(value: object) -> Iterator[str]:
    if not dataclasses.is_dataclass(value):
        yield _text(value)
        return
    between = "{"
    for field in dataclasses.fields(value):
        held = getattr(value, field.name)
        yield f'{between}"{field.name}": '
        between = ", "
        if type(held) is tuple:
            yield "["
            for number, item in enumerate(held):
                yield f"{', ' if number else ''}{_text(item)}"
            yield "]"
        else:
            yield _text(held)
    yield "}" if between == ", " else "{}"


def _text(value: object) -> str:
    return json.dumps(to_json(value), ensure_ascii=False)


def unpack(kind: type[T], content: bytes) -> T | None:
    """Rebuild a value of `kind`; None for content that is damaged or something else: making it anew is always right."""
    data: Any
    try:
        data = json.loads(zlib.decompress(content).decode(errors="surrogatepass"))
        return from_json(kind, data)
    except (zlib.error, ValueError, KeyError, TypeError, ArithmeticError):
        return None


def stamp(content: bytes) -> str:
    """Name a packed value; another value has another name."""
    return hashlib.blake2b(content, digest_size=12).hexdigest()
