"""What interpretation of one document gives: the only thing that the dataset is built from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from dealproof.model.evidence import Fact, Problem, Source
from dealproof.model.ledger import Sums
from dealproof.model.profile import Profile

Status = Literal["ok", "partial", "unsupported", "failed"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A field of the dataset (`table`, `table.column` or `table.metric`), the page that speaks of it, and its words."""

    field: str
    page: int
    text: str


@dataclass(frozen=True, slots=True)
class Interpretation:
    """One document understood: what it is, the facts it states, and every doubt met on the way.

    `figures` says what became of every figure that it prints. `facts` stand in the order in which the document prints them. `pages_ocr` counts pages
    without a usable text layer, which were sent to character recognition, `pages_unread` those of them that were not
    recognised. `careful_pages` are the pages on which tables were read. `mentions` are fields that no fact speaks of and
    that the document speaks of all the same. `status` and `message`
    say how the reading went; a document that failed or is unsupported has no facts.
    """

    source: Source
    pages: int
    pages_ocr: int
    profile: Profile
    facts: tuple[Fact, ...] = ()
    problems: tuple[Problem, ...] = ()
    status: Status = "ok"
    message: str = ""
    careful_pages: tuple[int, ...] = ()
    pages_unread: int = 0
    mentions: tuple[Mention, ...] = ()
    figures: Sums = field(default_factory=Sums)
