"""Whether the tests notice when the code is wrong: `python benchmarks/mutants.py [--jobs 2] [--only NAME …] [--quick] [--list]`.

Every change of `mutant_list.py` is made in a copy of the program, one at a time, and the tests that should notice it are
run. Nothing is written beside the copy. The exit code is 1 unless every change is caught; the other outcomes:

    survived  the tests hold: they do not notice
    missing   the text to be changed is gone, or stands twice: mend the list
    red       the tests fail without any change, so they can notice nothing
    broken    the changed program cannot run at all, which tells nothing
    timeout   the tests did not end

The seed of the drawn test cases is fixed: the same program, the same outcome.
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

from mutant_list import MUTANTS, REPORTED, Mutant  # noqa: E402  # the list lies beside this file

#: What a run of tests needs of the tree.
COPIED = ("src", "tests", "samples", "mappings", "benchmarks", "pyproject.toml")
SECONDS = 120
_DRAWN = ("-p", "_hypothesis_pytestplugin", "--hypothesis-seed=0")
#: A test that ends with one of these says that the program cannot run at all, not that it says something wrong.
_BREAKS = re.compile(r"^(?:NameError|ImportError|ModuleNotFoundError|SyntaxError|IndentationError|UnboundLocalError)\b")
GOOD = "caught"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one change (see above); `by` is the test that noticed it, or why nothing can be told."""

    mutant: Mutant
    outcome: str
    by: str = ""
    seconds: float = 0.0


def missing(mutant: Mutant, root: Path = ROOT) -> str:
    """Why a change cannot be made in the tree `root`, '' if it can: its text must stand in its file exactly once."""
    path = root / "src" / "dealproof" / mutant.file
    if not path.is_file():
        return f"src/dealproof/{mutant.file} does not exist"
    found = path.read_text(encoding="utf-8").count(mutant.old)
    absent = [test for test in mutant.tests if not (root / test.split("::")[0]).exists()]
    if absent:
        return f"{absent[0]} does not exist"
    if mutant.old == mutant.new:
        return "it changes nothing"
    return "" if found == 1 else f"its text stands {found} times in src/dealproof/{mutant.file}"


def run_all(mutants: Sequence[Mutant], jobs: int) -> Iterator[Result]:
    """Try each change, once it is known which tests hold without any."""
    with tempfile.TemporaryDirectory() as folder:
        base = _copied(Path(folder) / "tree")
        tests = sorted({test for mutant in mutants for test in mutant.tests})
        red = _red(base, tests, Path(folder) / "unchanged.xml")
        with ThreadPoolExecutor(jobs) as pool:
            yield from pool.map(lambda mutant: _try(mutant, base, Path(folder), red), mutants)


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


def _red(base: Path, tests: Sequence[str], told: Path) -> frozenset[str]:
    """The files of tests that fail without any change, by the name that a report gives them."""
    code = _pytest(base, base / "src", tests, told, SECONDS * 10)
    if code not in (0, 1) or not told.is_file():
        raise RuntimeError(f"The tests cannot be run without any change: pytest ended with {code}.")
    cases = ElementTree.parse(told).iter("testcase")
    return frozenset(
        case.get("classname", "") for case in cases if {"failure", "error"} & {child.tag for child in case}
    )


def _try(mutant: Mutant, base: Path, folder: Path, red: frozenset[str]) -> Result:
    why = missing(mutant, base)
    if why:
        return Result(mutant, "missing", why)
    modules = {test: test.split("::")[0].removesuffix(".py").replace("/", ".") for test in mutant.tests}
    failing = [test for test, module in modules.items() if module in red]
    if failing:
        return Result(mutant, "red", f"{failing[0]} fails without any change")
    start = time.perf_counter()
    own = Path(tempfile.mkdtemp(dir=folder))
    text = (base / "src" / "dealproof" / mutant.file).read_text(encoding="utf-8").replace(mutant.old, mutant.new)
    try:
        compile(text, mutant.file, "exec")
    except SyntaxError as error:
        return Result(mutant, "broken", f"does not compile: {error.msg}", time.perf_counter() - start)
    _overlay(base / "src" / "dealproof", own / "src" / "dealproof", Path(mutant.file).parts, text)
    try:
        code = _pytest(base, own / "src", mutant.tests, own / "told.xml", SECONDS, "-x")
    except subprocess.TimeoutExpired:
        return Result(mutant, "timeout", f"{SECONDS} s", time.perf_counter() - start)
    outcome, by = _outcome(code, own / "told.xml")
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


def _pytest(base: Path, source: Path, tests: Iterable[str], told: Path, seconds: float, *more: str) -> int:
    """Run tests of the copy on the program in `source`; `told` receives what became of each."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *_DRAWN, *more]
    environment = {
        **os.environ,
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",  # half of the time of a short run goes into plugins that it needs not
        "PYTHONPATH": os.pathsep.join([str(source), str(base)]),
        "HYPOTHESIS_STORAGE_DIRECTORY": str(told.with_suffix(".drawn")),
    }
    command += [f"--junitxml={told}", *tests]
    return subprocess.run(
        command, cwd=base, env=environment, capture_output=True, check=False, timeout=seconds
    ).returncode


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


def _or_exit(results: Iterator[Result]) -> Iterator[Result]:
    try:
        yield from results
    except RuntimeError as error:
        sys.exit(str(error))


def main() -> None:
    """Try the changes and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--only", nargs="+", metavar="NAME", default=[], help="changes whose name or file holds a NAME")
    parser.add_argument("--quick", action="store_true", help="only the changes that once went unnoticed")
    parser.add_argument("--list", action="store_true", help="print the changes and try none")
    options = parser.parse_args()
    listed = REPORTED if options.quick else MUTANTS
    chosen = [m for m in listed if not options.only or any(n in m.name or n in m.file for n in options.only)]
    if not chosen:
        sys.exit(f"No change is called {' or '.join(options.only)}; --list names them.")
    if options.list:
        print("\n".join(f"{m.file:<40} {m.name}" for m in chosen))
        return
    start = time.perf_counter()
    results = []
    for result in _or_exit(run_all(chosen, options.jobs)):
        results.append(result)
        print(f"{result.outcome:<9} {result.seconds:5.1f} s  {result.mutant.file:<38} {result.mutant.name}", flush=True)
        if result.by:
            print(f"{'':<19} {result.by}")
    counts = Counter(result.outcome for result in results)
    told = ", ".join(f"{number} {outcome}" for outcome, number in sorted(counts.items()))
    work = os.times()
    seconds = f"{time.perf_counter() - start:.0f} s ({work.children_user + work.children_system:.0f} s of computing)"
    print(f"\n{len(results)} changes in {seconds}: {told}")
    sys.exit(counts[GOOD] < len(results))


if __name__ == "__main__":
    main()
