"""How well and how fast scans are read: `python benchmarks/scans.py [FOLDER …] [--grid small|full] [--faults faults.csv]`.

Takes native documents, whose values are known, makes scans of them with one degradation at a time, reads each scan in a
process of its own and holds what comes out against the native reading. Prints, for each degradation: values wanted,
exact, wrong, missing, spurious; figures exact; SILENT (wrong or spurious with no open question on the cell, its row, its
table or its page), and how many of those asked are asked by page alone; questions for 100 values; whole printed tables
exact; seconds for a scanned page; peak memory. Then how right values of each confidence are.

`--native` reads the native documents with and without `dealproof[ocr]` in turns: native pages must cost the same.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from samples.make.scan import Scan, scan_pdf  # noqa: E402  # the maker of scans lies beside the package

from scan_score import Score, score  # noqa: E402  # as above

SEAL, MARK = "华润深国投信托有限公司", "仅供内部参考"
#: One degradation each, on top of a good scan of 200 dpi.
SMALL = {
    "clean 200 dpi": Scan(),
    "clean 150 dpi": Scan(dpi=150),
    "skew 1.5": Scan(skew=1.5),
    "seal": Scan(seal=SEAL),
    "watermark light red": Scan(watermark=MARK, watermark_colour="light red"),
    "turned 90": Scan(quarter=90),
    "JPEG 30": Scan(jpeg=30),
    "fax": Scan(fax=True, noise=8, blur=0.6, dust=40),
    "office 150 dpi": Scan(dpi=150, skew=-0.8, seal=SEAL, noise=5, blur=0.6, dust=25, paper=244, shade=0.12, jpeg=60),
}
FULL = SMALL | {
    "clean 300 dpi": Scan(dpi=300),
    "clean 120 dpi": Scan(dpi=120),
    "clean 100 dpi": Scan(dpi=100),
    "skew -1": Scan(skew=-1.0),
    "skew 1": Scan(skew=1.0),
    "skew -2": Scan(skew=-2.0),
    "skew 2.5": Scan(skew=2.5),
    "blur 1.2": Scan(blur=1.2),
    "noise 18": Scan(noise=18),
    "dust 200": Scan(dust=200),
    "dark and uneven": Scan(paper=205, shade=0.35),
    "watermark grey": Scan(watermark=MARK, watermark_colour="grey"),
    "watermark blue": Scan(watermark=MARK, watermark_colour="blue"),
    "stamp of date": Scan(date_stamp="2025年6月21日", date_at=(0.6, 0.45)),
    "turned 180": Scan(quarter=180),
    "turned 270": Scan(quarter=270),
    "shows through": Scan(show_through=0.15),
    "curl": Scan(curl=7.0),
    "cut margins": Scan(cut=25.0),
    "layer that is true": Scan(hidden_text=0.0),
    "layer that lies": Scan(hidden_text=0.1),
}
GRIDS = {"small": SMALL, "full": FULL}
COLUMNS = ("degradation", "wanted", "exact", "wrong", "missing", "spurious", "SILENT", "by page", "figures exact", "questions/100", "tables exact", "s/page", "CPU s/page", "MB")  # fmt: skip
Reading = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Subject:
    """A native document, its reading, and the pages of it that are scanned (all where empty)."""

    path: Path
    native: Reading
    pages: tuple[int, ...]

    @property
    def scanned(self) -> int:
        """How many pages become pictures."""
        return len(self.pages) or int(self.native["pages"])


@dataclass(frozen=True, slots=True)
class Cost:
    """What a scanned page costs: seconds of the clock and of the processor (medians), and the peak memory in MB."""

    seconds: float
    processor: float
    megabytes: float


def read(path: Path, without_ocr: bool = False) -> Reading:
    """Read a PDF in a process of its own. Raises RuntimeError when that process fails."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "reading.json"
        command = [sys.executable, str(ROOT / "benchmarks" / "scan_reading.py"), str(path), str(target)]
        done = subprocess.run(command + ["--without-ocr"] * without_ocr, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"reading {path.name} ended with {done.returncode}:\n{done.stderr[-2000:]}")
        return dict(json.loads(target.read_text(encoding="utf-8")))


def subjects(paths: Sequence[Path], most: int) -> Iterator[Subject]:
    """The documents that say something; of each the `most` pages with most values are scanned, all of them for 0."""
    for path in paths:
        native = read(path)
        counts: dict[int, int] = {}
        for row in native["tables"]["evidence"]:
            if row["page"]:
                counts[int(row["page"])] = counts.get(int(row["page"]), 0) + 1
        if counts and not any(int(row["pages_ocr"]) for row in native["tables"]["documents"]):
            richest = sorted(counts, key=lambda page: -counts[page])[:most] if most else []
            yield Subject(path, native, tuple(sorted(richest)))


def measure(found: Sequence[Subject], scan: Scan, faults: list[tuple[str, Any]]) -> tuple[Score, Cost]:
    """Scan and read all documents; the sum of their scores, and what a page costs."""
    whole, clock, processor, peak = Score(), [], [], 0.0
    for subject in found:
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / subject.path.name
            scan_pdf(subject.path, target, replace(scan, pages=subject.pages))
            reading = read(target)
        result = score(subject.native, reading, subject.pages)
        for pace, name in ((clock, "seconds"), (processor, "processor")):
            native = subject.native[name] if subject.pages else 0.0
            pace.append(max(reading[name] - native, 0.0) / subject.scanned)
        peak = max(peak, reading["megabytes"])
        faults += [(subject.path.name, fault) for fault in result.faults]
        whole.add(result)
    return whole, Cost(statistics.median(clock), statistics.median(processor), peak)


def line(name: str, result: Score, cost: Cost) -> str:
    """One line of the table."""
    v, f, t = result.values, result.figures, result.tables
    cells = (
        name, v["wanted"], v["exact"], v["wrong"], v["missing"], v["spurious"], v["silent"], v["page_only"],
        _share(f["exact"], f["wanted"]), f"{100 * result.questions / max(v['wanted'], 1):.1f}", f"{t['exact']}/{t['wanted']} {_share(t['exact'], t['wanted'])}",
        f"{cost.seconds:.2f}", f"{cost.processor:.2f}", f"{cost.megabytes:.0f}",
    )  # fmt: skip
    return "| " + " | ".join(map(str, cells)) + " |"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "-"


def reliability(result: Score) -> str:
    """How right the values of each confidence are, and how many of the others are silent."""
    rows = ["| confidence up to | values | exact | silent |", "|---|---|---|---|"]
    rows += [
        f"| {end} | {counts['read']} | {_share(counts['exact'], counts['read'])} | {counts['silent']} |"
        for end, counts in sorted(result.sure.items())
    ]
    return "\n".join(rows)


def compare_native(paths: Sequence[Path], repeats: int) -> None:
    """Print what a native page costs, and the cost with `dealproof[ocr]` for one without, pair by pair.

    Time is that of the processor: other programs on the machine disturb it less than the clock.
    """
    print("| document | pages | s/page | ratio of time | MB | ratio of memory |\n|---|---|---|---|---|---|")
    times, sizes = [], []
    for path in paths:
        pairs = [_pair(path, turn % 2 == 1) for turn in range(repeats)]
        time = [with_ocr["processor"] / without["processor"] for with_ocr, without in pairs]
        size = [with_ocr["megabytes"] / without["megabytes"] for with_ocr, without in pairs]
        times, sizes = times + time, sizes + size
        middle = statistics.median(with_ocr["seconds"] for with_ocr, _ in pairs)
        pages, peak = pairs[0][0]["pages"], max(with_ocr["megabytes"] for with_ocr, _ in pairs)
        print(f"| {path.stem[:31]} | {pages} | {middle / pages:.4f} | {statistics.median(time):.3f} | {peak:.0f} | {statistics.median(size):.3f} |", flush=True)  # fmt: skip
    print(f"all pairs: time {statistics.median(times):.3f}, memory {statistics.median(sizes):.3f} (medians)")


def _pair(path: Path, blocked_first: bool) -> tuple[Reading, Reading]:
    """A reading with the extra and one without, in either order."""
    first, second = (read(path, without_ocr=blocked) for blocked in (blocked_first, not blocked_first))
    return (second, first) if blocked_first else (first, second)


def write_faults(target: Path, faults: Sequence[tuple[str, str, Any]]) -> None:
    """Write every fault: where, what was wanted, what was read of which print, and who asks."""
    names = [
        "degradation",
        "document",
        "kind",
        "table",
        "key",
        "column",
        "wanted",
        "got",
        "printed",
        "page",
        "confidence",
        "asked",
    ]
    with target.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(names)
        for degradation, document, fault in faults:
            table, key, column = fault.cell
            got = fault.got
            writer.writerow(
                [degradation, document, fault.kind, table, "|".join(key), column, fault.wanted, got.text, got.printed, got.page,
                 "" if got.confidence is None else got.confidence, fault.asked]
            )  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("places", nargs="*", type=Path, default=[ROOT / "samples"], help="PDFs, or folders of them")
    parser.add_argument("--grid", choices=GRIDS, default="small")
    parser.add_argument("--only", default="", help="degradations whose name holds this")
    parser.add_argument("--limit", type=int, default=0, help="most documents")
    parser.add_argument("--pages", type=int, default=0, help="most pages of a document to scan, those with most values")
    parser.add_argument("--faults", type=Path, help="write every fault to this CSV")
    parser.add_argument("--native", action="store_true", help="compare the cost of native pages instead")
    parser.add_argument("--repeats", type=int, default=6, help="pairs of readings with --native")
    options = parser.parse_args()
    paths = [path for place in options.places for path in (sorted(place.glob("*.pdf")) if place.is_dir() else [place])]
    paths = paths[: options.limit or None]
    if options.native:
        compare_native(paths, options.repeats)
        return
    found = list(subjects(paths, options.pages))
    print(
        f"{os.cpu_count()} cores; {len(found)} documents, {sum(s.scanned for s in found)} pages scanned for each line\n"
    )
    print("| " + " | ".join(COLUMNS) + " |\n" + "|---" * len(COLUMNS) + "|")
    together, faults = Score(), []
    for name, scan in GRIDS[options.grid].items():
        if options.only in name:
            own: list[tuple[str, Any]] = []
            result, cost = measure(found, scan, own)
            together.add(result)
            faults += [(name, *fault) for fault in own]
            print(line(name, result, cost), flush=True)
            if options.faults:
                write_faults(options.faults, faults)
    print(f"\nConfidence of all values read:\n{reliability(together)}")


if __name__ == "__main__":
    main()
