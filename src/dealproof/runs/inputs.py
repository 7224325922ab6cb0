"""Which PDFs the paths and URLs of a command name, with size and time, without opening one.

Folders of this machine are walked with the system's own calls, because a folder may hold tens of thousands of files;
everything else (`s3://…`) goes through fsspec.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from dealproof.errors import EngineMissingError, UnreachableFileError, UsageError
from dealproof.store.extracts import storable
from dealproof.text import printable

_LOCAL = ("file://", "local://")
#: What systems and offices leave beside a file: the other half of it on a Mac, the lock of an open document.
_LITTER = ("._", "~$")
_LITTER_FOLDER = "__MACOSX"


@dataclass(frozen=True, slots=True)
class Input:
    """One file as it lies there: `place` opens it, `location` names it in the store.

    `name` is for people: characters that a terminal would obey are escapes. `size` in bytes, `modified` in nanoseconds since 1970, as the folder tells them; both -1 where it does not.
    """

    place: str
    location: str
    name: str
    size: int
    modified: int

    @property
    def is_remote(self) -> bool:
        """Whether the file must be fetched before it can be read."""
        return "://" in self.place

    @property
    def shown(self) -> str:
        """The place for people."""
        return printable(storable(self.place))


def find_inputs(places: Sequence[str]) -> tuple[Input, ...]:
    """All PDFs that the places name: files as given, folders searched through, each once.

    Raises UsageError when a place is missing or no PDF is found at all, EngineMissingError when the driver of a kind of
    URL is not installed.
    """
    found = look_around(places)
    if not found:
        raise UsageError(f"There is no PDF in {printable(', '.join(places))}.", "Name a PDF or a folder with PDFs.")
    return found


def look_around(places: Sequence[str]) -> tuple[Input, ...]:
    """As `find_inputs`, for who can wait: no PDF yet is no error."""
    found: dict[str, Input] = {}
    for place in places:
        for item in _remote(place) if _is_url(place) else _local(_path(place)):
            found.setdefault(item.location, item)
    return tuple(found.values())


def is_litter(location: str) -> bool:
    """Whether a file is none of a person's, but left beside one by a system or an office program."""
    parts = location.replace("\\", "/").split("/")
    return parts[-1].startswith(_LITTER) or _LITTER_FOLDER in parts


def other_files(places: Sequence[str], but: Sequence[Path] = ()) -> tuple[str, ...]:
    """Names of files in local folders that are no PDF, so that nobody takes them for read; without litter, hidden files
    and what lies under `but`."""
    ours = {os.path.abspath(path) for path in but}
    folders = [_path(place) for place in places if not _is_url(place)]
    return tuple(sorted({name for folder in folders if os.path.isdir(folder) for name in _others(folder, ours)}))


def _others(folder: str, but: set[str]) -> Iterator[str]:
    try:
        with os.scandir(folder) as found:
            entries = list(found)
    except OSError:  # the run names it as failed
        return
    for entry in entries:
        if entry.name.startswith(".") or is_litter(entry.name) or os.path.abspath(entry.path) in but:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _others(entry.path, but)
        elif not entry.name.lower().endswith(".pdf"):
            yield _name(entry.name)


def folders_of(places: Sequence[str]) -> tuple[str, ...]:
    """The places as beginnings of locations: a known file there that was not found is gone."""
    return tuple(
        place.rstrip("/") + "/" if _is_url(place) else os.path.join(_location(_path(place)), "") for place in places
    )


@contextmanager
def at_hand(item: Input) -> Iterator[Path]:
    """The file on this machine; a remote one is fetched for as long as it is needed.

    Raises UnreachableFileError when it cannot be fetched.
    """
    if not item.is_remote:
        yield Path(item.place)
        return
    with tempfile.TemporaryDirectory(prefix="dealproof-") as folder:
        path = Path(folder) / item.name
        files, inside = _filesystem(item.place)
        try:
            files.get_file(inside, str(path))
        except Exception as error:  # every kind of file system has exceptions of its own
            words = " ".join(str(error).split())
            raise UnreachableFileError(
                f"{item.name}: the file could not be fetched ({type(error).__name__}: {words}).", "Run again."
            ) from error
        yield path


def digest_of(item: Input) -> str:
    """SHA-256 of the bytes; where they cannot be had, of the location and what its folder tells of a remote file, so that
    two such files stay two rows."""
    path = Path(item.place)
    try:
        content = path.read_bytes() if not item.is_remote and path.is_file() else b""
    except OSError:
        content = b""
    named = f"{item.location} {item.size} {item.modified}" if item.is_remote else item.location
    return hashlib.sha256(content or named.encode()).hexdigest()


def location_of(place: str) -> str:
    """The name in the store of a file that a person names."""
    return storable(place) if _is_url(place) else _location(_path(place))


def _is_url(place: str) -> bool:
    return "://" in place and not place.startswith(_LOCAL)


def _path(place: str) -> str:
    return next((place.removeprefix(start) for start in _LOCAL if place.startswith(start)), place)


def _location(path: str) -> str:
    return storable(os.path.abspath(path))


def _name(name: str) -> str:
    return printable(storable(name))


def _local(path: str) -> Iterator[Input]:
    if os.path.isdir(path) and not path.lower().endswith(".pdf"):
        _check_listing(path)
        yield from sorted(_walk(path), key=lambda item: item.location)
    elif os.path.lexists(path):
        if not is_litter(os.path.basename(path)):
            yield _input(path, os.path.basename(path))
    else:
        raise UsageError(f"{printable(path)} does not exist.", "Check the path.")


def _check_listing(folder: str) -> None:
    try:
        with os.scandir(folder):
            return
    except OSError as error:
        raise UsageError(
            f"{printable(folder)} cannot be searched ({error.strerror}).",
            "Check its permissions, or name another folder.",
        ) from error


def _walk(folder: str) -> Iterator[Input]:
    """The PDFs below a folder. A folder inside that cannot be searched stands for itself and fails by itself."""
    try:
        with os.scandir(folder) as found:
            entries = list(found)
    except OSError:
        yield Input(folder, _location(folder), _name(os.path.basename(folder)), -1, -1)
        return
    for entry in entries:
        if is_litter(entry.name):
            continue
        if entry.name.lower().endswith(".pdf"):
            yield _input(entry.path, entry.name)
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path)


def _input(path: str, name: str) -> Input:
    try:
        told = os.stat(path)
    except OSError:  # a link to nowhere, or gone since: reading it will say so
        return Input(path, _location(path), _name(name), -1, -1)
    return Input(path, _location(path), _name(name), told.st_size, told.st_mtime_ns)


def _remote(url: str) -> Iterator[Input]:
    files, inside = _filesystem(url)
    try:
        if not files.exists(inside):
            raise UsageError(f"{printable(url)} does not exist.", "Check the URL.")
        details = files.find(inside, detail=True) if files.isdir(inside) else {inside: files.info(inside)}
    except UsageError:
        raise
    except Exception as error:  # every kind of file system has exceptions of its own
        words = " ".join(str(error).split())
        raise UsageError(
            f"{printable(url)} cannot be listed ({type(error).__name__}: {words}).", "Check URL and access."
        ) from error
    for path in sorted(details):
        if path.lower().endswith(".pdf") and not is_litter(path):
            place = files.unstrip_protocol(path)
            name = _name(path.rsplit("/", 1)[-1])
            yield Input(place, storable(place), name, int(details[path].get("size") or -1), _modified(details[path]))


def _filesystem(url: str) -> tuple[Any, str]:
    import fsspec

    try:
        files, inside = fsspec.core.url_to_fs(url)
    except ImportError as error:
        raise EngineMissingError(
            f"{printable(url)} needs a driver: {error}.", "For s3:// install dealproof[s3]."
        ) from error
    except ValueError as error:
        raise UsageError(f"{printable(url)} cannot be opened: {error}.", "Check the URL.") from error
    return files, str(inside)


def _modified(details: dict[str, Any]) -> int:
    """The time of the last change; where only a version tag is told, that, as a number."""
    told = next((details[name] for name in ("mtime", "LastModified", "created", "ETag") if details.get(name)), None)
    if isinstance(told, datetime):
        told = told.timestamp()
    if isinstance(told, int | float):
        return int(told * 1_000_000_000)
    return -1 if told is None else int.from_bytes(hashlib.sha256(str(told).encode()).digest()[:7])
