"""A question with several values names each, shows what the dataset holds, and takes a letter; the answer holds for good."""

from __future__ import annotations

import json
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from dealproof.dataset.build import Dataset, Row, build_dataset
from dealproof.errors import MappingError, UsageError
from dealproof.mappings.load import Registry, load_registry
from dealproof.mappings.sheet import read_sheet
from dealproof.model.evidence import Fact
from dealproof.model.interpretation import Interpretation
from dealproof.workbench.answers import Settled, settle, take_back, write
from dealproof.workbench.choices import choices, in_words
from dealproof.workbench.open_questions import open_questions, sheet_rows
from dealproof.workbench.wanted_rows import Given

from .conftest import DEAL, document, document_id, tranche

SHIPPED = Path(__file__).parents[2] / "mappings"
DAY = "2031-06-01"


class Desk:
    """A person with a mappings folder and some documents, who answers questions and builds again."""

    def __init__(self, mappings: Path, *documents: Interpretation) -> None:
        self.mappings, self.documents = mappings, list(documents)
        (mappings / "labels").mkdir(parents=True)
        for name in ("expectations.csv", "corrections.csv", "answers.csv"):
            shutil.copy(SHIPPED / name, mappings / name)

    @property
    def dataset(self) -> Dataset:
        registry = load_registry(self.mappings)
        return build_dataset(self.documents, Registry(corrections=registry.corrections, answers=registry.answers))

    def asked(self, kind: str = "conflict") -> list[Row]:
        return [row for row in open_questions(self.dataset) if row["kind"] == kind]

    def answers(self, *given: Given) -> Settled:
        settled = settle(given, self.dataset.rows("questions"), self.mappings, "the sheet")
        write(settled, self.mappings)
        return settled

    def undo(self, name: str) -> Settled:
        settled = take_back(name, self.dataset.rows("questions"), self.mappings, "李雷", "2031-07-01")
        write(settled, self.mappings)
        return settled

    def amount(self, name: str = "优先A") -> str:
        return next(row["amount"] for row in self.dataset.rows("tranches") if row["tranche"] == name)

    def lines(self, file: str = "corrections.csv") -> list[tuple[str, ...]]:
        return list(read_sheet(self.mappings / file).records)[1:]


def given(question: Row, answer: str, right_value: str = "", by: str = "王敏", asked: Row | None = None) -> Given:
    return Given(question["question_id"], answer, right_value, "looked", by, DAY, 2, asked)


def offer(*facts: Fact) -> Interpretation:
    return document("offer.pdf", facts=facts, on=date(2031, 3, 1))


def report(*facts: Fact) -> Interpretation:
    return document("report.pdf", "trustee_report", facts, on=date(2031, 5, 1))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The circular says 800, a report 700, another one 900."""
    late = document("late.pdf", "trustee_report", (tranche("优先A", "900", page=5),), on=date(2031, 4, 1))
    return Desk(tmp_path / "m", offer(tranche("优先A", "800", page=7)), report(tranche("优先A", "700", page=3)), late)


def test_three_values_of_a_cell_are_one_question_that_names_each_with_its_place(desk: Desk) -> None:
    (question,) = desk.asked()
    assert (question["value"], question["held"], question["page"]) == ("800", "800", "7")
    found = [(c.letter, c.value, c.document_id, c.page) for c in choices(question)]
    assert found == [
        ("A", "800", document_id("offer.pdf"), 7),
        ("B", "700", document_id("report.pdf"), 3),
        ("C", "900", document_id("late.pdf"), 5),
    ]
    assert json.loads(question["candidates"])[1]["box"] == [10, 20.13, 110.5, 32]
    for told in ("800 on page 7 of offer.pdf (A)", "700 on page 3 of report.pdf (B)", "900 on page 5 of late.pdf (C)"):
        assert told in question["prompt"]


@pytest.mark.parametrize("answer", ["confirmed", "A", "ａ"])
def test_confirming_means_the_value_shown_and_settles_the_question_for_good(desk: Desk, answer: str) -> None:
    (question,) = desk.asked()
    desk.answers(given(question, answer))
    assert desk.amount() == question["held"] == "800"
    assert not [row for row in desk.dataset.rows("questions") if row["state"] == "open"]
    assert not [row for row in desk.dataset.rows("evidence") if row["status"] == "corrected"]


def test_choosing_another_letter_shows_its_value_with_its_own_place_as_proof(desk: Desk) -> None:
    (question,) = desk.asked()
    desk.answers(given(question, "B"))
    assert desk.amount() == "700"
    (proof,) = [row for row in desk.dataset.rows("evidence") if row["status"] == "corrected"]
    assert (proof["document_id"], proof["page"], proof["text"]) == (document_id("report.pdf"), "3", "700")
    assert "printed 800" in proof["derivation"]
    assert not desk.asked()
    (answered,) = [row for row in desk.dataset.rows("questions") if row["state"] == "answered"]
    assert (answered["value"], answered["held"]) == ("800", "700")


def test_a_letter_may_stand_under_right_value_and_a_value_may_be_written_out(desk: Desk) -> None:
    (question,) = desk.asked()
    desk.answers(given(question, "corrected", "c"))
    assert desk.amount() == "900"
    desk.answers(given(question, "corrected", "850"))
    assert desk.amount() == "850"


def test_a_rating_that_looks_like_a_letter_is_asked_to_be_written_otherwise(tmp_path: Path) -> None:
    from .conftest import say

    key = (DEAL, "优先A", "中诚信")
    one, two = (say("ratings", key, "rating", rating) for rating in ("AA", "AAA"))
    desk = Desk(tmp_path / "m", document("offer.pdf", facts=(one, two)))
    (question,) = desk.asked()
    with pytest.raises(MappingError, match="may be a value or a letter"):
        desk.answers(given(question, "corrected", "A"))
    desk.answers(given(question, "corrected", "AAA"))
    assert [row["rating"] for row in desk.dataset.rows("ratings")] == ["AAA"]


def test_a_letter_that_no_value_has_is_refused_with_those_that_there_are(desk: Desk) -> None:
    (question,) = desk.asked()
    with pytest.raises(MappingError, match="Write A, B, C, corrected") as refused:
        desk.answers(given(question, "D"))
    assert "'D' is unknown" in str(refused.value)


def test_a_value_that_a_later_document_gives_opens_an_answered_question_again(desk: Desk) -> None:
    (question,) = desk.asked()
    desk.answers(given(question, "confirmed"))
    desk.documents.append(document("new.pdf", "trustee_report", (tranche("优先A", "650"),), on=date(2031, 6, 1)))
    (again,) = desk.asked()
    assert "650 is new since then" in again["prompt"]
    assert desk.amount() == "800"


def test_what_was_confirmed_holds_when_a_document_of_higher_rank_says_otherwise(desk: Desk) -> None:
    (question,) = desk.asked()
    desk.answers(given(question, "confirmed"))
    desk.documents.append(
        document("result.pdf", "issue_result", (tranche("优先A", "790", page=2),), on=date(2031, 3, 9))
    )
    assert desk.amount() == "800"
    told = next(row for row in desk.asked() if "does not fit any more" in row["prompt"])
    assert [(c.letter, c.value) for c in choices(told)][:2] == [("A", "800"), ("B", "790")]
    desk.answers(given(told, "B"))
    assert desk.amount() == "790"
    assert not [row for row in desk.asked() if "does not fit any more" in row["prompt"]]


def test_a_letter_of_a_sheet_that_meant_another_value_is_refused(desk: Desk) -> None:
    (question,) = desk.asked()
    (row,) = sheet_rows([question])
    assert row["candidates"].split("\n")[1] == "B = 700 @ report.pdf page 3"
    desk.documents[1] = report(tranche("优先A", "710", page=3))
    with pytest.raises(MappingError, match="B is 710 now and was 700 in the sheet"):
        desk.answers(given(question, "B", asked=row))


def test_two_answers_to_one_question_are_refused(desk: Desk) -> None:
    (question,) = desk.asked()
    with pytest.raises(MappingError, match="answers the same question otherwise"):
        desk.answers(given(question, "A"), given(question, "B"))
    with pytest.raises(MappingError, match="the answer confirmed means 800"):
        desk.answers(given(question, "confirmed", "700"))


def test_an_answer_given_again_replaces_the_earlier_one_which_stays_as_a_comment(desk: Desk) -> None:
    (question,) = desk.asked()
    desk.answers(given(question, "B"))
    replaced = desk.answers(given(question, "C", by="李雷")).taken
    assert [(item.what, item.decided_by) for item in replaced] == [("corrected to 700", "王敏")]
    assert desk.amount() == "900"
    first, second = desk.lines()
    assert first[0] == f"# replaced {DAY} by 李雷: {document_id('report.pdf')}"
    assert "700" in first
    assert "900" in second
    desk.answers(given(question, "dismissed"))
    assert desk.amount() == "800"
    assert [row["state"] for row in desk.dataset.rows("questions")] == ["dismissed"]


def test_the_same_answer_given_again_changes_nothing(desk: Desk) -> None:
    (question,) = desk.asked()
    desk.answers(given(question, "B"))
    before = desk.lines()
    assert desk.answers(given(question, "B", by="李雷")).known == 1
    assert desk.lines() == before


def test_an_answer_taken_back_is_asked_again_and_leaves_a_trace(desk: Desk) -> None:
    (question,) = desk.asked()
    desk.answers(given(question, "B"))
    desk.undo(question["question_id"][:8])
    assert desk.amount() == "800"
    assert [row["question_id"] for row in desk.asked()] == [question["question_id"]]
    (line,) = desk.lines()
    assert line[0].startswith("# withdrawn 2031-07-01 by 李雷: ")
    with pytest.raises(UsageError, match="No answer to"):
        desk.undo(question["question_id"])


def test_a_row_written_by_hand_is_taken_back_by_its_line(desk: Desk) -> None:
    (question,) = desk.asked()
    desk.answers(given(question, "B"))
    path = desk.mappings / "corrections.csv"
    path.write_text(path.read_text(encoding="utf-8-sig").replace(question["question_id"], ""), encoding="utf-8-sig")
    desk.undo("corrections.csv:2")
    assert desk.amount() == "800"


def test_values_in_two_columns_of_a_table_are_one_decision_and_one_letter_answers_all(tmp_path: Path) -> None:
    from dataclasses import replace

    from dealproof.model.evidence import Box

    from .conftest import say

    def cell(metric: str, value: str, row: int, left: float) -> Fact:
        fact = say("pool_stats", (DEAL, "2031-01-01", metric, ""), "value", Decimal(value), page=6)
        assert fact.evidence is not None
        return replace(fact, evidence=replace(fact.evidence, box=Box(left, row * 20, left + 50, row * 20 + 10)))

    figures = {"loan_count": ("4542", "8698"), "borrower_count": ("4421", "8290"), "principal_balance": ("5.5", "11.5")}
    facts = [
        cell(metric, value, row, left)
        for row, (metric, pair) in enumerate(figures.items(), start=1)
        for value, left in zip(pair, (200.0, 300.0), strict=True)
    ]
    desk = Desk(tmp_path / "m", offer(*facts))
    (question,) = desk.asked()
    assert question["children"] == "2"
    assert "The same is asked of 3 cells; a letter, confirmed or dismissed is taken for all." in question["prompt"]
    desk.answers(given(question, "B"))
    values = {row["metric"]: row["value"] for row in desk.dataset.rows("pool_stats")}
    assert values == {metric: pair[1] for metric, pair in figures.items()}
    assert not desk.asked()
    desk.undo(question["question_id"])
    assert {row["metric"]: row["value"] for row in desk.dataset.rows("pool_stats")} != values
    assert len(desk.asked()) == 1
    desk.answers(given(question, "corrected", "1"))
    assert len(desk.asked()) == 2, "a value of one cell says nothing of the others"


def test_words_of_a_sheet_lead_back_to_the_values(desk: Desk) -> None:
    (question,) = desk.asked()
    words = in_words(question, {})
    assert [c.value for c in choices({"candidates": words})] == ["800", "700", "900"]


def test_whose_a_name_is_cannot_be_corrected_as_a_value(desk: Desk) -> None:
    question = {"question_id": "0" * 16, "kind": "unmatched_name", "table": "parties", "key": "k", "column": "institution_id",
                "value": "某某", "held": "", "candidates": "", "cause": "", "state": "open", "prompt": ""}  # fmt: skip
    with pytest.raises(MappingError, match=r"aliases\.csv") as refused:
        settle([given(question, "corrected", "I001")], [question], desk.mappings, "the sheet")
    assert "dealproof mappings suggest" in str(refused.value)


def test_what_stands_in_the_files_is_the_same_however_often_they_are_written(desk: Desk) -> None:
    (question,) = desk.asked()
    desk.answers(given(question, "corrected", "-"))
    for answer in ("A", "B", "C"):
        desk.answers(given(question, answer))
    first = desk.lines()[0]
    desk.answers(given(question, "A"))
    assert desk.lines()[0] == first
    assert first[6].removeprefix("'") == "-"
