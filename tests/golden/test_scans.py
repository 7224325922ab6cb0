"""Scans made of native documents, and the committed ones against their gold (where character recognition is installed)."""

from __future__ import annotations

import csv
import importlib.util
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pypdfium2
import pytest
from samples.make.scan import Scan, paste_table, scan_pdf, without_meaning
from samples.make.stamps import FILLING, font

from dealproof import contract
from dealproof.dataset.build import Dataset, build_dataset
from dealproof.extract.document import extract_document
from dealproof.interpret.read import interpret_document
from dealproof.mappings.labels import load_labels
from dealproof.mappings.load import load_registry
from dealproof.text import squeeze

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "samples" / "P0202407180000000004.pdf"
GOLD = ROOT / "tests" / "golden" / "scans" / "gold"
TABLES = ("documents", "deals", "tranches", "performance", "delinquency", "tranche_payments", "triggers")
QUICK = Scan(dpi=60, grey=True)


def _texts(path: Path) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)]


def test_a_scan_has_pages_without_text_and_the_same_options_give_the_same_bytes(tmp_path: Path) -> None:
    scan = Scan(dpi=60, skew=1.0, noise=4.0, dust=20, shade=0.1, curl=3.0, show_through=0.1, jpeg=50)
    contents = []
    for name in ("one.pdf", "two.pdf"):
        scan_pdf(REPORT, tmp_path / name, scan)
        contents.append((tmp_path / name).read_bytes())
    assert contents[0] == contents[1]
    assert _texts(tmp_path / "one.pdf") == ["", "", "", ""]


def test_a_partly_scanned_file_keeps_its_other_pages(tmp_path: Path) -> None:
    scan_pdf(REPORT, tmp_path / "part.pdf", Scan(dpi=60, pages=(2,)))
    assert b"20250102030405" in (tmp_path / "part.pdf").read_bytes()  # no moment of writing in it
    native, part = _texts(REPORT), _texts(tmp_path / "part.pdf")
    assert part == [native[0], "", *native[2:]]


@pytest.mark.parametrize("quarter", [90, 270])
def test_a_sheet_put_in_by_its_side_is_wider_than_high(tmp_path: Path, quarter: int) -> None:
    scan_pdf(REPORT, tmp_path / "turned.pdf", Scan(dpi=60, quarter=quarter))
    width, height = pypdfium2.PdfDocument(tmp_path / "turned.pdf")[0].get_size()
    assert width > height


def test_a_fax_is_black_and_white_alone(tmp_path: Path) -> None:
    scan_pdf(REPORT, tmp_path / "fax.pdf", Scan(dpi=100, fax=True))
    assert b"CCITTFaxDecode" in (tmp_path / "fax.pdf").read_bytes()


def test_a_hidden_layer_says_what_is_printed_or_lies(tmp_path: Path) -> None:
    try:
        font(FILLING, 10)
    except OSError:
        pytest.skip(f"{FILLING} is not installed")
    for name, share in (("true.pdf", 0.0), ("lying.pdf", 0.3)):
        scan_pdf(REPORT, tmp_path / name, Scan(dpi=60, grey=True, hidden_text=share))
    printed, true, lying = (
        squeeze(_texts(path)[1]) for path in (REPORT, tmp_path / "true.pdf", tmp_path / "lying.pdf")
    )
    assert "1,320,000,000.00" in printed
    assert "1,320,000,000.00" in true
    assert "1,320,000,000.00" not in lying
    assert len(lying) > len(printed) * 0.8


def test_a_layer_under_a_page_that_was_turned_or_cut_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="neither turned nor cut"):
        scan_pdf(REPORT, tmp_path / "no.pdf", Scan(quarter=90, hidden_text=0.0))


def test_a_pasted_table_takes_its_figures_out_of_the_text_and_nothing_else(tmp_path: Path) -> None:
    native = ROOT / "samples" / "real_taihe.pdf"
    number = next(n for n, text in enumerate(_texts(native), start=1) if "3,180,000,000.00" in text)
    paste_table(native, tmp_path / "pasted.pdf", number, QUICK)
    before, after = _texts(native)[number - 1], _texts(tmp_path / "pasted.pdf")[number - 1]
    assert "3,180,000,000.00" in before
    assert "3,180,000,000.00" not in after
    assert set(after.split()) <= set(before.split())
    assert after.strip()


def test_glyphs_without_their_map_look_the_same_and_say_something_else(tmp_path: Path) -> None:
    without_meaning(REPORT, tmp_path / "glyphs.pdf")
    assert "优先" not in _texts(tmp_path / "glyphs.pdf")[1]
    pictures = [
        pypdfium2.PdfDocument(path)[1].render().to_pil().tobytes() for path in (REPORT, tmp_path / "glyphs.pdf")
    ]
    assert pictures[0] == pictures[1]


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    if importlib.util.find_spec("rapidocr") is None:
        pytest.skip("character recognition is not installed")
    labels = load_labels(ROOT / "mappings" / "labels")
    files = sorted((GOLD.parent).glob("*.pdf"))
    read = [interpret_document(extract_document(path, labels), labels) for path in files]
    return build_dataset(read, load_registry(ROOT / "mappings"))


def _plain(text: str) -> str:
    try:
        return str(Decimal(text).normalize())
    except InvalidOperation:
        return squeeze(text)


def _key(row: dict[str, str], table: str) -> tuple[str, ...]:
    return tuple(_plain(row[column]) for column in contract.table(table).key)


def _gold(table: str) -> list[dict[str, str]]:
    with (GOLD / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _asked(dataset: Dataset, table: str, row: dict[str, str], column: str) -> bool:
    """Whether an open question is about the cell, or about its row or table as a whole."""
    key = "|".join(row[name] for name in contract.table(table).key)
    return any(
        question["table"] == table and question["key"] in ("", key) and question["column"] in ("", column)
        for question in dataset.rows("questions")
        if question["state"] == "open"
    )


@pytest.mark.parametrize("table", TABLES)
def test_no_scanned_value_is_wrong_or_invented_in_silence(dataset: Dataset, table: str) -> None:
    answers = {_key(row, table): row for row in _gold(table)}
    silent = []
    for row in dataset.rows(table):
        gold = answers.get(_key(row, table))
        for column, value in row.items():
            wanted = gold.get(column, "*") if gold else ""
            fine = not value or wanted == "*" or _plain(value) in {_plain(spelling) for spelling in wanted.split("|")}
            if not fine and not _asked(dataset, table, row, column):
                silent.append(f"{_key(row, table)} {column}: printed {wanted!r}, delivered {value!r}")
    assert not silent, "\n".join(silent[:20])


def test_of_a_hundred_scanned_figures_ninety_nine_are_exact(dataset: Dataset) -> None:
    exact, faults = 0, []
    for table in TABLES:
        delivered = {_key(row, table): row for row in dataset.rows(table)}
        for gold in _gold(table):
            row = delivered.get(_key(gold, table), {})
            for column in contract.table(table).column_names:
                printed = gold.get(column, "")
                if not printed.replace(".", "").isdigit():
                    continue
                if _plain(row.get(column, "")) == _plain(printed):
                    exact += 1
                else:
                    faults.append(f"{_key(gold, table)} {column}: printed {printed}, delivered {row.get(column)!r}")
    assert exact >= 0.99 * (exact + len(faults)), "\n".join(faults[:20])
