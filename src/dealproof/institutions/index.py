"""The institutions list made ready for look-up: every form under which a rule may find an entity, once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from operator import add
from typing import TypeVar

from dealproof.institutions.anatomy import Anatomy, dissect, is_region, spelled_out, without_region
from dealproof.institutions.misread import masked
from dealproof.institutions.script import latin_key, plain
from dealproof.institutions.words import BRAND_ALONE, CHINA_BRACKET_OPTIONAL, FAMILIES
from dealproof.mappings.institutions import Institution

K = TypeVar("K")
V = TypeVar("V")
Names = dict[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Dated:
    """A name that leads to an institution: `entity` is its place in the list, the dates say when it was valid."""

    entity: int
    name: str
    valid_from: str = ""
    valid_to: str = ""


@dataclass(frozen=True, slots=True)
class Index:
    """All look-ups. Keys are plain names (`script.plain`); values are places in `entities`.

    `stems` is keyed by (family, stem), `shrunk` by (family, stem without region), `families` lists the stems of a
    family, `spelled` is keyed by short names with their type word in full. A key with several places is ambiguous and
    no rule may use it.
    """

    entities: tuple[Institution, ...]
    anatomies: tuple[Anatomy, ...]
    legal: Names
    former: dict[str, tuple[Dated, ...]]
    short: Names
    spelled: Names
    english: Names
    cores: Names
    former_cores: dict[str, tuple[Dated, ...]]
    stems: dict[tuple[str, str], tuple[int, ...]]
    shrunk: dict[tuple[str, str], tuple[int, ...]]
    brands: Names
    family_stems: dict[str, tuple[tuple[str, int], ...]]
    by_stem: Names
    letters: Names
    misread: Names
    unbracketed: Names
    bigrams: frozenset[str]
    starts: dict[str, tuple[tuple[str, int], ...]]
    sizes: dict[str, int]

    def beginning(self, text: str) -> tuple[tuple[str, int], ...]:
        """Names, with or without region, that begin with the same two characters as `text`."""
        return self.starts.get(text[:2], ())


def build_index(institutions: Iterable[Institution]) -> Index:
    """Prepare a list of institutions; their order is kept."""
    entities = tuple(institutions)
    anatomies = tuple(dissect(plain(entity.legal_name)) for entity in entities)
    former = _gather(
        (plain(name.name), Dated(place, plain(name.name), name.valid_from, name.valid_to))
        for place, entity in enumerate(entities)
        for name in entity.former_names
    )
    stems = _gather(((a.family, a.stem), place) for place, a in enumerate(anatomies))
    smaller = tuple(_shrunk(a.stem, a.family) for a in anatomies)
    shrunk = _gather(
        ((a.family, small), place)
        for place, a in enumerate(anatomies)
        for small in smaller[place]
        if (a.family, small) not in stems
    )
    sizes = dict(Counter(a.family for a in anatomies))
    families: dict[str, set[tuple[str, int]]] = {}
    bigrams: set[str] = set()
    for place, a in enumerate(anatomies):
        families.setdefault(a.family, set()).update((stem, place) for stem in (a.stem, *smaller[place]))
        bigrams.update(map(add, a.core, a.core[1:]))
    return Index(
        entities,
        anatomies,
        legal=_gather((a.text, place) for place, a in enumerate(anatomies)),
        former=former,
        short=_gather((plain(e.short_name), place) for place, e in enumerate(entities) if e.short_name),
        spelled=_gather((spelled_out(plain(e.short_name)), place) for place, e in enumerate(entities) if e.short_name),
        english=_gather((latin_key(e.name_en), place) for place, e in enumerate(entities) if e.name_en),
        cores=_gather((a.core, place) for place, a in enumerate(anatomies)),
        former_cores=_gather((dissect(name).core, dated) for name, all_ in former.items() for dated in all_),
        stems=stems,
        shrunk=shrunk,
        brands=_gather(
            (stem, place)
            for place, a in enumerate(anatomies)
            if a.family in BRAND_ALONE
            for stem in {a.stem, *smaller[place]}
            if not is_region(stem)
        ),
        family_stems={family: tuple(sorted(pairs)) for family, pairs in families.items()},
        by_stem=_gather((a.stem, place) for place, a in enumerate(anatomies) if len(a.stem) >= 2),
        letters=_gather(("".join(sorted(a.text)), place) for place, a in enumerate(anatomies)),
        misread=_gather((key, place) for place, a in enumerate(anatomies) for key in masked(a, sizes[a.family])),
        unbracketed=_gather((core, place) for place, a in enumerate(anatomies) for core in _unbracketed(a)),
        bigrams=frozenset(bigrams),
        sizes=sizes,
        starts=_gather(
            (name[:2], (name, place)) for place, a in enumerate(anatomies) for name in (a.core, *smaller[place])
        ),
    )


def _unbracketed(a: Anatomy) -> tuple[str, ...]:
    """A core without its brackets, and of some licences without the （中国） at its end."""
    if "(" not in a.core:
        return ()
    flat = a.core.replace("(", "").replace(")", "")
    parent = a.core.removesuffix("(中国)")
    return (flat, parent) if parent != a.core and dissect(parent).family in CHINA_BRACKET_OPTIONAL else (flat,)


def _shrunk(stem: str, family: str) -> tuple[str, ...]:
    if family in FAMILIES and not stem:
        return ()
    return tuple(filter(None, without_region(stem, family)))


def _gather(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    """Every key with its values in order, each once. Nearly all keys have one value, so a tuple is made at once."""
    found: dict[K, tuple[V, ...]] = {}
    several: dict[K, dict[V, None]] = {}
    for key, value in pairs:
        if key not in found:
            found[key] = (value,)
        else:
            several.setdefault(key, dict.fromkeys(found[key]))[value] = None
    return {**found, **{key: tuple(values) for key, values in several.items()}}
