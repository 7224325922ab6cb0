"""A dataset seen through its views, each worked out once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from dealproof.mappings.reference import MarketReference
from dealproof.metrics.dataset_index import WHOLE_YEAR, DatasetIndex, fact
from dealproof.metrics.model import Line, ViewName
from dealproof.metrics.views import VIEWS
from dealproof.model.cell import DatasetCell


@dataclass(frozen=True, slots=True)
class CachedViews:
    """The views of a dataset by year. Keeps what it has worked out."""

    index: DatasetIndex
    _kept: dict[tuple[ViewName, int], tuple[Line, ...]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def reference(self) -> MarketReference:
        """What documents cannot say."""
        return self.index.reference

    @property
    def universe(self) -> str:
        """The asset class that is looked at."""
        return self.index.universe

    @property
    def whole_years(self) -> bool:
        """Whether years are looked at to their end, as the reference file counts them."""
        return self.index.last == WHOLE_YEAR

    def lines(self, view: ViewName, year: int) -> tuple[Line, ...]:
        """The lines of a view in a year."""
        if (view, year) not in self._kept:
            self._kept[view, year] = VIEWS[view](self.index, year)
        return self._kept[view, year]

    def doubts(self, cells: Iterable[DatasetCell]) -> tuple[str, ...]:
        """Open questions about cells, by id."""
        found: dict[str, None] = {}
        for cell in cells:
            for row in self.index.doubts.get(fact(cell), ()):
                if row["column"] in ("", cell.column):
                    found[row["question_id"]] = None
        return tuple(found)

    def member(self, column: str, name: str) -> str:
        """How a part of the market that the reference file names is called in the views."""
        return self.index.names.get(name, name) if column == "provider" else name
