"""Thousands of damaged PDFs, in portions: `python benchmarks/fuzz.py --files 2000`. Prints what became of them.

`--layouts` changes the layout of whole files instead: rows cut by page breaks, pages joined, emptied, thinned out, shuffled.
The exit code is 1 if anything crashed the batch, met a bug in a file or a table, left a value without proof, or a
figure unaccounted for.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.doubles.accounts import unaccounted  # noqa: E402  # as above
from tests.doubles.layout_mutants import layout_mutants  # noqa: E402  # as above
from tests.doubles.mutants import mutants  # noqa: E402  # as above
from tests.doubles.proofs import program_errors, unproven  # noqa: E402  # as above

from dealproof import api  # noqa: E402  # the tests' makers of files lie beside the package
from dealproof.mappings.labels import load_labels  # noqa: E402  # as above
from dealproof.settings.settings import build_settings  # noqa: E402  # as above
from dealproof.store.database import close_store, open_store  # noqa: E402  # as above
from dealproof.store.extracts import all_extracts  # noqa: E402  # as above

PORTION = 250
Make = Callable[[Sequence[Path], int], Iterator[tuple[str, bytes]]]


def portion(folder: Path, seed: int, files: int, make: Make = mutants) -> tuple[Counter[tuple[str, str]], list[str]]:
    """Read a portion of mutants; returns what became of them by kind of damage, and what must not happen."""
    inbox = folder / "inbox"
    inbox.mkdir()
    for name, content in islice(make(list((ROOT / "samples").glob("*.pdf")), seed), files):
        (inbox / name).write_bytes(content)
    options = {
        "workspace": folder / "work", "out": folder / "out", "mappings": ROOT / "mappings", "seconds": 60, "memory": "2 GB",
    }  # fmt: skip
    settings = build_settings(options, {}, folder)
    report = api.run([str(inbox)], settings)
    labels = load_labels(ROOT / "mappings" / "labels")
    left = [told for extract in all_extracts(open_store(settings)) for told in unaccounted(extract, labels)]
    close_store(settings)
    ends = Counter((outcome.item.name.split("-")[1], outcome.code or outcome.status) for outcome in report.outcomes)
    wrong = [outcome.sentence for outcome in report.failed if outcome.code == "bug"]
    wrong += left
    wrong += [] if len(report.outcomes) == files else [f"{files - len(report.outcomes)} files are not accounted for"]
    if report.dataset is not None:
        wrong += [*unproven(report.dataset), *program_errors(report.dataset)]
    return ends, wrong


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--layouts", action="store_true", help="change the layout of whole files instead of damaging them"
    )
    options = parser.parse_args()
    ends: Counter[tuple[str, str]] = Counter()
    wrong: list[str] = []
    begin = time.perf_counter()
    make: Make = layout_mutants if options.layouts else mutants
    for seed in range(options.seed, options.seed + options.files, PORTION):
        with tempfile.TemporaryDirectory() as folder:
            some, bad = portion(Path(folder), seed, min(PORTION, options.seed + options.files - seed), make)
        ends += some
        wrong += bad
        print(f"{sum(ends.values())} files, {time.perf_counter() - begin:.0f} s, {len(wrong)} wrong", flush=True)
    outcomes = sorted({end for _, end in ends})
    print(f"\n| damage | {' | '.join(outcomes)} |\n|---|{'---|' * len(outcomes)}")
    for kind in sorted({kind for kind, _ in ends}):
        print(f"| {kind} | {' | '.join(str(ends[kind, end]) for end in outcomes)} |")
    print("\n".join(wrong))
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
