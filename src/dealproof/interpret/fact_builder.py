"""From a cell to a fact with its doubts: one place where figures are read, units settled and questions raised."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from difflib import SequenceMatcher

from dealproof.contract.market_bounds import INTEREST_RATES
from dealproof.contract.question_kinds import QuestionKind
from dealproof.interpret.context import Context, MarkedNote, Reading, cell_fact, doubt, key_of
from dealproof.interpret.units import MONTHS, Figure, UnitSources, rates_a_year, read_figure
from dealproof.mappings.fields import IGNORED
from dealproof.mappings.labels import Labels
from dealproof.model.evidence import Candidate, Fact, Problem, Value
from dealproof.model.table import Cell
from dealproof.text import label_key, squeeze
from dealproof.values.parsed import Refused

Key = tuple[tuple[str, str], ...]
#: The reason of doubts about a cell that holds a note where a figure belongs.
NOTE = "a note"
_SENTENCE = re.compile(r"[\u4e00-\u9fff]{2}.*[。；;]$")
_WHICH_FIELD = "Answer with the field that it means, or with - if it does not matter."
_MOST, _LEAST_LIKENESS = 4, 0.5


@dataclass
class Notebook:
    """Facts and problems of one table while it is read; `done` turns them into a Reading."""

    ctx: Context
    table: str
    facts: list[Fact] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    used: set[tuple[int, int]] = field(default_factory=set)

    def figure(
        self,
        key: Key,
        column: str,
        cell: Cell,
        quantity: str,
        sources: UnitSources,
        *,
        label_rows: Sequence[str] = (),
        table: str = "",
        text: str | None = None,
    ) -> Decimal | None:
        """Read a cell (or the part `text` of it) as a figure and note it as a fact; None where there is no value."""
        self.use(cell)
        target = table or self.table
        note = self.ctx.notes.get((cell.page, cell.box))
        if note is not None:
            return self._noted(note, key, column, cell, quantity, sources, tuple(label_rows), target, text)
        printed = cell.text if text is None else text
        read = read_figure(printed, quantity, sources)
        if isinstance(read, Refused):
            self.ask(
                "low_confidence",
                f"{printed.strip()!r} cannot be read as {column} ({read.reason}).",
                cell,
                key,
                column,
                target,
                alike=NOTE if _SENTENCE.search(squeeze(printed)) else "unreadable",
            )
            return None
        if not isinstance(read, Figure) or self._is_of_part_of_a_year(read, cell, key, column, target, sources):
            return None
        self.facts.append(
            cell_fact(
                self.ctx, target, key, column, cell, read.value, unit=read.unit, unit_text=read.unit_text,
                unit_from=read.unit_from, label_rows=tuple(label_rows),
            )
        )  # fmt: skip
        self._ask_about_unit(read, quantity, cell, key, column, target)
        return read.value

    def _is_of_part_of_a_year(
        self, read: Figure, cell: Cell, key: Key, column: str, target: str, sources: UnitSources
    ) -> bool:
        """Whether an interest rate is that of a month or a day; it is asked about and not noted as a year's."""
        kind = dict(key).get("metric", column)
        times = rates_a_year(" ".join((sources.row_label, sources.column_header))) if kind in INTEREST_RATES else 1
        if times == 1 or not read.value:
            return False
        yearly = _plain(read.value * times)
        self.ask(
            "unit_unclear", f"{kind} is printed as the rate of a {'month' if times == MONTHS else 'day'}; a year's is meant.", cell,
            key, column, target, alike="part of a year",
            candidates=tuple(
                Candidate(value, self.ctx.document_id, cell.page, cell.box, why)
                for value, why in ((yearly, f"times {times}"), (_plain(read.value), "a year's as printed"))
            ),
        )  # fmt: skip
        return True

    def _noted(
        self, note: MarkedNote, key: Key, column: str, cell: Cell, quantity: str, sources: UnitSources,
        label_rows: tuple[str, ...], table: str, text: str | None,
    ) -> Decimal | None:  # fmt: skip
        """Read a figure as the note says that is marked for it: with its unit, as it corrects it, or not at all."""
        plain = replace(self, ctx=replace(self.ctx, notes={}), facts=[], problems=[])
        bare = note.bare if text is None else text
        if note.against:
            asked = f"A note says of {cell.text.strip()!r}: {note.text!r}; it was not taken as {column}."
            self.ask("low_confidence", asked, cell, key, column, table)
            return None
        if note.unit:
            of_note = UnitSources(footnote=f"单位：{note.unit}")
            in_unit = read_figure(bare, quantity, of_note)
            fits = isinstance(in_unit, Figure) and in_unit.unit_from in ("footnote", "cell")
            used = of_note if fits else sources
            value = plain.figure(key, column, cell, quantity, used, label_rows=label_rows, table=table, text=bare)
            self.facts += plain.facts
            self.problems += plain.problems
            return value
        stated = replace(cell, text=note.corrected, page=note.page, box=note.box, recognised="", other="")
        value = plain.figure(key, column, stated, quantity, sources, label_rows=label_rows, table=table)
        self.facts += [_in_words(fact, note.text) for fact in plain.facts]
        if value is not None:
            printed = read_figure(bare, quantity, sources)
            places = [(value, stated, note.text)]
            places += [(printed.value, cell, cell.text)] if isinstance(printed, Figure) else []
            self.ask(
                "low_confidence", f"A note says of {cell.text.strip()!r}: {note.text!r}; {_plain(value)} was taken.", cell, key,
                column, table, _plain(value),
                candidates=tuple(
                    Candidate(_plain(each), self.ctx.document_id, place.page, place.box, words.strip())
                    for each, place, words in places
                ),
            )  # fmt: skip
        return value

    def _ask_about_unit(self, read: Figure, quantity: str, cell: Cell, key: Key, column: str, target: str) -> None:
        if read.conflict:
            units = [(read.value, read.unit_text), *read.otherwise]
            self.ask(
                "unit_unclear", f"Two units for {column}: {read.conflict}.", cell, key, column, target,
                _plain(read.value), alike=read.conflict,
                candidates=tuple(
                    Candidate(_plain(value), self.ctx.document_id, cell.page, cell.box, f"in {unit}" if unit else "as printed")
                    for value, unit in units
                ),
            )  # fmt: skip
        elif read.unit_from == "default" and read.value and quantity in ("money", "years"):
            unit = "yuan" if quantity == "money" else "years"
            self.ask(
                "unit_unclear",
                f"No unit is printed for {column}; {unit} was assumed.",
                cell,
                key,
                column,
                target,
                _plain(read.value),
                alike="no unit",
            )

    def value(
        self, key: Key, column: str, cell: Cell, value: Value, *, label_rows: Sequence[str] = (), table: str = ""
    ) -> None:
        """Note a value that is no figure (a date, a name, a word)."""
        self.use(cell)
        self.facts.append(
            cell_fact(self.ctx, table or self.table, key, column, cell, value, label_rows=tuple(label_rows))
        )

    def ask(
        self,
        code: QuestionKind,
        message: str,
        cell: Cell,
        key: Key = (),
        column: str = "",
        table: str = "",
        value: str = "",
        *,
        alike: str = "",
        candidates: tuple[Candidate, ...] = (),
    ) -> None:
        """Raise a question about one cell. Questions of one table that have the same reason are `alike`: a person decides
        them together."""

        asked = doubt(
            self.ctx, code, message, remedy="Look at the page; correct the value or add a label row.", page=cell.page,
            box=cell.box, table=table or self.table, key="|".join(v for _, v in key), column=column,
            value=value or cell.text.strip(),
        )  # fmt: skip
        self.problems.append(replace(asked, alike=alike, candidates=candidates))

    def ask_column(
        self, key: Key, column: str, quantity: str, places: Sequence[tuple[Cell, str]], sources: UnitSources
    ) -> None:
        """Ask which of several columns speaks of the reported period, where the first was taken; each place is a cell with
        the header above it."""
        read = [(cell, header, read_figure(cell.text, quantity, sources)) for cell, header in places]
        found = tuple(
            Candidate(
                format(figure.value, "f") if quantity == "pct" else _plain(figure.value),
                self.ctx.document_id, cell.page, cell.box, header,
            )
            for cell, header, figure in read
            if isinstance(figure, Figure)
        )  # fmt: skip
        if len({candidate.value for candidate in found}) > 1:
            self.ask(
                "low_confidence", f"{len(found)} columns may speak of this report's own period; the first was taken.",
                places[0][0], key, column, value=found[0].value, alike="period", candidates=found,
            )  # fmt: skip

    def ask_label(self, message: str, cell: Cell, group: str = "") -> None:
        """Raise a question about a label that nobody knows, unless the analysts' row for it says that it does not matter.

        `group` is the label file that knows such labels, where it is not that of the table.
        """
        row = self.ctx.labels.find(group or self.table, cell.text)
        if row is not None and row.field == IGNORED:
            self.use(cell)
            return
        asked = doubt(
            self.ctx, "unknown_label", message, remedy=_WHICH_FIELD, page=cell.page, box=cell.box, table=self.table,
            column=group, value=squeeze(cell.text),
        )  # fmt: skip
        likely = likely_fields(self.ctx.labels, group or self.table, cell.text)
        self.problems.append(replace(asked, suggestions=likely))

    def use(self, cell: Cell | None) -> None:
        """Mark a cell as understood (as value, label or ignored on purpose)."""
        if cell is not None:
            for r in range(cell.row, cell.row + cell.row_span):
                for c in range(cell.col, cell.col + cell.col_span):
                    self.used.add((r, c))

    def done(self, *, turned: bool = False) -> Reading:
        """Everything that was understood; of a table that was read `turned`, its places are turned back."""
        places = ((col, row) for row, col in self.used) if turned else self.used
        return Reading(tuple(self.facts), tuple(self.problems), frozenset(places))


def _in_words(fact: Fact, words: str) -> Fact:
    """A fact whose proof is a whole note, in its words."""
    return replace(fact, evidence=replace(fact.evidence, text=words)) if fact.evidence is not None else fact


def _plain(value: Decimal) -> str:
    """A value as the dataset prints it, but for the digits of shares."""
    plain = format(value, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def deal_key(ctx: Context, **parts: object) -> Key:
    """A key that starts with the deal; parts in the contract's order."""
    return key_of(deal_id=ctx.profile.deal_id, **parts)


def document_key(ctx: Context, **parts: object) -> Key:
    """A key that starts with the deal and ends with the document."""
    return key_of(deal_id=ctx.profile.deal_id, **parts, document_id=ctx.document_id)


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
