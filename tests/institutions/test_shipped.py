"""The names that come with the program: managers, internet lenders under their old names, every spelling of a short name."""

from __future__ import annotations

from pathlib import Path

import pytest

from dealproof.institutions.match import Matcher
from dealproof.mappings.aliases import Decision
from dealproof.mappings.institutions import Institution
from dealproof.mappings.load import load_registry

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def shipped() -> Matcher:
    registry = load_registry(ROOT / "mappings")
    return Matcher(registry.institutions, registry.decisions)


def legal(name: str, asked: Matcher, role: str = "", day: str = "") -> str:
    entity = asked.institution(asked.match(name, role, "", day))
    return entity.legal_name if entity else ""


@pytest.mark.parametrize(
    ("name", "whose"),
    [
        ("浙商银行股份有限公司（“浙商银行”）", "浙商银行股份有限公司"),
        ("中信证券资产管理", "中信证券资产管理有限公司"),
        ("中信证券资产管理有限公司（“中信证券资管”）", "中信证券资产管理有限公司"),
        ("华泰证券（上海）资产管理有限公司（“计划管理人”）", "华泰证券（上海）资产管理有限公司"),
        ("上海国泰君安证券资产管理有限公司", "上海国泰海通证券资产管理有限公司"),
        ("安信证券资产管理有限公司", "国投证券资产管理有限公司"),
        ("齐鲁证券(上海)资产管理有限公司", "中泰证券（上海）资产管理有限公司"),
        ("上海富诚海富通资产管理有限公司", "上海富诚海富通资产管理有限公司"),
        ("嘉实资本", "嘉实资本管理有限公司"),
        ("平安资管", "平安资产管理有限责任公司"),
        ("重庆市阿里巴巴小额贷款有限公司", "重庆市蚂蚁商诚小额贷款有限公司"),
        ("重庆市阿里巴巴小额贷款", "重庆市蚂蚁商诚小额贷款有限公司"),
        ("重庆市阿里小微小额贷款有限公司", "重庆市蚂蚁小微小额贷款有限公司"),
        ("重庆两江新区盛际小额贷款有限公司", "重庆京东盛际小额贷款有限公司"),
        ("重庆百度小额贷款有限公司", "重庆度小满小额贷款有限公司"),
        ("重庆三快小额贷款有限公司", "重庆美团三快小额贷款有限公司"),
        ("重庆苏宁小额贷款有限公司", "重庆星雨小额贷款有限公司"),
        ("捷信消费金融有限公司", "天津京东消费金融有限公司"),
        ("美团小额贷款", "重庆美团三快小额贷款有限公司"),
        ("瓯海农村商业银行", "浙江温州瓯海农村商业银行股份有限公司"),
    ],
)
def test_a_name_of_the_market_leads_home(name: str, whose: str, shipped: Matcher) -> None:
    assert legal(name, shipped) == whose


@pytest.mark.parametrize(
    "name",
    ["中信资管", "中信资产管理有限公司", "建信资产管理", "平安证券资管", "阿里小贷", "京汇小贷", "中信", "太平洋"],
)
def test_a_name_that_several_may_have_is_nobodys(name: str, shipped: Matcher) -> None:
    assert legal(name, shipped) == ""


def test_the_old_name_holds_in_a_role_and_at_a_date_too(shipped: Matcher) -> None:
    old = "重庆市阿里巴巴小额贷款有限公司"
    assert legal(old, shipped, "originator", "2014-06-30") == "重庆市蚂蚁商诚小额贷款有限公司"
    assert legal("捷信消费金融有限公司", shipped, "originator", "2020-06-30") == "天津京东消费金融有限公司"


LISTED = (
    Institution("A", "重庆美团三快小额贷款有限公司", short_name="美团小贷"),
    Institution("B", "浙江温州瓯海农村商业银行股份有限公司"),
    Institution("C", "江苏江南农村商业银行股份有限公司"),
)


def test_a_short_name_holds_in_every_spelling_of_its_type_word() -> None:
    alias = Decision("alias", "瓯海农商行", "B", decided_by="王敏")
    asked = Matcher(LISTED, [alias])
    assert legal("美团小额贷款", asked) == LISTED[0].legal_name
    for name in ("瓯海农商银行", "瓯海农村商业银行", "瓯海农商行城北支行"):
        assert legal(name, asked) == LISTED[1].legal_name, name
    assert legal("瓯海银行", asked) == ""
    assert legal("瓯海农村商业银行股份有限公司", asked) == ""


def test_two_spellings_that_were_given_to_two_institutions_lead_to_nobody_in_a_third() -> None:
    rows = [
        Decision("alias", "瓯海农商行", "B", decided_by="王敏"),
        Decision("alias", "瓯海农商银行", "C", decided_by="王敏"),
    ]
    asked = Matcher(LISTED, rows)
    assert legal("瓯海农商行", asked) == LISTED[1].legal_name
    assert legal("瓯海农村商业银行", asked) == ""


def test_a_broker_s_asset_manager_is_not_another_asset_manager_of_its_brand() -> None:
    asked = Matcher([Institution("A", "中信证券资产管理有限公司"), Institution("B", "建信保险资产管理有限公司")])
    assert legal("中信证券资管", asked) == "中信证券资产管理有限公司"
    assert legal("中信资管", asked) == ""
    assert legal("建信保险资管", asked) == "建信保险资产管理有限公司"
    assert legal("建信资产管理", asked) == ""


def test_of_two_names_in_one_cell_none_is_chosen() -> None:
    asked = Matcher([Institution("A", "中信证券股份有限公司"), Institution("B", "华泰联合证券有限责任公司")])
    assert legal("中信证券（主承销商）华泰联合证券有限责任公司", asked) == ""
    assert legal("荐机构（主承销商） 华泰联合证券有限责", asked) == "华泰联合证券有限责任公司"
