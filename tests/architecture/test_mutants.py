"""The tests notice when the code is wrong; `benchmarks/mutants.py` tries every change of the list, here a portion."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def harness() -> Iterator[ModuleType]:
    spec = importlib.util.spec_from_file_location("mutants", ROOT / "benchmarks" / "mutants.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    before = list(sys.path)
    sys.modules["mutants"] = module
    spec.loader.exec_module(module)
    yield module
    sys.path[:] = before


def test_every_change_of_the_list_can_still_be_made(harness: ModuleType) -> None:
    assert {mutant.name: why for mutant in harness.MUTANTS if (why := harness.missing(mutant))} == {}
    assert len({mutant.name for mutant in harness.MUTANTS}) == len(harness.MUTANTS) >= 60


def test_a_change_whose_text_is_gone_or_stands_twice_is_told(harness: ModuleType) -> None:
    one = harness.REPORTED[0]
    assert "0 times" in harness.missing(replace(one, old="no such text"))
    assert "times" in harness.missing(replace(one, old="Decimal"))
    assert "changes nothing" in harness.missing(replace(one, new=one.old))
    assert "does not exist" in harness.missing(replace(one, file="values/gone.py"))
    assert "does not exist" in harness.missing(replace(one, tests=("tests/values/gone.py",)))


def test_changes_that_once_survived_are_noticed_now_and_the_others_are_told_apart(harness: ModuleType) -> None:
    first, tests = harness.REPORTED[0], ("tests/values/test_dates.py",)
    idle = replace(first, name="nobody looks", tests=tests)
    crash = replace(first, name="it cannot run", new="undefined(0)")
    unfinished = replace(first, name="it cannot be compiled", new="Unit(")
    gone = replace(first, name="it cannot be made", old="no such text")
    tried = {r.mutant.name: r for r in harness.run_all([*harness.REPORTED, idle, crash, unfinished, gone], jobs=2)}
    told = {name: result.outcome for name, result in tried.items()}
    assert {told.pop(idle.name), tried[idle.name].by} == {"survived", ""}
    assert (told.pop(crash.name), told.pop(unfinished.name), told.pop(gone.name)) == ("broken", "broken", "missing")
    assert set(told.values()) == {"caught"}, told


def test_tests_that_fail_without_any_change_notice_nothing(
    harness: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in harness.COPIED:
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "tests").unlink()
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_wrong.py").write_text("def test_wrong() -> None:\n    assert False\n", encoding="utf-8")
    monkeypatch.setattr(harness, "ROOT", tmp_path)
    (result,) = harness.run_all([replace(harness.REPORTED[0], tests=("tests/test_wrong.py",))], jobs=1)
    assert (result.outcome, result.by) == ("red", "tests/test_wrong.py fails without any change")
