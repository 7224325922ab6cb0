"""What persons decided holds: it is shown, proven, counted, never asked again, and questioned when the page changes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from dealproof.dataset.build import Dataset, build_dataset
from dealproof.errors import MappingError, UsageError
from dealproof.mappings.answers import Answer
from dealproof.mappings.corrections import Correction
from dealproof.mappings.load import Registry
from dealproof.model.evidence import Problem
from dealproof.workbench.open_questions import open_questions
from dealproof.workbench.why import look_up

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


def doubt(severity: str, deal: str, column: str) -> Problem:
    return Problem("low_confidence", severity, "interpret", "m", table="deals", key=deal, column=column, value=column)  # type: ignore[arg-type]


def test_errors_come_first_then_the_biggest_deals() -> None:
    deals = {"远岫2031-1": "100", "远岫2031-2": "900"}
    documents = [
        document(
            f"{deal}.pdf",
            facts=(say("deals", (deal,), "total_amount", Decimal(size)),),
            deal_id=deal,
            problems=(
                doubt("warning", deal, "cutoff_date"),
                *((doubt("error", deal, "total_amount"),) if size == "100" else ()),
            ),
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


def added(right: str, key: str, table: str, column: str, of: str = "") -> Correction:
    """A row by which a person adds what was not read."""
    return replace(fix(right, "", key, table, column, of), adds=True)


def test_an_added_tranche_is_shown_with_its_proof_and_counts_in_the_checks() -> None:
    """The offer prints 1000 in all, of which 800 and 100 were read: the tranche of 100 between them was missed."""
    key = f"{DEAL}|优先B"
    dataset = built(added("100", key, "tranches", "amount"), fix("2.60", "", key, "tranches", "coupon_pct"))
    (row,) = [row for row in dataset.rows("tranches") if row["tranche"] == "优先B"]
    assert (row["amount"], row["coupon_pct"]) == ("100", "2.60")
    assert asked(dataset) == []
    (proof,) = [row for row in dataset.rows("evidence") if (row["key"], row["column"]) == (key, "amount")]
    assert (proof["status"], proof["page"]) == ("corrected", "")
    assert proof["derivation"].startswith("corrections.csv:2; not printed")


REPORT = document("report.pdf", "trustee_report", (say("performance", (DEAL, "6", "cumulative_default_pct", "90+"), "value", Decimal("0.26"), unit="percent"),), period_no=6)  # fmt: skip


def test_an_added_period_has_the_unit_of_its_metric() -> None:
    of = REPORT.source.document_id
    key = f"{DEAL}|7|cumulative_default_pct|90+|{of}"
    rows = (added("0.310", key, "performance", "value"), added("2031-07-31", key, "performance", "period_end"))
    dataset = build_dataset([REPORT], Registry(corrections=rows))
    (row,) = [row for row in dataset.rows("performance") if row["period_no"] == "7"]
    assert (row["value"], row["unit"], row["period_end"]) == ("0.310", "percent", "2031-07-31")
    assert {row["document_id"] for row in dataset.rows("evidence") if row["status"] == "corrected"} == {of}


def test_a_tranche_that_was_added_and_is_read_otherwise_later_is_asked_about() -> None:
    dataset = built(added("90", f"{DEAL}|次级", "tranches", "amount"))
    assert amount_of(dataset, "次级") == "90"
    assert any(
        "it added what no document stated, which now reads 100" in r["prompt"] for r in dataset.rows("questions")
    )


@pytest.mark.parametrize("right", ["900", "confirmed", "-"])
def test_whatever_a_row_says_of_a_key_that_no_row_has_it_is_refused(right: str) -> None:
    with pytest.raises(MappingError, match="no row of tranches has the key"):
        built(fix(right, key=f"{DEAL}|优选A"))


def test_every_key_that_no_row_has_is_listed_at_once() -> None:
    rows = (fix("9", key=f"{DEAL}|优选A"), replace(fix("9", key=f"{DEAL}|优先|A"[:-2]), where="corrections.csv:3"))
    with pytest.raises(MappingError, match="2 mistakes") as refused:
        built(*rows)
    assert "corrections.csv:3 [key]" in refused.value.message


def test_a_row_cannot_be_added_to_a_deal_of_which_no_document_is_at_hand() -> None:
    dataset = built(added("100", "远岫2013-1|优先A", "tranches", "amount"))
    assert {row["deal_id"] for row in dataset.rows("tranches")} == {DEAL}
    (question,) = [row for row in dataset.rows("questions") if "corrections.csv:2" in row["prompt"]]
    assert question["severity"] == "error"
    assert f"The nearest key is {KEY}" in question["prompt"]


def test_a_correction_of_a_document_that_is_away_waits_and_breaks_nothing() -> None:
    """The key is that of a report which is not in the store just now."""
    key = f"{DEAL}|6|cumulative_default_pct|90+|{document_id('away.pdf')}"
    dataset = built(fix("0.27", "0.26", key, "performance", "value"))
    assert dataset.rows("performance") == ()
    (question,) = [row for row in dataset.rows("questions") if "corrections.csv:2" in row["prompt"]]
    assert "changes nothing: the document it speaks of is not at hand" in question["prompt"]


@pytest.mark.parametrize("status", ["failed", "partial", "unsupported"])
def test_a_document_that_was_not_read_whole_may_lack_the_row(status: str) -> None:
    part = replace(REPORT, facts=(), status=status)  # type: ignore[arg-type]
    key = f"{DEAL}|6|cumulative_default_pct|90+|{REPORT.source.document_id}"
    dataset = build_dataset([part], Registry(corrections=(fix("0.27", "0.26", key, "performance", "value"),)))
    assert any("was not read whole" in row["prompt"] for row in dataset.rows("questions"))


def test_a_dataset_of_some_documents_asks_about_a_key_that_it_does_not_have() -> None:
    rows = Registry(corrections=(fix("900", key=f"{DEAL}|优先C"),))
    offer = document("offer.pdf", facts=(tranche("优先A", "800"),))
    dataset = build_dataset([offer], rows, everything=False)
    assert any("no row has its key" in row["prompt"] for row in dataset.rows("questions"))
    assert [row["tranche"] for row in dataset.rows("tranches")] == ["优先A"]


def test_the_answer_to_a_value_that_could_not_be_read_fills_the_cell() -> None:
    """A question was about a figure that was refused: the dataset has no such row until a person says what it is."""
    key = f"{DEAL}|7|cumulative_default_pct|90+|{REPORT.source.document_id}"
    unread = Problem(
        "low_confidence", "warning", "interpret", "m", document_id=REPORT.source.document_id, table="performance", key=key,
        column="value", value="0.3l",
    )  # fmt: skip
    report = replace(REPORT, problems=(unread,))
    assert len(build_dataset([report]).rows("performance")) == 1
    dataset = build_dataset([report], Registry(corrections=(fix("0.31", "0.3l", key, "performance", "value"),)))
    assert [row["value"] for row in dataset.rows("performance")] == ["0.26", "0.31"]
    assert asked(dataset) == []


def test_a_value_that_is_not_read_any_more_is_shown_as_corrected_and_asked_about() -> None:
    dataset = built(fix("2.35", "2.53", column="coupon_pct"))
    assert next(row["coupon_pct"] for row in dataset.rows("tranches") if row["tranche"] == "优先A") == "2.35"
    assert any(
        "printed 2.53 there, and nothing is read there now" in row["prompt"] for row in dataset.rows("questions")
    )


def test_a_correction_of_a_party_holds_when_the_name_finds_its_institution() -> None:
    key = {"deal_id": DEAL, "role": "trustee", "name": "远岫信托有限公司"}
    fact = say("parties", tuple(key.values()), "name", "远岫信托有限公司")
    party = document("offer.pdf", facts=(fact,))
    old = f"{DEAL}|trustee|远岫信托有限公司|{party.source.document_id}|I999"
    registry = Registry(corrections=(fix("99", "", old, "parties", "score"),))
    (row,) = build_dataset([party], registry).rows("parties")
    assert row["score"] == "99"
