"""The five institutions that a person should look at when no rule may decide. Likeness ranks, it never accepts.

Measures are added up: rapidfuzz's ratio and Jaro-Winkler on names without legal form, shared characters weighed
by how rare they are (a shared 稠 says more than a shared 银), and, among the first of these, likeness of sound.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel, JaroWinkler

from dealproof.institutions.anatomy import dissect
from dealproof.institutions.index import Index
from dealproof.institutions.script import plain, sound

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

SHOWN = 5
_BLOCK = 500
#: How many of the most similar names are compared by sound.
_HEARD = 24


@dataclass(frozen=True, slots=True)
class Candidate:
    """An institution that resembles a mention: likeness 0 to 100, and its name with what differs marked."""

    institution_id: str
    legal_name: str
    score: float
    marked: str


class Ranking:
    """Ranks the institutions of an index by likeness. Reading it in takes a moment, so it is kept by its user."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def best(self, mentions: Sequence[str], shown: int = SHOWN) -> list[tuple[int, ...]]:
        """Return for each plain mention the places of the most similar institutions, best first."""
        found: list[tuple[int, ...]] = []
        for start in range(0, len(mentions), _BLOCK):
            cores = [_core(text) for text in mentions[start : start + _BLOCK]]
            scores = self._likeness(cores)
            found += [self._first(core, row, shown) for core, row in zip(cores, scores, strict=True)]
        return found

    def _likeness(self, cores: list[str]) -> Floats:
        import numpy as np  # takes a tenth of a second: only where a person is to be helped

        names = self._forms[0]
        ratio = process.cdist(cores, names, scorer=fuzz.ratio, dtype=np.float32, workers=-1)
        winkler = process.cdist(cores, names, scorer=JaroWinkler.similarity, dtype=np.float32, workers=-1)
        rare = np.stack([self._shared(core) for core in cores])
        total: Floats = ratio + 100 * winkler + 200 * rare
        return total

    def _shared(self, core: str) -> Floats:
        """The weight of the characters shared with each name, over the mean of both weights."""
        import numpy as np

        letters, weights, totals = self._letters
        shared = np.zeros(len(self._forms[0]), dtype=np.float32)
        own = 0.0
        for letter in set(core):
            weight = weights.get(letter, self._rarest)
            own += weight
            if letter in letters:
                shared[letters[letter]] += weight
        result: Floats = shared / np.maximum(0.7 * own + 0.3 * totals, 1e-6)
        return result

    def _first(self, core: str, row: Floats, shown: int) -> tuple[int, ...]:
        import numpy as np

        names, owners = self._forms
        near = np.argpartition(-row, min(_HEARD, len(row) - 1))[:_HEARD]
        heard = {int(i): float(row[i]) + fuzz.ratio(sound(core), sound(names[i])) for i in near}
        order = sorted(heard, key=lambda i: (-heard[i], i))
        return tuple(dict.fromkeys(owners[i] for i in order))[:shown]

    @cached_property
    def _forms(self) -> tuple[list[str], list[int]]:
        """Every form under which an institution may resemble a mention, and whose it is."""
        index = self._index
        pairs: dict[tuple[str, int], None] = {}
        for place, entity in enumerate(index.entities):
            names = (entity.legal_name, entity.short_name, entity.name_en, *(n.name for n in entity.former_names))
            pairs.update(dict.fromkeys((_core(plain(name)), place) for name in names if name))
        return [name for name, _ in pairs], [place for _, place in pairs]

    @cached_property
    def _letters(self) -> tuple[dict[str, Any], dict[str, float], Floats]:
        import numpy as np

        names = self._forms[0]
        where: dict[str, list[int]] = {}
        for place, name in enumerate(names):
            for letter in set(name):
                where.setdefault(letter, []).append(place)
        weights = {letter: math.log((1 + len(names)) / len(places)) for letter, places in where.items()}
        totals = np.array([sum(weights[letter] for letter in set(name)) for name in names], dtype=np.float32)
        return {letter: np.array(places) for letter, places in where.items()}, weights, totals

    @property
    def _rarest(self) -> float:
        return math.log(1 + len(self._forms[0]))


def describe(mention: str, places: Iterable[int], index: Index) -> tuple[Candidate, ...]:
    """Describe ranked institutions for a person."""
    text = plain(mention)
    return tuple(
        Candidate(
            index.entities[place].institution_id,
            index.entities[place].legal_name,
            round(fuzz.ratio(text, index.anatomies[place].text), 1),
            mark_differences(text, index.anatomies[place].text),
        )
        for place in places
    )


def mark_differences(mention: str, name: str) -> str:
    """Return `name` with the characters that `mention` lacks in 【】, and in 〔〕 those that only `mention` has."""
    parts: list[str] = []
    for code in Indel.opcodes(mention, name):
        if code.tag == "equal":
            parts.append(name[code.dest_start : code.dest_end])
        elif code.tag == "delete":
            parts.append(f"〔{mention[code.src_start : code.src_end]}〕")
        else:
            parts.append(f"【{name[code.dest_start : code.dest_end]}】")
    return "".join(parts)


def _core(text: str) -> str:
    return dissect(text).core.lower()
