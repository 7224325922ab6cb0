"""Statuses of the pool that sentences list: 正常贷款余额712,000,000.00元,占比97.40%;逾期1-30天贷款余额7,798,024.46元,占比1.07%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from dealproof.interpret.context import Context
from dealproof.interpret.fact_builder import document_key
from dealproof.interpret.paragraphs import Paragraph
from dealproof.interpret.printed_figures import blanked
from dealproof.interpret.report_words import unknown_words
from dealproof.interpret.scope import may_be_of_another, of_another, of_another_period
from dealproof.interpret.sentence_guards import supposed
from dealproof.interpret.told_scope import is_of_this_deal
from dealproof.interpret.units import Figure, UnitSources, read_figure
from dealproof.model.evidence import Fact
from dealproof.values.buckets import parse_status_bucket
from dealproof.values.parsed import Parsed

NAME = "delinquency"
_FIGURE = r"\d[\d,]*(?:\.\d+)?(?:万元|亿元|千元|元)"
_LOANS = r"(?:(?:入池|基础|底层)?(?:贷款|资产|债权|应收账款|借款|(?:融资)?租赁(?:合同|债权|资产)|合同|借据))?"
_COUNTED = rf"(?:共|共计|合计|计|有|涉及)?(?P<count>\d[\d,]*)(?:笔|份|件){_LOANS}(?:,|、)?"
_OF_POOL = r"(?:报告)?(?:期末)?(?:全部)?(?:资产池|基础资产|入池资产|存续资产)?(?:的)?(?:期末)?(?:未偿)?(?:本金)?(?:总)?(?:余额|金额|本金)"
_SHARE = rf"[,、]?\(?(?:余额|金额|本金)?占(?:比(?:例)?|{_OF_POOL}(?:的)?(?:比例|比重|百分比)?)(?:为|:)?(?P<share>\d+(?:\.\d+)?%)\)?"
_CLAUSE = re.compile(
    rf"(?P<status>[^,;。:]{{2,16}}?)(?:的)?{_LOANS}(?:的)?(?:{_COUNTED})?(?:(?:对应|涉及)(?:的)?|的)?(?P<of>(?:未偿|剩余)?(?:本金)?(?:余额|金额|本金))?(?:合计|共计|共|为|:)*(?:人民币)?"
    rf"(?P<balance>{_FIGURE})(?:{_SHARE})?(?=[,;。、]|$)"
)
#: Several statuses with their figures in the same order: 逾期1-30天、31-60天、61-90天的未偿本金余额分别为1万元、2万元和3万元.
_AND = r"(?:、|和|与|及|以及)"
_STATUS = r"[^,;。:、和与及]{2,14}?"
_LISTED = re.compile(
    rf"(?P<names>{_STATUS}(?:{_AND}{_STATUS}){{2,}}?)(?:的)?{_LOANS}(?:的)?(?:未偿|剩余)?(?:本金)?(?:余额|本金余额|未偿本金)(?:分别|依次)(?:为|是|:)*(?:人民币)?(?P<balances>{_FIGURE}(?:{_AND}{_FIGURE}){{2,}})"
    rf"(?:,占(?:比|{_OF_POOL}(?:的)?(?:比例|比重|百分比)?)(?:分别|依次)(?:为|:)*(?P<shares>\d+(?:\.\d+)?%(?:{_AND}\d+(?:\.\d+)?%){{2,}}))?(?=[,;。]|$)"
)
_LEAD = re.compile(r"^(?:其中[,:]?|(?:期末)?(?:资产池|基础资产|入池资产|资产|贷款)(?:中)(?:的)?(?=[正未逾拖违M])|\([一二三四五六七八九十\d]+\)|\d{1,2}[、.)]|[•●▪◆■○])+")
_OF_A_PART = re.compile(r"(?:抵押|质押|保证|信用|担保|浮动|固定|新增|循环|正常|违约|不良)[一-龥]{0,4}(?:贷款|资产|债权)|入池|购买|单笔|单户|前.{1,2}大|其中[^,:]")
#: A figure with its unit.
_COUNTS = re.compile(r"\d[\d,]*(?:\.\d+)?(?:万元|亿元|千元|元|笔|户|份|%)")
#: Statuses that a list has at least.
_LEAST = 3


def told_statuses(ctx: Context, texts: Sequence[Paragraph], stated: Sequence[Fact]) -> list[Fact]:
    """The balances by status that one list of a report tells; nothing where a table states them, or where lists differ."""
    if not ctx.profile.kind_record.is_periodic or ctx.profile.waits_for_number or any(fact.table == NAME for fact in stated):
        return []
    lists = [facts for facts in (list(_of(ctx, texts, at)) for at in range(len(texts))) if len({fact.key for fact in facts}) >= _LEAST]
    cells = [(fact.key, fact.column) for fact in lists[0]] if len(lists) == 1 else []
    return lists[0] if cells and len(cells) == len(set(cells)) else []


def _of(ctx: Context, texts: Sequence[Paragraph], at: int) -> Iterator[Fact]:
    """The statuses of one paragraph, or of the items of the list that begins there."""
    if at and texts[at].is_item and texts[at - 1].is_item and next(_statuses(ctx, texts[at - 1]), None) is not None:
        return
    heads = texts[at].is_item and at and not texts[at - 1].is_item and texts[at - 1].text.endswith((":", "如下", "如下。"))
    own = list(_statuses(ctx, texts[at], texts[at - 1] if heads else None))
    yield from own
    while own and texts[at].is_item and at + 1 < len(texts) and texts[at + 1].is_item:
        at += 1
        yield from _statuses(ctx, texts[at])


def _is_of_the_whole(text: str) -> bool:
    """Whether the words that lead to the first status say nothing but when, and of the whole pool: not 抵押类贷款中, 入池时, 回购后."""
    words = re.split(r"。", text)[-1] or text
    return not _OF_A_PART.search(words) and not unknown_words(blanked(_LEAD.sub("", _COUNTS.sub("", words))))


def _may_be_a_flow(match: re.Match[str], bucket: str) -> bool:
    """Whether an amount may be what was paid, recovered or newly defaulted (正常还款200万元、提前还款30万元), and no balance."""
    return not re.search("余额|未偿|剩余", match["of"] or "") and (bucket in ("prepaid", "matured", "default") or "还款" in match["status"])


def _statuses(ctx: Context, paragraph: Paragraph, before: Paragraph | None = None) -> Iterator[Fact]:
    text = paragraph.text
    if of_another(ctx, text) or of_another_period(ctx, text) or may_be_of_another(ctx, text) or supposed(text, "") or not is_of_this_deal(ctx, paragraph, 0, text):
        return
    yield from _listed(ctx, paragraph)
    first = next((match for match in _CLAUSE.finditer(text) if isinstance(parse_status_bucket(_LEAD.sub("", match["status"])), Parsed)), None)
    if first is None or not _is_of_the_whole(text[: first.start("status")]) or (before is not None and not _is_of_the_whole(before.text)):
        return
    for match in _CLAUSE.finditer(text):
        bucket = parse_status_bucket(_LEAD.sub("", match["status"]))
        if not isinstance(bucket, Parsed) or _may_be_a_flow(match, bucket.value):
            continue
        key = document_key(ctx, period_no=ctx.profile.period_no, bucket=bucket.value)
        for column, group, quantity in (("count", "count", "count"), ("balance", "balance", "money"), ("balance_share_pct", "share", "pct")):
            read = read_figure(match[group], quantity, UnitSources()) if match[group] else None
            if isinstance(read, Figure) and isinstance(read.value, Decimal):
                proof = paragraph.proof(ctx.document_id, match.start(), match.end(group), read.unit_text, "cell")
                yield Fact(NAME, key, column, read.value, read.unit, proof)


def _listed(ctx: Context, paragraph: Paragraph) -> Iterator[Fact]:
    """The statuses that a sentence names one after the other before their balances; none where the numbers of both differ."""
    for match in _LISTED.finditer(paragraph.text):
        words = re.split(r"[。;]", paragraph.text[: match.start()])
        names = [parse_status_bucket(_LEAD.sub("", name)) for name in re.split(_AND, match["names"])]
        figures = {"balance": re.findall(_FIGURE, match["balances"]), "balance_share_pct": re.findall(r"[\d.]+%", match["shares"] or "")}
        if not _is_of_the_whole(words[-1]) or any(found and len(found) != len(names) for found in figures.values()):
            continue
        for at, bucket in enumerate(names):
            for column, quantity in (("balance", "money"), ("balance_share_pct", "pct")):
                read = read_figure(figures[column][at], quantity, UnitSources()) if figures[column] and isinstance(bucket, Parsed) else None
                if isinstance(read, Figure) and isinstance(read.value, Decimal) and isinstance(bucket, Parsed):
                    proof = paragraph.proof(ctx.document_id, match.start(), match.end(), read.unit_text, "cell")
                    yield Fact(NAME, document_key(ctx, period_no=ctx.profile.period_no, bucket=bucket.value), column, read.value, read.unit, proof)
