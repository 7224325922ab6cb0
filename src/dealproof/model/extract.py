"""What Extract hands to Interpret: text of all pages, tables of the pages that matter, problems. Stored as is."""

from __future__ import annotations

from dataclasses import dataclass

from dealproof.model.evidence import Problem, Source
from dealproof.model.page import Line, PageText
from dealproof.model.table import Table

__all__ = ["Extract", "Line", "PageText"]


@dataclass(frozen=True, slots=True)
class Extract:
    """One document read: all page texts, tables of the careful pages, problems met."""

    source: Source
    pages: tuple[PageText, ...]
    tables: tuple[Table, ...]
    problems: tuple[Problem, ...] = ()
    careful_pages: tuple[int, ...] = ()
