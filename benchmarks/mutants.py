"""Whether the tests notice when the code is wrong: `python benchmarks/mutants.py [--jobs 2] [--only NAME …] [--list]`.

Every change of `mutant_list.py` is made in a copy of the program, one at a time, and the tests that should notice it are
run. Nothing is written beside the copy. The exit code is 1 if a change goes unnoticed, cannot be made, or breaks the
program so that nothing can be told. The seed of the drawn test cases is fixed: the same program, the same outcome.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

from mutant_list import MUTANTS, Mutant  # noqa: E402  # the list lies beside this file

#: What a run of tests needs of the tree.
COPIED = ("src", "tests", "samples", "mappings", "benchmarks", "docs", "README.md", "pyproject.toml")
SECONDS = 120
_DRAWN = ("-p", "_hypothesis_pytestplugin", "--hypothesis-seed=0")
#: A test that ends with one of these says that the program cannot run at all, not that it says something wrong.
_BREAKS = re.compile(r"^(?:NameError|ImportError|ModuleNotFoundError|SyntaxError|IndentationError|UnboundLocalError)\b")
GOOD = "caught"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one change: caught, survived, timeout, broken or missing; `by` is the test that noticed it."""

    mutant: Mutant
    outcome: str
    by: str = ""
    seconds: float = 0.0


def missing(mutant: Mutant) -> str:
    """Why a change cannot be made, '' if it can: its text must stand in its file exactly once."""
    path = ROOT / "src" / "dealproof" / mutant.file
    if not path.is_file():
        return f"src/dealproof/{mutant.file} does not exist"
    found = path.read_text(encoding="utf-8").count(mutant.old)
    absent = [test for test in mutant.tests if not (ROOT / test.split("::")[0]).exists()]
    if absent:
        return f"{absent[0]} does not exist"
    if mutant.old == mutant.new:
        return "it changes nothing"
    return "" if found == 1 else f"its text stands {found} times in src/dealproof/{mutant.file}"


def run_all(mutants: Sequence[Mutant], jobs: int) -> Iterator[Result]:
    """Try each change. The tests must hold without any, else RuntimeError: what fails anyway notices nothing."""
    with tempfile.TemporaryDirectory() as folder:
        base = _copied(Path(folder) / "tree")
        tests = sorted({test for mutant in mutants for test in mutant.tests})
        told = _pytest(base, base / "src", tests, Path(folder) / "unchanged.xml", SECONDS * 10)
        if told.returncode:
            raise RuntimeError(f"The tests do not hold without any change:\n{told.stdout[-3000:]}")
        with ThreadPoolExecutor(jobs) as pool:
            yield from pool.map(lambda mutant: _try(mutant, base, Path(folder)), mutants)


def _copied(base: Path) -> Path:
    """A copy of the tree, compiled, so that each change costs the compilation of one file."""
    base.mkdir()
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, base / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(ROOT / name, base / name)
    subprocess.run([sys.executable, "-m", "compileall", "-q", str(base / "src")], check=True, timeout=SECONDS)
    return base


def _try(mutant: Mutant, base: Path, folder: Path) -> Result:
    why = missing(mutant)
    if why:
        return Result(mutant, "missing", why)
    start = time.perf_counter()
    own = Path(tempfile.mkdtemp(dir=folder))
    text = (base / "src" / "dealproof" / mutant.file).read_text(encoding="utf-8").replace(mutant.old, mutant.new)
    try:
        compile(text, mutant.file, "exec")
    except SyntaxError as error:
        return Result(mutant, "broken", f"does not compile: {error.msg}", time.perf_counter() - start)
    _overlay(base / "src" / "dealproof", own / "src" / "dealproof", Path(mutant.file).parts, text)
    try:
        told = _pytest(base, own / "src", mutant.tests, own / "told.xml", SECONDS)
    except subprocess.TimeoutExpired:
        return Result(mutant, "timeout", f"{SECONDS} s", time.perf_counter() - start)
    outcome, by = _outcome(told.returncode, own / "told.xml")
    return Result(mutant, outcome, by, time.perf_counter() - start)


def _overlay(base: Path, own: Path, parts: tuple[str, ...], text: str) -> None:
    """The package as links to the copy, but for the one file; compiled code of that file is not taken over."""
    own.mkdir(parents=True)
    for entry in base.iterdir():
        if entry.name not in (parts[0], "__pycache__"):
            (own / entry.name).symlink_to(entry)
    if len(parts) > 1:
        _overlay(base / parts[0], own / parts[0], parts[1:], text)
    else:
        (own / parts[0]).write_text(text, encoding="utf-8")
    (own / "__pycache__").mkdir()
    for compiled in (base / "__pycache__").glob("*.pyc"):
        if compiled.name.split(".")[0] != parts[0].removesuffix(".py"):
            (own / "__pycache__" / compiled.name).symlink_to(compiled)


def _pytest(
    base: Path, source: Path, tests: Iterable[str], told: Path, seconds: float
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *_DRAWN]
    environment = {
        **os.environ,
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # half of the time of a short run goes into plugins that it needs not
        "PYTHONPATH": os.pathsep.join([str(source), str(base)]),
        "HYPOTHESIS_STORAGE_DIRECTORY": str(told.with_suffix(".drawn")),
    }
    return subprocess.run(
        [*command, f"--junitxml={told}", *tests], cwd=base, env=environment, capture_output=True, text=True,
        check=False, timeout=seconds,
    )  # fmt: skip


def _outcome(code: int, told: Path) -> tuple[str, str]:
    """What a run of tests says: 1 is a test that failed; anything else but 0 is that nothing could be told."""
    if code == 0:
        return "survived", ""
    cases = ElementTree.parse(told).iter("testcase") if told.is_file() else iter(())
    for case in cases:
        failure = case.find("failure")
        if code == 1 and failure is not None:
            message = failure.get("message", "")
            name = f"{case.get('classname', '').rsplit('.', 1)[-1]}::{case.get('name', '')}"
            return ("broken", message[:80]) if _BREAKS.match(message) else (GOOD, name)
        if (error := case.find("error")) is not None:
            return "broken", (error.get("message") or "")[:80]
    return "broken", f"pytest ended with {code}"


def main() -> None:
    """Try the changes and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--only", nargs="+", metavar="NAME", default=[], help="changes whose name or file holds a NAME")
    parser.add_argument("--list", action="store_true", help="print the changes and try none")
    options = parser.parse_args()
    chosen = [m for m in MUTANTS if not options.only or any(n in m.name or n in m.file for n in options.only)]
    if not chosen:
        sys.exit(f"No change is called {' or '.join(options.only)}; --list names them.")
    if options.list:
        print("\n".join(f"{m.file:<40} {m.name}" for m in chosen))
        return
    start = time.perf_counter()
    results = []
    for result in run_all(chosen, options.jobs):
        results.append(result)
        print(f"{result.outcome:<9} {result.seconds:5.1f} s  {result.mutant.file:<38} {result.mutant.name}", flush=True)
        if result.by:
            print(f"{'':<19} {result.by}")
    counts = Counter(result.outcome for result in results)
    told = ", ".join(f"{number} {outcome}" for outcome, number in sorted(counts.items()))
    print(f"\n{len(results)} changes in {time.perf_counter() - start:.0f} s: {told}")
    sys.exit(counts[GOOD] < len(results))


if __name__ == "__main__":
    main()
