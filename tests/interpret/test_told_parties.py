"""Parties that a sentence names before their role, and whoever signs."""

from __future__ import annotations

import pytest

from dealproof.interpret.read import interpret_document
from dealproof.model.extract import Extract

from .tables import LABELS, document_of

NAMED = "云帆2025年第一期微小企业贷款资产支持证券"


def parties(extract: Extract) -> set[tuple[str, str]]:
    found = interpret_document(extract, LABELS)
    return {(dict(fact.key)["role"], str(fact.value)) for fact in found.facts if fact.table == "parties"}


def announced(*lines: str) -> set[tuple[str, str]]:
    return parties(document_of(f"{NAMED}发行公告", "\n".join(lines)))


@pytest.mark.parametrize(("sentence", "found"), [
    ("本次证券由甲银行股份有限公司南京分行担任托管人。", {("custodian", "甲银行股份有限公司南京分行")}),
    ("本交易由甲农村商业银行股份有限公司作为发起机构和贷款服务机构，由乙国际信托有限公司作为受托机构，丙银行股份有限公司为资金保管机构。",
     {("originator", "甲农村商业银行股份有限公司"), ("servicer", "甲农村商业银行股份有限公司"), ("trustee", "乙国际信托有限公司"), ("custodian", "丙银行股份有限公司")}),
    ("甲消费金融股份公司作为发起机构合法所有的信用卡分期债权。", {("originator", "甲消费金融股份公司")}),
    ("乙信托有限公司（以下简称“受托机构”）将于2025年5月22日发行本期证券。", {("trustee", "乙信托有限公司")}),
    (f"乙信托有限公司作为{NAMED}的受托机构，披露了发行说明书。", {("trustee", "乙信托有限公司")}),
    ("本期证券经甲资信评估股份有限公司综合评定，优先级信用等级为AAAsf。", {("rating_agency", "甲资信评估股份有限公司")}),
    ("资产支持证券将在中国证券登记结算有限责任公司深圳分公司登记。", {("registrar", "中国证券登记结算有限责任公司深圳分公司")}),
    ("本期证券的联席主承销商为甲证券股份有限公司、乙国际证券股份有限公司和丙证券有限责任公司。",
     {("lead_underwriter", "甲证券股份有限公司"), ("lead_underwriter", "乙国际证券股份有限公司"), ("lead_underwriter", "丙证券有限责任公司")}),
    ("贷款服务机构由甲汽车金融有限公司担任，资金保管机构由丙银行股份有限公司上海分行担任。", {("servicer", "甲汽车金融有限公司"), ("custodian", "丙银行股份有限公司上海分行")}),
    ("托管人为丙银行股份有限公司，评级机构为甲乙资信评估股份有限公司。", {("custodian", "丙银行股份有限公司"), ("rating_agency", "甲乙资信评估股份有限公司")}),
    ("登记托管银行间市场清算所股份有限公司。", set()),
    ("若乙信托有限公司不再担任，则由丙信托有限公司担任受托机构。", set()),
    ("后备资产服务机构由丙小额贷款有限公司担任。", set()),
    ("丙信托有限公司作为禾盈2022年第一期微小企业贷款资产支持证券的受托机构。", set()),
    ("丙信托有限公司曾担任受托机构。", set()),
    ("丙商贸有限公司为资金保管机构提供的担保已解除。", set()),
])  # fmt: skip
def test_a_sentence_may_name_a_company_before_its_role(sentence: str, found: set[tuple[str, str]]) -> None:
    assert announced(sentence) == found


def test_a_name_that_may_have_begun_on_a_line_that_ended_is_not_taken() -> None:
    first = "本期证券的发行和管理事宜按照交易文件的约定由在上海市注册的华润深"
    assert parties(document_of(f"{NAMED}发行公告", f"{first}\n国投信托有限公司作为受托机构  办理。")) == set()


@pytest.mark.parametrize(("signature", "found"), [
    ("乙信托有限责任公司\n2025年5月14日", {("trustee", "乙信托有限责任公司")}),
    ("乙信托有限责任公司（盖章）\n二〇二五年五月十四日", {("trustee", "乙信托有限责任公司")}),
    ("甲银行股份有限公司\n2025年5月14日", set()),
    ("乙信托有限责任公司\n联系电话：010-88888888", set()),
])  # fmt: skip
def test_the_trust_company_that_signs_an_announcement_issues(signature: str, found: set[tuple[str, str]]) -> None:
    assert announced("特此公告。", *signature.split("\n")) == found


def test_a_manager_signs_the_notice_that_a_plan_of_an_exchange_stands() -> None:
    notice = document_of("甲证券-云帆2025年第1期小额贷款资产支持专项计划成立的公告\n特此公告。\n甲证券股份有限公司\n2025年9月5日")
    assert parties(notice) == {("trustee", "甲证券股份有限公司")}


def test_the_cover_adds_the_roles_that_a_table_of_parties_leaves_out() -> None:
    from .tables import table_of

    table = table_of([["机构名称", "担任角色"], ["甲银行股份有限公司", "发起机构"], ["乙信托有限公司", "受托机构"]])
    extract = document_of(f"{NAMED}\n发行说明书\n牵头主承销商：丙证券股份有限公司\n受托机构：乙信托有限公司", tables=(table,))
    assert parties(extract) == {("originator", "甲银行股份有限公司"), ("trustee", "乙信托有限公司"), ("lead_underwriter", "丙证券股份有限公司")}


def test_a_role_that_a_table_states_is_the_tables_alone() -> None:
    from .tables import table_of

    table = table_of([["机构名称", "担任角色"], ["丙证券股份有限公司", "主承销商"], ["乙信托有限公司", "受托机构"]])
    extract = document_of(f"{NAMED}\n发行说明书\n联席主承销商：丙证券股份有限公司、丁证券股份有限公司", tables=(table,))
    assert parties(extract) == {("lead_underwriter", "丙证券股份有限公司"), ("trustee", "乙信托有限公司")}
