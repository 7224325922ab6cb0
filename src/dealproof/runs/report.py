"""The run report: one HTML file for people, one JSON file for machines, both from the same few facts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from dealproof.errors import StoreError
from dealproof.export.page_policy import content_policy
from dealproof.runs.outcome import Outcome
from dealproof.text import printable

#: Reports of so many runs are kept beside each other; older ones go.
KEPT = 200


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file of a run, as the report names it. Files that were known already are counted; listed are those of them that
    were read in part only."""

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
    """Everything that the report of one run says. `counts` of files by state, `summary` of the dataset, `others` are files in
    the folders that are no PDFs."""

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
    others: tuple[str, ...] = ()

    @property
    def failed(self) -> tuple[FileLine, ...]:
        """Files of which nothing is in the dataset."""
        return tuple(line for line in self.lines if line.state in ("failed", "stands"))

    @property
    def partial(self) -> tuple[FileLine, ...]:
        """Files of this run in which something that should be there was not found."""
        return tuple(line for line in self.lines if line.status == "partial")

    @property
    def read(self) -> tuple[FileLine, ...]:
        """Files that were opened in this run, the slowest first."""
        return tuple(sorted((line for line in self.lines if line.state == "read"), key=lambda line: -line.seconds))


def lines_of(outcomes: Sequence[Outcome], rows: Mapping[str, Mapping[str, str]]) -> tuple[FileLine, ...]:
    """The files that a report lists, in the order of their names. `rows` are those of the dataset's documents by id: only
    the whole dataset tells what is missing in one of them."""
    lines = [_line(outcome, rows.get(outcome.document_id, {})) for outcome in outcomes]
    listed = [line for line in lines if line.state != "known" or line.status == "partial"]
    return tuple(sorted(listed, key=lambda line: (line.file_name, line.location)))


def _line(outcome: Outcome, row: Mapping[str, str]) -> FileLine:
    told = row if not outcome.has_failed else {}
    return FileLine(
        printable(outcome.item.location), outcome.item.name, outcome.state, told.get("status", outcome.status), outcome.pages,
        outcome.seconds, outcome.code, told.get("message", outcome.message), outcome.remedy,
    )  # fmt: skip


def as_json(record: RunRecord) -> str:
    """The report for machines."""
    return json.dumps(asdict(record), ensure_ascii=False, indent=1, default=str) + "\n"


def as_html(record: RunRecord) -> str:
    """The report for people: one file without anything from elsewhere."""
    from jinja2 import Environment

    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    template = (files("dealproof.runs") / "report.html.j2").read_text(encoding="utf-8")
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
