"""Events that occurred or not, and thresholds."""

from __future__ import annotations

from decimal import Decimal

from dealproof.interpret.kinds import triggers
from tests.interpret.tables import context_of, table_of

EVENTS = [["触发事件", "是否发生"], ["加速清偿事件", "否"], ["违约事件", "未发生"], ["权利完善事件", "是"]]
METRICS = [["指标", "触发值", "本期值", "是否触发"], ["累计违约率", "3.00%", "0.42%", "否"]]
WINDOWS = [["时间区间", "累计违约率触发值"], ["信托生效日起第一年内", "1.5%"], ["第二年内", "3%"]]


def values(rows: list[list[str]]) -> dict[tuple[str, str], object]:
    found = triggers.read(table_of(rows), context_of()).facts
    return {(dict(fact.key)["trigger"], fact.column): fact.value for fact in found}


def test_events_are_breached_or_not() -> None:
    assert values(EVENTS) == {
        ("加速清偿事件", "breached"): False,
        ("违约事件", "breached"): False,
        ("权利完善事件", "breached"): True,
    }


def test_a_metric_has_its_threshold_and_its_actual_value_in_percent() -> None:
    found = values(METRICS)
    assert found["累计违约率", "threshold"] == Decimal("3.00")
    assert found["累计违约率", "actual"] == Decimal("0.42")
    assert found["累计违约率", "breached"] is False


def test_thresholds_by_year_are_named_after_metric_and_window() -> None:
    assert values(WINDOWS) == {
        ("累计违约率(信托生效日起第一年内)", "threshold"): Decimal("1.5"),
        ("累计违约率(第二年内)", "threshold"): Decimal("3"),
    }


def test_a_status_that_says_neither_yes_nor_no_is_a_question() -> None:
    reading = triggers.read(table_of([["触发事件", "是否发生"], ["违约事件", "详见下文"]]), context_of())
    assert reading.facts == ()
    assert [problem.code for problem in reading.problems] == ["low_confidence"]


def test_a_table_without_status_or_threshold_is_not_claimed() -> None:
    assert triggers.claim(table_of([["指标", "数值"], ["贷款笔数", "100"]]), context_of()) == 0.0
