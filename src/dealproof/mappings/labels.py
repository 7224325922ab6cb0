"""Label files: which printed label means which field. The analysts' rows in `mappings/labels/*.csv`.

Columns: `field,label,match,note`. The file's name is the group (`pool_stats`, `sections`, …).
`match` is `exact` (default), `prefix`, `suffix`, `contains` or `regex` (whole key), always on `text.label_key`.
Exact rows win over all others; the others are tried in file order. A field of `-` means: known, and ignored
on purpose; its `note` says why.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dealproof.errors import MappingError
from dealproof.text import label_key

MATCHES = ("exact", "prefix", "suffix", "contains", "regex")
IGNORED = "-"


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One row of a label file. `where` is `labels/<file>.csv:<line>` as Excel numbers lines."""

    group: str
    field: str
    label: str
    match: str
    note: str
    where: str


@dataclass(frozen=True, slots=True)
class _Group:
    exact: dict[str, LabelRow]
    loose: Callable[[str], LabelRow | None]


@dataclass(frozen=True, slots=True)
class Labels:
    """All label files, ready for look-up. `key` names their content (see `labels_key`)."""

    groups: dict[str, _Group]
    key: str = ""

    def find(self, group: str, text: str) -> LabelRow | None:
        """Return the row of `group` that fires for a printed label, or None. Ignored rows are returned too."""
        rows = self.groups.get(group)
        key = label_key(text)
        if rows is None or not key:
            return None
        if key in rows.exact:
            return rows.exact[key]
        return rows.loose(key)

    def field(self, group: str, text: str) -> str:
        """Return the field that a printed label means, or '' (unknown and ignored labels alike)."""
        row = self.find(group, text)
        return "" if row is None or row.field == IGNORED else row.field

    def keys(self, group: str) -> tuple[str, ...]:
        """Return the exact label keys of a group; page selection counts them in page texts."""
        rows = self.groups.get(group)
        return tuple(rows.exact) if rows else ()


def load_labels(folder: Path) -> Labels:
    """Read every `*.csv` of `folder`.

    Raises MappingError naming file and line when a row is incomplete, a pattern does not compile, or one label
    leads to two fields of the same group.
    """
    contents = _contents(folder)
    return Labels({path.stem: _group(path, content) for path, content in contents.items()}, _key(contents))


def labels_key(folder: Path) -> str:
    """Name the content of all label files of `folder` without reading their rows; any edit gives another key."""
    return _key(_contents(folder))


def _contents(folder: Path) -> dict[Path, bytes]:
    if not folder.is_dir():
        raise MappingError(f"Label folder {folder} does not exist.", "Point --mappings at the mappings folder.")
    return {path: path.read_bytes() for path in sorted(folder.glob("*.csv"))}


def _key(contents: Mapping[Path, bytes]) -> str:
    digest = hashlib.sha256()
    for path, content in contents.items():
        digest.update(f"{path.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:16]


def _group(path: Path, content: bytes) -> _Group:
    exact: dict[str, LabelRow] = {}
    loose: list[tuple[LabelRow, re.Pattern[str]]] = []
    for row in _rows(path, content):
        if row.match == "exact":
            key = label_key(row.label)
            other = exact.get(key)
            if other is not None and other.field != row.field:
                raise MappingError(
                    f"{row.where}: label {row.label} already means {other.field} ({other.where}).",
                    "Delete one of the two rows.",
                )
            exact.setdefault(key, row)
        else:
            loose.append((row, _pattern(row)))
    return _Group(exact, _first_of(loose))


def _first_of(loose: list[tuple[LabelRow, re.Pattern[str]]]) -> Callable[[str], LabelRow | None]:
    """The first row whose pattern fits; every kind of table asks for the same few labels again and again."""

    @lru_cache(maxsize=16_384)
    def first(key: str) -> LabelRow | None:
        return next((row for row, pattern in loose if pattern.search(key)), None)

    return first


def _rows(path: Path, content: bytes) -> Iterable[LabelRow]:
    reader = csv.DictReader(io.StringIO(_text(path, content), newline=""))
    missing = {"field", "label"} - set(reader.fieldnames or ())
    if missing:
        raise MappingError(f"{path.name}: column {', '.join(sorted(missing))} is missing.", "Restore the header row.")
    for raw in reader:
        where = f"labels/{path.name}:{reader.line_num}"
        field, label = (raw.get("field") or "").strip(), (raw.get("label") or "").strip()
        match = (raw.get("match") or "").strip() or "exact"
        if not field and not label:
            continue
        if not field or not label:
            raise MappingError(f"{where}: field and label must both be filled.", "Fill or delete the row.")
        if match not in MATCHES:
            raise MappingError(f"{where}: match {match!r} is unknown.", f"Use one of {', '.join(MATCHES)}.")
        yield LabelRow(path.stem, field, label, match, (raw.get("note") or "").strip(), where)


def _text(path: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MappingError(f"labels/{path.name} is not UTF-8.", "Save it again as CSV UTF-8.") from error


def _pattern(row: LabelRow) -> re.Pattern[str]:
    if row.match == "regex":
        try:
            return re.compile(rf"^(?:{row.label})$")
        except re.error as error:
            raise MappingError(f"{row.where}: pattern does not compile ({error}).", "Correct the pattern.") from error
    key = re.escape(label_key(row.label))
    return re.compile({"prefix": f"^{key}", "suffix": f"{key}$", "contains": key}[row.match])
