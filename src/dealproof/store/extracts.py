"""Extracts in the store: what was read of a PDF, so that it is opened once for each version of what reads.

An extract bears the key of the sources and libraries that read it (`extractor_key`), behind a `+` that of the recogniser
where pages were recognised, behind a `~` that of an earlier extractor where its PDF is gone and cannot be read again.
A document has one extract of today's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import ColumnElement, FromClause, Select, and_, delete, not_, or_, select

from dealproof.interpret.version import extractor_key, recogniser_key
from dealproof.model.extract import Extract
from dealproof.pages.ocr.engine import is_installed
from dealproof.store.connections import Store
from dealproof.store.schema import EXTRACTS
from dealproof.store.serialize import pack, stamp, unpack
from dealproof.store.upsert import upsert

_RECOGNISED, _KEPT = "+", "~"


def save_extract(store: Store, extract: Extract) -> str:
    """Keep an extract and return its stamp; an older one of the same document and version is replaced."""
    return _save(store, extract, _key_of(extract))


def keep_extract(store: Store, extract: Extract) -> str:
    """Keep an extract under another name of its document, by whatever version it was read; returns its stamp."""
    with store.reading() as connection:
        key = connection.execute(
            select(EXTRACTS.c.extractor).where(EXTRACTS.c.document_id == extract.source.document_id, read_today())
        ).scalar()
    return _save(store, extract, key or _key_of(extract))


def read_today(extracts: FromClause = EXTRACTS) -> ColumnElement[bool]:
    """Whether an extract is of today's extractor. Where nothing can be recognised, what was recognised before counts."""
    key, own = extracts.c.extractor, f"{extractor_key()}{_RECOGNISED}"
    recognised = key == f"{own}{recogniser_key()}" if is_installed() else key.startswith(own)
    return or_(key == extractor_key(), recognised, key.startswith(f"{extractor_key()}{_KEPT}"))


def is_earlier() -> ColumnElement[bool]:
    """Whether an extract is an earlier extractor's that stands because the PDF was gone."""
    return EXTRACTS.c.extractor.startswith(f"{extractor_key()}{_KEPT}")


def load_extract(store: Store, document_id: str) -> tuple[Extract, str] | None:
    """The extract of a document and its stamp; None where there is none of this version, or a damaged one."""
    with store.reading() as connection:
        row = connection.execute(
            select(EXTRACTS.c.content, EXTRACTS.c.stamp).where(EXTRACTS.c.document_id == document_id, read_today())
        ).one_or_none()
    extract = None if row is None else unpack(Extract, row.content)
    if row is None or extract is None or extract.source.document_id != document_id:
        return None
    return extract, row.stamp


def all_extracts(store: Store) -> Iterator[Extract]:
    """All readable extracts of this version in the order of their document ids."""
    with store.reading() as connection:
        ids = list(
            connection.execute(
                select(EXTRACTS.c.document_id).where(read_today()).order_by(EXTRACTS.c.document_id)
            ).scalars()
        )
    for document_id in ids:
        found = load_extract(store, document_id)
        if found is not None:
            yield found[0]


def read_earlier(store: Store) -> dict[str, str]:
    """Documents of which there are extracts of earlier extractors only: their file names by id, in the order of the ids."""
    with store.reading() as connection:
        rows = connection.execute(
            select(EXTRACTS.c.document_id, EXTRACTS.c.file_name)
            .where(EXTRACTS.c.document_id.not_in(_of_today()))
            .order_by(EXTRACTS.c.document_id, EXTRACTS.c.extractor)
        )
        return {row.document_id: row.file_name for row in rows}


def keep_earlier(store: Store, document_id: str) -> bool:
    """Let an earlier extractor's extract stand for a document whose PDF is gone; False where it cannot be read any more."""
    with store.reading() as connection:
        rows = connection.execute(select(EXTRACTS).where(EXTRACTS.c.document_id == document_id)).all()
    for row in sorted(rows, key=lambda row: str(row.extractor), reverse=True):
        extract = unpack(Extract, row.content)
        if extract is not None and extract.source.document_id == document_id:
            _save(store, extract, f"{extractor_key()}{_KEPT}{str(row.extractor)[:7]}")
            return True
    return False


def stands_earlier(store: Store, document_id: str) -> bool:
    """Whether an earlier extractor's extract stands for a document."""
    with store.reading() as connection:
        found = connection.execute(select(EXTRACTS.c.stamp).where(EXTRACTS.c.document_id == document_id, is_earlier()))
        return found.first() is not None


def drop_earlier(store: Store, extractors: Iterable[str]) -> None:
    """Forget what other extractors than these read of documents that today's has read."""
    spared = or_(read_today(), *(EXTRACTS.c.extractor.startswith(key) for key in sorted(extractors)))
    with store.writing() as connection:
        connection.execute(delete(EXTRACTS).where(EXTRACTS.c.document_id.in_(_of_today()), not_(spared)))


def _of_today() -> Select[tuple[str]]:
    extracts = EXTRACTS.alias()
    return select(extracts.c.document_id).where(read_today(extracts))


def _key_of(extract: Extract) -> str:
    """Extracts with a page that was or could be recognised rest on the recogniser as well."""
    if is_installed() and any(page.needs_ocr or page.quality == "mixed" for page in extract.pages):
        return f"{extractor_key()}{_RECOGNISED}{recogniser_key()}"
    return extractor_key()


def _save(store: Store, extract: Extract, key: str) -> str:
    content = pack(extract)
    document_id = extract.source.document_id
    row = {
        "document_id": document_id,
        "extractor": key,
        "stamp": stamp(content),
        "file_name": storable(extract.source.file_name),
        "pages": len(extract.pages),
        "content": content,
    }
    others = and_(EXTRACTS.c.extractor.startswith(extractor_key()), EXTRACTS.c.extractor != key)
    with store.writing() as connection:
        connection.execute(delete(EXTRACTS).where(EXTRACTS.c.document_id == document_id, others))
        upsert(connection, EXTRACTS, [row])
    return str(row["stamp"])


def storable(text: str) -> str:
    """A file name as a database takes it: bytes that are no UTF-8 become escapes."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
