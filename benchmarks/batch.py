"""What a batch costs: `python benchmarks/batch.py`. Documents a second, cost beside bare reading, 10,000 documents.

Every command is a process of its own, so that start-up counts. Memory is the largest sum over the program and its
workers of what each holds for itself (USS), looked at many times a second.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from build import COMMAND, ROOT, SAMPLES, fill, forget_facts
from dealproof.settings.settings import build_settings
from dealproof.store.database import close_store, open_store
from dealproof.store.extracts import all_extracts
from dealproof.store.files import KnownFile, note_files

BARE = """
import sys, time
from pathlib import Path
from dealproof.extract.document import extract_document
from dealproof.interpret.read import interpret_document
from dealproof.mappings.labels_of_folder import labels_of
from dealproof.runs.log import hush_libraries
hush_libraries()
labels = labels_of(Path(sys.argv[1]))
files = sorted(Path(sys.argv[2]).glob("*.pdf"))
interpret_document(extract_document(files[0], labels), labels)
begin = time.perf_counter()
for file in files:
    interpret_document(extract_document(file, labels), labels)
print(time.perf_counter() - begin)
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """One command: wall-clock seconds with start-up, CPU seconds of it and its workers, and the most memory of all in MB."""

    seconds: float
    cpu: float
    megabytes: float
    said: str


def dealproof(*words: str) -> Measured:
    """Run the command line in a fresh interpreter. Raises RuntimeError when it fails."""
    begin, before = time.perf_counter(), _cpu()
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    peak = _Peak(process.pid)
    _, said = process.communicate()
    seconds = time.perf_counter() - begin
    if process.returncode != 0:
        raise RuntimeError(f"dealproof {' '.join(words)} ended with {process.returncode}:\n{said}")
    return Measured(seconds, _cpu() - before, peak.end() / (1 << 20), said)


def _cpu() -> float:
    """CPU seconds of all processes that were started here and have ended, their own among them."""
    told = resource.getrusage(resource.RUSAGE_CHILDREN)
    return told.ru_utime + told.ru_stime


class _Peak(threading.Thread):
    """Watches the memory of a process and its children."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid, self._most, self._over = pid, 0, threading.Event()
        self.start()

    def run(self) -> None:
        while not self._over.wait(0.05):
            total = 0
            try:
                program = psutil.Process(self._pid)
                for one in [program, *program.children(recursive=True)]:
                    total += one.memory_full_info().uss
            except psutil.Error:
                continue
            self._most = max(self._most, total)

    def end(self) -> int:
        self._over.set()
        self.join()
        return self._most


def reading(folder: Path, copies: int) -> None:
    """Documents a second with one and two workers, beside the bare reading of the same files in one process."""
    incoming = folder / "incoming"
    incoming.mkdir()
    for number in range(copies):
        for sample in sorted(SAMPLES.glob("*.pdf")):
            content = sample.read_bytes() + f"\n%{number}\n%%EOF\n".encode()
            (incoming / f"{number:03}-{sample.name}").write_bytes(content)
    files = len(list(incoming.iterdir()))
    bare = subprocess.run(
        [sys.executable, "-c", BARE, str(ROOT / "mappings"), str(incoming)], capture_output=True, text=True, check=True
    )
    alone = float(bare.stdout) / files
    print(f"{files} files, {os.cpu_count()} cores; bare reading of one: {alone * 1000:.0f} ms\n")
    print("| workers | s | documents/s | ms a file and worker | of the bare reading | MB in all |")
    print("|---|---|---|---|---|---|")
    for name, jobs, more in (
        ("1", 1, ()), ("2", 2, ()), ("1, Dask", 1, ("--cluster", "local")), ("2, Dask", 2, ("--cluster", "local")),
    ):  # fmt: skip
        places = ("--out", str(folder / f"out {name}"), "--workspace", str(folder / f"work {name}"))
        options = ("--mappings", str(ROOT / "mappings"), "--jobs", str(jobs), *more)
        run = dealproof("run", str(incoming), *places, *options)
        each = run.seconds * jobs / files
        print(
            f"| {name} | {run.seconds:.1f} | {files / run.seconds:.1f} | {each * 1000:.0f} | {each / alone:.2f} "
            f"| {run.megabytes:.0f} |",
            flush=True,
        )


def many(folder: Path, documents: int, pages: int) -> None:
    """An unchanged folder, one new file in it, a build from facts and from scratch, of very many documents."""
    work, incoming, mappings = folder / "work", folder / "many", folder / "mappings"
    shutil.copytree(ROOT / "mappings", mappings)
    total = fill(work, documents, pages, folder / "scratch")
    incoming.mkdir()
    settings = build_settings({"workspace": work}, {}, folder)
    store = open_store(settings)
    known = []
    for number, extract in enumerate(all_extracts(store)):
        path = incoming / f"{number:05}-{extract.source.file_name}"
        path.write_bytes(b"%PDF-1.7")
        told = path.stat()
        known.append(KnownFile(str(path), path.name, told.st_size, told.st_mtime_ns, extract.source.document_id))
    note_files(store, known, [])
    close_store(settings)
    size = (work / "store.sqlite").stat().st_size
    print(f"\n{len(known)} documents, {total} pages, store of {size >> 20} MB\n")
    print("| what | s | CPU s | MB in all |")
    print("|---|---|---|---|")
    places = ("--out", str(folder / "out"), "--workspace", str(work), "--mappings", str(mappings))

    def line(what: str, run: Measured) -> None:
        print(f"| {what} | {run.seconds:.1f} | {run.cpu:.1f} | {run.megabytes:.0f} |", flush=True)

    line("interpret, build, export: first run over known files", dealproof("run", str(incoming), *places))
    line("an unchanged folder", dealproof("run", str(incoming), *places))
    shutil.copy(next(SAMPLES.glob("*.pdf")), incoming / "new.pdf")
    line("one new file", dealproof("run", str(incoming), *places))
    line("nothing changed", dealproof("build", *places))
    shutil.rmtree(work / "kept")
    line("build and export from stored facts, nothing kept", dealproof("build", *places))
    line("status", dealproof("status", "--json", "--workspace", str(work), "--mappings", str(mappings)))
    forget_facts(work)
    line("build and export, all interpreted again", dealproof("build", *places))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--copies", type=int, default=10, help="copies of the samples that are read")
    parser.add_argument("--documents", type=int, default=10_000, help="stored documents")
    parser.add_argument("--pages", type=int, default=20, help="pages of an offering circular among them")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        reading(Path(folder), options.copies)
        (Path(folder) / "scratch").mkdir()
        many(Path(folder), options.documents, options.pages)


if __name__ == "__main__":
    main()
