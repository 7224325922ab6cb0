"""`kill -9` at any moment, of the program or of a worker: the next run goes on and ends with the same bytes."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).parents[2]
#: Deaths in all, and every how many of them hits the program itself instead of one of its workers.
DEATHS, OF_THE_PROGRAM = 50, 2
#: A run over the samples takes about this many seconds; deaths are spread over all of it and a little more.
SPAN = 4.0

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9")


def start(folder: Path, *options: str) -> subprocess.Popen[bytes]:
    """A run over the samples, as a program of its own."""
    return subprocess.Popen(
        [
            sys.executable, "-c", "from dealproof.cli.app import main; main()", "run", str(ROOT / "samples"), "--jobs", "2",
            "--out", str(folder / "out"), "--workspace", str(folder / "work"), "--mappings", str(ROOT / "mappings"), *options,
        ],
        stderr=subprocess.DEVNULL,
    )  # fmt: skip


def workers(program: psutil.Process) -> list[psutil.Process]:
    """The processes that read; not the one that Python keeps to tidy up after them."""
    try:
        return [child for child in program.children() if "resource_tracker" not in " ".join(child.cmdline())]
    except psutil.Error:
        return []


def export_is_whole(folder: Path) -> bool:
    """Whether there is no export at all, or one with every file that it names."""
    if not (folder / "out").exists():
        return True
    package = json.loads((folder / "out" / "datapackage.json").read_text(encoding="utf-8"))
    named = {resource["path"] for resource in package["resources"]} | {"datapackage.json"}
    return named == {path.name for path in (folder / "out").iterdir()}


def dataset(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "out").iterdir()}


def one_run_with_deaths(folder: Path, chance: random.Random, deaths: int, *options: str) -> int:
    """A run in which up to `deaths` processes are killed; returns how many were."""
    run = start(folder, *options)
    program = psutil.Process(run.pid)
    killed = 0
    while killed < deaths:
        time.sleep(chance.uniform(0.05, SPAN / 2))
        if run.poll() is not None:
            break
        hit_program = chance.randrange(OF_THE_PROGRAM) == 0
        victims = [program] if hit_program else workers(program)
        if not victims:
            continue
        chance.choice(victims).send_signal(signal.SIGKILL)
        killed += 1
        if hit_program:
            break
    run.wait(timeout=120)
    return killed


def test_after_fifty_deaths_the_dataset_has_the_bytes_of_an_undisturbed_run(tmp_path: Path) -> None:
    assert start(tmp_path / "calm").wait(timeout=120) == 0
    chance, left, runs = random.Random(20261123), DEATHS, 0
    while left > 0:
        again = ("--again",) if runs % 2 else ()
        left -= one_run_with_deaths(tmp_path / "storm", chance, min(left, 3), *again)
        runs += 1
        assert export_is_whole(tmp_path / "storm")
    assert start(tmp_path / "storm").wait(timeout=120) == 0
    assert dataset(tmp_path / "storm") == dataset(tmp_path / "calm")
    assert [path.name for path in (tmp_path / "storm").iterdir() if path.name.startswith(".")] == []


def test_workers_end_with_the_program_that_started_them(tmp_path: Path) -> None:
    run = start(tmp_path)
    program = psutil.Process(run.pid)
    give_up = time.monotonic() + 30
    while len(children := workers(program)) < 2 and time.monotonic() < give_up:
        time.sleep(0.05)
    time.sleep(1)
    program.send_signal(signal.SIGKILL)
    run.wait()
    _, alive = psutil.wait_procs(children, timeout=15)
    assert alive == []
