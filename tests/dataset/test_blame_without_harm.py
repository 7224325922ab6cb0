"""A failed check blames no healthy figure: a missing row is among the mends, and a correction is proposed only where it is
the only one."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from dealproof.dataset.build import Dataset, Row, build_dataset
from dealproof.model.evidence import Fact, Problem

from .conftest import DEAL, document, document_id, say

STATUSES = {"current": (5600, "715230145.36"), "1-30": (80, "7290000.00"), "31-60": (35, "3280500.00"), "90+": (20, "1376854.64")}
TOTAL = (5735, "727177500.00")


def status(bucket: str, count: int, balance: str) -> tuple[Fact, Fact]:
    return (
        say("delinquency", (DEAL, "3", bucket), "count", count),
        say("delinquency", (DEAL, "3", bucket), "balance", Decimal(balance)),
    )


def report(*left_out: str, problems: tuple[Problem, ...] = (), **altered: tuple[int, str]) -> Dataset:
    """A report of the statuses, without those that were not read, some of them misread."""
    rows = {**STATUSES, **altered, "total": TOTAL}
    facts = [fact for name, figures in rows.items() if name not in left_out for fact in status(name, *figures)]
    return build_dataset([document("r.pdf", "trustee_report", tuple(facts), period_no=3, problems=problems)])


def failed(dataset: Dataset) -> list[Row]:
    return [row for row in dataset.rows("questions") if row["kind"] == "failed_check"]


def test_whole_statuses_are_no_question() -> None:
    assert failed(report()) == []


@pytest.mark.parametrize("bucket", ["1-30", "31-60", "90+"])
def test_parts_that_fall_short_in_every_column_want_a_row_and_no_correction(bucket: str) -> None:
    (question,) = failed(report(bucket))
    count, balance = STATUSES[bucket]
    assert "a row is missing here" in question["prompt"]
    assert str(count) in question["prompt"]
    assert f"balance {Decimal(balance).normalize():f}" in question["prompt"]
    assert (question["column"], question["suggestions"], question["candidates"]) == ("", "", "")


def test_a_row_that_may_be_missing_is_among_the_mends_of_one_column() -> None:
    (question,) = failed(report(**{"current": (5600, "715030145.36")}))
    assert "Or a row is missing here: balance 200000" in question["prompt"]
    assert (question["table"], question["suggestions"]) == ("delinquency", "")


def test_parts_beyond_their_total_want_no_row() -> None:
    (question,) = failed(report(**{"current": (5600, "715930145.36")}))
    assert "row is missing" not in question["prompt"]


@pytest.mark.parametrize("code", ["unknown_label", "low_confidence", "unit_unclear"])
def test_no_figure_is_named_while_a_row_beside_it_is_unread(code: str) -> None:
    unread = Problem(
        code, "warning", "interpret", "Label '逾期61-90天（含）' is not known.", document_id=document_id("r.pdf"), page=1,  # type: ignore[arg-type]
        table="delinquency", value="逾期61-90天（含）",
    )  # fmt: skip
    (question,) = failed(report(problems=(unread,), **{"current": (5600, "715030145.36")}))
    assert "was not read" in question["prompt"]
    assert (question["column"], question["candidates"]) == ("", "")


def test_a_correction_is_proposed_where_it_is_the_only_mend() -> None:
    """The balance of the pool and the sum of the statuses both say what the total must be."""
    pool = say("performance", (DEAL, "3", "pool_closing_balance", ""), "value", Decimal(TOTAL[1]))
    facts = [fact for name, figures in STATUSES.items() for fact in status(name, *figures)]
    facts += [*status("total", TOTAL[0], "727777500.00"), pool]
    dataset = build_dataset([document("r.pdf", "trustee_report", tuple(facts), period_no=3)])
    (question,) = failed(dataset)
    assert question["key"].split("|")[2] == "total"
    assert json.loads(question["suggestions"]) == ["727177500"]


def test_of_two_mends_that_explain_as_much_none_is_proposed() -> None:
    stated = (
        say("pool_stats", (DEAL, "2031-01-31", "principal_balance", ""), "value", Decimal("850120000.00")),
        say("performance", (DEAL, "3", "initial_pool_balance", ""), "value", Decimal("850210000.00")),
    )
    dataset = build_dataset([document("r.pdf", "trustee_report", stated, period_no=3)])
    for question in failed(dataset):
        assert question["suggestions"] == question["candidates"] == ""
