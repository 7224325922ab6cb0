"""What every parser of a printed value gives back: the value, an honest nothing, or a refusal with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Parsed(Generic[T]):
    """A value read from the whole of `text`; `flags` name what was set aside (footnote, inclusive, …)."""

    value: T
    text: str
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Nothing:
    """The document says that there is no value. `meaning`: not_applicable, not_disclosed, or none (a bare dash)."""

    text: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The text cannot be read as the wanted kind of value; `reason` is for people."""

    text: str
    reason: str
