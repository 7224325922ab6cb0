"""What persons decided holds: it is shown, proven, counted, never asked again, and questioned when the page changes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dealproof.dataset.build import Dataset, build_dataset
from dealproof.dataset.inbox import open_questions
from dealproof.dataset.why import look_up
from dealproof.errors import MappingError, UsageError
from dealproof.evidence import Problem
from dealproof.mappings.answers import Answer
from dealproof.mappings.corrections import Correction
from dealproof.mappings.load import Registry

from .conftest import DEAL, document, document_id, say, tranche

KEY = f"{DEAL}|优先A"


def fix(
    right: str, printed: str = "800", key: str = KEY, table: str = "tranches", column: str = "amount", of: str = ""
) -> Correction:
    return Correction(
        of, "", table, key, column, printed, right, "page 1 prints 900", "王敏", "2031-06-01", "corrections.csv:2"
    )


def built(*rows: Correction, amount: str = "800", answers: tuple[Answer, ...] = ()) -> Dataset:
    total = say("deals", (DEAL,), "total_amount", Decimal(1000))
    facts = (tranche("优先A", amount), tranche("次级", "100"), total)
    return build_dataset([document("offer.pdf", facts=facts)], Registry(corrections=rows, answers=answers))


def amount_of(dataset: Dataset, name: str = "优先A") -> str:
    return next(row["amount"] for row in dataset.rows("tranches") if row["tranche"] == name)


def asked(dataset: Dataset, state: str = "open") -> list[str]:
    return [row["kind"] for row in dataset.rows("questions") if row["state"] == state]


def test_a_corrected_value_is_shown_and_the_printed_one_stands_beside_it() -> None:
    dataset = built(fix("900"))
    assert amount_of(dataset) == "900"
    proofs = [row for row in dataset.rows("evidence") if (row["key"], row["column"]) == (KEY, "amount")]
    assert {row["status"] for row in proofs} == {"disclosed", "corrected"}
    (proof,) = [row for row in proofs if row["status"] == "corrected"]
    assert proof["derivation"] == "corrections.csv:2; printed 800; page 1 prints 900 (王敏, 2031-06-01)"
    assert (proof["page"], proof["text"]) == ("1", "800")


def test_identities_are_tried_on_what_persons_corrected() -> None:
    assert asked(built()) == ["failed_check"]
    assert asked(built(fix("900"))) == []


def test_a_confirmed_value_is_not_asked_about_again() -> None:
    first = built()
    (question,) = first.rows("questions")
    said = fix("confirmed", question["value"], question["key"], question["table"], question["column"])
    again = built(said)
    assert asked(again) == []
    assert asked(again, "answered") == ["failed_check"]
    assert again.rows("tranches") == first.rows("tranches")


def test_an_invented_value_can_be_taken_out() -> None:
    assert amount_of(built(fix("-"))) == ""


def test_a_value_that_no_document_prints_can_be_supplied() -> None:
    dataset = built(fix("2.35", "", column="coupon_pct"))
    assert next(row["coupon_pct"] for row in dataset.rows("tranches") if row["tranche"] == "优先A") == "2.35"


def test_a_correction_whose_page_now_prints_something_else_holds_and_is_asked_about() -> None:
    dataset = built(fix("900"), amount="850")
    assert amount_of(dataset) == "900"
    (question,) = [row for row in dataset.rows("questions") if row["kind"] == "conflict"]
    assert "corrections.csv:2" in question["prompt"]
    assert "now reads 850" in question["prompt"]
    assert question["state"] == "open"


def test_a_correction_whose_document_is_not_at_hand_is_asked_about() -> None:
    assert "conflict" in asked(built(fix("900", of=document_id("gone.pdf"))))


def test_a_key_that_no_row_has_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(MappingError, match=r"corrections\.csv:2 \[key\]: no row of tranches") as refused:
        built(fix("900", key=f"{DEAL}|优先C"))
    assert f"Did you mean {DEAL}|优先A?" in refused.value.remedy


def test_a_dismissed_question_is_not_open() -> None:
    (question,) = built().rows("questions")
    answers = (Answer(question["question_id"], "dismissed", "known", "王敏", "2031-06-01"),)
    assert asked(built(answers=answers)) == []
    assert asked(built(answers=answers), "dismissed") == ["failed_check"]


def doubt(severity: str, deal: str, value: str) -> Problem:
    return Problem(
        "low_confidence", severity, "interpret", "m", table="deals", key=deal, column="total_amount", value=value
    )  # type: ignore[arg-type]


def test_errors_come_first_then_the_biggest_deals() -> None:
    deals = {"远岫2031-1": "100", "远岫2031-2": "900"}
    documents = [
        document(
            f"{deal}.pdf",
            facts=(say("deals", (deal,), "total_amount", Decimal(size)),),
            deal_id=deal,
            problems=(doubt("warning", deal, "w"), *((doubt("error", deal, "e"),) if size == "100" else ())),
        )
        for deal, size in deals.items()
    ]
    found = open_questions(build_dataset(documents))
    assert [(row["severity"], row["deal_id"]) for row in found] == [
        ("error", "远岫2031-1"),
        ("warning", "远岫2031-2"),
        ("warning", "远岫2031-1"),
    ]
    assert [row["amount"] for row in open_questions(build_dataset(documents), deal="远岫2031-2")] == ["900"]


def test_one_screen_tells_everything_about_a_cell() -> None:
    known = look_up(built(fix("850")), "tranches", "优先A", "amount")
    assert (known.key, known.value, known.unit) == (KEY, "850", "yuan")
    assert [row["status"] for row in known.evidence] == ["corrected", "disclosed"]
    assert {row["rule"]: row["outcome"] for row in known.checks}["tranche_total"] == "fails"


def test_a_key_that_several_rows_fit_lists_them() -> None:
    with pytest.raises(UsageError, match="2 rows of tranches"):
        look_up(built(), "tranches", DEAL, "amount")
    with pytest.raises(UsageError, match="no column"):
        look_up(built(), "tranches", KEY, "size")
