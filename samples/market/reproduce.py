"""The published review against what the documents give: `python -m samples.market.reproduce [FOLDER] [--jobs 2]`.

Prints the market as PDFs into FOLDER (unless they are there), reads them with `dealproof run`, writes the review with
`dealproof report`, and prints every published figure beside the computed one. Exit code 1 where one differs.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from samples.market.computed import COMPUTED, Rows, read
from samples.market.targets import Published, printed, published
from samples.market.ties import tried

_COMMAND = "from dealproof.cli.app import main; main()"
_WIDTHS = (28, 14, 16, 10)


def main(folder: Path, jobs: int) -> int:
    """Make, read, report, compare; return how many published figures are not reproduced."""
    pdfs, mappings, review = folder / "pdf", folder / "mappings", folder / "review"
    if not pdfs.is_dir():
        _timed("make", [sys.executable, "-m", "samples.market", str(folder), "--jobs", str(jobs)])
    stored = ["--workspace", str(folder / "workspace"), "--mappings", str(mappings)]
    _timed("run", [*_dealproof("run", str(pdfs), "--out", str(folder / "out"), "--jobs", str(jobs)), *stored])
    _timed("report", [*_dealproof("report", "--year", "2025", "--out", str(review)), *stored])
    rows = read(review / "metrics.csv")
    wrong = compared(rows)
    told()
    return wrong


def compared(rows: Rows) -> int:
    """Print published beside computed figures; return how many differ."""
    print(_line(("figure", "published", "computed", "")))
    figures = published()
    wrong = 0
    for figure in figures:
        computed = COMPUTED[figure.id](rows)
        met = computed is not None and figure.is_met(computed)
        wrong += not met
        print(_line((figure.id, _published(figure), _computed(computed, figure), "same" if met else "DIFFERS")))
    print(
        f"{len(figures) - wrong} of {len(figures)} published figures follow from the documents and the reference file."
    )
    return wrong


def told() -> None:
    """Print which published figures contradict each other."""
    ties = tried()
    against = [item for item in ties if not item.holds]
    print(
        f"{len(ties) - len(against)} of {len(ties)} ties between the published figures hold. Contradictions, not repaired:"
    )
    for item in against:
        allowed = f"{item.least:.2f} to {item.greatest:.2f}"
        print(f"  {item.tie.id} {item.tie.what}: printed {item.printed}, its operands allow {allowed}. {item.tie.why}")


def _published(figure: Published) -> str:
    sign = "" if figure.relation == "=" else figure.relation
    return f"{sign}{figure.value} {figure.unit}"


def _computed(value: Decimal | None, figure: Published) -> str:
    if value is None:
        return "—"
    places = figure.decimals if figure.relation == "=" else 2
    return f"{printed(value, places)} {figure.unit}"


def _line(cells: Sequence[str]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, _WIDTHS, strict=True)).rstrip()


def _dealproof(*words: str) -> list[str]:
    return [sys.executable, "-c", _COMMAND, *words]


def _timed(name: str, command: list[str]) -> None:
    begin = time.perf_counter()
    done = subprocess.run(command, check=False)
    print(f"{name}: {time.perf_counter() - begin:.1f} s", flush=True)
    if done.returncode != 0:
        raise SystemExit(f"{name} ended with exit code {done.returncode}.")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "folder", nargs="?", type=Path, default=Path("market"), help="where everything is written (default: market)"
    )
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    raise SystemExit(1 if main(given.folder, given.jobs) else 0)
