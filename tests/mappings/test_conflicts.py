"""Every mistake in the analysts' files is found at once: file, line, column, remedy."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from dealproof.errors import MappingError
from dealproof.mappings.check import check_folder
from dealproof.mappings.load import load_registry

ROOT = Path(__file__).parents[2]
INSTITUTIONS = "institution_id,legal_name,short_name,kind,parent_id,name_en,former_names"
ALIASES = "decision,mention,institution_id,canonical_name,role_scope,deal_scope,valid_from,valid_to,decided_by"
TWO = ("A1,甲银行股份有限公司,甲银行,commercial_bank,,,", "A2,乙银行股份有限公司,乙银行,commercial_bank,,,")


def folder(tmp_path: Path, institutions: tuple[str, ...] = TWO, **files: tuple[str, ...]) -> Path:
    shutil.copytree(ROOT / "mappings" / "labels", tmp_path / "labels", dirs_exist_ok=True)
    lines = {"institutions": (INSTITUTIONS, *institutions), "expectations": ("kind,field,need,when,note",), **files}
    for name, rows in lines.items():
        (tmp_path / f"{name}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8-sig")
    return tmp_path


def told(place: Path) -> list[str]:
    return [str(finding) for finding in check_folder(place)]


def test_the_files_that_come_with_the_program_hold_no_mistake() -> None:
    assert told(ROOT / "mappings") == []


INSTITUTION_MISTAKES = {
    "an id is used twice": (("A1,丙银行股份有限公司,,commercial_bank,,,",), "institutions.csv:4 [institution_id]"),
    "a legal name stands twice": (("A3,甲银行股份有限公司,,commercial_bank,,,",), "institutions.csv:4 [legal_name]"),
    "a kind is unknown": (("A3,丙银行股份有限公司,,bank,,,",), "institutions.csv:4 [kind]"),
    "a former name's dates make no sense": (
        ("A3,丙银行股份有限公司,,other,,,旧银行（至去年）（至2020）",),
        "[former_names]",
    ),
    "a short name belongs to two": (("A3,丙银行股份有限公司,甲银行,other,,,",), "institutions.csv:4 [short_name]"),
    "a parent does not exist": (("A3,丙银行股份有限公司,,other,A9,,",), "institutions.csv:4 [parent_id]"),
    "parents go in a circle": (("A3,丙公司,,other,A4,,", "A4,丁公司,,other,A3,,"), "is a circle"),
    "two are each other's former name": (
        ("A3,丙公司,,other,,,丁公司", "A4,丁公司,,other,,,丙公司"),
        "institutions.csv:4 [former_names]",
    ),
}


@pytest.mark.parametrize("name", INSTITUTION_MISTAKES)
def test_mistakes_in_the_list_of_institutions(tmp_path: Path, name: str) -> None:
    rows, place = INSTITUTION_MISTAKES[name]
    assert any(place in line for line in told(folder(tmp_path, (*TWO, *rows)))), told(tmp_path)


ALIAS_MISTAKES = {
    "an unknown decision": (("maybe,甲行,A1,,,,,,王敏",), "aliases.csv:2 [decision]"),
    "an alias to two institutions": (("alias,大行,A1,,,,,,王敏", "alias,大行,A2,,,,,,王敏"), "aliases.csv:3 [mention]"),
    "an alias that is somebody's legal name": (("alias,乙银行股份有限公司,A1,,,,,,王敏",), "aliases.csv:2 [mention]"),
    "an id that is not in the list": (("alias,甲行,A7,,,,,,王敏",), "aliases.csv:2 [institution_id]"),
    "id and name that disagree": (("alias,甲行,A1,乙银行股份有限公司,,,,,王敏",), "aliases.csv:2 [canonical_name]"),
    "a day that does not exist as such": (("alias,甲行,A1,,,,去年,,王敏",), "aliases.csv:2 [valid_from]"),
    "an end before its beginning": (("alias,甲行,A1,,,,2025-02-01,2025-01-01,王敏",), "aliases.csv:2 [valid_to]"),
    "dates that overlap": (
        ("alias,大行,A1,,,,2024-01-01,2025-06-30,王敏", "alias,大行,A2,,,,2025-06-30,,王敏"),
        "aliases.csv:3 [mention]",
    ),
    "a no beside a yes": (("alias,大行,A1,,,,,,王敏", "not_same,大行,A1,,,,,,王敏"), "aliases.csv:3 [mention]"),
    "a merger without its day": (("merged_into,甲银行,A2,,,,,,王敏",), "aliases.csv:2 [valid_from]"),
    "mergers in a circle": (
        (
            "merged_into,甲银行股份有限公司,A2,,,,2024-01-01,,王敏",
            "merged_into,乙银行股份有限公司,A1,,,,2025-01-01,,王敏",
        ),
        "is a circle of mergers",
    ),
    "a role that does not exist": (("alias,甲行,A1,,boss,,,,王敏",), "aliases.csv:2 [role_scope]"),
    "a name of one character for everybody": (("alias,甲,A1,,,,,,王敏",), "aliases.csv:2 [mention]"),
}


@pytest.mark.parametrize("name", ALIAS_MISTAKES)
def test_mistakes_in_the_decisions(tmp_path: Path, name: str) -> None:
    rows, place = ALIAS_MISTAKES[name]
    assert any(place in line for line in told(folder(tmp_path, aliases=(ALIASES, *rows)))), told(tmp_path)


def test_dates_that_follow_each_other_are_no_mistake(tmp_path: Path) -> None:
    rows = ("alias,大行,A1,,,,,2025-05-31,王敏", "alias,大行,A2,,,,2025-06-01,,王敏")
    assert told(folder(tmp_path, aliases=(ALIASES, *rows))) == []


def test_a_role_or_a_deal_may_answer_otherwise(tmp_path: Path) -> None:
    rows = ("alias,大行,A1,,,,,,王敏", "alias,大行,A2,,评级机构,,,,王敏", "alias,大行,A2,,,远岫2031-1,,,王敏")
    assert told(folder(tmp_path, aliases=(ALIASES, *rows))) == []


def test_an_id_whose_zeros_the_spreadsheet_cut_is_recognised(tmp_path: Path) -> None:
    institutions = ("000123,甲银行股份有限公司,,commercial_bank,,,",)
    (line,) = told(folder(tmp_path, institutions, aliases=(ALIASES, "alias,甲行,123,,,,,,王敏")))
    assert "cut 000123" in line


def test_class_mistakes(tmp_path: Path) -> None:
    header = "institution_id,legal_name,class,valid_from,valid_to,evidence"
    rows = (
        "A1,,城商行,,,review",
        "A1,,商业银行,,,",
        "A1,,商业银行,,2025-06-30,review",
        "A1,,民营银行,2025-06-30,,review",
    )
    lines = told(folder(tmp_path, provider_classes=(header, *rows)))
    places = [re.match(r"\S+ \[\w+\]", line).group() for line in lines]  # type: ignore[union-attr]
    assert places == [
        "provider_classes.csv:2 [class]",
        "provider_classes.csv:3 [evidence]",
        "provider_classes.csv:5 [valid_from]",
    ]


def test_all_mistakes_come_at_once_and_nothing_is_loaded(tmp_path: Path) -> None:
    place = folder(
        tmp_path,
        (*TWO, "A2,丙公司,,bank,,,"),
        aliases=(ALIASES, "maybe,甲行,A1,,,,,,王敏", "alias,甲行,A9,,,,,,王敏"),
        deals=("file_name,deal_id", "x.pdf,", ",远岫2031-1"),
    )
    assert len(told(place)) == 6
    with pytest.raises(MappingError, match="6 mistakes"):
        load_registry(place)
