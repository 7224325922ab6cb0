"""Who reads a table, and how it is looked at: as it is printed, turned, or with its groups told apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dealproof.interpret.context import Context, KindReader
from dealproof.interpret.kinds.registry import KINDS
from dealproof.interpret.layout import matrix
from dealproof.interpret.own_parts import OwnPart, own_part
from dealproof.interpret.periods import period_of
from dealproof.interpret.views import View, has_items, places_in, views_of
from dealproof.model.table import Table

#: A claim below this is no claim.
LEAST_CLAIM = 0.3
#: Kinds that take a row for all that is said of one thing, or a figure for one of the whole pool, whatever stands before it.
_NOT_OF_ITEMS = frozenset(("tranches", "performance", "pool_stats"))
#: Kinds of labels with values: of several columns of values one must say that it is this period's.
_OF_LABELS = frozenset(("performance", "pool_stats"))


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is left of a table to read, in the view in which a kind knows it best, and that kind; None where none knows it."""

    part: OwnPart
    name: str = ""
    score: float = 0.0
    kind: KindReader | None = None
    view: Table | None = None

    @property
    def is_as_printed(self) -> bool:
        """Whether the table is read as it stands."""
        return self.view is None

    def places(self, table: Table, used: Iterable[tuple[int, int]]) -> frozenset[tuple[int, int]]:
        """Places of what was read as places of the whole table."""
        return self.part.places(used) if self.view is None else places_in(table, self.part.table, used)

    def left_places(self, table: Table) -> frozenset[tuple[int, int]]:
        """Places of the whole table that were left aside as another's."""
        if self.view is None:
            return self.part.left_places(table)
        return places_in(table, self.view, self.part.left_places(self.view))


def carried_kinds(ctx: Context) -> list[KindReader]:
    """The kinds of table that such a document may carry."""
    return [kind for kind in KINDS if kind.NAME in ctx.profile.kind_record.tables]


def choose_view(table: Table, ctx: Context) -> Chosen:
    """Give a table to the kind that claims it most surely; where none does, or where its arrangement asks for it, in another
    view."""
    part = own_part(table, ctx)
    kinds = carried_kinds(ctx)
    rows_are_figures = has_items(part.table)
    best = _best(part, [kind for kind in kinds if not (rows_are_figures and kind.NAME in _NOT_OF_ITEMS)], ctx)
    for view in views_of(part.table):
        if best.kind is not None and not view.is_telling:
            continue
        kinds = [kind for kind in carried_kinds(ctx) if kind.NAME in view.readers and _fits(view, kind)]
        seen = own_part(view.table, ctx)
        found = replace(_best(seen, kinds, ctx), view=view.table)
        if found.kind is not None:
            left = tuple(dict.fromkeys((*part.left, *seen.left)))
            return replace(found, part=replace(found.part, left=left))
    return best


def _best(part: OwnPart, kinds: Iterable[KindReader], ctx: Context) -> Chosen:
    claims = [(kind.claim(part.table, ctx), kind) for kind in kinds]
    score, kind = max(claims, key=lambda claim: claim[0], default=(0.0, None))
    if kind is None or score <= LEAST_CLAIM:
        return Chosen(part, score=score)
    return Chosen(part, kind.NAME, score, kind)


def _fits(view: View, kind: KindReader) -> bool:
    """Whether a turned table has one column of values, or says which is this period's, for a kind of labels with values."""
    if view.form != "turned" or kind.NAME not in _OF_LABELS or view.table.n_cols == 2:
        return True
    grid = matrix(view.table)
    return any(period_of(grid.header_text(index)) == "own" for index in range(1, len(grid.columns)))
