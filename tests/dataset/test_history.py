"""The dataset as of a day, corrections by the issuer, and what default rates are a share of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from dealproof.dataset.build import build_dataset
from dealproof.dataset.documents import known_on
from dealproof.model.evidence import Fact
from dealproof.model.interpretation import Interpretation

from .conftest import DEAL, document, document_id, say


def rate(period: str, value: str) -> Fact:
    return say(
        "performance", (DEAL, period, "cumulative_default_pct", "90+"), "value", Decimal(value), value, unit="percent"
    )


def amount(period: str, value: str) -> Fact:
    return say("performance", (DEAL, period, "cumulative_default_amount", "90+"), "value", Decimal(value), value)


def pool(value: str) -> Fact:
    return say("pool_stats", (DEAL, "2031-01-01", "principal_balance", ""), "value", Decimal(value), value)


def report(name: str, period: int, day: date | None, *facts: Fact, title: str = "") -> Interpretation:
    return document(name, "trustee_report", facts, on=day, period_no=period, title=title)


def test_only_what_was_published_by_the_day_counts() -> None:
    early, late = report("a.pdf", 1, date(2031, 3, 1)), report("b.pdf", 2, date(2031, 6, 1))
    assert known_on([early, late], date(2031, 3, 1)).documents == (early,)
    assert known_on([early, late], date(2031, 2, 28)).documents == ()


def test_a_document_without_a_date_is_left_out_and_told_of() -> None:
    nameless = report("c.pdf", 3, None)
    split = known_on([nameless], date(2031, 6, 1))
    assert (split.documents, split.undated) == ((), (nameless,))


def test_a_report_that_was_corrected_by_its_issuer_raises_no_question_of_restatement() -> None:
    wrong = report("r3.pdf", 3, date(2031, 3, 1), rate("3", "0.62"))
    right = report("r3b.pdf", 3, date(2031, 4, 1), rate("3", "0.26"), title="受托机构报告（更正）")
    later = report("r4.pdf", 4, date(2031, 5, 1), rate("3", "0.26"))
    dataset = build_dataset([wrong, right, later])
    assert [row for row in dataset.rows("questions") if row["kind"] in ("restatement", "failed_check")] == []
    replaced = {row["file_name"]: row["supersedes"] for row in dataset.rows("documents")}
    assert replaced["r3b.pdf"] == document_id("r3.pdf")
    assert {row["value"] for row in dataset.rows("performance")} == {"0.62", "0.26"}


def test_the_denominator_that_fits_the_printed_figures_stands_beside_every_rate_with_its_proof() -> None:
    circular = document("o.pdf", facts=(pool("1000"),))
    dataset = build_dataset([circular, report("r1.pdf", 1, date(2031, 3, 1), rate("1", "1.86"), amount("1", "18.6"))])
    told = {row["metric"]: row["denominator"] for row in dataset.rows("performance")}
    assert told == {"cumulative_default_pct": "initial", "cumulative_default_amount": ""}
    (proof,) = [row for row in dataset.rows("evidence") if row["column"] == "denominator"]
    assert proof["status"] == "derived"


def test_a_rate_that_fits_no_denominator_has_none_and_is_a_question_with_the_value_that_would_fit() -> None:
    circular = document("o.pdf", facts=(pool("1000"),))
    dataset = build_dataset([circular, report("r1.pdf", 1, date(2031, 3, 1), rate("1", "2.86"), amount("1", "18.6"))])
    (question,) = [row for row in dataset.rows("questions") if row["kind"] == "failed_check"]
    assert "reads 2.86 and would have to be 1.86" in question["prompt"]
    assert {row["denominator"] for row in dataset.rows("performance")} == {""}


def test_every_check_names_its_cells_and_what_rounding_explains() -> None:
    circular = document("o.pdf", facts=(pool("1000"),))
    dataset = build_dataset([circular, report("r1.pdf", 1, date(2031, 3, 1), rate("1", "1.86"), amount("1", "18.6"))])
    (check,) = [row for row in dataset.rows("checks") if row["rule"] == "default_rate"]
    assert check["outcome"] in ("holds", "within_rounding")
    assert '"cumulative_default_pct' not in check["rule"]
    assert check["cells"].count("[") == 4


def test_a_circular_with_two_sizes_of_the_deal_shows_both_and_asks_once() -> None:
    sizes = tuple(
        say("deals", (DEAL,), "total_amount", Decimal(value), value, page=page)
        for value, page in (("1000", 1), ("1500", 9), ("1000", 12))
    )
    dataset = build_dataset([document("o.pdf", facts=sizes)])
    (deal,) = dataset.rows("deals")
    assert (deal["total_amount"], deal["alternative_sizes"]) == ("1000", "1000|1500")
    assert [row["kind"] for row in dataset.rows("questions")] == ["alternative_sizes"]
