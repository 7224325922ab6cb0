"""The institutions list: `mappings/institutions.csv`, one legal entity a row.

Columns: those of the contract (institution_id, legal_name, short_name, kind, provider_class, parent_id) and
name_en, former_names, source, note. Former names are dated in brackets, several joined by `|`:
`捷信消费金融有限公司（至2025-05-26）`. An institution_id survives a rename and is never given to another entity.
`provider_class` stays empty here: provider_classes.csv decides it, with its evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dealproof import contract
from dealproof.mappings.findings import Finding
from dealproof.mappings.sheet import Sheet, SheetRow
from dealproof.text import squeeze

FILE = "institutions.csv"
COLUMNS = (
    "institution_id",
    "legal_name",
    "short_name",
    "kind",
    "provider_class",
    "parent_id",
    "name_en",
    "former_names",
    "source",
    "note",
)
_KINDS = contract.table("institutions").column("kind").vocabulary
_DATE = r"\d{4}(?:-\d{2}-\d{2})?"
_DATED = re.compile(rf"^(?P<name>.+?)(?:\((?P<start>{_DATE})?(?:至|~)(?P<end>{_DATE})?\))?$")


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name that an institution had; the dates are ISO (a year alone is its first or last day), '' unknown."""

    name: str
    valid_from: str = ""
    valid_to: str = ""


@dataclass(frozen=True, slots=True)
class Institution:
    """One legal entity. `where` is `institutions.csv:<line>` as Excel numbers lines."""

    institution_id: str
    legal_name: str
    short_name: str = ""
    kind: str = "other"
    provider_class: str = ""
    parent_id: str = ""
    name_en: str = ""
    former_names: tuple[FormerName, ...] = ()
    source: str = ""
    note: str = ""
    where: str = ""


def institutions_of(sheet: Sheet, findings: list[Finding]) -> tuple[Institution, ...]:
    """Read the rows of an institutions list; a row that cannot be used adds a finding and is left out."""
    return tuple(_usable(sheet, findings))


def former_names(cell: str) -> tuple[FormerName, ...]:
    """Read a cell of former names. Raises ValueError naming the part whose dates cannot be read."""
    found = []
    for part in re.split(r"[|｜;；]", cell):
        text = squeeze(part)
        if not text:
            continue
        match = _DATED.match(text)
        if match is None or re.search(r"\([^()]*(?:至|~)[^()]*\)$", match["name"]):
            raise ValueError(part.strip())
        found.append(FormerName(match["name"], _day(match["start"], "01-01"), _day(match["end"], "12-31")))
    return tuple(found)


def _usable(sheet: Sheet, findings: list[Finding]) -> Iterator[Institution]:
    ids: dict[str, int] = {}
    names: dict[str, int] = {}
    for row in sheet.rows:
        found = list(_mistakes(row, ids, names))
        ids.setdefault(row["institution_id"], row.line)
        names.setdefault(squeeze(row["legal_name"]), row.line)
        if found:
            findings += found
            continue
        yield Institution(
            **{name: row[name] for name in COLUMNS if name != "former_names"},
            former_names=former_names(row["former_names"]),
            where=f"{Path(sheet.path).name}:{row.line}",
        )


def _mistakes(row: SheetRow, ids: dict[str, int], names: dict[str, int]) -> Iterator[Finding]:
    def finding(column: str, message: str, remedy: str) -> Finding:
        return Finding(FILE, row.line, column, message, remedy)

    if not row["institution_id"]:
        yield finding("institution_id", "the id is missing.", "Give a new id that was never used before.")
    elif row["institution_id"] in ids:
        yield finding(
            "institution_id",
            f"{row['institution_id']} stands in line {ids[row['institution_id']]} already.",
            "Ids are never reused: give a new one, or delete the row.",
        )
    if not row["legal_name"]:
        yield finding("legal_name", "the legal name is missing.", "Fill it in or delete the row.")
    elif squeeze(row["legal_name"]) in names:
        yield finding(
            "legal_name",
            f"{row['legal_name']} stands in line {names[squeeze(row['legal_name'])]} already.",
            "Delete one of the two rows.",
        )
    if row["kind"] not in _KINDS:
        yield finding("kind", f"{row['kind']!r} is unknown.", f"Use one of {', '.join(_KINDS)}.")
    try:
        former_names(row["former_names"])
    except ValueError as error:
        yield finding("former_names", f"{error} cannot be read.", "Write 旧名（至2025-05-26）, several joined by |.")


def _day(text: str | None, year_alone: str) -> str:
    if not text:
        return ""
    return f"{text}-{year_alone}" if len(text) == 4 else text
