"""How a sentence says what is counted, and which end of a range: 涉及58,877名借款人, 单笔余额最高为50.00万元、平均为1.28万元."""

from __future__ import annotations

import re
from dataclasses import replace

from dealproof.contract.metrics import pool_metric
from dealproof.interpret.statements import Statement
from dealproof.mappings.labels import LabelRow

_DEBTOR = r"(?:借款人|债务人|承租人|承租方)"
_PEOPLE = re.compile(rf"[名户位个]?{_DEBTOR}(?:的(?=\d))?")
_PERSON = re.compile(rf"{_DEBTOR}(?:共|合计|共计)?$")
#: Loans of the pool before their number: 本期入池的小微企业贷款债权共计62,418笔.
_LOANS = re.compile(r"(?:资产池|入池|基础资产)[一-龥]{0,16}?(?:贷款|债权|资产|合同|账款|融资)$")
_HELD = re.compile(r"(?:资产池|入池|基础资产)[一-龥]{0,8}?(?:涉及|包含|包括|含有|共有|有|共计|共)$")
#: Some of the loans: 入池的逾期贷款, 入池信用类贷款, 入池的前十大借款人贷款. 抵押 and 信用 are part of the name of many a whole pool.
_OF_SOME = re.compile(r"类|逾期|拖欠|展期|重组|违约|不良|关注|可疑|剔除|剩余的|其中|循环(?!购买)|首次|新增|前.{1,3}大|浮动|固定|质押|保证|(?<![房车辆宅屋产])抵押|信用(?!卡)|女性|男性|[省市区县]的?(?=贷款|债权|资产|合同)")
_OF_LOANS = re.compile(r"[一-龥]{0,6}?(?:贷款|债权|资产|合同|账款)(?=$|[,。;、])")
_ONE_END = re.compile(r"^(?:其中)?、?(?:单笔)?(?P<end>最[高大]|最[低小]|平均)(?:的)?(?:一笔|余额|金额)?$")
_ENDS_OF = {"高": "max", "大": "max", "低": "min", "小": "min", "均": "avg"}
#: A subset, which an end of a range is none of: 其中利率最高的为15.40%.
_AMONG = re.compile(r"^其中(?=.*最[高低大小])|的$")


def counted(each: Statement, label: str) -> tuple[Statement, str]:
    """A statement of a number of debtors or loans, with the label that its words amount to; any other as it is."""
    people = _PEOPLE.match(each.behind)
    if people is None and each.figure[-1:] in "名位人" and _PERSON.search(label) and re.match(r"(?:$|[,;。、])", each.behind):
        return replace(each, figure=f"{each.number}户"), "借款人户数"
    if people is None and _PERSON.search(label) and (unit := re.match(r"[名户位](?=$|[,;。、])", each.behind)) and each.figure == each.number:
        people = unit
    if people is not None and (each.figure == each.number or each.figure[-1:] in "户名位人"):
        return replace(each, figure=f"{each.number}户", behind=_after(each.behind[people.end() :])), "借款人户数"
    if each.figure.endswith("笔") and (loans_of := _LOANS.search(label)) and not _OF_SOME.search(loans_of.group()):
        return each, "贷款笔数"
    if each.figure.endswith("笔") and _HELD.search(label) and (loans := _OF_LOANS.match(each.behind)):
        return replace(each, behind=each.behind[loans.end() :]), "贷款笔数"
    return each, label


def _after(behind: str) -> str:
    """What follows a number of debtors; 的 before the next number ends its clause: 92,306名借款人的105,877笔贷款."""
    return f",{behind}" if behind[:1].isdigit() else behind


def whole_label(label: str) -> str:
    """A label without the words that only link it to the one before: 利率最高 of 其中利率最高的."""
    return _AMONG.sub("", _AMONG.sub("", label))


def other_end(label: str, before: LabelRow | None) -> LabelRow | None:
    """What 最高, 最低 or 平均 alone means behind a figure of the same range; None where it means nothing."""
    match = _ONE_END.match(label)
    stem = re.match(r"(?:max|min|avg|wa)_(?P<of>.+)", before.field) if match and before is not None else None
    if match is None or before is None or stem is None:
        return None
    field = f"{_ENDS_OF[match['end'][-1]]}_{stem['of']}"
    return replace(before, field=field) if pool_metric(field) is not None else None
