"""What is wrong with an analysts' file, cell by cell, with what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dealproof.errors import MappingError

_SHOWN = 20
#: What is wrong with a row: column, message, remedy.
Mistake = tuple[str, str, str]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One mistake: file (relative to the mappings folder), line as Excel numbers it, column, and the remedy."""

    file: str
    line: int
    column: str
    message: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        column = f" [{self.column}]" if self.column else ""
        return f"{place}{column}: {self.message} {self.remedy}".strip()


def refuse(findings: Iterable[Finding]) -> None:
    """Raise MappingError that lists the findings; nothing happens where there are none."""
    found = sorted(findings)
    if not found:
        return
    lines = "\n  ".join(map(str, found[:_SHOWN]))
    more = f"\n  … and {len(found) - _SHOWN} more: see `dealproof mappings check`." if len(found) > _SHOWN else ""
    if len(found) == 1:
        raise MappingError(str(found[0]).removesuffix(found[0].remedy).strip(), found[0].remedy)
    raise MappingError(f"{len(found)} mistakes in the mapping files:\n  {lines}{more}", "Correct them first.")
