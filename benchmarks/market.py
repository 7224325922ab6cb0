"""What a whole market costs, from PDFs to the review: `python benchmarks/market.py [FOLDER] [--only N]`.

Prints the market of `samples/market` as PDFs into FOLDER (unless they are there), then measures each step in a process of its
own: reading everything, reading again with nothing new, building the dataset from stored facts, and the market review.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from build import Measured, dealproof

ROOT = Path(__file__).parents[1]


def printed(folder: Path, only: int | None) -> Path:
    """The PDFs of the market, made where they are not there yet."""
    if not (folder / "pdf").is_dir():
        words = [] if only is None else ["--only", str(only)]
        subprocess.run([sys.executable, "-m", "samples.market", str(folder), *words], cwd=ROOT, check=True)
    return folder / "pdf"


def measure(folder: Path, jobs: int) -> dict[str, Measured]:
    """Every step after the other in a workspace of its own."""
    workspace = folder / "measured"
    shutil.rmtree(workspace, ignore_errors=True)
    places = ["--workspace", str(workspace), "--mappings", str(folder / "mappings")]
    out, review = ["--out", str(workspace / "out")], ["--out", str(workspace / "review")]
    run = ["run", str(folder / "pdf"), "--jobs", str(jobs), *out, *places]
    return {
        f"run, {jobs} processes": dealproof(*run),
        "run again, nothing new": dealproof(*run),
        "build in another format": dealproof(
            "build", "--format", "parquet", "--out", str(workspace / "parquet"), *places
        ),
        "report": dealproof("report", "--year", "2025", *review, *places),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "folder", nargs="?", type=Path, help="where the market lies or is made (default: a temporary folder)"
    )
    parser.add_argument("--only", type=int, help="a small market of about so many deals of 2025")
    parser.add_argument("--jobs", type=int, default=2, help="processes that read")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = (options.folder or Path(scratch)).resolve()
        documents = len(list(printed(folder, options.only).rglob("*.pdf")))
        lines = measure(folder, options.jobs)
    whole = sum(line.seconds for line in lines.values())
    print(f"{documents} documents, {os.cpu_count()} cores\n")
    print("| step | s | documents/s | MB | share of all steps |")
    print("|---|---|---|---|---|")
    for name, line in lines.items():
        print(
            f"| {name} | {line.seconds:.1f} | {documents / line.seconds:.1f} | {line.megabytes:.0f} | {line.seconds / whole:.0%} |"
        )


if __name__ == "__main__":
    main()
