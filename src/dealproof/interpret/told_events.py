"""Events that a sentence says did not occur: 报告期内,加速清偿事件、违约事件均未发生.

A sentence is read where it says nothing but when, and which events (and what else) did not occur; one with a condition, another period or any other
word gives nothing, and neither does one that an event occurred: of that a person has to see the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dealproof.interpret.context import Context
from dealproof.interpret.fact_builder import document_key
from dealproof.interpret.paragraphs import Paragraph
from dealproof.interpret.scope import may_be_of_another, of_another, of_another_period
from dealproof.interpret.statements import CLAUSE
from dealproof.interpret.told_scope import is_of_this_deal
from dealproof.model.evidence import Fact

NAME = "triggers"
_EVENT = (
    r"(?:加速清偿|加速归集|加速分配|加速摊还|违约|权利完善|提前终止|提前到期|提前摊还|提前结束(?:循环|循环期|持续购买)|(?:循环|持续购买)期?提前(?:终止|结束)"
    r"|(?:资产|贷款)?服务机构解任|服务商解任|信用触发|差额(?:支付|补足)?启动|差额支付|担保启动|回售启动|现金流触发|个别通知|终止|止付|丧失清偿能力)事件"
)
_EVENTS = rf"(?:任何|任一)?{_EVENT}(?:(?:、|和|或|及|以及|与|或者)(?:任何|任一)?{_EVENT})*"
_WHEN = (
    r"(?:截至(?:本|该)?(?:报告期|收款期间|期|报告出具日|报告日)(?:末|期末|止)?|(?:在)?(?:本|该)?(?:报告期间|报告期|收款期间|归集期间|计算期间|期间|期|季度|年度|月)(?:内|间)?|本期"
    r"|(?:本)?(?:信托|专项计划|资产支持专项计划|资产支持票据|信托计划)(?:项下)?)"
)
_NOT = r"(?:均|都|亦|也|且|并|尚|,)*(?:未|没有)(?:曾|有|被)?(?:发生|触发|出现)(?:过)?"
_CLAUSE = re.compile(rf"(?:{_WHEN})*(?:亦|也|且|并|另外|此外)?(?:{_NOT}(?P<behind>{_EVENTS})|(?P<before>{_EVENTS})(?:等(?:事件)?)?{_NOT}(?:的情形|的情况)?)")
#: What did not happen besides (贷款服务机构未发生解任), and the words by which it would be a condition.
_NOTHING_ELSE = re.compile(r"[一-龥、]{0,24}?(?:未|没有)(?:曾|有)?(?:发生|出现|触发|行使)[一-龥、]{1,24}")
_CONDITION = re.compile(r"若|如|则|除|外|但|仅|只|方可|才|否则|前|后|时|(?:情况|情形|条件)下|因|导致|直至|直到|^[在当于](?![本该]|报告|收款)")
_TIME = re.compile(rf"(?:{_WHEN})+")
_NUMBERED = re.compile(r"^(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+[、.]|\d{1,2}[、.)])")
_ONE = re.compile(_EVENT)


def told_events(ctx: Context, texts: Sequence[Paragraph], stated: Sequence[Fact]) -> list[Fact]:
    """The events that did not occur, by the sentences of a report; those that a table states are left to it."""
    if not ctx.profile.kind_record.is_periodic or any(fact.table == NAME and fact.column == "breached" for fact in stated):
        return []
    found: dict[str, Fact] = {}
    for paragraph in texts:
        for start, end in paragraph.sentences():
            for name, at, stop in _absent(ctx, paragraph, start, end):
                key = document_key(ctx, trigger=name, period_no=ctx.profile.period_no)
                found.setdefault(name, Fact(NAME, key, "breached", False, evidence=paragraph.proof(ctx.document_id, at, stop, "", "")))
    return list(found.values())


def _absent(ctx: Context, paragraph: Paragraph, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """The events of a sentence that says nothing else, with the place of their clause."""
    sentence = paragraph.text[start:end].rstrip("。;.")
    if paragraph.text[end - 1 : end] == ":" or of_another(ctx, sentence) or of_another_period(ctx, sentence) or may_be_of_another(ctx, sentence):
        return
    found: list[tuple[str, int, int]] = []
    at = start
    for number, clause in enumerate(CLAUSE.split(sentence)):
        bare = _NUMBERED.sub("", clause) if not number else clause
        if match := _CLAUSE.fullmatch(bare):
            found += [(name, at, at + len(clause)) for name in _ONE.findall(match["behind"] or match["before"])]
        elif bare and not _TIME.fullmatch(bare) and not (_NOTHING_ELSE.fullmatch(bare) and not _CONDITION.search(bare)):
            return
        at += len(clause) + 1
    if found and is_of_this_deal(ctx, paragraph, start, sentence):
        yield from found
