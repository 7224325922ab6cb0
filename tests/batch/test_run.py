"""What a run notes in the store, whatever became of a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dealproof.runs import many as run
from dealproof.runs.inputs import Input
from dealproof.runs.many import read_planned
from dealproof.runs.outcome import Outcome, State
from dealproof.runs.plan import Plan
from dealproof.runs.watchers import NOBODY
from dealproof.settings.settings import Settings, build_settings
from dealproof.store.database import close_store, open_store
from dealproof.store.files import file_problems, known_files

GOOD, BAD = (
    Input("/in/good.pdf", "/in/good.pdf", "good.pdf", 10, 5),
    Input("/in/bad.pdf", "/in/bad.pdf", "bad.pdf", 9, 5),
)
DAY = datetime(2031, 6, 1, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    made = build_settings({"workspace": tmp_path / "work", "mappings": tmp_path, "jobs": 1}, {}, tmp_path)
    yield made
    close_store(made)


def test_a_file_that_failed_is_noted_as_surely_as_one_that_was_read(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends = [
        Outcome(GOOD, "read", "a" * 64, 10, 3),
        Outcome(BAD, "failed", "b" * 64, 9, 0, "failed", "unreadable", "bad.pdf is damaged.", "Get it again."),
    ]
    monkeypatch.setattr(run, "_engine", lambda *_: iter(ends))
    told = list(read_planned(Plan((GOOD, BAD), ()), settings, NOBODY, lambda: DAY))
    assert told == ends
    store = open_store(settings)
    assert set(known_files(store)) == {GOOD.location}
    assert {place: problem.message for place, problem in file_problems(store).items()} == {
        BAD.location: "bad.pdf is damaged."
    }


def test_the_longest_file_begins_first_so_that_no_worker_idles_beside_it() -> None:
    sizes = {"notice": 90_000, "circular": 9_000_000, "report": 700_000, "scan": 12_000_000, "elsewhere": -1, "report2": 700_000}
    items = [Input(f"/in/{name}", f"/in/{name}", name, size, 5) for name, size in sizes.items()]
    turns = [item.name for item in run.biggest_first(items)]
    assert turns == ["scan", "circular", "report", "report2", "notice", "elsewhere"]


def test_files_are_handed_out_in_that_order(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    handed: list[Input] = []
    monkeypatch.setattr("dealproof.runs.local.read_here", lambda items, *_: handed.extend(items) or iter(()))
    assert list(read_planned(Plan((BAD, GOOD), ()), settings, NOBODY, lambda: DAY)) == []
    assert handed == [GOOD, BAD]


@pytest.mark.parametrize(("state", "failed"), [
    ("read", False), ("known", False), ("busy", False), ("failed", True), ("stands", True),
])  # fmt: skip
def test_a_file_of_which_nothing_is_known_has_failed_whenever_that_was(state: State, failed: bool) -> None:
    assert Outcome(BAD, state, "b" * 64, 9).has_failed is failed
