"""Mistakes that only show when rows are held against each other: two answers to one question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from dealproof.mappings.aliases import ALL, LEADING, Decision
from dealproof.mappings.classes import ProviderClass
from dealproof.mappings.findings import Finding
from dealproof.mappings.institutions import Institution
from dealproof.text import squeeze

_SHORTEST_WITHOUT_ROLE = 2
_RENAMED = (
    "Was it renamed? Then write the old name in former_names of its row ({1}), with the day: {0}（至2025-05-26）. "
    "Otherwise correct the id or the name."
)
_Names = dict[str, tuple[Institution, str, str]]


def conflicts(
    institutions: tuple[Institution, ...], decisions: tuple[Decision, ...], classes: tuple[ProviderClass, ...]
) -> list[Finding]:
    """Return every contradiction between rows of the institutions, aliases and classes files."""
    by_id = {item.institution_id: item for item in institutions}
    return [
        *_parents(institutions, by_id),
        *_shared_names(institutions),
        *_rename_cycles(institutions),
        *_unknown_ids(decisions, classes, by_id),
        *_disagreeing_names(decisions, by_id),
        *_two_answers(decisions),
        *_shadows(decisions, institutions),
        *_merge_cycles(decisions, institutions),
        *_class_overlaps(classes),
        *_too_short(decisions),
        *_class_cells(institutions, classes),
    ]


def _line(where: str) -> tuple[str, int]:
    file, _, line = where.rpartition(":")
    return file, int(line or 0)


def _finding(where: str, column: str, message: str, remedy: str) -> Finding:
    return Finding(*_line(where), column, message, remedy)


def _parents(institutions: Iterable[Institution], by_id: dict[str, Institution]) -> Iterator[Finding]:
    for item in institutions:
        seen = [item.institution_id]
        parent = item.parent_id
        while parent:
            if parent not in by_id:
                yield _finding(item.where, "parent_id", f"{parent} is not in the list.", "Add it, or correct the id.")
                break
            if parent in seen:
                yield _finding(item.where, "parent_id", f"{' → '.join([*seen, parent])} is a circle.", "Break it.")
                break
            seen.append(parent)
            parent = by_id[parent].parent_id


def _shared_names(institutions: Iterable[Institution]) -> Iterator[Finding]:
    """A short or English name that two institutions have leads to nobody."""
    for column in ("short_name", "name_en"):
        owners: dict[str, Institution] = {}
        for item in institutions:
            name = squeeze(getattr(item, column)).casefold()
            other = owners.setdefault(name, item) if name else item
            if other is not item:
                message = f"{getattr(item, column)} is {column} of {other.legal_name} ({other.where}) too."
                yield _finding(item.where, column, message, "Leave it empty in one row, or decide it in aliases.csv.")


def _rename_cycles(institutions: tuple[Institution, ...]) -> Iterator[Finding]:
    """A was called B and B was called A, at times that overlap."""
    legal = {squeeze(item.legal_name): item for item in institutions}
    for item in institutions:
        for former in item.former_names:
            other = legal.get(squeeze(former.name))
            if other is item:
                yield _finding(item.where, "former_names", f"{former.name} is its legal name.", "Delete it.")
            elif other is not None and any(
                squeeze(back.name) == squeeze(item.legal_name) for back in other.former_names
            ):
                message = f"{item.legal_name} and {other.legal_name} ({other.where}) are each other's former name."
                yield _finding(item.where, "former_names", message, "Delete one of the two.")


def _unknown_ids(
    decisions: Iterable[Decision], classes: Iterable[ProviderClass], by_id: dict[str, Institution]
) -> Iterator[Finding]:
    rows: list[Decision | ProviderClass] = [*decisions, *classes]
    for row in rows:
        wanted = row.institution_id
        if wanted and wanted not in by_id:
            cut = next((known for known in by_id if known.lstrip("0") == wanted), "")
            remedy = f"Did the spreadsheet cut {cut}? Write it as text." if cut else "Use an id of institutions.csv."
            yield _finding(row.where, "institution_id", f"{wanted} is not in institutions.csv.", remedy)


def _disagreeing_names(decisions: tuple[Decision, ...], by_id: dict[str, Institution]) -> Iterator[Finding]:
    """A row that calls an institution what it is not and was not; once for all rows that an unrecorded rename left."""
    listed = {squeeze(item.legal_name) for item in by_id.values()}
    once = {(row.institution_id, squeeze(row.mention)) for row in decisions if row.decision == "former_name"}
    left: dict[tuple[str, str], list[Decision]] = {}
    for row in decisions:
        entity, name = by_id.get(row.institution_id), squeeze(row.canonical_name)
        if entity is None or not name or (row.institution_id, name) in once:
            continue
        if name not in {squeeze(entity.legal_name), *(squeeze(former.name) for former in entity.former_names)}:
            left.setdefault((row.institution_id, name), []).append(row)
    for (institution_id, name), rows in left.items():
        entity, first = by_id[institution_id], rows[0]
        more = f" (and so in {len(rows) - 1} more rows)" if len(rows) > 1 else ""
        message = f"{institution_id} is {entity.legal_name}, not {first.canonical_name}{more}."
        remedy = (
            "Correct the id or the name." if name in listed else _RENAMED.format(first.canonical_name, entity.where)
        )
        yield _finding(first.where, "canonical_name", message, remedy)


def _two_answers(decisions: tuple[Decision, ...]) -> Iterator[Finding]:
    """Rows of equal rank that speak of one mention at one time and disagree."""
    by_mention: dict[str, list[Decision]] = {}
    for row in decisions:
        by_mention.setdefault(squeeze(row.mention), []).append(row)
    for rows in by_mention.values():
        for first, second in combinations(rows, 2):
            if _same_scope(first, second) and _overlap(first, second) and _disagree(first, second):
                message = f"{second.mention} has another answer in {first.where}: {_answer(first)}."
                yield _finding(second.where, "mention", message, "Delete one row, or give them scopes or dates apart.")


def _same_scope(a: Decision, b: Decision) -> bool:
    """Equal rank: the same role and deal, both dated or both not, both by persons or both shipped."""
    same = (a.role_scope, a.deal_scope, a.dated) == (b.role_scope, b.deal_scope, b.dated)
    return same and (a.by_person == b.by_person or "not_same" in (a.decision, b.decision))


def _overlap(a: Decision | ProviderClass, b: Decision | ProviderClass) -> bool:
    return (a.valid_from or "0") <= (b.valid_to or "9") and (b.valid_from or "0") <= (a.valid_to or "9")


def _disagree(a: Decision, b: Decision) -> bool:
    if "not_same" in (a.decision, b.decision):
        both_not = a.decision == b.decision
        return not both_not and a.institution_id == b.institution_id
    if a.decision in LEADING and b.decision in LEADING:
        return a.institution_id != b.institution_id
    return (a.decision in LEADING) != (b.decision in LEADING)


def _answer(row: Decision) -> str:
    return f"{row.decision} {row.institution_id}".strip()


def _shadows(decisions: Iterable[Decision], institutions: tuple[Institution, ...]) -> Iterator[Finding]:
    """An alias that is another institution's legal or former name takes that name away from it."""
    names: _Names = {squeeze(item.legal_name): (item, "", "") for item in institutions}
    for item in institutions:
        for former in item.former_names:
            names.setdefault(squeeze(former.name), (item, former.valid_from, former.valid_to))
    for row in decisions:
        owner, start, end = names.get(squeeze(row.mention), (None, "", ""))
        if row.decision not in LEADING or owner is None or owner.institution_id == row.institution_id:
            continue
        if row.decision == "merged_into" or not (
            (row.valid_from or "0") <= (end or "9") and (start or "0") <= (row.valid_to or "9")
        ):
            continue
        message = f"{row.mention} is a name of {owner.legal_name} ({owner.where})."
        yield _finding(
            row.where, "mention", message, "Correct the id; a merger is decided with merged_into and a date."
        )


def _merge_cycles(decisions: Iterable[Decision], institutions: tuple[Institution, ...]) -> Iterator[Finding]:
    legal = {squeeze(item.legal_name): item.institution_id for item in institutions}
    into: dict[str, Decision] = {}
    for row in decisions:
        merged = legal.get(squeeze(row.mention))
        if row.decision == "merged_into" and merged:
            into[merged] = row
    for start, row in into.items():
        seen, place = [start], row.institution_id
        while place in into and place not in seen:
            seen.append(place)
            place = into[place].institution_id
        if place in seen:
            circle = " → ".join([*seen, place])
            yield _finding(row.where, "institution_id", f"{circle} is a circle of mergers.", "Break it.")


def _class_overlaps(classes: tuple[ProviderClass, ...]) -> Iterator[Finding]:
    for first, second in combinations(classes, 2):
        if first.institution_id == second.institution_id and _overlap(first, second):
            message = f"{second.institution_id} has the class {first.name} ({first.where}) at the same time."
            yield _finding(
                second.where, "valid_from", message, "Delete one row, or let one end before the other begins."
            )


def _too_short(decisions: Iterable[Decision]) -> Iterator[Finding]:
    for row in decisions:
        short = len(squeeze(row.mention)) < _SHORTEST_WITHOUT_ROLE
        if row.decision in LEADING and row.role_scope == ALL and row.deal_scope == ALL and short:
            message = f"{row.mention} is too short to stand for one institution everywhere."
            yield _finding(row.where, "mention", message, "Give the row a role or a deal.")


def _class_cells(institutions: Iterable[Institution], classes: Iterable[ProviderClass]) -> Iterator[Finding]:
    decided = {row.institution_id: row for row in classes}
    for item in institutions:
        row = decided.get(item.institution_id)
        if item.provider_class and (row is None or row.name != item.provider_class):
            said = f"provider_classes.csv says {row.name}" if row else "provider_classes.csv has no row for it"
            message = f"{item.provider_class} stands here, but {said}."
            yield _finding(
                item.where, "provider_class", message, "Decide it there, with evidence, and leave this empty."
            )
