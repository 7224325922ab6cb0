"""`dealproof label`: what a printed label means, table by table, and by which row or which words, on stdout."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from dealproof.cli.common import Debug, Mappings, settings_of

if TYPE_CHECKING:
    from dealproof.api.mappings import LabelReport


def label(
    text: Annotated[str, typer.Argument(help="A label as printed.")],
    as_json: Annotated[
        bool, typer.Option("--json", help="A list of table, field and by; empty where nobody can tell.")
    ] = False,
    mappings: Mappings = None,
    debug: Debug = False,
) -> None:
    """Say what a printed label means in each table, and by which row or which words.

    Example: dealproof label 期末资产池加权平均利率（%）
    """
    from dealproof import api

    found = api.label(text, settings_of(mappings=mappings))
    if as_json:
        told = [
            {"table": m.table, "field": m.field, "by": m.by} | ({"value": m.value} if m.value else {})
            for m in found.means
        ]
        typer.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for line in _lines(found):
        typer.echo(line)


def _lines(found: LabelReport) -> list[str]:
    lines = [f"{found.text}  {'means' if found.means else 'means no field'}"]
    lines += [f"  {m.table}.{m.field}{' = ' + m.value if m.value else ''}  {m.by}" for m in found.means]
    lines += [f"  left aside in {m.table}: {m.note or m.by}  ({m.by})" for m in found.left_aside]
    if found.unknown:
        lines.append(f"  unknown words: {'  '.join(found.unknown)}  (labels/words.csv)")
    elif not found.means and not found.left_aside:
        lines.append("  every word is known, but no field is made of these parts:")
        lines += [f"    {word}" for word in found.words]
    return lines
