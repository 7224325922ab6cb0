"""How long an analyst waits for `dealproof build` on many stored documents: `python benchmarks/build.py`.

The samples are read once; their extracts are then stored again and again under other names of deals, so that the
workspace holds as many different documents as asked for and no further PDF is opened. Offering circulars are grown
with pages of prose to the length that circulars have. Every build is a process of its own, so that start-up counts.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import os
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from dealproof import api
from dealproof.model.extract import Extract
from dealproof.model.page import PageText
from dealproof.settings.settings import build_settings
from dealproof.store.connections import Store
from dealproof.store.database import open_store
from dealproof.store.extracts import all_extracts, save_extract
from dealproof.store.serialize import from_json, to_json

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
#: The series of the samples' deals; each copy of the samples has others of the same length.
SERIES = ("嘉禾普惠", "瑞穗", "臻粹", "禾盈", "建元", "和悦", "惠清", "苏元", "泰和", "驰远", "欣荣")
SYLLABLES = (
    "安邦诚达恩飞高海吉康龙明宁鹏启荣盛泰旺兴百城德方广恒华金景凯兰绿茂南欧平谦群润山顺天通维文西祥新鑫信"
    "旭雅扬益永优宇裕元源远越云泽展兆振正志中众卓紫宗尊庆瑾岚皓"
)
#: Words that only the cover of an offering circular bears, and where prose comes from.
CIRCULAR, PROSE = ("发行说明书", "募集说明书", "计划说明书"), "real_prose.pdf"
TARGET_SECONDS = 5.0
#: A short name that the samples print, whose it is, and whose the edited row says it is.
MENTION, TRUE_ID, OTHER_ID = "中债资信", "I220", "I217"
COMMAND = "from dealproof.cli.app import main; main()"


@dataclass(frozen=True, slots=True)
class Measured:
    """One command: wall-clock seconds with start-up, and the largest resident memory of one process in MB."""

    seconds: float
    megabytes: float


def dealproof(*words: str) -> Measured:
    """Run the command line in a fresh interpreter. Raises RuntimeError when it fails."""
    begin = time.perf_counter()
    process = os.posix_spawn(
        sys.executable,
        [sys.executable, "-c", COMMAND, *words],
        os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)],
    )
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - begin
    if os.waitstatus_to_exitcode(status) != 0:
        raise RuntimeError(f"dealproof {' '.join(words)} ended with {os.waitstatus_to_exitcode(status)}")
    return Measured(seconds, usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10))


def fill(workspace: Path, documents: int, pages: int, scratch: Path) -> int:
    """Store `documents` different extracts, circulars with `pages` pages; return the number of their pages."""
    dealproof(
        "run", str(SAMPLES), "--workspace", str(scratch / "read"), "--out", str(scratch / "read-out"),
        "--mappings", str(ROOT / "mappings"),
    )  # fmt: skip
    originals = list(all_extracts(_store(scratch / "read")))
    prose = next(_without_figures(extract) for extract in originals if extract.source.file_name == PROSE)
    grown = [_grown(extract, prose, pages) for extract in originals]
    store, total = _store(workspace), 0
    for extract in itertools.islice(_copies(grown), documents):
        save_extract(store, extract)
        total += len(extract.pages)
    return total


def _store(workspace: Path) -> Store:
    return open_store(build_settings({"workspace": workspace}, {}, workspace))


def _without_figures(extract: Extract) -> tuple[PageText, ...]:
    """Pages that say nothing about a deal, as most pages of a circular."""
    kept = (tuple(line for line in page.lines if not any(map(str.isdigit, line.text))) for page in extract.pages)
    return tuple(replace(page, lines=lines) for page, lines in zip(extract.pages, kept, strict=True))


def _grown(extract: Extract, prose: Sequence[PageText], pages: int) -> Extract:
    """A circular with pages of prose behind its own; any other document as it is."""
    cover = "".join(extract.pages[0].text.split())
    if not any(word in cover for word in CIRCULAR):
        return extract
    numbers = range(len(extract.pages) + 1, pages + 1)
    more = tuple(replace(page, number=number) for number, page in zip(numbers, itertools.cycle(prose), strict=False))
    return replace(extract, pages=extract.pages + more)


def _copies(originals: Sequence[Extract]) -> Iterator[Extract]:
    """The originals under other names of deals, round after round; a round's documents stay one set of deals."""
    for number in range(len(SYLLABLES) ** 2 // len(SERIES)):
        for extract in originals:
            text = json.dumps(to_json(extract), ensure_ascii=False)
            for place, old in enumerate(SERIES):
                text = text.replace(old, _series(old, number * len(SERIES) + place))
            copy_id = hashlib.sha256(f"{extract.source.document_id} {number}".encode()).hexdigest()
            yield from_json(Extract, json.loads(text.replace(extract.source.document_id, copy_id)))


def _series(old: str, number: int) -> str:
    """The name of a series with a number, as long as the old one."""
    first, second = divmod(number, len(SYLLABLES))
    return (SYLLABLES[first] + SYLLABLES[second]) * (len(old) // 2)


def add_row(path: Path, row: str) -> None:
    """What an analyst does: one more row at the end of a mapping file."""
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + f"\n{row}\n", encoding="utf-8")


def measure(step: Callable[[], None], build: Callable[[], Measured], repeats: int) -> Measured:
    """Median of `repeats` builds, each after doing `step` again."""
    runs: list[Measured] = []
    for _ in range(repeats):
        step()
        runs.append(build())
    return Measured(statistics.median(r.seconds for r in runs), max(r.megabytes for r in runs))


def same_bytes(one: Path, other: Path) -> bool:
    """Whether two exports hold the same files with the same bytes."""
    return _content(one) == _content(other)


def forget_facts(workspace: Path) -> None:
    """Leave the extracts alone in the store."""
    with closing(sqlite3.connect(workspace / "store.sqlite")) as store, store:
        store.execute("DELETE FROM facts")


def _content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def compare(folder: Path, documents: int, pages: int, repeats: int) -> None:
    """Fill a workspace, build in every way an analyst meets, print a line each."""
    mappings, workspace = folder / "mappings", folder / "work"
    shutil.copytree(ROOT / "mappings", mappings)
    total = fill(workspace, documents, pages, folder)
    print(f"{documents} documents, {total} pages, {os.cpu_count()} cores\n")
    places = ("--workspace", str(workspace), "--mappings", str(mappings))

    def build() -> Measured:
        return dealproof("build", *places, "--out", str(folder / "out"))

    def edit_labels() -> None:
        add_row(mappings / "labels" / "triggers.csv", f"-,新标签{time.monotonic_ns()},exact,benchmark")

    def edit_expectations() -> None:
        shutil.copy(ROOT / "mappings" / "expectations.csv", mappings)
        add_row(mappings / "expectations.csv", f"issue_result,triggers,should,,benchmark {time.monotonic_ns()}")

    aliases = itertools.cycle(("alias", ""))

    def edit_alias() -> None:
        move_alias(mappings / "aliases.csv", next(aliases))

    lines = {
        "a row of a label file edited": measure(edit_labels, build, repeats),
        "facts stored, nothing edited": measure(lambda: None, build, repeats),
        "a row of expectations.csv edited": measure(edit_expectations, build, repeats),
        "a row of aliases.csv edited": measure(edit_alias, build, repeats),
    }
    forget_facts(workspace)
    scratch = dealproof("build", *places, "--out", str(folder / "scratch"))
    lines["from scratch, no facts stored"] = scratch
    print("| build | s | MB | of the time from scratch | of the 5 s that are allowed |")
    print("|---|---|---|---|---|")
    for name, run in lines.items():
        shares = f"{run.seconds / scratch.seconds:.2f} | {run.seconds / TARGET_SECONDS:.2f}"
        print(f"| {name} | {run.seconds:.2f} | {run.megabytes:.0f} | {shares} |", flush=True)
    print(f"\nwith stored facts and from scratch: {_verdict(folder)}")
    print(f"one alias edited: {_changed_by_alias(folder, mappings, places)}")


def _changed_by_alias(folder: Path, mappings: Path, places: Sequence[str]) -> str:
    """Which rows follow when the name of an agency leads to another institution, and whether any other does."""
    before, after = folder / "before", folder / "after"
    for out, decision in ((before, ""), (after, "alias")):
        move_alias(mappings / "aliases.csv", decision)
        dealproof("build", *places, "--out", str(out))
    changes = api.diff(before, after).changes
    ids = {TRUE_ID, OTHER_ID}
    strays = [change for change in changes if not ids & {*change.key, change.before, change.after}]
    tables = Counter(change.table for change in changes)
    return f"{len(changes)} cells follow ({dict(tables)}), {len(strays)} of rows that name neither institution"


def move_alias(path: Path, decision: str) -> None:
    """Let the row of `MENTION` say something else; an empty decision takes the row away."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if f",{MENTION}," not in line]
    if decision:
        lines.append(f"{decision},{MENTION},{OTHER_ID},,*,*,,,benchmark,,benchmark,2026-01-01,")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _verdict(folder: Path) -> str:
    return "the same bytes" if same_bytes(folder / "out", folder / "scratch") else "DIFFERENT BYTES"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=200, help="stored documents")
    parser.add_argument("--pages", type=int, default=100, help="pages of an offering circular")
    parser.add_argument("--repeats", type=int, default=3, help="builds of each sort (median)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        compare(Path(folder), options.documents, options.pages, options.repeats)


if __name__ == "__main__":
    main()
