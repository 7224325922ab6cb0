"""Which fields a label that nobody knows may mean: those whose known labels look most like it. Only ever a proposal."""

from __future__ import annotations

from difflib import SequenceMatcher

from dealproof.mappings.fields import IGNORED
from dealproof.mappings.labels import Labels
from dealproof.text import label_key

_MOST, _LEAST_LIKENESS = 4, 0.5


def likely_fields(labels: Labels, group: str, label: str) -> tuple[str, ...]:
    """Return fields of a group of labels, the likeliest first; none where no known label comes near."""
    own = label_key(label)
    best: dict[str, float] = {}
    for row in labels.rows():
        if row.group == group and row.match == "exact" and row.field != IGNORED:
            likeness = SequenceMatcher(None, own, label_key(row.label), autojunk=False).ratio()
            best[row.field] = max(best.get(row.field, 0.0), likeness)
    near = sorted((-likeness, field) for field, likeness in best.items() if likeness >= _LEAST_LIKENESS)
    return tuple(field for _, field in near[:_MOST])
