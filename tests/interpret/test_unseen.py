"""From a page with hidden, struck or raised text to the dataset's facts: the shown figure, and a question at its very cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from dealproof.extract.document import extract_document
from dealproof.interpret.read import interpret_document
from dealproof.mappings.labels import load_labels
from dealproof.model.interpretation import Interpretation
from tests.doubles.pdfs import HEIGHT, Sheet
from tests.doubles.unseen import TRICKS, write

LABELS = load_labels(Path(__file__).parents[2] / "mappings" / "labels")
XS, YS = [60, 300, 500], [160, 185, 210, 235, 260]
ROWS = [
    ["项目", "数值"],
    ["期末资产池未偿本金余额（元）", "866,977,500.63"],
    ["累计违约率（%）", "0.53"],
    ["累计违约金额（元）", "5,300,000.00"],
]
#: Where the default rate begins and ends, and its upper edge.
BEGIN, END, TOP = 304, 324, 217.5


def _report(rate: str = "0.53") -> Sheet:
    sheet = Sheet().text(80, 40, "晨夏2024年第一期微小企业贷款资产证券化信托受托机构报告", 14)
    sheet.text(60, 80, "2024年度第4期（总第4期）").text(60, 100, "报告日期：2024年6月21日")
    sheet.text(60, 140, "三、资产池状况")
    return sheet.grid(XS, YS, [*ROWS[:2], [ROWS[2][0], rate], ROWS[3]])


def _read(tmp_path: Path, sheet: Sheet) -> Interpretation:
    return interpret_document(extract_document(write(tmp_path / "report.pdf", sheet), LABELS), LABELS)


def _rates(read: Interpretation) -> list[str]:
    return [
        str(fact.value)
        for fact in read.facts
        if fact.table == "performance" and fact.column == "value" and "cumulative_default_pct" in fact.key_text
    ]


def _asked(read: Interpretation, words: str) -> list[str]:
    """Questions at the cell of the default rate."""
    return [
        problem.message
        for problem in read.problems
        if problem.table == "performance" and "cumulative_default_pct" in problem.key and words in problem.message
    ]


@pytest.mark.parametrize("trick", TRICKS)
def test_hidden_digits_never_reach_the_dataset_and_their_cell_is_asked(tmp_path: Path, trick: str) -> None:
    sheet = _report()
    TRICKS[trick](sheet, END + 1, TOP, "99")
    read = _read(tmp_path, sheet)
    assert _rates(read) == ["0.53"]
    assert _asked(read, "is not seen")


def test_a_hidden_row_gives_nothing(tmp_path: Path) -> None:
    sheet = _report()
    for trick, top in (("white on white", 280), ("drawn without ink", 300), ("clipped away", 320)):
        TRICKS[trick](sheet, 64, top, "截至报告期末累计违约率为9.99%")
    read = _read(tmp_path, sheet)
    assert _rates(read) == ["0.53"]
    assert not any("9.99" in str(fact.value) for fact in read.facts)


def test_a_struck_rate_beside_the_new_one_is_not_in_force_and_the_new_one_is_asked(tmp_path: Path) -> None:
    sheet = _report().text(END + 6, TOP, "0.61")
    sheet.content.append(f"0.7 w {BEGIN} {HEIGHT - TOP - 5.5} m {END} {HEIGHT - TOP - 5.5} l S")
    read = _read(tmp_path, sheet)
    assert _rates(read) == ["0.61"]
    assert _asked(read, "struck out")


def test_a_struck_rate_without_another_is_asked_and_gives_nothing(tmp_path: Path) -> None:
    sheet = _report()
    sheet.content.append(f"0.7 w {BEGIN} {HEIGHT - TOP - 5.5} m {END} {HEIGHT - TOP - 5.5} l S")
    read = _read(tmp_path, sheet)
    assert _rates(read) == []
    assert _asked(read, "")


def test_a_struck_sentence_gives_nothing(tmp_path: Path) -> None:
    sheet = Sheet().text(80, 40, "晨夏2024年第一期微小企业贷款资产证券化信托受托机构报告", 14)
    sheet.text(60, 80, "2024年度第4期（总第4期）").text(60, 140, "截至报告期末，累计违约率为9.99%。")
    sheet.content.append(f"0.7 w 60 {HEIGHT - 145.5} m 210 {HEIGHT - 145.5} l S")
    assert _rates(_read(tmp_path, sheet)) == []


@pytest.mark.parametrize(("size", "up"), [(5, 5), (7, 3), (8.3, 3.3), (9, 3), (10, 2.5), (10, 5)])
@pytest.mark.parametrize("mark", ["1", "12", "3"])
def test_a_raised_footnote_digit_of_any_size_never_enters_a_figure(tmp_path: Path, size: float, up: float, mark: str) -> None:  # fmt: skip
    read = _read(tmp_path, _report().raised(END, TOP, mark, size, up))
    assert _rates(read) == ["0.53"]
    assert _asked(read, "") == []


@pytest.mark.parametrize("mark", ["*", "**", "①", "[1]", "［2］", "注1", "（注2）", "※", "【3】", "❶", "⑴", "†"])
def test_a_footnote_mark_set_in_the_line_is_no_part_of_the_figure(tmp_path: Path, mark: str) -> None:
    assert _rates(_read(tmp_path, _report(f"0.53{mark}"))) == ["0.53"]


@pytest.mark.parametrize("mark", ["(1)", "1)", "^1"])
def test_a_digit_in_the_line_that_may_be_a_mark_is_asked(tmp_path: Path, mark: str) -> None:
    read = _read(tmp_path, _report(f"0.53{mark}"))
    assert _rates(read) == []
    assert _asked(read, "cannot be read")


@pytest.mark.parametrize("trick", ["white on white", "drawn without ink", "transparent"])
def test_hidden_digits_in_a_sentence_are_not_read_and_its_value_is_asked(tmp_path: Path, trick: str) -> None:
    sheet = Sheet().text(80, 40, "晨夏2024年第一期微小企业贷款资产证券化信托受托机构报告", 14)
    sheet.text(60, 80, "2024年度第4期（总第4期）").text(60, 140, "初始起算日为2024年1月1日").text(190, 140, "。")
    TRICKS[trick](sheet, 182, 140, "9")
    read = _read(tmp_path, sheet)
    facts = [fact for fact in read.facts if fact.column == "cutoff_date"]
    assert [str(fact.value) for fact in facts] == ["2024-01-01"]
    assert any(problem.column == "cutoff_date" and "is not seen" in problem.message for problem in read.problems)


def test_a_page_of_which_most_is_hidden_is_told(tmp_path: Path) -> None:
    sheet = _report()
    for line in range(12):
        TRICKS["white on white"](sheet, 64, 300 + 14 * line, f"上期累计违约率为9.{line}%，本期资产池余额为8,{line}00万元")
    read = _read(tmp_path, sheet)
    assert _rates(read) == ["0.53"]
    assert any("characters that no viewer shows" in problem.message for problem in read.problems)
