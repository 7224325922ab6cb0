"""One invented review, its deals, and both written once for all tests."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from dealproof.market_review.dossier import Dossier, dossiers
from dealproof.market_review.write import write_review
from dealproof.metrics.model import Review
from tests.doubles import reviews


@pytest.fixture(scope="session")
def review() -> Review:
    return reviews.review()


@pytest.fixture(scope="session")
def deals(review: Review) -> Mapping[str, Dossier]:
    dataset = reviews.dataset()
    places = {
        row["document_id"]: f"https://files.example/{row['document_id']}.pdf" for row in dataset.rows("documents")
    }
    return dossiers(review, dataset, places)


@pytest.fixture(scope="session")
def folder(review: Review, deals: Mapping[str, Dossier], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The review as written, once."""
    place = tmp_path_factory.mktemp("review") / "out"
    write_review(review, deals, place)
    return place
