"""Write all sample documents and their gold: `python -m samples.make` from the project's root."""

from __future__ import annotations

from pathlib import Path

from samples.make import credit, markets, notes, npl, real_tables, retail
from samples.make.gold import Gold
from samples.make.paper import print_pdf


def main() -> None:
    """Print every document, count its pages, write the answers."""
    import pypdfium2

    folder = Path(__file__).parents[1]
    gold, files, about = Gold(), {}, {}
    for source in (credit, retail, npl, markets, notes, real_tables):
        for sample in source.samples(gold):
            target = folder / sample.file
            print_pdf(sample.html, target, sample.producer)
            pages = len(pypdfium2.PdfDocument(target))
            files[sample.file] = target
            about[sample.file] = {
                "family": sample.family, "deal_id": sample.deal_id, "kind": sample.kind, "period_no": sample.period_no,
                "producer": sample.producer, "pages": pages,
            }  # fmt: skip
            print(f"{sample.file}: {pages} pages, {target.stat().st_size // 1024} KB, {sample.producer}")
    gold.write(folder / "gold", files, about)


if __name__ == "__main__":
    main()
