"""Figures of the pool that stand in sentences: 截至本收款期间末,资产池累计违约率为0.19%.

The words before a figure are read as a label by the same rows and words as the labels of tables. A figure is taken where its
sentence earns it: its label is understood, everything before it in the sentence is understood too and speaks of this deal
and of the day or period that the label means, and nothing supposes or foresees it. Whatever is left says why, or stays
open and is asked by the ledger. A figure that a table states too is taken from the table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from dealproof.contract.metrics import CUMULATIVE, QUANTITY, Metric, performance_metric, pool_metric
from dealproof.interpret.context import Context
from dealproof.interpret.fact_builder import Key, deal_key, document_key
from dealproof.interpret.kinds.performance import definition_of
from dealproof.interpret.paragraphs import Paragraph
from dealproof.interpret.periods import period_of
from dealproof.interpret.pool_part import is_counted_otherwise, is_of_a_part
from dealproof.interpret.printed_figures import blanked, measured
from dealproof.interpret.report_words import unknown_words
from dealproof.interpret.scope import (
    may_be_of_another,
    of_another,
    of_another_period,
    speaks_of_own,
    stated_spans,
)
from dealproof.interpret.sections import is_under_another_deal, section_path
from dealproof.interpret.sentence_guards import not_stated, supposed
from dealproof.interpret.statements import CLAUSE, Statement, statements
from dealproof.interpret.told_agreement import agree, conflict, same_cell
from dealproof.interpret.told_labels import (
    OF_THE_POOL,
    bare,
    follows_a_part,
    group_of,
    row_of,
    speaks_of_a_part,
    understood,
)
from dealproof.interpret.units import Figure, UnitSources, read_figure
from dealproof.mappings.fields import IGNORED
from dealproof.mappings.labels import LabelRow
from dealproof.model.evidence import Box, Fact, Problem
from dealproof.model.ledger import Rule
from dealproof.model.page import Line, PageText
from dealproof.text import squeeze

#: What a sentence may say of the day or period that its next figures speak of; `other` is any that is not wanted.
Time = str
#: How the label of a line of a list ends: 期末加权平均年利率:5.92%.
_OF_A_LIST = re.compile(r"(?::|[.·…_]{3,}|-{4,})$")
#: The day up to which a clearing report speaks.
_AT_THE_END = re.compile(r"截[至止](?:本)?(?:信托|专项计划|计划|票据)?(?:终止日?|终止之日|清算(?:基准|起始|开始)?日|清算结束日?)(?:止)?$")
#: How a sentence ends that introduces the items of a list.
_INTRODUCES = re.compile(r"(?::|如下[:。]?)$")
#: Metrics that securities cannot have: of all others the sentence has to say that they are the pool's.
_DEFAULTS = frozenset(("cumulative_default_pct", "cumulative_default_amount", "period_default_amount"))
_DEFAULTS_AND_RECOVERIES = _DEFAULTS | {"cumulative_recovery_amount"}
_OF_NOTES = re.compile(r"证券|票据|优先|次级|发行|票面")
_POOL_HEADING, _OF_ACCOUNTS = re.compile(r"资产池|基础资产|入池资产"), re.compile(r"账户|专户|收支|资金|费用|分配|兑付|募集|利率|期限|收益率")
_FROM_A_REPORT = re.compile(r"^(?:根据|依据|按照?)(?![^,]*(?:评级|说明书|审计|行业|同业|研究))[^,]{0,24}?(?:报告|数据|信息|资料|统计结果)(?:显示|统计|计算)?$")
_LINKS = re.compile(r"(?:初始)?(?:起算|封包|基准)日|项下|全部(?=收回|回收|偿还|偿付|结清|正常|还款)|已经|已|均已|仍|处于|尚|状态|状况|良好|稳定|(?:还款|履约)(?:均)?正常|承租[人方]|名(?=承租)|户(?=承租)|此外|同时|另外|另|并且|而|共有|对应|名(?=借款人|的|$)|户(?=借款人)|单笔|最[高低大小](?:的)?|平均|经(?:统计|核算|计算)|其|上述|各项|具体|方面|如下|数据如下|显示|(?:均)?(?:未(?:曾)?(?:再)?(?:出现|发生|产生|新增)|无(?:新增)?|不存在)(?:任何)?(?:逾期|违约|拖欠)(?:(?:或|和|、|及)(?:逾期|违约|拖欠))?(?:的)?(?:贷款|资产|债权|租赁合同|应收账款)?(?:的)?(?:情形|情况|事件)?")
_CHANGE = re.compile(r"^(?:较|比|与[^,]{1,8}相比|同比|环比)")
#: What is counted since the deal began: 自设立日起, 自信托生效日至报告期末.
_SINCE_THE_START = re.compile(r"^自(?:本)?(?:信托|专项计划|计划|资产支持(?:证券|票据))?(?:设立|成立|生效|起始)(?:之?日)?(?:起|以来|(?:起)?至(?:今|(?:本)?(?:报告期|收款期间|计算期间|期)末(?:止)?))$")
#: What a bracket says of the figure before it: 余额80万元(期初90万元).
_ASIDE = re.compile(r"\([^()]*\)")
_AS_OF = re.compile(r"^(?:截至|截止)(?:20\d\d|二)")
#: The day of the report, which is none of the period: 截至本报告出具日.
_AT_THE_REPORT = re.compile(r"截[至止](?:本)?(?:报告|公告)(?:书)?(?:出具|披露|公告|签署|编制|发布)?(?:之)?日(?:期)?(?:止)?$")
#: What something is called from here on.
_CALLED = re.compile(r"\((?:以下|下)?(?:简称|称)[^()]*\)")
#: A day that was said before.
_THAT_DAY = re.compile(r"^(?:截至|截止|于|在)?(?:该|上述|前述|同)(?:基准|起算)?日")
#: Some of the loans of a pool: 资产池中抵押贷款的未偿本金余额.
_OF_A_PART = re.compile(r"[池产款权]之?中,?(?:的)?(?:抵押|质押|保证|信用|担保|正常|关注|次级|可疑|逾期|违约|不良|浮动|固定|新增|循环|[一-龥]{1,8}类)")
#: Words for the deal in a paper about its issue, for the period in a report.
_THIS_ISSUE = re.compile(r"本(?:期|次)")
_PREVIOUS = re.compile(r"(?:上|前)一?个?")
#: What may follow a figure that its clause ends with.
_ENDS = re.compile(r"^(?:(?:不良)?(?:贷款|资产|债权)|借款人)?(?:$|[,;。、():]|和|与|及)")
#: How many of its own heights a line of a list stands below the one before at most.
_BELOW = 2.0


@dataclass
class FigureReader:
    """Reads sentences one after the other, and keeps what it found."""

    ctx: Context
    stated: Sequence[Fact]
    facts: list[Fact] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    left: dict[tuple[int, Box, str], Rule] = field(default_factory=dict)
    wanted: dict[tuple[int, Box, str], str] = field(default_factory=dict)
    #: The sentence that introduces the list that the next items belong to, and that of the item that is read.
    intro: str = ""
    item_of: str = ""
    #: Whether the part of the sentence before the last semicolon spoke of this deal's own, and whether this part does.
    goes_on: bool = False
    of_own: bool = False
    #: Whether that part spoke of some of the loans only (累计违约金额), and whether this part does.
    part_before: bool = False
    of_part: bool = False
    #: The day of which that part spoke, and the one of which the figure read last speaks.
    time_before: Time = ""
    last_time: Time = ""
    #: The day as of which a paragraph of a tracking report speaks: 截至2025年4月30日.
    as_of: date | None = None
    #: Page and line of the last figure whose words speak of the pool.
    of_pool: tuple[int, Box] | None = None

    def paragraph(self, paragraph: Paragraph) -> None:
        """Read the sentences of a paragraph; what one says of another deal or other loans holds for those after it."""
        self.intro = self.intro if paragraph.is_item else paragraph.text if _INTRODUCES.search(paragraph.text) else ""
        self.item_of = self.intro if paragraph.is_item else ""
        of_list = bool(self.item_of) and self._of_others(self.item_of)
        others, told_before, self.as_of = of_list, False, None
        for start, end in paragraph.sentences():
            sentence = paragraph.text[start:end]
            is_joined = start > 0 and (paragraph.text[start - 1] == ";" or told_before)
            self.goes_on, self.time_before = is_joined and self.of_own, self.last_time if is_joined else ""
            self.of_own = self.goes_on or speaks_of_own(sentence)
            self.part_before, self.of_part = is_joined and self.of_part, speaks_of_a_part(sentence)
            others = of_list or self._of_others(sentence) or (others and not speaks_of_own(sentence))
            known = len(self.facts)
            self._sentence(paragraph, start, end, others)
            told_before = len(self.facts) > known and not self.ctx.profile.kind_record.is_periodic
            if next(measured(blanked(sentence)), None) is None:  # 初始起算日为2025年4月30日。截至该日, ...
                self.last_time = self._time_of(sentence) or self.last_time
                told_before = not self.ctx.profile.kind_record.is_periodic and bool(self._time_of(sentence))

    def _of_others(self, sentence: str) -> bool:
        clauses = [each for each in CLAUSE.split(sentence) if each]
        return bool(of_another(self.ctx, sentence)) or any(of_another(self.ctx, each) for each in clauses)

    def _sentence(self, paragraph: Paragraph, start: int, end: int, others: bool) -> None:
        whole, before = "", None
        for stated in statements(paragraph.text, start, end):
            each, label, row = understood(self.ctx, stated, whole, before, self._with_time)
            whole, before = label if row is not None else "", row
            if row is not None:
                self._statement(paragraph, each, label, row, others)
            elif period_of(label) == "previous" and of_another_period(self.ctx, label):
                page, line = paragraph.line_at(each.at)
                self.left[page.number, line.box, each.number] = "another period"

    def _with_time(self, label: str, each: Statement) -> str:
        """A label that names no day, with the day of which the words before it speak: 资产池余额 after 截至本收款期间末."""
        if not label or period_of(label):
            return ""
        return {"own": "期末", "begin": "期初"}.get(self._time(each, label), "") + label

    def _statement(self, paragraph: Paragraph, each: Statement, label: str, row: LabelRow, others: bool) -> None:
        page, line = paragraph.line_at(each.at)
        place = (page.number, line.box, each.number)
        if row.field == IGNORED:
            self.left[place] = not_stated(",".join((*each.lead, each.label)), each.behind) or "label row"
            return
        if (rule := supposed(",".join(each.lead), each.behind)) is not None:
            self.left[place] = rule
            return
        self.wanted[place] = group_of(self.ctx)
        time = self._time(each, label)
        if time == "other" and of_another_period(self.ctx, each.label):
            self.left[place] = "another period"
        cell = self._cell(row.field, label, time)
        quantity = QUANTITY[cell[0]] if cell is not None else ""
        named = cell is not None and (cell[0] in _DEFAULTS_AND_RECOVERIES or self._names_the_pool(paragraph, each, label))
        named = named and (cell is None or cell[0] in _DEFAULTS_AND_RECOVERIES or not follows_a_part(each, self.part_before))
        self.of_pool = (page.number, line.box) if named else self.of_pool
        if cell is None or not named or others or self._is_of_some(each) or not _ENDS.match(each.behind) or not self._is_earned(paragraph, each):
            return
        nothing = quantity == "pct" and each.figure in ("0", "零")  # 累计违约率为0
        read = read_figure("0%" if nothing else each.figure, quantity, UnitSources())
        if isinstance(read, Figure) and read.unit_from == "cell" and not each.figure.endswith("百分点"):
            self._note(paragraph, each, cell[1], replace(read, unit_text="", unit_from="") if nothing else read, row)

    def _is_of_some(self, each: Statement) -> bool:
        """Whether a figure is that of some of the loans, of a year, or of numbers."""
        words = ",".join((*each.lead, each.label))
        return bool(_OF_A_PART.search(",".join((*each.lead[-1:], each.label)))) or is_of_a_part(squeeze(each.label), self.ctx.profile.title) or is_counted_otherwise(words)

    def _names_the_pool(self, paragraph: Paragraph, each: Statement, label: str) -> bool:
        """Whether the words before a figure speak of the pool; of a line of a list also the heading or the line above it."""
        if OF_THE_POOL.search(",".join((*each.lead, each.label, label))) or (self.goes_on and not _OF_NOTES.search(",".join((*each.lead, label)))):
            return True
        page, line = paragraph.line_at(each.at)
        path = self._headings_over(page, line)
        if self.item_of and OF_THE_POOL.search(self.item_of) and not _OF_NOTES.search(",".join((self.item_of, *each.lead, label))):
            return True
        if not _OF_NOTES.search(",".join((*each.lead, label))) and self._is_under_the_pool(page, line, ",".join((*each.lead, label))):
            return True
        if _OF_NOTES.search(",".join((*each.lead, label))) or not _OF_A_LIST.search(squeeze(each.label)):
            return False
        return bool(path and OF_THE_POOL.search(path[-1])) or self._is_listed_below(page, line)

    def _is_under_the_pool(self, page: PageText, line: Line, words: str) -> bool:
        """Whether a heading over a sentence is that of the pool, and neither the sentence nor a heading speaks of accounts or money."""
        path = self._headings_over(page, line)
        return any(_POOL_HEADING.search(text) for text in path) and not _OF_ACCOUNTS.search(",".join((*path[-1:], words)))

    def _headings_over(self, page: PageText, line: Line) -> tuple[str, ...]:
        """The headings over a line; a line with figures of its own (累计违约率 0.72%（上期 0.65%）) is none."""
        path = section_path(self.ctx.headings, page.number, line.box.top + 1)
        return tuple(text for text in path if next(measured(blanked(text)), None) is None)

    def _is_listed_below(self, page: PageText, line: Line) -> bool:
        """Whether a line stands in a list right below one whose label speaks of the pool."""
        last = self.of_pool
        return last is not None and last[0] == page.number and 0 <= line.box.top - last[1].bottom < _BELOW * (line.box.bottom - line.box.top)

    def _time(self, each: Statement, label: str) -> Time:
        """The day or period that a figure speaks of: as its own clause says, else as the sentence said last."""
        time = self.time_before
        whole = label if "(" in each.label and label in each.label[each.label.index("(") :] else each.label
        before = _ASIDE.sub("", ",".join(each.lead)).split(",")
        for clause in (*CLAUSE.split(self.item_of), *before, whole, label):
            if not _CHANGE.match(clause):
                time = self._time_of(clause) or time
                if _AS_OF.match(clause) and (spans := stated_spans(clause)):
                    self.as_of = max(day for _, day in spans)
        self.last_time = time
        return time

    def _time_of(self, clause: str) -> Time:
        profile = self.ctx.profile
        if _THAT_DAY.search(clause):
            return ""
        if _AT_THE_REPORT.search(_ASIDE.sub("", clause)):
            return "other"
        if _SINCE_THE_START.match(clause):
            return "since"
        if spans := stated_spans(clause):
            last = max(day for _, day in spans)
            return {profile.period_end: "own", profile.cutoff_date: "begin"}.get(last, "other")
        if self._is_of_the_end(clause):
            return "own"
        period = period_of(clause if profile.kind_record.is_periodic else _THIS_ISSUE.sub("", clause))
        if period in ("previous", "other") or of_another_period(self.ctx, clause):
            return "other"
        return period

    def _is_of_the_end(self, clause: str) -> bool:
        """Whether a clause of a clearing report says that what follows holds at the end of the deal."""
        return "清算" in self.ctx.profile.title and bool(_AT_THE_END.search(clause))

    def _cell(self, name: str, label: str, time: Time) -> tuple[Metric, Key] | None:
        """The metric and the row of the dataset that a figure fills; None where its day is not the one that is meant."""
        profile = self.ctx.profile
        if profile.kind_record.is_periodic:
            metric = performance_metric(name)
            of_the_beginning = metric in ("pool_opening_balance", "initial_pool_balance")
            if metric is None or profile.waits_for_number or time == "other" or (time == "begin") != of_the_beginning:
                return None
            if time == "since" and metric not in CUMULATIVE:
                return None
            definition = definition_of(self.ctx, metric, label)
            return metric, document_key(self.ctx, period_no=profile.period_no, metric=metric, definition=definition)
        pool = pool_metric(name)
        if pool is not None and profile.kind_record.is_tracking and self.as_of is not None and time in ("begin", "other"):
            return pool, deal_key(self.ctx, as_of=self.as_of.isoformat(), metric=pool, scope="")
        if pool is None or time != "begin" or not isinstance(profile.cutoff_date, date) or not profile.kind_record.at_issue:
            return None
        return pool, deal_key(self.ctx, as_of=profile.cutoff_date.isoformat(), metric=pool, scope="")

    def _is_earned(self, paragraph: Paragraph, each: Statement) -> bool:
        """Whether headings and the words before a label say nothing that is not understood, or that is another's."""
        page, line = paragraph.line_at(each.at)
        path = self._headings_over(page, line)
        words = ",".join((*each.lead, each.label))
        if is_under_another_deal(page.number, line.box.top, words, self.ctx):
            return False
        if any(of_another(self.ctx, text).reason == "other deal" for text in page.furniture):
            return False
        if not self.ctx.profile.kind_record.is_periodic and not (self.goes_on or speaks_of_own(f"{self.item_of}{words}")):
            return False
        if self.item_of and not all(self._is_plain(clause) for clause in CLAUSE.split(self.item_of) if clause):
            return False
        if any(of_another(self.ctx, text) or of_another_period(self.ctx, text) for text in path):
            return False
        if path and may_be_of_another(self.ctx, path[-1]):
            return False
        return all(self._is_plain(clause) for clause in each.lead)

    def _is_plain(self, clause: str) -> bool:
        """Whether a clause before a label says only when, whose, or another figure of the pool."""
        if may_be_of_another(self.ctx, clause) or (clause.startswith("其中") and not re.search("最[高低大小]", clause)):
            return False
        if _CHANGE.match(clause) or _FROM_A_REPORT.match(clause) or self._is_of_the_end(clause):
            return True
        rest = _LINKS.sub("", bare(_CALLED.sub("", clause)))
        rest = _PREVIOUS.sub("", rest) if period_of(rest) == "previous" else rest
        return row_of(self.ctx, rest) is not None or not unknown_words(blanked(rest))

    def _note(self, paragraph: Paragraph, each: Statement, key: Key, read: Figure, row: LabelRow) -> None:
        proof = paragraph.proof(self.ctx.document_id, each.start, each.end, read.unit_text, read.unit_from)
        fact = Fact(group_of(self.ctx), key, "value", read.value, read.unit, proof, label_rows=(row.where,))
        known = [other for other in (*self.stated, *self.facts) if same_cell(fact, other)]
        own_page, own_line = paragraph.line_at(each.at)
        place = (own_page.number, own_line.box, each.number)
        if not known:
            self.facts.append(fact)
        elif any(agree(other, fact) for other in known):
            self.left[place] = "said elsewhere"
        else:
            self.problems.append(conflict(self.ctx, fact, known[0]))
