"""What must add up does, rounding allowed for; what does not names the cell to blame and its likely value."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealproof import contract
from dealproof.model.cell import DatasetCell
from dealproof.reconcile.blame import doubts
from dealproof.reconcile.equations import Interest, Product, Shape, Share, Sum, plus, residual
from dealproof.reconcile.identities.defaults import INITIAL, WITH_PURCHASES, telling
from dealproof.reconcile.identities.registry import IDENTITIES
from dealproof.reconcile.identity import Checked, check_all
from dealproof.reconcile.values import Figure, Figures

DEAL = "远岫2031-1"


def cell(table: str, column: str, *key: str) -> DatasetCell:
    return DatasetCell(table, (DEAL, *key), column)


def figures(values: Mapping[DatasetCell, str], texts: Mapping[DatasetCell, str] | None = None) -> Figures:
    """Figures as printed: the step is the worth of the last digit given, none for counts."""
    return Figures([_figure(where, text) for where, text in values.items()], texts)


def _figure(where: DatasetCell, text: str) -> Figure:
    counted = where[2] == "count" or "loan_count" in where[1] or "pool_loan_count" in where[1]
    exponent = Decimal(text).as_tuple().exponent
    return Figure(where, Decimal(text), Decimal(0) if counted else Decimal(1).scaleb(int(exponent)))


def outcomes(found: Figures, name: str) -> list[str]:
    return [item.outcome for item in check_all(found, IDENTITIES) if item.identity.name == name]


def failing(found: Figures) -> set[str]:
    return {item.identity.name for item in check_all(found, IDENTITIES) if item.fails}


TRANCHES = {
    cell("deals", "total_amount"): "1000.00",
    cell("tranches", "amount", "优先A"): "762.90",
    cell("tranches", "amount", "优先B"): "88.80",
    cell("tranches", "amount", "次级"): "148.30",
    cell("tranches", "share_pct", "优先A"): "76.29",
    cell("tranches", "share_pct", "优先B"): "8.88",
    cell("tranches", "share_pct", "次级"): "14.83",
}


def test_tranches_add_up_to_the_issue() -> None:
    assert failing(figures(TRANCHES)) == set()
    assert "tranche_total" in failing(figures({**TRANCHES, cell("deals", "total_amount"): "1100.00"}))


def test_shares_that_are_printed_as_100_and_add_up_to_100_01_hold() -> None:
    shares = {
        cell("tranches", "share_pct", name): share for name, share in (("A", "76.29"), ("B", "8.88"), ("C", "14.84"))
    }
    assert outcomes(figures(shares), "tranche_shares") == ["within_rounding"]


def test_an_identity_with_a_missing_operand_is_not_evaluable_and_never_passed() -> None:
    some = {where: text for where, text in TRANCHES.items() if where != cell("tranches", "amount", "次级")}
    assert outcomes(figures(some), "tranche_total") == ["not_evaluable"]


def stat(metric: str) -> DatasetCell:
    return cell("pool_stats", "value", "2031-01-01", metric, "")


POOL = {
    stat("principal_balance"): "3105003912.37",
    stat("loan_count"): "7421",
    stat("avg_loan_balance"): "418407.74",
    stat("max_loan_balance"): "2000000.00",
}


def test_an_average_times_the_number_is_the_pool_even_where_the_average_was_cut_off() -> None:
    assert failing(figures(POOL)) == set()


def test_wan_taken_for_yuan_is_noticed_by_the_average_and_its_unit_is_named() -> None:
    altered = figures({**POOL, stat("avg_loan_balance"): "41.84"})
    (doubt,) = doubts(altered, check_all(altered, IDENTITIES))
    told = {suspect.cell: suspect for suspect in doubt.suspects}
    assert told[stat("avg_loan_balance")].mistake == "unit"


def bucket(name: str, column: str) -> DatasetCell:
    return cell("pool_distributions", column, "2031-01-01", "balance", name)


DISTRIBUTION = {
    **{bucket(f"b{i}", "amount"): amount for i, amount in enumerate(("500.00", "300.00", "200.00"))},
    **{bucket(f"b{i}", "amount_share_pct"): share for i, share in enumerate(("50.00", "30.00", "20.00"))},
    **{bucket(f"b{i}", "count"): count for i, count in enumerate(("10", "6", "4"))},
    **{bucket(f"b{i}", "count_share_pct"): share for i, share in enumerate(("50.00", "30.00", "20.00"))},
    stat("principal_balance"): "1000.00",
    stat("loan_count"): "20",
}


def test_a_distribution_adds_up_and_its_shares_are_those_of_its_buckets() -> None:
    assert failing(figures(DISTRIBUTION)) == set()


def test_a_list_of_the_largest_members_is_no_partition() -> None:
    rows = {where: text for where, text in DISTRIBUTION.items() if "b2" not in where[1]}
    assert failing(figures(rows)) == set()


def test_one_wrong_digit_is_found_and_mended() -> None:
    altered = figures({**DISTRIBUTION, bucket("b1", "amount"): "800.00"})
    (doubt,) = doubts(altered, check_all(altered, IDENTITIES))
    first = doubt.suspects[0]
    assert (first.cell, first.value, first.mistake) == (bucket("b1", "amount"), Decimal("300.00"), "digit")


def test_swapped_columns_of_shares_are_named() -> None:
    swapped = {bucket("b1", "amount_share_pct"): "35.00", bucket("b1", "count_share_pct"): "30.00"}
    own = {
        **DISTRIBUTION,
        bucket("b1", "count"): "7",
        bucket("b0", "count"): "9",
        bucket("b0", "count_share_pct"): "45.00",
    }
    altered = figures({**own, **swapped})
    named = {doubt.suspects[0].cell for doubt in doubts(altered, check_all(altered, IDENTITIES))}
    assert named <= set(swapped)
    assert named


def paid(period: str, column: str) -> DatasetCell:
    return cell("tranche_payments", column, "优先A", period, f"doc{period}")


def test_a_tranche_is_paid_down_and_carried_over() -> None:
    good = {
        cell("tranches", "amount", "优先A"): "100.00",
        paid("1", "opening_balance"): "100.00",
        paid("1", "principal_paid"): "30.00",
        paid("1", "closing_balance"): "70.00",
        paid("2", "opening_balance"): "70.00",
        paid("2", "principal_paid"): "20.00",
        paid("2", "closing_balance"): "50.00",
    }
    assert failing(figures(good)) == set()
    assert failing(figures({**good, paid("2", "opening_balance"): "71.00"})) == {"carried_over", "paid_down"}


def test_interest_follows_from_balance_coupon_and_days_by_the_day_count_that_fits() -> None:
    values = {cell("tranches", "coupon_pct", "优先A"): "3.65"}
    texts = {cell("deals", "closing_date"): "2031-01-01"}
    for period, (day, opening, interest) in enumerate(
        (("2031-01-11", "1000", "1.00"), ("2031-01-31", "900", "1.80")), 1
    ):
        values |= {paid(str(period), "opening_balance"): opening, paid(str(period), "interest_paid"): interest}
        texts[paid(str(period), "payment_date")] = day
    assert set(outcomes(figures(values, texts), "interest")) <= {"holds", "within_rounding"}
    assert len(outcomes(figures(values, texts), "interest")) == 2
    unfit = {**values, paid("2", "interest_paid"): "9.99", paid("1", "interest_paid"): "7.00"}
    assert outcomes(figures(unfit, texts), "interest") == []


def performance(metric: str, period: str, document: str, definition: str = "") -> DatasetCell:
    return cell("performance", "value", period, metric, definition, document)


def rates(printed: str) -> Figures:
    values = {
        stat("principal_balance"): "1000.00",
        performance("cumulative_default_amount", "3", "r3", "90+"): "18.60",
        performance("cumulative_default_pct", "3", "r3", "90+"): printed,
        cell("revolving_purchases", "cumulative_amount", "3", "r3"): "1190.00",
        cell("revolving_purchases", "purchase_amount", "3", "r3"): "400.00",
    }
    return figures(
        values, {("performance", performance("cumulative_default_pct", "3", "r3", "90+")[1], "reprinted"): "false"}
    )


@pytest.mark.parametrize(("printed", "denominator"), [("1.86", INITIAL), ("0.85", WITH_PURCHASES)])
def test_the_printed_rate_tells_which_denominator_the_deal_uses(printed: str, denominator: str) -> None:
    assert telling(rates(printed)) == {DEAL: denominator}
    assert failing(rates(printed)) == set()


def test_a_rate_that_fits_no_denominator_is_noticed() -> None:
    assert failing(rates("1.20")) == {"default_rate"}
    assert telling(rates("1.20")) == {}


def test_cumulative_defaults_are_those_before_and_the_new_ones() -> None:
    values = {
        performance("cumulative_default_amount", "1", "r2"): "10.00",
        performance("cumulative_default_amount", "2", "r2"): "15.00",
        performance("period_default_amount", "2", "r2"): "5.00",
    }
    assert failing(figures(values)) == set()
    assert failing(figures({**values, performance("period_default_amount", "2", "r2"): "6.00"})) == {
        "cumulative_default"
    }


def status(name: str, column: str) -> DatasetCell:
    return cell("delinquency", column, "3", name, "r3")


def test_beyond_90_days_is_a_status_of_its_own_where_none_is_finer() -> None:
    parts = {status("current", "balance"): "90.00", status("1-30", "balance"): "6.00", status("90+", "balance"): "4.00"}
    assert outcomes(figures({**parts, status("total", "balance"): "100.00"}), "status_total") == ["holds"]
    finer = {**parts, status("default", "balance"): "4.00", status("total", "balance"): "100.00"}
    assert outcomes(figures(finer), "status_total") == ["holds"]


def test_a_negative_amount_and_a_share_above_the_whole_are_out_of_bounds() -> None:
    values = {status("1-30", "balance"): "-6.00", status("1-30", "balance_share_pct"): "106.00"}
    assert failing(figures(values)) == {"bounds"}


def test_the_same_figure_printed_twice_with_the_same_digits_must_be_the_same() -> None:
    texts = {("performance", performance("cumulative_default_pct", "4", "r6")[1], "reprinted"): "true"}
    pair = {
        performance("cumulative_default_pct", "4", "r4"): "0.26",
        performance("cumulative_default_pct", "4", "r6"): "0.25",
    }
    assert failing(figures(pair, texts)) == {"reprint"}
    coarser = {**pair, performance("cumulative_default_pct", "4", "r6"): "0.3"}
    assert failing(figures(coarser, texts)) == set()


def test_every_identity_says_in_both_languages_what_must_hold() -> None:
    assert len({item.name for item in IDENTITIES}) == len(IDENTITIES)
    assert all(item.zh and item.en and item.severity in ("error", "warning") for item in IDENTITIES)
    assert {name for spec in contract.tables() for name in [spec.name]} >= {"checks"}


A, B, C = ("deals", ("x",), "a"), ("deals", ("x",), "b"), ("deals", ("x",), "c")
MONEY = st.decimals(min_value=1, max_value=10**9, places=2)


@given(MONEY, MONEY, MONEY, st.sampled_from([A, B, C]))
def test_the_value_that_an_equation_asks_for_satisfies_it(a: Decimal, b: Decimal, c: Decimal, asked: DatasetCell) -> None:
    values = {A: a, B: b, C: c}
    one = Decimal(1)
    shapes: tuple[Shape, ...] = (
        Sum(plus((A, B)), plus((C,))),
        Product(A, B, C),
        Share(A, B, ((one, C),)),
        Interest(A, B, C, one),
    )
    for shape in shapes:
        solved = shape.solve(asked, lambda where: Figure(where, values[where], Decimal("0.01")))
        if solved is not None:
            mended = {**values, asked: solved}
            left = residual(shape, lambda where: Figure(where, mended[where], Decimal("0.01")))  # noqa: B023  # used at once
            assert abs(left) <= Decimal("0.001") * max(1, abs(solved))


def test_a_group_of_failing_identities_hangs_together_by_its_cells() -> None:
    altered = figures({**TRANCHES, cell("tranches", "amount", "优先A"): "862.90"})
    found = doubts(altered, check_all(altered, IDENTITIES))
    assert len(found) == 1
    names: set[str] = {item.identity.name for item in found[0].failing if isinstance(item, Checked)}
    assert names == {"tranche_total", "tranche_share"}
    assert found[0].suspects[0].cell == cell("tranches", "amount", "优先A")


@pytest.mark.parametrize(
    ("closing", "outcome"),
    [("70.00", "holds"), ("90.00", "holds"), ("65.00", "holds"), ("75.00", "fails")],
    ids=["paid back", "and bought", "defaulted loans leave", "neither"],
)
def test_the_pool_rolls_by_the_variant_that_fits(closing: str, outcome: str) -> None:
    values = {
        performance("pool_opening_balance", "3", "r3"): "100.00",
        performance("pool_closing_balance", "3", "r3"): closing,
        performance("period_default_amount", "3", "r3"): "5.00",
        cell("cash_flows", "amount", "3", "principal", "合计", "r3"): "30.00",
        cell("revolving_purchases", "purchase_amount", "2", "r3"): "20.00",
    }
    assert outcomes(figures(values), "pool_roll") == [outcome]


def test_a_tranche_opens_its_first_period_with_what_was_issued() -> None:
    issued = {cell("tranches", "amount", "优先A"): "100.00"}
    first = {
        paid("1", "opening_balance"): "100.00",
        paid("1", "principal_paid"): "30.00",
        paid("1", "closing_balance"): "70.00",
    }
    assert outcomes(figures({**issued, **first}), "carried_over") == ["holds"]
    less = {paid("1", "opening_balance"): "90.00", paid("1", "closing_balance"): "60.00"}
    assert failing(figures({**issued, **first, **less})) == {"carried_over"}


def test_a_tranche_whose_first_report_is_not_at_hand_is_not_held_against_the_issue() -> None:
    values = {cell("tranches", "amount", "优先A"): "100.00", paid("2", "opening_balance"): "70.00"}
    assert outcomes(figures(values), "carried_over") == []


def purchase(number: str, column: str, document: str = "r3") -> DatasetCell:
    return cell("revolving_purchases", column, number, document)


def flow(period: str, account: str, line: str, column: str = "amount") -> DatasetCell:
    return cell("cash_flows", column, period, account, line, f"r{period}")


#: For each identity figures that it ties, and one of them altered so that it does not hold any more.
TIED: dict[str, tuple[dict[DatasetCell, str], DatasetCell, str]] = {
    "pool_carried_over": (
        {performance("pool_closing_balance", "2", "r2"): "90.00", performance("pool_opening_balance", "3", "r3"): "90.00"},
        performance("pool_opening_balance", "3", "r3"), "91.00",
    ),
    "initial_balance": (
        {performance("initial_pool_balance", "2", "r2"): "100.00", performance("initial_pool_balance", "3", "r3"): "100.00"},
        performance("initial_pool_balance", "3", "r3"), "101.00",
    ),
    "initial_pool": (
        {stat("principal_balance"): "100.00", performance("initial_pool_balance", "2", "r2"): "100.00"},
        performance("initial_pool_balance", "2", "r2"), "101.00",
    ),
    "status_pool": (
        {status("total", "balance"): "90.00", performance("pool_closing_balance", "3", "r3"): "90.00"},
        status("total", "balance"), "91.00",
    ),
    "status_total": (
        {status("current", "count"): "8", status("1-30", "count"): "2", status("total", "count"): "10"},
        status("1-30", "count"), "3",
    ),
    "recovery": (
        {performance("cumulative_recovery_amount", "3", "r3"): "4.00", performance("cumulative_default_amount", "3", "r3"): "5.00"},
        performance("cumulative_recovery_amount", "3", "r3"), "6.00",
    ),
    "cumulative_purchase": (
        {
            purchase("1", "purchase_amount"): "30.00", purchase("1", "cumulative_amount"): "30.00",
            purchase("2", "purchase_amount"): "20.00", purchase("2", "cumulative_amount"): "50.00",
        },
        purchase("2", "cumulative_amount"), "20.00",
    ),
    "account_total": (
        {flow("3", "income", "利息"): "7.00", flow("3", "income", "其他"): "3.00", flow("3", "income", "合计"): "10.00"},
        flow("3", "income", "合计"), "11.00",
    ),
    "previous_period": (
        {flow("2", "income", "利息"): "7.00", flow("3", "income", "利息", "previous_amount"): "7.00"},
        flow("3", "income", "利息", "previous_amount"), "8.00",
    ),
    "order": (
        {stat("avg_loan_balance"): "5.00", stat("max_loan_balance"): "9.00"}, stat("max_loan_balance"), "4.00",
    ),
    "distribution_total": (
        {bucket("a", "amount"): "60.00", bucket("b", "amount"): "40.00", stat("principal_balance"): "100.00"},
        stat("principal_balance"), "110.00",
    ),
    "distribution_shares": (
        {bucket("a", "amount_share_pct"): "60.00", bucket("b", "amount_share_pct"): "40.00"},
        bucket("b", "amount_share_pct"), "41.00",
    ),
    "status_shares": (
        {status("current", "balance_share_pct"): "90.00", status("1-30", "balance_share_pct"): "10.00"},
        status("1-30", "balance_share_pct"), "11.00",
    ),
    "status_share": (
        {status("1-30", "balance"): "10.00", status("1-30", "balance_share_pct"): "10.00", status("total", "balance"): "100.00"},
        status("1-30", "balance_share_pct"), "12.00",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TIED)
def test_each_identity_holds_on_what_fits_and_fails_on_one_figure_that_does_not(name: str) -> None:
    values, altered, wrong = TIED[name]
    assert outcomes(figures(values), name) != []
    assert set(outcomes(figures(values), name)) <= {"holds", "within_rounding"}
    assert "fails" in outcomes(figures({**values, altered: wrong}), name)


@pytest.mark.parametrize(("metric", "statistic"), [
    ("pool_closing_balance", "principal_balance"), ("pool_loan_count", "loan_count"), ("pool_wa_rate_pct", "wa_rate_pct"),
    ("pool_wa_remaining_term_years", "wa_remaining_term_years"),
])  # fmt: skip
def test_statistics_of_the_pool_at_the_periods_end_are_the_reports_figures(metric: str, statistic: str) -> None:
    own = performance(metric, "3", "r3")
    at_end = cell("pool_stats", "value", "2031-06-30", statistic, "")
    texts = {("performance", own[1], "period_end"): "2031-06-30"}
    assert outcomes(figures({own: "5", at_end: "5"}, texts), "pool_at_end") == ["holds"]
    assert outcomes(figures({own: "5", at_end: "7"}, texts), "pool_at_end") == ["fails"]
    assert (
        outcomes(figures({own: "5", at_end: "7"}, {("performance", own[1], "period_end"): "2031-05-31"}), "pool_at_end")
        == []
    )


def test_half_a_printed_unit_of_each_figure_is_rounding_and_more_is_not() -> None:
    parts = {cell("tranches", "amount", "A"): "50.0", cell("tranches", "amount", "B"): "50.0"}
    assert outcomes(figures({**parts, cell("deals", "total_amount"): "100.1"}), "tranche_total") == ["within_rounding"]
    assert outcomes(figures({**parts, cell("deals", "total_amount"): "100.2"}), "tranche_total") == ["fails"]


def test_a_cell_that_would_break_what_holds_is_not_blamed() -> None:
    values = {
        cell("tranches", "amount", "优先A"): "100.00",
        paid("1", "opening_balance"): "100.00",
        paid("1", "principal_paid"): "30.00",
        paid("1", "closing_balance"): "60.00",
        paid("2", "opening_balance"): "70.00",
    }
    (doubt,) = doubts(figures(values), check_all(figures(values), IDENTITIES))
    assert (doubt.suspects[0].cell, doubt.suspects[0].value) == (paid("1", "closing_balance"), Decimal("70.00"))
    assert all(not suspect.breaks for suspect in doubt.suspects[:1])


def test_interest_is_counted_by_days_and_a_day_more_does_not_fit() -> None:
    values = {cell("tranches", "coupon_pct", "优先A"): "3.65"}
    texts = {cell("deals", "closing_date"): "2031-01-01"}
    for period, day, opening, interest in (
        ("1", "2031-01-11", "1000000", "1000.00"),
        ("2", "2031-01-31", "900000", "1800.00"),
    ):
        values |= {paid(period, "opening_balance"): opening, paid(period, "interest_paid"): interest}
        texts[paid(period, "payment_date")] = day
    found = outcomes(figures(values, texts), "interest")
    assert len(found) == 2
    assert "fails" not in found


@pytest.mark.parametrize(("where", "value"), [
    (status("1-30", "balance"), "-0.01"), (status("1-30", "count"), "-1"), (status("1-30", "balance_share_pct"), "100.01"),
    (status("1-30", "balance_share_pct"), "-0.01"), (stat("wa_rate_pct"), "101"), (paid("1", "principal_paid"), "-5.00"),
])  # fmt: skip
def test_each_figure_that_cannot_be_is_out_of_bounds(where: DatasetCell, value: str) -> None:
    assert failing(figures({where: value})) == {"bounds"}


@pytest.mark.parametrize("value", ["0.00", "100.00"])
def test_nothing_and_the_whole_are_within_bounds(value: str) -> None:
    assert failing(figures({status("1-30", "balance_share_pct"): value})) == set()
