"""Many files: each read in a worker process of bounded time and memory, whose death costs that file alone.

A known, unchanged file comes from the store; it is interpreted again only where its labels changed.
"""

from __future__ import annotations

import hashlib
import logging
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from dealproof.errors import DealproofError, UnreadableFileError
from dealproof.evidence import Source
from dealproof.interpret.frame import Profile
from dealproof.interpret.result import Interpretation
from dealproof.recall import labels_of, recall, recall_all, remember, understand
from dealproof.settings import Settings
from dealproof.store.facts import Understood

#: What one file may cost a worker process. The longest circulars (700 pages) stay far below both.
MAX_SECONDS = 600
MAX_BYTES = 4 << 30
#: So many stored documents are worth the start of worker processes, which take this many at a time.
MANY, AT_A_TIME = 16, 8

T = TypeVar("T")
R = TypeVar("R")
_Many = list[tuple[str, Understood | None]]
_log = logging.getLogger(__name__)


def read_files(files: Sequence[Path], settings: Settings) -> Iterator[Interpretation]:
    """Read files and give each back as it gets ready. One file alone needs no worker and is read right here."""
    if len(files) == 1:
        yield read_file(files[0], settings)
        return
    waiting = deque(files)
    while waiting:
        flying: dict[Future[Interpretation], Path] = {}
        try:
            yield from _in_pool(waiting, flying, _in_worker, settings)
        except BrokenProcessPool:
            _log.warning("A worker process died; the files in flight are read again, each on its own.")
            for path in flying.values():
                yield _alone(path, settings)


def read_stored(settings: Settings) -> dict[str, Understood | None]:
    """Everything in the workspace, understood with today's labels, in the order of the ids; None for a damaged one.

    Only documents whose facts are not current are interpreted, in worker processes where they are many.
    """
    known = recall_all(settings)
    stale = [document_id for document_id, understood in known.items() if understood is None]
    known.update(_understand_all(stale, settings))
    return known


def _understand_all(ids: Sequence[str], settings: Settings) -> Iterator[tuple[str, Understood | None]]:
    if settings.jobs == 1 or len(ids) < MANY:
        yield from _understand(ids, settings)
        return
    waiting = deque(ids[first : first + AT_A_TIME] for first in range(0, len(ids), AT_A_TIME))
    flying: dict[Future[_Many], Sequence[str]] = {}
    try:
        for understood in _in_pool(waiting, flying, _understand, settings):
            yield from understood
    except BrokenProcessPool:
        _log.warning("A worker process died; what is left is interpreted here.")
        yield from _understand(chain(*flying.values(), *waiting), settings)


def _understand(ids: Iterable[str], settings: Settings) -> _Many:
    return [(document_id, understand(document_id, settings)) for document_id in ids]


def _in_pool(
    waiting: deque[T], flying: dict[Future[R], T], work: Callable[[T, Settings], R], settings: Settings
) -> Iterator[R]:
    """Do what waits, never more files in flight than workers, so that a death leaves few suspects."""
    workers = min(settings.jobs, len(waiting))
    with _pool(workers) as pool:
        while waiting or flying:
            while waiting and len(flying) < workers:
                future = pool.submit(work, waiting[0], settings)
                flying[future] = waiting.popleft()
            for future in wait(flying, return_when=FIRST_COMPLETED).done:
                result = future.result()
                del flying[future]
                yield result


def _alone(path: Path, settings: Settings) -> Interpretation:
    """One suspect in a process of its own, so that the file that kills its process is found."""
    try:
        with _pool(1) as pool:
            return pool.submit(_in_worker, path, settings).result()
    except BrokenProcessPool:
        message = f"{path.name}: reading this file crashed or took more than {MAX_SECONDS // 60} minutes."
        return _failed(path, message, "Print it to a new PDF and hand that in.")


def _pool(workers: int) -> ProcessPoolExecutor:
    quiet = not _log.isEnabledFor(logging.ERROR)
    return ProcessPoolExecutor(workers, get_context("spawn"), _start_worker, (quiet,))


def _start_worker(quiet: bool) -> None:
    """Ctrl-C is the parent's business: a worker finishes its file, which is then stored."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if quiet:
        logging.disable(logging.CRITICAL)
    with suppress(ImportError, ValueError, OSError):  # no such limits on this system: files are read without
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_BYTES, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _in_worker(path: Path, settings: Settings) -> Interpretation:
    """`read_file` against the clock: the alarm ends the process even inside a PDF library."""
    import signal

    if not hasattr(signal, "alarm"):
        return read_file(path, settings)
    signal.alarm(MAX_SECONDS)
    try:
        return read_file(path, settings)
    finally:
        signal.alarm(0)


def read_file(path: Path, settings: Settings) -> Interpretation:
    """Read one file through the workspace: a known, unchanged file is understood without opening it."""
    labels_of(settings.mappings)
    try:
        return _through_store(path, settings)
    except UnreadableFileError as error:
        return _failed(path, error.message, error.remedy)
    except DealproofError:
        raise
    except MemoryError:
        return _failed(path, f"{path.name}: reading this file needs too much memory.", "Split it into parts.")
    except Exception as error:  # noqa: BLE001  # a stranger's file must cost itself alone; the log keeps the trace
        _log.error("%s", path.name, exc_info=error)
        _keep_trace(path, error, settings.workspace)
        words = " ".join(str(error).split())
        return _failed(
            path,
            f"{path.name}: reading it met an unexpected error (bug, {type(error).__name__}: {words}).",
            "Run again with --debug and report it.",
        )


def _through_store(path: Path, settings: Settings) -> Interpretation:
    from dealproof.extract import extract_document
    from dealproof.pages.open import identify

    source = identify(path)
    known = None if settings.again else recall(source, settings)
    if known is None or known.outgrown:
        known = remember(extract_document(path, labels_of(settings.mappings)), settings)
    return known.interpretation


def _keep_trace(path: Path, error: Exception, workspace: Path) -> None:
    """Keep the traceback of a bug in the workspace, for the report; a full disk must not add a second failure."""
    with suppress(OSError):
        kept = workspace / "errors" / f"{_digest(path)}.txt"
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(f"{path}\n{''.join(traceback.format_exception(error))}", encoding="utf-8", errors="replace")


def _failed(path: Path, message: str, remedy: str) -> Interpretation:
    source = Source(str(path), path.name, _digest(path), 0)
    return Interpretation(source, 0, 0, Profile(), status="failed", message=f"{message} {remedy}".strip())


def _digest(path: Path) -> str:
    """SHA-256 of the bytes; of the path where there are none, so that two empty files stay two rows."""
    with suppress(OSError):
        content = path.read_bytes()
        if content:
            return hashlib.sha256(content).hexdigest()
    return hashlib.sha256(str(path).encode(errors="surrogateescape")).hexdigest()
