"""One circular, two sizes of the deal (set by demand, with or without an upsizing): both stand, and a person is asked once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dealproof.dataset.readings import Reading
from dealproof.dataset.same_print import agree

_SIZE = ("deals", "total_amount")


def is_size(item: Reading) -> bool:
    """Whether a reading is the size of a deal."""
    return (item.table, item.column) == _SIZE


def alternative_sizes(readings: Iterable[Reading]) -> list[Reading]:
    """Return, for each document that states several sizes of its deal, all of them in the order of printing."""
    stated: dict[tuple[str, str], list[Reading]] = {}
    for item in readings:
        if is_size(item) and item.origin == "disclosed":
            known = stated.setdefault((item.document_id, item.key_text), [])
            if not any(agree(item, other) for other in known):
                known.append(item)
    return [
        replace(
            sizes[0],
            column="alternative_sizes",
            value="|".join(size.printed for size in sizes),
            unit="",
            origin="derived",
            derivation="every size of the deal that the document states",
        )
        for sizes in stated.values()
        if len(sizes) > 1
    ]
