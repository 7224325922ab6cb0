"""What the documents of the made-up market print is read back value by value."""

from __future__ import annotations

from pathlib import Path

from samples.market.check import compare
from samples.market.plan import make_plan
from samples.market.small import small

from tests.market.conftest import DEALS


def test_every_value_comes_back_as_planned(dataset: Path) -> None:
    assert compare(small(make_plan(), DEALS), dataset) == []


def test_no_question_is_open(dataset: Path) -> None:
    assert (dataset / "questions.csv").read_text(encoding="utf-8-sig").splitlines()[1:] == []


def test_a_value_that_is_read_otherwise_is_named(dataset: Path, tmp_path: Path) -> None:
    market = small(make_plan(), DEALS)
    for file in dataset.glob("*.csv"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    tranches = tmp_path / "tranches.csv"
    text = tranches.read_text(encoding="utf-8")
    tranches.write_text(text.replace(",senior,", ",mezzanine,", 1), encoding="utf-8")
    assert len(compare(market, tmp_path)) == 1
