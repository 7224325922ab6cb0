"""Documents from outside the project with gold from outside the project; skipped where they are not at hand."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from dealproof.dataset.build import build_dataset
from dealproof.dataset.export import write_export
from dealproof.extract import extract_document
from dealproof.interpret.read import interpret_document
from dealproof.mappings.labels import load_labels
from dealproof.mappings.load import load_registry

ROOT = Path(__file__).parents[2]
PRACTICE = ROOT.parent / "shared" / "practice"


@pytest.mark.skipif(not (PRACTICE / "score.py").exists(), reason="the practice documents are not at hand")
def test_native_practice_documents_meet_the_aims_and_no_error_is_silent(tmp_path: Path) -> None:
    labels = load_labels(ROOT / "mappings" / "labels")
    read = [interpret_document(extract_document(p, labels), labels) for p in sorted((PRACTICE / "pdf").glob("*.pdf"))]
    write_export(build_dataset(read, load_registry(ROOT / "mappings")), tmp_path, "csv")
    command = [sys.executable, str(PRACTICE / "score.py"), str(PRACTICE / "gold"), str(tmp_path), "--native"]
    last = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip().splitlines()[-1]
    scores = re.fullmatch(r"recall ([\d.]+)% precision ([\d.]+)% silent (\d+)/\d+ evidence ([\d.]+)%.*", last)
    assert scores is not None, last
    recall, precision, silent, evidence = map(float, scores.groups())
    assert silent == 0, last
    assert recall >= 97, last
    assert precision >= 99.5, last
    assert evidence >= 99, last
