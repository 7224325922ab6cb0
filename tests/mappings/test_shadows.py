"""Rows of patterns that take labels which other rows of the file were written for are found by `mappings check`."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dealproof.cli.app import app
from dealproof.errors import ExitCode
from dealproof.mappings.check import check_folder
from dealproof.mappings.labels import load_labels
from dealproof.mappings.shadows import examples

SHIPPED = Path(__file__).parents[2] / "mappings"
HEAD = "field,label,match,note"


def said(tmp_path: Path, group: str, *rows: str) -> list[str]:
    """What check says of a folder whose label file holds these rows and nothing else."""
    mappings = Path(shutil.copytree(SHIPPED, tmp_path / "mappings", dirs_exist_ok=True))
    (mappings / "labels" / f"{group}.csv").write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")
    return [str(finding) for finding in check_folder(mappings) if finding.file == f"labels/{group}.csv"]


@pytest.mark.parametrize("wanted", [
    "wa_dti_pct,.*(?:收入债务比|债务收入比|dti).*,regex,",
    "wa_dti_pct,(?:借款人)?(?:加权平均|加权)?收入债务比,regex,",
    "wa_dti_pct,收入债务比,suffix,",
    "wa_dti_pct,加权平均收入债务比,,",
])  # fmt: skip
def test_an_ignored_pattern_that_swallows_a_wanted_label_is_found(tmp_path: Path, wanted: str) -> None:
    (told,) = said(tmp_path, "pool_stats", "-,.*加权平均.*(?:年收入|收入).*,regex,no metric of the contract", wanted)
    assert told.startswith("labels/pool_stats.csv:2 [label]: this row leaves aside 加权平均收入债务比")
    assert "which labels/pool_stats.csv:3 wants as wa_dti_pct" in told


@pytest.mark.parametrize(("taker", "label"), [
    ("-,累计,prefix,", "累计违约率"),
    ("-,违约,contains,", "累计违约率"),
    ("-,率,suffix,", "累计违约率"),
    ("-,(?:本期末?)?累计(?:违约|逾期)率,regex,", "累计违约率"),
    ("delinquent_pct,.*违约率,regex,", "累计违约率"),
])  # fmt: skip
def test_whatever_its_match_an_earlier_row_that_takes_what_a_later_one_describes_is_found(
    tmp_path: Path, taker: str, label: str
) -> None:
    (told,) = said(tmp_path, "performance", taker, "cumulative_default_pct,(?:期末)?累计(?:净)?违约率,regex,")
    assert label in told


def test_a_row_that_takes_only_some_wordings_of_another_is_found_with_such_a_wording(tmp_path: Path) -> None:
    (told,) = said(
        tmp_path, "performance", "-,静态,prefix,", "cumulative_default_pct,(?:资产池|静态)?累计违约率,regex,"
    )
    assert "leaves aside 静态累计违约率" in told


def test_a_row_behind_the_wanted_one_takes_nothing_from_it(tmp_path: Path) -> None:
    assert said(tmp_path, "performance", "prepayment_pct,年化早偿率?,regex,", "-,年化,prefix,") == []


def test_two_rows_that_lead_to_the_same_field_take_nothing_from_each_other(tmp_path: Path) -> None:
    rows = ("loan_count,.*笔数,regex,", "loan_count,(?:贷款|资产)笔数,regex,")
    assert said(tmp_path, "pool_stats", *rows) == []


def test_an_exact_row_that_leaves_a_label_aside_is_an_exception_and_no_shadow(tmp_path: Path) -> None:
    assert said(tmp_path, "pool_stats", "-,合同笔数,,", "loan_count,(?:贷款|合同)?笔数,regex,") == []


def test_patterns_that_only_might_meet_in_some_label_are_not_told(tmp_path: Path) -> None:
    rows = ("-,.*不低于.*,regex,", "wa_remaining_term_years,.*加权平均剩余期限.*,regex,")
    assert said(tmp_path, "pool_stats", *rows) == []


def test_check_ends_with_the_code_of_invalid_mappings_where_a_row_is_shadowed(tmp_path: Path) -> None:
    said(tmp_path, "triggers", "-,.*触发.*,regex,", "header_threshold,触发值,suffix,")
    result = CliRunner().invoke(app, ["mappings", "check", "--mappings", str(tmp_path / "mappings")])
    assert result.exit_code == ExitCode.MAPPING_INVALID
    assert "labels/triggers.csv:2 [label]" in result.output


def test_every_pattern_that_comes_with_the_program_gives_an_example_that_leads_to_its_field() -> None:
    never = [
        row.where
        for group in load_labels(SHIPPED / "labels").groups.values()
        for row, pattern in group.loose_rows
        if not any(group.loose(label) == row for label in examples(row) if pattern.search(label))
    ]
    assert never == []
