"""Keys have integrity: no deal under a false or a second name, no row with a gap in its key, no report out of its turn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dealproof.dataset.build import Dataset, Row, build_dataset
from dealproof.mappings.deals import DealRow
from dealproof.mappings.load import Registry
from dealproof.model.evidence import Fact
from dealproof.model.interpretation import Interpretation

from .conftest import DEAL, document, document_id, say, tranche


def questions(dataset: Dataset, table: str, column: str = "") -> list[Row]:
    return [row for row in dataset.rows("questions") if row["table"] == table and (not column or row["column"] == column)]


def nameless() -> Interpretation:
    fact = say("tranches", ("", "优先A"), "amount", Decimal(800_000_000))
    paid = say("tranche_payments", ("", "优先A", "3"), "principal_paid", Decimal(5))
    return document("a.pdf", facts=(fact, paid), deal_id="")


def test_values_of_a_deal_that_nobody_can_name_wait_under_one_question() -> None:
    dataset = build_dataset([nameless()])
    assert dataset.rows("deals") == dataset.rows("tranches") == dataset.rows("tranche_payments") == ()
    (question,) = questions(dataset, "documents", "deal_id")
    waiting = [row for row in dataset.rows("questions") if row["cause"] == question["question_id"]]
    assert {row["table"] for row in waiting} == {"tranches", "tranche_payments"}


def test_values_that_waited_follow_once_the_deal_is_named() -> None:
    given = DealRow(document_id("a.pdf"), "", "", "远岫2031-9", "deals.csv:2")
    dataset = build_dataset([nameless()], Registry(deals=(given,)))
    assert [row["deal_id"] for row in dataset.rows("tranches")] == ["远岫2031-9"]
    assert questions(dataset, "documents", "deal_id") == []


@pytest.mark.parametrize(("fact", "table", "part"), [
    (say("pool_stats", (DEAL, "", "principal_balance", ""), "value", Decimal(10**9)), "pool_stats", "as_of"),
    (say("tranches", (DEAL, ""), "amount", Decimal(10**9)), "tranches", "tranche"),
    (say("delinquency", (DEAL, "3", ""), "balance", Decimal(10**9)), "delinquency", "bucket"),
    (say("tranche_payments", (DEAL, "优先A", ""), "closing_balance", Decimal(10**9)), "tranche_payments", "period_no"),
])  # fmt: skip
def test_a_value_with_a_gap_in_its_key_waits_under_a_question(fact: Fact, table: str, part: str) -> None:
    dataset = build_dataset([document("report.pdf", "trustee_report", (fact,), period_no=3)])
    assert dataset.rows(table) == ()
    assert any(f"have no {part}" in row["prompt"] for row in questions(dataset, table))


def test_the_rows_of_papers_that_bear_no_number_stand_by_their_document_and_are_not_compared() -> None:
    facts = [say("performance", (DEAL, "", "cumulative_default_pct", ""), "value", Decimal(rate)) for rate in ("1.5", "2.5")]
    papers = [document(f"{year}.pdf", "trustee_report", (fact,), period_no=None) for year, fact in zip(("2024", "2025"), facts, strict=True)]
    dataset = build_dataset([replace(each, profile=replace(each.profile, bears_no_number=True)) for each in papers])
    assert sorted((row["period_no"], row["value"]) for row in dataset.rows("performance")) == [("", "1.5"), ("", "2.5")]
    assert questions(dataset, "performance") == []


def test_the_whole_pool_and_a_threshold_of_all_periods_are_no_gaps() -> None:
    pool = say("pool_stats", (DEAL, "2031-01-31", "principal_balance", ""), "value", Decimal(10**9))
    limit = say("triggers", (DEAL, "加速清偿", ""), "threshold", "4.50%")
    dataset = build_dataset([document("offer.pdf", facts=(pool, limit))])
    assert len(dataset.rows("pool_stats")) == len(dataset.rows("triggers")) == 1
    assert not [row for row in dataset.rows("questions") if "have no" in row["prompt"]]


def deal(name: str, kind: str, deal_id: str, *facts: tuple[str, tuple[str, ...], str, object]) -> Interpretation:
    said = tuple(say(table, (deal_id, *key), column, value) for table, key, column, value in facts)  # type: ignore[arg-type]
    return document(name, kind, said, deal_id=deal_id, period_no=3 if kind == "trustee_report" else None)


CLOSED, CUT = ("deals", (), "closing_date", "2023-09-20"), ("deals", (), "cutoff_date", "2023-07-01")
SIZE = ("deals", (), "total_amount", Decimal("2140900000"))
POOL = ("pool_stats", ("2023-07-01", "principal_balance", ""), "value", Decimal("2140913455.17"))
INITIAL = ("performance", ("3", "initial_pool_balance", ""), "value", Decimal("2140913455.17"))
CODE = ("tranches", ("优先A",), "security_code", "2389412.IB")


@pytest.mark.parametrize(("one", "other"), [
    ((CLOSED, SIZE, CUT), (CLOSED, SIZE, CUT)),
    ((POOL, CLOSED), (INITIAL, CLOSED)),
    ((CODE, CLOSED), (CODE, CLOSED)),
])  # fmt: skip
def test_two_names_with_the_dates_and_amounts_of_one_deal_are_asked(one: tuple, other: tuple) -> None:  # type: ignore[type-arg]
    dataset = build_dataset([
        deal("offer.pdf", "offering_circular", "台融2023-2", *one, ("tranches", ("次级",), "amount", Decimal("424900000"))),
        deal("report.pdf", "trustee_report", "台州融2023-2", *other),
    ])  # fmt: skip
    (question,) = [row for row in questions(dataset, "deals", "deal_id") if row["kind"] == "conflict"]
    assert question["key"] == "台州融2023-2"
    assert "台融2023-2" in question["suggestions"]


@pytest.mark.parametrize(("one", "other"), [
    ((SIZE, CLOSED), (SIZE, ("deals", (), "closing_date", "2023-12-20"))),
    ((CLOSED, CUT), (CLOSED, CUT)),
    ((("deals", (), "total_amount", Decimal("500000000")),), (("deals", (), "total_amount", Decimal("500000000")),)),
])  # fmt: skip
def test_the_next_deal_of_a_programme_is_no_second_name(one: tuple, other: tuple) -> None:  # type: ignore[type-arg]
    dataset = build_dataset([
        deal("one.pdf", "offering_circular", "星驿2024-5", *one), deal("two.pdf", "offering_circular", "星驿2024-6", *other),
    ])  # fmt: skip
    assert not [row for row in questions(dataset, "deals", "deal_id") if row["kind"] == "conflict"]


def report(name: str, period_no: int, end: date) -> Interpretation:
    read = document(name, "trustee_report", (tranche("优先A", "800"),), period_no=period_no, on=end)
    return replace(read, profile=replace(read.profile, period_end=end))


@pytest.mark.parametrize(("first", "second", "fits"), [
    ((3, date(2031, 3, 31)), (4, date(2031, 4, 30)), True), ((3, date(2031, 3, 31)), (3, date(2031, 4, 30)), False),
    ((4, date(2031, 3, 31)), (3, date(2031, 4, 30)), False), ((3, date(2031, 3, 31)), (5, date(2031, 3, 31)), False),
])  # fmt: skip
def test_a_report_whose_number_and_dates_do_not_go_together_is_asked(
    first: tuple[int, date], second: tuple[int, date], fits: bool
) -> None:
    dataset = build_dataset([report("one.pdf", *first), report("two.pdf", *second)])
    assert (questions(dataset, "documents", "period_no") == []) is fits


def pays(name: str, number: int, *tranches: str) -> Interpretation:
    facts = tuple(say("tranche_payments", (DEAL, each, str(number)), "closing_balance", Decimal(10**8)) for each in tranches)
    return document(name, "trustee_report", facts, period_no=number)


def test_a_tranche_that_only_one_report_knows_is_asked_without_any_circular() -> None:
    known = [pays("one.pdf", 1, "优先A", "次级"), pays("two.pdf", 2, "优先A", "次级")]
    dataset = build_dataset([*known, pays("three.pdf", 3, "优先A1", "次级")])
    (question,) = [row for row in dataset.rows("questions") if row["kind"] == "conflict"]
    assert (question["table"], question["value"]) == ("tranche_payments", "优先A1")


def _of_day(item: Interpretation, *, cutoff: date | None = None, end: date | None = None) -> Interpretation:
    return replace(item, profile=replace(item.profile, cutoff_date=cutoff, period_end=end))


def _at_begin(value: str) -> Fact:
    return say("pool_stats", (DEAL, "", "principal_balance", ""), "value", Decimal(value))


def test_a_figure_of_the_cut_off_date_gets_the_day_that_another_document_of_the_deal_states() -> None:
    circular = _of_day(document("circular.pdf"), cutoff=date(2031, 1, 1))
    report = _of_day(document("report.pdf", "trustee_report", (_at_begin("1000000000"),), period_no=3), end=date(2031, 5, 31))
    dataset = build_dataset([circular, report])
    assert [(row["as_of"], row["value"]) for row in dataset.rows("pool_stats")] == [("2031-01-01", "1000000000")]
    assert not [row for row in dataset.rows("questions") if row["table"] == "pool_stats"]


def test_the_day_stays_open_where_documents_differ_or_the_report_does_not_know_its_own_end() -> None:
    report = document("report.pdf", "trustee_report", (_at_begin("1000000000"),), period_no=3)
    first, second = (_of_day(document(f"{n}.pdf"), cutoff=date(2031, 1, n)) for n in (1, 2))
    for documents in ((first, report), (first, second, _of_day(report, end=date(2031, 5, 31)))):
        dataset = build_dataset(documents)
        assert not dataset.rows("pool_stats")
        assert [row for row in dataset.rows("questions") if row["table"] == "pool_stats"]
