"""A note acts on the cells that it is marked for, and on no other."""

from __future__ import annotations

import pytest

from dealproof.interpret.read import interpret_document
from dealproof.model.interpretation import Interpretation
from tests.interpret.reports import figures, read
from tests.interpret.tables import LABELS, document_of, table_of, values_of

COVER = "澄江2024年第一期微小企业贷款资产支持证券\n发行说明书"


def rated(printed: str, *notes: str, label: str = "累计违约率（%）") -> Interpretation:
    rows = [["指标", "数值"], [label, printed], ["累计违约贷款回收金额（元）", "320,000.00"]]
    return read("四、违约情况", rows, *notes)


@pytest.mark.parametrize(("printed", "label", "note"), [
    ("0.35*", "累计违约率（%）", "* 更正：上表中累计违约率应为0.53%，系统取数有误，以本注为准。"),
    ("0.35※", "累计违约率（%）", "※ 该数据更正为0.53%。"),
    ("0.35(注1)", "累计违约率（%）", "注1：正确数值为0.53。"),
    ("0.35[1]", "累计违约率（%）", "[1] 实际应为0.53%"),
    ("0.35", "累计违约率（%）*", "*：应为 0.53%。"),
    ("0.35", "累计违约率（%）", "更正：累计违约率应为0.53%。"),
    ("0.35", "累计违约率（%）", "注：表中累计违约率有误，应更正为0.53%。"),
    ("0.35", "累计违约率（%）", "勘误：累计违约率修正为0.53%"),
    ("0.35%*", "累计违约率", "*订正为0.53%。"),
])  # fmt: skip
def test_a_figure_that_a_note_corrects_is_the_notes_and_is_asked(printed: str, label: str, note: str) -> None:
    found = rated(printed, note, label=label)
    assert figures(found)["cumulative_default_pct"] == "0.53"
    assert figures(found)["cumulative_recovery_amount"] == "320000.00"
    asked = next(item for item in found.problems if "cumulative_default_pct" in item.key)
    assert [candidate.value for candidate in asked.candidates] == ["0.53", "0.35"]


def test_the_proof_of_a_corrected_figure_is_the_note() -> None:
    found = rated("0.35*", "* 更正：累计违约率应为0.53%。")
    fact = next(fact for fact in found.facts if "cumulative_default_pct" in fact.key_text and fact.column == "value")
    assert fact.evidence is not None
    assert "0.53%" in fact.evidence.text


@pytest.mark.parametrize("note", [
    "* 逾期90天以上。", "* 含展期贷款。", "更正：上期报告中累计违约率应为0.53%。", "注：累计违约率=累计违约金额/初始本金。", "※ 应为0.53%。", "注2：应为0.53%。",
])  # fmt: skip
def test_a_note_that_corrects_nothing_of_this_cell_leaves_it(note: str) -> None:
    found = rated("0.35*", note)
    assert figures(found)["cumulative_default_pct"] == "0.35"


@pytest.mark.parametrize("note", ["* 为预测值。", "* 上期数据。", "* 压力情景下的结果", "* 取自澄江2023年第二期", "*全行口径"])
def test_a_figure_of_which_its_note_says_that_it_is_anothers_is_not_taken_and_asked(note: str) -> None:
    found = rated("0.35*", note)
    assert "cumulative_default_pct" not in figures(found)
    assert any("cumulative_default_pct" in item.key for item in found.problems)


@pytest.mark.parametrize(("mark", "note"), [
    ("*", "* 标注行以万元列示。"), ("*", "*单位：万元"), ("※", "※ 金额单位为万元"), ("(注1)", "注1：以万元为单位"), ("[2]", "[2] 按万元列示"), ("#", "# 以万元计。"),
    ("*", "* 该数额以人民币万元列报"), ("①", "① 计量单位为万元"),
])  # fmt: skip
def test_an_amount_is_in_the_unit_that_its_marks_note_names(mark: str, note: str) -> None:
    rows = [
        ["证券档次", "发行规模（亿元）", "利率形式", "法定最终到期日"],
        ["优先A级", "8.12", "固定利率", "2028/11/26"],
        ["优先B级", f"6,400.00{mark}", "固定利率", "2028/11/26"],
        ["次级", f"12,400.00{mark}", "无票面利率", "2028/11/26"],
    ]
    table = table_of(rows, notes=[note])
    text = "\n".join([*COVER.split("\n"), *[""] * 0, *(["澄江"] * 11), note])
    found = interpret_document(document_of(text, tables=(table,)), LABELS)
    amounts = {key.split("|")[1]: str(value) for key, value in values_of(found.facts, "tranches", "amount").items()}
    assert {name: int(float(value)) for name, value in amounts.items()} == {
        "优先A": 812_000_000, "优先B": 64_000_000, "次级": 124_000_000,
    }  # fmt: skip
    assert not [item for item in found.problems if item.code == "unit_unclear" and item.column == "amount"]
