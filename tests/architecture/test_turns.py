"""The list of the dearest tests names files and rooms that there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.turns import DEAREST, TOGETHER

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("place", [*DEAREST, *TOGETHER])
def test_what_has_its_turn_is_there(place: str) -> None:
    assert (ROOT / place).exists()


def test_files_that_share_what_was_set_up_have_one_turn() -> None:
    assert not [place for place in DEAREST if str(Path(place).parent) in TOGETHER]
