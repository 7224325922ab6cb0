"""Who does what in the deal, as printed."""

from __future__ import annotations

import pytest

from dealproof.interpret import party_lines
from dealproof.interpret.kinds import parties
from dealproof.model.evidence import Fact
from dealproof.model.table import Table
from tests.interpret.tables import context_of, document_of, table_of

ROLES = ["机构职责", "机构名称", "联系地址", "电话"]


def roles(facts: tuple[Fact, ...]) -> list[tuple[str, str]]:
    return [(dict(fact.key)["role"], str(fact.value)) for fact in facts]


def read(rows: list[list[str]]) -> list[tuple[str, str]]:
    return roles(parties.read(table_of(rows), context_of()).facts)


def cover(text: str) -> list[tuple[str, str]]:
    return roles(party_lines.cover_parties(context_of(document_of(text), context_of().profile)).facts)


def test_an_institution_with_two_roles_has_two_rows() -> None:
    rows = [
        ROLES,
        ["发起机构/贷款服务机构", "甲银行股份有限公司", "某路1号", "010"],
        ["受托机构", "乙信托有限公司", "", ""],
    ]
    assert read(rows) == [
        ("originator", "甲银行股份有限公司"),
        ("servicer", "甲银行股份有限公司"),
        ("trustee", "乙信托有限公司"),
    ]


def test_several_institutions_share_a_cell() -> None:
    rows = [
        ROLES,
        ["联席主承销商", "甲证券股份有限公司、乙证券有限责任公司", "", ""],
        ["受托人", "丙信托有限公司", "", ""],
    ]
    assert [name for role, name in read(rows) if role == "lead_underwriter"] == [
        "甲证券股份有限公司",
        "乙证券有限责任公司",
    ]


def test_short_names_in_brackets_are_not_part_of_the_name() -> None:
    rows = [
        ROLES,
        ["发起机构", "甲银行股份有限公司（以下简称“甲银行”）", "", ""],
        ["受托机构", "乙信托有限公司", "", ""],
    ]
    assert ("originator", "甲银行股份有限公司") in read(rows)


def test_brackets_that_belong_to_a_name_stay() -> None:
    rows = [ROLES, ["会计顾问", "甲会计师事务所（特殊普通合伙）", "", ""], ["受托机构", "乙信托有限公司", "", ""]]
    assert ("accounting_firm", "甲会计师事务所(特殊普通合伙)") in read(rows)


def test_roles_outside_the_contract_give_no_row() -> None:
    rows = [ROLES, ["财务顾问", "甲资本管理有限公司", "", ""], ["受托机构", "乙信托有限公司", "", ""]]
    assert read(rows) == [("trustee", "乙信托有限公司")]


def test_a_table_without_roles_is_not_claimed() -> None:
    assert parties.claim(table_of([["地区", "金额"], ["浙江", "1.00"]]), context_of()) == 0.0


def test_the_cover_names_roles_before_a_colon() -> None:
    assert cover("受托机构/发行人：乙信托有限公司\n主承销商：甲证券有限公司、丁证券有限公司") == [
        ("trustee", "乙信托有限公司"),
        ("lead_underwriter", "甲证券有限公司"),
        ("lead_underwriter", "丁证券有限公司"),
    ]


def test_two_roles_on_one_line_of_the_cover_stay_apart() -> None:
    assert cover("发起机构：甲银行股份有限公司  受托机构：乙信托有限公司") == [
        ("originator", "甲银行股份有限公司"),
        ("trustee", "乙信托有限公司"),
    ]


def test_the_cover_prints_roles_below_names_side_by_side() -> None:
    assert cover("甲银行股份有限公司  乙信托有限公司\n发起机构/贷款服务机构  受托机构") == [
        ("originator", "甲银行股份有限公司"),
        ("servicer", "甲银行股份有限公司"),
        ("trustee", "乙信托有限公司"),
    ]


@pytest.mark.parametrize(("printed", "roles"), [
    ("发起机构贷款服务机构", ("originator", "servicer")),
    ("发起机构/贷款服务机构", ("originator", "servicer")),
    ("资金保管机构及其他", ("custodian",)),
    ("不相干的机构名称", ()),
])  # fmt: skip
def test_two_roles_whose_slash_was_not_recognised_are_two_roles(printed: str, roles: tuple[str, ...]) -> None:
    assert parties.roles_in(printed, context_of()) == roles


@pytest.mark.parametrize("names", [
    "甲银行股份有限公司\n乙省国际信托有限责任公司\n丙银行股份有限公司",
    "甲银行股份有限公司（原丁银行股份有限公司）乙信托有限公司",
])  # fmt: skip
def test_names_stacked_in_one_cell_are_asked_and_none_is_taken_for_one(names: str) -> None:
    table = table_of([ROLES, ["发起机构", names, "", ""], ["受托机构", "乙信托有限公司", "", ""]])
    reading = parties.read(table, context_of())
    assert roles(reading.facts) == [("trustee", "乙信托有限公司")]
    assert [problem.code for problem in reading.problems] == ["low_confidence"]


@pytest.mark.parametrize("name", ["甲证券股份有限公司资产管理分公司", "乙银行股份有限公司（原丙银行股份有限公司）"])
def test_a_branch_or_a_former_name_is_no_second_institution(name: str) -> None:
    assert [roles for roles, _ in read([ROLES, ["发起机构", name, "", ""], ["受托机构", "乙信托有限公司", "", ""]])] == ["originator", "trustee"]


def loose(text: str, *tables: Table) -> list[tuple[str, str]]:
    return roles(party_lines.loose_parties(context_of(document_of(text, tables=tables), context_of().profile)).facts)


@pytest.mark.parametrize(("line", "found"), [
    ("会计顾问  丙会计师事务所（特殊普通合伙）", [("accounting_firm", "丙会计师事务所(特殊普通合伙)")]),
    ("发起机构/贷款服务机构  甲银行股份有限公司", [("originator", "甲银行股份有限公司"), ("servicer", "甲银行股份有限公司")]),
    ("法律顾问 丁律师事务所", []),
    ("法律顾问  甲律师事务所、乙律师事务所", []),
    ("客户经理  甲银行股份有限公司", []),
    ("受托机构  2025年3月26日", []),
])  # fmt: skip
def test_a_row_that_a_page_break_cut_off_a_table_of_parties_is_read(line: str, found: list[tuple[str, str]]) -> None:
    assert loose(f"受托机构报告\n{line}\n三、证券本息支付") == found


@pytest.mark.parametrize(("text", "found"), [
    ("本期证券的发起机构及贷款服务机构为甲银行股份有限公司，受托机构为乙信托有限责任公司。",
     {("originator", "甲银行股份有限公司"), ("servicer", "甲银行股份有限公司"), ("trustee", "乙信托有限责任公司")}),
    ("受托机构乙信托有限责任公司以本金分账户资金向发起机构甲银行股份有限公司进行购买。",
     {("originator", "甲银行股份有限公司"), ("trustee", "乙信托有限责任公司")}),
    ("原受托机构为乙信托有限责任公司。", set()), ("后备资产服务机构甲小额贷款有限公司。", set()), ("更换受托机构为丙信托有限公司。", set()),
])  # fmt: skip
def test_sentences_of_the_first_pages_name_parties(text: str, found: set[tuple[str, str]]) -> None:
    assert set(cover(text)) == found


def test_parties_may_stand_in_the_second_pair_of_a_row_and_behind_a_colon() -> None:
    rows = [["设立日", "2025/01/16", "管理人", "甲证券资产管理有限公司"], ["托管人", "：乙银行股份有限公司", "报告日", "2025/06/10"]]
    assert set(read(rows)) == {("trustee", "甲证券资产管理有限公司"), ("custodian", "乙银行股份有限公司")}


def test_parties_of_another_deal_in_a_sentence_are_not_taken() -> None:
    assert cover("禾盈2022年第一期微小企业贷款资产支持证券的受托机构为乙信托有限责任公司。") == []


@pytest.mark.parametrize("sentence", [
    "报告期内受托机构变更为乙信托有限公司。", "受托机构由甲信托有限公司变更为乙信托有限公司。", "受托机构甲信托有限公司已更换。",
    "贷款服务机构委托丙征信有限公司催收贷款。", "发起机构及其关联方丙商贸有限公司持有次级证券。", "受托机构应聘请丁会计有限公司审计。",
    "资金保管机构对丙商贸有限公司的付款予以拒绝。", "受托机构甲信托有限公司辞任。",
])  # fmt: skip
def test_a_company_that_a_sentence_names_beside_a_role_without_giving_it_the_role_has_none(sentence: str) -> None:
    assert cover(sentence) == []


@pytest.mark.parametrize("sentence", ["受托机构为甲信托有限公司。", "由受托机构甲信托有限公司编制。", "受托机构：甲信托有限公司。"])
def test_a_sentence_that_gives_a_role_to_a_company_names_a_party(sentence: str) -> None:
    assert cover(sentence) == [("trustee", "甲信托有限公司")]


def test_words_of_a_definition_and_for_whom_somebody_acts_are_no_part_of_a_name() -> None:
    rows = [ROLES, ["受托人", "指乙信托有限公司。", "", ""], ["发起机构", "甲信托有限公司（代表“甲1号财产权信托”）", "", ""]]
    assert read(rows) == [("trustee", "乙信托有限公司"), ("originator", "甲信托有限公司")]


@pytest.mark.parametrize("cell", ["根据中国人民银行准予行政许可决定书的许可", "乙信托有限公", "关于发起机构甲银行的公告"])
def test_the_beginning_of_a_sentence_and_a_name_that_is_cut_name_nobody(cell: str) -> None:
    assert read([ROLES, ["发起机构", "甲银行股份有限公司", "", ""], ["受托机构", cell, "", ""]]) == [("originator", "甲银行股份有限公司")]


@pytest.mark.parametrize("role", ["托管机构", "托管人", "登记托管机构", "证券登记机构/托管机构"])
@pytest.mark.parametrize("name", ["中国证券登记结算有限责任公司上海分公司", "中央国债登记结算有限责任公司", "银行间市场清算所股份有限公司"])
def test_a_central_depository_keeps_the_securities_and_is_no_custodian_of_money(role: str, name: str) -> None:
    table = table_of([["原始权益人", "甲租赁有限公司"], [role, name], ["托管银行", "乙银行股份有限公司"]])
    found = {(dict(fact.key)["role"], fact.value) for fact in parties.read(table, context_of()).facts}
    assert found == {("originator", "甲租赁有限公司"), ("registrar", name), ("custodian", "乙银行股份有限公司")}


@pytest.mark.parametrize(("role", "printed", "names"), [
    ("评级机构", "联合资信评估股份有限公司\n中债资信评估有限责任公司", ["联合资信评估股份有限公司", "中债资信评估有限责任公司"]),
    ("联席主承销商", "甲证券股份有限公司\n乙银行股份有限公司\n中国国际金融股份有限公司", ["甲证券股份有限公司", "乙银行股份有限公司", "中国国际金融股份有限公司"]),
    ("会计师事务所", "立信会计师事务所（特殊普通合伙）\n甲会计师事务所（特殊普通合伙）", ["立信会计师事务所(特殊普通合伙)", "甲会计师事务所(特殊普通合伙)"]),
])  # fmt: skip
def test_names_on_lines_of_their_own_in_a_role_that_several_have_are_several_institutions(role: str, printed: str, names: list[str]) -> None:
    reading = parties.read(table_of([ROLES, ["受托机构", "乙信托有限公司", "", ""], [role, printed, "", ""]]), context_of())
    assert [name for _, name in roles(reading.facts)] == ["乙信托有限公司", *names]
    assert reading.problems == ()


@pytest.mark.parametrize(("role", "printed"), [
    ("评级机构", "联合资信评估股份有限公司\n中债资信评估\n有限责任公司"),
    ("评级机构", "联合资信评估股份有限公司\n乙律师事务所"),
    ("联席主承销商", "甲证券股份有限公司\n丙信托有限公司"),
    ("发起机构", "甲银行股份有限公司\n乙银行股份有限公司"),
])  # fmt: skip
def test_names_on_lines_that_wrap_or_belong_to_other_roles_are_not_taken_for_several(role: str, printed: str) -> None:
    reading = parties.read(table_of([ROLES, ["受托机构", "乙信托有限公司", "", ""], [role, printed, "", ""]]), context_of())
    assert [name for _, name in roles(reading.facts)] == ["乙信托有限公司"]
    assert [problem.code for problem in reading.problems] == ["low_confidence"]


@pytest.mark.parametrize(("cell", "name"), [
    ("海通恒信国际融资租赁\n股份有限公司", "海通恒信国际融资租赁股份有限公司"),
    ("招商银行股份有限公司\n无锡分行", "招商银行股份有限公司无锡分行"),
    ("立信会计师事务所\n（特殊普通合伙）", "立信会计师事务所(特殊普通合伙)"),
    ("北京市中伦\n律师事务所", "北京市中伦律师事务所"),
    ("中国证券登记结算有限责任公司\n深圳分公司", "中国证券登记结算有限责任公司深圳分公司"),
])  # fmt: skip
def test_a_name_that_wraps_is_one_institution(cell: str, name: str) -> None:
    assert parties.names_in(cell) == (name,)


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("江苏省苏州市苏州信托有限公司", ()), ("广西壮族自治区南宁市甲银行股份有限公司", ()), ("上海市浦东新区乙证券股份有限公司", ()),
        ("江苏省国际信托有限责任公司", ("江苏省国际信托有限责任公司",)), ("北京市汉坤律师事务所", ("北京市汉坤律师事务所",)), ("苏州信托有限公司", ("苏州信托有限公司",)),
    ],
)  # fmt: skip
def test_an_address_that_runs_into_a_name_is_no_part_of_it(printed: str, names: tuple[str, ...]) -> None:
    assert parties.names_in(printed) == names
