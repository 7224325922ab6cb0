"""The ledger is closed for every sample: no printed figure that is neither fact, nor left by a rule, nor asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from dealproof.extract.document import extract_document
from dealproof.mappings.labels import Labels, load_labels
from tests.doubles.accounts import unaccounted

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "samples").glob("*.pdf"))


@pytest.fixture(scope="module")
def labels() -> Labels:
    return load_labels(ROOT / "mappings" / "labels")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_figure_of_a_sample_is_accounted_for(path: Path, labels: Labels) -> None:
    extract = extract_document(path, labels)
    assert unaccounted(extract, labels) == []
