"""Extracts in the store: what was read of a PDF, so that it is opened once for each version of the extractor."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from dealproof.document import EXTRACTOR_VERSION, Extract
from dealproof.store.database import Store
from dealproof.store.packed import pack, stamp, unpack
from dealproof.store.schema import EXTRACTS
from dealproof.store.upsert import upsert

_OURS = EXTRACTS.c.extractor == EXTRACTOR_VERSION


def save_extract(store: Store, extract: Extract) -> str:
    """Keep an extract and return its stamp; an older one of the same document and version is replaced."""
    content = pack(extract)
    row = {
        "document_id": extract.source.document_id,
        "extractor": EXTRACTOR_VERSION,
        "stamp": stamp(content),
        "file_name": storable(extract.source.file_name),
        "pages": len(extract.pages),
        "content": content,
    }
    with store.writing() as connection:
        upsert(connection, EXTRACTS, [row])
    return str(row["stamp"])


def load_extract(store: Store, document_id: str) -> tuple[Extract, str] | None:
    """The extract of a document and its stamp; None where there is none of this version, or a damaged one."""
    with store.reading() as connection:
        row = connection.execute(
            select(EXTRACTS.c.content, EXTRACTS.c.stamp).where(EXTRACTS.c.document_id == document_id, _OURS)
        ).one_or_none()
    extract = None if row is None else unpack(Extract, row.content)
    if row is None or extract is None or extract.source.document_id != document_id:
        return None
    return extract, row.stamp


def all_extracts(store: Store) -> Iterator[Extract]:
    """All readable extracts of this version in the order of their document ids."""
    with store.reading() as connection:
        ids = list(
            connection.execute(select(EXTRACTS.c.document_id).where(_OURS).order_by(EXTRACTS.c.document_id)).scalars()
        )
    for document_id in ids:
        found = load_extract(store, document_id)
        if found is not None:
            yield found[0]


def storable(text: str) -> str:
    """A file name as a database takes it: bytes that are no UTF-8 become escapes."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
