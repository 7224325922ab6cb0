"""The types that travel between all packages: where something was printed, what it means, what is in doubt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, TypeVar, get_args

from dealproof.contract.question_kinds import QuestionKind, Severity
from dealproof.errors import Trouble
from dealproof.model.cell import DatasetCell

Value = Decimal | str | bool | int
T = TypeVar("T")
Origin = Literal["disclosed", "derived", "corrected"]
Stage = Literal["open", "extract", "interpret", "build"]
#: Kinds of questions, and troubles of files, which nobody can decide and which are no questions.
QUESTION_KINDS: frozenset[str] = frozenset(get_args(QuestionKind))
TROUBLES: frozenset[str] = frozenset(get_args(Trouble))
#: Recognised text that is less sure than this is a question, unless something confirms it. Where the floor comes from:
#: `benchmarks/scans.py` prints how often a figure of each confidence is right.
CONFIDENCE_FLOOR = 0.9


@dataclass(frozen=True, slots=True)
class Source:
    """One file as handed in. `document_id` is the SHA-256 of its bytes.

    `replaced_by` is the document that was put in its place under the same name; such a one gives no values any more.
    """

    path: str
    file_name: str
    document_id: str
    size: int
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from the top left corner of the page as a viewer shows it."""

    x0: float
    top: float
    x1: float
    bottom: float

    def union(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(
            min(self.x0, other.x0), min(self.top, other.top), max(self.x1, other.x1), max(self.bottom, other.bottom)
        )


@dataclass(frozen=True, slots=True)
class Evidence:
    """The proof of one value: page (1-based), box, the printed text, and how its unit was known.

    `unit_from` is one of cell, row_label, column_header, title, unit_line, footnote, section, default or empty.
    `reader` names the reader whose cell this is, `text` for prose, `ocr` for what was recognised from a picture; then
    `confidence` (0 to 1) says how sure that is and `other` what another look saw, where it differs.
    """

    document_id: str
    page: int
    box: Box
    text: str
    unit_text: str = ""
    unit_from: str = ""
    reader: str = ""
    confidence: float = 1.0
    other: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of the dataset with its proof: `table`, the row's key columns, one `column`, the value.

    `key` holds (column, value) pairs of the table's key columns in the order of the contract.
    A derived fact names its inputs in `derivation`. `label_rows` are the label rows that fired (`file.csv:line`).
    """

    table: str
    key: tuple[tuple[str, str], ...]
    column: str
    value: Value
    unit: str = ""
    evidence: Evidence | None = None
    origin: Origin = "disclosed"
    derivation: str = ""
    label_rows: tuple[str, ...] = ()

    @property
    def key_text(self) -> str:
        """The key as `evidence.key` and `questions.key` print it."""
        return "|".join(value for _, value in self.key)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of the values that a cell in question may have, as the dataset prints it, and where it stands.

    A value that was worked out stands nowhere; `why` says in a few words how it came about.
    """

    value: str
    document_id: str = ""
    page: int = 0
    box: Box | None = None
    why: str = ""


def lettered(items: Iterable[T]) -> Iterator[tuple[str, T]]:
    """Items with the letters by which a person chooses among them: A, B, C, …, Z, AA, AB."""
    for number, item in enumerate(items):
        letter, rest = "", number + 1
        while rest:
            rest, last = divmod(rest - 1, 26)
            letter = chr(ord("A") + last) + letter
        yield letter, item


@dataclass(frozen=True, slots=True)
class Problem:
    """The one record of trouble and doubt; run report, status, questions and logs are views of it.

    `code` is a kind of question where a person must decide, else a trouble of a file. Raises ValueError for any other:
    a doubt of a kind that nobody knows would be asked nowhere.

    `value` is what the dataset takes unless a person decides; `candidates` are the values to choose from, that one first.
    `rests_on` are the cells whose values decide whether the doubt stands. `name` is what makes the
    doubt the same from run to run, where place and value do not; `under` is the name of a doubt whose answer is taken
    for this one too. Doubts of one table of a document that have the same `alike` have the same reason.
    """

    code: QuestionKind | Trouble
    severity: Severity
    stage: Stage
    message: str
    remedy: str = ""
    document_id: str = ""
    page: int = 0
    box: Box | None = None
    table: str = ""
    key: str = ""
    column: str = ""
    value: str = ""
    suggestions: tuple[str, ...] = field(default=())
    candidates: tuple[Candidate, ...] = ()
    rests_on: tuple[DatasetCell, ...] = ()
    name: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    alike: str = ""

    def __post_init__(self) -> None:
        """Refuse a code that is neither a kind of question nor a trouble."""
        if self.code not in QUESTION_KINDS and self.code not in TROUBLES:
            raise ValueError(f"{self.code!r} is neither a kind of question nor a trouble of a file.")
