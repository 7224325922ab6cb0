"""Two programs over the same folder and store at once: every file is read once, both end with the same bytes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from dealproof import api
from dealproof.settings import build_settings
from dealproof.store.database import close_store

ROOT = Path(__file__).parents[2]


def start(folder: Path, out: str, *options: str) -> subprocess.Popen[str]:
    """A run over the samples, as a program of its own."""
    return subprocess.Popen(
        [
            sys.executable, "-c", "from dealproof.cli.app import main; main()", "run", str(ROOT / "samples"), "--jobs", "2",
            "--out", str(folder / out), "--workspace", str(folder / "work"), "--mappings", str(ROOT / "mappings"), *options,
        ],
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_a_file_is_read_once_by_two_programs_that_start_together(tmp_path: Path) -> None:
    together = [start(tmp_path, name) for name in ("a", "b")]
    for run in together:
        _, said = run.communicate(timeout=120)
        assert run.returncode == 0, said
    settings = build_settings({"workspace": tmp_path / "work", "mappings": ROOT / "mappings"}, {}, tmp_path)
    files = len(list((ROOT / "samples").glob("*.pdf")))
    told = api.status(settings)
    close_store(settings)
    assert [run.state for run in told.runs] == ["done", "done"]
    assert sum(run.read or 0 for run in told.runs) == files
    assert min(run.read or 0 for run in told.runs) > 0
    a, b = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("a", "b"))
    assert a == b


def test_the_dataset_is_read_while_a_batch_is_running(tmp_path: Path) -> None:
    assert start(tmp_path, "first").wait(timeout=120) == 0
    settings = build_settings(
        {"workspace": tmp_path / "work", "mappings": ROOT / "mappings", "out": tmp_path / "beside"}, {}, tmp_path
    )
    running = start(tmp_path, "second", "--again")
    while running.poll() is None:
        api.rebuild(settings)
    close_store(settings)
    assert running.wait(timeout=120) == 0
    first, beside = ({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("first", "beside"))
    assert first == beside
