"""`dealproof who`: one name, its institution or the nearest ones, and why, on stdout."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dealproof.cli.common import Debug, Mappings, given_iso_day, settings_of
from dealproof.errors import UsageError

if TYPE_CHECKING:
    from dealproof.institutions.explain import Explanation

_OUTCOMES = {
    "matched": "leads to",
    "ambiguous": "nobody: several institutions fit alike",
    "unmatched": "nobody: no rule may decide",
    "not_a_name": "nobody: it is no name of an institution",
    "settled": "nobody: decided so",
}


def who(
    name: Annotated[str, typer.Argument(help="A name as printed.")],
    role: Annotated[str, typer.Option(help="Role in which it is printed, such as rating_agency.")] = "",
    deal: Annotated[str, typer.Option(help="Deal in which it is printed, such as 泰和2019-1.")] = "",
    date: Annotated[
        str, typer.Option(parser=given_iso_day, metavar="DAY", help="Date of the document, such as 2025-06-30.")
    ] = "",
    mappings: Mappings = None,
    debug: Debug = False,
) -> None:
    """Say which institution a name leads to, and why, or who comes near.

    Example: dealproof who 德勤 --role accounting_firm
    """
    from dealproof import api, contract

    roles = contract.table("parties").column("role").vocabulary
    if role and role not in roles:
        raise UsageError(f"There is no role {role!r}.", f"Roles are: {', '.join(roles)}.")
    for line in _lines(api.who(name, settings_of(mappings=mappings), role, deal, date)):
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
