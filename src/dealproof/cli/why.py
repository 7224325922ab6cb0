"""`dealproof why`: one cell of the dataset on one screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from dealproof.cli.common import Debug, Mappings, StoreUrl, Workspace, settings_of

if TYPE_CHECKING:
    from dealproof.model.cell import Row
    from dealproof.workbench.why import Known


def why(
    table: Annotated[str, typer.Argument(help="Table, such as tranches.")],
    key: Annotated[str, typer.Argument(help="Key of the row, or a part that only one row has.")],
    column: Annotated[str, typer.Argument(help="Column, such as amount.")],
    mappings: Mappings = None,
    workspace: Workspace = None,
    store: StoreUrl = None,
    debug: Debug = False,
) -> None:
    """Show where one value comes from, what checks it, and what is asked or was decided about it.

    Example: dealproof why tranches "禾盈2024-2|优先B" amount
    """
    from dealproof import api

    settings = settings_of(mappings=mappings, workspace=workspace, store=store)
    for line in lines_of(api.why(settings, table, key, column)):
        typer.echo(line)


def lines_of(known: Known) -> Iterator[str]:
    """Everything that is known of a cell, a line each, as the command shows it."""
    yield f"{known.table}.{known.column}  {known.key}"
    yield f"  value: {known.value or '(missing)'}" + (f"  [{known.unit}]" if known.unit else "")
    for row in known.evidence:
        yield from _proof(row, known)
    if not known.evidence:
        yield "  no proof: the value is missing, or follows from the key"
    for row in known.checks:
        sides = (
            f"  {row['left']} against {row['right']}, off by {row['residual']}, rounding explains {row['tolerance']}"
        )
        yield f"  check {row['rule']}: {row['outcome']}" + (sides if row["outcome"] != "not_evaluable" else "")
    for row in known.questions:
        yield f"  question {row['question_id'][:8]} ({row['state']}, {row['severity']}): {row['prompt']}"


def _proof(row: Row, known: Known) -> Iterator[str]:
    file = known.files.get(row["document_id"], row["document_id"])
    box = f" box {row['x0']},{row['top']} to {row['x1']},{row['bottom']}" if row["x0"] else ""
    yield f"  {row['status']}: {row['text']!r}" + (f"  in {file} page {row['page']}{box}" if row["page"] else "")
    if row["unit_text"]:
        yield f"    unit: {row['unit_text']!r} from the {row['unit_from'].replace('_', ' ')}"
    if row["derivation"]:
        yield f"    because: {row['derivation']}"
    if row["reader"]:
        yield f"    read by: {row['reader']}"
