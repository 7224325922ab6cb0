"""The run log, and what each export was made from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import delete, select, update

from dealproof.store.connections import Store
from dealproof.store.locks import claim
from dealproof.store.schema import EXPORTS, EXTRACTS, FACTS, GENERATIONS, RUNS
from dealproof.store.upsert import upsert


@dataclass(frozen=True, slots=True)
class Run:
    """One run as the log keeps it. `state` is running, done, interrupted or stopped (by an error); `done` counts files
    that are settled, and grows while the run goes on."""

    run_id: str
    started_at: str
    ended_at: str | None
    state: str
    program: str
    extractor: str
    interpreter: str
    labels: str
    files: int | None = None
    read: int | None = None
    failed: int | None = None
    seconds: float | None = None
    done: int | None = None


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export was made from (`inputs`, a digest), its files with size and time, and its summary.

    `as_of` is the day that it shows, empty for the present.
    """

    inputs: str
    files: Mapping[str, tuple[int, int]]
    summary: Mapping[str, Any]
    written_at: str
    as_of: str = ""


def begin_run(store: Store, run: Run) -> None:
    """Write down that a run began."""
    with store.writing() as connection:
        connection.execute(RUNS.insert(), {name: getattr(run, name) for name in Run.__slots__})


def count_run(store: Store, run_id: str, done: int, read: int, failed: int) -> None:
    """Write down how far a run is, for who looks at it from outside."""
    with store.writing() as connection:
        connection.execute(update(RUNS).where(RUNS.c.run_id == run_id).values(done=done, read=read, failed=failed))


def end_run(store: Store, run_id: str, **what: object) -> None:
    """Write down how a run ended: `state`, `ended_at`, counts, the report as JSON text."""
    with store.writing() as connection:
        connection.execute(update(RUNS).where(RUNS.c.run_id == run_id).values(**what))


def alive(run_id: str) -> str:
    """The name that a run claims as long as it lives."""
    return f"run {run_id}"


def last_runs(store: Store, number: int) -> tuple[Run, ...]:
    """The last runs, newest first. One that is not over although nobody is at it any more was `killed`."""
    columns = [RUNS.c[name] for name in Run.__slots__]
    with store.reading() as connection:
        rows = connection.execute(select(*columns).order_by(RUNS.c.started_at.desc(), RUNS.c.run_id).limit(number))
        found = [Run(**row._mapping) for row in rows]
    return tuple(
        replace(run, state="killed") if run.state == "running" and _is_dead(store, run) else run for run in found
    )


def _is_dead(store: Store, run: Run) -> bool:
    with claim(store, alive(run.run_id)) as free:
        return free


def note_export(store: Store, target: str, exported: Exported) -> None:
    """Keep what an export was made from."""
    row = {
        "target": target,
        "inputs": exported.inputs,
        "files": json.dumps(dict(exported.files), sort_keys=True),
        "summary": json.dumps(exported.summary, ensure_ascii=False),
        "written_at": exported.written_at,
        "as_of": exported.as_of,
    }
    with store.writing() as connection:
        upsert(connection, EXPORTS, [row])


def forget_export(store: Store, target: str) -> None:
    """Forget an export, before another one takes its place."""
    with store.writing() as connection:
        connection.execute(delete(EXPORTS).where(EXPORTS.c.target == target))


def exports(store: Store) -> dict[str, Exported]:
    """All exports by the folder they were written to, in the order in which they were written."""
    with store.reading() as connection:
        rows = connection.execute(select(EXPORTS).order_by(EXPORTS.c.written_at, EXPORTS.c.target)).all()
    return {
        row.target: Exported(
            row.inputs,
            {name: (size, at) for name, (size, at) in json.loads(row.files).items()},
            json.loads(row.summary),
            row.written_at,
            row.as_of,
        )
        for row in rows
    }


def counts(store: Store) -> dict[str, int]:
    """How much the store holds: documents and their pages, facts, generations."""
    from sqlalchemy import func

    each = select(func.max(EXTRACTS.c.pages).label("pages")).group_by(EXTRACTS.c.document_id).subquery()
    with store.reading() as connection:
        documents, pages = connection.execute(select(func.count(), func.sum(each.c.pages)).select_from(each)).one()
        return {
            "documents": documents,
            "pages": pages or 0,
            "facts": connection.execute(select(func.count()).select_from(FACTS)).scalar_one(),
            "generations": connection.execute(select(func.count()).select_from(GENERATIONS)).scalar_one(),
        }
