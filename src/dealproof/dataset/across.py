"""What leads from one part of the documents to another, and nothing else does: listed here, heard from each part, told to each.

- A name that nobody was found for is asked once, where it stands first (`names`).
- A label, or a word of labels, that nobody knows is asked once; doubts elsewhere hang under that question (`label_questions`).
- A value that was recognised without surety is confirmed by a party of the same name anywhere that leads to an institution.
- Deals that share what only one deal can have are compared (`second_names`).
- The list of institutions that the dataset speaks of is that of all parts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from dealproof.dataset.label_questions import Labels, label_questions
from dealproof.dataset.names import AskedName, name_questions
from dealproof.dataset.parts import Part
from dealproof.dataset.second_names import Marks, second_names
from dealproof.dataset.told import Told
from dealproof.institutions.match import Matcher
from dealproof.model.evidence import Problem

_PARTIES = "parties"


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the others tell a part: recognised values that a name confirms, the questions for its labels, questions about
    its names (only where a correction may speak of the same cell), and about its deals that may be others."""

    known: tuple[str, ...] = ()
    labels: tuple[Problem, ...] = ()
    names: tuple[Problem, ...] = ()
    second: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Across:
    """Hears what every part tells, and says what each is told. What a part is told is final once all were heard and compared."""

    matcher: Matcher
    told: dict[str, Told] = field(default_factory=dict)
    marks: dict[str, tuple[Marks, ...]] = field(default_factory=dict)
    _labels: Labels = field(default_factory=Labels)
    _known: set[str] = field(default_factory=set)
    _names: dict[str, str] = field(default_factory=dict)
    _second: dict[str, tuple[Problem, ...]] = field(default_factory=dict)

    def hear(self, part: Part, told: Told) -> None:
        """Note what a part tells."""
        self.told[part.name] = told
        self._labels.hear(told.labels)
        self._known |= set(told.known)
        for item in told.names:
            self._names[item.plain] = min(self._names.get(item.plain, item.document_id), item.document_id)

    def hear_marks(self, part: Part, marks: Iterable[Marks]) -> None:
        """Note what the deals of a part are known by."""
        self.marks[part.name] = tuple(marks)

    def compare(self) -> None:
        """Compare the deals of all parts that were heard."""
        home = {item.deal_id: name for name, marks in self.marks.items() for item in marks}
        found: dict[str, list[Problem]] = {}
        for problem in second_names(item for marks in self.marks.values() for item in marks):
            found.setdefault(home[problem.key], []).append(problem)
        self._second = {name: tuple(problems) for name, problems in found.items()}

    def inputs(self, part: Part) -> Inputs:
        """What the parts that were heard so far tell this one, which was heard too."""
        told = self.told[part.name]
        labels = self._labels.roots(told.labels, frozenset(part.documents)) if told.labels else ()
        names = self._own_names(part, told) if told.names and corrects_parties(part) else ()
        return Inputs(
            tuple(value for value in told.unsure if value in self._known), labels, names, self._second.get(part.name, ())
        )

    def _own_names(self, part: Part, told: Told) -> tuple[Problem, ...]:
        first = {item.plain for item in told.names if self._names[item.plain] in part.documents}
        every = (item for other in self.told.values() for item in other.names if item.plain in first)
        return tuple(name_questions(every, self.matcher))

    def problems(self, parts: Iterable[Part]) -> list[Problem]:
        """The questions that are of no part: for labels, for words, and for names that were not told to their part."""
        names: list[AskedName] = []
        asked: set[str] = set()
        for part in parts:
            told = self.told[part.name]
            names += told.names
            if corrects_parties(part):
                asked |= {item.plain for item in told.names if self._names[item.plain] in part.documents}
        files = {document: name for told in self.told.values() for document, name in told.files}
        labels = (item for told in self.told.values() for item in told.labels)
        return [*name_questions((item for item in names if item.plain not in asked), self.matcher), *label_questions(labels, files)]

    @property
    def used(self) -> frozenset[str]:
        """The institutions that names of all parts lead to."""
        return frozenset(name for told in self.told.values() for name in told.used)


def corrects_parties(part: Part) -> bool:
    """Whether a correction of the part speaks of parties, the cells that questions about names are about."""
    return any(item.table == _PARTIES for item in part.corrections)

