"""Dates as circulars and reports print them; a day that is in no calendar is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealproof.values.dates import parse_date, parse_month, parse_period
from dealproof.values.parsed import Nothing, Parsed, Refused

days = st.dates(min_value=date(2005, 1, 1), max_value=date(2069, 12, 31))
FORMS = (
    "{y}年{m}月{d}日",
    "{y} 年 {m} 月 {d} 日",
    "{y}-{m:02}-{d:02}",
    "{y}/{m}/{d}",
    "{y}.{m:02}.{d:02}",
    "{y}{m:02}{d:02}",
)


@given(days, st.sampled_from(FORMS))
def test_every_printed_form_of_a_day_is_that_day(day: date, form: str) -> None:
    parsed = parse_date(form.format(y=day.year, m=day.month, d=day.day))
    assert isinstance(parsed, Parsed)
    assert parsed.value == day


@given(days, days)
def test_a_period_has_a_first_and_a_last_day(one: date, other: date) -> None:
    first, last = sorted((one, other))
    parsed = parse_period(f"{first:%Y年%m月%d日}至{last:%Y年%m月%d日}")
    assert isinstance(parsed, Parsed)
    assert parsed.value == (first, last)


def test_chinese_numerals_are_dates() -> None:
    parsed = parse_date("二〇二五年二月二十日")
    assert isinstance(parsed, Parsed)
    assert parsed.value == date(2025, 2, 20)


@pytest.mark.parametrize("text", ["2025年2月30日", "2025年13月1日", "2024-00-10"])
def test_a_day_that_is_in_no_calendar_is_refused(text: str) -> None:
    assert isinstance(parse_date(text), Refused)


def test_a_footnote_digit_behind_a_date_is_set_aside() -> None:
    parsed = parse_date("2024年4月10日1")
    assert isinstance(parsed, Parsed)
    assert (parsed.value, parsed.flags) == (date(2024, 4, 10), ("footnote",))


@pytest.mark.parametrize("text", ["/", "-", "不适用"])
def test_no_date_is_nothing(text: str) -> None:
    assert isinstance(parse_date(text), Nothing)


@given(st.text(max_size=25))
def test_any_text_gives_an_answer_and_no_crash(text: str) -> None:
    assert isinstance(parse_date(text), Parsed | Nothing | Refused)
    assert isinstance(parse_period(text), Parsed | Nothing | Refused)
    assert isinstance(parse_month(text), Parsed | Refused)


@pytest.mark.parametrize(
    "printed", ["2024/4/1²", "2024年4月1日²", "2024-04-01①", "2024年4⽉1⽇⁽²⁾", "２０２４年４月１日²"]
)
def test_a_raised_mark_is_no_digit_of_the_day(printed: str) -> None:
    parsed = parse_date(printed)
    assert isinstance(parsed, Parsed)
    assert (parsed.value, parsed.flags) == (date(2024, 4, 1), ("footnote",))


@pytest.mark.parametrize(("printed", "last"), [
    ("2025年6月1日至6月30日", date(2025, 6, 30)), ("2025年12月1日至1月31日", date(2026, 1, 31)), ("2025年12月26日-1月25日", date(2026, 1, 25)),
    ("2025年6月1日（含）至6月1日（含）", date(2025, 6, 1)),
])  # fmt: skip
def test_the_last_day_without_its_year_is_the_next_such_day(printed: str, last: date) -> None:
    parsed = parse_period(printed)
    assert isinstance(parsed, Parsed)
    assert parsed.value[1] == last


@pytest.mark.parametrize(
    "printed", ["2025年6月30日至2025年6月1日", "2025-06-01~2025-05-31", "2025年6月30日至2025年2月31日"]
)
def test_a_period_that_ends_before_it_starts_is_refused(printed: str) -> None:
    assert isinstance(parse_period(printed), Refused)


@pytest.mark.parametrize(
    "printed", ["2025年6月1日前", "2025年6月1日和6月3日", "2025年6月1日左右", "2025年6月1日 2025年7月1日"]
)
def test_words_behind_a_date_make_it_another_statement(printed: str) -> None:
    assert isinstance(parse_date(printed), Refused)
