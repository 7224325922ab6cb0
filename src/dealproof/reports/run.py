"""The run report: one HTML file for people, one JSON file for machines, both from the same few facts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from dealproof.batch.outcome import Outcome
from dealproof.errors import StoreError
from dealproof.reports.policy import content_policy
from dealproof.text import printable

#: Reports of so many runs are kept beside each other; older ones go.
KEPT = 200


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file of a run, as the report names it. Files that were known already are counted, not listed."""

    location: str
    file_name: str
    state: str
    status: str
    pages: int
    seconds: float
    code: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class RunRecord:
    """Everything that the report of one run says. `counts` of files by state, `summary` of the dataset."""

    run_id: str
    state: str
    started_at: str
    ended_at: str
    seconds: float
    versions: Mapping[str, str]
    settings: Mapping[str, str]
    counts: Mapping[str, int]
    lines: tuple[FileLine, ...]
    summary: Mapping[str, Any]
    error: str = ""

    @property
    def failed(self) -> tuple[FileLine, ...]:
        """Files of which nothing is in the dataset."""
        return tuple(line for line in self.lines if line.state in ("failed", "stands"))

    @property
    def read(self) -> tuple[FileLine, ...]:
        """Files that were opened in this run, the slowest first."""
        return tuple(sorted((line for line in self.lines if line.state == "read"), key=lambda line: -line.seconds))


def lines_of(outcomes: Sequence[Outcome]) -> tuple[FileLine, ...]:
    """The files that a report lists, in the order of their names."""
    listed = [outcome for outcome in outcomes if outcome.state != "known"]
    return tuple(
        FileLine(
            printable(item.item.location), item.item.name, item.state, item.status, item.pages, item.seconds, item.code, item.message,
            item.remedy,
        )
        for item in sorted(listed, key=lambda outcome: (outcome.item.name, outcome.item.location))
    )  # fmt: skip


def as_json(record: RunRecord) -> str:
    """The report for machines."""
    return json.dumps(asdict(record), ensure_ascii=False, indent=1, default=str) + "\n"


def as_html(record: RunRecord) -> str:
    """The report for people: one file without anything from elsewhere."""
    from jinja2 import Environment

    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    template = (files("dealproof.reports") / "run.html.j2").read_text(encoding="utf-8")
    return environment.from_string(template).render(run=record, content_policy=content_policy)


def write_report(record: RunRecord, folder: Path) -> tuple[Path, Path]:
    """Write both files to a folder, whole or not at all; return their paths. Raises StoreError."""
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for ending, text in (("html", as_html(record)), ("json", as_json(record))):
            path = folder / f"run-{record.run_id}.{ending}"
            aside = path.with_suffix(f".{ending}.part")
            aside.write_text(text, encoding="utf-8", newline="\n")
            aside.replace(path)
            written.append(path)
        for old in sorted(folder.glob("run-*.*"))[: -2 * KEPT]:
            old.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(
            f"The report cannot be written to {folder} ({error.strerror}).", "Free space or choose another --workspace."
        ) from error
    return written[0], written[1]
