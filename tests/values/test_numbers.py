"""A number is the whole of its text, or it is refused; nothing is ever taken from a part."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealproof.values.numbers import chinese_int, decimals, parse_capital, parse_count, parse_number
from dealproof.values.parsed import Nothing, Parsed, Refused

amounts = st.decimals(min_value=0, max_value=10**13, places=2, allow_nan=False)


def read(text: str, *, accounting: bool = False) -> Decimal:
    parsed = parse_number(text, accounting=accounting)
    assert isinstance(parsed, Parsed), parsed
    return parsed.value


@given(amounts)
def test_an_amount_with_thousands_commas_is_read_back_exactly(amount: Decimal) -> None:
    assert read(f"{amount:,.2f}") == amount
    assert read(f"{amount:.2f}") == amount


@given(amounts)
def test_full_width_figures_are_the_same_figures(amount: Decimal) -> None:
    wide = f"{amount:,.2f}".translate({**{ord(str(d)): 0xFF10 + d for d in range(10)}, ord(","): "，", ord("."): "．"})
    assert read(wide) == amount


@given(amounts.filter(bool))
def test_brackets_are_negative_only_in_accounts(amount: Decimal) -> None:
    text = f"({amount:,.2f})"
    assert read(text, accounting=True) == -amount
    assert isinstance(parse_number(text), Refused)


@given(amounts, st.integers(1, 9))
def test_a_footnote_in_brackets_is_set_aside_and_flagged(amount: Decimal, note: int) -> None:
    for mark in (f"(注{note})", f"（注{note}）", f"[{note}]"):
        parsed = parse_number(f"{amount:,.2f}{mark}")
        assert isinstance(parsed, Parsed)
        assert (parsed.value, parsed.flags) == (amount, ("footnote",))


def test_a_raised_digit_is_a_footnote_and_a_plain_one_is_part_of_the_number() -> None:
    assert read("103.90²") == Decimal("103.90")
    assert read("103.902") == Decimal("103.902")


@given(amounts, amounts)
def test_two_amounts_in_one_cell_are_refused(one: Decimal, other: Decimal) -> None:
    assert isinstance(parse_number(f"{one:.2f} {other:.2f}"), Refused)
    assert isinstance(parse_number(f"{one:.2f}/{other:.2f}"), Refused)


@given(amounts, st.sampled_from(["万元左右", "约", "abc", "%上限", "以上"]))
def test_words_behind_a_number_refuse_it(amount: Decimal, words: str) -> None:
    assert isinstance(parse_number(f"{amount:,.2f}{words}"), Refused)


@pytest.mark.parametrize("text", ["1.234.567.89", "2/25", "1,23,456", "12,34", "1..2", "--5-", "1,2345"])
def test_misread_digits_are_refused_and_never_repaired(text: str) -> None:
    assert isinstance(parse_number(text), Refused)


@pytest.mark.parametrize("text", ["-", "/", "—", "——", "--", "不适用", "无", "", "NA", "N/A", "·", "■"])
def test_the_ways_to_write_nothing_are_nothing_and_not_zero(text: str) -> None:
    assert isinstance(parse_number(text), Nothing)


def test_zero_is_a_number() -> None:
    assert read("0.00") == 0


@given(st.text(max_size=20))
def test_any_text_gives_an_answer_and_no_crash(text: str) -> None:
    assert isinstance(parse_number(text), Parsed | Nothing | Refused)
    assert isinstance(parse_count(text), Parsed | Nothing | Refused)
    assert isinstance(parse_capital(text), Parsed | Refused)


def test_a_count_has_no_fraction() -> None:
    assert isinstance(parse_count("12.5"), Refused)


@pytest.mark.parametrize(
    ("text", "number"), [("十", 10), ("十一", 11), ("二十三", 23), ("一百零二", 102), ("12", 12), ("二〇二五", 2025)]
)
def test_chinese_whole_numbers(text: str, number: int) -> None:
    assert chinese_int(text) == number


@pytest.mark.parametrize(
    ("text", "yuan"),
    [("人民币壹佰亿元整", "10000000000"), ("壹拾万元", "100000"), ("贰仟零伍拾元叁角伍分", "2050.35"), ("叁亿肆仟万元", "340000000")],
)  # fmt: skip
def test_amounts_in_capital_numerals(text: str, yuan: str) -> None:
    parsed = parse_capital(text)
    assert isinstance(parsed, Parsed)
    assert parsed.value == Decimal(yuan)


@pytest.mark.parametrize(("printed", "value"), [
    ("1,234.56²", "1234.56"), ("120¹²", "120"), ("1,234.56⁽¹⁾", "1234.56"), ("120₇", "120"), ("120①", "120"), ("120注1", "120"),
    ("100⑫", "100"), ("１２０²", "120"),
])  # fmt: skip
def test_a_raised_lowered_or_circled_mark_is_set_aside_and_flagged(printed: str, value: str) -> None:
    parsed = parse_number(printed)
    assert isinstance(parsed, Parsed)
    assert (parsed.value, parsed.flags, parsed.text) == (Decimal(value), ("footnote",), printed)


@pytest.mark.parametrize("printed", [
    "²120", "¹²⁰", "1,234.⁵⁶", "1²0", "1.5⒈", "12\ue0d1", "\ue0d1\ue0d2", "1\ufffd2", "120  345", "1½", "1 2 0",
])  # fmt: skip
def test_a_figure_that_cannot_be_known_is_refused(printed: str) -> None:
    assert isinstance(parse_number(printed), Refused)


def test_a_soft_hyphen_before_a_figure_is_its_sign() -> None:
    assert read("\u00ad3.2") == Decimal("-3.2")


def test_a_raised_figure_is_no_number_in_words() -> None:
    assert chinese_int("²") is None


@pytest.mark.parametrize("sign", ["-", "－", "−", "–", "△", "▲", "负", "△ ", "负 "])
def test_a_triangle_and_the_word_for_minus_make_a_figure_negative(sign: str) -> None:
    assert read(f"{sign}1,234.50") == Decimal("-1234.50")
    assert read(f"{sign}¥0.07") == Decimal("-0.07")


def test_a_plus_before_a_figure_changes_nothing() -> None:
    assert read("+1,234.50") == Decimal("1234.50")


def test_a_figure_in_brackets_with_a_sign_before_it_is_refused_in_accounts_too() -> None:
    assert isinstance(parse_number("-(1,234.50)", accounting=True), Refused)


@given(amounts)
def test_thousands_parted_by_dots_or_apostrophes_are_read_where_the_decimals_tell(amount: Decimal) -> None:
    printed = f"{amount:,.2f}"
    if "," not in printed:
        return
    assert read(printed.replace(",", "'")) == amount
    assert read(printed.replace(",", "’")) == amount
    assert read(printed.translate(str.maketrans(",.", ".,"))) == amount


@pytest.mark.parametrize("text", [
    "1.234,567", "1,234.567.89", "12.34,56", "1.2345,67", "1'23.45", "1'234", "0,37", "1.234.567", "1,234'567.89", "1.234,",
])  # fmt: skip
def test_separators_that_leave_two_figures_possible_are_refused(text: str) -> None:
    assert isinstance(parse_number(text), Refused)


@given(amounts.filter(bool))
def test_a_sign_behind_a_figure_is_negative_only_in_accounts(amount: Decimal) -> None:
    assert read(f"{amount:,.2f}-", accounting=True) == -amount
    assert isinstance(parse_number(f"{amount:,.2f}-"), Refused)


@pytest.mark.parametrize(("printed", "digits"), [("1.234.567,8", 1), ("1'234.56", 2), ("1,234", 0), ("12.345", 3)])
def test_printed_decimals_are_counted_however_thousands_are_parted(printed: str, digits: int) -> None:
    assert decimals(printed) == digits
