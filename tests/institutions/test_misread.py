"""One misread character leads home only where nothing else can be meant; a brand that differs is another brand."""

from __future__ import annotations

import pytest

from dealproof.institutions.match import Matcher, Verdict
from dealproof.mappings.institutions import Institution

NAMES = (
    "德勤华永会计师事务所（特殊普通合伙）",
    "毕马威华振会计师事务所（特殊普通合伙）",
    "大信会计师事务所（特殊普通合伙）",
    "中国大唐集团财务有限公司",
    "晋煤集团财务有限公司",
    "中证鹏元资信评估股份有限公司",
    "东方金诚国际信用评估有限公司",
    "北京市竞天公诚律师事务所",
    "北京市盈科广州律师事务所",
    "秦皇岛银行股份有限公司",
    "石嘴山银行股份有限公司",
    "绵阳市商业银行股份有限公司",
    "新疆汇和银行股份有限公司",
    "中国光大银行股份有限公司",
    "华夏银行股份有限公司",
    "上海银行股份有限公司",
    "上海农村商业银行股份有限公司",
    "湖北赤壁农村商业银行股份有限公司",
    "华能贵诚信托有限公司",
    "华鑫国际信托有限公司",
    "中信信托有限责任公司",
    "中信建投证券股份有限公司",
    "第一创业证券股份有限公司",
    "国投泰康信托有限公司",
    "重庆市蚂蚁商诚小额贷款有限公司",
    "平安普惠融资担保有限公司",
    "浙江蚂蚁小微融资租赁有限公司",
    "上海建设路桥机械设备有限公司",
)
#: All that have or had the licence: the whole register.
HOLDERS = [
    "北银",
    "中银",
    "杭银",
    "盛银",
    "中邮",
    "中信",
    "兴业",
    "海尔",
    "招联",
    "马上",
    "湖北",
    "晋商",
    "平安",
    "建信",
    "苏银凯基",
    "南银法巴",
    "上海尚诚",
    "浙江宁银",
    "河南中原",
    "河北幸福",
    "重庆蚂蚁",
    "重庆小米",
    "天津京东",
    "北京阳光",
    "陕西长银",
    "湖南长银五八",
    "四川锦程",
    "四川省唯品富邦",
    "厦门金美信",
    "内蒙古蒙商",
    "哈尔滨哈银",
]


def matcher(names: tuple[str, ...] = NAMES, holders: list[str] = HOLDERS) -> Matcher:
    every = (*names, *(f"{brand}消费金融有限公司" for brand in holders))
    return Matcher(Institution(f"I{n}", name) for n, name in enumerate(every))


MATCHER = matcher()


def legal(name: str, asked: Matcher = MATCHER) -> str:
    entity = asked.institution(asked.match(name))
    return entity.legal_name if entity else ""


HOME = {
    "the fourth character of a brand": ("德勤华示会计师事务所（特殊普通合伙）", NAMES[0]),
    "a brand and the legal form": ("毕马威华版会计师事务所（特殊普通命伙）", NAMES[1]),
    "中国 before a brand that stands": ("中过大唐集团财务有限公司", NAMES[3]),
    "a brand in its middle": ("中证瞻元资信评估股份有限公司", NAMES[5]),
    "a shared word behind a long brand": ("东方金诚国轩信用评估有限公司", NAMES[6]),
    "a law firm that has no legal form": ("北京市党天公诚律师事务所", NAMES[7]),
    "a city of three characters": ("奎皇岛银行股份有限公司", NAMES[9]),
    "one of the few banks of the nation": ("中国光本银行股份有限公司", NAMES[13]),
    "a trust": ("华能责诚信托有限公司", NAMES[18]),
    "a licence all of whose holders are known": ("北很消费金融有限公司", "北银消费金融有限公司"),
    "a character lost where all holders are known": ("盛消费金融有限公司", "盛银消费金融有限公司"),
}


@pytest.mark.parametrize("what", HOME)
def test_one_misread_character_leads_home_in(what: str) -> None:
    printed, home = HOME[what]
    assert legal(printed) == home


NOBODY = {
    "a brand of two characters": "大华会计师事务所（特殊普通合伙）",
    "two characters of a long brand": "德勤示示会计师事务所（特殊普通合伙）",
    "a city of two characters: 德阳 is not 绵阳": "德阳市商业银行股份有限公司",
    "region and a brand of two characters": "新疆会和银行股份有限公司",
    "a district that comes near to a city": "石景山银行股份有限公司",
    "a bank of two characters": "华复银行股份有限公司",
    "a county's bank": "湖北鑫壁农村商业银行股份有限公司",
    "a brand beside shared words": "进煤集团财务有限公司",
    "a word that a listed name has": "中信建设证券股份有限公司",
    "first and second": "第二创业证券股份有限公司",
    "another licence of the brand": "中信建投信托有限公司",
    "another trust": "华鑫国投信托有限公司",
    "a trust of two characters": "华金国际信托有限公司",
    "sisters of a microloan company": "重庆市蚂蚁商城小额贷款有限公司",
    "sisters of a guarantee company": "平安普汇融资担保有限公司",
    "sisters of a leasing company": "浙江蚂蚁小徽融资租赁有限公司",
    "a company without a licence": "上海建设路桥机戒设备有限公司",
    "a brand of a place": "北京市盖科广州律师事务所",
    "a former name of a licence holder": "捷信消费金融有限公司",
    "two holders that come as near": "苏银消费金融有限公司",
    "a name without its legal form": "德勤华示会计师",
}


@pytest.mark.parametrize("what", NOBODY)
def test_a_name_that_differs_by_a_character_is_nobodys_where_it_is(what: str) -> None:
    assert legal(NOBODY[what]) == ""


def test_a_register_with_a_gap_says_nothing_about_a_misread_name() -> None:
    gap = matcher(holders=HOLDERS[:-1])
    assert legal("北很消费金融有限公司", gap) == ""
    assert legal("德勤华示会计师事务所（特殊普通合伙）", gap) == NAMES[0]


def test_two_names_that_come_near_alike_are_nobody() -> None:
    both = matcher((*NAMES, "德勤华兴会计师事务所（特殊普通合伙）"))
    assert legal("德勤华示会计师事务所（特殊普通合伙）", both) == ""


def test_names_that_look_alike_stay_apart() -> None:
    pairs = [("上海银行", "上海农商银行"), ("中信信托", "中信建投"), ("华能贵诚", "华鑫信托"), ("大信", "大华")]
    for one, other in pairs:
        found = legal(one), legal(other)
        assert found[0] != found[1] or found == ("", ""), found
    assert legal("上海银行") == NAMES[15]
    assert legal("上海农商银行") == NAMES[16]


def test_the_verdict_says_that_a_character_was_misread() -> None:
    verdict: Verdict = MATCHER.match("华能责诚信托有限公司")
    assert (verdict.rule, verdict.match) == ("misread", "fuzzy")
    assert verdict.score is not None
    assert verdict.score < 100
