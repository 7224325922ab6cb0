"""What the analysts decided about a name: their rows come before every rule.

A row for the deal beats one for the role, that beats a general one; a dated row beats an undated one; a person's beats
the list that comes with the program. Rows of equal rank never disagree: `mappings check` refuses them.
"""

from __future__ import annotations

from collections.abc import Iterable

from dealproof.institutions.anatomy import dissect, spelled_out
from dealproof.institutions.script import latin_key, plain
from dealproof.mappings.aliases import ALL, LEADING, SETTLED, Decision

#: Before a key that is an English name without legal form, punctuation and case.
LATIN = "latin:"


class Decisions:
    """The rows of the aliases file by the names they speak of."""

    def __init__(self, rows: Iterable[Decision]) -> None:
        self._by_name: dict[str, list[Decision]] = {}
        self._never: dict[str, dict[str, Decision]] = {}
        self._spelled: dict[str, list[Decision]] = {}
        for row in rows:
            for key in _keys(row):
                if row.decision == "not_same":
                    self._never.setdefault(key, {})[row.institution_id] = row
                else:
                    self._by_name.setdefault(key, []).append(row)
            if row.decision in LEADING:
                self._spelled.setdefault(spelled_out(plain(row.mention)), []).append(row)
        for found in self._by_name.values():
            found.sort(key=_rank)

    def find(self, text: str, role: str, deal: str, day: str) -> Decision | None:
        """Return the row of highest rank that speaks for a plain name in this role, deal and date."""
        rows = self._by_name.get(text, ())
        return next((row for row in rows if row.speaks_for(role, deal, day)), None)

    def find_spelled(self, text: str, role: str, deal: str, day: str) -> Decision | None:
        """Return the row whose name is a plain name but for an abbreviated type word, where all such rows agree."""
        rows = [row for row in self._spelled.get(spelled_out(text), ()) if row.speaks_for(role, deal, day)]
        return rows[0] if len({row.institution_id for row in rows}) == 1 else None

    def knows(self, text: str) -> bool:
        """Whether any row speaks of a plain name, whatever its scope."""
        return text in self._by_name

    def forbids(self, text: str, institution_id: str, role: str, deal: str, day: str) -> Decision | None:
        """Return the row that says that a plain name is not this institution."""
        row = self._never.get(text, {}).get(institution_id)
        return row if row is not None and row.speaks_for(role, deal, day) else None

    def forbidden(self, text: str) -> frozenset[str]:
        """Ids of institutions that are never to be proposed for a plain name."""
        return frozenset(self._never.get(text, ()))


def _keys(row: Decision) -> tuple[str, ...]:
    """The name, and where it is a full name also the name without its legal form."""
    name = plain(row.mention)
    latin = latin_key(row.mention)
    if latin:
        return name, f"{LATIN}{latin}"
    a = dissect(name)
    if row.decision in LEADING and a.form and not a.form_cut and len(a.core) >= 4:
        return name, a.core
    return (name,)


def _rank(row: Decision) -> tuple[bool, bool, bool, bool, bool, str]:
    general = row.deal_scope == ALL
    anybody = row.role_scope == ALL
    settled_last = row.decision in SETTLED
    return general, anybody, not row.dated, not row.by_person, settled_last, row.where
