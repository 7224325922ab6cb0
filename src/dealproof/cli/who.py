"""`dealproof who`: one name, its institution or the nearest ones, and why, on stdout."""

from __future__ import annotations

import typer

from dealproof import api, contract
from dealproof.errors import UsageError
from dealproof.institutions.explain import Explanation
from dealproof.settings.settings import Settings

_OUTCOMES = {
    "matched": "leads to",
    "ambiguous": "nobody: several institutions fit alike",
    "unmatched": "nobody: no rule may decide",
    "not_a_name": "nobody: it is no name of an institution",
    "settled": "nobody: decided so",
}


def show(name: str, role: str, deal: str, day: str, settings: Settings) -> None:
    """Print the explanation of a name. Raises UsageError for a role that the contract does not have."""
    roles = contract.table("parties").column("role").vocabulary
    if role and role not in roles:
        raise UsageError(f"There is no role {role!r}.", f"Roles are: {', '.join(roles)}.")
    found = api.who(name, settings, role, deal, day)
    for line in _lines(found):
        typer.echo(line)


def _lines(found: Explanation) -> list[str]:
    verdict, anatomy = found.verdict, found.anatomy
    lines = [f"{found.name}  {_OUTCOMES[verdict.outcome]}"]
    if found.institution is not None:
        entity = found.institution
        lines.append(f"  {entity.institution_id}  {entity.legal_name}  {entity.kind}  ({entity.where})")
    lines += [f"  fits: {entity.institution_id}  {entity.legal_name}  ({entity.where})" for entity in found.fitting]
    if verdict.rule:
        lines.append(f"  rule: {verdict.rule} ({found.rule_en}; {found.rule_zh})")
    lines.append(f"  why:  {verdict.why}")
    if verdict.score is not None:
        lines.append(f"  likeness to the legal name: {verdict.score} (for information; it decides nothing)")
    if verdict.branch:
        lines.append(f"  office: {verdict.branch}")
    if found.removed:
        lines.append(f"  left out as remark: {found.removed}")
    kind = "no type word" if anatomy.family == "company" else f"type {anatomy.family}"
    lines.append(f"  read as: region and brand {anatomy.stem or '-'}, {kind}, legal form {anatomy.form or '-'}")
    if found.institution is None and verdict.outcome != "not_a_name":
        lines.append("  nearest (【】 only in the list, 〔〕 only in the document):")
        lines += [f"    {c.score:>5}  {c.institution_id}  {c.marked}" for c in found.candidates]
    return lines
