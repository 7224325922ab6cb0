"""Reports put together from lines and tables, top down, with captions and notes found as the program finds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dealproof.interpret.read import interpret_document
from dealproof.model.evidence import Box, Source
from dealproof.model.extract import Extract
from dealproof.model.interpretation import Interpretation
from dealproof.model.page import Line, PageText
from dealproof.model.table import Table
from dealproof.tables.captions import with_caption
from tests.interpret.tables import LABELS, table_of

COVER = ("澄江2024年第一期微小企业贷款资产证券化信托", "受托机构报告", "2024年度第4期（总第4期）", "报告日期：2024年6月21日")
DATES = ("一、重要日期", "收款期间 2024年5月1日至2024年5月31日", "本次支付日 2024年6月26日", "初始起算日 2024年1月1日")
OWN = [["指标", "数值"], ["期末资产池未偿本金余额（元）", "866,977,500.63"]]
RATES = [["指标", "数值"], ["累计违约率（%）", "1.93"], ["累计违约贷款回收金额（元）", "320,000.00"]]
Block = str | Sequence[Sequence[str]]
LINE, ROW = 14.0, 20.0


def report(*blocks: Block, cover: Sequence[str] = COVER, furniture: Sequence[str] = (), dates: Sequence[str] = DATES) -> Extract:
    """A report with a cover and one page of dates and blocks: a text is a line, rows are a table."""
    lines, tables, top = [], [], 40.0
    for block in (*dates, "三、资产池状况", OWN, *blocks):
        if isinstance(block, str):
            lines.append(Line(block, Box(50, top, 50 + 10 * len(block), top + 11)))
            top += LINE
            continue
        tables.append(_placed(table_of(block, page=2), top))
        top += ROW * len(block) + 4
    first = PageText(1, 595, 842, tuple(Line(t, Box(50, 60 + LINE * i, 500, 72 + LINE * i)) for i, t in enumerate(cover)))
    second = PageText(2, 595, max(842.0, top + 40), tuple(lines), furniture=tuple(furniture))
    pages = {1: first, 2: second}
    captioned = tuple(with_caption(table, pages, [t for t in tables if t is not table]) for table in tables)
    return Extract(Source("x.pdf", "x.pdf", "d" * 64, 1), (first, second), captioned)


def _placed(table: Table, top: float) -> Table:
    shift = top - 100
    cells = tuple(
        replace(cell, box=Box(cell.box.x0, cell.box.top + shift, cell.box.x1, cell.box.bottom + shift)) for cell in table.cells
    )
    box = Box(table.box.x0, table.box.top + shift, table.box.x1, table.box.bottom + shift)
    return replace(table, cells=cells, box=box)


def read(*blocks: Block, cover: Sequence[str] = COVER, furniture: Sequence[str] = (), dates: Sequence[str] = DATES) -> Interpretation:
    """What is understood of such a report."""
    return interpret_document(report(*blocks, cover=cover, furniture=furniture, dates=dates), LABELS)


def figures(found: Interpretation, table: str = "performance") -> dict[str, str]:
    """The figures of one table, as text, by their metric or the first part of the key that is not the deal."""
    named = {}
    for fact in found.facts:
        if fact.table == table and fact.column in ("value", "balance", "amount"):
            key = dict(fact.key)
            named[key.get("metric") or key.get("bucket") or key.get("tranche") or ""] = str(fact.value)
    return named


def asked_words(found: Interpretation) -> list[str]:
    """The words of which it is asked whose figures stand under them."""
    return [item.value for item in found.problems if item.column == "sections"]
