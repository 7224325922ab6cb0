"""Names whose answer changes when decisions are added: shown before an analyst relies on them."""

from __future__ import annotations

from collections.abc import Iterable

from dealproof.dataset.build import with_deals
from dealproof.dataset.names import verdict_of
from dealproof.institutions.match import Matcher, Verdict
from dealproof.mappings.load import Registry
from dealproof.model.interpretation import Interpretation

NOBODY = "nobody"


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
