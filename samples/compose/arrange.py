"""From content to a grid of cells: headers of one to three levels, groups, serial numbers, pairs, blocks, transposed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from samples.compose.forms import Forms, label_unit, printed, unit_of, with_unit
from samples.compose.model import Blocks, Cell, Column, Content, Fact, Figure, Matrix, Pairs, Row, Sheet


@dataclass(frozen=True)
class Shape:
    """`arrangement`: matrix, transposed, pairs, four columns, blocks. `front`: none, serial, group column, group rows.
    `middle`: the header stands again where a group begins. `blank_corner`: nothing heads the first column."""

    arrangement: str
    levels: int = 1
    front: str = "none"
    middle: bool = False
    blank_corner: bool = False
    others_in_cell: bool = True
    unit_row: bool = False


def arrange(content: Content, shape: Shape, forms: Forms) -> Sheet:
    """The grid of a table."""
    if isinstance(content, Pairs):
        return _pairs(content, shape, forms)
    if isinstance(content, Blocks):
        return _blocks(content, forms)
    return _transposed(content, forms) if shape.arrangement == "transposed" else _matrix(content, shape, forms)


def _figure(figure: Figure, row: int, col: int, forms: Forms, in_cell: bool = False, is_total: bool = False) -> tuple[Cell, Fact | None]:
    text, fact = printed(figure, forms)
    role = "text" if figure.sort == "text" else "figure"
    return Cell(row, col, with_unit(text, figure, forms, in_cell), "total" if is_total and role == "figure" else role), fact


def _matrix(content: Matrix, shape: Shape, forms: Forms) -> Sheet:
    has_front = shape.front in ("serial", "group column")
    first = 1 if has_front else 0
    rows, groups = content.rows, [row.group for row in content.rows]
    cells: list[Cell] = []
    facts: list[Fact | None] = []
    bands: list[int] = []
    middle: list[int] = []
    heads = _header(content, shape, forms, first, 0, groups[0])
    cells += heads
    at = shape.levels
    number = 0
    for index, row in enumerate(rows):
        begins = index == 0 or (groups[index] and groups[index] != groups[index - 1])
        if begins:
            bands.append(at)
            if index and shape.middle:
                again = _header(content, shape, forms, first, at, row.group)
                cells += again
                middle += range(at, at + shape.levels)
                at += shape.levels
            if shape.front == "group rows" and row.group:
                width = first + 1 + len(content.columns)
                cells.append(Cell(at, 0, row.group, "group", 1, width, free=True))
                at += 1
        spans = row.is_total and has_front and not (shape.front == "group column" and row.group)
        if shape.front == "serial" and not row.is_total:
            number += 1
            cells.append(Cell(at, 0, str(number), "serial"))
        cells.append(Cell(at, 0 if spans else first, row.label, "label", 1, first + 1 if spans else 1))
        for place, figure in enumerate(row.figures):
            cell, fact = _figure(figure, at, first + 1 + place, forms, is_total=row.is_total)
            cells.append(cell)
            facts.append(fact)
        at += 1
    sheet = Sheet(tuple(cells), at, first + 1 + len(content.columns), shape.levels, tuple(bands), tuple(middle), _held(facts))
    return _with_groups(sheet, rows, shape) if shape.front == "group column" else sheet


def _with_groups(sheet: Sheet, rows: Sequence[Row], shape: Shape) -> Sheet:
    """Merged cells in the first column, over the rows of each group."""
    body = [r for r in range(sheet.headers, sheet.n_rows) if r not in sheet.middle]
    cells = list(sheet.cells)
    begin = 0
    for index in range(1, len(rows) + 1):
        if index < len(rows) and rows[index].group == rows[begin].group:
            continue
        if rows[begin].group:
            cells.append(Cell(body[begin], 0, rows[begin].group, "group", body[index - 1] - body[begin] + 1, 1))
        begin = index
    return replace(sheet, cells=tuple(cells))


def _header(content: Matrix, shape: Shape, forms: Forms, first: int, at: int, group: str) -> list[Cell]:
    if not shape.levels:
        return []
    corner = "" if shape.blank_corner else content.corner
    if shape.middle and content.kind == "accounts":
        corner = group
    cells = [Cell(at, first, corner, "header", shape.levels)]
    if first:
        cells.append(Cell(at, 0, "序号" if shape.front == "serial" else content.group_label, "header", shape.levels))
    paths = [_path(column, shape.levels, forms) for column in content.columns]
    for level in range(shape.levels):
        for index, path in enumerate(paths):
            if (level and path[level - 1] == path[level]) or (index and paths[index - 1][: level + 1] == path[: level + 1]):
                continue
            deep = 1
            while level + deep < shape.levels and path[level + deep] == path[level]:
                deep += 1
            wide = 1
            while index + wide < len(paths) and paths[index + wide][: level + 1] == path[: level + 1]:
                wide += 1
            cells.append(Cell(at + level, first + 1 + index, path[level], "header", deep, wide))
    return cells


def _path(column: Column, levels: int, forms: Forms) -> tuple[str, ...]:
    path = column.path[-levels:]
    unit = label_unit(column.sort, forms, "header")
    leaf = path[-1] + unit
    return tuple(leaf if name == path[-1] else name for name in path)


def _transposed(content: Matrix, forms: Forms) -> Sheet:
    cells = [Cell(0, 0, content.corner, "header"), *(Cell(0, 1 + i, row.label, "header") for i, row in enumerate(content.rows))]
    facts: list[Fact | None] = []
    for number, column in enumerate(content.columns, start=1):
        cells.append(Cell(number, 0, column.path[-1] + label_unit(column.sort, forms, "label"), "label"))
        for place, row in enumerate(content.rows, start=1):
            cell, fact = _figure(row.figures[number - 1], number, place, forms)
            cells.append(cell)
            facts.append(fact)
    return Sheet(tuple(cells), 1 + len(content.columns), 1 + len(content.rows), 1, (1,), (), _held(facts))


def _label(name: str, figure: Figure, forms: Forms, in_cell: bool) -> str:
    unit = label_unit(figure.sort, forms, "label")
    if figure.sort in ("count", "years") and not in_cell:
        unit = f"{forms.brackets[0]}{unit_of(figure.sort, forms, figure.counted)}{forms.brackets[1]}"
    return name + unit


def _pairs(content: Pairs, shape: Shape, forms: Forms) -> Sheet:
    wide = 2 if shape.arrangement == "four columns" else 1
    front = shape.front if shape.front.startswith("group") else "none"
    first = 1 if front == "group column" else 0
    cells: list[Cell] = []
    facts: list[Fact | None] = []
    bands: list[int] = []
    headers = shape.levels
    if headers:
        words = ("项目", "数值") * wide
        cells += [Cell(0, 0, "类别", "header")] if first else []
        cells += [Cell(0, first + i, word, "header") for i, word in enumerate(words)]
    at = headers
    waiting = [(group, name, figure) for group, name, figure in content.pairs]
    previous, begin = "", at
    while waiting:
        group = waiting[0][0]
        if front != "none" and group != previous:
            if first and previous:
                cells.append(Cell(begin, 0, previous, "group", at - begin))
            bands.append(at)
            if front == "group rows":
                cells.append(Cell(at, 0, group, "group", 1, 2 * wide, free=True))
                at += 1
            previous, begin = group, at
        taken = [pair for pair in waiting[:wide] if front == "none" or pair[0] == group]
        waiting = waiting[len(taken) :]
        for place, (_, name, figure) in enumerate(taken):
            cells.append(Cell(at, first + 2 * place, _label(name, figure, forms, shape.others_in_cell), "label"))
            cell, fact = _figure(figure, at, first + 2 * place + 1, forms, in_cell=shape.others_in_cell)
            cells.append(cell)
            facts.append(fact)
        at += 1
    if first and previous:
        cells.append(Cell(begin, 0, previous, "group", at - begin))
    return Sheet(tuple(cells), at, first + 2 * wide, headers, tuple(bands or [headers]), (), _held(facts))


def _blocks(content: Blocks, forms: Forms) -> Sheet:
    cells: list[Cell] = []
    facts: list[Fact | None] = []
    bands: list[int] = []
    at = 0
    for title, pairs in content.blocks:
        bands.append(at)
        cells.append(Cell(at, 0, title, "group", 1, 4, free=True))
        at += 1
        for index, (name, figure) in enumerate(pairs):
            col = 2 * (index % 2)
            cells.append(Cell(at, col, _label(name, figure, forms, True), "label"))
            cell, fact = _figure(figure, at, col + 1, forms, in_cell=True)
            cells.append(cell)
            facts.append(fact)
            at += index % 2
        at += len(pairs) % 2
    return Sheet(tuple(cells), at, 4, 0, tuple(bands), (), _held(facts))


def _held(facts: Sequence[Fact | None]) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if fact is not None)
