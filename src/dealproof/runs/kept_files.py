"""Files of the workspace that spare work and are never missed: each bears the key of all that it was made from.

One that is damaged, cut or made from anything else counts as absent. Nothing is pickled.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from pathlib import Path

from dealproof.errors import StoreError
from dealproof.settings.settings import Settings

FOLDER = "kept"
_log = logging.getLogger(__name__)


def read_kept(settings: Settings, kind: str, key: str) -> bytes | None:
    """The content that was kept under this key; None where there is none."""
    try:
        header, _, content = _place(settings, kind, key).read_bytes().partition(b"\n")
    except FileNotFoundError:
        return None
    except OSError as error:
        _log.warning("What was kept of a %s cannot be read and is made anew (%s).", kind, error)
        return None
    return content if header == key.encode() else None


def read_every(settings: Settings, kind: str) -> list[bytes]:
    """The contents of this kind that are kept, whatever they were made from."""
    found: list[bytes] = []
    for path in sorted((settings.workspace / FOLDER).glob(f"{kind}-*.z")):
        with suppress(OSError):  # another program was quicker
            found.append(path.read_bytes().partition(b"\n")[2])
    return found


def write_kept(settings: Settings, kind: str, key: str, content: bytes, most: int) -> None:
    """Keep content; of this kind the `most` that were kept last stay. Where that fails, the next who asks makes it anew.

    Nothing is kept where there is no workspace: who only asks for a name leaves no folder behind.
    """
    from dealproof.mappings.sheet import write_whole

    if not settings.workspace.is_dir():
        return

    place = _place(settings, kind, key)
    try:
        write_whole(place, key.encode() + b"\n" + content)
        found = sorted(
            place.parent.glob(f"{kind}-*.z"), key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True
        )
        for path in found[most:]:
            with suppress(FileNotFoundError):  # another program was quicker
                path.unlink()
    except (OSError, StoreError) as error:
        _log.warning("A %s could not be kept for later use (%s).", kind, error)


def _place(settings: Settings, kind: str, key: str) -> Path:
    return settings.workspace / FOLDER / f"{kind}-{key[:16]}.z"
