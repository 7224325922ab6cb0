"""A filled-in sheet of decisions taken over into the mapping files, or refused as a whole; whose names it leads elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dealproof import contract
from dealproof.dataset.build import with_deals
from dealproof.dataset.names import verdict_of
from dealproof.institutions.match import Matcher, Verdict
from dealproof.mappings import aliases, institutions
from dealproof.mappings.aliases import Decision, decisions_of
from dealproof.mappings.conflicts import conflicts
from dealproof.mappings.findings import Finding, refuse
from dealproof.mappings.institutions import Institution
from dealproof.mappings.layout import Layout
from dealproof.mappings.load import Registry, read_registry
from dealproof.mappings.sheet import Sheet, SheetRow, append_rows, new_sheet, read_sheet, write_records
from dealproof.mappings.usable import usable_rows
from dealproof.model.interpretation import Interpretation
from dealproof.text import squeeze

#: The columns that must stand in a sheet of names, and those that tell of a new institution.
_NEEDED = ("decision", "mention")
_OF_THE_NEW = tuple(column for column in institutions.LAYOUT.columns if column.name in ("kind", "short_name"))
_LAYOUT = Layout("the sheet", (*aliases.LAYOUT.columns, *_OF_THE_NEW))
_ID = re.compile(r"^(\S+)\s")
_NUMBERED = re.compile(r"^(\D*)(\d+)$")
_KINDS = contract.table("institutions").column("kind").vocabulary
_DECIDE = f"Write one of {', '.join(aliases.DECISIONS)}."
NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Applied:
    """What a filled-in sheet adds: decisions and institutions that were not there, rows that stood there already."""

    decisions: tuple[Decision, ...]
    institutions: tuple[Institution, ...]
    known: int
    registry: Registry


def plan(file: Path, folder: Path, by: str, on: str) -> Applied:
    """Return what `file` would add to the mappings in `folder`; nothing is written.

    `by` and `on` fill decided_by and decided_on where the sheet leaves them empty. Rows without a decision were not
    looked at and are skipped. Raises MappingError that lists every mistake and every contradiction.
    """
    findings: list[Finding] = []
    registry = read_registry(folder, findings)
    refuse(findings)
    sheet = read_sheet(file, layout=_LAYOUT)
    fresh: dict[str, Institution] = {}
    filled = usable_rows(sheet, _LAYOUT, findings, file=file.name, needed=_NEEDED, where=_filled)
    rows = [_completed(row, registry, fresh, by, on, findings, file.name) for row in filled]
    read = decisions_of(_sheet_of(sheet, rows), findings, _NEEDED)
    decisions = [replace(item, where=f"{file.name}:{item.where.rpartition(':')[2]}") for item in read]
    findings = [replace(f, file=file.name) if f.file == aliases.FILE else f for f in findings]
    standing = {_content(item) for item in registry.decisions}
    new = tuple(item for item in decisions if _content(item) not in standing)
    whole = replace(
        registry,
        institutions=(*registry.institutions, *fresh.values()),
        decisions=(*registry.decisions, *new),
    )
    findings += conflicts(whole.institutions, whole.decisions, whole.classes)
    refuse(set(findings))
    return Applied(new, tuple(fresh.values()), len(decisions) - len(new), whole)


def write(applied: Applied, folder: Path) -> tuple[Path, ...]:
    """Add what was planned to the files in `folder`; every other cell stays as it is. Returns the files changed."""
    written: list[Path] = []
    if applied.institutions:
        path = folder / institutions.FILE
        _append(path, institutions.LAYOUT, (_institution_cells(item) for item in applied.institutions))
        written.append(path)
    if applied.decisions:
        path = folder / aliases.FILE
        rows = ({name: str(getattr(item, name)) for name in aliases.COLUMNS} for item in applied.decisions)
        _append(path, aliases.LAYOUT, rows)
        written.append(path)
    return tuple(written)


def _append(path: Path, layout: Layout, rows: Iterable[Mapping[str, str]]) -> None:
    sheet = read_sheet(path, layout=layout) if path.exists() else new_sheet(path, layout)
    write_records(path, append_rows(sheet, rows))


def _filled(row: SheetRow) -> bool:
    return bool(row["decision"] or row["institution_id"])


def _completed(
    row: SheetRow,
    registry: Registry,
    fresh: dict[str, Institution],
    by: str,
    on: str,
    findings: list[Finding],
    file: str,
) -> SheetRow:
    """The row with id, legal name, who and when filled in where they follow from the others."""
    cells = dict(row.cells)
    if not cells.get("decision"):
        findings.append(Finding(file, row.line, "decision", "an institution is named, but no decision.", _DECIDE))
    cells["decided_by"] = cells.get("decided_by") or by
    cells["decided_on"] = cells.get("decided_on") or on
    kind = cells.get("kind", "")
    if kind and kind not in _KINDS:
        findings.append(Finding(file, row.line, "kind", f"{kind!r} is unknown.", f"Use one of {', '.join(_KINDS)}."))
    if not cells["decided_by"]:
        findings.append(Finding(file, row.line, "decided_by", "nobody signs for it.", "Fill it in, or give --by."))
    wanted = _ID.sub(r"\1", cells.get("institution_id", "") + " ").strip()
    by_name = {squeeze(item.legal_name): item for item in (*registry.institutions, *fresh.values())}
    name = squeeze(cells.get("canonical_name", ""))
    if cells.get("decision") == "new_entity" and not wanted:
        entity = by_name.get(name or squeeze(cells.get("mention", ""))) or _new(row, cells, registry, fresh)
        wanted = entity.institution_id
        cells["canonical_name"] = entity.legal_name
    elif not wanted and name in by_name:
        wanted = by_name[name].institution_id
    cells["institution_id"] = wanted
    return SheetRow(cells, row.line)


def _new(row: SheetRow, cells: Mapping[str, str], registry: Registry, fresh: dict[str, Institution]) -> Institution:
    taken = [item.institution_id for item in (*registry.institutions, *fresh.values())]
    entity = Institution(
        _next_id(taken),
        cells.get("canonical_name") or cells.get("mention", ""),
        short_name=cells.get("short_name", ""),
        kind=cells.get("kind") or "other",
        source=cells.get("source", ""),
        note=cells.get("note", ""),
        where=f"{institutions.FILE}:{row.line}",
    )
    fresh[entity.institution_id] = entity
    return entity


def _next_id(taken: Iterable[str]) -> str:
    """An id that was never used: the highest number plus one, written as wide as the others."""
    found = [match for match in map(_NUMBERED.match, taken) if match]
    if not found:
        return "I001"
    last = max(found, key=lambda match: int(match[2]))
    return f"{last[1]}{int(last[2]) + 1:0{len(last[2])}d}"


def _sheet_of(sheet: Sheet, rows: Iterable[SheetRow]) -> Sheet:
    """A sheet of the completed rows in which every row keeps its line."""
    columns = tuple(dict.fromkeys((*aliases.COLUMNS, *sheet.columns)))
    by_line = {row.line: row for row in rows}
    records = [columns if place == sheet.header_at else () for place in range(len(sheet.records))]
    for line, row in by_line.items():
        records[line - 1] = tuple(row[name] for name in columns)
    return Sheet(sheet.path, columns, tuple(records), sheet.header_at)


def _content(item: Decision) -> tuple[str, ...]:
    """What a row says, without who, when and why."""
    return (
        item.decision,
        squeeze(item.mention),
        item.institution_id,
        item.role_scope,
        item.deal_scope,
        item.valid_from,
        item.valid_to,
    )


def _institution_cells(item: Institution) -> dict[str, str]:
    return {name: str(getattr(item, name)) if name != "former_names" else "" for name in institutions.COLUMNS}


def flips(documents: Iterable[Interpretation], before: Registry, after: Registry) -> tuple[tuple[str, str, str], ...]:
    """Return (name, before, after) for every name that leads to somebody else now, in the order of the names."""
    old = Matcher(before.institutions, before.decisions)
    new = Matcher(after.institutions, after.decisions)
    found: set[tuple[str, str, str]] = set()
    for document in with_deals(documents, before):
        for fact in document.facts:
            was, now = verdict_of(fact, document, old), verdict_of(fact, document, new)
            if was is None or now is None:
                continue
            pair = _answer(was, old), _answer(now, new)
            if pair[0] != pair[1]:
                key = dict(fact.key)
                found.add((key.get("name") or key.get("agency_id", ""), *pair))
    return tuple(sorted(found))


def _answer(verdict: Verdict, matcher: Matcher) -> str:
    entity = matcher.institution(verdict)
    return entity.legal_name if entity else NOBODY
