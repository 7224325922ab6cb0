"""Labels and words that nobody knows are asked once for all documents: the questions, and how the doubts of a part hang under them.

Such a question has no key, so that nothing but its answer leads from it to other questions, and nothing from others to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dealproof.dataset.once import hung_labels, in_turn, label_of, labels_once, place_of
from dealproof.dataset.unknown_words import word_name, word_of
from dealproof.mappings.vocabulary import GROUP
from dealproof.model.evidence import Problem

Name = tuple[str, ...]


@dataclass(slots=True)
class Labels:
    """The labels that parts were heard to ask about. `first` is the doubt of each that asks for all, `waiting` are the labels
    that wait for a word."""

    first: dict[Name, Problem] = field(default_factory=dict)
    waiting: dict[str, set[Name]] = field(default_factory=dict)

    def hear(self, labels: Iterable[Problem]) -> None:
        """Note the doubts of a part."""
        for item in labels:
            name = label_of(item)
            before = self.first.get(name)
            if before is not None and place_of(before) <= place_of(item):
                continue
            if before is not None and (word := word_of(before)):
                self.waiting[word].discard(name)
            self.first[name] = item
            if word := word_of(item):
                self.waiting.setdefault(word, set()).add(name)

    def roots(self, labels: Sequence[Problem], documents: frozenset[str]) -> tuple[Problem, ...]:
        """The questions under which the doubts of a part hang, as far as its own questions may depend on them.

        Where one stands matters only in the part whose document it is.
        """
        found: dict[Name, Problem] = {}
        for name in sorted({label_of(item) for item in labels}):
            first = self.first[name]
            word = word_of(first)
            under = word_name(word) if len(self.waiting.get(word, ())) > 1 else ()
            found[name] = _root(replace(first, name=name, under=under), documents)
            if under and under not in found:
                leading = self.first[min(self.waiting[word])]
                asks = replace(leading, name=under, column=GROUP, value=word, under=())
                found[under] = _root(asks, documents)
        return tuple(found.values())


def _root(item: Problem, documents: frozenset[str]) -> Problem:
    bare = replace(item, message="", remedy="", severity="info", suggestions=(), alike="")
    return bare if item.document_id in documents else replace(bare, document_id="", page=0, box=None)


def hanging(labels: Iterable[Problem], roots: Iterable[Problem]) -> list[Problem]:
    """The doubts of a part that hang under the questions for their labels; the ones that ask these are left out."""
    asking = {item.name: item for item in roots}
    return [
        each
        for name, items in in_turn(labels).items()
        for each in hung_labels(name, items[1:] if asking[name].document_id else items)
    ]


def label_questions(labels: Iterable[Problem], files: Mapping[str, str]) -> list[Problem]:
    """The questions for all labels that nobody knows, and for the words that several of them wait for."""
    return [item for item in labels_once(labels, files) if item.name == label_of(item)]
