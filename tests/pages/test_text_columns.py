"""Text in two columns is read down the left column, then down the right one; two columns of a table are no columns of text."""

from __future__ import annotations

from pathlib import Path

import pytest

from dealproof.extract.document import extract_document
from dealproof.interpret.read import interpret_document
from dealproof.pages.fast import read_pages
from tests.doubles.pdfs import Sheet, write_pdf
from tests.interpret.tables import LABELS

LEFT, RIGHT, STEP = 60, 310, 16
#: Lines of prose that fill a column of 22 letters.
PROSE = (
    "于本收款期间的最后一日资产池未偿本金余额降", "至壹亿元整，尚余抵押贷款若干笔，其利率与期", "限均以本报告所附的资产池统计信息表格为准，",
    "本收款期间内未发生违约事件及加速清偿事件。", "受托人声明：本报告所载数据由贷款服务机构提",
)  # fmt: skip
TITLE = "驰悦2024年第二期个人汽车抵押贷款资产证券化信托第十三期受托机构报告"


def two_columns(left: tuple[str, ...], right: tuple[str, ...], first: float = 120) -> Sheet:
    sheet = Sheet().text(60, 60, TITLE, size=14)
    for column, lines in ((LEFT, left), (RIGHT, right)):
        for place, line in enumerate(lines):
            sheet.text(column, first + STEP * place, line)
    return sheet


def lines_of(sheet: Sheet, path: Path) -> list[str]:
    (page,) = read_pages(write_pdf(path / "page.pdf", sheet))
    return [line.text for line in page.lines]


def test_a_page_of_two_columns_is_read_down_the_left_one_then_down_the_right_one(tmp_path: Path) -> None:
    other = tuple(reversed(PROSE))
    assert lines_of(two_columns(PROSE, other), tmp_path) == [TITLE, *PROSE, *other]


def test_what_runs_over_both_columns_stands_before_and_behind_them(tmp_path: Path) -> None:
    sheet = two_columns(PROSE, PROSE).text(60, 300, TITLE, size=14)
    for place, line in enumerate(PROSE):
        sheet.text(LEFT, 330 + STEP * place, line).text(RIGHT, 333 + STEP * place, line)
    sheet.text(60, 600, TITLE, size=14)
    assert lines_of(sheet, tmp_path) == [TITLE, *PROSE, *PROSE, TITLE, *PROSE, *PROSE, TITLE]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("受托机构：甲信托有限责任公司",) * 5, ("资金保管机构：乙银行股份有限公司",) * 5),
        (("期初未偿本金余额", "本期收到的本金", "期末未偿本金余额", "累计违约率", "逾期率"), ("1,000.00", "200.00", "800.00", "0.52%", "0.10%")),
        (tuple(text[:8] for text in PROSE), PROSE),
        (PROSE[:2], PROSE[:2]),
    ],
    ids=["parties side by side", "labels and figures", "short terms and what they mean", "two lines"],
)  # fmt: skip
def test_columns_of_a_table_are_no_columns_of_text(left: tuple[str, ...], right: tuple[str, ...], tmp_path: Path) -> None:
    found = lines_of(two_columns(left, right), tmp_path)
    assert found == [TITLE, *(f"{one}  {other}" for one, other in zip(left, right, strict=True))]


def test_prose_in_cells_that_lines_run_through_is_a_table(tmp_path: Path) -> None:
    sheet = two_columns(PROSE, PROSE)
    for place in range(len(PROSE) + 1):
        sheet.rule(50, 117 + STEP * place, 545, 117.6 + STEP * place)
    assert len(lines_of(sheet, tmp_path)) == 1 + len(PROSE)


def test_tables_in_either_column_are_read_and_shown_where_they_are_printed(tmp_path: Path) -> None:
    sheet = two_columns(PROSE, PROSE).text(RIGHT, 214, "四、证券本息兑付情况").text(RIGHT + 150, 225, "单位：元", size=8)
    rows = [("", "优先A级", "次级"), ("本期偿还本金", "132,300.00", "0.00"), ("本期支付利息", "2,381.81", "0.00")]
    for place, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.text(RIGHT + 70 * column, 240 + 20 * place, text, size=8)
    for top in (236, 255, 298):
        sheet.rule(RIGHT, top, RIGHT + 220, top + 0.6)
    result = interpret_document(extract_document(write_pdf(tmp_path / "report.pdf", sheet), LABELS), LABELS)
    paid = {(dict(fact.key)["tranche"], fact.column): fact for fact in result.facts if fact.table == "tranche_payments"}
    proof = paid["优先A", "principal_paid"].evidence
    assert proof is not None
    assert (proof.text, proof.page) == ("132,300.00", 1)
    assert RIGHT + 60 < proof.box.x0 < RIGHT + 110
    assert 255 < proof.box.top < 275


def test_a_sentence_goes_on_from_the_foot_of_one_column_at_the_head_of_the_next(tmp_path: Path) -> None:
    left = (*PROSE[:4], "截至本收款期间末，本期证券对应的累计违约率为")
    right = ("0.86%，逾期贷款的催收由贷款服务机构负责办理。", *PROSE)
    result = interpret_document(extract_document(write_pdf(tmp_path / "report.pdf", two_columns(left, right)), LABELS), LABELS)
    assert [str(fact.value) for fact in result.facts if dict(fact.key).get("metric") == "cumulative_default_pct"] == ["0.86"]
