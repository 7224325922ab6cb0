"""The measure of scanned documents, held against itself: it must see what is wrong, and nothing that is right."""

from __future__ import annotations

import copy
import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


def _module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "benchmarks" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def measure() -> ModuleType:
    return _module("scan_score")


@pytest.fixture(scope="module")
def native(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A trustee report without any question."""
    target = tmp_path_factory.mktemp("reading") / "reading.json"
    _module("scan_reading").main(str(ROOT / "samples" / "P0202407180000000004.pdf"), str(target))
    return dict(json.loads(target.read_text(encoding="utf-8")))


def _balance(reading: dict[str, Any]) -> dict[str, str]:
    return next(row for row in reading["tables"]["delinquency"] if row["bucket"] == "1-30")


def _question(row: dict[str, str], **changes: str) -> dict[str, str]:
    key = "|".join(row[name] for name in ("deal_id", "period_no", "bucket", "document_id"))
    asked = {"table": "delinquency", "key": key, "column": "balance", "page": "2", "state": "open"}
    return asked | {"document_id": row["document_id"]} | changes


def test_a_document_read_like_itself_is_exact_and_silent_about_nothing(
    measure: ModuleType, native: dict[str, Any]
) -> None:
    values, tables = measure.score(native, native).values, measure.score(native, native).tables
    assert values["exact"] == values["wanted"] > 120
    assert values["wrong"] == values["missing"] == values["spurious"] == values["silent"] == 0
    assert tables["exact"] == tables["wanted"] >= 10


def test_another_id_of_the_document_is_no_fault(measure: ModuleType, native: dict[str, Any]) -> None:
    scan = json.loads(json.dumps(native).replace(native["tables"]["documents"][0]["document_id"], "f" * 64))
    assert measure.score(native, scan).faults == []


def test_a_wrong_digit_that_nobody_asks_about_is_silent_and_costs_its_table(
    measure: ModuleType, native: dict[str, Any]
) -> None:
    scan = copy.deepcopy(native)
    _balance(scan)["balance"] += "1"
    result, before = measure.score(native, scan), measure.score(native, native)
    assert (result.values["wrong"], result.values["silent"], result.figures["silent"]) == (1, 1, 1)
    assert result.tables["exact"] == before.tables["exact"] - 1


def test_a_wrong_digit_that_a_question_is_about_is_not_silent(measure: ModuleType, native: dict[str, Any]) -> None:
    scan = copy.deepcopy(native)
    _balance(scan)["balance"] += "1"
    scan["tables"]["questions"] = [_question(_balance(scan))]
    result = measure.score(native, scan)
    assert (result.values["wrong"], result.values["silent"], result.questions) == (1, 0, 1)


def test_a_question_about_another_cell_or_one_that_is_closed_does_not_count(
    measure: ModuleType, native: dict[str, Any]
) -> None:
    for change in ({"column": "count", "page": ""}, {"state": "answered"}, {"table": "performance"}, {"page": "1", "column": "count"}):  # fmt: skip
        scan = copy.deepcopy(native)
        _balance(scan)["balance"] += "1"
        scan["tables"]["questions"] = [_question(_balance(scan), **change)]
        assert measure.score(native, scan).values["silent"] == 1, change


def test_a_question_that_knows_the_page_alone_is_told_apart(measure: ModuleType, native: dict[str, Any]) -> None:
    scan = copy.deepcopy(native)
    _balance(scan)["balance"] += "1"
    scan["tables"]["questions"] = [_question(_balance(scan), table="", key="", column="")]
    result = measure.score(native, scan)
    assert (result.values["silent"], result.values["page_only"]) == (0, 1)


def test_a_row_under_a_misread_name_is_missing_and_invented(measure: ModuleType, native: dict[str, Any]) -> None:
    text = json.dumps(native, ensure_ascii=False)
    scan = json.loads(text.replace("|优先A1|", "|优先AI|").replace('"tranche": "优先A1"', '"tranche": "优先AI"'))
    values = measure.score(native, scan).values
    assert values["missing"] == values["spurious"] == values["silent"] > 3


def test_a_missing_value_is_not_silent(measure: ModuleType, native: dict[str, Any]) -> None:
    scan = copy.deepcopy(native)
    _balance(scan)["balance"] = ""
    values = measure.score(native, scan).values
    assert (values["missing"], values["wrong"], values["silent"]) == (1, 0, 0)


def test_a_value_in_doubt_on_the_native_page_is_not_asked_of_the_scan(
    measure: ModuleType, native: dict[str, Any]
) -> None:
    doubtful, scan = copy.deepcopy(native), copy.deepcopy(native)
    doubtful["tables"]["questions"] = [_question(_balance(doubtful))]
    _balance(scan)["balance"] += "1"
    assert measure.score(doubtful, scan).values["wrong"] == 0


def test_confidence_is_counted_with_what_became_of_the_value(measure: ModuleType, native: dict[str, Any]) -> None:
    scan = copy.deepcopy(native)
    for row in scan["tables"]["evidence"]:
        row["confidence"] = "0.97"
    _balance(scan)["balance"] += "1"
    counts = measure.score(native, scan).sure[0.98]
    assert counts["read"] - counts["exact"] == counts["silent"] == 1
