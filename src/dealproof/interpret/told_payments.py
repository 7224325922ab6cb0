"""Payments on tranches that sentences tell: 优先A级资产支持证券:分配前本金余额390,000,000.00元,本次分配本金0.00元.

A sentence that names one tranche speaks of it until it names another. Its labels are those of tables of payments; a label that
these do not know, and whatever is planned, supposed, cumulative or per 100 of face value, gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from dealproof.interpret.context import Context
from dealproof.interpret.dates import first_of
from dealproof.interpret.fact_builder import document_key
from dealproof.interpret.paragraphs import Paragraph
from dealproof.interpret.periods import period_of
from dealproof.interpret.printed_figures import blanked, measured
from dealproof.interpret.scope import of_another, of_another_period, stated_spans
from dealproof.interpret.sentence_guards import supposed, what_holds
from dealproof.interpret.statements import Statement, statements
from dealproof.interpret.surroundings import is_unit_line
from dealproof.interpret.told_agreement import said_once
from dealproof.interpret.told_scope import is_of_this_deal
from dealproof.interpret.tranche_blocks import in_caption
from dealproof.interpret.units import Figure, UnitSources, read_figure
from dealproof.mappings.fields import IGNORED
from dealproof.model.evidence import Evidence, Fact, Problem, Value
from dealproof.values.dates import find_dates
from dealproof.values.tranches import NAMED_IN_WORDS, Tranche, tranche_named

NAME = "tranche_payments"
_FIELDS = frozenset(("opening_balance", "principal_paid", "interest_paid", "closing_balance"))
#: What is not of this period, or not of all notes, for as long as a sentence goes on; and words that begin anew.
_ALL_ALONG, _PER_NOTE = re.compile(r"累计|历次|以来|至今|存续期|各期|每期|历史"), re.compile(r"百元|每(?:一)?(?:份|张|手|单位|元)|单位(?:证券|票据|面值)|单张")
_ANEW = re.compile(r"^(?:本次|本期|当期|此次)")
#: How a clause goes on that says that nothing was paid yet.
_NOT_YET = re.compile(r"^[^,。;]{0,8}?(?:尚未|未[予能]?(?:支付|兑付|分配|偿付|到账)|待(?:支付|兑付|分配)|暂缓|延期|递延|不予)")
#: What one holder of the notes was paid.
_HOLDER = re.compile(r"(?:机构|公司|银行|企业|发起人|权益人|方)(?:自)?(?:持有|持)(?!人)|自持")
_BRACKETS = re.compile(r"\([^()]*\)")
_NOT_PAID = re.compile(r"百元|累计|合计|各档|全部|应[付计]|计划|预计|每份|占")
#: What is paid, behind the word for it that stands only once in an enumeration.
_WHAT = frozenset(("本金", "利息", "收益", "预期收益"))
_VERB, _JOINED = re.compile(r"(?:本次|本期|共|合计)?(?P<verb>派发|兑付|支付|分配|偿还|偿付)"), re.compile(r"^(?:[、,]|和|与|以及|及)")
#: Balances of which only the words before them say when, and what says it.
_BALANCE = frozenset(("本金余额", "未偿本金余额", "剩余本金", "剩余本金余额", "未偿本金", "余额", "未偿余额", "存续本金"))
_UP_TO = re.compile(r"截[至止]|(?:本?报告)?期末|于")
#: Who pays, and the day on which, before what is paid.
_ON_A_DAY = re.compile(r"^(?:本?(?:信托|专项计划|计划)|管理人|受托人|受托机构|发行载体管理机构)?(?:已)?[于在]?\d{4}年\d{1,2}月\d{1,2}日(?:已|共|合计|完成)*")
#: All senior notes together, which are no tranche where these are named beside them; and what leads to one of them.
_SENIOR, _AMONG = frozenset(("优先", "优先级", "优先档")), re.compile(r"^其中")
_MARK = re.compile(r"^(?:\([一二三四五六七八九十\d]+\)|\d{1,2}[、.)]|[•●▪◆■○►▶➢])")
#: What speaks of single securities, and the least amount in yuan that can be a tranche's, there and anywhere.
_OF_UNITS = re.compile(r"每[份张手]|百元|单位(?:面值|份额|净值|本金)|[/／][份张手]|面值")
_LEAST, _LEAST_BESIDE_UNITS = Decimal(1_000), Decimal(100_000)
_COPULA = re.compile(r"(?:为|是|系|:|共计|共)?(?:人民币)?$")


def told_payments(ctx: Context, texts: Sequence[Paragraph], stated: Sequence[Fact]) -> tuple[list[Fact], list[Problem]]:
    """Read the sentences of a report, with the questions where two differ; nothing where a table states its payments."""
    if not ctx.profile.kind_record.is_periodic or any(fact.table == NAME for fact in stated):
        return [], []
    facts: list[Fact] = []
    heading: Tranche | None = None
    for paragraph in texts:
        if is_unit_line(paragraph.text):
            continue
        if not paragraph.is_item or next(measured(blanked(paragraph.text)), None) is None:
            heading = in_caption(paragraph.text)  # of the items that follow
        for start, end in paragraph.sentences():
            facts += _sentence(ctx, paragraph, start, end, heading if paragraph.is_item else None)
    once, unlike = said_once(ctx, facts)
    if unlike:
        return [], unlike  # which of the sentences is meant is not told, and so of the others neither
    dated = {fact.key for fact in once if fact.column == "payment_date"}
    return [*once, *(fact for fact in _dates(ctx, once) if fact.key not in dated)], []


def _may_be_per_unit(value: Value, text: str) -> bool:
    """Whether an amount is so small that it may be one per security, as no payment to a tranche is, or is by the words around it."""
    size = abs(value) if isinstance(value, Decimal) else Decimal(0)
    return 0 < size < (_LEAST_BESIDE_UNITS if _OF_UNITS.search(text) else _LEAST)


def _is_at_the_end(ctx: Context, each: Statement) -> bool:
    """Whether the words before a balance say that it is that of the end of the period, and name no other time."""
    times = [max(day for _, day in spans) == ctx.profile.period_end if (spans := stated_spans(clause)) else period_of(clause) == "own" for clause in each.lead
             if stated_spans(clause) or (period_of(clause) and _UP_TO.match(clause))]  # fmt: skip
    return bool(times) and all(times)


def _is_of_more(each: Statement, label: str) -> bool:
    """Whether the clauses before a label, or the words of its own that stand before its tranche, speak of all periods so far or of one note."""
    before = _BRACKETS.sub("", ",".join((*each.lead, each.label)))
    return bool(_PER_NOTE.search(before) or _HOLDER.search(before) or (_ALL_ALONG.search(before) and not _ANEW.match(label)))


def _sentence(ctx: Context, paragraph: Paragraph, start: int, end: int, of: Tranche | None) -> Iterator[Fact]:
    sentence = paragraph.text[start:end]
    if of_another(ctx, sentence) or of_another_period(ctx, sentence):
        return
    first, last = what_holds(sentence)
    start, end = start + first, start + last
    at, tranche, verb = start, of, ""
    parts = {name for name in NAMED_IN_WORDS.findall(sentence) if name.startswith("优先") and name not in _SENIOR}
    days: list[date] = []
    for each in statements(paragraph.text, start, end):
        between = paragraph.text[at : each.at]
        named = NAMED_IN_WORDS.findall(between)
        if named:
            tranche = tranche_named(named[0]) if len(set(named)) == 1 and not (parts and named[0] in _SENIOR) else None
        at = each.end
        label = _COPULA.sub("", _MARK.sub("", _AMONG.sub("", NAMED_IN_WORDS.sub("", each.label))))
        what = _JOINED.sub("", label)
        if what in _WHAT and verb and _JOINED.match(between):
            label = verb + what  # 派发优先A级收益100元、优先B级收益20元
        elif days := [day for day, _, _ in find_dates(each.label)]:
            label = _ON_A_DAY.sub("", label)
        elif label in _BALANCE and _is_at_the_end(ctx, each):
            label = f"期末{label}"
        verb = found["verb"] if (found := _VERB.match(label)) and not _NOT_PAID.search(label) else ""
        row = ctx.labels.find(NAME, label)
        if tranche is None or row is None or row.field == IGNORED or row.field not in _FIELDS:
            continue
        if (
            _NOT_PAID.search(label) or _is_of_more(each, label) or _NOT_YET.search(each.behind) or period_of(label) in ("previous", "other") or supposed(",".join(each.lead), each.behind)
            or not is_of_this_deal(ctx, paragraph, each.at, sentence)
        ):  # fmt: skip
            continue
        read = read_figure(each.figure, "money", UnitSources())
        if isinstance(read, Figure) and read.unit_from == "cell" and not _may_be_per_unit(read.value, paragraph.text):
            proof = paragraph.proof(ctx.document_id, each.start, each.end, read.unit_text, read.unit_from)
            key = document_key(ctx, tranche=tranche.name, period_no=ctx.profile.period_no)
            yield Fact(NAME, key, row.field, read.value, read.unit, proof, label_rows=(row.where,))
            if len(days) == 1 and row.field in ("principal_paid", "interest_paid"):
                yield Fact(NAME, key, "payment_date", days[0].isoformat(), evidence=proof, label_rows=(row.where,))


def _dates(ctx: Context, facts: Sequence[Fact]) -> list[Fact]:
    hit = first_of(ctx.hits, "payment_date")
    if hit is None:
        return []
    proof = Evidence(ctx.document_id, hit.page, hit.box, hit.text, reader="text")
    keys = dict.fromkeys(fact.key for fact in facts)
    return [Fact(NAME, key, "payment_date", hit.day.isoformat(), evidence=proof, label_rows=(hit.label_row,)) for key in keys]
