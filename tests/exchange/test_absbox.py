"""A deal is handed to the cash-flow engine with all it needs, each input proved or named as assumed, or not at all."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dealproof.dataset.build import Dataset
from dealproof.errors import UsageError
from dealproof.export.absbox.deal import draft_deals
from dealproof.export.absbox.waterfall import waterfall
from dealproof.export.absbox.write import write_absbox
from dealproof.model.evidence import Value
from tests.dataset.conftest import DEAL, say
from tests.exchange.deals import CUTOFF, CellName, deal, doubt

A, B, EQUITY = (DEAL, "优先A"), (DEAL, "优先B"), (DEAL, "次级")


def written(dataset: Dataset, folder: Path) -> dict[str, Any]:
    report = write_absbox(dataset, folder / "absbox")
    assert [path.name for path in report.written] == [f"{DEAL}.json"]
    return json.loads(report.written[0].read_text(encoding="utf-8"), parse_float=Decimal)


def lacks(dataset: Dataset) -> dict[str, str]:
    """What the one deal lacks, with why; empty where it is written."""
    (drafted,) = draft_deals(dataset)
    assert (drafted.file is None) == bool(drafted.missing)
    return {item.wanted: item.why for item in drafted.missing}


def without(*names: CellName) -> Mapping[CellName, Value | None]:
    return dict.fromkeys(names)


def test_a_complete_deal_is_written_with_every_printed_figure_exact(tmp_path: Path) -> None:
    model = written(deal(), tmp_path)["deal"]
    assert model["dates"] == {
        "cutoff": "2031-01-01",
        "closing": "2031-03-20",
        "firstPay": "2031-04-26",
        "stated": "2035-01-26",
        "payFreq": ["DayOfMonth", 26],
        "poolFreq": "MonthEnd",
    }
    assert [(name, bond["balance"], bond["rate"]) for name, bond in model["bonds"].items()] == [
        ("优先A", 800_000_000, Decimal("0.0205")),
        ("优先B", 100_000_000, Decimal("0.0260")),
        ("次级", 100_000_000, 0),
    ]
    assert [bond["bondType"] for bond in model["bonds"].values()] == [
        {"Sequential": None},
        {"Lockout": "2032-01-26"},
        {"Equity": None},
    ]
    ((kind, origin, now),) = model["pool"]["assets"]
    assert (kind, origin["type"]) == ("Mortgage", "Level")
    assert now == {
        "currentBalance": Decimal("1000003100.55"),
        "currentRate": Decimal("0.0587"),
        "remainTerm": 13,
        "status": "current",
    }


def test_decimals_are_printed_digit_by_digit(tmp_path: Path) -> None:
    key = ("pool_stats", (DEAL, CUTOFF, "principal_balance", ""), "value")
    written(deal({key: Decimal("123456789012345678.91")}), tmp_path)
    assert "123456789012345678.91" in (tmp_path / "absbox" / f"{DEAL}.json").read_text(encoding="utf-8")


def test_every_input_is_proved_by_a_cell_and_its_page_or_named_as_assumed(tmp_path: Path) -> None:
    file = written(deal(), tmp_path)
    told = {*file["provenance"], *(item["input"] for item in file["assumed"])}
    told |= {item["input"] for item in file["missing"]} | {"/name"}
    told |= {"/collect"}  # goes with /accounts: where the collections are booked
    assert [place for place in _leaves(file["deal"]) if not _covered(place, told)] == []
    proof = file["provenance"]["/bonds/优先A/rate"]
    assert [item["cell"] for item in proof] == [f"tranches|{DEAL}|优先A|{name}" for name in ("coupon_pct", "rate_type")]
    (place,) = proof[0]["evidence"]
    assert (place["file_name"], place["page"], place["text"]) == ("circular.pdf", 7, "2.05")


def _leaves(value: Any, place: str = "") -> list[str]:
    if isinstance(value, dict) and value:
        return [leaf for key, item in value.items() for leaf in _leaves(item, f"{place}/{key}")]
    if isinstance(value, list) and place.startswith("/pool"):
        return [leaf for key, item in enumerate(value) for leaf in _leaves(item, f"{place}/{key}")]
    return [place]


def _covered(place: str, told: set[str]) -> bool:
    steps = place.split("/")
    return any("/".join(steps[:length]) in told for length in range(2, len(steps) + 1))


def test_the_single_line_of_the_pool_and_the_order_of_payment_are_named_as_assumed(tmp_path: Path) -> None:
    file = written(deal(), tmp_path)
    rules = {item["input"]: item["rule"] for item in file["assumed"]}
    assert "single representative line built from pool statistics" in rules["/pool/assets/0"]
    assert "72.40% of the balance: 等额本息" in rules["/pool/assets/0/1/type"]
    assert rules["/waterfall"].startswith("Sequential by seniority")
    assert {item["input"] for item in file["missing"]} >= {"/fees"}
    assert [step[0::2] for step in file["deal"]["waterfall"]["amortizing"]] == [
        ["accrueAndPayInt", ["优先A"]],
        ["accrueAndPayInt", ["优先B"]],
        ["payPrin", ["优先A"]],
        ["payPrin", ["优先B"]],
        ["accrueAndPayInt", ["次级"]],
        ["payPrin", ["次级"]],
        ["payIntResidual", "次级"],
    ]


def test_the_rest_goes_to_the_last_of_several_subordinated_tranches_and_stays_where_there_is_none() -> None:
    senior, first, last = ({"tranche": name, "seniority": rank} for name, rank in (("优先", "senior"), ("次级1", "subordinated"), ("次级2", "subordinated")))  # fmt: skip
    assert _steps([senior, first, last])[-1] == ["payIntResidual", "collections", "次级2"]
    assert _steps([senior])[-1] == ["payPrin", "collections", ["优先"]]


def _steps(rows: list[dict[str, str]]) -> list[Any]:
    return waterfall(rows).value["waterfall"]["amortizing"]


def test_what_was_paid_so_far_stands_beside_for_comparison(tmp_path: Path) -> None:
    first, second = written(deal(), tmp_path)["paid"]
    assert (first["tranche"], first["period_no"], first["principal_paid"]) == ("优先A", 1, Decimal("32480000.10"))
    assert (second["payment_date"], second["interest_paid"]) == ("2031-05-26", None)


@pytest.mark.parametrize(
    ("changed", "wanted", "why"),
    [
        ({("tranches", A, "rate_type"): "floating"}, "tranches.rate_type", "index, spread"),
        ({("tranches", A, "coupon_pct"): None}, "tranches.coupon_pct", "not stated"),
        ({("tranches", EQUITY, "rate_type"): None}, "tranches.coupon_pct", "not stated"),
        ({("tranches", A, "amount"): None}, "tranches.amount", "not stated"),
        ({("tranches", A, "repayment"): "固定摊还"}, "tranches.repayment", "schedule is not in the dataset"),
        ({("tranches", A, "repayment"): "按季分配"}, "tranches.repayment", "does not say"),
        ({("tranches", B, "expected_maturity"): None}, "tranches.expected_maturity", "repaid at maturity"),
        ({("tranches", A, "amount"): Decimal(700_000_000)}, "tranches.amount", "add up to 900000000"),
        ({("deals", (DEAL,), "cutoff_date"): None}, "deals.cutoff_date", "pool statistics"),
        ({("deals", (DEAL,), "closing_date"): date(2031, 5, 1)}, "deals.first_payment_date", "before closing"),
        ({("deals", (DEAL,), "revolving"): True}, "deals.revolving", "buys further assets"),
        ({("deals", (DEAL,), "asset_class"): "npl"}, "deals.asset_class", "npl"),
        (
            without(("pool_distributions", (DEAL, CUTOFF, "repayment", "等额本息"), "amount_share_pct")),
            "pool_distributions.repayment",
            "more than half",
        ),
        (
            without(("pool_stats", (DEAL, CUTOFF, "wa_rate_pct", ""), "value")),
            "pool_stats.wa_rate_pct",
            "cut-off date 2031-01-01",
        ),
    ],
)
def test_a_deal_that_lacks_something_is_not_written_and_the_reason_is_told(
    changed: Mapping[CellName, Value | None], wanted: str, why: str
) -> None:
    assert why in lacks(deal(changed))[wanted]


def test_a_subordinated_tranche_said_to_have_no_coupon_is_written_and_the_zero_explained(tmp_path: Path) -> None:
    file = written(deal(), tmp_path)
    assert file["deal"]["bonds"]["次级"]["rateType"] == {"fix": 0, "dayCount": "DC_ACT_365F"}
    rules = {item["input"]: item["rule"] for item in file["assumed"]}
    assert "rate_type none" in rules["/bonds/次级/rateType"]


def test_a_missing_legal_maturity_is_the_latest_of_all_tranches_or_missing(tmp_path: Path) -> None:
    unstated = without(("deals", (DEAL,), "legal_maturity"))
    file = written(deal({**unstated, ("tranches", B, "legal_maturity"): date(2036, 1, 26)}), tmp_path)
    assert file["deal"]["dates"]["stated"] == "2036-01-26"
    assert {item["cell"] for item in file["provenance"]["/dates/stated"]} == {
        f"tranches|{DEAL}|{name}|legal_maturity" for name in ("优先A", "优先B", "次级")
    }
    assert "deals.legal_maturity" in lacks(deal({**unstated, ("tranches", B, "legal_maturity"): None}))


def test_a_deal_whose_size_is_undecided_is_not_written_until_a_person_decides() -> None:
    upsized = say("deals", (DEAL,), "total_amount", Decimal(1_500_000_000), page=9)
    dataset = deal(more=[upsized])
    assert "which size was issued is an open question" in lacks(dataset)["deals.total_amount"]
    settled = tuple({**row, "state": "answered"} for row in dataset.rows("questions"))
    assert lacks(replace(dataset, tables={**dataset.tables, "questions": settled})) == {}


def test_an_open_question_on_an_amount_goes_with_the_deal(tmp_path: Path) -> None:
    file = written(deal(problems=(doubt("tranches", A, "amount"),)), tmp_path)
    (question,) = file["questions"]
    assert (question["kind"], question["key"], question["column"]) == ("low_confidence", f"{DEAL}|优先A", "amount")
    assert "The readers differ." in question["prompt"]


def test_a_question_on_what_is_not_used_stays_out_of_the_file(tmp_path: Path) -> None:
    assert written(deal(problems=(doubt("tranches", A, "security_code"),)), tmp_path)["questions"] == []


@pytest.mark.parametrize(
    ("paid", "pattern"),
    [
        ({1: date(2031, 4, 28), 2: date(2031, 5, 26)}, ["DayOfMonth", 26]),
        ({2: date(2031, 5, 26), 3: date(2031, 6, 26)}, ["DayOfMonth", 26]),
        (
            {1: date(2031, 4, 26), 2: date(2031, 7, 26)},
            ["+", *(["MonthDayOfYear", month, 26] for month in (1, 4, 7, 10))],
        ),
        ({4: date(2032, 4, 26), 5: date(2033, 4, 26)}, ["MonthDayOfYear", 4, 26]),
    ],
    ids=["moved behind a holiday", "first report not at hand", "quarterly", "yearly"],
)
def test_how_often_a_deal_pays_follows_from_payments_of_consecutive_periods(
    tmp_path: Path, paid: Mapping[int, date], pattern: list[Any]
) -> None:
    assert written(deal(paid=paid), tmp_path)["deal"]["dates"]["payFreq"] == pattern


@pytest.mark.parametrize(
    ("paid", "why"),
    [
        ({}, "two consecutive periods"),
        ({1: date(2031, 4, 26), 3: date(2031, 6, 26)}, "two consecutive periods"),
        ({1: date(2031, 3, 26), 2: date(2031, 4, 26)}, "before the first payment date"),
        ({1: date(2031, 4, 26), 2: date(2031, 5, 26), 3: date(2031, 8, 26)}, "1 and 3 months apart"),
        ({1: date(2031, 4, 26), 2: date(2031, 5, 12)}, "does not fit"),
    ],
)
def test_payments_that_do_not_tell_how_often_leave_the_deal_out(paid: Mapping[int, date], why: str) -> None:
    assert why in lacks(deal(paid=paid))["tranche_payments.payment_date"]


def test_the_sheet_tells_what_is_missing_and_a_later_export_replaces_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "absbox"
    written(deal(), tmp_path)
    report = write_absbox(deal({("tranches", A, "coupon_pct"): None}), folder)
    assert (report.written, report.lacks) == ((), (("tranches.coupon_pct", 1),))
    assert [path.name for path in folder.iterdir()] == ["missing.csv"]
    with (folder / "missing.csv").open(encoding="utf-8-sig", newline="") as handle:
        (row,) = csv.DictReader(handle)
    assert (row["deal_id"], row["input"], row["key"]) == (DEAL, "/bonds/优先A/rateType", f"{DEAL}|优先A")


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.json").write_text('{"mine": true}', encoding="utf-8")
    with pytest.raises(UsageError, match=r"notes\.json"):
        write_absbox(deal(), tmp_path)


def test_the_same_dataset_gives_the_same_bytes(tmp_path: Path) -> None:
    one, other = (write_absbox(deal(), tmp_path / name).written[0].read_bytes() for name in ("one", "other"))
    assert one == other
