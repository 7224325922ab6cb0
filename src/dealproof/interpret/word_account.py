"""What became of the words of a table that are values as well: names of institutions beside their role, and whether an event
happened. They are accounted for in tables without amounts only: elsewhere names are labels."""

from __future__ import annotations

import re

from dealproof.interpret.context import Context
from dealproof.interpret.kinds.parties import names_in, roles_in
from dealproof.interpret.mentions import fields_named
from dealproof.interpret.printed_figures import counted
from dealproof.mappings.fields import IGNORED
from dealproof.model.ledger import Account, Rule
from dealproof.model.table import Cell
from dealproof.text import squeeze

_OUTCOME = re.compile(r"(?:尚?未|没有|已经?)(?:发生|触发|出现)|是|否|不适用")
_EVENT = re.compile(r"事件|触发|trigger", re.IGNORECASE)
#: 监管银行 and 托管部 are roles.
_SHORTEST_NAME, _LONGEST_NAME = 6, 60


def outcomes_in(cell: Cell) -> int:
    """The lines of a cell that say whether something happened."""
    return sum(1 for line in cell.text.split("\n") if _OUTCOME.fullmatch(squeeze(line)))


def institutions_in(cell: Cell, ctx: Context) -> tuple[str, ...]:
    """The institutions that a cell names, unless it is a role or holds figures."""
    if counted(cell.text) or len(squeeze(cell.text)) > _LONGEST_NAME or roles_in(cell.text, ctx):
        return ()
    return tuple(name for name in names_in(cell.text) if len(name) >= _SHORTEST_NAME)


def fate_of_outcomes(stated: int, facts: int, labels: list[str]) -> tuple[Account, Rule | None] | None:
    """What became of `stated` outcomes in a cell of which `facts` facts were made; None where no event is spoken of."""
    if stated <= facts:
        return "fact", None
    return ("open", None) if any(_EVENT.search(label) for label in labels) else None


def fate_of_names(
    names: tuple[str, ...], is_fact: bool, known: frozenset[str], labels: list[str], ctx: Context
) -> tuple[Account, Rule | None]:
    """What became of the institutions of a cell that stands beside and under `labels`."""
    if is_fact:
        return "fact", None
    if all(name in known for name in names):
        return "ignored", "said elsewhere"
    rows = [row for label in labels if (row := ctx.labels.find("parties", label)) is not None]
    if any(row.field == IGNORED for row in rows):
        return "ignored", "label row"
    spoken = any(roles_in(label, ctx) or "parties" in fields_named(squeeze(label)) for label in labels)
    return ("open", None) if spoken else ("ignored", "nothing wanted")
