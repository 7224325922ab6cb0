"""Two hundred files, thirty of them hostile: 170 are read, 30 are explained, in bounded time and memory."""

from __future__ import annotations

import csv
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from dealproof import api
from dealproof.runs import worker
from dealproof.settings.settings import Settings, build_settings
from dealproof.store.database import close_store
from tests.doubles import readers
from tests.doubles.hostile import write_hostile, write_ordinary
from tests.doubles.pdfs import Sheet, write_pdf

ROOT = Path(__file__).parents[2]
FILES, HOSTILE = 200, 30
#: What one file may cost here, and what the whole drill may: two files run into the limit of time.
SECONDS, MEMORY, ALL_SECONDS = 10, 1 << 30, 240

pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits of processes")


@contextmanager
def largest_worker() -> Iterator[list[int]]:
    """The most memory that one worker process held while the block ran, in bytes, as the only item of the list.

    The process that runs the tests has other children, before and beside the drill (recognition, browsers), and the
    system's own account of a process's children covers its whole life.
    """
    largest, ended = [0], threading.Event()

    def watch() -> None:
        while not ended.wait(0.02):
            for child in psutil.Process().children(recursive=True):
                try:
                    if "spawn_main" in " ".join(child.cmdline()):
                        largest[0] = max(largest[0], child.memory_info().rss)
                except psutil.NoSuchProcess:
                    continue

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield largest
    finally:
        ended.set()
        watcher.join()


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    monkeypatch.setattr(worker, "read_one", readers.read_one)
    options = {
        "workspace": tmp_path / "work", "out": tmp_path / "out", "mappings": ROOT / "mappings", "jobs": 2,
        "seconds": SECONDS, "memory": f"{MEMORY >> 20} MB",
    }  # fmt: skip
    made = build_settings(options, {}, tmp_path)
    yield made
    close_store(made)


def test_of_two_hundred_files_every_good_one_is_read_and_every_hostile_one_explained(
    tmp_path: Path, settings: Settings
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    expected = write_hostile(inbox)
    vanishing = write_pdf(inbox / "vanishing.pdf", Sheet().text(50, 50, "年度报告"))
    expected["vanishing.pdf"] = "unreachable"
    write_ordinary(inbox, FILES - HOSTILE)
    begin = time.monotonic()
    with largest_worker() as memory:
        report = api.run([str(inbox)], settings, api.Watchers(planned=lambda _: vanishing.unlink()))
    seconds = time.monotonic() - begin

    assert len(expected) == HOSTILE
    assert len(report.outcomes) == FILES
    assert {outcome.item.name: outcome.code for outcome in report.failed} == expected
    for outcome in report.failed:
        assert outcome.item.name in outcome.message
        assert outcome.remedy
        assert "bug" not in outcome.message
    with (tmp_path / "out" / "documents.csv").open(encoding="utf-8-sig") as handle:
        statuses = [row["status"] for row in csv.DictReader(handle)]
    assert len(statuses) == FILES
    assert statuses.count("failed") == HOSTILE
    assert len(api.failures(settings)) == HOSTILE

    assert seconds < ALL_SECONDS
    assert 0 < memory[0] < MEMORY
    assert [child for child in psutil.Process().children() if "spawn_main" in " ".join(child.cmdline())] == []


def test_a_second_run_does_not_repeat_what_would_end_the_same(tmp_path: Path, settings: Settings) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name in ("hang-1.pdf", "crash-1.pdf", "hungry-1.pdf", "good.pdf"):
        write_pdf(inbox / name, Sheet().text(50, 50, f"年度报告 {name}"))
    first = api.run([str(inbox)], settings)
    assert sorted(outcome.code for outcome in first.failed) == ["crash", "memory", "timeout"]
    begin = time.monotonic()
    second = api.run([str(inbox)], settings)
    assert second.failed == ()
    assert len(second.in_state("stands")) == 3
    assert time.monotonic() - begin < SECONDS
