"""Real PDFs damaged as transfers, disks and editors damage them; the same seed gives the same files."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path

Harm = Callable[[random.Random, bytes, bytes], bytes]


def mutants(samples: Sequence[Path], seed: int) -> Iterator[tuple[str, bytes]]:
    """Damaged samples without end: name (number, kind of damage, sample) and content."""
    contents = [(path.stem, path.read_bytes()) for path in sorted(samples)]
    kinds = list(HARMS.items())
    for number in count(seed):
        chance = random.Random(number)
        name, content = chance.choice(contents)
        kind, harm = kinds[number % len(kinds)]
        yield f"{number:06}-{kind}-{name}.pdf", harm(chance, content, chance.choice(contents)[1])


def _flip(chance: random.Random, content: bytes, _: bytes) -> bytes:
    out = bytearray(content)
    for _n in range(chance.choice((1, 3, 10, 50, 200))):
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)


def _span(chance: random.Random, content: bytes) -> tuple[int, int]:
    begin = chance.randrange(len(content))
    return begin, min(len(content), begin + chance.choice((1, 16, 256, 4096, len(content) // 4 + 1)))


def _cut(chance: random.Random, content: bytes, _: bytes) -> bytes:
    begin, end = _span(chance, content)
    return content[:begin] + content[end:]


def _cut_tail(chance: random.Random, content: bytes, _: bytes) -> bytes:
    return content[: chance.randrange(1, len(content))] + chance.choice((b"", b"\n%%EOF\n"))


def _splice(chance: random.Random, content: bytes, other: bytes) -> bytes:
    begin, end = _span(chance, content)
    first, last = _span(chance, other)
    return content[:begin] + other[first:last] + content[end:]


def _double(chance: random.Random, content: bytes, _: bytes) -> bytes:
    begin, end = _span(chance, content)
    return content[:end] + content[begin:end] + content[end:]


def _blank(chance: random.Random, content: bytes, _: bytes) -> bytes:
    begin, end = _span(chance, content)
    return content[:begin] + bytes(end - begin) + content[end:]


def _digits(chance: random.Random, content: bytes, _: bytes) -> bytes:
    """Other digits outside the packed streams: lengths, places, references, sizes of boxes."""
    places = [place for place, byte in enumerate(content) if 48 <= byte <= 57]
    out = bytearray(content)
    for place in chance.sample(places, min(len(places), chance.choice((1, 5, 25)))):
        out[place] = 48 + chance.randrange(10)
    return bytes(out)


HARMS: dict[str, Harm] = {
    "flip": _flip, "cut": _cut, "tail": _cut_tail, "splice": _splice, "double": _double, "blank": _blank,
    "digits": _digits,
}  # fmt: skip
