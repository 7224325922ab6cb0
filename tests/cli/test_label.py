"""`dealproof label`: what a printed label means, for people and as JSON."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from dealproof.cli.app import app
from dealproof.errors import MappingError

ROOT = Path(__file__).parents[2]


def label(text: str, *options: str, mappings: Path = ROOT / "mappings") -> Result:
    return CliRunner().invoke(app, ["label", text, *options, "--mappings", str(mappings)])


def told(text: str, mappings: Path = ROOT / "mappings") -> set[tuple[str, str]]:
    """Table and field of everything that a label can mean."""
    rows: list[dict[str, Any]] = json.loads(label(text, "--json", mappings=mappings).stdout)
    assert all(row["by"] for row in rows)
    return {(row["table"], row["field"]) for row in rows}


@pytest.mark.parametrize(("text", "means"), [
    ("期末资产池加权平均利率（%）", {("performance", "pool_wa_rate_pct")}),
    ("资产池累计90+违约率", {("performance", "cumulative_default_pct")}),
    ("占期末资产池抵押贷款余额百分比", {("delinquency", "balance_share_pct"), ("pool_distributions", "amount_share_pct")}),
    ("本次循环购买资产未偿本金", {("revolving_purchases", "purchase_amount")}),
    ("拖欠31至60天", {("delinquency", "bucket")}),
    ("登记/支付代理机构", {("parties", "registrar")}),
    ("违约回收", {("cash_flows", "line")}),
])  # fmt: skip
def test_a_label_is_told_with_every_table_in_which_it_has_a_meaning(text: str, means: set[tuple[str, str]]) -> None:
    assert told(text) == means


@pytest.mark.parametrize("text", [
    "本期兑付前每百元面额本金值", "累计兑付本金总额", "本期兑付本息总额", "计划发行总额", "自持比例", "静态90+金额", "年化违约率（单月年化）",
    "加权平均贷款首付比例", "簿记建档日", "清仓回购起算日", "项目安排人", "是否足额兑付", "预计累计违约率", "上期累计违约率", "累计骗贷率", "贷款", "",
])  # fmt: skip
def test_a_label_that_nobody_may_take_for_a_field_gives_an_empty_list(text: str) -> None:
    assert told(text) == set()


def test_a_person_is_told_by_which_words_a_label_is_understood() -> None:
    shown = label("期末资产池加权平均利率（%）").stdout
    assert "performance.pool_wa_rate_pct" in shown
    assert "加权平均 statistic:weighted" in shown
    assert "labels/fields.csv:" in shown


def test_a_person_is_told_by_which_row_a_label_is_known() -> None:
    assert "labels/performance.csv:" in label("总本金余额").stdout


def test_a_person_is_told_which_word_nobody_knows_or_that_no_field_has_these_parts() -> None:
    assert "骗贷" in label("累计骗贷率").stdout
    assert "no field is made of these parts" in label("违约贷款余额占比").stdout


def test_a_word_that_an_analyst_adds_is_understood_at_once(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "mappings", tmp_path / "mappings")
    words = tmp_path / "mappings" / "labels" / "words.csv"
    assert told("期末赊销资产余额", tmp_path / "mappings") == set()
    words.write_text(words.read_text(encoding="utf-8") + "赊销资产,object:loan,\n", encoding="utf-8")
    assert ("performance", "pool_closing_balance") in told("期末赊销资产余额", tmp_path / "mappings")


def test_a_mistake_in_the_words_is_said_and_nothing_is_told(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "mappings", tmp_path / "mappings")
    words = tmp_path / "mappings" / "labels" / "words.csv"
    words.write_text(words.read_text(encoding="utf-8") + "赊销资产,loan,\n", encoding="utf-8")
    assert isinstance(label("累计违约率", mappings=tmp_path / "mappings").exception, MappingError)
