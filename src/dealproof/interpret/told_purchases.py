"""A revolving purchase that sentences tell: 于2024年12月20日完成第4次循环购买,新增基础资产未偿本金1.3210亿元.

Where no table lists purchases, one purchase whose number the title or the sentences print is read; several numbers are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from dealproof.interpret.context import Context
from dealproof.interpret.fact_builder import document_key
from dealproof.interpret.paragraphs import Paragraph
from dealproof.interpret.scope import of_another
from dealproof.interpret.sentence_guards import supposed
from dealproof.interpret.statements import statements
from dealproof.interpret.told_scope import is_of_this_deal
from dealproof.interpret.units import Figure, UnitSources, read_figure
from dealproof.mappings.fields import IGNORED
from dealproof.model.evidence import Fact
from dealproof.text import squeeze
from dealproof.values.dates import find_dates
from dealproof.values.numbers import chinese_int

NAME = "revolving_purchases"
_BUY = r"(?:循环|持续)购买"
_NUMBER = re.compile(rf"第([零〇一二三四五六七八九十百\d]{{1,3}})(?:次|期|批|轮)(?:的)?{_BUY}|{_BUY}(?:日|日期)?(?:为|:)?[^,。;]{{0,14}}\(第([零〇一二三四五六七八九十百\d]{{1,3}})(?:次|期|批|轮)\)")
_DAY = re.compile(rf"(?:{_BUY}|(?<![首各每])购买)(?:实施|完成|交割)?(?:日|日期|时间)(?:\([^)]*\))?(?:为|是|:)?$")
_DONE = re.compile(rf"^[^,。;]{{0,12}}?(?:完成|进行|实施|开展)(?:了)?[^,。;]{{0,12}}?{_BUY}")
#: Where a day stands that a sentence begins with, and words for what is only to be done.
_BEGINS, _TO_COME = re.compile(r"(?:^|[:;。])(?:\([一二三四五六七八九十\d]+\)|\d{1,2}[、.)])?$"), re.compile(r"拟|将|(?<!专项)(?<!支持)计划|预计")
_BASIS = {"principal": "principal", "discounted": "discounted", "interest_too": "principal_and_interest", "amount": ""}
_OWN_WORDS = re.compile(r"^(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+[、.]|\d{1,2}[、.)]|其中|本次|本期|此次|当期|截至[^,]*|自[^,]*?(?:以来|起)|占|(?:为|系|相当于)(?=初始|入池)|信托|专项计划)+|(?:为|是|系|:|共计|共)?(?:人民币)?$|^(?:新增|购入|买入|受让)(?=基础资产|资产|贷款)")
#: What the pool has before or after a purchase is not what was bought.
_NOT_BOUGHT = re.compile(r"购买(?:日)?(?:完成|实施|结束|交割)?(?:之)?[前后]|剔除|赎回|回购|置换|较[上前]")
_PRICE = re.compile(r"对价|价款|支付|折价|溢价")


def told_purchases(ctx: Context, texts: Sequence[Paragraph], stated: Sequence[Fact]) -> list[Fact]:
    """The facts of the one purchase that a report or notice tells in sentences."""
    if NAME not in ctx.profile.kind_record.tables:
        return []
    told = [
        (paragraph, start, end)
        for paragraph in texts
        for start, end in paragraph.sentences()
        if re.search(r"购买", paragraph.text[start:end]) and not of_another(ctx, paragraph.text[start:end])
        and is_of_this_deal(ctx, paragraph, start, paragraph.text[start:end])
    ]
    printed = [squeeze(ctx.profile.title), *(paragraph.text[start:end] for paragraph, start, end in told)]
    numbers = {chinese_int(one or other) for text in printed for one, other in _NUMBER.findall(text)} - {None}
    if len(numbers) != 1:
        return []
    key = document_key(ctx, purchase_no=numbers.pop())
    facts: dict[str, Fact] = {}
    for paragraph, start, end in told:
        for fact in (*_day(ctx, key, paragraph, start, end), *_amounts(ctx, key, paragraph, start, end)):
            if fact.column in facts and facts[fact.column].value != fact.value:
                return []
            facts.setdefault(fact.column, fact)
    rows = {fact.key for fact in stated if fact.table == NAME}
    if rows:  # a table lists the purchases: sentences add the pool's first balance, which it has no column for
        initial = [fact for column, fact in facts.items() if column == "initial_amount" and key in rows]
        return [] if any(fact.table == NAME and fact.column == "initial_amount" for fact in stated) else initial
    return list(facts.values()) if "purchase_amount" in facts else []


def _day(ctx: Context, key: tuple[tuple[str, str], ...], paragraph: Paragraph, start: int, end: int) -> Iterator[Fact]:
    text = paragraph.text[start:end]
    for day, begin, stop in find_dates(text):
        before, behind = text[:begin], text[stop:]
        label = _DAY.search(before)
        if label and not re.search(r"(?:上|下|前|首|每|各)(?:一|1)?(?:次|期|个)?$", before[: label.start()]):
            yield _fact(ctx, key, "purchase_date", day.isoformat(), paragraph, start + label.start(), start + stop)
        elif (re.search(r"(?:于|在)$", before) or (_BEGINS.search(before) and behind.startswith(","))) and (done := _DONE.match(behind.removeprefix(","))) and not _TO_COME.search(done.group()):
            yield _fact(ctx, key, "purchase_date", day.isoformat(), paragraph, start + begin, start + stop + done.end() + (behind[:1] == ","))


def _amounts(
    ctx: Context, key: tuple[tuple[str, str], ...], paragraph: Paragraph, start: int, end: int
) -> Iterator[Fact]:  # fmt: skip
    sentence = paragraph.text[start:end]
    for each in statements(paragraph.text, start, end):
        label = each.label
        while (shorter := _OWN_WORDS.sub("", label)) != label:
            label = shorter
        row = ctx.labels.find(NAME, label)
        if (row is None or row.field == IGNORED) and "购买" not in label:
            row = ctx.labels.find(NAME, f"购买{label}")
        if row is None or row.field not in {*_BASIS, "cumulative_amount", "initial_amount"}:
            pool = ctx.labels.field("performance", label)
            known = row or ctx.labels.find("performance", label)
            row = replace(known, field="initial_amount") if known is not None and pool == "initial_pool_balance" else row
        if row is None or _PRICE.search(label) or supposed(",".join(each.lead), each.behind):
            continue
        column = "purchase_amount" if row.field in _BASIS else row.field
        if column == "purchase_amount" and _NOT_BOUGHT.search(",".join((*each.lead, each.label))):
            continue
        if column == "purchase_amount" and not re.search(r"本次|本期|此次|当期|第.{1,3}次|购买日|新增", sentence):
            continue
        if column not in ("purchase_amount", "cumulative_amount", "initial_amount"):
            continue
        read = read_figure(each.figure, "money", UnitSources())
        if isinstance(read, Figure) and read.unit_from == "cell":
            yield _fact(ctx, key, column, read.value, paragraph, each.start, each.end, (row.where,), read)
            if column == "purchase_amount" and _BASIS[row.field]:
                yield _fact(ctx, key, "amount_basis", _BASIS[row.field], paragraph, each.start, each.end, (row.where,))


def _fact(
    ctx: Context, key: tuple[tuple[str, str], ...], column: str, value: str | Decimal, paragraph: Paragraph, start: int, end: int,
    rows: tuple[str, ...] = (), read: Figure | None = None,
) -> Fact:  # fmt: skip
    unit = (read.unit_text, read.unit_from) if read else ("", "")
    proof = paragraph.proof(ctx.document_id, start, end, *unit)
    return Fact(NAME, key, column, value, read.unit if read else "", proof, label_rows=rows)
