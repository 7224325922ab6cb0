"""What one file may cost, as settings say it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealproof.errors import UsageError
from dealproof.settings.limits import LEAST_MEMORY, LimitRules, Limits, limit_rules
from dealproof.settings.settings import build_settings


@pytest.mark.parametrize(
    ("text", "size"),
    [("4 GB", 4 << 30), ("4g", 4 << 30), ("1.5 GiB", 3 << 29), ("800MB", 800 << 20), (str(1 << 30), 1 << 30)],
)
def test_memory_is_said_as_people_say_it(text: str, size: int) -> None:
    assert limit_rules({"memory": text}, {}).every.memory == size


@pytest.mark.parametrize("text", ["", "much", "-4 GB", "4 TB", "100 MB", "4,5 GB", "0"])
def test_memory_that_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="memory = "):
        limit_rules({"memory": text}, {})


@given(st.integers(1, 1_000_000))
def test_any_whole_number_of_seconds_and_pages_is_taken(number: int) -> None:
    found = limit_rules({"seconds": number, "pages": str(number)}, {}).every
    assert (found.seconds, found.pages, found.memory) == (number, number, Limits().memory)


@given(st.one_of(st.integers(max_value=0), st.floats(), st.text(st.characters(exclude_categories=["Nd"]))))
def test_any_other_limit_is_refused(value: object) -> None:
    with pytest.raises(UsageError, match="makes no sense"):
        limit_rules({"seconds": value}, {})


@given(st.integers(LEAST_MEMORY, 1 << 40), st.integers(1, 10**6))
def test_other_limits_have_another_text(memory: int, seconds: int) -> None:
    limits = Limits(seconds=seconds, memory=memory)
    assert (limits.text == Limits().text) == (limits == Limits())


def test_the_first_pattern_that_fits_a_file_decides() -> None:
    rules = limit_rules({"pages": 9}, {"*全文*.pdf": {"seconds": 3600}, "*.pdf": {"pages": 3}})
    assert rules.of("募集说明书全文.pdf") == Limits(seconds=3600, pages=9)
    assert rules.of("a.pdf") == Limits(pages=3)
    assert rules.of("a.txt") == rules.every == Limits(pages=9)


@pytest.mark.parametrize("files", ["all", {"*.pdf": 3}, {"*.pdf": {"second": 3}}])
def test_a_table_of_patterns_that_makes_no_sense_is_refused(files: object) -> None:
    with pytest.raises(UsageError, match="no sense"):
        limit_rules({}, files)


def test_limits_come_from_option_then_environment_then_file(tmp_path: Path) -> None:
    (tmp_path / "dealproof.toml").write_text('seconds = 1\npages = 1\nmemory = "1 GB"\n', encoding="utf-8")
    environment = {"DEALPROOF_SECONDS": "2", "DEALPROOF_PAGES": "2"}
    found = build_settings({"seconds": 3}, environment, tmp_path).limits
    assert found == LimitRules(Limits(seconds=3, pages=2, memory=1 << 30))
