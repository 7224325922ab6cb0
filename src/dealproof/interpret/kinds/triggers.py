"""Triggers and events: whether an event occurred, a metric against its threshold, thresholds by deal year."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dealproof.interpret.context import Context, Reading
from dealproof.interpret.fact_builder import Key, Notebook, document_key
from dealproof.interpret.layout import Matrix, matrix, text_of, unit_sources
from dealproof.interpret.share_columns import label_column
from dealproof.model.table import Cell, Table
from dealproof.text import squeeze, without_english
from dealproof.values.numbers import parse_number
from dealproof.values.parsed import Parsed
from dealproof.values.units import split_unit

NAME = "triggers"
_NO = re.compile(r"^(?:否|未发生|未触发|无|没有发生|未出现|不存在|×|x|no|未|正常)$", re.IGNORECASE)
#: A column that asks whether a limit is kept, and its answers.
_KEPT = re.compile(r"(?:是否)?(?:符合|达标|合规|合格|满足)(?!.*(?:触发|条件))")
_WELL, _ILL = re.compile(r"^(?:是|符合|达标|合规|合格|满足|√|yes)$", re.IGNORECASE), re.compile(r"^(?:否|不符合|未达标|不合规|不合格|不满足|×|no)$", re.IGNORECASE)
#: What is asked of an event before its name, and words of events.
_WHETHER = re.compile(r"^(?:本期|本报告期|报告期内)?是否(?:已|曾)?(?:发生|触发|出现|存在)?")
_EVENT = re.compile(r"事件|^(?:本期|本报告期|报告期内)?是否|情形|触发|终止|解任")
#: A column that asks whether nothing occurred: its 是 is the 否 of all others, if the issuer meant it so.
_DENIED = re.compile(r"是否(?:均)?未")
#: A column of a level that only warns, beside that at which something happens.
_WARNS, _SETS_OFF = re.compile(r"预警|警戒|关注|监测"), re.compile(r"触发")
_PAIR, _LISTED = 2, 0.7
#: The same answer in English behind the Chinese one: 否 No.
_AGAIN = re.compile(r"(?<=[一-龥])(?:yes|no|none|n/a|notoccurred|occurred|nottriggered|triggered)$", re.IGNORECASE)
_YES = re.compile(r"^(?:是|已发生|已触发|发生|触发|√|yes|有)$", re.IGNORECASE)


def claim(table: Table, ctx: Context) -> float:
    """A column of events or metrics with a column of status or thresholds."""
    fields = _fields(matrix(table), ctx)
    kinds = set(fields.values())
    if "header_status" in kinds and "header_name" in kinds:
        return 0.95
    if "header_threshold" in kinds and kinds & {"header_name", "header_window"}:
        return 0.9
    if {"header_threshold", "header_actual", "header_status"} <= kinds:
        return 0.9
    return _LISTED if _outcomes(table) else 0.0


def read(table: Table, ctx: Context) -> Reading:
    """Read one trigger a row."""
    book = Notebook(ctx, NAME)
    grid = matrix(table)
    fields = _fields(grid, ctx)
    if not {"header_status", "header_threshold"} & set(fields.values()):
        for event, outcome in _outcomes(table):
            key = document_key(ctx, trigger=_WHETHER.sub("", text_of(event)), period_no=ctx.profile.period_no)
            book.use(event)
            book.value(key, "breached", outcome, not _happened_not(text_of(outcome)))
        return book.done()
    place = {field: index for index, field in reversed(fields.items())}
    name_at = place.get("header_name", place.get("header_window", label_column(grid)))
    for row in grid.body:
        label = row[name_at]
        if label is None or not text_of(label):
            continue
        name = without_english(label.text)
        if "header_name" not in place and {"header_window", "header_threshold"} <= set(place):
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


def _happened_not(text: str) -> bool:
    text = _AGAIN.sub("", text)
    return bool(_NO.match(text) or re.match(r"^(?:报告期内|本期|本报告期)?(?:均)?未(?:发生|触发)", text))


def _outcomes(table: Table) -> list[tuple[Cell, Cell]]:
    """Events with their outcome beside them, where a table is a list of such: at most its first row is a header."""
    found: list[tuple[Cell, Cell]] = []
    for number, row in enumerate(table.grid()):
        cells = list(dict.fromkeys(cell for cell in row if cell is not None and text_of(cell)))
        if number == 0 and any(_DENIED.search(text_of(cell)) for cell in cells):
            return []
        if cells and text_of(cells[0]).isdecimal():
            cells = cells[1:]
        texts = [text_of(cell) for cell in cells]
        if len(cells) == _PAIR and _EVENT.search(texts[0]) and (_happened_not(texts[1]) or _YES.match(texts[1])):
            found.append((cells[0], cells[1]))
        elif number > 0 and cells:
            return []
    return found


def _fields(grid: Matrix, ctx: Context) -> dict[int, str]:
    fields: dict[int, str] = {}
    for index in range(len(grid.columns)):
        field = next((found for text in (grid.inner(index), grid.header_text(index), without_english(grid.inner(index))) if (found := ctx.labels.field(NAME, text))), "")
        if field:
            fields[index] = field
    levels = [index for index, field in fields.items() if field == "header_threshold"]
    warns = [index for index in levels if _WARNS.search(grid.header_text(index))]
    sets_off = [index for index in range(len(grid.columns)) if _SETS_OFF.search(grid.inner(index)) and index not in warns and fields.get(index, "header_threshold") == "header_threshold"]
    if warns and sets_off:
        fields = {index: field for index, field in fields.items() if index not in warns} | {sets_off[0]: "header_threshold"}
    return dict(sorted(fields.items()))


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
    text = _AGAIN.sub("", squeeze(cell.text))
    if index is not None and _DENIED.search(grid.header_text(index)) and text not in ("", "-", "/", "不适用"):
        book.ask("low_confidence", f"{cell.text.strip()!r} under {grid.header_text(index)!r} may mean either.", cell, key, "breached")
        return
    is_kept = bool(index is not None and _KEPT.search(grid.header_text(index)))
    if is_kept and (_WELL.match(text) or _ILL.match(text)):
        book.value(key, "breached", cell, bool(_ILL.match(text)))
    elif _happened_not(text) and not is_kept:
        book.value(key, "breached", cell, False)
    elif _YES.match(text) and not is_kept:
        book.value(key, "breached", cell, True)
    elif text not in ("", "-", "/", "不适用"):
        book.ask(
            "low_confidence", f"{cell.text.strip()!r} does not say whether the event occurred.", cell, key, "breached"
        )
