"""What must hold between the figures of the published review, and the two places where it contradicts itself."""

from __future__ import annotations

from decimal import Decimal

from samples.market.computed import COMPUTED, Row, take
from samples.market.targets import published
from samples.market.ties import TIES, Tried, tried


def _tried() -> dict[str, Tried]:
    return {item.tie.id: item for item in tried()}


def test_two_published_figures_contradict_others_and_are_told_not_repaired() -> None:
    against = {name: item for name, item in _tried().items() if not item.holds}
    assert set(against) == {"C29", "C32"}
    assert all(item.tie.why for item in against.values())


def test_the_same_ten_deals_change_in_two_ways() -> None:
    tie = _tried()["C29"]
    assert (tie.printed, tie.greatest) == (Decimal("-10.01"), Decimal("-9.455"))


def test_the_mean_multiple_does_not_follow_from_its_groups_as_printed() -> None:
    tie = _tried()["C32"]
    assert tie.printed < tie.least


def test_half_a_digit_explains_figures_that_lie_on_its_edge() -> None:
    assert all(_tried()[name].holds for name in ("C14", "C24"))


def test_ties_speak_of_figures_that_are_published() -> None:
    known = {item.id for item in published()}
    assert {name for tie in TIES for name in (tie.gives, *tie.of)} <= known


def test_every_published_figure_is_looked_for_among_the_results() -> None:
    assert set(COMPUTED) == {item.id for item in published()}


def test_a_figure_that_was_not_given_is_none_not_zero() -> None:
    row = Row("issuance.amount", 2025, {}, {"value": "1", "share_pct": "", "change": ""})
    assert take("issuance.amount", "change")([row]) is None
    assert take("issuance.amount", "value", market="abn")([row]) is None
