"""Names of tranches, ratings, buckets and deals in the grammars of the market."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealproof.text import squeeze
from dealproof.values.buckets import parse_bucket, parse_status_bucket
from dealproof.values.deals import asset_class_of, is_sound_deal_id, parse_deal_name, parse_report_number
from dealproof.values.parsed import Nothing, Parsed, Refused
from dealproof.values.ratings import parse_rating, split_ratings
from dealproof.values.tranches import is_total_label, parse_tranche

_SENIORITY = {"优先A": "senior", "优先A1": "senior", "优先B": "mezzanine", "次级": "subordinated"}


@given(st.sampled_from(sorted(_SENIORITY)), st.sampled_from(["", "档", "级", "档资产支持证券"]))
def test_a_tranche_is_one_tranche_under_every_suffix(name: str, suffix: str) -> None:
    parsed = parse_tranche(name if name == "次级" and suffix == "级" else name + suffix)
    assert isinstance(parsed, Parsed)
    assert parsed.value.seniority == _SENIORITY[name]
    assert parsed.value.name.startswith(name.removesuffix("级"))


@pytest.mark.parametrize("text", ["合计", "总计", "小计", "合 计", "Total", "总计\nTotal", "合计 Total", "小计/Subtotal"])
def test_a_total_is_no_tranche(text: str) -> None:
    assert is_total_label(text)
    assert isinstance(parse_tranche(text), Refused)


@pytest.mark.parametrize(
    ("text", "rating"), [("AAAsf", "AAAsf"), ("AA+ sf", "AA+sf"), ("AAA", "AAA"), ("AA十", "AA+"), ("BBB-sf", "BBB-sf")]
)
def test_ratings_keep_the_suffix_that_is_printed(text: str, rating: str) -> None:
    parsed = parse_rating(text)
    assert isinstance(parsed, Parsed)
    assert parsed.value == rating


@pytest.mark.parametrize("text", ["未予评级", "无评级", "NR", "/", "-"])
def test_no_rating_is_nothing(text: str) -> None:
    assert isinstance(parse_rating(text), Nothing)


@pytest.mark.parametrize("text", ["AAAA", "A1", "固定利率", "4.50%", "aaa"])
def test_what_is_no_rating_is_refused(text: str) -> None:
    assert isinstance(parse_rating(text), Refused)


def test_two_agencies_in_one_cell_are_two_ratings() -> None:
    values = [item.value for item in split_ratings("AA+sf/AAsf") if isinstance(item, Parsed)]
    assert values == ["AA+sf", "AAsf"]


@given(st.integers(0, 500), st.integers(1, 500))
def test_an_interval_keeps_which_of_its_ends_belongs_to_it(low: int, width: int) -> None:
    parsed = parse_bucket(f"({low},{low + width}]")
    assert isinstance(parsed, Parsed)
    bucket = parsed.value
    assert (bucket.lower, bucket.upper) == (Decimal(low), Decimal(low + width))
    assert (bucket.lower_included, bucket.upper_included) == (False, True)


@pytest.mark.parametrize("text", ["制造业", "信用", "江苏省", "合计"])
def test_a_name_is_no_interval(text: str) -> None:
    assert isinstance(parse_bucket(text), Refused)


@pytest.mark.parametrize(
    ("text", "bucket"), [("正常", "current"), ("逾期1-30天", "1-30"), ("违约", "default"), ("合计", "total")]
)
def test_delinquency_buckets_have_canonical_names(text: str, bucket: str) -> None:
    parsed = parse_status_bucket(text)
    assert isinstance(parsed, Parsed)
    assert parsed.value == bucket


@given(st.text(max_size=25))
def test_any_text_gives_an_answer_and_no_crash(text: str) -> None:
    for parse in (parse_tranche, parse_rating, parse_bucket, parse_status_bucket, parse_deal_name):
        assert isinstance(parse(text), Parsed | Nothing | Refused)


@pytest.mark.parametrize("mark", ["²", "①", "⁽³⁾", "(注1)"])
def test_the_mark_of_a_footnote_changes_no_name(mark: str) -> None:
    assert parse_tranche(f"优先A级{mark}") == Parsed(parse_tranche("优先A级").value, f"优先A级{mark}")  # type: ignore[union-attr]
    assert parse_status_bucket(f"逾期1-30天{mark}") == Parsed("1-30", f"逾期1-30天{mark}")
    assert parse_rating(f"AAAsf{mark}") == Parsed("AAAsf", f"AAAsf{mark}")
    assert is_total_label(f"合计{mark}")


@pytest.mark.parametrize(("printed", "name", "seniority"), [
    ("优先级", "优先", "senior"), ("优先A-1档", "优先A1", "senior"), ("优先B级", "优先B", "mezzanine"), ("优先C级", "优先C", "mezzanine"),
    ("次优先级", "次优先", "mezzanine"), ("次优级", "次优先", "mezzanine"), ("次优先A档", "次优先A", "mezzanine"), ("中间级", "中间", "mezzanine"),
    ("夹层档", "夹层", "mezzanine"), ("次级", "次级", "subordinated"), ("劣后级", "劣后", "subordinated"), ("A级", "优先A", "senior"),
    ("B级", "优先B", "mezzanine"), ("C级", "优先C", ""), ("Class A-2a Notes", "ClassA2a", "senior"), ("Class B", "ClassB", "mezzanine"),
])  # fmt: skip
def test_the_class_word_says_who_is_paid_first(printed: str, name: str, seniority: str) -> None:
    parsed = parse_tranche(printed)
    assert isinstance(parsed, Parsed)
    assert (parsed.value.name, parsed.value.seniority) == (name, seniority)


DEAL = "云帆2025年第二期微小企业贷款资产证券化信托"


@pytest.mark.parametrize(("title", "number"), [
    (f"{DEAL}受托机构报告2025年第3期（总第9期）", 9), (f"{DEAL}受托机构报告（总第9期）2025年第3期", 9),
    (f"{DEAL}受托机构报告（第3期）", 3), (f"{DEAL}受托机构报告第十二期", 12), (f"{DEAL}受托机构年度报告", None),
])  # fmt: skip
def test_the_number_of_a_report_is_its_total_number_and_never_that_of_the_deal(title: str, number: int | None) -> None:
    assert parse_report_number(title) == number


@pytest.mark.parametrize(("printed", "bucket"), [
    ("逾期90天以上", "90+"), ("拖欠180天以上", "180+"), ("逾期超过90天", "90+"), ("M3+", "90+"), ("M1", "1-30"), ("逾期151-180天", "151-180"),
])  # fmt: skip
def test_days_past_due_have_one_name_for_each_bucket(printed: str, bucket: str) -> None:
    assert parse_status_bucket(printed) == Parsed(bucket, printed)


@pytest.mark.parametrize("printed", ["拖欠30天以上", "逾期60天以上", "逾期1-90天", "逾期15-45天"])
def test_what_overlaps_with_other_buckets_is_none(printed: str) -> None:
    assert isinstance(parse_status_bucket(printed), Refused)


TITLE = "微小企业贷款资产支持证券"


@pytest.mark.parametrize("number", ["一", "1", "Ⅰ", "I", "壹", "①", " 1 "])
def test_a_deal_has_one_key_however_its_number_is_printed(number: str) -> None:
    parsed = parse_deal_name(f"晨申2024年第{number}期{TITLE}")
    assert isinstance(parsed, Parsed)
    assert parsed.value.deal_id == "晨申2024-1"


@pytest.mark.parametrize(("printed", "number"), [("Ⅱ", 2), ("IV", 4), ("Ⅸ", 9), ("XII", 12), ("叁", 3), ("⑦", 7)])
def test_roman_circled_and_banking_numerals_count_as_they_say(printed: str, number: int) -> None:
    parsed = parse_deal_name(f"晨申2024年度第{printed}期{TITLE}")
    assert isinstance(parsed, Parsed)
    assert parsed.value.number == number


@pytest.mark.parametrize("front", [
    "人民币214,090万元", "人民币50亿元", "发行规模：人民币2,140,900,000.00元", "¥1,200万元", "20亿元", "2024年3月12日", "发行总额为214,090万元人民币",
])  # fmt: skip
def test_an_amount_or_a_date_glued_to_the_name_makes_no_second_deal(front: str) -> None:
    parsed = parse_deal_name(f"{front}台融2023年第二期{TITLE}")
    assert isinstance(parsed, Parsed)
    assert parsed.value.deal_id == "台融2023-2"
    assert parsed.value.full == f"台融2023年第二期{TITLE}"


@pytest.mark.parametrize(
    "name",
    ["人民币214,090万元台融2023-2", "本期发行台融2023-2", "台州银行股份有限公司2023-2", "晨申2024年第I期", "资产支持2024-1", "", "台融，2023-2"],
)
def test_no_deal_is_called_so(name: str) -> None:
    assert not is_sound_deal_id(name)


@pytest.mark.parametrize("name", ["泰和2019-1", "飞驰建普2025-4", "尚亦017", "融帆7号", "ABC租赁2024-2", "中和农信2016-1", "FordCreditAutoOwnerTrust2024-A"])
def test_a_deal_may_be_called_so(name: str) -> None:
    assert is_sound_deal_id(name)


@pytest.mark.parametrize("year", ["二〇二四", "二○二四", "二零二四", "２０２４"])
def test_a_year_in_numerals_is_the_year_of_the_key(year: str) -> None:
    parsed = parse_deal_name(f"晨申{year}年第一期{TITLE}")
    assert isinstance(parsed, Parsed)
    assert parsed.value.deal_id == "晨申2024-1"
    assert parsed.value.full == squeeze(f"晨申{year}年第一期{TITLE}")


@pytest.mark.parametrize(("name", "asset_class"), [
    ("招商资管-融帆7号资产支持专项计划", ""), ("华西-聚信3期绿色资产支持专项计划", ""), ("国金2024-1资产支持票据", ""),
    ("泰和2019年第一期小微贷款资产支持证券", "micro_loan"), ("国泰-保理2号应收账款资产支持专项计划", "receivable"),
    ("国泰-版权许可2024-1知识产权资产支持专项计划", "other"),
])  # fmt: skip
def test_a_name_that_says_nothing_of_its_assets_has_no_class(name: str, asset_class: str) -> None:
    assert asset_class_of(name) == asset_class


@pytest.mark.parametrize(("name", "deal_id"), [
    ("中信证券-国网租赁5期资产支持专项计划", "国网租赁5期"),
    ("浙商汇金-飞驰保理3号第2期资产支持专项计划", "飞驰保理3号2"),
    ("华能信托·云帆2号第3期资产支持专项计划", "云帆2号3"),
    ("海通恒信国际融资租赁股份有限公司2025年度第一期资产支持票据", "海通恒信国际融资租赁2025-1"),
    ("中电投融和融资租赁有限公司2024年度第十二期绿色定向资产支持票据", "中电投融和融资租赁2024-12"),
    ("国泰海通-小米集团供应链金融（2025年第6期）资产支持专项计划", "小米集团供应链金融2025-6"),
    ("中建投-苏宁消费金融应收账款ABS2025-2资产支持专项计划", "苏宁消费金融应收账款ABS2025-2"),
])  # fmt: skip
def test_a_deal_that_is_called_like_an_institution_keeps_its_name(name: str, deal_id: str) -> None:
    parsed = parse_deal_name(name)
    assert isinstance(parsed, Parsed)
    assert parsed.value.deal_id == deal_id
    assert is_sound_deal_id(deal_id)


@pytest.mark.parametrize(("name", "deal_id"), [
    ("天风-花呗授信付款资产支持专项计划（第三期）", "花呗授信付款3"), ("澄江小贷2024第3期资产支持专项计划", "澄江小贷2024-3"),
    ("天风-花呗2025年授信付款资产支持专项计划(3期)", "花呗2025-3"),
])  # fmt: skip
def test_a_number_in_brackets_behind_the_vehicle_is_that_of_the_deal(name: str, deal_id: str) -> None:
    parsed = parse_deal_name(f"{name}收益分配报告（第6次）")
    assert isinstance(parsed, Parsed)
    assert parsed.value.deal_id == deal_id


@pytest.mark.parametrize(("name", "asset_class"), [
    ("重庆度小满小额贷款有限公司2024年度第一期消费贷款资产支持票据", "consumer_loan"), ("平安汇通-普惠车贷5号资产支持专项计划", "auto_loan"),
    ("云帆融资租赁有限公司2025年度第一期小微企业资产支持票据", "micro_loan"),
])  # fmt: skip
def test_what_the_assets_are_is_told_by_the_name_and_not_by_the_lender(name: str, asset_class: str) -> None:
    assert asset_class_of(name) == asset_class


@pytest.mark.parametrize("teller", ["平安证券股份有限公司关于", "关于", "资租赁资产支持专项计划设立的公告"])
def test_who_gives_a_notice_is_no_part_of_the_name_of_the_deal(teller: str) -> None:
    found = parse_deal_name(f"{teller}平安证券-弘保2025年第2期供应链资产支持专项计划成立的公告")
    assert isinstance(found, Parsed)
    assert found.value.full == "平安证券-弘保2025年第2期供应链资产支持专项计划"
