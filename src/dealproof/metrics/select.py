"""Which lines a metric counts, which it leaves out and why, and how it groups them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dealproof.metrics.model import LeftOut, Line, Metric, Value, Where, Words

Group = tuple[tuple[str, str], ...]
COLUMNS: dict[str, Words] = {
    "amount": Words("发行金额", "amount"),
    "market": Words("发行市场", "market"),
    "originator": Words("发起机构", "originator"),
    "originator_type": Words("发起机构类型", "type of originator"),
    "originator_is_bank": Words("发起机构类型", "type of originator"),
    "provider": Words("（唯一）资产提供方", "(single) asset provider"),
    "provider_class": Words("资产提供方分类", "class of asset provider"),
    "provider_group": Words("资产提供方分类", "class of asset provider"),
    "provider_is_new": Words("此前年度的完整记录", "complete record of earlier years"),
    "revolving": Words("是否循环购买", "whether it is revolving"),
    "structure": Words("分层结构", "structure"),
    "split": Words("分层结构", "structure"),
    "floating": Words("利率类型", "rate type"),
    "coupon_pct": Words("票面利率", "coupon"),
    "rating": Words("信用等级", "rating"),
    "closing_date": Words("设立日", "set-up date"),
    "month": Words("设立日", "set-up date"),
    "term_years": Words("预期期限", "expected term"),
    "term_band": Words("预期期限", "expected term"),
    "average_balance": Words("笔均余额", "average balance"),
    "contract_term_years": Words("加权平均合同期限", "weighted average contract term"),
    "rate_pct": Words("利率", "rate"),
    "balance": Words("年末余额", "balance at the year's end"),
    "basis": Words("违约率分母口径", "denominator of the rate"),
    "age_months": Words("存续月数", "age"),
    "multiple": Words("循环购买倍数", "multiple"),
    "amount_basis": Words("循环购买金额口径", "basis of the amounts"),
    "rounds": Words("循环期数", "rounds"),
    "direction": Words("此前信用等级", "earlier rating"),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """Lines that count, and those that would if they held what is needed."""

    lines: tuple[Line, ...]
    left_out: tuple[LeftOut, ...]


def choose(lines: Sequence[Line], metric: Metric) -> Chosen:
    """Divide the lines of a view by what a metric asks for.

    A line that fails a condition is not of the metric; one that lacks a column which a condition or the metric needs is
    left out, with the reason.
    """
    kept: list[Line] = []
    left: dict[str, LeftOut] = {}
    for line in lines:
        missing = missing_column(line, metric.where, metric.needs)
        if missing is None:
            kept.append(line)
        elif missing:
            left.setdefault(line.deal_id, without(line, missing))
    return Chosen(tuple(kept), tuple(left.values()))


def missing_column(line: Line, where: Sequence[Where], needs: Sequence[str]) -> str | None:
    """None where a line counts, '' where it is not asked for, else the column that it lacks."""
    open_conditions: list[str] = []
    for condition in where:
        value = line.values.get(condition.column)
        if value is None:
            if condition.operation == "known":
                return ""
            open_conditions.append(condition.column)
        elif not fulfils(value, condition):
            return ""
    return next((name for name in (*open_conditions, *needs) if line.values.get(name) is None), None)


def fulfils(value: Value, where: Where) -> bool:
    """Whether a value that is there fulfils a condition."""
    if where.operation == "known":
        return True
    if where.operation == "in":
        return isinstance(where.value, tuple) and value in where.value
    if where.operation in ("is", "is not"):
        return (value == where.value) is (where.operation == "is")
    if not isinstance(value, (Decimal, int)):
        raise TypeError(f"column {where.column} holds no number: {value!r}")
    edge, figure = Decimal(str(where.value)), Decimal(value)
    return {
        "at most": figure <= edge,
        "at least": figure >= edge,
        "more than": figure > edge,
        "less than": figure < edge,
    }[where.operation]


def grouped(lines: Sequence[Line], by: Sequence[str]) -> dict[Group, list[Line]]:
    """Lines by the columns of a group, in the order of the group's values; one empty group without columns."""
    if not by:
        return {(): list(lines)}
    groups: dict[Group, list[Line]] = {}
    for line in lines:
        groups.setdefault(group_of(line, by), []).append(line)
    return dict(sorted(groups.items(), key=lambda item: [_order(value) for _, value in item[0]]))


def group_of(line: Line, by: Sequence[str]) -> Group:
    """The group of a line: each column with its value as text."""
    return tuple((column, shown(line.values.get(column))) for column in by)


def shown(value: Value) -> str:
    """A value as text: dates ISO, truth as true and false, missing as ''."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def _order(value: str) -> tuple[int, Decimal, str]:
    try:
        return 0, Decimal(value), value
    except ArithmeticError:
        return 1, Decimal(0), value


def without(line: Line, column: str) -> LeftOut:
    """Why a line that lacks a column is left out."""
    name = COLUMNS[column]
    return LeftOut(line.deal_id, line.why or Words(f"无{name.zh}", f"no {name.en}"))
