"""A worker that is a copy of the program ends, fails and is limited like one that was started anew."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from dealproof.runs.forked import RESTING, ForkOnce, may_fork
from tests.doubles.pdfs import Sheet, write_pdf

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")

RUN = """
import json, os, sys, threading
from pathlib import Path
from dealproof import api
from dealproof.cli.progress import Progress
from dealproof.runs import forked, worker
from dealproof.settings.settings import build_settings
from tests.doubles import readers
worker.read_one = readers.read_one
started = []
start = forked.ForkOnce.Process
forked.ForkOnce.Process = lambda self, *a, **n: (start(self, *a, **n), started.append(1))[0]
folder = Path(sys.argv[1])
settings = build_settings(
    {"workspace": folder / "work", "out": folder / "out", "mappings": sys.argv[2], "jobs": 1, "seconds": 3,
     "memory": "1 GB"}, {}, folder)
with Progress(1) as progress:
    report = api.run([str(folder / "inbox")], settings, progress.watchers)
print(json.dumps({"forked": len(started), "outcomes": {each.item.name: each.code or each.state for each in report.outcomes}}))
"""


def program(folder: Path, *names: str) -> subprocess.Popen[str]:
    """A run over files of these names, as a program of its own with one worker."""
    (folder / "inbox").mkdir()
    for name in names:
        write_pdf(folder / "inbox" / name, Sheet().text(50, 50, f"年度报告 {name}"))
    return subprocess.Popen(
        [sys.executable, "-c", RUN, str(folder), str(ROOT / "mappings")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"},
    )  # fmt: skip


def worker_of(run: subprocess.Popen[str]) -> psutil.Process:
    """The worker, which is a copy of the program, once it is at its file."""
    program, until = psutil.Process(run.pid), time.monotonic() + 30
    while time.monotonic() < until:
        with suppress(psutil.NoSuchProcess):
            for child in program.children():
                if child.cmdline() == program.cmdline():
                    time.sleep(0.5)
                    return child
        time.sleep(0.02)
    raise AssertionError("no worker began")


@pytest.mark.parametrize(
    ("first", "code"), [("crash-1.pdf", "crash"), ("hang-1.pdf", "timeout"), ("hungry-1.pdf", "memory")]
)
def test_a_file_that_ends_a_forked_worker_costs_itself_alone(tmp_path: Path, first: str, code: str) -> None:
    out, err = program(tmp_path, first, "m.pdf", "z.pdf").communicate(timeout=120)
    told = json.loads(out)
    assert told == {"forked": 1, "outcomes": {first: code, "m.pdf": "read", "z.pdf": "read"}}
    assert "INFO" not in err


def test_a_forked_worker_that_is_killed_is_replaced_and_its_file_read(tmp_path: Path) -> None:
    run = program(tmp_path, "slow-1.pdf")
    worker = worker_of(run)
    worker.send_signal(signal.SIGKILL)
    out, _ = run.communicate(timeout=120)
    assert json.loads(out)["outcomes"] == {"slow-1.pdf": "read"}


def test_a_forked_worker_holds_no_claim_and_no_store_of_the_program_and_ends_with_it(tmp_path: Path) -> None:
    run = program(tmp_path, "sleep-1.pdf")
    worker = worker_of(run)
    held = [Path(file.path).name for file in worker.open_files()]
    assert [name for name in held if name.endswith(".lock") or name.startswith("store.sqlite")] == []
    run.kill()
    run.communicate()
    _, alive = psutil.wait_procs([worker], timeout=15)
    assert alive == []


def test_a_program_with_other_threads_is_not_copied() -> None:
    ended = threading.Event()
    other = threading.Thread(target=ended.wait)
    other.start()
    try:
        assert not may_fork()
    finally:
        ended.set()
        other.join()


def alone(code: str) -> str:
    """What a program of its own says."""
    words = [sys.executable, "-c", code]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "OPENBLAS_NUM_THREADS": "2"}
    return subprocess.run(words, capture_output=True, text=True, env=env, check=True, timeout=60).stdout.strip()


def test_only_a_program_without_threads_of_libraries_may_be_copied() -> None:
    ask = "from dealproof.runs.forked import may_fork; print(may_fork())"
    assert alone(ask) == "True"
    resting = f"import threading; threading.Thread(target=threading.Event().wait, name={RESTING!r}, daemon=True).start(); "
    assert alone(resting + ask) == "True"
    assert alone(f"import threading; threading.Thread(target=threading.Event().wait, daemon=True).start(); {ask}") == "False"
    native = "import ctypes, pathlib; import numpy; a = numpy.ones((500, 500)); a @ a; "
    threads = "import os; print(len(os.listdir('/proc/self/task')))"
    if alone(native + threads) != "1":
        assert alone(native + ask) == "False"


def test_a_pool_forks_once() -> None:
    context = ForkOnce()
    process = context.Process(target=os.getpid)
    process.start()
    process.join()
    assert process.exitcode == 0
    with pytest.raises(OSError, match="forked once"):
        context.Process(target=os.getpid)


def test_a_copy_closes_the_claims_that_it_inherits_and_no_other_file(tmp_path: Path) -> None:
    claims, others = tmp_path / "locks", tmp_path / "others"
    for folder in (claims, others):
        folder.mkdir()
    told = alone(
        "import os\nfrom dealproof.store.locks import close_inherited\n"
        f"held, other = os.open({str(claims / 'a.lock')!r}, os.O_CREAT), os.open({str(others / 'a.lock')!r}, os.O_CREAT)\n"
        "close_inherited()\nos.fstat(other)\n"
        "try:\n    os.fstat(held)\nexcept OSError:\n    print('closed')"
    )
    assert told == "closed"
