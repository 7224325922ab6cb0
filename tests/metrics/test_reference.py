"""What documents cannot say comes from the reference file, and only with its source."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from dealproof.errors import MappingError
from dealproof.mappings.check import check_folder
from dealproof.mappings.reference import COLUMNS, load_reference
from tests.metrics.conftest import Reference


def test_amounts_are_held_in_yuan_whatever_their_unit(reference: Reference) -> None:
    found = reference("issuance_amount,all,2025,,,22769,亿元", "stock,all,2025,,,357800000,万元")
    assert found.find("issuance_amount", "all", "2025").value == Decimal("2276900000000")  # type: ignore[union-attr]
    assert found.find("stock", "all", "2025").value == Decimal("3578000000000")  # type: ignore[union-attr]


def test_a_folder_without_the_file_knows_nothing(tmp_path: Path) -> None:
    assert load_reference(tmp_path).find("stock", "all", "2025") is None


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("issuence,all,2025,,,1,亿元", "series"),
        ("stock,all,2025,,,1,%", "unit"),
        ("stock,all,2025年,,,1,亿元", "period"),
        ("yield,all,2025,tenor,1Y,1.9,%", "period"),
        ("stock,all,2025,market,,1,亿元", "member"),
        ("stock,all,2025,city,上海,1,亿元", "group"),
        ("stock,all,2025,,,约三万,亿元", "value"),
    ],
)
def test_a_row_that_makes_no_sense_is_named_with_its_column(reference: Reference, row: str, column: str) -> None:
    with pytest.raises(MappingError, match=rf"market_reference.csv:2 \[{column}\]"):
        reference(row)


def test_a_figure_without_source_is_refused(tmp_path: Path) -> None:
    (tmp_path / "market_reference.csv").write_text(
        ",".join(COLUMNS) + "\nstock,all,2025,,,1,亿元,,,\n", encoding="utf-8"
    )
    with pytest.raises(MappingError, match="source"):
        load_reference(tmp_path)


def test_a_figure_that_stands_twice_is_refused(reference: Reference) -> None:
    with pytest.raises(MappingError, match="already"):
        reference("stock,all,2025,,,1,亿元", "stock,all,2025,,,2,亿元")


def test_mappings_check_names_mistakes_of_the_reference_file_too(tmp_path: Path) -> None:
    (tmp_path / "market_reference.csv").write_text(
        ",".join(COLUMNS) + "\nstock,all,2025,,,x,亿元,某,2026-01-01,\n", encoding="utf-8"
    )
    assert any(item.file == "market_reference.csv" and item.column == "value" for item in check_folder(tmp_path))


def test_a_provider_that_no_institution_has_is_a_mistake_for_it_would_count_as_new(tmp_path: Path) -> None:
    (tmp_path / "institutions.csv").write_text(
        "institution_id,legal_name\nI048,浙江网商银行股份有限公司\n", encoding="utf-8"
    )
    rows = "\n".join(
        f"issuance_count,micro_loan,2023,provider,{name},1,单,某,2026-01-01," for name in ("I048", "I9999")
    )
    (tmp_path / "market_reference.csv").write_text(",".join(COLUMNS) + "\n" + rows + "\n", encoding="utf-8")
    with pytest.raises(MappingError, match=r"market_reference.csv:3 \[member\].*I9999"):
        load_reference(tmp_path)
