"""The frame in which every kind of table is read: what is known of the document, and what a reader gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from dealproof.contract.question_kinds import QuestionKind
from dealproof.extract.loan_list import LoanList
from dealproof.interpret.dates import DateHit
from dealproof.mappings.labels import Labels
from dealproof.model.evidence import Box, Evidence, Fact, Origin, Problem, Value
from dealproof.model.extract import Extract
from dealproof.model.page import PageText
from dealproof.model.profile import Profile
from dealproof.model.table import Cell, Table

if TYPE_CHECKING:
    from dealproof.interpret.scope import Verdict


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading with its place; `level` 1 is the outermost."""

    page: int
    top: float
    level: float
    text: str


@dataclass(frozen=True, slots=True)
class MarkedNote:
    """A note that acts on a figure: its words and place, and what it says.

    `bare` is the text of the cell without the mark, `corrected` is the figure that it puts in the place of the printed
    one, `unit` the unit of the figure, `against` why the figure is none of this deal's and period's.
    """

    text: str
    page: int
    box: Box
    bare: str = ""
    corrected: str = ""
    unit: str = ""
    against: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """Everything that a reader of meaning may look at. Pure: no file, no clock, no PDF library.

    `hits` are the labelled dates of the document, with their places; `headings` those that say whose figures follow;
    `loans` are the whole pages with rows of single loans, which the pages of the extract lack, and where they stand there;
    `notes` are those that act on figures of the table that is read, by page and box of the cell.
    """

    extract: Extract
    profile: Profile
    labels: Labels
    hits: tuple[DateHit, ...] = ()
    headings: tuple[Heading, ...] = ()
    loans: Mapping[int, tuple[PageText, LoanList]] = field(default_factory=dict)
    notes: Mapping[tuple[int, Box], MarkedNote] = field(default_factory=dict)

    @property
    def document_id(self) -> str:
        """SHA-256 of the file."""
        return self.extract.source.document_id


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood of one table: facts, doubts, and the grid places (row, col) that were used or ignored."""

    facts: tuple[Fact, ...] = ()
    problems: tuple[Problem, ...] = ()
    used: frozenset[tuple[int, int]] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class TableReading:
    """What became of one table: the kind that read it (or ''), how sure it was, why it was left, what it gave.

    `left_parts` says why columns and rows were left aside as another's, `left_places` are the places of their cells.
    """

    table: Table
    kind: str
    claim: float
    left_because: str
    reading: Reading
    is_foreign: bool = False
    left_parts: tuple[Verdict, ...] = ()
    left_places: frozenset[tuple[int, int]] = frozenset()


class KindReader(Protocol):
    """What each module of `interpret/kinds/` offers."""

    NAME: str

    def claim(self, table: Table, ctx: Context) -> float:
        """How sure, from 0 (not mine) to 1 (certainly mine), this kind is of the table."""
        ...

    def read(self, table: Table, ctx: Context) -> Reading:
        """Read a table that this kind has won."""
        ...


def key_of(**parts: object) -> tuple[tuple[str, str], ...]:
    """Build a fact key from its parts in the contract's order; `None` becomes the empty string.

    Keys are joined by `|`, so that a printed one becomes the full-width `｜`.
    """
    return tuple((name, "" if value is None else str(value).replace("|", "｜")) for name, value in parts.items())


def cell_fact(
    ctx: Context,
    table: str,
    key: tuple[tuple[str, str], ...],
    column: str,
    cell: Cell,
    value: Value,
    *,
    unit: str = "",
    unit_text: str = "",
    unit_from: str = "",
    origin: Origin = "disclosed",
    derivation: str = "",
    label_rows: tuple[str, ...] = (),
) -> Fact:
    """A fact whose proof is one cell of a table. What grammar mended in a recognised figure makes it a derived one."""
    evidence = Evidence(
        ctx.document_id, cell.page, cell.box, cell.recognised or cell.text, unit_text, unit_from, cell.reader,
        cell.confidence, cell.other,
    )  # fmt: skip
    if cell.recognised and origin == "disclosed":
        origin, derivation = "derived", f"recognised as {cell.recognised}, which as a figure can only be {cell.text}"
    return Fact(table, key, column, value, unit, evidence, origin, derivation, label_rows)


def doubt(
    ctx: Context,
    code: QuestionKind,
    message: str,
    *,
    remedy: str = "",
    page: int = 0,
    box: Box | None = None,
    table: str = "",
    key: str = "",
    column: str = "",
    value: str = "",
) -> Problem:
    """A question for a person that came up while interpreting."""
    return Problem(code, "warning", "interpret", message, remedy, ctx.document_id, page, box, table, key, column, value)
