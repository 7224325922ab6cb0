"""Tables of a bare page as other programs see them."""

from __future__ import annotations

from pathlib import Path

import pytest

from dealproof.tables.readers.proposals import PROPOSERS, Proposal, Proposer, proposals
from tests.doubles.pdfs import Sheet, write_pdf

XS, YS = [60, 200, 320, 440], [100, 125, 150, 175]
ROWS = [["项目", "金额（元）", "笔数"], ["正常", "1,234.56", "120"], ["逾期", "98,765.43", "7"]]
LINES: tuple[Proposer, ...] = ("pdfplumber.lines", "camelot.lattice")
COLUMNS: tuple[Proposer, ...] = ("pdfplumber.text", "camelot.stream")


def _only(path: Path, proposer: Proposer) -> Proposal:
    (proposal,) = proposals(path, [1], [proposer])[1]
    return proposal


def _texts(proposal: Proposal) -> list[list[str]]:
    rows = [[""] * proposal.n_cols for _ in range(proposal.n_rows)]
    for cell in proposal.cells:
        rows[cell.row][cell.col] = cell.text.strip()
    return [row for row in rows if any(row)]


@pytest.mark.parametrize("proposer", LINES)
@pytest.mark.parametrize("crop", [None, (40, 30, 500, 800)])
@pytest.mark.parametrize("media", [None, (-20, -30, 575, 812)])
def test_a_ruled_table_is_proposed_with_its_cells_where_a_viewer_shows_them(
    tmp_path: Path, proposer: Proposer, crop: tuple[float, ...] | None, media: tuple[float, ...] | None
) -> None:
    sheet = Sheet(crop=crop, media=media).grid(XS, YS, ROWS)  # type: ignore[arg-type]
    found = _only(write_pdf(tmp_path / "page.pdf", sheet), proposer)
    assert (_texts(found), found.n_rows, found.n_cols, found.proposer) == (ROWS, 3, 3, proposer)
    shown = crop or media or (0, 0, 595, 842)
    (amount,) = [cell for cell in found.cells if cell.text.strip() == "1,234.56"]
    left, top = max(shown[0], (media or shown)[0]), min(shown[3], (media or shown)[3])
    assert (amount.box.x0, amount.box.top) == pytest.approx((200 - left, top - 842 + 125), abs=1)
    assert (amount.row, amount.col) == (1, 1)


@pytest.mark.parametrize("proposer", COLUMNS)
def test_a_table_without_rules_is_proposed_by_its_columns(tmp_path: Path, proposer: Proposer) -> None:
    sheet = Sheet()
    for number, row in enumerate(ROWS):
        for x, text in zip(XS, row, strict=False):
            sheet.text(x + 4, 107.5 + 25 * number, text)
    assert _texts(_only(write_pdf(tmp_path / "page.pdf", sheet), proposer)) == ROWS


def test_a_damaged_page_has_no_proposals_and_takes_those_of_no_other_page(tmp_path: Path) -> None:
    good, bad = Sheet().grid(XS, YS, ROWS), Sheet(content=["BT /F1 10 Tf <<< ( Tj"])
    found = proposals(write_pdf(tmp_path / "pages.pdf", bad, good), [2, 1])
    assert list(found) == [1, 2]
    assert found[1] == ()
    assert {proposal.proposer for proposal in found[2]} == set(PROPOSERS)


def test_a_page_of_prose_has_no_table_of_lines(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "prose.pdf", Sheet().text(60, 60, "本期专项计划资产池运行正常").text(60, 80, "无违约"))
    assert proposals(path, [1], LINES) == {1: ()}
