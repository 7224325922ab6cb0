"""A unit is what is printed: in the cell, in brackets of a label, or in a 单位 line."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealproof.text import label_key
from dealproof.values.numbers import parse_number
from dealproof.values.parsed import Parsed
from dealproof.values.units import find_units, foreign_currency, split_unit, to_years

FACTORS = {"元": 1, "千元": 1000, "万元": 10**4, "百万元": 10**6, "亿元": 10**8}


@given(st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False), st.sampled_from(sorted(FACTORS)))
def test_a_unit_inside_the_cell_is_cut_off_and_kept(amount: Decimal, word: str) -> None:
    number, unit = split_unit(f"{amount:,.2f}{word}")
    assert unit is not None
    assert (unit.kind, unit.factor) == ("money", FACTORS[word])
    parsed = parse_number(number)
    assert isinstance(parsed, Parsed)
    assert parsed.value == amount


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("贷款笔数（笔）", ["count"]),
        ("未偿本金余额（万元）", ["money"]),
        ("单位：万元、月、%", ["money", "term", "pct"]),
        ("单位：人民币元", ["money"]),
        ("金额占比(%)", ["pct"]),
        ("加权平均贷款剩余期限（月）", ["term"]),
        ("贷款余额（万元）及占比（%）", ["money", "pct"]),
        ("资产池情况", []),
    ],
)
def test_labels_and_unit_lines_name_their_units_in_order(text: str, kinds: list[str]) -> None:
    assert [unit.kind for unit in find_units(text)] == kinds


def test_an_amount_per_hundred_yuan_is_no_amount_in_yuan() -> None:
    assert find_units("每百元面额付息（元/百元面额）") == ()


@pytest.mark.parametrize("text", ["公元", "一元化", "制造业", "优先A档"])
def test_a_word_that_ends_like_a_unit_is_no_figure(text: str) -> None:
    assert split_unit(text) == (text, None)


@given(st.integers(1, 600))
def test_months_become_years_to_four_places(months: int) -> None:
    unit = find_units("（月）")[0]
    years = to_years(Decimal(months), unit)
    assert abs(years * 12 - months) <= Decimal("0.0006")


@pytest.mark.parametrize(("printed", "percent"), [
    ("3.5‰", "0.35"), ("3.5 ‰", "0.35"), ("-12‰", "-1.2"), ("3.5%", "3.5"), ("35bp", "0.35"), ("35 BPS", "0.35"),
    ("35个基点", "0.35"), ("0.5个百分点", "0.5"),
])  # fmt: skip
def test_per_mille_is_a_tenth_of_a_per_cent_and_a_basis_point_a_hundredth(printed: str, percent: str) -> None:
    number, unit = split_unit(printed)
    assert unit is not None
    assert unit.kind == "pct"
    assert Decimal(number) * unit.factor == Decimal(percent)


@pytest.mark.parametrize(("label", "factor"), [
    ("累计违约率（‰）", "0.1"), ("累计违约率‰", "0.1"), ("单位：‰", "0.1"), ("违约率（千分比）", "0.1"), ("利差（BP）", "0.01"),
    ("利差（基点）", "0.01"), ("早偿率%", "1"), ("早偿率（%/年）", "1"),
])  # fmt: skip
def test_a_label_that_names_per_mille_or_basis_points_is_not_in_per_cent(label: str, factor: str) -> None:
    assert [unit.factor for unit in find_units(label)] == [Decimal(factor)]


@pytest.mark.parametrize("sign", ["-", "－", "−", "△", "△ ", "▲", "负"])
def test_a_sign_before_a_figure_with_its_unit_is_part_of_the_figure(sign: str) -> None:
    number, unit = split_unit(f"{sign}1,234.50万元")
    assert unit is not None
    parsed = parse_number(number)
    assert isinstance(parsed, Parsed)
    assert parsed.value == Decimal("-1234.50")


@pytest.mark.parametrize(
    ("unit", "years"), [("年", "36"), ("月", "3"), ("个月", "3"), ("天", "0.0986"), ("日", "0.0986")]
)
def test_a_year_has_twelve_months_and_365_days(unit: str, years: str) -> None:
    assert to_years(Decimal(36), find_units(f"（{unit}）")[0]) == Decimal(years)


@pytest.mark.parametrize("text", ["余额（仟元）", "余额（人民币仟元）", "单位：千元", "单位：人民币仟元"])
def test_a_thousand_yuan_is_one_in_either_script(text: str) -> None:
    assert [unit.factor for unit in find_units(text)] == [1000]


@pytest.mark.parametrize(("text", "code", "factor"), [
    ("发行规模（万美元）", "USD", 10**4), ("单位：百万港元", "HKD", 10**6), ("单位：万元 币种：欧元", "EUR", 10**4), ("金额（元）", "", 1),
    ("单位：万元 币种：人民币", "", 10**4),
])  # fmt: skip
def test_a_unit_of_foreign_money_names_its_currency(text: str, code: str, factor: int) -> None:
    (unit,) = find_units(text)
    assert (foreign_currency(unit.text), unit.factor) == (code, factor)


@pytest.mark.parametrize(("text", "units"), [
    ("注：上表金额单位均为万元。", ["万元"]), ("注：以上金额单位统一为亿元；占比单位为%", ["亿元", "%"]), ("表中金额均以万元列示", ["万元"]),
    ("本表金额以人民币元为单位。", ["人民币元"]), ("注：除特别注明外，金额均以千元表示。", ["千元"]), ("利息以元计息", []), ("每百元面额", []),
])  # fmt: skip
def test_a_note_names_the_unit_in_a_sentence(text: str, units: list[str]) -> None:
    assert [unit.text if unit.text != "元" or "人民币" not in text else "人民币元" for unit in find_units(text)] == units


@pytest.mark.parametrize(("label", "unit", "key"), [
    ("本金余额/万元", "万元", "本金余额"), ("金额占比/%", "%", "金额占比"), ("笔数/笔", "笔", "笔数"), ("加权平均剩余期限/月", "月", "加权平均剩余期限"),
])  # fmt: skip
def test_a_unit_may_stand_behind_a_slash(label: str, unit: str, key: str) -> None:
    assert [each.text for each in find_units(label)] == [unit]
    assert label_key(label) == key


@pytest.mark.parametrize("label", ["执行利率/月", "平均金额/笔", "发行规模/金额", "发起机构/贷款服务机构", "笔均余额/户"])
def test_what_stands_behind_a_slash_may_say_of_what_a_figure_is_one(label: str) -> None:
    assert label_key(label) == label
