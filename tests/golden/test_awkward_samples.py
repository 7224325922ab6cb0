"""The awkward samples: values are delivered as meant, their proof as printed, and what cannot be known is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from dealproof.extract.document import extract_document
from dealproof.interpret.read import interpret_document
from dealproof.mappings.labels import load_labels
from dealproof.model.interpretation import Interpretation

ROOT = Path(__file__).parents[2]
LABELS = load_labels(ROOT / "mappings" / "labels")


def _read(name: str) -> Interpretation:
    return interpret_document(extract_document(ROOT / "samples" / name, LABELS), LABELS)


@pytest.fixture(scope="module")
def circular() -> Interpretation:
    return _read("澄江发行说明书.pdf")


@pytest.fixture(scope="module")
def in_type() -> Interpretation:
    return _read("澄江受托机构报告2.pdf")


@pytest.fixture(scope="module")
def in_glyphs() -> Interpretation:
    return _read("澄江受托机构报告3.pdf")


def _proof(read: Interpretation, table: str, column: str, *key: str) -> tuple[str, str]:
    """The value of a fact and the text that proves it."""
    (fact,) = [
        fact for fact in read.facts if fact.table == table and fact.column == column and set(key) <= {v for _, v in fact.key}
    ]  # fmt: skip
    assert fact.evidence is not None
    return str(fact.value), fact.evidence.text


def test_full_width_figures_are_proved_as_printed(in_type: Interpretation) -> None:
    value, text = _proof(in_type, "tranche_payments", "interest_paid", "优先B")
    assert (value, text) == ("144657.53", "１４４，６５７．５３")


def test_dates_in_radicals_are_proved_as_printed_by_cells_and_by_lines(in_type: Interpretation) -> None:
    proofs = [fact.evidence.text for fact in in_type.facts if fact.column == "cutoff_date" and fact.evidence]
    assert proofs == ["2024年1⽉1⽇", "初始起算⽇  2024年1⽉1⽇"]


def test_a_raised_mark_stays_in_the_proof_and_out_of_the_value(in_type: Interpretation) -> None:
    assert _proof(in_type, "performance", "value", "cumulative_default_pct") == ("0.09", "0.09⁵")
    assert _proof(in_type, "delinquency", "count", "1-30") == ("18", "18¹")


def test_fake_bold_letters_apart_and_marks_raise_no_question(in_type: Interpretation) -> None:
    assert _proof(in_type, "delinquency", "balance", "default")[0] == "866493.01"
    assert in_type.problems == ()


def test_a_table_that_runs_on_over_larger_paper_is_whole(in_type: Interpretation) -> None:
    pages = {fact.evidence.page for fact in in_type.facts if fact.table == "delinquency" and fact.evidence}
    assert pages == {2, 3}


def test_labels_on_end_and_a_turned_and_cropped_page_raise_no_question(circular: Interpretation) -> None:
    assert circular.problems == ()
    assert {fact.evidence.page for fact in circular.facts if fact.table == "pool_stats" and fact.evidence} == {3}
    assert {fact.evidence.page for fact in circular.facts if fact.table == "pool_distributions" and fact.evidence} == {4}  # fmt: skip


def test_what_stands_beyond_the_crop_is_nowhere(circular: Interpretation) -> None:
    extract = extract_document(ROOT / "samples" / "澄江发行说明书.pdf", LABELS)
    assert "9,999,999.99" not in " ".join((page.text + " ".join(page.furniture)) for page in extract.pages)
    assert not any(str(fact.value) == "9999999.99" for fact in circular.facts)


def test_boxes_on_turned_and_cropped_pages_lie_on_the_page_as_shown(circular: Interpretation) -> None:
    boxes = [fact.evidence.box for fact in circular.facts if fact.evidence and fact.evidence.page in (2, 3, 4)]
    assert boxes
    assert all(0 <= box.x0 < box.x1 <= 535 and 0 <= box.top < box.bottom <= 782 for box in boxes)


def test_letters_from_right_to_left_raise_no_question_of_their_own(in_glyphs: Interpretation) -> None:
    assert _proof(in_glyphs, "tranche_payments", "closing_balance", "优先A") == ("714560000.00", "714,560,000.00")
    assert not any("is in doubt" in problem.message for problem in in_glyphs.problems)


def test_figures_in_glyphs_without_meaning_are_asked_and_never_given(in_glyphs: Interpretation) -> None:
    given = {value for fact in in_glyphs.facts if fact.table == "performance" for _, value in fact.key}
    assert not given & {"pool_closing_balance", "cumulative_default_pct"}
    asked = [problem for problem in in_glyphs.problems if problem.code == "low_confidence"]
    assert sorted(key for problem in asked for key in problem.key.split("|") if "_" in key) == [
        "cumulative_default_pct", "pool_closing_balance",
    ]  # fmt: skip
    assert all("\ue0d0" <= problem.value[0] <= "\ue0db" for problem in asked)
