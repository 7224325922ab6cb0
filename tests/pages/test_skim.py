"""Pages that only go on with a list of single loans are not looked at word by word; whatever else a page holds, it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from dealproof.extract.loan_list import loan_lists
from dealproof.extract.loan_skimmer import LoanSkimmer
from dealproof.model.page import PageText
from dealproof.pages import fast
from dealproof.pages.opened import OpenPage, OpenPdf
from dealproof.pages.skim import Skimmer
from tests.doubles.pdfs import Sheet, write_pdf

HEADER = ("序号", "合同编号", "未偿本金余额（元）", "利率（%）", "地区")
ROWS, STEP = 20, 30

#: The cells of a row by its number, each with the lines in it.
LISTS: dict[str, Callable[[int], tuple[str, ...]]] = {
    "numbered codes": lambda n: (f"{n}", f"XW2023{n * 7919:08d}", f"{n * 1000 + 500},000.00", f"{4 + n % 5}.31", "浙江省"),
    "codes over a date": lambda n: (f"{n}", f"HT-{n * 7919:08d}\n2023/7/{n % 28 + 1}发放", f"{n},152.00", "4.31", "云南省"),
    "codes alone": lambda n: (f"JK{n * 104729:09d}", f"{n},152.00", f"{n % 7}.15", f"{80 + n}", "安徽省"),
}


def sheet_of(row: Callable[[int], tuple[str, ...]], page: int, more: Sequence[tuple[str, ...]] = ()) -> Sheet:
    """A page of the list under the deal's running header, with further rows at its end."""
    sheet = Sheet().text(150, 20, "云帆2025年第一期资产支持证券发行说明书").text(280, 820, f"第{page}页")
    numbers = range((page - 1) * ROWS + 1, page * ROWS + 1)
    for place, cells in enumerate([HEADER, *map(row, numbers), *more]):
        for column, cell in enumerate(cells):
            for line, text in enumerate(cell.split("\n")):
                sheet.text(40 + 110 * column, 60 + STEP * place + 12 * line, text)
    return sheet


def read(path: Path, skimmer: Skimmer | None, monkeypatch: pytest.MonkeyPatch) -> tuple[tuple[PageText, ...], list[int]]:
    """The pages of a PDF, and the numbers of those that were skimmed."""
    skimmed: list[int] = []

    def noted(page: OpenPage, skimmer: Skimmer) -> object:
        found = once(page, skimmer)
        skimmed.extend([page.number] if found else [])
        return found

    once = fast.skimmed
    with monkeypatch.context() as patch, OpenPdf(path) as document:
        patch.setattr(fast, "skimmed", noted)
        return fast.pass_over(document, skimmer=skimmer).pages, skimmed


@pytest.mark.parametrize("row", LISTS.values(), ids=LISTS)
def test_pages_of_a_list_of_loans_are_skimmed_and_told_as_such_as_if_they_had_been_read(
    row: Callable[[int], tuple[str, ...]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_pdf(tmp_path / "list.pdf", *(sheet_of(row, page) for page in range(1, 6)))
    pages, skimmed = read(path, LoanSkimmer(), monkeypatch)
    whole, _ = read(path, None, monkeypatch)
    assert skimmed == [2, 3, 4, 5]
    assert {page: own.serial for page, own in loan_lists(pages).items()} == {
        page: own.serial for page, own in loan_lists(whole).items()
    }
    assert [_letters(page) for page in pages] == [_letters(page) for page in whole]


@pytest.mark.parametrize("row", LISTS.values(), ids=LISTS)
@pytest.mark.parametrize(
    "more",
    [
        ("合计", "", "98,765,432.10"), ("期末资产池余额", "12,345.67"), ("累计违约率", "0.52%"), ("二、静态池情况",),
        ("本表余额截至2025年3月31日。",), ("注：以上贷款均为正常类",),
    ],
    ids=["total", "balance", "rate", "heading", "sentence", "note"],
)  # fmt: skip
def test_a_page_with_one_line_that_is_no_row_is_read_like_any_other(
    row: Callable[[int], tuple[str, ...]], more: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheets = [sheet_of(row, page, [more] if page == 3 else []) for page in range(1, 5)]
    _, skimmed = read(write_pdf(tmp_path / "list.pdf", *sheets), LoanSkimmer(), monkeypatch)
    assert 3 not in skimmed
    assert 2 in skimmed


def test_a_line_that_changes_more_than_the_number_of_its_page_is_none_of_the_running_header(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rates = {1: "0.52%", 2: "0.52%", 3: "0.61%", 4: "0.61%"}
    sheets = [sheet_of(LISTS["codes alone"], page, [("累计违约率", rates[page])]) for page in rates]
    _, skimmed = read(write_pdf(tmp_path / "list.pdf", *sheets), LoanSkimmer(), monkeypatch)
    assert 3 not in skimmed


def test_a_document_without_a_list_of_loans_is_read_word_by_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def of_periods(n: int) -> tuple[str, ...]:
        return f"{n}", f"2024-{n % 12 + 1:02d}-28", f"{n},152.00", f"0.{n:02d}", "正常"

    path = write_pdf(tmp_path / "periods.pdf", *(sheet_of(of_periods, page) for page in range(1, 4)))
    assert read(path, LoanSkimmer(), monkeypatch)[1] == []


def _letters(page: PageText) -> list[str]:
    """All that a page prints, whatever the order and the gaps."""
    return sorted("".join(("".join(line.text for line in page.lines) + "".join(page.furniture)).split()))
