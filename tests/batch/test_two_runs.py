"""Two programs over the same folder and store at once: every file is read once, both end with the same bytes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from dealproof import api
from dealproof.settings.settings import Settings

ROOT = Path(__file__).parents[2]


def start(settings: Settings, out: str, *options: str) -> subprocess.Popen[str]:
    """A run over the samples, as a program of its own."""
    places = ["--out", str(settings.out.parent / out), "--workspace", str(settings.workspace)]
    stores = ["--store", settings.store] if settings.store else []
    command = [sys.executable, "-c", "from dealproof.cli.app import main; main()", "run", str(ROOT / "samples")]
    words = [*command, *places, *stores, "--mappings", str(settings.mappings), "--jobs", "2", *options]
    return subprocess.Popen(words, stderr=subprocess.PIPE, text=True)


def dataset(settings: Settings, out: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (settings.out.parent / out).iterdir()}


def test_a_file_is_read_once_by_two_programs_that_start_together(stocked: Settings) -> None:
    for run in [start(stocked, name) for name in ("a", "b")]:
        _, said = run.communicate(timeout=120)
        assert run.returncode == 0, said
    told = api.status(stocked)
    assert [run.state for run in told.runs] == ["done", "done"]
    assert sum(run.read or 0 for run in told.runs) == len(list((ROOT / "samples").glob("*.pdf")))
    assert min(run.read or 0 for run in told.runs) > 0
    assert dataset(stocked, "a") == dataset(stocked, "b")


def test_the_dataset_is_read_while_a_batch_is_running(stocked: Settings) -> None:
    assert start(stocked, "first").wait(timeout=120) == 0
    running = start(stocked, "second", "--again")
    while running.poll() is None:
        api.rebuild(stocked)
    assert running.wait(timeout=120) == 0
    assert dataset(stocked, "first") == dataset(stocked, stocked.out.name)
