"""Triggers and events: whether an event occurred, a metric against its threshold, thresholds by deal year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dealproof.interpret.context import Context, Reading
from dealproof.interpret.fact_builder import Key, Notebook, document_key
from dealproof.interpret.layout import Matrix, matrix, text_of, unit_sources
from dealproof.model.table import Cell, Table
from dealproof.text import squeeze
from dealproof.values.numbers import parse_number
from dealproof.values.parsed import Parsed
from dealproof.values.units import split_unit

NAME = "triggers"
_NO = re.compile(r"^(?:否|未发生|未触发|无|没有发生|未出现|不存在|×|x|no|未|正常)$", re.IGNORECASE)
_YES = re.compile(r"^(?:是|已发生|已触发|发生|触发|√|yes|有)$", re.IGNORECASE)


def claim(table: Table, ctx: Context) -> float:
    """A column of events or metrics with a column of status or thresholds."""
    fields = _fields(matrix(table), ctx)
    kinds = set(fields.values())
    if "header_status" in kinds and "header_name" in kinds:
        return 0.95
    if "header_threshold" in kinds and kinds & {"header_name", "header_window"}:
        return 0.9
    return 0.0


def read(table: Table, ctx: Context) -> Reading:
    """Read one trigger a row."""
    book = Notebook(ctx, NAME)
    grid = matrix(table)
    fields = _fields(grid, ctx)
    place = {field: index for index, field in reversed(fields.items())}
    name_at = place.get("header_name", place.get("header_window", 0))
    for row in grid.body:
        label = row[name_at]
        if label is None or not text_of(label):
            continue
        name = text_of(label)
        if "header_name" not in place and "header_threshold" in place:
            metric = re.sub(
                r"(?:触发值|阈值|触发水平|触发线|预设值)$",
                "",
                grid.header_text(place["header_threshold"]).split("(")[0],
            )
            name = f"{metric or '触发值'}({name})"
        key = document_key(ctx, trigger=name, period_no=ctx.profile.period_no)
        book.use(label)
        _read_row(table, grid, row, place, key, book)
    return book.done()


def _fields(grid: Matrix, ctx: Context) -> dict[int, str]:
    fields: dict[int, str] = {}
    for index in range(len(grid.columns)):
        field = ctx.labels.field(NAME, grid.inner(index)) or ctx.labels.field(NAME, grid.header_text(index))
        if field:
            fields[index] = field
    return fields


def _read_row(
    table: Table, grid: Matrix, row: Sequence[Cell | None], place: dict[str, int], key: Key, book: Notebook
) -> None:
    for field, column in (("header_threshold", "threshold"), ("header_actual", "actual")):
        index = place.get(field)
        cell = row[index] if index is not None else None
        if cell is None or index is None:
            continue
        bare = squeeze(re.sub(r"^(?:超过|达到|大于|高于|不高于|不超过|低于|≥|>|≤|<)=?", "", squeeze(cell.text)))
        number_text, unit = split_unit(bare)
        if isinstance(parse_number(number_text), Parsed) and (unit is None or unit.kind == "pct"):
            book.figure(key, column, cell, "pct", unit_sources(table, "", grid.header_text(index)), text=bare)
        elif bare not in ("", "-", "/"):
            book.value(key, column, cell, squeeze(cell.text))
    index = place.get("header_status")
    cell = row[index] if index is not None else None
    if cell is None:
        return
    text = squeeze(cell.text)
    if _NO.match(text) or re.match(r"^(?:报告期内|本期|本报告期)?(?:均)?未(?:发生|触发)", text):
        book.value(key, "breached", cell, False)
    elif _YES.match(text):
        book.value(key, "breached", cell, True)
    elif text not in ("", "-", "/", "不适用"):
        book.ask(
            "low_confidence", f"{cell.text.strip()!r} does not say whether the event occurred.", cell, key, "breached"
        )
