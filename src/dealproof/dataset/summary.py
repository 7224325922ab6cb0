"""What a person wants to hear of a dataset in five lines; small enough to be kept beside an export."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from dealproof.dataset.dataset import Dataset
from dealproof.model.interpretation import Interpretation
from dealproof.model.ledger import RULES


@dataclass(frozen=True, slots=True)
class Summary:
    """Numbers of a dataset. `statuses` counts documents, `kinds` and `severities` open questions that are asked themselves,
    `children` those that hang under them and close with them. `figures` says how many figures of the documents
    were read, asked, and ignored by each rule.

    `most_asked` is the id of the document with most open questions, empty where none is asked about.
    """

    deals: int = 0
    values: int = 0
    statuses: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)
    severities: Mapping[str, int] = field(default_factory=dict)
    most_asked: str = ""
    children: int = 0
    figures: Mapping[str, int] = field(default_factory=dict)

    @property
    def questions(self) -> int:
        """Open questions, each cause once."""
        return sum(self.kinds.values())

    def as_dict(self) -> dict[str, Any]:
        """For the store and for reports."""
        return {**asdict(self), "questions": self.questions}


def summarize(dataset: Dataset) -> Summary:
    """Count what a dataset holds."""
    every = [row for row in dataset.rows("questions") if row["state"] == "open"]
    waiting = [row for row in every if not row["cause"]]
    asked = Counter(row["document_id"] for row in waiting if row["document_id"])
    return Summary(
        deals=dataset.count("deals"),
        values=dataset.count("evidence"),
        statuses=dict(Counter(row["status"] for row in dataset.rows("documents"))),
        kinds=dict(Counter(row["kind"] for row in waiting).most_common()),
        severities=dict(Counter(row["severity"] for row in waiting)),
        most_asked=asked.most_common(1)[0][0] if asked else "",
        children=len(every) - len(waiting),
    )


def figures_of(documents: Iterable[Interpretation]) -> dict[str, int]:
    """What became of the figures of all documents: how many were read and asked, and how many each rule left."""
    counts: Counter[str] = Counter()
    for sums in (document.figures for document in documents):
        counts.update({"read": sums.fact, "asked": sums.asked, "open": sums.open})
        counts.update({f"ignored: {rule}": number for rule, number in sums.ignored})
    return added([counts])


def added(figures: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """The sum of what `figures_of` gave."""
    counts: Counter[str] = Counter()
    for each in figures:
        counts.update(each)
    told = ("read", "asked", "open", *(f"ignored: {rule}" for rule in RULES))
    return {name: counts[name] for name in told if counts[name]}


def summary_from(kept: Mapping[str, Any]) -> Summary:
    """The summary that was kept beside an export."""
    return Summary(**{name: kept[name] for name in Summary.__dataclass_fields__ if name in kept})
