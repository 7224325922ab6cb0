"""A name as printed to a legal entity, or honestly to nobody: what the analysts decided about it, else what the rules say.

A row for the deal beats one for the role, that beats a general one; a dated row beats an undated one; a person's beats
the list that comes with the program. Rows of equal rank never disagree: `mappings check` refuses them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from rapidfuzz import fuzz

from dealproof.institutions.anatomy import dissect, spelled_out
from dealproof.institutions.candidates import SHOWN, Candidate, Ranking, describe
from dealproof.institutions.index import Index, build_index
from dealproof.institutions.remarks import Unwrapped, unwrap
from dealproof.institutions.rules import RULES, Hit, Mention, Rule
from dealproof.institutions.script import is_traditional, latin_key, plain
from dealproof.institutions.words import BRANCH_ENDINGS, NOT_NAMES
from dealproof.mappings.aliases import ALL, LEADING, SETTLED, Decision
from dealproof.mappings.institutions import Institution

Outcome = Literal["matched", "ambiguous", "unmatched", "not_a_name", "settled"]
_NOT_A_NAME = re.compile(
    r"^(?:[\d.,%/()+\-A-Za-z]{0,2}|[A-D]{1,3}[+-]?(?:sf|spc)?(?:/[A-D]{1,3}[+-]?(?:sf|spc)?)*|[\d.,%年月日/-]+"
    r"|.*(?:资产支持(?:证券|票据)|专项计划|优先级?[A-Z]?\d?级?|次级|票面利率))$"
)
#: Before a key that is an English name without legal form, punctuation and case.
LATIN = "latin:"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a name. `entities` are places in the index: one when matched, several when ambiguous.

    `match` is a word of `parties.match`; `score` is the likeness of the printed name to the legal one (0 to 100) where
    a rule accepted it. `rule` names the rule (`decision` for a row of the aliases file), `why` says it in words,
    `where` is the mapping row behind it, `branch` the office that was printed. A `settled` name was answered by a
    person and stays nobody's.
    """

    outcome: Outcome
    match: str = "unmatched"
    rule: str = ""
    why: str = ""
    entities: tuple[int, ...] = ()
    score: float | None = None
    branch: str = ""
    where: str = ""


class Matcher:
    """Matches names against one list of institutions and the analysts' decisions. Pure; asks nothing twice."""

    def __init__(self, institutions: Iterable[Institution], decisions: Iterable[Decision] = ()) -> None:
        self.index: Index = build_index(institutions)
        self.decisions = Decisions(decisions)
        self._places = {entity.institution_id: place for place, entity in enumerate(self.index.entities)}
        self._known: dict[tuple[str, str, str, str], Verdict] = {}

    def match(self, name: str, role: str = "", deal: str = "", day: str = "") -> Verdict:
        """Return the verdict on a name as printed, in a role of the contract, a deal, a document of an ISO date."""
        key = (name, role, deal, day)
        if key not in self._known:
            self._known[key] = self._judge(*key)
        return self._known[key]

    def told(self, name: str, role: str = "", deal: str = "", day: str = "") -> str:
        """Return all that a verdict says, as text: two that are told alike lead to the same rows, in whichever list."""
        verdict = self.match(name, role, deal, day)
        named = tuple(self.index.entities[place].institution_id for place in verdict.entities)
        return repr(replace(verdict, entities=())) + repr(named)

    def forget(self) -> None:
        """Let go of the verdicts given so far: those of one deal help no other."""
        self._known.clear()

    def institution(self, verdict: Verdict) -> Institution | None:
        """Return the institution that a verdict leads to."""
        return self.index.entities[verdict.entities[0]] if verdict.outcome == "matched" else None

    def candidates(self, names: Sequence[str]) -> list[tuple[Candidate, ...]]:
        """Return for each name the five institutions that a person should look at, without those ruled out."""
        texts = [unwrap(name).text or plain(name) for name in names]
        found: list[tuple[Candidate, ...]] = []
        for name, text, places in zip(names, texts, self._ranking.best(texts, SHOWN + 3), strict=True):
            never = self.decisions.forbidden(plain(name)) | self.decisions.forbidden(text)
            own = (place for place in places if self.index.entities[place].institution_id not in never)
            found.append(describe(text, tuple(own)[:SHOWN], self.index))
        return found

    @cached_property
    def _ranking(self) -> Ranking:
        return Ranking(self.index)

    def _judge(self, name: str, role: str, deal: str, day: str) -> Verdict:
        text = plain(name)
        bare = unwrap(name)
        row = self.decisions.find(text, role, deal, day)
        if row is not None:
            return self._decided(row)
        verdict = self._named(name, bare, role, deal, day)
        if verdict.outcome == "matched":
            entity = self.index.entities[verdict.entities[0]]
            for key in dict.fromkeys((text, bare.text)):
                row = self.decisions.forbids(key, entity.institution_id, role, deal, day)
                if row is not None:
                    return Verdict("unmatched", why=f"it is not {entity.legal_name} ({row.where})", where=row.where)
            return self._contradicted(verdict, bare, deal, day) or replace(verdict, where=verdict.where or entity.where)
        return verdict

    def _named(self, name: str, bare: Unwrapped, role: str, deal: str, day: str) -> Verdict:
        """The verdict on a name without its remarks: the analysts' rows, the rules, an office of a decided name."""
        for key in (bare.text, f"{LATIN}{bare.latin}"):
            row = self.decisions.find(key, role, deal, day)
            if row is not None:
                return self._decided(row)
        verdict = judge(name, role, day, self.index)
        if verdict.outcome != "unmatched":
            return verdict
        row = self.decisions.find_spelled(bare.text, role, deal, day)
        return self._decided(row) if row is not None else self._office(bare.text, role, deal, day) or verdict

    def _contradicted(self, verdict: Verdict, bare: Unwrapped, deal: str, day: str) -> Verdict | None:
        """A short form beside the name that is another institution: `中信银行股份有限公司（“中信证券”）`."""
        for short in bare.called:
            other = self._named(short, unwrap(short), "", deal, day)
            if other.outcome == "matched" and other.entities != verdict.entities:
                both = (*verdict.entities, *other.entities)
                why = f"{short}, which stands beside the name, is another institution"
                return Verdict("ambiguous", rule=verdict.rule, why=why, entities=both)
        return None

    def _decided(self, row: Decision) -> Verdict:
        who = f"{row.decided_by or 'somebody'}{f' on {row.decided_on}' if row.decided_on else ''}"
        why = f"{row.where} says {row.decision} (decided by {who})" + (f": {row.reason}" if row.reason else "")
        if row.decision in SETTLED:
            return Verdict("settled", rule="decision", why=why, where=row.where)
        place = self._places[row.institution_id]
        match = "reviewed" if row.by_person else "alias"
        return Verdict("matched", match, "decision", why, (place,), where=row.where)

    def _office(self, text: str, role: str, deal: str, day: str) -> Verdict | None:
        """An office of an institution that only the analysts' file knows under this name: 工行北京分行."""
        if not text.endswith(BRANCH_ENDINGS):
            return None
        for cut in range(len(text) - 2, 1, -1):
            row = self.decisions.find(text[:cut], role, deal, day) if self.decisions.knows(text[:cut]) else None
            if row is not None and row.decision not in SETTLED:
                return replace(self._decided(row), branch=text[cut:])
        return None


def judge(name: str, role: str, day: str, index: Index) -> Verdict:
    """Try the rules on a name; its own remark about a former name is a second chance and a second opinion."""
    text = plain(name)
    if not text or text in NOT_NAMES or _NOT_A_NAME.match(text):
        return Verdict("not_a_name", why="it is no name of an institution")
    bare = unwrap(name)
    verdict = _apply(Mention(bare.text, dissect(bare.text), bare.latin, is_traditional(name), role, day), index)
    if not bare.former:
        return verdict
    old = _apply(Mention(bare.former, dissect(bare.former), role=role), index)
    if verdict.outcome == "unmatched" and old.outcome == "matched":
        return replace(old, why=f"the document says that it was called {bare.former}: {old.why}")
    if verdict.outcome == old.outcome == "matched" and old.entities != verdict.entities:
        both = (*verdict.entities, *old.entities)
        return Verdict("ambiguous", rule=verdict.rule, why="today's and the former name differ", entities=both)
    return verdict


def _apply(mention: Mention, index: Index) -> Verdict:
    if not mention.text or mention.text in NOT_NAMES:
        return Verdict("not_a_name", why="it is no name of an institution")
    for rule in RULES:
        hit = rule.find(mention, index)
        if hit is not None:
            return _verdict(mention, rule, hit, index)
    return Verdict("unmatched", why="no rule may decide")


def _verdict(mention: Mention, rule: Rule, hit: Hit, index: Index) -> Verdict:
    if len(hit.entities) > 1:
        why = f"{len(hit.entities)} institutions fit alike"
        return Verdict("ambiguous", rule=rule.name, why=why, entities=hit.entities)
    likeness = fuzz.ratio(mention.text, index.anatomies[hit.entities[0]].text)
    score = round(likeness, 1) if rule.match == "fuzzy" else None
    return Verdict("matched", rule.match, rule.name, hit.why, hit.entities, score, hit.branch)


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
