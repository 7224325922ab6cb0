"""Whether a table that a kind of table knows is this deal's, this period's and actual, and the question where that is open.

Who reads a table is known first: a word such as 发起机构 over a table of parties says nothing against it, and a date that
is not this period's bars what a report prints for its period.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from dealproof.extract.title import TITLE_LINES
from dealproof.interpret.context import Context, doubt
from dealproof.interpret.layout import banner_text, is_figure, matrix
from dealproof.interpret.own_parts import OwnPart
from dealproof.interpret.period_columns import history_claim
from dealproof.interpret.periods import period_of
from dealproof.interpret.printed_figures import blanked, measured
from dealproof.interpret.report_words import unknown_words
from dealproof.interpret.scope import (
    NOTHING_SAID,
    REPORTS,
    Verdict,
    is_of_own_period,
    is_settled,
    may_be_of_another,
    names_this_deal,
    of_another,
    of_another_period,
    of_no_parties,
    of_some_loans,
    other_deal,
    own_of,
    speaks_of_own,
)
from dealproof.interpret.sections import headings_over
from dealproof.interpret.surroundings import LONGEST, NearText, is_unit_line, near_texts
from dealproof.model.evidence import Problem
from dealproof.model.table import Table
from dealproof.text import label_key, squeeze
from dealproof.values.dates import find_dates
from dealproof.values.deal_mentions import deal_mentions, year_and_number
from dealproof.values.numbers import chinese_int

#: Kinds whose figures are those of a pool of loans, and so can be those of other loans.
_OF_LOANS = frozenset(("performance", "delinquency", "disposals", "pool_stats", "pool_distributions", "revolving_purchases"))
#: Kinds whose figures a report prints for its period.
_OF_A_PERIOD = frozenset((*_OF_LOANS, "tranche_payments", "cash_flows", "triggers")) - {"revolving_purchases"}
#: Kinds that every report calls by the same few words.
_OF_KNOWN_WORDS = frozenset(
    ("performance", "delinquency", "disposals", "pool_stats", "revolving_purchases", "tranche_payments")
)
#: Kinds of labels with values, in which the header over the values says nothing but whose they are.
_WITH_LABELS = frozenset(("performance", "pool_stats"))
_ABOUT_CUTOFF = re.compile(r"初始|起算日|封包日|基准日|入池时|设立[日时]|成立[日时]|发行时")
#: Words of a header that leave the figures under it this deal's.
_PLAIN = re.compile(
    r"(?:更正|修正|修改|勘误|修订)后|数值|数据|数额|数字|数量|金额|余额|本金|利息|规模|结果|内容|信息|指标|情况|状况|统计|特征|总体|整体|合计|总计|资产池|基础资产|入池|贷款|资产|债权"
    r"|笔数|户数|占比|比例|比率|百分比|单位|备注|说明|实际|最新|当前|目前|截至|截止|日期|时点|期间|报告|收款|归集|计息|本期|本次|本月|本季|当期|期末|期初|月末|季末|年末"
    r"|累计|人民币|加权|平均|最高|最低|最大|最小|单笔|[年月日期末初值数项目的为元万亿千百天个笔户%‰()/\-~至.,、:\d\s]"
)
#: Payments since the deal began in one sum, and those that another makes.
_OF_PAYMENTS = frozenset(("tranche_payments", "cash_flows"))
_NOT_OF_THE_PERIOD = re.compile(r"累计(?!违约|回收|逾期|损失)[^,。;:]{0,8}(?:付|分配|偿|费|支出|摊还|情况)|历次合计|[立效]以来|(?:机构|发起人|权益人|借款人|承诺人)(?:自行)?(?:承担|支付|垫付)")
#: What a table of statuses is of when it is not what the pool holds at the end: the day of its beginning, or what became past due.
_OF_NO_STATUS = re.compile(r"入池时|封包[日时]|(?:初始)?起算日|设立[日时]|(?:新增|新发生|新进入)(?:的)?(?:逾期|拖欠)|(?:逾期|拖欠)(?:贷款|资产)?(?:的)?(?:新增|迁徙|回收|催收|回款)")
_OF_SHARES = re.compile(r"占[^,。;]*?(?:比例|占比|百分比|比)")
#: Letters of the sentence right above a table.
_SENTENCE = 60
#: An earlier issue, as the sentence over its table calls it.
_EARLIER_ISSUE = re.compile(r"[上前]一?(?:期|次|单)(?:资产支持)?(?:证券|票据|产品|项目|发行|交易)|(?:此前|历次|过往|以往)[^,。;]{0,8}(?:发行|证券|票据|产品)")
_LEAST_UNKNOWN = 2
#: A letterhead is no caption.
_COMPANY = re.compile(r"(?:公司|银行)$")
_OF_THE_TABLE = re.compile(r"以上|上述|上表|本表|该表|此表|表中|表内|所列|全表")


def against_kind(part: OwnPart, kind: str, ctx: Context) -> Verdict:
    """What speaks against taking the figures of a table as this deal's, this period's and actual; nothing where nothing does."""
    table = part.table
    if part.against and kind in (_OF_LOANS | _OF_A_PERIOD):
        return part.against
    near = [item for item in near_texts(table, ctx.extract) if not is_settled(ctx.labels, item.text)]
    headings = [text for text in reversed(headings_over(table, ctx)) if not is_settled(ctx.labels, text)]
    if verdict := _in_a_note(table, ctx):
        return verdict
    over = [*(item.text for item in near if item.introduces), *headings[:1]]
    if kind == "delinquency" and not any(period_of(head) == "own" for head in _headers_of_figures(table)) and (found := next((text for text in over if _OF_NO_STATUS.search(_OF_SHARES.sub("", squeeze(text)))), "")):
        return Verdict("may be another day's", squeeze(found), is_sure=False)
    if kind == "parties" and (found := next(filter(of_no_parties, over), "")):
        return Verdict("may be no parties", squeeze(found), is_sure=False)
    if kind == "tranches" and ctx.profile.kind_record.at_issue and (found := next((text for text in over if _EARLIER_ISSUE.search(text[-_SENTENCE:])), "")):
        return Verdict("may be an earlier issue's", squeeze(found), is_sure=False)
    if ctx.profile.kind not in REPORTS:
        return _may_be_of_another(near, headings, ctx) if kind in _OF_LOANS else NOTHING_SAID
    if kind in _OF_PAYMENTS and (verdict := _of_other_payments(near, headings, ctx)):
        return verdict
    is_dated = kind in _OF_A_PERIOD and not history_claim(table, ctx)
    if is_dated and (verdict := _of_another_period(near, headings, kind, ctx)):
        return verdict
    if kind in _OF_LOANS and (verdict := _may_be_of_another(near, headings, ctx) or _under_an_unknown_header(table, kind, ctx)):
        return verdict
    return _under_unknown_words(table, headings, kind, ctx)


def _of_another_period(near: list[NearText], headings: list[str], kind: str, ctx: Context) -> Verdict:
    """What the nearest text that names a period says of it; statistics of the pool may stand at its cut-off date."""
    for text in [*(item.text for item in near if item.introduces), *headings]:
        if is_of_own_period(ctx, text) or (kind in ("pool_stats", "pool_distributions") and _states_its_day(text)):
            return NOTHING_SAID
        if verdict := of_another_period(ctx, text):
            return verdict
    return NOTHING_SAID


def _of_other_payments(near: list[NearText], headings: list[str], ctx: Context) -> Verdict:
    """What the nearest text says of payments that are those of all periods so far (证券累计兑付情况) or that others made (发起机构承担的费用)."""
    for text in [*(item.text for item in near if item.introduces), *headings[:1]]:
        if is_of_own_period(ctx, text):
            return NOTHING_SAID
        if _NOT_OF_THE_PERIOD.search(squeeze(text)) and not _has_figures(text):
            return Verdict("may be other payments", squeeze(text), is_sure=False)
    return NOTHING_SAID


def _has_figures(text: str) -> bool:
    """Whether a text tells figures of its own, and so is no caption of those below it."""
    return next(measured(blanked(squeeze(text))), None) is not None


def _in_a_note(table: Table, ctx: Context) -> Verdict:
    """What a note says of the whole table that it stands under."""
    for note in table.notes:
        body = squeeze(note)
        if _OF_THE_TABLE.search(body) and not is_settled(ctx.labels, note):
            verdict = of_another(ctx, body) or of_another_period(ctx, body)
            if verdict:
                return replace(verdict, words=body, is_sure=False)
    return NOTHING_SAID


def _states_its_day(text: str) -> bool:
    return bool(_ABOUT_CUTOFF.search(text))


def _may_be_of_another(near: list[NearText], headings: list[str], ctx: Context) -> Verdict:
    """The doubt of the nearest text with such words; the innermost heading counts where nothing nearer speaks of the deal."""
    for item in [*near, *map(NearText, headings[:1])]:
        if item.introduces and (verdict := may_be_of_another(ctx, item.text) or (NOTHING_SAID if _has_figures(item.text) else of_some_loans(item.text))):
            return verdict
        if other := other_deal(ctx, item.text):
            return Verdict("may be another deal's", other, is_sure=False)
        if names_this_deal(ctx, item.text):
            return NOTHING_SAID
    return NOTHING_SAID


def _under_unknown_words(table: Table, headings: list[str], kind: str, ctx: Context) -> Verdict:
    """A caption or innermost heading with words that no report uses for its own tables, which may be a name or a matter
    that nobody has met yet. Recognised pages, whose letters may be wrong, are left out."""
    page = next((page for page in ctx.extract.pages if page.number == table.pages[0]), None)
    if kind not in _OF_KNOWN_WORDS or page is None or page.read_by == "ocr":
        return NOTHING_SAID
    for text in (squeeze(banner_text(table)), squeeze(table.title), *headings[:1]):
        if not unknown_words(text) or ":" in text or len(text) > LONGEST or is_unit_line(text) or _COMPANY.search(text):
            continue
        row_says_own = is_settled(ctx.labels, text) or ctx.labels.field("sections", text) == "own"
        if not (row_says_own or names_this_deal(ctx, text) or is_of_own_period(ctx, text)):
            return Verdict("may be another's", text, is_sure=False)
    return NOTHING_SAID


def _under_an_unknown_header(table: Table, kind: str, ctx: Context) -> Verdict:
    """A table of labels with values of which no column has a header that is plain, this period's or dated."""
    if kind not in _WITH_LABELS or history_claim(table, ctx):
        return NOTHING_SAID
    headers = list(_headers_of_figures(table))
    unknown = [text for text in headers if not is_settled(ctx.labels, text) and not _is_plain(ctx, text)]
    return Verdict("may be another's", unknown[0], is_sure=False) if unknown and len(unknown) == len(headers) else NOTHING_SAID


def _headers_of_figures(table: Table) -> Iterator[str]:
    grid = matrix(table)
    for index in range(1, len(grid.columns)):
        cells = [row[index] for row in grid.body]
        if any(cell is not None and is_figure(cell.text) for cell in cells):
            yield grid.header_text(index)


def _is_plain(ctx: Context, header: str) -> bool:
    if not header or period_of(header) or find_dates(header) or speaks_of_own(header) or names_this_deal(ctx, header):
        return True
    if ctx.labels.knows(header) or _is_own_number(ctx, header):
        return True
    return len(re.sub(r"[^一-龥A-Za-z]", "", _PLAIN.sub("", squeeze(header)))) < _LEAST_UNKNOWN


def _is_own_number(ctx: Context, header: str) -> bool:
    """Whether a header is nothing but the number of this report, or year and number of it or of this deal."""
    own = own_of(ctx)
    pair = year_and_number(header)
    if pair is not None:
        return pair == (own.year, own.number) or pair[1] == own.report
    match = re.fullmatch(r"第(.{1,3})期", squeeze(header))
    return match is not None and chinese_int(match.group(1)) == own.report


def question(table: Table, kind: str, verdict: Verdict, ctx: Context) -> Problem:
    """Ask whose figures stand under the words, once for all tables under the same words; nothing is taken until then."""
    page = table.pages[0]
    return doubt(
        ctx, "unknown_label",
        f"{verdict.words!r} may speak of other figures than this deal's own of this period: the table under it on page {page} "
        f"({table.n_rows} rows by {table.n_cols}) was not read as {kind}.",
        remedy="Answer with own if its figures are this deal's own, else with forecast, originator, other_products or the like.",
        page=page, box=table.extent(page), table=kind, column="sections", value=label_key(verdict.words),
    )  # fmt: skip


def second_deal(table: Table, foreign: str, ctx: Context) -> tuple[Problem, ...]:
    """A question where another deal's table stands in a report whose own cover names that deal too: it may have no other."""
    cover = ctx.extract.pages[0].lines[:TITLE_LINES] if ctx.extract.pages else ()
    own = own_of(ctx)
    named = {f"{each.series}{each.year}-{each.number}" for line in cover for each in deal_mentions(line.text, own) if not own.names(each)}
    other = foreign.removeprefix("other deal: ")
    if other == foreign or not any(each in named for each in other.split(", ")):
        return ()
    page = table.pages[0]
    return (
        doubt(
            ctx, "missing_table",
            f"The cover names {other} beside {ctx.profile.deal_id}: its table on page {page} ({table.n_rows} rows by {table.n_cols}) was not read.",
            remedy="Hand in a report of that deal alone, or enter its figures as corrections.", page=page, box=table.extent(page),
        ),
    )  # fmt: skip
