"""Where the answer to a question is written."""

from __future__ import annotations

import pytest

from dealproof.workbench.wanted_rows import Given, wish


@pytest.mark.parametrize(
    ("table", "column", "file"),
    [
        ("pool_stats", "", "labels/pool_stats.csv"),
        ("delinquency", "columns", "labels/columns.csv"),
        ("pool_distributions", "columns", "labels/columns.csv"),
    ],
)
def test_what_a_label_means_is_written_to_the_file_that_knows_such_labels(table: str, column: str, file: str) -> None:
    question = {"question_id": "q1", "kind": "unknown_label", "table": table, "key": "", "column": column, "value": "期末余额"}
    asked = wish(Given("q1", "corrected", "amount", "", "王敏", "2026-01-05", 1), question, None)
    assert (asked.file, asked.row["field"], asked.row["label"]) == (file, "amount", "期末余额")
