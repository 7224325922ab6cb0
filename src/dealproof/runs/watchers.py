"""Who wants to hear of a run, a build or a review while it goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dealproof.export.present import Leaving
    from dealproof.runs.outcome import InHand, Outcome
    from dealproof.runs.plan import Plan


@dataclass(frozen=True, slots=True)
class Watchers:
    """Who wants to hear of a run while it goes on: what is planned, a file that is done, every second the files in hand,
    what is going to be done next (`phase`), and documents that a dataset is going to leave out."""

    planned: Callable[[Plan], None] = lambda _: None
    done: Callable[[Outcome], None] = lambda _: None
    working: Callable[[Sequence[InHand]], None] = lambda _: None
    phase: Callable[[str], None] = lambda _: None
    leaving: Callable[[Leaving], None] = lambda _: None


NOBODY = Watchers()
