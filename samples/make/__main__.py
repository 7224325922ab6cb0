"""Write all sample documents and their gold: `python -m samples.make` from the project's root.

With names of sources behind it (`python -m samples.make scanned`) only those are printed anew; the answers are written for
all documents of their folder, from the other PDFs as they stand.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from samples.make import awkward, credit, markets, notes, npl, real_tables, retail, scanned
from samples.make.gold import Gold
from samples.make.paper import print_pdf
from samples.make.produced import Sample

ROOT = Path(__file__).parents[2]
#: Scans lie apart: most tests read all samples many times, and recognition takes its time.
FOLDERS: dict[Path, tuple[ModuleType, ...]] = {
    ROOT / "samples": (credit, retail, npl, markets, notes, real_tables, awkward),
    ROOT / "tests" / "golden" / "scans": (scanned,),
}


def main(names: Sequence[str]) -> None:
    """Print the documents of the named sources (of all without names), count their pages, write the answers."""
    known = {source.__name__.rpartition(".")[2] for sources in FOLDERS.values() for source in sources}
    if not known >= set(names):
        raise SystemExit(f"There are these sources: {', '.join(sorted(known))}.")
    for folder, sources in FOLDERS.items():
        wanted = [source for source in sources if not names or source.__name__.rpartition(".")[2] in names]
        if wanted:
            _make(folder, sources, wanted)


def _make(folder: Path, sources: Sequence[ModuleType], wanted: Sequence[ModuleType]) -> None:
    import pypdfium2

    gold, files, about = Gold(), {}, {}
    folder.mkdir(exist_ok=True)
    for source in sources:
        for sample in source.samples(gold):
            target = folder / sample.file
            if source in wanted:
                _print(sample, target)
            pages = len(pypdfium2.PdfDocument(target))
            files[sample.file] = target
            about[sample.file] = {
                "family": sample.family, "deal_id": sample.deal_id, "kind": sample.kind, "period_no": sample.period_no,
                "producer": sample.producer, "pages": pages, "scanned_pages": sample.scanned_pages,
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
