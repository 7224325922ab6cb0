"""What dealproof costs, beside its aims and beside peers, in one run: `python benchmarks/all.py [--write]`.

CPU seconds are those of the whole process tree, medians of several runs; commands and anchors take turns, so that a busy machine
slows all of them. A figure counts beside its anchor: the same machine on another day gives other seconds and the same ratio.
With `--write` the table goes to docs/performance.md. What no program here measures yet is said to be so.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from run import BASELINE, REPORTS, ROOT, TEXT, measure, put_together

PAGES = 12
#: So many runs give a median.
REPEATS = 5
COMMAND = "from dealproof.cli.app import main; main()"
#: What any command costs that has options and a store: the libraries for both, loaded and nothing done.
FRAME = "import typer, pydantic, sqlalchemy, sqlalchemy.dialects.sqlite"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in CPU seconds: what it was when the aims were set (`before`) and what it should be. `now` is None where nothing
    measures it yet; `anchor` names what it is set beside."""

    name: str
    before: str
    aim: str
    now: float | None = None
    anchor: str = ""


#: Figures that other programs of this folder tell, or that nothing measures yet.
ELSEWHERE = (
    Figure("a scanned page, recognised (`scans.py`)", "15.6", "2.5"),
    Figure("one new report among 10,000 documents", "92", "5"),
    Figure("a full build of 10,000 documents", "92", "60"),
    Figure("a store of 1,000,000 documents, simulated", "", ""),
)


class Desk:
    """Reports of twelve pages, and workspaces for every run of a command."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.number = folder, 0
        self.reports = [put_together([path], PAGES, self._place(f"{path.stem}.pdf")) for path in REPORTS]

    def _place(self, name: str) -> Path:
        (self.folder / "in").mkdir(exist_ok=True)
        return self.folder / "in" / name

    def command(self, *words: str, work: str, out: str = "out") -> float:
        """CPU seconds of a command in a workspace, with a folder for its dataset where it takes one (`out`)."""
        places = ["--workspace", str(self.folder / work), "--mappings", str(ROOT / "mappings")]
        return measure(COMMAND, *words, *places, *(("--out", str(self.folder / f"{work}-{out}")) if out else ())).cpu

    def first(self, reports: int) -> float:
        """A run of some reports into a new workspace."""
        self.number += 1
        return self.command("run", *map(str, self.reports[:reports]), "--jobs", "1", work=f"new{self.number}")


def measured(desk: Desk, repeats: int) -> dict[str, float]:
    """Medians of every command and anchor, all of them taking turns."""
    desk.command("run", *map(str, desk.reports), work="known")
    known, (report, *_) = [str(path) for path in desk.reports], desk.reports
    turns: dict[str, Callable[[], float]] = {
        "one": lambda: desk.first(1),
        "all": lambda: desk.first(len(known)),
        "known": lambda: desk.command("run", *known, work="known"),
        "questions": lambda: desk.command("questions", work="known", out=""),
        "build": lambda: desk.command("build", work="known"),
        "export": lambda: desk.command("export", "--format", "parquet", work="known", out="parquet"),
        "help": lambda: measure(COMMAND, "--help").cpu,
        "frame": lambda: measure(FRAME).cpu,
        "text": lambda: measure(TEXT, str(report)).cpu,
        "pdfplumber": lambda: measure(BASELINE, str(report)).cpu,
    }
    runs: dict[str, list[float]] = {name: [] for name in turns}
    for _ in range(repeats):
        for name, turn in turns.items():
            runs[name].append(turn())
    return {name: statistics.median(seconds) for name, seconds in runs.items()}


def figures(found: dict[str, float], reports: int) -> list[Figure]:
    """What was measured as the figures that have an aim, then what is not measured here."""
    further = (found["all"] - found["one"]) / (reports - 1)
    frame, plumber = "frame", "pdfplumber"
    return [
        Figure(f"`run` of one {PAGES}-page report, new workspace", "3.6", "0.8", found["one"], plumber),
        Figure("each further report", "0.74", "0.2", further, plumber),
        Figure("`run` over known files", "0.74", "0.3", found["known"], frame),
        Figure("`questions`, nothing changed", "1.2", "0.4", found["questions"], frame),
        Figure("`build`, nothing changed", "1.3", "0.4", found["build"], frame),
        Figure("`export --format parquet`, nothing changed", "", "", found["export"], frame),
        Figure("`--help`", "0.22", "", found["help"], frame),
        *ELSEWHERE,
    ]


def table(found: dict[str, float], rows: list[Figure]) -> str:
    """The figures as a table of Markdown, with the anchors below it."""
    lines = ["| CPU seconds of all processes | when the aims were set | now | aim | beside its anchor |", "|---|---|---|---|---|"]
    for row in rows:
        now = "not measured yet" if row.now is None else f"{row.now:.2f}"
        beside = "" if row.now is None or not row.anchor else f"{row.now / found[row.anchor]:.2f} × {ANCHORS[row.anchor]}"
        lines.append(f"| {row.name} | {row.before} | {now} | {row.aim} | {beside} |")
    lines += ["", "Anchors in the same run: " + "; ".join(f"{what} {found[name]:.2f} s" for name, what in ANCHORS.items()) + "."]
    return "\n".join(lines)


ANCHORS = {
    "frame": "loading Typer, pydantic and SQLAlchemy",
    "text": "PDFium's bare text of the report",
    "pdfplumber": "pdfplumber's tables of its pages",
}
HEAD = """# What it costs

Written by `python benchmarks/all.py --write`: medians of one run, in which commands and anchors take turns. Seconds are those of the
machine it ran on; the last column says what they are worth elsewhere. Reading by itself is measured by `benchmarks/run.py`.

"""


def main() -> None:
    """Measure, print, and write the document where that is wanted."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    parser.add_argument("--repeats", type=int, default=REPEATS, help=f"runs of each (default: {REPEATS})")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        desk = Desk(Path(scratch))
        found = measured(desk, options.repeats)
        text = table(found, figures(found, len(desk.reports)))
    print(text)
    if options.write:
        (ROOT / "docs" / "performance.md").write_text(HEAD + text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
