"""Fees that a sentence says were paid in the period: 报告期内,专项计划共支付管理费120.00万元、托管费24.00万元.

Only what was paid counts: what is due, foreseen, or paid since the deal was closed is left, and so is everything where a table states
the fees. A fee of which two sentences differ is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dealproof.interpret.context import Context
from dealproof.interpret.fact_builder import document_key
from dealproof.interpret.paragraphs import Paragraph
from dealproof.interpret.scope import of_another, of_another_period, stated_spans
from dealproof.interpret.sentence_guards import supposed, what_holds
from dealproof.interpret.statements import statements
from dealproof.interpret.told_agreement import said_once
from dealproof.interpret.told_scope import is_of_this_deal
from dealproof.interpret.units import Figure, UnitSources, read_figure
from dealproof.model.evidence import Fact, Problem

NAME = "cash_flows"
_PAID = re.compile(r"支付|支出|列支|划付|扣除|缴纳|扣缴|代扣")
_LEAD = re.compile(r"^.*(?:支付|支出|列支|划付|扣除|缴纳|扣缴|代扣)(?:了|的)?|^(?:其中|包括|及|和|与|以及)+|^[、,:]+|(?:为|是|共|共计|计|人民币|:)+$")
_FEE = re.compile(r"(?!.*(?:合计|总计|总额|应[付计收]|预留|累计|相关))[一-龥]{0,9}(?:费|费用|报酬|税|税费|税金|附加)")
#: The word for spending behind the fee, and how a sentence ends that tells of all fees before it that they were paid.
_SPENT = re.compile(r"(?<=[费税酬加])(?:支出|支付)(?:为|共|合计|:)*(?:人民币)?$")
_ALL_PAID = re.compile(r"(?:均|都|全部|皆)(?:已)?(?:经)?(?:全部|足额|按时|如期)?(?:支付|划付)(?:完毕|完成)?$")
_NOT_OF_THE_PERIOD = re.compile(
    r"累计|存续期|以来|至今|截[至止]|自[^,]{0,16}至|应付|应计|计提|尚未|预留|年费率|标准|每(?!个?(?:报告|收款|计息)期)|各期|全年|[本当]年|年度|[上前]一?(?:个)?(?:期|次|年|季|月)|以前|递延|尚?欠|补付"
)
#: How a sentence goes on that tells what was left: 扣除管理费1万元后,剩余资金….
_AFTER = re.compile(r"^后(?=,)")
#: Who pays a fee that the deal does not bear, and what says that nothing was paid.
_BORNE_BY_OTHERS = re.compile(r"(?<![向对给])(?:发起机构|发起人|原始权益人|借款人|承租人|债务人|出让方|差额支付承诺人|投资者|持有人|客户)|(?<!信托财产)(?<!专项计划资产)(?<!专项计划)(?<!本信托)承担|垫[付支]|代付|自行(?:支付|承担)")
_NOT_PAID = re.compile(r"(?:将|(?<!专项)(?<!支持)计划|需|须|可|准备)(?:[于在][^,]{0,12})?(?:支付|支出|列支|划付|扣除|缴纳|扣缴|代扣)|(?:未|不|缓|免[除收去]?|豁免|减免|拒绝|停止|无需|无须|毋须)(?:曾|予|再|实际|对外|另行)?(?:支付|支出|列支|划付|扣除|收取|缴纳|扣缴|代扣)")


def told_fees(ctx: Context, texts: Sequence[Paragraph], stated: Sequence[Fact]) -> tuple[list[Fact], list[Problem]]:
    """The fees that the sentences of a report tell, and the questions where two differ; nothing where a table states them."""
    if not ctx.profile.kind_record.is_periodic or any(fact.table == NAME and dict(fact.key).get("account") == "fees" for fact in stated):
        return [], []
    return said_once(ctx, [fact for paragraph in texts for start, end in paragraph.sentences() for fact in _sentence(ctx, paragraph, start, end)])


def _begins_before(ctx: Context, sentence: str) -> bool:
    """Whether a sentence names a day before the reported period, from which it may count."""
    first = ctx.profile.period_start
    return first is not None and any(begin < first for begin, _ in stated_spans(sentence))


def _sentence(ctx: Context, paragraph: Paragraph, start: int, end: int) -> Iterator[Fact]:
    sentence = paragraph.text[start:end]
    paid = _PAID.search(sentence)
    if paid is None or what_holds(sentence) != (0, len(sentence)) or any(words.search(sentence) for words in (_NOT_OF_THE_PERIOD, _BORNE_BY_OTHERS, _NOT_PAID)) or _begins_before(ctx, sentence) or of_another(ctx, sentence) or of_another_period(ctx, sentence):
        return
    for each in statements(paragraph.text, start, end):
        label = _SPENT.sub("", each.label)
        while (shorter := _LEAD.sub("", label)) != label:
            label = shorter
        if (each.at < start + paid.end() and not _ALL_PAID.search(sentence)) or not _FEE.fullmatch(label) or each.behind.startswith("/") or supposed(",".join((*each.lead, each.label)), _AFTER.sub("", each.behind)):
            continue
        read = read_figure(each.figure, "money", UnitSources())
        if isinstance(read, Figure) and read.unit_from == "cell" and is_of_this_deal(ctx, paragraph, each.at, sentence):
            proof = paragraph.proof(ctx.document_id, each.start, each.end, read.unit_text, read.unit_from)
            yield Fact(NAME, document_key(ctx, period_no=ctx.profile.period_no, account="fees", line=label), "amount", read.value, read.unit, proof)
