from __future__ import annotations

from datetime import date
from decimal import Decimal

from dealproof.dataset.build import Dataset, build_dataset
from dealproof.model.evidence import Fact
from dealproof.model.interpretation import Interpretation

from .conftest import DEAL, document, document_id, say


def default_pct(period: int, value: str, definition: str = "90+") -> Fact:
    key = (DEAL, str(period), "cumulative_default_pct", definition)
    return say("performance", key, "value", Decimal(value), unit="percent")


def report(period: int, *facts: Fact) -> Interpretation:
    name = f"report{period}.pdf"
    return document(name, "trustee_report", facts, on=date(2031, period, 20), period_no=period)


def restated(dataset: Dataset) -> list[dict[str, str]]:
    return [row for row in dataset.rows("questions") if row["kind"] == "restatement"]


def test_a_restated_reprint_keeps_both_rows_and_asks() -> None:
    dataset = build_dataset(
        [report(4, default_pct(4, "0.26")), report(6, default_pct(4, "0.25"), default_pct(6, "0.40"))]
    )
    rows = [row for row in dataset.rows("performance") if row["period_no"] == "4"]
    said = {row["document_id"]: (row["value"], row["reprinted"]) for row in rows}
    assert said == {
        document_id("report4.pdf"): ("0.26", "false"),
        document_id("report6.pdf"): ("0.25", "true"),
    }
    assert [(row["document_id"], row["value"]) for row in restated(dataset)] == [(document_id("report6.pdf"), "0.25")]


def test_a_faithful_reprint_is_no_question() -> None:
    dataset = build_dataset([report(4, default_pct(4, "0.26")), report(6, default_pct(4, "0.26"))])
    assert restated(dataset) == []


def test_a_reprint_that_leaves_out_the_definition_is_still_compared() -> None:
    dataset = build_dataset([report(4, default_pct(4, "0.26")), report(6, default_pct(4, "0.25", ""))])
    assert len(restated(dataset)) == 1


def test_figures_under_two_definitions_are_not_compared() -> None:
    dataset = build_dataset([report(4, default_pct(4, "0.26", "60+")), report(6, default_pct(4, "0.20", "90+"))])
    assert restated(dataset) == []


def test_a_percentage_keeps_its_printed_digits_beside_its_unit() -> None:
    row = build_dataset([report(4, default_pct(4, "0.260"))]).rows("performance")[0]
    assert (row["value"], row["unit"]) == ("0.260", "percent")


def test_a_report_that_does_not_say_its_period_reports_the_latest_it_prints() -> None:
    nameless = document("r.pdf", "trustee_report", (default_pct(9, "0.2"), default_pct(10, "0.3")))
    rows = build_dataset([nameless]).rows("performance")
    assert [(row["period_no"], row["reprinted"]) for row in rows] == [("9", "true"), ("10", "false")]


def test_a_correction_names_the_document_it_replaces() -> None:
    first = report(3)
    second = document("fixed.pdf", "trustee_report", period_no=3, title="受托机构报告（更正后）")
    rows = {row["file_name"]: row for row in build_dataset([first, second, report(4)]).rows("documents")}
    assert rows["fixed.pdf"]["supersedes"] == document_id("report3.pdf")
    assert rows["report3.pdf"]["supersedes"] == ""


def test_a_document_handed_in_twice_counts_once() -> None:
    dataset = build_dataset([report(4, default_pct(4, "0.26"))] * 2)
    assert len(dataset.rows("documents")) == 1
    assert len([row for row in dataset.rows("evidence") if row["column"] == "value"]) == 1


def test_a_document_that_is_no_deal_document_gives_only_its_own_row() -> None:
    bond = document("bond.pdf", "other", status="unsupported", deal_id="")
    dataset = build_dataset([bond])
    filled = {name for name, rows in dataset.tables.items() if rows}
    assert filled == {"documents"}
    assert dataset.rows("documents")[0]["status"] == "unsupported"


def test_every_party_is_unmatched_until_names_are_matched() -> None:
    key = (DEAL, "trustee", "远岫信托有限公司")
    dataset = build_dataset([document("o.pdf", facts=(say("parties", key, "name", "远岫信托有限公司"),))])
    row = dataset.rows("parties")[0]
    assert (row["match"], row["institution_id"], row["score"]) == ("unmatched", "", "")


def test_a_correction_replaces_the_report_of_its_own_period_alone() -> None:
    fixed = document(
        "fixed.pdf", "trustee_report", (default_pct(4, "0.30"),), period_no=4, title="受托机构报告（更正后）"
    )
    dataset = build_dataset([report(3, default_pct(3, "0.20")), report(4, default_pct(4, "0.26")), fixed])
    rows = {row["file_name"]: row["supersedes"] for row in dataset.rows("documents")}
    assert rows == {"fixed.pdf": document_id("report4.pdf"), "report3.pdf": "", "report4.pdf": ""}
    assert restated(dataset) == []


def test_what_is_missing_is_empty_and_yes_is_true() -> None:
    row = build_dataset([document("o.pdf", revolving=True)]).rows("deals")[0]
    assert (row["revolving"], row["total_amount"], row["cutoff_date"]) == ("true", "", "")
    assert build_dataset([document("o.pdf", revolving=False)]).rows("deals")[0]["revolving"] == "false"
    own = build_dataset([document("o.pdf")]).rows("documents")[0]
    assert (own["period_no"], own["report_date"], own["payment_date"], own["pages_unread"]) == ("", "", "", "0")
