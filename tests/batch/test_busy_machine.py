"""Limits of time count what a file computes: on a busy machine a file waits, it does not fail."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dealproof import api
from dealproof.runs import worker
from dealproof.settings.limits import PATIENCE, Limits
from dealproof.settings.settings import Settings, build_settings
from dealproof.store.database import close_store
from tests.doubles import readers
from tests.doubles.pdfs import Sheet, write_pdf

ROOT = Path(__file__).parents[2]
#: Most seconds of computing for one file here. A busy one computes for fewer, which takes more by the clock.
SECONDS = 10
BURN = """
import sys, time
print("burning", flush=True)
until = time.monotonic() + float(sys.argv[1])
while time.monotonic() < until:
    pass
"""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits of processes")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    monkeypatch.setattr(worker, "read_one", readers.read_one)
    options = {
        "workspace": tmp_path / "work", "out": tmp_path / "out", "mappings": ROOT / "mappings", "jobs": 1, "seconds": SECONDS,
    }  # fmt: skip
    made = build_settings(options, {}, tmp_path)
    yield made
    close_store(made)


@contextmanager
def busy_machine(seconds: float) -> Iterator[None]:
    """Processes that compute on every core, three on each; should nobody end them they end by themselves."""
    words = [sys.executable, "-c", BURN, str(seconds)]
    burners = [subprocess.Popen(words, stdout=subprocess.PIPE) for _ in range(3 * (os.cpu_count() or 1))]
    try:
        for burner in burners:
            assert burner.stdout is not None
            burner.stdout.readline()  # it burns
        yield
    finally:
        for burner in burners:
            burner.kill()
            burner.communicate()


def drop(folder: Path, name: str) -> Path:
    return write_pdf(folder / name, Sheet().text(50, 50, f"年度报告 {name}"))


def test_a_file_that_waits_for_a_busy_machine_is_read_although_the_clock_passed_its_seconds(
    tmp_path: Path, settings: Settings
) -> None:
    path = drop(tmp_path, "busy-5.pdf")
    by_the_clock: list[float] = []
    watchers = api.Watchers(working=lambda hands: by_the_clock.extend(hand.seconds for hand in hands))
    with busy_machine(120):
        report = api.run([str(path)], settings, watchers)
    (outcome,) = report.outcomes
    assert (outcome.state, outcome.code) == ("read", "")
    assert max(by_the_clock) > SECONDS


def test_a_file_that_computes_for_too_long_is_given_up_and_not_tried_again(tmp_path: Path, settings: Settings) -> None:
    path = drop(tmp_path, "hang-1.pdf")
    (outcome,) = api.run([str(path)], settings).outcomes
    assert (outcome.code, outcome.lasting) == ("timeout", True)
    assert outcome.message == f"hang-1.pdf: reading this file took more than {SECONDS} seconds of computing."
    assert [outcome.state for outcome in api.run([str(path)], settings).outcomes] == ["stands"]


def test_a_file_that_only_waits_is_given_up_by_the_clock_and_tried_again(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Limits, "wall_seconds", property(lambda limits: limits.seconds))
    path = drop(tmp_path, "sleep-1.pdf")
    (outcome,) = api.run([str(path)], settings).outcomes
    assert (outcome.code, outcome.lasting) == ("timeout", False)
    assert "by the clock" in outcome.message
    assert [outcome.state for outcome in api.run([str(path)], settings).outcomes] == ["failed"]


def test_the_clock_is_several_times_as_generous_as_the_limit_of_computing() -> None:
    assert Limits(seconds=600).wall_seconds == 600 * PATIENCE >= 3000


def test_a_worker_counts_each_file_for_itself(tmp_path: Path, settings: Settings) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for number in range(3):
        drop(folder, f"busy-5-{number}.pdf")
    report = api.run([str(folder)], settings)
    assert [outcome.state for outcome in report.outcomes] == ["read"] * 3
