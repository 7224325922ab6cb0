"""A printed label leads to its row, also where a sign of it was not recognised and nothing else can be meant."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dealproof.errors import MappingError
from dealproof.mappings.labels import Labels, load_labels

SHIPPED = Path(__file__).parents[2] / "mappings" / "labels"
LABELS = load_labels(SHIPPED)


@pytest.mark.parametrize(("printed", "field"), [
    ("付息（或收益）金额", "interest_paid"),
    ("付息（或收益金额", "interest_paid"),
    ("付息（或别的什么金额", ""),
    ("付息（或收益））金额", ""),
])  # fmt: skip
def test_a_label_whose_closing_bracket_was_not_recognised_is_the_same_label(printed: str, field: str) -> None:
    assert LABELS.field("tranche_payments", printed) == field


def labels(folder: Path, *rows: str) -> Labels:
    """The label files that come with the program, one of them with other rows."""
    shutil.copytree(SHIPPED, folder, dirs_exist_ok=True)
    (folder / "pool_stats.csv").write_text("\n".join(["field,label,match,note", *rows]) + "\n", encoding="utf-8")
    return load_labels(folder)


def test_a_whole_label_goes_before_every_pattern_and_the_first_pattern_before_the_next(tmp_path: Path) -> None:
    found = labels(
        tmp_path, "wa_rate_pct,甲乙.*,regex,", "wa_seasoning_years,.*丙丁,regex,", "wa_dti_pct,甲乙收入债务比,,",
    )  # fmt: skip
    assert found.field("pool_stats", "甲乙收入债务比") == "wa_dti_pct"
    assert found.field("pool_stats", "甲乙丙丁") == "wa_rate_pct"
    assert found.field("pool_stats", "最长丙丁") == "wa_seasoning_years"


def test_a_pattern_must_fit_the_whole_label(tmp_path: Path) -> None:
    found = labels(tmp_path, "loan_count,贷款笔数,regex,")
    assert found.field("pool_stats", "贷款笔数") == "loan_count"
    assert found.field("pool_stats", "逾期贷款笔数占比") == ""


def test_a_label_that_is_ignored_on_purpose_means_no_field(tmp_path: Path) -> None:
    found = labels(tmp_path, "-,逾期贷款笔数,,not of the pool")
    row = found.find("pool_stats", "逾期贷款笔数（笔）")
    assert row is not None
    assert row.field == "-"
    assert found.field("pool_stats", "逾期贷款笔数（笔）") == ""


def test_a_label_that_leads_to_two_fields_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match=r"labels/pool_stats\.csv:3"):
        labels(tmp_path, "loan_count,贷款笔数,,", "borrower_count,贷款笔数（笔）,,")
