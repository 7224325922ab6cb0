"""From the PDF to the dataset: what a report prints of another deal, period, forecast or book never stands as its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from dealproof.dataset.build import Dataset, build_dataset
from dealproof.extract.document import extract_document
from dealproof.interpret.read import interpret_document
from tests.doubles.pdfs import EMBEDDED, NAMED, Sheet, write_pdf
from tests.interpret.tables import LABELS

Block = str | Sequence[Sequence[str]]
TITLE = ("澄江2024年第一期微小企业贷款资产证券化信托", "受托机构报告", "2024年度第4期（总第4期）", "受托机构：华润深国投信托有限公司", "报告日期：2024年6月21日")
DATES = ("一、重要日期", "收款期间 2024年5月1日至2024年5月31日", "本次支付日 2024年6月26日", "三、资产池状况")
OWN = [["指标", "数值"], ["期初资产池未偿本金余额（元）", "931,712,913.89"], ["期末资产池未偿本金余额（元）", "866,977,500.63"]]
RATES = [["指标", "数值"], ["累计违约率（%）", "1.93"], ["累计违约贷款回收金额（元）", "320,000.00"]]
OF_POOL = {"pool_opening_balance": "931712913.89", "pool_closing_balance": "866977500.63"}


def laid_out(blocks: Sequence[Block], *, ruled: bool = True, font: str = EMBEDDED) -> Sheet:
    """A page of lines and tables, from the top down; tables with or without rules."""
    sheet, top = Sheet(), 60.0
    for block in blocks:
        if isinstance(block, str):
            sheet.text(60, top, block, font=font)
            top += 24
            continue
        width = 470 / len(block[0])
        xs = [60 + width * n for n in range(len(block[0]) + 1)]
        for texts in block:
            if ruled:
                sheet.grid(xs, (top, top + 20))
            for text, x in zip(texts, xs, strict=False):
                if text:
                    sheet.text(x + 4, top + 5, text, font=font)
            top += 20
        top += 14
    return sheet


def dataset(folder: Path, *blocks: Block, title: Sequence[str] = TITLE, ruled: bool = True, font: str = EMBEDDED) -> Dataset:
    """The dataset of one report of a cover and a page."""
    cover = laid_out(title, font=font)
    page = laid_out((*DATES, OWN, *blocks), ruled=ruled, font=font)
    path = write_pdf(folder / "report.pdf", cover, page)
    return build_dataset([interpret_document(extract_document(path, LABELS), LABELS)])


def performance(found: Dataset) -> dict[str, str]:
    return {row["metric"]: row["value"] for row in found.rows("performance")}


@pytest.mark.parametrize("font", [EMBEDDED, NAMED])
@pytest.mark.parametrize("blocks", [
    ("四、同一发起人江洲2022年第三期项目运行数据", RATES),
    ("四、其他信息", "以下为澄江2023年第二期的违约表现：", RATES),
    ("附：前次报告披露的违约情况", RATES),
    ("四、违约情况（截至2024年4月30日）", RATES),
    ("五、违约率压力测试", RATES),
    ("五、违约表现展望", RATES),
    ("五、本行个人经营性贷款整体违约情况", RATES),
    ("五、服务商平台全部贷款表现", RATES),
    ("四、违约情况", RATES, "注：上表为模型测算结果，仅供参考。"),
    ("四、违约情况", [["指标", "江洲2022年第三期"], *RATES[1:]]),
])  # fmt: skip
def test_a_pdf_with_anothers_table_gives_only_this_deals_figures(tmp_path: Path, blocks: tuple[Block, ...], font: str) -> None:
    assert performance(dataset(tmp_path, *blocks, font=font)) == OF_POOL


def test_a_pdf_whose_table_has_no_rules_gives_no_figure_of_another_deal(tmp_path: Path) -> None:
    found = dataset(tmp_path, "四、澄江2023年第二期违约情况", RATES, ruled=False)
    assert not {"1.93", "320000"} & set(performance(found).values())


def test_a_pdf_with_two_deals_side_by_side_gives_this_deals_column(tmp_path: Path) -> None:
    rows = [["指标", "澄江2023年第二期", "澄江2024年第一期"], ["累计违约率（%）", "1.93", "0.42"]]
    assert performance(dataset(tmp_path, "四、违约情况", rows)) == {**OF_POOL, "cumulative_default_pct": "0.42"}


def test_a_pdf_with_its_own_table_under_its_own_name_gives_it_unasked(tmp_path: Path) -> None:
    found = dataset(tmp_path, "四、澄江2024年第一期截至2024年5月31日违约情况", RATES)
    assert performance(found)["cumulative_default_pct"] == "1.93"
    assert not [row for row in found.rows("questions") if row["column"] == "sections"]


def test_a_pdf_whose_note_corrects_a_figure_gives_the_corrected_one_with_a_question(tmp_path: Path) -> None:
    rows = [["指标", "数值"], ["累计违约率（%）", "0.35*"]]
    found = dataset(tmp_path, "四、违约情况", rows, "* 更正：累计违约率应为0.53%，以本注为准。")
    assert performance(found)["cumulative_default_pct"] == "0.53"
    asked = [row for row in found.rows("questions") if "cumulative_default_pct" in row["key"]]
    assert [row["kind"] for row in asked] == ["low_confidence"]


@pytest.mark.parametrize("words", ["（征求意见稿）", "送审稿", "【初稿】"])
def test_a_pdf_that_is_a_draft_gives_no_figure_and_one_question(tmp_path: Path, words: str) -> None:
    found = dataset(tmp_path, "四、违约情况", RATES, title=(*TITLE, words))
    assert performance(found) == {}
    assert [row["column"] for row in found.rows("questions")] == ["sections"]


def test_a_pdf_with_a_draft_watermark_gives_no_figure(tmp_path: Path) -> None:
    sheets = [laid_out(TITLE), laid_out((*DATES, OWN))]
    for sheet in sheets:
        sheet.text(150, 500, "草稿", size=90, angle=40, grey=0.85)
    path = write_pdf(tmp_path / "report.pdf", *sheets)
    found = build_dataset([interpret_document(extract_document(path, LABELS), LABELS)])
    assert performance(found) == {}
    assert len(found.rows("questions")) == 1


def test_of_a_draft_nobody_is_asked_once_the_final_report_is_there(tmp_path: Path) -> None:
    draft = write_pdf(tmp_path / "draft.pdf", laid_out((*TITLE, "征求意见稿")), laid_out((*DATES, RATES)))
    final = write_pdf(tmp_path / "final.pdf", laid_out(TITLE), laid_out((*DATES, OWN)))
    found = build_dataset([interpret_document(extract_document(path, LABELS), LABELS) for path in (draft, final)])
    assert performance(found) == OF_POOL
    assert not [row for row in found.rows("questions") if row["column"] == "sections"]
    assert {row["file_name"]: row["status"] for row in found.rows("documents")}["draft.pdf"] == "unsupported"
