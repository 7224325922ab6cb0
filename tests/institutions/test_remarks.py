"""What stands around a name in a document never hides whose it is, and never makes it somebody else's."""

from __future__ import annotations

import pytest

from dealproof.institutions.explain import explain
from dealproof.institutions.match import Matcher
from dealproof.mappings.aliases import Decision
from dealproof.mappings.institutions import Institution

FULL = "浙商银行股份有限公司"
MATCHER = Matcher(
    [
        Institution("B1", FULL, short_name="浙商银行", name_en="China Zheshang Bank Co., Ltd."),
        Institution("B2", "中信银行股份有限公司", name_en="China CITIC Bank Corporation Limited"),
        Institution("B3", "中国银行股份有限公司", name_en="Bank of China Limited"),
        Institution("S1", "中信证券股份有限公司"),
        Institution("S2", "华泰证券（上海）资产管理有限公司", short_name="华泰资管"),
        Institution("T1", "浙江泰隆商业银行股份有限公司"),
    ],
    [Decision("alias", "泰隆", "T1", decided_by="王敏")],
)


def home(name: str, role: str = "") -> str:
    entity = MATCHER.institution(MATCHER.match(name, role))
    return entity.institution_id if entity else ""


QUOTES = ("“”", "「」", "『』", '""', "''", "《》", "〈〉", "‘’", "＂＂", "〝〞", "｢｣")
BRACKETS = ("（）", "()", "【】", "〔〕", "[]")


@pytest.mark.parametrize("quotes", QUOTES)
@pytest.mark.parametrize("brackets", BRACKETS)
def test_a_short_form_in_quotation_marks_leads_home(quotes: str, brackets: str) -> None:
    assert home(f"{FULL}{brackets[0]}{quotes[0]}浙商银行{quotes[1]}{brackets[1]}") == "B1"


@pytest.mark.parametrize(
    "remark",
    [
        "（简称“浙商银行”）",
        "（以下简称：浙商银行）",
        "（以下简称“浙商银行”或“贵行”）",
        "（下称“浙商”）",
        "（亦称“浙商银行”）",
        "（以下统称“发起机构”）",
        "（在此称为“浙商银行”）",
        '（"the Bank"）',
        '(the "Bank")',
        '(hereinafter referred to as the "Originator")',
        "（“浙商银行”、“受托人”）",
        "（“浙商银行”，作为发起机构）",
        "（浙商银行）",
        "（浙商）",
        "（CZBank）",
        "（China Zheshang Bank Co., Ltd.）",
        " China Zheshang Bank Co., Ltd.",
        "（601916.SH）",
        "（“浙商银行”，股票代码：601916）",
        "，以下简称“浙商银行”",
        "以下简称浙商银行",
        "“浙商银行”",
        "（“浙商银行”，原名“浙江商业银行股份有限公司”）",
    ],
)
def test_every_way_of_giving_a_short_form_leads_home(remark: str) -> None:
    assert home(FULL + remark) == "B1"


@pytest.mark.parametrize(
    "cut",
    [
        f"{FULL}（“浙商\n银行”）",
        "浙商银行股\n份有限公司（“浙商银行”）",
        f"{FULL}（以下\n简称“浙商银行”）",
        f"{FULL}（“浙商银",
        f"{FULL}（以下简称“浙",
        f"{FULL}“浙商银行”）",
    ],
)
def test_a_line_break_or_the_edge_of_a_column_within_the_remark_changes_nothing(cut: str) -> None:
    assert home(cut) == "B1"


@pytest.mark.parametrize(
    "name", [f"浙商银行（{FULL}）", f"“浙商银行”（全称{FULL}）", f"China Zheshang Bank Co., Ltd. {FULL}"]
)
def test_the_full_name_behind_the_short_one_leads_home(name: str) -> None:
    assert home(name) == "B1"


@pytest.mark.parametrize(
    ("name", "whose"),
    [
        ("China Zheshang Bank Co., Ltd. (“CZBank”)", "B1"),
        ('CHINA ZHESHANG BANK CO., LTD. (the "Bank")', "B1"),
        ("Bank of China Limited (BOC)", "B3"),
        ("Bank of China Limited (Hong Kong)", ""),
        ("Bank of China (Hong Kong) Limited", ""),
    ],
)
def test_a_short_form_behind_an_english_name_leads_home_and_a_place_does_not(name: str, whose: str) -> None:
    assert home(name) == whose


def test_an_office_behind_the_short_form_is_its_institutions() -> None:
    verdict = MATCHER.match(f"{FULL}（“浙商银行”）北京分行")
    assert (verdict.outcome, verdict.branch) == ("matched", "北京分行")


@pytest.mark.parametrize(
    "name",
    [
        "中信银行股份有限公司（“中信证券”）",
        "中信银行股份有限公司（以下简称“中信证券”）",
        f"{FULL}（“泰隆”）",
        "浙江泰隆商业银行股份有限公司（浙商银行股份有限公司）",
    ],
)
def test_a_short_form_of_another_institution_beside_the_name_is_asked_about(name: str) -> None:
    assert home(name) == ""


@pytest.mark.parametrize(
    "name",
    [
        f"{FULL}（香港）",
        f"{FULL}（Hong Kong Branch）",
        f"{FULL}（HK）",
        f"{FULL}（代“惠泽1号资产支持专项计划”）",
        f"{FULL}（筹）",
        "浙南银行股份有限公司（“浙商银行”）",
        "中国銀行(香港)有限公司（“中国银行”）",
        "华泰证券（北京）资产管理有限公司（“华泰资管”）",
        f"{FULL}与浙江泰隆商业银行股份有限公司（合称“发起机构”）",
        f"{FULL}（“浙商银行”）和中信银行股份有限公司（“中信银行”）",
    ],
)
def test_a_remark_never_makes_a_name_somebody_elses(name: str) -> None:
    assert home(name) == ""


def test_what_was_left_out_is_shown() -> None:
    assert explain(f"{FULL}（“浙商银行”）", MATCHER).removed == "(浙商银行)"


def test_a_persons_row_about_the_name_with_its_remark_decides() -> None:
    name = "中信银行股份有限公司（“中信证券”）"
    row = Decision("alias", name, "B2", decided_by="王敏")
    matcher = Matcher(MATCHER.index.entities, [row])
    assert matcher.match(name).match == "reviewed"
