"""One value as compressed JSON: what the store keeps of extracts and facts."""

from __future__ import annotations

import hashlib
import json
import zlib
from typing import Any, TypeVar

from dealproof.store.serialize import from_json, to_json

T = TypeVar("T")


def pack(value: object) -> bytes:
    """Return a value as compressed JSON; the same value gives the same bytes."""
    return zlib.compress(json.dumps(to_json(value), ensure_ascii=False).encode(errors="surrogatepass"), 3)


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
