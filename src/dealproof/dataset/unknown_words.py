"""One question for each word that keeps labels from being understood, with the labels that wait for it and where they stand.

The labels hang under it: whoever says which parts the word adds (a row of `labels/words.csv`) settles them all, and whoever
would rather say what one of the labels means can still answer that one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

from dealproof.dataset.questions import label_name, name_of
from dealproof.interpret.fact_builder import UNKNOWN_WORD
from dealproof.mappings.vocabulary import GROUP
from dealproof.model.evidence import Problem

_REMEDY = (
    "Say which parts it adds to a label (dealproof answer ID --field quantity:balance, or a row of labels/words.csv), or answer "
    "one of its labels."
)
Name = tuple[str, ...]
#: Labels, and places of each, that a question lists.
_LABELS, _PLACES = 6, 3


def words_once(problems: Iterable[Problem], files: Mapping[str, str]) -> list[Problem]:
    """Return the doubts, with one more for each word that several labels wait for, which hang under it.

    `files` are the names of documents by their id.
    """
    found = list(problems)
    waiting: dict[str, list[Problem]] = {}
    for item in found:
        if item.code == "unknown_label" and item.alike.startswith(UNKNOWN_WORD) and not item.under:
            waiting.setdefault(word_of(item), []).append(item)
    several = {word: labels for word, labels in sorted(waiting.items()) if len(labels) > 1}
    places = _places(found, {name_of(label) for labels in several.values() for label in labels}) if several else {}
    asked = {word: _question(word, labels, places, files) for word, labels in several.items()}
    under = {id(label): name_of(asked[word]) for word, labels in waiting.items() if word in asked for label in labels}
    return [*asked.values(), *(replace(item, under=under[id(item)]) if id(item) in under else item for item in found)]


def _places(problems: Iterable[Problem], labels: Set[Name]) -> dict[Name, list[Problem]]:
    """The doubts of each label: the one that asks for it, and those that hang under that."""
    found: dict[Name, list[Problem]] = {}
    for item in problems:
        for name in {name_of(item), item.under} & labels:
            found.setdefault(name, []).append(item)
    return found


def _question(word: str, labels: Sequence[Problem], places: Mapping[Name, Sequence[Problem]], files: Mapping[str, str]) -> Problem:
    told = [_label(label, places[name_of(label)], files) for label in labels]
    more = f"; and {len(told) - _LABELS} more" if len(told) > _LABELS else ""
    first = labels[0]
    return Problem(
        "unknown_label", first.severity, "build",
        f"The word {word!r} is not known. {len(told)} labels wait for it: {'; '.join(told[:_LABELS])}{more}.",
        _REMEDY, first.document_id, first.page, first.box, first.table, column=GROUP, value=word, name=word_name(word),
    )  # fmt: skip


def word_name(word: str) -> Name:
    """The name of the question which parts a word adds to labels."""
    return label_name(GROUP, word)


def word_of(label: Problem) -> str:
    """The word that keeps a label from being understood, '' where that is not one word."""
    return label.alike.removeprefix(UNKNOWN_WORD) if label.alike.startswith(UNKNOWN_WORD) else ""


def _label(label: Problem, places: Iterable[Problem], files: Mapping[str, str]) -> str:
    """A label with its table and places: `期末轧差余额 (performance: a.pdf page 3, b.pdf page 4)`."""
    named = sorted({f"{files.get(each.document_id, each.document_id[:8])} page {each.page}" for each in places})
    more = f" and {len(named) - _PLACES} more" if len(named) > _PLACES else ""
    return f"{label.value} ({label.column or label.table}: {', '.join(named[:_PLACES])}{more})"
