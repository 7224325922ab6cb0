"""A file that was saved beside the one that is read, or under another name or format, is never left out in silence."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dealproof.errors import MappingError
from dealproof.mappings.check import check_folder
from dealproof.mappings.load import load_registry

ROOT = Path(__file__).parents[2]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "mappings", tmp_path / "mappings"))


STRAYS = {
    "corrections.xlsx": "corrections.csv", "Corrections.csv": "corrections.csv", "correction.csv": "corrections.csv",
    "corrections - 副本.csv": "corrections.csv", "corrections(1).csv": "corrections.csv", "corrections（2）.xlsx": "corrections.csv",
    "副本aliases.csv": "aliases.csv", "aliases_2026.et": "aliases.csv", "answer.csv": "answers.csv", "deals.xls": "deals.csv",
    "market reference.csv": "market_reference.csv", "labels/performance.xlsx": "labels/performance.csv",
}  # fmt: skip


@pytest.mark.parametrize("name", STRAYS)
def test_a_file_beside_the_one_that_counts_is_named_with_what_to_do(place: Path, name: str) -> None:
    (place / name).write_bytes(b"whatever")
    (finding,) = check_folder(place)
    assert str(finding).startswith(f"{name}: this file is not read: {STRAYS[name]} counts.")
    assert f"under the name {STRAYS[name]}" in finding.remedy
    load_registry(place)


@pytest.mark.parametrize("name", ["corrections.xlsx", "aliases(1).csv", "answer.csv"])
def test_a_file_in_place_of_the_one_that_is_read_is_refused(place: Path, name: str) -> None:
    known = STRAYS.get(name, "aliases.csv")
    (place / known).rename(place / name)
    with pytest.raises(MappingError, match=f"this file is not read, and {known} is missing") as refused:
        load_registry(place)
    assert f"under the name {known}" in refused.value.remedy


LITTER = (
    "~$corrections.xlsx",
    ".corrections.csv.swp",
    "._corrections.csv",
    "names.csv",
    "questions.xlsx",
    "README.txt",
    "说明.xlsx",
)


@pytest.mark.parametrize("name", LITTER)
def test_locks_of_spreadsheets_and_files_of_other_names_are_no_strays(place: Path, name: str) -> None:
    (place / name).write_bytes(b"whatever")
    assert check_folder(place) == ()
