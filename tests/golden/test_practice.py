"""Documents from outside the project with gold from outside the project; skipped where they are not at hand."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dealproof.dataset.build import build_dataset
from dealproof.export.write import write_export
from dealproof.extract.document import extract_document
from dealproof.interpret.read import interpret_document
from dealproof.mappings.labels import Labels, load_labels
from dealproof.mappings.load import load_registry
from dealproof.model.extract import Extract
from tests.doubles.accounts import unaccounted
from tests.doubles.programs import benchmark

ROOT = Path(__file__).parents[2]
PRACTICE = ROOT.parent / "shared" / "practice"
ANHUI = ROOT.parent / "shared" / "real" / "安徽省铁路发展基金_2025募集说明书.pdf"
pytestmark = pytest.mark.skipif(not (PRACTICE / "score.py").exists(), reason="the practice documents are not at hand")


@pytest.fixture(scope="module")
def labels() -> Labels:
    return load_labels(ROOT / "mappings" / "labels")


@pytest.fixture(scope="module")
def extracts(labels: Labels) -> list[Extract]:
    """What stands in all practice documents, the scanned one among them."""
    return [extract_document(path, labels) for path in sorted((PRACTICE / "pdf").glob("*.pdf"))]


@pytest.fixture(scope="module")
def export(extracts: list[Extract], labels: Labels, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset of all practice documents."""
    folder = tmp_path_factory.mktemp("export")
    read = [interpret_document(extract, labels) for extract in extracts]
    write_export(build_dataset(read, load_registry(ROOT / "mappings")), folder, "csv")
    return folder


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _score(gold: Path, export: Path, *options: str) -> dict[str, Any]:
    command = [sys.executable, str(PRACTICE / "score.py"), str(gold), str(export), "--json", *options]
    total: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return total


def test_native_practice_documents_meet_the_aims_and_no_error_is_silent(export: Path) -> None:
    total = _score(PRACTICE / "gold", export, "--native")["total"]
    assert total["silent"] == 0
    assert total["recall"] >= 0.97
    assert total["precision"] >= 0.995
    assert total["evidence"] >= 0.99


def test_every_figure_of_the_practice_documents_is_accounted_for(extracts: list[Extract], labels: Labels) -> None:
    for extract in extracts:
        assert unaccounted(extract, labels) == [], extract.source.file_name


def test_no_field_that_gold_finds_in_a_practice_document_counts_as_not_disclosed(export: Path) -> None:
    assert benchmark("coverage").main(PRACTICE / "gold", export, PRACTICE / "pdf") == 0
    assert _score(PRACTICE / "gold", export)["coverage"]["bad"] == []


def test_scanned_practice_documents_meet_the_aims_and_no_error_is_silent(export: Path, tmp_path: Path) -> None:
    """Gold cut down to what is printed on scans only; the whole table counts as exact when each of its cells is."""
    pytest.importorskip("rapidocr")
    scans = {row["file_name"] for row in _rows(PRACTICE / "gold" / "files.csv") if row["scanned_pages"] == "all"}
    for path in (PRACTICE / "gold").glob("*.csv"):
        rows = _rows(path)
        kept = [row for row in rows if "_source" not in row or set(row["_source"].split(";")) <= scans]
        if path.name == "coverage.csv" or path.name == "expected_questions.csv":
            kept = []
        with (tmp_path / path.name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]) if rows else [])
            writer.writeheader()
            writer.writerows(kept)
    result = _score(tmp_path, export)
    total = result["total"]
    tables = [table for table in result["tables"].values() if table["gold"]]
    exact = [table for table in tables if table["exact"] == table["gold"] and not table["wrong"] + table["spurious"]]
    assert total["silent"] == 0
    assert total["exact"] >= 0.99 * total["gold"]
    assert len(exact) >= 0.9 * len(tables)


@pytest.mark.skipif(not ANHUI.exists(), reason="the real circular is not at hand")
def test_a_real_circular_sends_exactly_its_scanned_pages_to_recognition_and_the_cover_is_read() -> None:
    pytest.importorskip("rapidocr")
    labels = load_labels(ROOT / "mappings" / "labels")
    extract = extract_document(ANHUI, labels)
    assert [page.number for page in extract.pages if page.needs_ocr] == [1, *range(261, 273), *range(276, 287)]
    cover = next(table for table in extract.tables if table.pages == (1,))
    assert cover.texts() == [
        ["注册金额", "10亿元"],
        ["担保情况及其他增信措施", "无"],
        ["发行人主体信用等级", "AAA"],
        ["本次债券信用等级", "本次债券无评级"],
        ["信用评级机构", "上海新世纪资信评估投资服务有限公司"],
    ]
    read = interpret_document(extract, labels)
    assert (read.status, read.facts, read.pages_ocr, read.pages_unread) == ("unsupported", (), 24, 23)
