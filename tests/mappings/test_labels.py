"""A printed label leads to its row, also where a sign of it was not recognised and nothing else can be meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from dealproof.mappings.labels import load_labels

LABELS = load_labels(Path(__file__).parents[2] / "mappings" / "labels")


@pytest.mark.parametrize(("printed", "field"), [
    ("付息（或收益）金额", "interest_paid"),
    ("付息（或收益金额", "interest_paid"),
    ("付息（或别的什么金额", ""),
    ("付息（或收益））金额", ""),
])  # fmt: skip
def test_a_label_whose_closing_bracket_was_not_recognised_is_the_same_label(printed: str, field: str) -> None:
    assert LABELS.field("tranche_payments", printed) == field
