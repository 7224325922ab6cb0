"""The metrics themselves: complete, with words for all that they may leave out, each looking at columns that exist."""

from __future__ import annotations

import pytest

from dealproof.metrics.catalog import BY_ID, METRICS
from dealproof.metrics.model import Metric
from dealproof.metrics.review import review_of
from dealproof.metrics.select import COLUMNS
from tests.metrics.market import Market

ONE = (
    Market()
    .deal("乙2025-1", "credit_abs", originator="I2")
    .tranche("乙2025-1", "优先", "1000", "AAAsf", expected_maturity="2027-01-26")
)
ONE.payment("乙2025-1", "优先", "2025-12-26", "900").purchase("乙2025-1", 1, "2025-05-26", "500", "1000")
ONE.rate_of_default("乙2025-1", "2025-11-30", "0.40").tracked("乙2025-1").rate(
    "乙2025-1", "优先", "AAAsf", "tracking 乙2025-1 2025-07-20"
)
LINES = review_of(ONE.dataset(), 2025).lines


def test_every_metric_has_an_id_of_its_own() -> None:
    assert len(BY_ID) == len(METRICS)


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.id)
def test_a_metric_looks_at_columns_that_its_view_has(metric: Metric) -> None:
    columns = set(LINES[metric.view][0].values)
    share = (*metric.share.where, *[]) if metric.share else ()
    asked = {
        *metric.by,
        *metric.needs,
        *metric.same,
        metric.of,
        metric.weight,
        *(where.column for where in (*metric.where, *share)),
    } - {""}
    assert asked <= columns


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.id)
def test_whatever_a_metric_may_leave_out_can_be_said_in_words(metric: Metric) -> None:
    conditions = {where.column for where in metric.where if where.operation != "known"}
    assert {*metric.needs, *conditions} <= set(COLUMNS)


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.id)
def test_titles_and_definitions_are_in_both_languages(metric: Metric) -> None:
    texts = [metric.title, metric.definition] + ([metric.share.of] if metric.share else [])
    for words in texts:
        assert any("\u4e00" <= letter <= "\u9fff" for letter in words.zh)
        assert words.en.isascii()
