"""Doubts that are one decision are asked once: one question, under which the others hang and with which they close.

One decision are: a label that nobody knows, wherever it stands, and a word that nobody knows, in whatever labels; what a reader could not tell of several cells of one
table for one reason; two columns that speak of the same, cell by cell; the sizes of the tranches that go with the sizes of
their deal; what one report prints anew of one period of another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from dealproof import contract
from dealproof.dataset.questions import label_name, name_of
from dealproof.dataset.unknown_words import words_once
from dealproof.interpret.unread_figures import UNREAD_TABLE
from dealproof.model.evidence import Box, Problem

Name = tuple[str, ...]
_CHOICES = ("conflict", "alternative_sizes")
_TURNS = ("period_no", "purchase_no")


def asked_once(problems: Iterable[Problem], files: Mapping[str, str] = MappingProxyType({})) -> list[Problem]:
    """Return the doubts; of those that are one decision the first is asked, and tells how many others there are.

    `files` are the names of documents, for the places that a question lists.
    """
    found = labels_once(_sizes_together(list(problems)), files)
    for name_together in (_same_table, _same_reason, _same_columns, _same_reprint):
        found = _grouped(found, name_together)
    return found


def labels_once(problems: Iterable[Problem], files: Mapping[str, str]) -> list[Problem]:
    """As `asked_once`, of labels and words that nobody knows alone."""
    return words_once(_grouped(problems, _same_label), files)


def in_turn(labels: Iterable[Problem]) -> dict[Name, list[Problem]]:
    """Doubts about labels by the name of the question for each, in the order of their places: the first one asks for all."""
    groups: dict[Name, list[Problem]] = {}
    for item in labels:
        groups.setdefault(label_of(item), []).append(item)
    return {name: sorted(items, key=place_of) for name, items in groups.items()}


def hung_labels(name: Name, items: Iterable[Problem]) -> list[Problem]:
    """Doubts about one label under the name of the question for it, one for each place."""
    named = [replace(item, name=(*name, *map(str, place_of(item)[:4])), under=name) for item in items]
    return list({item.name: item for item in named}.values())


def _grouped(problems: Iterable[Problem], name_together: Callable[[Problem], Name | None]) -> list[Problem]:
    """Hang doubts of the same name under the first of them."""
    groups: dict[Name, list[Problem]] = {}
    alone: list[Problem] = []
    for item in problems:
        name = None if item.under else name_together(item)
        if name is None:
            alone.append(item)
        else:
            groups.setdefault(name, []).append(item)
    return [*alone, *(each for name, items in sorted(groups.items()) for each in _hung(name, items))]


def _hung(name: Name, items: list[Problem]) -> list[Problem]:
    first, *others = sorted(items, key=place_of)
    if first.code == "unknown_label":
        first = replace(first, name=name)
        others = hung_labels(name, others)
    others = list({name_of(item): item for item in others if name_of(item) != name_of(first)}.values())
    if not others:
        return [first]
    items = [first, *others]
    documents = len({item.document_id for item in items})
    of = f" of {documents} documents" if documents > 1 else ""
    shared = "the answer" if first.code == "unknown_label" else "a letter, confirmed or dismissed"
    counted = f"{first.message} The same is asked of {len(items)} cells{of}; {shared} is taken for all."
    return [replace(first, message=counted), *(replace(item, under=name_of(first)) for item in others)]


def place_of(item: Problem) -> tuple[str, int, float, float, Name]:
    """Where a doubt stands, as doubts of one decision are ordered."""
    box = item.box or Box(0, 0, 0, 0)
    return item.document_id, item.page, box.top, box.x0, name_of(item)


def label_of(item: Problem) -> Name:
    """The name of the question for the label that a doubt is about."""
    return label_name(item.column or item.table, item.value)


def _same_label(item: Problem) -> Name | None:
    return label_of(item) if item.code == "unknown_label" else None


def _same_table(item: Problem) -> Name | None:
    """Tables that look alike in the reports of one deal: what one means, the others mean."""
    return (item.alike, item.table, item.key) if item.alike.startswith(UNREAD_TABLE) else None


def _same_reason(item: Problem) -> Name | None:
    if not item.alike or item.code == "unknown_label":
        return None
    return "alike", item.alike, item.code, item.document_id, item.table, str(item.page)


def _same_columns(item: Problem) -> Name | None:
    """The columns of a page in which the values of a choice stand; a choice among other places is a decision of its own."""
    boxes = [each.box for each in item.candidates if each.box is not None]
    places = {(each.document_id, each.page) for each in item.candidates}
    if item.code not in _CHOICES or len(boxes) != len(item.candidates) or len(places) != 1:
        return None
    if len({(box.x0, box.x1) for box in boxes}) < len(boxes) or len({round(box.top) for box in boxes}) > 1:
        return None
    columns = [f"{box.x0:.0f}-{box.x1:.0f}" for box in boxes]
    return "columns", item.document_id, item.table, str(item.page), *columns


def _same_reprint(item: Problem) -> Name | None:
    if item.code != "restatement":
        return None
    names = contract.table(item.table).key
    parts = dict(zip(names, item.key.split("|"), strict=True))
    turn = [f"{name} {parts[name]}" for name in _TURNS if name in parts]
    return "reprint", *(each.document_id for each in item.candidates), parts["deal_id"], *turn


def _sizes_together(problems: list[Problem]) -> list[Problem]:
    """Hang the sizes of tranches under the sizes of their deal where each of these is the sum of those with its letter."""
    under: dict[int, Name] = {}
    for size in (item for item in problems if item.code == "alternative_sizes"):
        parts = [
            item
            for item in problems
            if item.code == "conflict"
            and (item.table, item.column) == ("tranches", "amount")
            and item.key.split("|")[0] == size.key
            and [each.document_id for each in item.candidates] == [each.document_id for each in size.candidates]
        ]
        sums = [sum(Decimal(part.candidates[at].value) for part in parts) for at in range(len(size.candidates))]
        if parts and sums == [Decimal(each.value) for each in size.candidates]:
            under |= {id(part): name_of(size) for part in parts}
    return [replace(item, under=under[id(item)]) if id(item) in under else item for item in problems]
