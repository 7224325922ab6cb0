"""Which column of a tranche table holds what, and which names the tranches."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from dealproof.interpret.context import Context
from dealproof.interpret.layout import Matrix, text_of
from dealproof.interpret.tranche_blocks import named_by
from dealproof.mappings.fields import IGNORED
from dealproof.model.table import Cell
from dealproof.values.nothing import parse_nothing
from dealproof.values.parsed import Parsed
from dealproof.values.ratings import parse_rating
from dealproof.values.tranches import is_total_label, parse_tranche_in_short_name

NAME = "tranches"
#: The face of one security.
_FACE = re.compile(r"(?:人民币)?100(?:\.0+)?元?(?:/[份张])?")
#: Sizes of an issue before it is sold, which a table calls planned; a result has them beside the actual ones.
_PLANNED = re.compile(r"(?:计划|拟|基础)(?:发行|募集)(?:总额|规模|金额|额|总规模|总量|量|面额|面值)?(?:\(.{1,6}\))?$")


def fields_of(grid: Matrix, ctx: Context) -> dict[int, str]:
    """Field by column; a column repeated by a better one (planned and actual amount) keeps only the better."""
    fields: dict[int, str] = {}
    for index in range(len(grid.columns)):
        row = ctx.labels.find(NAME, grid.inner(index)) or ctx.labels.find(NAME, grid.header_text(index))
        if row is None and len(grid.columns[index]) > 1 and ctx.labels.field(NAME, grid.columns[index][0]) == "rating":
            row = ctx.labels.find(NAME, grid.columns[index][0])  # 信用评级 over the names of agencies
        if row is not None and row.field != IGNORED:
            fields[index] = "rating" if row.field == "tranche_name" and _holds_ratings(grid, index) else row.field
    faces = faces_of(grid)
    fields = {i: name for i, name in fields.items() if not (i in faces and name == "amount")}
    amounts = _amounts(grid, fields)
    if not amounts and ctx.profile.kind_record.at_issue and not ctx.profile.kind_record.is_result:
        planned = [i for i in range(len(grid.columns)) if i not in fields and _PLANNED.match(grid.inner(i))]
        fields |= dict.fromkeys(planned if len(planned) == 1 else (), "amount")
    if len(amounts) > 1:
        actual = next((i for i in amounts if "实际" in grid.header_text(i)), amounts[0])
        fields = {i: name for i, name in fields.items() if name != "amount" or i == actual}
    return fields


def _amounts(grid: Matrix, fields: Mapping[int, str]) -> list[int]:
    return [i for i, name in fields.items() if name == "amount"]


def faces_of(grid: Matrix) -> list[int]:
    """The columns of the face of one security (面值 100元/份), which is no size."""
    said = {i: [text for row in grid.body if (text := text_of(row[i])) and parse_nothing(text) is None] for i in range(len(grid.columns))}
    return [i for i, texts in said.items() if texts and re.search("面[值额]", grid.header_text(i)) and all(map(_FACE.fullmatch, texts))]


def unlike_amounts(grid: Matrix, fields: Mapping[int, str], ctx: Context) -> Cell | None:
    """The head of a second column of sizes that says of a tranche another than the one that is read, where neither is said to be
    the actual one: sizes of two plans."""
    own = next(iter(_amounts(grid, fields)), None)
    if own is None or "实际" in grid.header_text(own):
        return None
    rivals = [i for i in range(len(grid.columns)) if i != own and i not in faces_of(grid) and ctx.labels.field(NAME, grid.inner(i)) == "amount"]
    for rival in rivals:
        pairs = [(text_of(row[own]), text_of(row[rival])) for row in grid.body if named_by(row[0])]
        if any(one != other and re.search(r"\d", one) and re.search(r"\d", other) for one, other in pairs):
            return next((cell for row in reversed(grid.header) if (cell := row[rival]) is not None), None)
    return None


def _names_more(rows: Sequence[Sequence[Cell | None]], column: int, than: int) -> bool:
    """Whether a column names every row, each another tranche and those that the other column names alike."""
    names = [(named_by(row[column]), named_by(row[than])) for row in rows]
    agreed = all(own is not None and other in (None, own) for own, other in names)
    return agreed and any(other is None for _, other in names) and len({own for own, _ in names}) == len(names)


def _holds_ratings(grid: Matrix, index: int) -> bool:
    """Whether a column called 级别, which may be that of the tranche, holds ratings of structured securities and nothing else."""
    said = [text for row in grid.body if (text := text_of(row[index])) and parse_nothing(text) is None]
    return bool(said) and all(isinstance(parse_rating(text), Parsed) and "sf" in text.lower() for text in said)


def name_column(grid: Matrix, fields: dict[int, str]) -> int | None:
    """The column whose cells are tranche names; a labelled one first."""
    labelled = [i for i, name in fields.items() if name == "tranche_name"]
    others = [i for i in range(len(grid.columns)) if i not in labelled]
    rows = [row for row in grid.body if not any(is_total_label(text_of(cell)) for cell in row)]
    for index in (*labelled, *others):
        named = [row for row in rows if named_by(row[index])]
        if named and len(named) >= 0.5 * sum(1 for row in rows if text_of(row[index])):
            return next((other for other in labelled if other != index and _names_more(rows, other, index)), index)
    for index, name in fields.items():
        if name == "short_name" and any(
            isinstance(parse_tranche_in_short_name(text_of(row[index])), Parsed) for row in grid.body
        ):
            return index
    return None
