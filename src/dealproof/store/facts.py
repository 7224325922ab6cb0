"""Facts in the store: what today's interpreter understood with today's labels, worked out once.

A generation is named by all that interpretation depends on: extractor (its sources and libraries), interpreter (its sources),
whether it can recognise pages, content of the label files. Mapping files that act when the dataset is built are no part of it. Facts count only beside
the very extract they were made from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, delete, select

from dealproof.interpret.version import extractor_key, interpreter_key
from dealproof.model.interpretation import Interpretation
from dealproof.pages.ocr.engine import is_installed
from dealproof.store.connections import Store
from dealproof.store.extracts import drop_earlier, is_earlier, read_today
from dealproof.store.schema import EXTRACTS, FACTS, GENERATIONS
from dealproof.store.serialize import pack, unpack
from dealproof.store.upsert import upsert

#: Generations that are kept: today's, and those to which an analyst returns who takes an edit back.
KEPT = 3
#: So many documents are asked for at a time; more would exceed what a database takes in one question.
_AT_ONCE = 500
#: How the name of a generation begins, before the key of the extractor.
_START = "v"


@dataclass(frozen=True, slots=True)
class Understood:
    """One document interpreted: its facts, and the pages that the same labels want read with care."""

    interpretation: Interpretation
    wanted_pages: tuple[int, ...]

    @property
    def outgrown(self) -> bool:
        """Whether pages are wanted that were not read when the document was."""
        return not set(self.wanted_pages) <= set(self.interpretation.careful_pages)


@dataclass(frozen=True, slots=True)
class State:
    """How a stored document stands: the name it was stored under, its stamp, and what today's labels make of it.

    `outgrown` tells whether they want more pages than were read; None where nobody knows yet. `earlier` tells whether an
    earlier extractor's reading stands for it, since its PDF was gone.
    """

    file_name: str
    stamp: str
    outgrown: bool | None
    earlier: bool = False


def generation(labels_key: str) -> str:
    """The name of what today's program understands with these labels; one that can recognise pages wants more."""
    sight = "" if is_installed() else "-blind"
    return f"{_START}{extractor_key()}-{interpreter_key()}{sight}-{labels_key}"


def save_facts(store: Store, labels_key: str, understood: Understood, stamp: str) -> None:
    """Keep the facts made from the extract with this stamp."""
    row = {
        "document_id": understood.interpretation.source.document_id,
        "generation": generation(labels_key),
        "stamp": stamp,
        "outgrown": understood.outgrown,
        "content": pack(understood),
    }
    with store.writing() as connection:
        upsert(connection, FACTS, [row])


def load_facts(store: Store, labels_key: str, document_id: str) -> Understood | None:
    """The facts of one document; None where there are none of its extract, or damaged ones."""
    return next((found for _, found in facts_of(store, labels_key, [document_id])), None)


def facts_of(store: Store, labels_key: str, ids: Sequence[str]) -> Iterator[tuple[str, Understood | None]]:
    """Every one of these documents that is stored, in the order of the ids, with its facts where they are current."""
    for document_id, content in packed_facts(store, labels_key, ids):
        yield document_id, None if content is None else unpack(Understood, content)


def packed_facts(store: Store, labels_key: str, ids: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
    """As `facts_of`, with the facts as they are stored."""
    for some in _batches(sorted(set(ids))):
        with store.reading() as connection:
            rows = connection.execute(
                select(EXTRACTS.c.document_id, FACTS.c.content)
                .select_from(EXTRACTS.outerjoin(FACTS, _current(labels_key)))
                .where(read_today(), EXTRACTS.c.document_id.in_(some))
                .order_by(EXTRACTS.c.document_id)
            ).all()
        yield from ((document_id, content) for document_id, content in rows)


def states(store: Store, labels_key: str) -> dict[str, State]:
    """Every document stored by this version of the extractor, in the order of the ids."""
    with store.reading() as connection:
        rows = connection.execute(
            select(
                EXTRACTS.c.document_id,
                EXTRACTS.c.file_name,
                EXTRACTS.c.stamp,
                FACTS.c.outgrown,
                is_earlier().label("earlier"),
            )
            .select_from(EXTRACTS.outerjoin(FACTS, _current(labels_key)))
            .where(read_today())
            .order_by(EXTRACTS.c.document_id)
        )
        return {row.document_id: State(row.file_name, row.stamp, row.outgrown, bool(row.earlier)) for row in rows}


def has_generation(store: Store, labels_key: str) -> bool:
    """Whether a dataset was made with these labels by today's program, among the generations that were used last."""
    with store.reading() as connection:
        found = connection.execute(select(GENERATIONS).where(GENERATIONS.c.generation == generation(labels_key)))
        return found.first() is not None


def drop_old(store: Store, labels_key: str, now: str) -> None:
    """Mark the generation of these labels as used and forget those that were not used for longest, with their extracts."""
    with store.writing() as connection:
        upsert(connection, GENERATIONS, [{"generation": generation(labels_key), "used_at": now}])
        by_use = select(GENERATIONS.c.generation).order_by(GENERATIONS.c.used_at.desc(), GENERATIONS.c.generation)
        kept = list(connection.execute(by_use).scalars())[:KEPT]
        connection.execute(delete(FACTS).where(FACTS.c.generation.not_in(kept)))
        connection.execute(delete(GENERATIONS).where(GENERATIONS.c.generation.not_in(kept)))
    drop_earlier(store, {name.removeprefix(_START).partition("-")[0] for name in kept})


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[first : first + _AT_ONCE] for first in range(0, len(ids), _AT_ONCE))


def _current(labels_key: str) -> ColumnElement[bool]:
    return and_(
        FACTS.c.document_id == EXTRACTS.c.document_id,
        FACTS.c.stamp == EXTRACTS.c.stamp,
        FACTS.c.generation == generation(labels_key),
    )
