"""What a worker process does: one file in, its extract and facts in the store, an `Outcome` out."""

from __future__ import annotations

import errno
import logging
import time
from collections.abc import MutableSequence
from dataclasses import replace
from pathlib import Path

from dealproof.errors import DealproofError, MappingError, Trouble, UnreachableFileError, UnreadableFileError
from dealproof.interpret.version import program_key
from dealproof.mappings.labels import Labels
from dealproof.mappings.labels_of_folder import labels_of, usable_labels
from dealproof.model.evidence import Source
from dealproof.runs.facts import recall, remember
from dealproof.runs.inputs import Input, at_hand, digest_of
from dealproof.runs.outcome import Outcome
from dealproof.runs.plan import standing
from dealproof.settings.settings import Settings, shipped_mappings
from dealproof.store.database import open_store
from dealproof.store.extracts import save_extract
from dealproof.store.facts import Understood
from dealproof.store.files import problem_of
from dealproof.store.locks import claim_document
from dealproof.text import printable

_log = logging.getLogger(__name__)
#: Where this process shows how far it is: pages of the file in hand, pages done. Read by the process that started it.
_gauge: MutableSequence[int] = [0, 0]


def show_pages_on(gauge: MutableSequence[int]) -> None:
    """Show from now on how many pages the file in hand has and how many are done."""
    global _gauge
    _gauge = gauge


def _show(done: int, pages: int) -> None:
    _gauge[0], _gauge[1] = pages, done


def read_one(item: Input, settings: Settings) -> Outcome:
    """Read one file, or recognise it. A file's own trouble is its outcome; trouble of the store is raised."""
    begin = time.monotonic()
    outcome = _guarded(item, settings)
    outcome = replace(outcome, seconds=round(time.monotonic() - begin, 3))
    level = logging.WARNING if outcome.has_failed else logging.INFO
    details = {"file": item.location, "state": outcome.state, "pages": outcome.pages, "seconds": outcome.seconds}
    _log.log(level, "%s", outcome.message or outcome.state, extra=details)
    return outcome


def failure(item: Input, code: Trouble, message: str, remedy: str, lasting: bool = True) -> Outcome:
    """The outcome of a file that could not be read."""
    return Outcome(item, "failed", digest_of(item), max(item.size, 0), 0, "failed", code, message, remedy, lasting)


def out_of_memory(item: Input) -> Outcome:
    """The outcome of a file that asked for more than it may have."""
    return failure(
        item, "memory", f"{item.name}: reading this file needs more memory than it may have.",
        "Split it into parts, or allow more with --memory.",
    )  # fmt: skip


def _guarded(item: Input, settings: Settings) -> Outcome:
    try:
        with at_hand(item) as path:
            return _read(item, path, settings)
    except UnreadableFileError as error:
        lasting = not isinstance(error, UnreachableFileError)
        return failure(item, error.code, _named(error.message, item), error.remedy, lasting)
    except DealproofError:
        raise
    except MemoryError:
        return out_of_memory(item)
    except OSError as error:
        if error.errno == errno.ENOMEM:
            return out_of_memory(item)
        return _bug(item, error)
    except Exception as error:  # noqa: BLE001  # a stranger's file must cost itself alone; the log keeps the trace
        return _bug(item, error)


def _bug(item: Input, error: Exception) -> Outcome:
    _log.error("%s: a bug", item.name, exc_info=error, extra={"file": item.location})
    words = printable(" ".join(str(error).split()))
    return failure(
        item, "bug", f"{item.name}: reading it met an unexpected error (bug, {type(error).__name__}: {words}).",
        "Run again with --debug and report it; the log in the workspace keeps the details.",
    )  # fmt: skip


def _named(message: str, item: Input) -> str:
    message = printable(message)
    return message if item.name in message else f"{item.name}: {message}"


def _read(item: Input, path: Path, settings: Settings) -> Outcome:
    from dealproof.pages.open import identify

    found = identify(path)
    source = Source(item.location, item.name, found.document_id, found.size)
    labels, are_ours = _labels(settings)
    if not settings.again and (outcome := _from_store(item, source, settings, are_ours)) is not None:
        return outcome
    with claim_document(open_store(settings), source.document_id) as mine:
        if not mine:
            return Outcome(item, "busy", source.document_id, source.size)
        if not settings.again and (outcome := _from_store(item, source, settings, are_ours)) is not None:
            return outcome
        return _open(item, path, source, settings, labels if are_ours else None, labels)


def _open(item: Input, path: Path, source: Source, settings: Settings, ours: Labels | None, labels: Labels) -> Outcome:
    from dealproof.extract.document import extract_document

    extract = extract_document(path, labels, settings.limits.of(item.name), _show)
    extract = replace(extract, source=source)
    if ours is None:  # the files of labels are invalid: what was read is kept, its meaning waits for them
        save_extract(open_store(settings), extract)
        return Outcome(item, "read", source.document_id, source.size, len(extract.pages))
    return _outcome(item, "read", source, remember(extract, settings))


def _from_store(item: Input, source: Source, settings: Settings, labels_are_ours: bool) -> Outcome | None:
    """What is known of a file's content, wherever it lay; None when it must be opened."""
    problem = problem_of(open_store(settings), source.document_id)
    elsewhere = problem is not None and problem.location != item.location
    if problem is not None and elsewhere and problem.stands(settings.limits.of(item.name).text, program_key()):
        return standing(item, problem)
    if not labels_are_ours:
        return None
    known = recall(source, settings)
    return None if known is None or known.outgrown else _outcome(item, "known", source, known)


def _outcome(item: Input, state: str, source: Source, known: Understood) -> Outcome:
    document = known.interpretation
    return Outcome(
        item, "read" if state == "read" else "known", source.document_id, source.size, document.pages, document.status,
        message=document.message,
    )  # fmt: skip


def _labels(settings: Settings) -> tuple[Labels, bool]:
    """The labels to choose pages by, and whether they are the analysts' own: invalid ones do not stop the reading."""
    try:
        return labels_of(settings.mappings), True
    except MappingError:
        return usable_labels(shipped_mappings()), False  # in a checkout they may be the analysts' own
