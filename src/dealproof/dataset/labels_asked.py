"""A label that nobody knows is asked about once, however many cells of however many documents bear it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dealproof.dataset.questions import label_name
from dealproof.evidence import Problem

_KIND = "unknown_label"


def labels_once(problems: Iterable[Problem]) -> list[Problem]:
    """Return the doubts with one question for each label of a group of labels; its other places hang under that one.

    The question stands at the label's first place and tells how many cells and documents bear it.
    """
    found = list(problems)
    groups: dict[tuple[str, ...], list[Problem]] = {}
    for item in found:
        if item.code == _KIND:
            groups.setdefault(label_name(item.table, item.value), []).append(item)
    return [
        *(item for item in found if item.code != _KIND),
        *(each for name, items in sorted(groups.items()) for each in _hung(name, items)),
    ]


def _hung(name: tuple[str, ...], items: list[Problem]) -> list[Problem]:
    first, *others = sorted(items, key=lambda item: (item.document_id, item.page, item.box.top if item.box else 0.0))
    documents = len({item.document_id for item in items})
    counted = f"{first.message} It stands in {len(items)} {_cells(len(items))} of {documents} {_documents(documents)}."
    return [replace(first, name=name, message=counted), *(replace(item, under=name) for item in others)]


def _cells(number: int) -> str:
    return "cell" if number == 1 else "cells"


def _documents(number: int) -> str:
    return "document" if number == 1 else "documents"
