"""One cause, one question: what follows from another question hangs under it, closes with it, or says why it stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dealproof.dataset.build import Dataset, Row, build_dataset
from dealproof.dataset.summary import summarize
from dealproof.mappings.answers import Answer
from dealproof.mappings.corrections import Correction
from dealproof.mappings.load import Registry
from dealproof.model.evidence import Box, Fact, Problem
from dealproof.model.interpretation import Interpretation
from dealproof.workbench.choices import choices
from dealproof.workbench.open_questions import open_questions

from .conftest import DEAL, document, document_id, say, tranche

KEY = f"{DEAL}|优先A"


def fix(right: str, printed: str = "800") -> Correction:
    where = "corrections.csv:2"
    return Correction("", "", "tranches", KEY, "amount", printed, right, "looked", "王敏", "2031-06-01", where)


def two_sizes(*corrections: Correction) -> Dataset:
    """The circular prints 800, a report 900; with 900 the tranches add up to the issue."""
    circular = document(
        "offer.pdf",
        facts=(tranche("优先A", "800"), tranche("次级", "100"), say("deals", (DEAL,), "total_amount", Decimal(1000))),
    )
    report = document("report.pdf", "trustee_report", (tranche("优先A", "900", page=3),), on=date(2031, 5, 1))
    return build_dataset([circular, report], Registry(corrections=corrections))


def waiting(dataset: Dataset) -> dict[str, Row]:
    """Open questions by kind."""
    rows = [row for row in dataset.rows("questions") if row["state"] == "open"]
    assert len({row["kind"] for row in rows}) == len(rows)
    return {row["kind"]: row for row in rows}


def test_a_failed_check_hangs_under_the_question_about_its_term() -> None:
    asked = waiting(two_sizes())
    assert asked["failed_check"]["cause"] == asked["conflict"]["question_id"]
    assert asked["conflict"]["cause"] == ""
    assert [row["kind"] for row in open_questions(two_sizes())] == ["conflict"]
    assert {row["kind"] for row in open_questions(two_sizes(), children=True)} == {"conflict", "failed_check"}


def test_what_hangs_under_a_question_closes_with_the_answer_that_settles_it() -> None:
    assert waiting(two_sizes(fix("900"))) == {}


def test_what_still_does_not_hold_after_the_answer_is_asked_itself_and_says_why() -> None:
    dataset = two_sizes(fix("850"))
    asked = waiting(dataset)
    assert list(asked) == ["failed_check"]
    assert asked["failed_check"]["cause"] == ""
    assert "It stays open: question " in asked["failed_check"]["prompt"]
    assert "the dataset holds 850 there, and this still does not fit" in asked["failed_check"]["prompt"]


def test_open_questions_are_counted_by_cause_with_the_others_beside() -> None:
    told = summarize(two_sizes())
    assert (told.questions, told.children, dict(told.kinds)) == (1, 1, {"conflict": 1})


def doubt(code: str, severity: str = "warning", **more: object) -> Problem:
    return Problem(code, severity, "interpret", "m", **more)  # type: ignore[arg-type]


def test_a_cause_is_as_severe_as_the_worst_that_hangs_under_it() -> None:
    facts = (tranche("优先A", "800"), tranche("次级", "100"), say("deals", (DEAL,), "total_amount", Decimal(1000)))
    cell = {"table": "tranches", "key": KEY, "column": "amount", "value": "800", "document_id": document_id("o.pdf")}
    dataset = build_dataset([document("o.pdf", facts=facts, problems=(doubt("low_confidence", **cell),))])
    asked = waiting(dataset)
    assert asked["failed_check"]["cause"] == asked["low_confidence"]["question_id"]
    assert (asked["low_confidence"]["severity"], asked["failed_check"]["severity"]) == ("error", "error")
    assert [c.value for c in choices(asked["low_confidence"])] == ["800", "900"], "what the sum asks for can be chosen"


def labelled(name: str, label: str, page: int = 1, table: str = "pool_stats") -> Interpretation:
    place = {"document_id": document_id(name), "page": page, "box": Box(10, 20, 30, 40), "table": table, "value": label}
    return document(name, problems=(doubt("unknown_label", **place),), facts=(tranche("优先A", "800"),))


def test_a_label_is_asked_once_however_it_is_set_with_its_count_of_cells_and_documents() -> None:
    documents = [
        labelled("a.pdf", "贷款笔数合计（笔）"),
        labelled("b.pdf", "贷款笔数合计"),
        labelled("c.pdf", "贷款笔数合计:"),
    ]
    other = labelled("d.pdf", "贷款笔数合计", table="performance")
    asked = open_questions(build_dataset([*documents, other]), kind="unknown_label")
    counts = {row["table"]: (row["cells"], row["documents"], row["children"]) for row in asked}
    assert counts == {"pool_stats": ("3", "3", "2"), "performance": ("1", "1", "0")}


def test_the_question_about_a_label_is_the_same_whichever_documents_bear_it() -> None:
    ids = {
        open_questions(build_dataset([labelled(name, "贷款笔数合计")]), kind="unknown_label")[0]["question_id"]
        for name in ("a.pdf", "b.pdf")
    }
    assert len(ids) == 1


def waits_for(name: str, label: str, word: str, table: str = "pool_stats") -> Interpretation:
    found = labelled(name, label, table=table)
    return replace(found, problems=tuple(replace(item, alike=f"unknown word {word}") for item in found.problems))


def test_a_word_that_several_labels_wait_for_is_one_question_with_the_labels_and_their_places() -> None:
    documents = [
        waits_for("a.pdf", "期末轧差余额", "轧差", "performance"), waits_for("b.pdf", "期末轧差余额", "轧差", "performance"),
        waits_for("c.pdf", "轧差笔数", "轧差"), waits_for("d.pdf", "尾差金额", "尾差"),
    ]  # fmt: skip
    asked = {row["value"]: row for row in open_questions(build_dataset(documents), kind="unknown_label")}
    assert asked.keys() == {"轧差", "尾差金额"}, "a word of one label is asked with its label"
    assert asked["轧差"]["children"] == "3"
    assert "2 labels wait for it" in asked["轧差"]["prompt"]
    assert "期末轧差余额 (performance: a.pdf page 1, b.pdf page 1)" in asked["轧差"]["prompt"]
    assert "轧差笔数 (pool_stats: c.pdf page 1)" in asked["轧差"]["prompt"]


def test_a_word_that_does_not_matter_closes_all_its_labels() -> None:
    documents = [waits_for("a.pdf", "期末轧差余额", "轧差"), waits_for("b.pdf", "期末轧差余额", "轧差"), waits_for("c.pdf", "轧差笔数", "轧差")]
    question = next(row for row in open_questions(build_dataset(documents), kind="unknown_label"))
    said = Answer(question["question_id"], "dismissed", "", "王敏", "2031-06-01")
    later = build_dataset(documents, Registry(answers=(said,)))
    assert {row["state"] for row in later.rows("questions") if row["kind"] == "unknown_label"} == {"dismissed"}


def test_a_label_that_does_not_matter_is_closed_everywhere_also_in_documents_to_come() -> None:
    first = build_dataset([labelled("a.pdf", "备注一")])
    (question,) = open_questions(first, kind="unknown_label")
    said = Answer(question["question_id"], "dismissed", "", "王敏", "2031-06-01")
    later = build_dataset([labelled("a.pdf", "备注一"), labelled("b.pdf", "备注一")], Registry(answers=(said,)))
    states = [row["state"] for row in later.rows("questions") if row["kind"] == "unknown_label"]
    assert states == ["dismissed", "dismissed"]


@pytest.mark.parametrize("answered", [True, False])
def test_cells_that_cannot_be_read_for_one_reason_are_one_decision_but_a_value_is_that_of_its_cell(
    answered: bool,
) -> None:
    rows = [
        doubt("low_confidence", table="performance", key=f"{DEAL}|1|{metric}||{document_id('r.pdf')}", column="value",
              value="##", document_id=document_id("r.pdf"), page=2, box=Box(0, top, 9, top + 9), alike="unreadable")
        for top, metric in enumerate(("pool_closing_balance", "pool_opening_balance"))
    ]  # fmt: skip
    report = document("r.pdf", "trustee_report", (tranche("优先A", "800"),), problems=tuple(rows), period_no=1)
    (question,) = open_questions(build_dataset([report]), kind="low_confidence")
    assert question["children"] == "1"
    if answered:
        registry = Registry(answers=(Answer(question["question_id"], "dismissed", "", "王敏", "2031-06-01"),))
        expected = []
    else:
        cell = (question["table"], question["key"], question["column"])
        value = Correction("", "", *cell, "", "5", "looked", "王敏", "2031-06-01", "corrections.csv:2")
        registry, expected = Registry(corrections=(value,)), ["pool_opening_balance"]
    left = open_questions(build_dataset([report], registry), kind="low_confidence")
    assert [row["key"].split("|")[2] for row in left] == expected


def test_the_sizes_of_tranches_hang_under_the_sizes_of_their_deal() -> None:
    facts = [
        replace(fact, evidence=replace(fact.evidence, page=page))
        for page, sizes in ((3, ("1600", "400", "2000")), (4, ("2000", "500", "2500")))
        for fact in (
            tranche("优先A", sizes[0]),
            tranche("次级", sizes[1]),
            say("deals", (DEAL,), "total_amount", Decimal(sizes[2])),
        )
        if fact.evidence is not None
    ]
    asked = open_questions(build_dataset([document("offer.pdf", facts=tuple(facts))]))
    assert [(row["kind"], row["children"]) for row in asked] == [("alternative_sizes", "2")]


def test_a_table_that_is_missing_hangs_under_a_label_of_it_that_nobody_knows(registry: Registry) -> None:
    unread = replace(labelled("o.pdf", "入池贷款总额"), facts=())
    dataset = build_dataset([replace(unread, facts=(tranche("优先A", "800"),))], registry)
    rows = {row["question_id"]: row for row in dataset.rows("questions")}
    missing = [row for row in rows.values() if row["kind"] == "missing_table" and row["table"] == "pool_stats"]
    assert missing
    assert {rows[row["cause"]]["kind"] for row in missing} == {"unknown_label"}


def test_the_same_doubt_raised_twice_is_one_question_that_hangs_under_nothing() -> None:
    cell = {"table": "ratings", "column": "rating", "value": "AAA", "document_id": document_id("o.pdf"), "page": 2}
    twice = [doubt("conflict", box=Box(10, top, 30, top + 9), alike="agencies", **cell) for top in (20, 60)]
    asked = open_questions(build_dataset([document("o.pdf", facts=(tranche("优先A", "8"),), problems=tuple(twice))]))
    assert [(row["kind"], row["cause"], row["children"]) for row in asked] == [("conflict", "", "0")]


def test_a_check_that_fails_beside_several_reprints_ends_in_one_cause() -> None:
    """The failing rate is reprinted otherwise, and so is another figure of the same report that the check ties to it."""

    def rate(metric: str, value: str, definition: str = "90+") -> Fact:
        return say(
            "performance",
            (DEAL, "1", metric, definition),
            "value",
            Decimal(value),
            unit="percent" if "pct" in metric else "",
        )

    first = document(
        "1.pdf",
        "trustee_report",
        on=date(2031, 1, 1),
        period_no=1,
        facts=(
            rate("cumulative_default_pct", "0.32"),
            rate("cumulative_default_amount", "38"),
            rate("initial_pool_balance", "9999", ""),
        ),
    )
    later = document(
        "2.pdf",
        "trustee_report",
        on=date(2031, 2, 1),
        period_no=2,
        facts=(rate("cumulative_default_pct", "0.28"), rate("cumulative_default_amount", "34")),
    )
    dataset = build_dataset([first, later])
    rows = {row["question_id"]: row for row in dataset.rows("questions") if row["state"] == "open"}
    assert {row["kind"] for row in rows.values()} >= {"restatement"}
    assert all(rows[row["cause"]]["cause"] == "" for row in rows.values() if row["cause"])
    assert sum(not row["cause"] for row in rows.values()) == 1
