"""Why a name leads to an institution, or to nobody, in words."""

from __future__ import annotations

from dataclasses import dataclass

from dealproof.institutions.anatomy import Anatomy, dissect
from dealproof.institutions.candidates import Candidate
from dealproof.institutions.match import Matcher, Verdict
from dealproof.institutions.remarks import unwrap
from dealproof.institutions.rules import RULES
from dealproof.mappings.institutions import Institution


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that is known of one name: how it was taken apart, the verdict, and who comes near where it is nobody's."""

    name: str
    text: str
    removed: str
    anatomy: Anatomy
    verdict: Verdict
    institution: Institution | None
    fitting: tuple[Institution, ...]
    candidates: tuple[Candidate, ...]
    rule_en: str
    rule_zh: str


def explain(name: str, matcher: Matcher, role: str = "", deal: str = "", day: str = "") -> Explanation:
    """Explain what becomes of a name as printed, in a role, a deal, a document of an ISO date."""
    verdict = matcher.match(name, role, deal, day)
    bare = unwrap(name)
    rule = next((rule for rule in RULES if rule.name == verdict.rule), None)
    entity = matcher.institution(verdict)
    fitting = () if verdict.outcome != "ambiguous" else tuple(matcher.index.entities[p] for p in verdict.entities)
    return Explanation(
        name,
        bare.text,
        bare.removed,
        dissect(bare.text),
        verdict,
        entity,
        fitting,
        matcher.candidates([name])[0] if entity is None else (),
        rule.en if rule else "a row of aliases.csv" if verdict.rule else "",
        rule.zh if rule else "aliases.csv 中的一行" if verdict.rule else "",
    )
