"""An error of our own code costs the table that it meets, with a question at its place; all other tables are read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dealproof.extract.document import extract_document
from dealproof.interpret import read_tables
from dealproof.interpret.read import interpret_document
from dealproof.mappings.labels import load_labels
from dealproof.model.table import Table
from dealproof.tables import captions, compare
from dealproof.tables.damage import PROGRAM_ERROR
from dealproof.tables.readers import aligned, framed
from tests.doubles.pdfs import Sheet, write_pdf

LABELS = load_labels(Path(__file__).parents[2] / "mappings" / "labels")
XS = [60, 200, 320, 440]
HEADER = ["证券简称", "期初余额（元）", "期末余额（元）"]
PAYMENTS = [HEADER, ["优先A级", "5,000,000.00", "4,000,000.00"], ["次级", "1,000,000.00", "1,000,000.00"]]
#: The table that a planted error meets; it stands first, so that nothing behind it would be read if it took all down.
POISONED = [["项目", "金额（元）", "备注"], ["毒丸", "3.00", "支付日"], ["其他", "4.00", "票面利率"]]


def _report(tmp_path: Path, kind: str) -> Path:
    first = Sheet().text(60, 60, "云帆2025年第一期微小企业贷款资产支持证券").text(60, 80, "受托机构报告（第3期）")
    sheets = [first, Sheet().text(60, 60, "实际天数、计息期间、计息天数、执行利率与发行规模见下")]
    sheets[1] = _lay(sheets[1], 100, POISONED, kind)
    sheets[1] = _lay(sheets[1].text(60, 210, "资产支持证券余额变动情况"), 240, PAYMENTS, "ruled")
    return write_pdf(tmp_path / "report.pdf", *sheets)


def _lay(sheet: Sheet, top: float, rows: list[list[str]], kind: str) -> Sheet:
    ys = [top + 25 * n for n in range(len(rows) + 1)]
    if kind == "unknown":  # only a page with glyphs that no font names is read a second time
        sheet = sheet.unknown(500, 60, "AB")
    if kind != "open":
        return sheet.grid(XS, ys, rows)
    for y, row in zip(ys, rows, strict=False):
        for x, text in zip(XS, row, strict=False):
            sheet = sheet.text(x + 4, y + 7.5, text)
    return sheet


def _fail_on_poison(monkeypatch: pytest.MonkeyPatch, place: object, name: str, holds: Callable[..., bool]) -> None:
    real = getattr(place, name)

    def fails(*args: object, **options: object) -> object:
        if holds(*args):
            raise ValueError("max() arg is an empty sequence")
        return real(*args, **options)

    monkeypatch.setattr(place, name, fails)


def _in_grid(_: object, frame: framed.Frame, *__: object) -> bool:
    return frame.box.top < 150


def _in_region(_: object, region: list[object], *__: object) -> bool:
    return any("毒丸" in str(getattr(line, "text", "")) for line in region)


def _in_table(table: object, *_: object) -> bool:
    return isinstance(table, Table) and any("毒丸" in cell.text for cell in table.cells)


PLACES = {
    "a grid": ("ruled", framed, "_table", _in_grid),
    "a table without a grid": ("open", aligned, "_build", _in_region),
    "its caption": ("ruled", captions, "with_caption", _in_table),
    "its second reading": ("unknown", compare, "check_with_other_parser", _in_table),
}


@pytest.mark.parametrize("where", PLACES)
def test_a_table_that_cannot_be_read_costs_itself_and_is_asked_for_at_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    from dealproof.tables import read_tables as find

    kind, module, name, holds = PLACES[where]
    if hasattr(find, name):  # a function that was imported by its name is replaced where it is used
        module = find
    _fail_on_poison(monkeypatch, module, name, holds)
    extract = extract_document(_report(tmp_path, kind), LABELS)
    assert [[row[0] for row in table.texts()] for table in extract.tables] == [["证券简称", "优先A级", "次级"]]
    (lost,) = extract.problems
    assert (lost.code, lost.severity, lost.page) == ("missing_table", "error", 2)
    assert PROGRAM_ERROR in lost.message
    assert lost.box is not None
    assert 90 < lost.box.top < 120


def test_a_document_with_a_lost_table_is_partial_and_names_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fail_on_poison(monkeypatch, framed, "_table", _in_grid)
    found = interpret_document(extract_document(_report(tmp_path, "ruled"), LABELS), LABELS)
    assert found.status == "partial"
    assert found.message == "Not all tables were read (page 2)."
    assert {fact.table for fact in found.facts} >= {"tranche_payments"}


def test_a_table_whose_meaning_meets_an_error_costs_itself_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extract = extract_document(_report(tmp_path, "ruled"), LABELS)
    _fail_on_poison(monkeypatch, read_tables, "_read_table", _in_table)
    found = interpret_document(extract, LABELS)
    (lost,) = [problem for problem in found.problems if problem.code == "missing_table"]
    assert (lost.page, found.status) == (2, "partial")
    assert {fact.table for fact in found.facts} >= {"tranche_payments"}


def test_two_lost_tables_of_a_page_are_two_questions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _fail_on_poison(monkeypatch, framed, "_table", lambda *_: True)
    extract = extract_document(_report(tmp_path, "ruled"), LABELS)
    assert len({(problem.page, problem.value) for problem in extract.problems}) == 2
