"""Write all sample documents and their gold: `python -m samples.make` from the project's root.

With names of sources behind it (`python -m samples.make awkward`) only those are printed anew; the answers are written for
all, from the other PDFs as they stand.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from samples.make import awkward, credit, markets, notes, npl, real_tables, retail
from samples.make.gold import Gold
from samples.make.paper import print_pdf
from samples.make.produced import Sample

SOURCES = (credit, retail, npl, markets, notes, real_tables, awkward)


def main(names: Sequence[str]) -> None:
    """Print the documents of the named sources (of all without names), count their pages, write the answers."""
    import pypdfium2

    known = {source.__name__.rpartition(".")[2] for source in SOURCES}
    if not known >= set(names):
        raise SystemExit(f"There are these sources: {', '.join(sorted(known))}.")
    folder = Path(__file__).parents[1]
    gold, files, about = Gold(), {}, {}
    for source in SOURCES:
        wanted = not names or source.__name__.rpartition(".")[2] in names
        for sample in source.samples(gold):
            target = folder / sample.file
            if wanted:
                _print(sample, target)
            pages = len(pypdfium2.PdfDocument(target))
            files[sample.file] = target
            about[sample.file] = {
                "family": sample.family, "deal_id": sample.deal_id, "kind": sample.kind, "period_no": sample.period_no,
                "producer": sample.producer, "pages": pages,
            }  # fmt: skip
            print(f"{sample.file}: {pages} pages, {target.stat().st_size // 1024} KB, {sample.producer}")
    gold.write(folder / "gold", files, about)


def _print(sample: Sample, target: Path) -> None:
    if sample.draw:
        sample.draw(target)
    else:
        print_pdf(sample.html, target, sample.producer)


if __name__ == "__main__":
    main(sys.argv[1:])
