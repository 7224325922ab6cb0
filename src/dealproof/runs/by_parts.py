"""The dataset of stored documents built part by part: a part of which nothing changed is taken as it was kept.

The key of a part is exact and rather too narrow than too wide: its documents by the digest of their facts and by their names,
the analysts' rows that act on it, the lists of institutions and expectations as a whole, the program, and what other parts tell
it. Facts are read from the store for the parts that are built, one part at a time.
"""

from __future__ import annotations

import gc
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dealproof.dataset.across import Across, Inputs
from dealproof.dataset.build import institutions_of, preparation, shared_questions
from dealproof.dataset.part_rows import part_rows
from dealproof.dataset.parts import Card, Part, parts_of
from dealproof.dataset.second_names import Marks
from dealproof.dataset.summary import added, figures_of
from dealproof.dataset.told import Told
from dealproof.institutions.match import Matcher
from dealproof.mappings.deals import by_subject, deal_among
from dealproof.mappings.load import Registry
from dealproof.model.cell import Row
from dealproof.model.evidence import Source
from dealproof.model.interpretation import Interpretation
from dealproof.runs.part_blocks import Packed, head_text, packed
from dealproof.runs.shelf import Kept, Member, Shelf
from dealproof.store.serialize import pack, to_json, unpack

#: The name of what is of no part: the list of institutions, and questions that are asked once for all parts.
SHARED = "/shared"
#: So many parts are written to the shelf at a time.
_AT_ONCE = 100
#: About so many documents are loaded at a time.
_LOADED = 40
#: Gives the documents of a part by their ids.
Load = Callable[[Sequence[str]], list[Interpretation]]


@dataclass(frozen=True, slots=True)
class Known:
    """A document of which the store has facts: their digest, and its file of today (None: as it was read)."""

    digest: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is known of a part that was built: what it tells, and the digests of what it was told and of its answers; `lists` is
    the digest of the files that lead names to institutions, `verdicts` that of what they said."""

    told: Told
    marks: tuple[Marks, ...]
    severities: tuple[tuple[str, str], ...]
    asked: tuple[str, ...]
    inputs: str
    answers: str
    figures: tuple[tuple[str, int], ...]
    lists: str
    verdicts: str


@dataclass(slots=True)
class PartBuilder:
    """Builds the parts of a dataset. `load` gives documents by their ids; `base` names program and mapping files that act on every
    part, `lists` those that lead names to institutions."""

    shelf: Shelf
    registry: Registry
    base: str
    lists: str
    everything: bool
    documents: Mapping[str, Known]
    load: Load
    across: Across = field(init=False)
    found: dict[str, tuple[Member, Outcome]] = field(init=False, default_factory=dict)
    built: int = 0
    _kept: dict[tuple[str, str], list[tuple[str, Outcome]]] = field(init=False, default_factory=dict)
    _waiting: list[Kept] = field(init=False, default_factory=list)
    _answers: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        """Begin with nothing heard."""
        self.across = Across(Matcher(self.registry.institutions, self.registry.decisions))
        self._answers = {item.question_id: item.answer for item in self.registry.answers}

    def build(self, cards: Iterable[Card]) -> list[Member]:
        """Build the dataset of documents and return its parts, with what is of no part. Raises as `build_dataset` for mistakes
        in mapping files; NeedsAllError where only all documents together can tell; ShelfError where nothing can be kept."""
        known = list(cards)
        parts = parts_of(known, self.registry.deals, self.registry.corrections)
        given = self._given(known)
        owns = {part.name: self._own_key(part, given) for part in parts}
        self._recall(owns)
        waiting = []
        for part in parts:
            if kept := self._kept.get((part.name, owns[part.name])):
                self.across.hear(part, kept[0][1].told)
                self.across.hear_marks(part, kept[0][1].marks)
            else:
                waiting.append(part)
        for part, documents in self._loaded(waiting):
            self._build(part, owns[part.name], documents)
        self.across.compare()
        for part, documents in self._loaded([part for part in parts if not self._take(part, owns[part.name])]):
            self._build(part, owns[part.name], documents)
        members = [self.found[part.name][0] for part in parts]
        members.append(self._share(parts))
        self._write()
        return members

    def figures(self) -> dict[str, int]:
        """What became of the figures of all documents, as in a summary."""
        return added(dict(outcome.figures) for _, outcome in self.found.values())

    def _recall(self, owns: Mapping[str, str]) -> None:
        """Take what is kept of the same documents and rows, where the same institutions are still found for its names."""
        renewed: list[tuple[str, str, bytes]] = []
        for name, own, key, told in self.shelf.told():
            if owns.get(name) != own or (outcome := unpack(Outcome, told)) is None:
                continue
            if outcome.lists != self.lists:
                if outcome.verdicts != self._verdicts(outcome.told):
                    continue
                outcome = replace(outcome, lists=self.lists)
                renewed.append((name, key, pack(outcome)))
            self._kept.setdefault((name, own), []).append((key, outcome))
        self.shelf.renew(renewed)

    def _take(self, part: Part, own: str) -> bool:
        """Whether the part is there as it must be: with what others tell it, and with its answers."""
        inputs = _digest(self.across.inputs(part))
        for key, outcome in self._kept.get((part.name, own), ()):
            if outcome.inputs == inputs and outcome.answers == self._answered(outcome.asked):
                self.found[part.name] = (part.name, key), outcome
                return True
        return False

    def _loaded(self, parts: Iterable[Part]) -> Iterator[tuple[Part, list[Interpretation]]]:
        """Parts with their documents, some at a time: to ask for those of one part takes as long as for those of many."""
        for some in _batches(parts):
            wanted = [name for part in some for name in part.documents]
            found = {document.source.document_id: document for document in self.load(wanted)}
            for part in some:
                yield part, [found.pop(name) for name in part.documents]

    def _build(self, part: Part, own: str, documents: Sequence[Interpretation]) -> None:
        prepared, told = preparation(documents, self.registry, self.across.matcher)
        self.across.hear(part, told)
        inputs = self.across.inputs(part)
        made = part_rows(
            prepared, inputs, self.registry.expectations, part.corrections, self.registry.answers, everything=self.everything
        )
        self.across.hear_marks(part, made.marks)
        asked = tuple(sorted(made.asked))
        outcome = Outcome(
            told, made.marks, tuple(sorted(made.severities.items())), asked, _digest(inputs), self._answered(asked),
            tuple(figures_of(documents).items()), self.lists, self._verdicts(told),
        )  # fmt: skip
        told_by = f"{own} {outcome.inputs} {outcome.answers} {outcome.verdicts}"
        key = hashlib.sha256(told_by.encode()).hexdigest()
        self._kept.setdefault((part.name, own), []).append((key, outcome))
        self.found[part.name] = (part.name, key), outcome
        self._keep(part.name, own, key, outcome, packed(made.tables))
        self.built += 1

    def _share(self, parts: Sequence[Part]) -> Member:
        severities = [dict(outcome.severities) for _, outcome in self.found.values()]
        tables: dict[str, Sequence[Row]] = institutions_of(self.across.used, self.registry)
        tables["questions"] = shared_questions(self.across, parts, severities, self.registry)
        made = packed(tables)
        key = hashlib.sha256(made.light + made.heavy).hexdigest()
        self._keep(SHARED, "", key, None, made)
        return SHARED, key

    def _keep(self, name: str, own: str, key: str, outcome: Outcome | None, made: Packed) -> None:
        told = pack(outcome) if outcome is not None else b""
        self._waiting.append(Kept(name, own, key, told, head_text(made.head), made.light, made.heavy))
        if len(self._waiting) >= _AT_ONCE:
            self._write()

    def _write(self) -> None:
        self.shelf.keep(self._waiting)
        self._waiting.clear()
        gc.collect(0)  # while the collector rests, what database and files leave behind would add up

    def _verdicts(self, told: Told) -> str:
        """The digest of what the lists say of the names of a part."""
        matcher = self.across.matcher
        said = [matcher.told(*each) for each in told.looked_up] if matcher.index.entities else []
        matcher.forget()
        return hashlib.sha256("\n".join(said).encode()).hexdigest()

    def _answered(self, asked: Iterable[str]) -> str:
        said = [f"{name} {self._answers[name]}" for name in asked if name in self._answers]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()

    def _given(self, cards: Iterable[Card]) -> dict[str, str]:
        """The deals that rows of deals.csv give to documents."""
        rows = by_subject(self.registry.deals)
        found = ((card, deal_among(rows, card.document_id, card.file_name, card.deal_name)) for card in cards) if rows else ()
        return {card.document_id: row.deal_id for card, row in found if row is not None}

    def _own_key(self, part: Part, given: Mapping[str, str]) -> str:
        digest = hashlib.sha256(f"{self.base} {self.everything}\n".encode())
        for name in part.documents:
            known = self.documents[name]
            source = known.source
            place = (source.file_name, source.replaced_by if source.replaced_by in self.documents else "") if source else ()
            digest.update(repr((name, known.digest, place, given.get(name))).encode())
        for item in part.corrections:
            digest.update(repr(item).encode())
        return digest.hexdigest()


def _batches(parts: Iterable[Part]) -> Iterator[list[Part]]:
    some: list[Part] = []
    for part in parts:
        some.append(part)
        if sum(len(each.documents) for each in some) >= _LOADED:
            yield some
            some = []
    if some:
        yield some


def _digest(value: Inputs) -> str:
    return hashlib.sha256(json.dumps(to_json(value), ensure_ascii=False).encode(errors="surrogatepass")).hexdigest()
