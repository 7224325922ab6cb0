"""What became of one file in a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dealproof.errors import Trouble
from dealproof.model.evidence import Source
from dealproof.model.interpretation import Interpretation, Status
from dealproof.model.profile import Profile
from dealproof.runs.inputs import Input

#: read: opened in this run · known: read before · failed: could not be read in this run ·
#: stands: failed before and nothing changed since · busy: another program is reading it just now
State = Literal["read", "known", "failed", "stands", "busy"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One file: `state` says what was done, `status` what it is. `message` and `remedy` are for people.

    `lasting`: another try with the same file, program and limits would end the same. `seconds` of reading.
    """

    item: Input
    state: State
    document_id: str
    size: int
    pages: int = 0
    status: Status = "ok"
    code: Trouble | Literal[""] = ""
    message: str = ""
    remedy: str = ""
    lasting: bool = True
    seconds: float = 0.0

    @property
    def has_failed(self) -> bool:
        """Whether there is nothing of this file in the dataset, now or since an earlier run."""
        return self.state in ("failed", "stands")

    @property
    def source(self) -> Source:
        """The file as the rest of the house knows it."""
        return Source(self.item.location, self.item.name, self.document_id, self.size)

    @property
    def sentence(self) -> str:
        """What happened and what to do."""
        return f"{self.message} {self.remedy}".strip()


@dataclass(frozen=True, slots=True)
class InHand:
    """A file that is being read: for how many seconds, how many pages it has (0: not known yet) and how many are done."""

    item: Input
    seconds: float
    pages: int = 0
    done: int = 0


def failed_document(outcome: Outcome) -> Interpretation:
    """The row that a file leaves in `documents` when it could not be read."""
    return Interpretation(outcome.source, 0, 0, Profile(), status="failed", message=outcome.sentence)
