"""The ledger is closed for every sample: no printed figure that is neither fact, nor left by a rule, nor asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from dealproof.errors import UnreadableFileError
from dealproof.extract.document import extract_document
from dealproof.mappings.labels import Labels, load_labels
from tests.doubles.accounts import unaccounted

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "samples").glob("*.pdf"))
#: Documents with traps and of layouts that no sample has; those of practice are tried where they are read anyway.
BESIDE = ROOT.parent / "shared"


@pytest.fixture(scope="module")
def labels() -> Labels:
    return load_labels(ROOT / "mappings" / "labels")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_figure_of_a_sample_is_accounted_for(path: Path, labels: Labels) -> None:
    extract = extract_document(path, labels)
    assert unaccounted(extract, labels) == []


@pytest.mark.skipif(not (BESIDE / "cases").exists(), reason="the practice documents are not at hand")
def test_every_figure_of_the_documents_with_traps_is_accounted_for(labels: Labels) -> None:
    broken = []
    for path in sorted((BESIDE / "cases" / "pdf").glob("*.pdf")):
        try:
            extract = extract_document(path, labels)
        except UnreadableFileError:
            broken.append(path.name)
            continue
        assert unaccounted(extract, labels) == [], path.name
    assert broken == ["B13_truncated_tail.pdf"]
