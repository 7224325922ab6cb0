"""Names lead to the right legal entity or to nobody. Region and brand decide; likeness never does."""

from __future__ import annotations

import pytest

from dealproof.institutions.candidates import mark_differences
from dealproof.institutions.match import Matcher
from dealproof.mappings.institutions import Institution, former_names

NAMES = (
    "中国银行股份有限公司",
    "中国农业银行股份有限公司",
    "重庆银行股份有限公司",
    "浙江泰隆商业银行股份有限公司",
    "江苏常熟农村商业银行股份有限公司",
    "汇丰银行（中国）有限公司",
    "中信银行股份有限公司",
    "中信证券股份有限公司",
    "中信信托有限责任公司",
    "中诚信托有限责任公司",
    "上海国际信托有限公司",
    "上海爱建信托有限责任公司",
    "华鑫国际信托有限公司",
    "华信信托股份有限公司",
    "陕西长银消费金融有限公司",
    "湖南长银五八消费金融股份有限公司",
    "联合资信评估股份有限公司",
    "联合信用评级有限公司",
    "中证鹏元资信评估股份有限公司",
    "大众汽车金融（中国）有限公司",
    "东风汽车股份有限公司",
    "东风汽车金融有限公司",
    "淮南矿业集团财务有限公司",
    "河南九鼎金融租赁股份有限公司",
    "德勤华永会计师事务所（特殊普通合伙）",
    "德勤商务咨询（上海）有限公司",
    "重庆京东盛际小额贷款有限公司",
    "北京京东世纪贸易有限公司",
)
EXTRA = (
    Institution("N1", "天津京东消费金融有限公司", former_names=former_names("捷信消费金融有限公司（至2025-05-26）")),
    Institution("N2", "渤海国际信托股份有限公司", short_name="渤海信托", name_en="Bohai International Trust Co., Ltd."),
)
MATCHER = Matcher([*(Institution(f"I{n}", name) for n, name in enumerate(NAMES)), *EXTRA])


def legal(name: str, role: str = "") -> str:
    entity = MATCHER.institution(MATCHER.match(name, role))
    return entity.legal_name if entity else ""


ACCEPTED = {
    "width of brackets": ("德勤华永会计师事务所(特殊普通合伙)", "德勤华永会计师事务所（特殊普通合伙）"),
    "traditional characters": ("中國農業銀行股份有限公司", "中国农业银行股份有限公司"),
    "every character twice": ("中中信信证证券券股股份份有有限限公公司司", "中信证券股份有限公司"),
    "a line break inside": ("浙江泰隆商业银\n行股份有限公司", "浙江泰隆商业银行股份有限公司"),
    "cut off at the edge of a column": ("重庆银行股份有限", "重庆银行股份有限公司"),
    "legal form missing": ("江苏常熟农村商业银行", "江苏常熟农村商业银行股份有限公司"),
    "another legal form": ("中信信托有限公司", "中信信托有限责任公司"),
    "type word shortened": ("江苏常熟农商行", "江苏常熟农村商业银行股份有限公司"),
    "province left out": ("常熟农商银行", "江苏常熟农村商业银行股份有限公司"),
    "place left out of a full name": ("京东盛际小额贷款有限公司", "重庆京东盛际小额贷款有限公司"),
    "国际 belongs to the type word": ("上海信托", "上海国际信托有限公司"),
    "brackets of a car financier left out": ("大众汽车金融中国有限公司", "大众汽车金融（中国）有限公司"),
    "an office": ("中国银行股份有限公司宁波分行", "中国银行股份有限公司"),
    "an office of a short name": ("常熟农商行城北支行", "江苏常熟农村商业银行股份有限公司"),
    "a role behind the name": ("中信证券股份有限公司（作为计划管理人）", "中信证券股份有限公司"),
    "a role before the name": ("主承销商：中信证券股份有限公司", "中信证券股份有限公司"),
    "a nickname given beside": ("重庆银行股份有限公司（以下简称“本行”）", "重庆银行股份有限公司"),
    "a former name of the list": ("捷信消费金融", "天津京东消费金融有限公司"),
    "a former name given beside": (
        "原捷信消费金融有限公司，现更名为天津京东消费金融有限公司",
        "天津京东消费金融有限公司",
    ),
    "English but for its legal form": ("BOHAI INTERNATIONAL TRUST LIMITED", "渤海国际信托股份有限公司"),
    "a brand of a rating agency": ("中证鹏元", "中证鹏元资信评估股份有限公司"),
    "a misprint in the legal form": ("重庆银行般份有限公司", "重庆银行股份有限公司"),
    "a lost character in the type word": ("河南九鼎融租赁股份有限公司", "河南九鼎金融租赁股份有限公司"),
    "neighbours swapped outside the brand": ("淮南矿集业团财务有限公司", "淮南矿业集团财务有限公司"),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_name_leads_home_with(name: str) -> None:
    printed, home = ACCEPTED[name]
    assert legal(printed) == home


ABSTAINED = {
    "a bank in Hong Kong": "中國銀行(香港)有限公司",
    "a traditional short name that may be abroad": "中國農業銀行",
    "a parent abroad": "汇丰银行",
    "a bare group name": "中信",
    "a brand that is a group's": "京东",
    "two brands that begin alike": "长银消费金融",
    "a rural bank that is not listed": "重庆农商行",
    "a name inside another": "中诚信",
    "a bank that is not its trust": "爱建银行",
    "a subsidiary that is not listed": "中信建投证券股份有限公司",
    "another licence of the brand": "中信期货有限公司",
    "a word more is a brand": "中信百信银行股份有限公司",
    "a misprinted brand": "华鑫国际信脱有限公司".replace("华鑫", "华金"),
    "a misprint that is a word": "德勤华永商务师事务所（特殊普通合伙）",
    "a misprint between two licences": "中信证行股份有限公司",
    "a licence where the legal form begins": "东风汽车财务有限公司",
    "a county of another province": "四川常熟农村商业银行股份有限公司",
    "a label": "受托机构",
    "a rating": "AAAsf/AAAsf",
    "a tranche": "优先A级资产支持证券",
    "nothing": "-",
}


@pytest.mark.parametrize("name", ABSTAINED)
def test_nobody_is_named_for(name: str) -> None:
    assert legal(ABSTAINED[name]) == ""


TRAPS = (
    ("华鑫信托", "华信信托"),
    ("中信信托", "中信银行"),
    ("中信证券", "中信信托"),
    ("联合资信", "联合信用评级"),
    ("上海信托", "上海爱建信托"),
    ("东风汽车金融", "东风汽车股份有限公司"),
    ("京东盛际小贷", "北京京东世纪贸易"),
)


@pytest.mark.parametrize(("one", "other"), TRAPS)
def test_two_names_that_look_alike_stay_two(one: str, other: str) -> None:
    assert legal(one)
    assert legal(other)
    assert legal(one) != legal(other)


def test_a_company_is_never_found_by_a_part_of_its_name_while_the_list_may_miss_its_neighbours() -> None:
    assert legal("京东世纪贸易") == ""
    assert legal("京东世纪贸易有限公司") == ""
    assert legal("北京京东世纪贸易") == "北京京东世纪贸易有限公司"


def test_a_brand_alone_needs_the_role() -> None:
    assert legal("德勤") == ""
    assert legal("德勤", "accounting_firm") == "德勤华永会计师事务所（特殊普通合伙）"
    assert legal("德勤", "trustee") == ""


def test_an_office_is_kept_beside_its_institution() -> None:
    assert MATCHER.match("中国银行股份有限公司宁波分行").branch == "宁波分行"


def test_what_only_one_side_has_is_marked() -> None:
    assert mark_differences("泰隆行", "浙江泰隆银行") == "【浙江】泰隆【银】行"


def test_five_candidates_are_shown_and_the_nearest_is_among_them() -> None:
    (found,) = MATCHER.candidates(["浙江泰隆商业很行"])
    assert len(found) == 5
    assert found[0].legal_name == "浙江泰隆商业银行股份有限公司"


@pytest.mark.parametrize(("listed", "printed", "same"), [
    ("泰康人寿保险有限责任公司", "康泰人寿保险有限责任公司", False),
    ("浙江泰隆商业银行股份有限公司", "浙江隆泰商业银行股份有限公司", False),
    ("中信信托有限责任公司", "信中信托有限责任公司", False),
    ("浙江泰隆商业银行股份有限公司", "浙江泰隆业商银行股份有限公司", True),
    ("淮南矿业集团财务有限公司", "淮南矿集业团财务有限公司", True),
])  # fmt: skip
def test_letters_exchanged_within_a_brand_make_another_brand(listed: str, printed: str, same: bool) -> None:
    matcher = Matcher([Institution("A", listed)])
    assert (matcher.institution(matcher.match(printed)) is not None) is same
