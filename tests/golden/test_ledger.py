"""The ledger is closed for every document at hand: no printed figure that is neither fact, nor left by a rule, nor asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from dealproof.extract.document import extract_document
from dealproof.mappings.labels import Labels, load_labels
from tests.doubles.accounts import unaccounted

ROOT = Path(__file__).parents[2]
PRACTICE = ROOT.parent / "shared" / "practice" / "pdf"
SAMPLES = sorted((ROOT / "samples").glob("*.pdf"))


@pytest.fixture(scope="module")
def labels() -> Labels:
    return load_labels(ROOT / "mappings" / "labels")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_figure_of_a_sample_is_accounted_for(path: Path, labels: Labels) -> None:
    extract = extract_document(path, labels)
    assert unaccounted(extract, labels) == []


@pytest.mark.skipif(not PRACTICE.exists(), reason="the practice documents are not at hand")
def test_every_figure_of_the_practice_documents_is_accounted_for(labels: Labels) -> None:
    for path in sorted(PRACTICE.glob("*.pdf")):
        extract = extract_document(path, labels)
        assert unaccounted(extract, labels) == [], path.name
