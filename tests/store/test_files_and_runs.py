"""What the store knows of files, failures, runs and exports, on both databases."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from dealproof.settings.settings import Settings
from dealproof.store import decisions, files, runs
from dealproof.store.connections import Store
from dealproof.store.database import open_store
from dealproof.store.decisions import Dismissal, Forgotten
from dealproof.store.extracts import storable
from dealproof.store.files import FileProblem, KnownFile
from dealproof.store.locks import claim
from dealproof.store.runs import Exported, Run

ID = "0" * 64
FILE = KnownFile("/in/a.pdf", "a.pdf", 10, 1_700_000_000_123_456_789, ID)
PROBLEM = FileProblem(
    "/in/b.pdf", "b.pdf", "1" * 64, 9, 5, "timeout", "b.pdf: took too long.", "Print it.", True, "600s", "0.1-abc", "2026-01-01"
)  # fmt: skip
RUN = Run("r1", "2026-01-01T00:00:00", None, "running", "0.1-abc", "1", "1-def", "labels", 3)


@pytest.fixture
def store(stocked: Settings) -> Store:
    return open_store(stocked)


def test_a_file_and_a_failure_come_back_as_they_were(store: Store) -> None:
    files.note_files(store, [FILE], [PROBLEM])
    assert files.known_files(store) == {FILE.location: FILE}
    assert files.file_problems(store) == {PROBLEM.location: PROBLEM}
    assert files.problem_of(store, PROBLEM.document_id) == PROBLEM
    assert files.problem_of(store, ID) is None


def test_a_location_is_either_read_or_stopped(store: Store) -> None:
    files.note_files(store, [FILE], [PROBLEM])
    stopped = replace(PROBLEM, location=FILE.location)
    files.note_files(store, [replace(FILE, location=PROBLEM.location)], [stopped])
    assert set(files.known_files(store)) == {PROBLEM.location}
    assert files.file_problems(store) == {FILE.location: stopped}


def test_files_that_are_gone_are_forgotten(store: Store) -> None:
    many = [replace(FILE, location=f"/in/{number}.pdf") for number in range(1_200)]
    files.note_files(store, many, [PROBLEM])
    files.forget_files(store, [file.location for file in many[1:]] + [PROBLEM.location])
    assert set(files.known_files(store)) == {"/in/0.pdf"}
    assert files.file_problems(store) == {}


NEWER = replace(FILE, size=12, document_id="2" * 64)


def pairs(store: Store) -> dict[str, str]:
    return {older: item.newer for older, item in files.replaced_documents(store).items()}


def test_a_document_whose_place_another_took_is_replaced_by_it(store: Store) -> None:
    files.note_files(store, [FILE], [])
    files.note_files(store, [NEWER], [])
    assert pairs(store) == {ID: NEWER.document_id}
    newest = replace(FILE, document_id="3" * 64)
    files.note_files(store, [newest], [])
    assert pairs(store) == {ID: NEWER.document_id, NEWER.document_id: newest.document_id}
    files.note_files(store, [FILE], [])
    assert pairs(store) == {NEWER.document_id: newest.document_id, newest.document_id: ID}


def test_a_document_that_lies_elsewhere_too_is_not_replaced_also_after_it_went_from_there(store: Store) -> None:
    copy = replace(FILE, location="/in/copy.pdf")
    files.note_files(store, [FILE, copy], [])
    files.note_files(store, [NEWER], [])
    files.forget_files(store, [copy.location])
    assert pairs(store) == {}


def test_files_that_changed_names_with_each_other_replace_nothing_in_whatever_order_they_are_noted(
    store: Store,
) -> None:
    other = replace(FILE, location="/in/b.pdf", document_id="2" * 64)
    files.note_files(store, [FILE, other], [])
    files.note_files(store, [replace(FILE, document_id=other.document_id)], [])
    files.note_files(store, [replace(other, document_id=FILE.document_id)], [])
    assert pairs(store) == {}


def test_a_file_that_went_and_one_that_came_later_under_its_name_are_two_documents(store: Store) -> None:
    files.note_files(store, [FILE], [])
    files.forget_files(store, [FILE.location])
    files.note_files(store, [NEWER], [])
    assert pairs(store) == {}


def test_a_replacement_that_failed_first_still_replaces_what_was_read_before(store: Store) -> None:
    files.note_files(store, [FILE], [])
    for _ in range(2):
        files.note_files(store, [], [replace(PROBLEM, location=FILE.location)])
        assert pairs(store) == {}
        assert files.file_problems(store)[FILE.location].earlier == ID
    files.note_files(store, [NEWER], [])
    assert pairs(store) == {ID: NEWER.document_id}


def test_a_document_that_is_forgotten_leaves_nothing_until_it_is_handed_in_again(store: Store) -> None:
    files.note_files(store, [FILE], [])
    files.note_files(store, [NEWER], [PROBLEM])
    gone = [Forgotten(NEWER.document_id, "a.pdf", "2026-01-01"), Forgotten(PROBLEM.document_id, "b.pdf", "2026-01-01")]
    decisions.forget_documents(store, gone)
    assert (files.known_files(store), files.file_problems(store), pairs(store)) == ({}, {}, {})
    assert decisions.forgotten(store) == {NEWER.document_id, PROBLEM.document_id}
    files.note_files(store, [NEWER], [])
    assert decisions.forgotten(store) == {PROBLEM.document_id}


def test_a_dismissal_is_kept_with_who_when_and_why(store: Store) -> None:
    known = Dismissal(PROBLEM.document_id, "b.pdf", "王敏", "2026-01-02", "新版已到")
    decisions.dismiss(store, [known])
    assert decisions.dismissals(store) == {PROBLEM.document_id: known}


@pytest.mark.parametrize(
    ("changed", "stands"),
    [({}, True), ({"lasting": False}, False), ({"limits": "900s"}, False), ({"program": "0.2-abc"}, False)],
)
def test_a_failure_stands_until_limits_or_program_change(changed: dict[str, object], stands: bool) -> None:
    assert replace(PROBLEM, **changed).stands("600s", "0.1-abc") is stands  # type: ignore[arg-type]


def test_a_file_name_that_is_no_text_can_be_kept(store: Store) -> None:
    name = os.fsdecode("受托报告.pdf".encode("gbk"))
    kept = replace(FILE, location=storable(f"/in/{name}"), file_name=storable(name))
    files.note_files(store, [kept], [])
    assert files.known_files(store) == {kept.location: kept}


def test_the_run_log_tells_the_last_runs_newest_first(store: Store) -> None:
    runs.begin_run(store, RUN)
    runs.begin_run(store, replace(RUN, run_id="r2", started_at="2026-01-02T00:00:00"))
    runs.end_run(store, "r1", state="done", ended_at="2026-01-01T00:01:00", read=2, failed=1, seconds=60.0, report="{}")
    runs.count_run(store, "r2", done=2, read=1, failed=1)
    with claim(store, runs.alive("r2")):
        second, first = runs.last_runs(store, 5)
    assert (first.run_id, first.state, first.read, first.failed, first.seconds) == ("r1", "done", 2, 1, 60.0)
    assert (second.run_id, second.state, second.files, second.done, second.read) == ("r2", "running", 3, 2, 1)
    assert runs.last_runs(store, 1)[0].run_id == "r2"


def test_a_run_that_nobody_is_at_any_more_was_killed(store: Store) -> None:
    runs.begin_run(store, RUN)
    assert [run.state for run in runs.last_runs(store, 1)] == ["killed"]


def test_an_export_is_remembered_until_it_is_forgotten(store: Store) -> None:
    exported = Exported(
        "digest", {"tranches.csv": (10, 1_700_000_000_123_456_789)}, {"deals": 3}, "2026-01-01", "2025-06-30"
    )
    runs.note_export(store, "/out", exported)
    assert runs.exports(store) == {"/out": exported}
    runs.note_export(store, "/out", replace(exported, inputs="other"))
    assert runs.exports(store)["/out"].inputs == "other"
    runs.forget_export(store, "/out")
    assert runs.exports(store) == {}
