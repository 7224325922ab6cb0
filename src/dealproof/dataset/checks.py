"""The `checks` table, and the questions that failing identities raise: which cell is to blame, and what it must be."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext

from dealproof import contract
from dealproof.dataset.blameless import Unread, blameless
from dealproof.dataset.format_values import short_digest, write
from dealproof.dataset.readings import Reading, unit_of
from dealproof.dataset.resolve import FileNames, candidate
from dealproof.dataset.same_print import step
from dealproof.model.cell import DatasetCell, Row
from dealproof.model.evidence import Candidate, Problem
from dealproof.reconcile.blame import Doubt, Suspect, confirmed_cells, doubts
from dealproof.reconcile.identities.defaults import telling
from dealproof.reconcile.identities.registry import IDENTITIES
from dealproof.reconcile.identity import Checked, check_all
from dealproof.reconcile.values import EXACT_COLUMNS, EXACT_METRICS, Figure, Figures

#: Identities whose failure is a restatement, which has a question of its own.
_RESTATED = frozenset({"reprint"})
_SUSPECTS_TOLD = 3
_PLACES = -6


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What the identities gave: rows of `checks`, questions, and the denominator of each deal's default rates.

    `confirmed` are the cells whose value an identity leaves no room to differ, `doubts` who is to blame for failures.
    """

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    denominators: Mapping[str, str]
    confirmed: frozenset[DatasetCell] = frozenset()
    doubts: tuple[Doubt, ...] = ()


def reconcile(chosen: Mapping[DatasetCell, Reading], names: FileNames, unread: Unread = frozenset()) -> Reconciled:
    """Try every identity on the figures that the dataset shows; `unread` are the tables of which more is printed."""
    rows: list[Row] = []
    problems: list[Problem] = []
    denominators: dict[str, str] = {}
    confirmed: set[DatasetCell] = set()
    blamed: list[Doubt] = []
    asked: list[Doubt] = []
    for figures in _by_deal(chosen):
        checked = check_all(figures, IDENTITIES)
        rows += [_row(item) for item in checked]
        confirmed |= confirmed_cells(figures, checked)
        for doubt in doubts(figures, checked):
            blamed.append(doubt)
            if any(item.identity.name not in _RESTATED for item in doubt.failing):
                problems.append(_question(doubt, chosen, names))
                asked.append(doubt)
        denominators |= telling(figures)
    problems = blameless(zip(problems, asked, strict=True), chosen, unread)
    return Reconciled(tuple(rows), tuple(problems), denominators, frozenset(confirmed), tuple(blamed))


def figure_of(item: Reading) -> Figure | None:
    """Return a reading as a figure, or None where it is none."""
    if not isinstance(item.value, Decimal):
        return None
    return Figure(item.cell, item.value, Decimal(0) if _is_exact(item) else step(item), item.document_id, item.page)


def _is_exact(item: Reading) -> bool:
    if item.column in EXACT_COLUMNS:
        return True
    spec = contract.table(item.table)
    return "metric" in spec.key and item.key[spec.key.index("metric")] in EXACT_METRICS


def _by_deal(chosen: Mapping[DatasetCell, Reading]) -> Iterable[Figures]:
    """The figures of each deal, in the order of the deals; no identity reaches across deals."""
    figures: dict[str, list[Figure]] = {}
    texts: dict[str, dict[DatasetCell, str]] = {}
    for cell, item in sorted(chosen.items()):
        if contract.table(item.table).key[:1] != ("deal_id",):
            continue
        figure = figure_of(item)
        if figure is None:
            texts.setdefault(item.key[0], {})[cell] = item.printed
        else:
            figures.setdefault(item.key[0], []).append(figure)
    return [Figures(found, texts.get(deal)) for deal, found in sorted(figures.items())]


def _row(item: Checked) -> Row:
    cells = json.dumps([cell.named for cell in item.tie.cells], ensure_ascii=False)
    name = item.identity.name
    return {
        "check_id": short_digest(f"{name} {cells}"),
        "rule": name,
        "deal_id": item.tie.deal_id,
        "document_id": item.tie.document_id,
        "period_no": item.tie.period_no,
        "left": _figure(item.left),
        "right": _figure(item.right),
        "residual": _figure(item.residual),
        "tolerance": _figure(item.tolerance),
        "outcome": item.outcome,
        "cells": cells,
    }


def _figure(value: Decimal | None) -> str:
    """A side or difference as printed: divisions are cut at six places, everything else is exact."""
    if value is None:
        return ""
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < _PLACES:
        with localcontext() as context:
            context.prec = max(len(value.as_tuple().digits), 28)
            value = value.quantize(Decimal(1).scaleb(_PLACES))
    return write(value)


def _question(doubt: Doubt, chosen: Mapping[DatasetCell, Reading], names: FileNames) -> Problem:
    suspects = doubt.suspects[:_SUSPECTS_TOLD]
    cell = suspects[0].cell if suspects else doubt.failing[0].tie.cells[0]
    named = chosen[cell]
    severity = "error" if any(item.identity.severity == "error" for item in doubt.failing) else "warning"
    return Problem(
        "failed_check",
        severity,  # type: ignore[arg-type]  # one of two literals
        "build",
        f"{_failures(doubt)} {_blamed(suspects, chosen, names)}".strip(),
        "Compare the cell with the page; correct it, or confirm that it is printed so.",
        document_id=named.document_id,
        page=named.page,
        box=named.evidence.box if named.evidence else None,
        table=cell.table,
        key=cell.key_text,
        column=cell.column,
        value=named.printed,
        suggestions=tuple(dict.fromkeys(_value(item, chosen) for item in suspects[:1])),
        candidates=_candidates(named, suspects[:1], chosen),
        rests_on=tuple(dict.fromkeys(cell.as_told for item in doubt.failing for cell in item.tie.cells)),
    )


def _candidates(
    named: Reading, suspects: Iterable[Suspect], chosen: Mapping[DatasetCell, Reading]
) -> tuple[Candidate, ...]:
    """What is printed, and what it would have to be; nothing to choose where nobody is suspected."""
    asked = [
        Candidate(
            _value(item, chosen), why="as if by a wrong " + item.mistake if item.mistake else "for the sums to hold"
        )
        for item in suspects
    ]
    return (candidate(named, "as printed"), *asked) if asked else ()


def _failures(doubt: Doubt) -> str:
    told = [f"{item.identity.en} ({item.identity.zh}), off by {_figure(item.residual)}" for item in doubt.failing[:3]]
    more = f" and {len(doubt.failing) - 3} more" if len(doubt.failing) > 3 else ""
    return f"Does not hold: {'; '.join(dict.fromkeys(told))}{more}."


def _blamed(suspects: Iterable[Suspect], chosen: Mapping[DatasetCell, Reading], names: FileNames) -> str:
    told = [
        f"{table}.{column} of {'|'.join(key[:3])} ({names.get(chosen[item.cell].document_id, '')}) "
        f"reads {chosen[item.cell].printed} and would have to be {_value(item, chosen)}"
        + (f", as if by a wrong {item.mistake}" if item.mistake else "")
        for item in suspects
        for table, key, column in (item.cell,)
    ]
    return f"Likeliest: {'; else '.join(told)}." if told else ""


def _value(item: Suspect, chosen: Mapping[DatasetCell, Reading]) -> str:
    table, _, column = item.cell
    return write(item.value, unit_of(table, column, chosen[item.cell].unit))
