"""What a metric is and what comes of it. Metrics are data: adding one means adding one entry to a module of `catalog/`.

The definitions follow what market reviews of micro-loan ABS (小微贷款 ABS) print: counts and amounts with shares and
changes against the year before, means over samples, and the points behind charts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from dealproof.model.cell import DatasetCell

#: What a column of a view may hold; None is missing.
Value = str | Decimal | int | date | bool | None

ViewName = Literal[
    "deals", "originators", "tranches", "pools", "defaults", "purchases", "balances", "rating_actions"
]  # fmt: skip
Operation = Literal["is", "is not", "in", "at most", "at least", "more than", "less than", "known"]
Measure = Literal["count", "sum", "mean", "minimum", "maximum", "distinct"]
#: A change in percent of the earlier value, or in percentage points between two percentages.
ChangeKind = Literal["percent", "points"]
#: yi_yuan is 亿元 (100 million yuan), wan_yuan 万元 (10 thousand yuan); `times` are multiples.
Unit = Literal[
    "deals", "securities", "institutions", "classes", "actions", "yi_yuan", "wan_yuan", "percent", "years", "times"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """A text in Chinese and in English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Where:
    """A condition on one column of a view. A line in which the column is missing does not fulfil it."""

    column: str
    operation: Operation
    value: Value | tuple[str, ...] = None


@dataclass(frozen=True, slots=True)
class Share:
    """What a value is a share of: the same measure over the lines that fulfil `where` and agree in the columns `within`,
    or a series of the reference file for what documents cannot say."""

    of: Words
    where: tuple[Where, ...] = ()
    within: tuple[str, ...] = ()
    series: str = ""
    decimals: int = 2


@dataclass(frozen=True, slots=True)
class Metric:
    """One metric.

    `view` names the lines that are looked at (see `views/`), `where` which of them count, `by` how they are grouped.
    `measure` is taken of the column `of`; means are simple unless `weight` names a column. Sums are given in
    `unit`; `decimals` is how many are printed, rounded half up (0.5 away from zero). `needs` are columns without which a
    line is left out, with a reason. `same` are columns of definition: where lines differ in them, they are not
    averaged together but apart. `history` is the series of the reference file that knows earlier years; `back` is
    how many earlier years are given. A `sample` is compared with the earlier sample as it is; everything else
    only with a year that is known to be complete.
    """

    id: str
    title: Words
    definition: Words
    view: ViewName
    measure: Measure
    unit: Unit
    decimals: int = 0
    of: str = ""
    weight: str = ""
    where: tuple[Where, ...] = ()
    by: tuple[str, ...] = ()
    share: Share | None = None
    change: ChangeKind | None = None
    needs: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    history: str = ""
    back: int = 0
    sample: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a view: what it holds, the cells of the dataset that it rests on, and why something is missing."""

    deal_id: str
    values: Mapping[str, Value]
    cells: tuple[DatasetCell, ...] = ()
    why: Words | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A deal that does not enter a metric, and why."""

    deal_id: str
    reason: Words


@dataclass(frozen=True, slots=True)
class Number:
    """A figure in full and as printed (half up); `problem` says why there is none."""

    value: Decimal | None
    printed: str
    problem: Words | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What one metric gives for one group in one year.

    `group` pairs each grouping column with its value as text ('' for missing). `n` counts the lines, `deals` are those
    behind the figure, `cells` the dataset's cells that it rests on. `doubts` are the open questions about these cells.
    `origin` is `documents` or where the reference file has the value from. `notes` are for the reader of the figure.
    """

    metric: str
    year: int
    group: tuple[tuple[str, str], ...]
    value: Number
    share: Number | None
    change: Number | None
    n: int
    deals: tuple[str, ...]
    cells: tuple[DatasetCell, ...] = ()
    doubts: tuple[str, ...] = ()
    origin: str = "documents"
    notes: tuple[Words, ...] = ()

    def member(self, column: str) -> str:
        """The value of one grouping column. Raises KeyError where the metric does not group by it."""
        return dict(self.group)[column]


@dataclass(frozen=True, slots=True)
class Finding:
    """Two figures that ought to agree and do not, or a base that is not known; never repaired, always told."""

    id: str
    title: Words
    detail: Words
    deals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """Everything that a market review says of one year: results of all metrics, samples, what was left out, findings.

    `until` is the last day of the review where that is not the year's end. `left_out` is by metric id; under '' are deals outside of every metric. `lines` are the views of the year.
    """

    year: int
    universe: str
    results: tuple[Result, ...]
    left_out: Mapping[str, tuple[LeftOut, ...]]
    findings: tuple[Finding, ...] = ()
    lines: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)
    until: date | None = None

    def of(self, metric: str, year: int | None = None) -> tuple[Result, ...]:
        """The results of one metric, of the review's year unless another is asked for, in order."""
        wanted = self.year if year is None else year
        return tuple(item for item in self.results if item.metric == metric and item.year == wanted)
