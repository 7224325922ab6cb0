"""What an export in a folder holds, before another one takes its place: no document leaves a dataset in silence."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from dealproof.errors import UsageError
from dealproof.model.cell import Row

_PACKAGE = "datapackage.json"


@dataclass(frozen=True, slots=True)
class LeavingDocument:
    """A document that leaves a dataset: its name, its deal (empty: none), and how many values it gives."""

    document_id: str
    file_name: str
    deal_id: str
    values: int


@dataclass(frozen=True, slots=True)
class Leaving:
    """Documents that leave the dataset in `folder`, and the deals of which none would be left."""

    folder: Path
    documents: tuple[LeavingDocument, ...]
    deals: tuple[str, ...]


def documents_of(folder: Path) -> tuple[Row, ...]:
    """The rows of the table `documents` of the export in a folder; none where there is no readable export."""
    return _table(folder, "documents")


def leaving(folder: Path, goes: Callable[[Row], bool]) -> Leaving:
    """What the dataset in a folder would lose if the documents for which `goes` is true left it.

    A file that could not be read gives nothing and is not counted.
    """
    rows = [row for row in documents_of(folder) if row.get("status") != "failed"]
    gone = [row for row in rows if goes(row)]
    if not gone:
        return Leaving(folder, (), ())
    values = Counter(row.get("document_id", "") for row in _table(folder, "evidence"))
    stays = {row.get("deal_id", "") for row in rows if not goes(row)}
    documents = tuple(
        LeavingDocument(name := row["document_id"], row.get("file_name", ""), row.get("deal_id", ""), values[name])
        for row in gone
    )
    return Leaving(folder, documents, _deals(documents, stays))


def told(going: Leaving, most: int = 5) -> str:
    """Documents that go, for people: how many, of which deals, or which files where no deal goes wholly."""
    count, values = len(going.documents), sum(item.values for item in going.documents)
    many = f"{count} document{'s' * (count != 1)} with {values} values"
    names = going.deals or tuple(sorted({item.file_name for item in going.documents}))
    what = ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
    if going.deals:
        return f"{many}, all that there is of {len(names)} deal{'s' * (len(names) != 1)} ({what}),"
    return f"{many} ({what})"


def _deals(documents: Collection[LeavingDocument], stays: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted({item.deal_id for item in documents} - set(stays) - {""}))


def _table(folder: Path, name: str) -> tuple[Row, ...]:
    try:
        listed = json.loads((folder / _PACKAGE).read_text(encoding="utf-8"))["resources"]
        file = next(str(item["path"]) for item in listed if item["name"] == name)
        from dealproof.export.load import read_file

        header, lines = read_file(folder / Path(file).name, [name])[name]
    except (OSError, ValueError, KeyError, TypeError, StopIteration, UsageError):
        return ()
    rows = (dict(zip(header, line, strict=False)) for line in lines)
    return tuple(row for row in rows if row.get("document_id"))
