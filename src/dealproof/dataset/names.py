"""Names as printed to institutions: for the parties and rating agencies of every document, with the reason as proof."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from dealproof import contract
from dealproof.contract.question_kinds import QuestionKind
from dealproof.dataset.format_values import write
from dealproof.institutions.candidates import Candidate
from dealproof.institutions.match import Matcher, Verdict
from dealproof.institutions.script import plain
from dealproof.mappings.classes import ProviderClass, class_on
from dealproof.mappings.institutions import Institution
from dealproof.model.cell import Row
from dealproof.model.evidence import Fact, Problem
from dealproof.model.interpretation import Interpretation

#: A name as printed, its role, its deal, and the day of its document.
LookedUp = tuple[str, str, str, str]
_AGENCY = "agency_id"
_ASKED: dict[str, QuestionKind] = {"unmatched": "unmatched_name", "ambiguous": "ambiguous_name"}


@dataclass(frozen=True, slots=True)
class Identified:
    """Documents whose names lead to institutions, and the institutions that they lead to."""

    documents: tuple[Interpretation, ...]
    used: frozenset[str]


@dataclass(frozen=True, slots=True)
class AskedName:
    """A name that nobody was found for, as a part of the documents tells it: where it stands first there, and how often."""

    plain: str
    name: str
    kind: QuestionKind
    why: str
    document_id: str
    page: int
    key: str
    times: int


@dataclass(frozen=True, slots=True)
class OpenName:
    """A name that nobody was found for: where it stands first, and how often."""

    name: str
    verdict: Verdict
    document: Interpretation
    fact: Fact
    times: int


def identify(documents: Iterable[Interpretation], matcher: Matcher) -> Identified:
    """Match every name. `ratings.agency_id` becomes the institution's id, or stays as printed where there is none."""
    known = tuple(documents)
    if not matcher.index.entities:
        return Identified(known, frozenset())
    used: set[str] = set()
    found = tuple(_identified(document, matcher, used) for document in known)
    return Identified(found, frozenset(used))


def asked_names(documents: Iterable[Interpretation], matcher: Matcher) -> tuple[AskedName, ...]:
    """Return the names that nobody was found for, of documents before they were identified; none without a list."""
    if not matcher.index.entities:
        return ()
    return tuple(map(_asked, open_names(documents, matcher)))


def name_questions(names: Iterable[AskedName], matcher: Matcher) -> list[Problem]:
    """Return one question for each name that parts of the documents tell of: at its first place, with all its times."""
    first: dict[str, AskedName] = {}
    for item in sorted(names, key=lambda item: (item.plain, item.document_id)):
        before = first.get(item.plain)
        first[item.plain] = replace(before, times=before.times + item.times) if before else item
    nearest = matcher.candidates([item.name for item in first.values()]) if first else []
    return [_question(item, candidates) for item, candidates in zip(first.values(), nearest, strict=True)]


def open_names(documents: Iterable[Interpretation], matcher: Matcher) -> tuple[OpenName, ...]:
    """Return each name that nobody was found for once, in the order of the names."""
    first: dict[str, OpenName] = {}
    for document in documents:
        if document.status in ("failed", "unsupported"):
            continue
        for fact in document.facts:
            if fact.table != "parties" or fact.column != "name":
                continue
            verdict = verdict_of(fact, document, matcher)
            if verdict is None or verdict.outcome not in _ASKED:
                continue
            name = write(fact.value)
            before = first.get(plain(name))
            first[plain(name)] = (
                replace(before, times=before.times + 1) if before else OpenName(name, verdict, document, fact, 1)
            )
    return tuple(first[key] for key in sorted(first))


def institution_rows(
    used: Iterable[str], institutions: Iterable[Institution], classes: tuple[ProviderClass, ...]
) -> list[Row]:
    """Return the `institutions` table: those that the dataset speaks of, and who controls them."""
    by_id = {item.institution_id: item for item in institutions}
    wanted: set[str] = set()
    for institution_id in used:
        while institution_id and institution_id not in wanted:
            wanted.add(institution_id)
            institution_id = by_id[institution_id].parent_id
    return [_institution_row(by_id[institution_id], classes) for institution_id in sorted(wanted)]


def institution_evidence(
    rows: Iterable[Row], institutions: Iterable[Institution], classes: tuple[ProviderClass, ...]
) -> list[Row]:
    """Return for every cell of the `institutions` table the mapping row that says it."""
    by_id = {item.institution_id: item for item in institutions}
    proofs: list[Row] = []
    for row in rows:
        own = class_on(classes, row["institution_id"])
        for column, value in row.items():
            if value:
                where = own.where if own and column.startswith("provider_") else by_id[row["institution_id"]].where
                proofs.append(_mapping_evidence("institutions", row["institution_id"], column, value, where))
    return proofs


def _mapping_evidence(table: str, key: str, column: str, value: str, where: str) -> Row:
    row = dict.fromkeys(contract.table("evidence").column_names, "")
    row.update(table=table, key=key, column=column, text=value, derivation=where, status="derived", reader="mapping")
    return row


def _identified(document: Interpretation, matcher: Matcher, used: set[str]) -> Interpretation:
    facts: list[Fact] = []
    agencies: dict[str, str] = {}
    for fact in document.facts:
        verdict = verdict_of(fact, document, matcher)
        entity = matcher.institution(verdict) if verdict else None
        if verdict is None or entity is None:
            facts.append(fact)
            continue
        used.add(entity.institution_id)
        if fact.table == "ratings":
            agencies[dict(fact.key)[_AGENCY]] = entity.institution_id
            facts.append(replace(fact, key=_with(fact.key, _AGENCY, entity.institution_id)))
            continue
        keyed = replace(fact, key=(*fact.key, ("institution_id", entity.institution_id)))
        facts += [keyed, *_match_facts(keyed, verdict, entity)]
    problems = tuple(_with_agency_key(problem, agencies) for problem in document.problems)
    return replace(document, facts=tuple(facts), problems=problems)


def verdict_of(fact: Fact, document: Interpretation, matcher: Matcher) -> Verdict | None:
    """Return the verdict on the name that a fact speaks of, or None where it speaks of none."""
    looked_up = _looked_up(fact, document)
    return None if looked_up is None else matcher.match(*looked_up)


def looked_up(documents: Iterable[Interpretation]) -> tuple[LookedUp, ...]:
    """Return every name that is looked up in the list of institutions, with its role, deal and day."""
    found = {each for document in documents for fact in document.facts if (each := _looked_up(fact, document)) is not None}
    return tuple(sorted(found))


def _looked_up(fact: Fact, document: Interpretation) -> LookedUp | None:
    profile, key = document.profile, dict(fact.key)
    if fact.table == "ratings":
        name, role = key.get(_AGENCY, ""), "rating_agency"
    elif fact.table == "parties":
        name, role = key.get("name", ""), key.get("role", "")
    else:
        return None
    day = profile.report_date or profile.period_end or profile.cutoff_date
    return name, role, profile.deal_id, write(day) if day else ""


def _match_facts(fact: Fact, verdict: Verdict, entity: Institution) -> Iterable[Fact]:
    derivation = f"{verdict.where}; {verdict.rule}: {verdict.why}"
    if verdict.branch:
        derivation += f"; office {verdict.branch}"
    values: list[tuple[str, str | Decimal]] = [("institution_id", entity.institution_id), ("match", verdict.match)]
    if verdict.score is not None:
        values.append(("score", Decimal(str(verdict.score))))
    for column, value in values:
        yield replace(fact, column=column, value=value, origin="derived", derivation=derivation)


def _with(key: tuple[tuple[str, str], ...], column: str, value: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, value if name == column else old) for name, old in key)


def _with_agency_key(problem: Problem, agencies: dict[str, str]) -> Problem:
    if problem.table != "ratings" or not problem.key:
        return problem
    return replace(problem, key="|".join(agencies.get(part, part) for part in problem.key.split("|")))


def _asked(item: OpenName) -> AskedName:
    fact, document_id = item.fact, item.document.source.document_id
    parts = {**dict(fact.key), "document_id": document_id}
    return AskedName(
        plain(item.name), item.name, _ASKED[item.verdict.outcome], item.verdict.why, document_id,
        fact.evidence.page if fact.evidence else 0,
        "|".join(parts.get(name, "") for name in contract.table("parties").key), item.times,
    )  # fmt: skip


def _question(item: AskedName, candidates: tuple[Candidate, ...]) -> Problem:
    times = f", {item.times} times" if item.times > 1 else ""
    return Problem(
        item.kind,
        "warning",
        "build",
        f"Nobody in the institutions list is certainly {item.name}{times} ({item.why}).",
        "Fill in a row of `dealproof mappings suggest`: one of the candidates, a new institution, or nobody.",
        document_id=item.document_id,
        page=item.page,
        table="parties",
        key=item.key,
        column="institution_id",
        value=item.name,
        suggestions=tuple(f"{c.institution_id} {c.marked} ({c.score})" for c in candidates),
    )


def _institution_row(item: Institution, classes: tuple[ProviderClass, ...]) -> Row:
    own = class_on(classes, item.institution_id)
    return {
        "institution_id": item.institution_id,
        "legal_name": item.legal_name,
        "short_name": item.short_name,
        "kind": item.kind,
        "provider_class": own.name if own else "",
        "parent_id": item.parent_id,
        "provider_group": own.coarse if own else "",
    }
