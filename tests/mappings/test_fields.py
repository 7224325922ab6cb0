"""A label leads to a field that its group has, or the row is refused: a misspelt field would lose its values in silence."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dealproof import contract
from dealproof.errors import MappingError
from dealproof.mappings.check import check_folder
from dealproof.mappings.fields import FIELDS, IGNORED, JOINT
from dealproof.mappings.labels import load_labels

SHIPPED = Path(__file__).parents[2] / "mappings"


@pytest.fixture
def mappings(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "mappings"))


def add_row(mappings: Path, group: str, row: str) -> int:
    """Write a row behind the last one of a label file, and say which line it is."""
    path = mappings / "labels" / f"{group}.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}{row}\n", encoding="utf-8")
    return len(text.splitlines()) + 1


def refused(mappings: Path) -> str:
    with pytest.raises(MappingError) as told:
        load_labels(mappings / "labels")
    return str(told.value)


MISSPELT = {
    "a default rate": ("performance", "cumulative_default_rate", "cumulative_default_pct"),
    "a statistic of the pool": ("pool_stats", "principal_balanse", "principal_balance"),
    "a kind of document": ("documents", "trustee_rpt", "trustee_report"),
    "one of two metrics in a cell": ("pool_stats", "min_rate_pct|maximum_rate_pct", "max_rate_pct"),
    "a dimension": ("pool_distributions", "remaining_terms", "remaining_term"),
    "a role": ("parties", "orginator", "originator"),
    "a payment": ("tranche_payments", "principle_paid", "principal_paid"),
    "a date": ("dates", "cut_off_date", "cutoff_date"),
    "a column of a tranche table": ("tranches", "legal_maturty", "legal_maturity"),
    "a share": ("columns", "amount_share", "amount_share_pct"),
    "a section": ("sections", "staticpool", "static_pool"),
    "an account": ("cash_flows", "incomes", "income"),
    "a column of triggers": ("triggers", "header_treshold", "header_threshold"),
    "a purchase": ("revolving_purchases", "purchase_number", "purchase_no"),
    "a header of statuses": ("delinquency", "headers", "header"),
}


@pytest.mark.parametrize("what", MISSPELT)
def test_a_field_that_does_not_exist_is_refused_with_line_and_nearest_name(mappings: Path, what: str) -> None:
    group, field, meant = MISSPELT[what]
    line = add_row(mappings, group, f"{field},某个从未见过的标签,,")
    told = refused(mappings)
    assert f"labels/{group}.csv:{line} [field]" in told
    assert f"Did you mean {meant}?" in told
    assert [str(finding) for finding in check_folder(mappings)] == [told]


def test_a_field_of_another_group_is_refused(mappings: Path) -> None:
    line = add_row(mappings, "performance", "principal_balance,某个从未见过的标签,,")
    assert f"labels/performance.csv:{line} [field]: labels of performance have no field 'principal_balance'" in refused(
        mappings
    )


def test_two_metrics_in_one_cell_are_two_different_metrics_of_the_pool(mappings: Path) -> None:
    add_row(mappings, "pool_stats", "min_rate_pct|max_rate_pct,某个从未见过的标签,,")
    load_labels(mappings / "labels")
    add_row(mappings, "pool_stats", "min_rate_pct|min_rate_pct,另一个从未见过的标签,,")
    assert "[field]" in refused(mappings)


def test_only_pool_statistics_have_two_metrics_in_one_cell(mappings: Path) -> None:
    add_row(mappings, "performance", "delinquent_pct|prepayment_pct,某个从未见过的标签,,")
    assert "'delinquent_pct|prepayment_pct'" in refused(mappings)


def test_a_misnamed_label_file_is_refused_with_the_name_that_was_meant(mappings: Path) -> None:
    (mappings / "labels" / "performance.csv").rename(mappings / "labels" / "perfomance.csv")
    told = refused(mappings)
    assert "labels/perfomance.csv: no group of labels has this name" in told
    assert "Rename it to performance.csv." in told
    assert "labels/performance.csv: the file is missing" in told


def test_a_copy_beside_a_label_file_is_refused_since_its_rows_would_be_lost(mappings: Path) -> None:
    shutil.copy(mappings / "labels" / "tranches.csv", mappings / "labels" / "tranches - 副本.csv")
    assert "nothing of tranches - 副本.csv is read. Rename it to tranches.csv." in refused(mappings)


@pytest.mark.parametrize("group", FIELDS)
def test_a_label_file_that_is_missing_is_refused(mappings: Path, group: str) -> None:
    (mappings / "labels" / f"{group}.csv").unlink()
    assert f"labels/{group}.csv: the file is missing" in refused(mappings)


@pytest.mark.parametrize("litter", ["~$tranches.csv", "._tranches.csv"])
def test_what_excel_and_macos_leave_beside_a_label_file_is_no_label_file(mappings: Path, litter: str) -> None:
    (mappings / "labels" / litter).write_bytes(b"\x00\x05\x16\x07")
    load_labels(mappings / "labels")
    assert check_folder(mappings) == ()


def test_a_label_file_that_cannot_be_decoded_hides_no_mistake_of_another(mappings: Path) -> None:
    (mappings / "labels" / "dates.csv").write_bytes(b"field,label,match,note\n\xff\xff,\xff,,\n")
    add_row(mappings, "performance", "cumulative_default_rate,某个从未见过的标签,,")
    told = refused(mappings)
    assert "neither UTF-8 nor GB18030" in told
    assert "'cumulative_default_rate'" in told


def test_every_field_that_a_group_declares_is_reached_by_a_label_that_comes_with_the_program() -> None:
    labels = load_labels(SHIPPED / "labels")
    reached = {(row.group, part) for row in labels.rows() for part in row.field.split(JOINT)}
    reached |= {(row.group, row.field) for rows in labels.parts.vocabulary.fields.values() for row in rows}
    never = {(group, field) for group, fields in FIELDS.items() for field in fields} - reached
    assert never == {("documents", "other")}


@pytest.mark.parametrize(("group", "table", "column"), [
    ("performance", "performance", "metric"),
    ("pool_stats", "pool_stats", "metric"),
    ("pool_distributions", "pool_distributions", "dimension"),
    ("documents", "documents", "kind"),
    ("parties", "parties", "role"),
])  # fmt: skip
def test_a_word_of_the_contract_can_be_meant_by_a_label(group: str, table: str, column: str) -> None:
    assert set(contract.table(table).column(column).vocabulary) <= set(FIELDS[group])


def test_ignored_is_allowed_everywhere(mappings: Path) -> None:
    for group in FIELDS:
        add_row(mappings, group, f"{IGNORED},某个从未见过的标签,,")
    assert load_labels(mappings / "labels").field("sections", "某个从未见过的标签") == ""
