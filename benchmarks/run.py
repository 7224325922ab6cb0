"""Speed and memory of dealproof beside plain pdfplumber, side by side in one run: `python benchmarks/run.py`.

CPU seconds are those of the whole process tree. Every reading happens in a process of its own, so that start-up counts and peak memory is that of this reading alone.
The two programs take turns, so that a busy machine slows both. The long circular and the 15-page report are put
together at run time from the samples; a third circular ends in a list of its loans of 450 pages, drawn at run time; any other PDF can be named as an argument and is measured as it is and grown
to the same length with its own pages of prose.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from fpdf import FPDF
from pylopdf_fonts_zh_cn import sans_path

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
SHARED = ROOT.parent / "shared" / "real"
#: Pages of the circular and of the trustee report that are measured.
CIRCULAR_PAGES, REPORT_PAGES = 420, 15
#: Pages of the list of loans (逐笔贷款清单) behind a circular, and loans on each.
LOAN_PAGES, LOANS = 450, 40
CIRCULARS = [SAMPLES / name for name in ("P0202405090000000001.pdf", "嘉禾普惠计划说明书.pdf", "20250214001.pdf")]
REPORTS = [SAMPLES / f"P0202{name}.pdf" for name in ("407180000000004", "408180000000005", "409180000000006")]
#: Where prose comes from when the documents themselves have no page of it.
FILLER = [SAMPLES / "real_prose.pdf"]

BASELINE = """
import sys, pdfplumber
with pdfplumber.open(sys.argv[1]) as document:
    for page in document.pages:
        page.extract_tables()
"""
#: The least that reading a PDF can cost: PDFium's bare text of every page.
TEXT = """
import sys, pypdfium2
for page in pypdfium2.PdfDocument(sys.argv[1]):
    text_page = page.get_textpage()
    text_page.get_text_range()
    text_page.close()
    page.close()
"""
DEALPROOF = """
import sys, dealproof
dealproof.read_document(sys.argv[1], sys.argv[2])
"""
COMMAND = """
import sys
from dealproof.cli.app import main
sys.argv = ["dealproof", "run", sys.argv[1], "--mappings", sys.argv[2], "--jobs", "1", "--out", sys.argv[3] + "/out",
            "--workspace", sys.argv[3] + "/work", "--again"]
main()
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """One reading: wall-clock and CPU seconds with start-up, and the largest resident memory in MB."""

    seconds: float
    cpu: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Subject:
    """One PDF, the program text that stands for dealproof on it, and how often each program reads it."""

    name: str
    path: Path
    program: str
    repeats: int


def measure(program: str, *arguments: str) -> Measured:
    """Run `program` in a fresh interpreter. Raises RuntimeError when it fails."""
    begin = time.perf_counter()
    process = os.posix_spawn(
        sys.executable,
        [sys.executable, "-c", program, *arguments],
        os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)],
    )
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - begin
    if os.waitstatus_to_exitcode(status) != 0:
        raise RuntimeError(f"reading {arguments[0]} ended with {os.waitstatus_to_exitcode(status)}")
    kilobytes = usage.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return Measured(seconds, usage.ru_utime + usage.ru_stime, kilobytes / 1024)


def compare(subject: Subject, scratch: Path) -> tuple[Measured, Measured, Measured]:
    """Medians of dealproof, of the baseline and of bare text on one PDF, the three taking turns."""
    ours: list[Measured] = []
    theirs: list[Measured] = []
    texts: list[Measured] = []
    for _ in range(subject.repeats):
        ours.append(measure(subject.program, str(subject.path), str(ROOT / "mappings"), str(scratch)))
        texts.append(measure(TEXT, str(subject.path)))
        theirs.append(measure(BASELINE, str(subject.path)))
    return _median(ours), _median(theirs), _median(texts)


def _median(runs: Sequence[Measured]) -> Measured:
    seconds, cpu, megabytes = zip(*((r.seconds, r.cpu, r.megabytes) for r in runs), strict=True)
    return Measured(statistics.median(seconds), statistics.median(cpu), statistics.median(megabytes))


def put_together(paths: Sequence[Path], pages: int, target: Path) -> Path:
    """Write a PDF of exactly `pages` pages: the documents once, then their pages of plain prose again and again."""
    book = pypdfium2.PdfDocument.new()
    for path in paths:
        with pypdfium2.PdfDocument(path) as part:
            book.import_pages(part, pages=list(range(min(len(part), pages - len(book)))))
    path, prose = max(((path, _prose(path)) for path in [*paths, *FILLER]), key=lambda found: _text(*found))
    with pypdfium2.PdfDocument(path) as part:
        missing = pages - len(book)
        # One call, so that the repeated pages share their fonts as the pages of one document do.
        book.import_pages(part, pages=list(itertools.islice(itertools.cycle(prose), missing)))
    book.save(target)
    return target


def loan_list(target: Path, pages: int = LOAN_PAGES) -> Path:
    """Draw a ruled list of loans, none of which the dataset holds, over `pages` pages."""
    pdf = FPDF(orientation="landscape")
    pdf.add_font("song", fname=str(sans_path()))
    pdf.set_font("song", size=7)
    chance = random.Random(0)
    head = ("序号", "借据编号", "借款人所在地区", "所属行业", "贷款发放日", "贷款到期日", "合同金额（元）", "未偿本金余额（元）", "执行利率（%）", "五级分类")
    for page in range(pages):
        pdf.add_page()
        rows = [head, *(_loan(chance, page * LOANS + number) for number in range(1, LOANS + 1))]
        with pdf.table(rows, line_height=4, first_row_as_headings=False):
            pass
    pdf.output(str(target))
    return target


def _loan(chance: random.Random, number: int) -> tuple[str, ...]:
    amount = chance.randrange(100, 5000) * 1000
    balance = amount * chance.randrange(20, 100) // 100
    place, trade = chance.choice(("浙江台州", "江苏常熟", "四川成都")), chance.choice(("批发业", "纺织业", "餐饮业"))
    begins, ends = f"2023-{chance.randrange(1, 13):02}-17", f"2025-{chance.randrange(1, 13):02}-16"
    return (
        str(number), f"XW2023{number:07}", place, trade, begins, ends,
        f"{amount:,}.00", f"{balance:,}.00", f"{chance.randrange(380, 720) / 100:.2f}", "正常",
    )  # fmt: skip


def with_loan_list(circular: Sequence[Path], scratch: Path) -> Path:
    """A circular that ends in a list of its loans."""
    target = scratch / "loans.pdf"
    book = pypdfium2.PdfDocument.new()
    for path in (*circular, loan_list(scratch / "list.pdf")):
        with pypdfium2.PdfDocument(path) as part:
            book.import_pages(part)
    book.save(target)
    return target


def _prose(path: Path) -> list[int]:
    """Pages (0-based) with text and hardly any drawing, as most pages of a circular are."""
    with pypdfium2.PdfDocument(path) as document:
        return [number for number in range(len(document)) if _is_prose(document[number])]


def _is_prose(page: pypdfium2.PdfPage) -> bool:
    shapes = sum(1 for item in page.get_objects() if item.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH)
    return shapes <= 2 and bool(page.get_textpage().count_chars() > 300)


def _text(path: Path, numbers: Sequence[int]) -> float:
    """Mean number of characters of the pages; 0 without pages."""
    with pypdfium2.PdfDocument(path) as document:
        counts = [document[number].get_textpage().count_chars() for number in numbers]
    return statistics.mean(counts) if counts else 0.0


def subjects(scratch: Path, more: Sequence[Path], repeats: int) -> Iterator[Subject]:
    """The two documents that are always measured, long real documents where they lie beside the project, and `more`."""
    circular = put_together(CIRCULARS, CIRCULAR_PAGES, scratch / "circular.pdf")
    report = put_together(REPORTS, REPORT_PAGES, scratch / "report.pdf")
    yield Subject("circular of samples", circular, DEALPROOF, repeats)
    yield Subject("circular with a loan list", with_loan_list(CIRCULARS[:1], scratch), DEALPROOF, 1)
    yield Subject("trustee report of samples, `run`", report, COMMAND, max(repeats, 5))
    for path in more:
        yield Subject(path.stem[:31], path, DEALPROOF, repeats)
        grown = put_together([path], max(CIRCULAR_PAGES, _pages(path)), scratch / f"{path.stem}.pdf")
        yield Subject(f"{path.stem[:24]} grown", grown, DEALPROOF, repeats)
    for path in sorted(SHARED.glob("*.pdf")):
        if _pages(path) > 200:
            yield Subject(path.stem[:31], path, DEALPROOF, 1)


def _pages(path: Path) -> int:
    with pypdfium2.PdfDocument(path) as document:
        return len(document)


def main() -> None:
    """Measure and print one line a document."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path, help="more PDFs to measure, as they are and grown")
    parser.add_argument("--repeats", type=int, default=3, help="readings of each document by each program (median)")
    parser.add_argument("--only", default="", help="only documents whose name holds this word")
    options = parser.parse_args()
    print("| document | pages | dealproof s | CPU s | s/page | MB | pdfplumber s | CPU s | s/page | MB | times faster | CPU ratio | memory ratio | PDFium text CPU s | ours by it |")
    print("|" + "---|" * 15)
    with tempfile.TemporaryDirectory() as folder:
        for subject in subjects(Path(folder), options.files, options.repeats):
            if options.only not in subject.name:
                continue
            ours, theirs, text = compare(subject, Path(folder))
            pages = _pages(subject.path)
            cells = (
                subject.name, pages,
                f"{ours.seconds:.2f}", f"{ours.cpu:.2f}", f"{ours.seconds / pages:.4f}", f"{ours.megabytes:.0f}",
                f"{theirs.seconds:.2f}", f"{theirs.cpu:.2f}", f"{theirs.seconds / pages:.4f}", f"{theirs.megabytes:.0f}",
                f"{theirs.seconds / ours.seconds:.1f}", f"{theirs.cpu / ours.cpu:.1f}", f"{theirs.megabytes / ours.megabytes:.1f}",
                f"{text.cpu:.2f}", f"{ours.cpu / text.cpu:.1f}",
            )  # fmt: skip
            print("| " + " | ".join(map(str, cells)) + " |", flush=True)


if __name__ == "__main__":
    main()
