"""Whose figures a text speaks of, of which period, and whether they happened: what headings, captions, sentences, headers
and notes say of it in any words.

Three answers. A text may say surely that figures are another's (another deal, a forecast, the period before): they are left.
It may use words that can mean another's (全部贷款, 贷款服务机构业务): they are left and asked. Or it says nothing of the kind.
The sure words are rows of `mappings/labels/sections.csv`, where a row `own` for the whole text settles a doubt; what is
told here is how words, names and dates of a text go together.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from dealproof.contract.document_kinds import KINDS
from dealproof.interpret.context import Context
from dealproof.interpret.periods import period_of
from dealproof.mappings.fields import IGNORED
from dealproof.mappings.labels import Labels
from dealproof.model.profile import Profile
from dealproof.text import fold, squeeze
from dealproof.values.dates import find_dates
from dealproof.values.deal_mentions import OwnDeal, names_own_deal, other_deals, own_deal
from dealproof.values.numbers import chinese_int

#: Documents that speak of a period: in these a date or a word of another period bars a table.
REPORTS = frozenset(item.name for item in KINDS if item.is_periodic or item.is_tracking)
#: Words by which a text speaks of this deal's own assets, securities or period.
_OWN = re.compile(
    r"资产池|入池|基础资产|信托财产|信托资产|标的资产|各档|优先级|次级|本信托|本专项计划|本计划|本交易|本项目|本产品"
    r"|本(?:报告|收款|归集|计息|支付|兑付|分配|次|期|季|月)|当(?:期|季|月)|(?<!上一)(?<!上个)(?<!前一)报告期"
)
_OWN_PERIOD = re.compile(r"本(?:报告|收款|归集|计息|支付|兑付|分配|次|期|季|月)|当(?:期|季|月)|至今|期初.{0,4}期末")
_LOANS = r"(?:贷款|业务|信贷|债权|授信|客户|组合|资产(?!支持|服务|管理|证券)|产品|项目|租赁|保理|车贷|房贷|信用卡)"
#: The whole of something, without a word that it is the pool's; a party's own business; figures to compare with; and what
#: is not quite what happened. Each may mean another's.
_DOUBTFUL = re.compile(
    rf"管理(?:的)?(?:资产|规模)|在管|(?:全部|所有|整体|总体|全量|全体|全口径|累计发放|合并口径|账面|表内外?|大盘|整个)(?:的)?[^情特]{{0,6}}?{_LOANS}"
    rf"|(?:发起机构|发起人|原始权益人|服务机构|服务商|委托人|管理人|受托人|受托机构|出让方|转让方|借款银行|银行|公司|集团|小贷|平台|机构|全国|各分行)"
    rf"(?!报告|名称)[^报酬费履名账户]{{0,8}}?{_LOANS}"
    rf"|{_LOANS}(?:整体|总体|全貌|大盘)"
    r"|备选(?:资产|池|贷款|债权)|(?:发起机构|发起人|原始权益人)(?:的)?(?:基本)?(?:情况|概况|简介|介绍)"
    r"|供(?:比较|参考|对比|对照)|仅供|参考(?:值|数|数据|指标|情况)|对照(?:组|数据)?|备考|口径差异|调整前|追溯|重述前|去年|上年|往年|(?<!合)同期|以前年度"
    r"|以往|先前|此前|过往|估计|预计(?!到期)|预期(?!到期|收益率)|拟(?!合)|目标值|预算|计划(?:值|数|口径|回收|还款|兑付|购买)|情形下|假定"
    r"|示例|示意|样例|举例|样表|范例|模板"
)
#: Distributions of some of the loans, in a paper about an issue; the pool's own are called by what they are spread over.
_SPREAD_OF_SOME = re.compile(r"(?:逾期|拖欠|违约|不良|展期|关注类|(?<![房车辆宅屋产])抵押类|质押类|信用类|保证类|新增|剔除)(?:的)?(?:贷款|资产|债权)[^,。;]{0,8}分布")
_NO_PARTIES = re.compile(r"拟(?:变更|更换|聘|任)|(?:变更|更换)前|历任|前任|候选|备选|后备|原参与")
#: The loans of one sort, by what secures them.
_OF_ONE_SORT = re.compile(r"(?:(?<![房车辆宅屋产])抵押|质押|信用|保证|担保)类(?:的)?(?:贷款|资产|债权)(?![^,。;]{0,4}(?:分布|占比|比例|比率))")
#: What a paper about an issue says of the pool of the deal itself, which is made up when the securities are sold.
_TO_ENTER = re.compile(r"拟(?=入池|证券化|发行|募集|转让的?基础资产)")
_OTHER_YEAR = re.compile(r"去年|上一?年(?!末累)|(?<!合)同期")
_RANGE = re.compile(r"(?P<y>(?:19|20)\d\d)年?(?:第?(?P<q>[一二三四1-4])季度?|[Qq](?P<q2>[1-4])|(?P<h>上半年|下半年)|度(?!第)|末|底|全年)")
_MONTH = re.compile(r"(?P<y>(?:19|20)\d\d)(?:年(?P<m>\d{1,2})月份?(?!\d)|[-/.](?P<m2>0[1-9]|1[0-2])(?![\d/.-]))(?:末|底)?")
_MONTH_ALONE = re.compile(r"(?<![\d一二三四五六七八九十个])(\d{1,2}|十[一二]|[一二三四五六七八九十])月(?:份|末|底|\d{1,2}日|(?=[一-龥(]|$))")
_REPORT_NO = re.compile(r"(?:总)?第([一二三四五六七八九十\d]{1,3})(?:个|次|期)(?![^。，]{0,12}(?:信托|专项计划|证券|票据|产品))")
#: Label files of what stands in front of a figure.
_OF_ROWS = ("performance", "pool_stats", "tranche_payments", "revolving_purchases")
#: Days by which a report's dates run past the end of its period.
_PAST = 45


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a text says against its figures: `reason` ('' for nothing), the `words` that say it, and whether that is sure."""

    reason: str = ""
    words: str = ""
    is_sure: bool = True

    def __bool__(self) -> bool:
        """Whether anything speaks against the figures."""
        return bool(self.reason)


NOTHING_SAID = Verdict()


def own_of(ctx: Context) -> OwnDeal:
    """The deal of the document."""
    return own_deal(ctx.profile.deal_id, ctx.profile.deal_name, ctx.profile.period_no or 0)


def is_settled(labels: Labels, text: str) -> bool:
    """Whether an analyst's row says of the whole text that its figures are this deal's, or that it does not matter."""
    row = labels.find("sections", text)
    return row is not None and row.match == "exact" and row.field in ("own", IGNORED)


def other_deal(ctx: Context, text: str) -> str:
    """The other deals that a text names, where it neither names nor means this one."""
    if not ctx.profile.deal_id or ctx.profile.market == "foreign" or is_settled(ctx.labels, text):
        return ""
    return ", ".join(other_deals(text, own_of(ctx)))


def names_this_deal(ctx: Context, text: str) -> bool:
    """Whether a text names the deal of the document."""
    return bool(ctx.profile.deal_id) and names_own_deal(text, own_of(ctx))


def reason_of(ctx: Context, text: str) -> str:
    """What a row of `sections.csv` says of the figures under a text, or ''; a draft is a matter of the whole document."""
    field = ctx.labels.field("sections", text)
    return "" if field == "draft" else field


def of_another(ctx: Context, text: str) -> Verdict:
    """What a text says surely: the reason of a row of `sections.csv`, or another deal's name."""
    field = reason_of(ctx, text)
    if field == "own":
        return NOTHING_SAID
    if field:
        return Verdict(field, squeeze(text))
    if (other := other_deal(ctx, text)) and not _OWN_PERIOD.search(squeeze(text)):
        return Verdict("other deal", other)
    return NOTHING_SAID


def of_another_period(ctx: Context, text: str) -> Verdict:
    """Whether a text speaks of a period that is not the reported one, in words or by dates; reports only."""
    profile, body = ctx.profile, squeeze(text)
    if profile.kind not in REPORTS or not body or is_settled(ctx.labels, text):
        return NOTHING_SAID
    if period_of(body) == "previous" and not _OWN_PERIOD.search(body):
        return Verdict("previous period", body)
    if spans := stated_spans(body):
        is_other = _is_past(spans, profile) or _is_to_come(spans, profile)
        return Verdict("another period", body) if is_other else NOTHING_SAID
    if _OTHER_YEAR.search(body) and not _OWN_PERIOD.search(body):
        return Verdict("another period", body)
    months = {chinese_int(found) for found in _MONTH_ALONE.findall(body)} - {None}
    if months and profile.period_end and not months & _own_months(profile):
        return Verdict("another period", body, is_sure=False)
    numbers = {chinese_int(found) for found in _REPORT_NO.findall(body)} - {None}
    if numbers and not numbers & _own_numbers(ctx) and not names_this_deal(ctx, body) and not _OWN_PERIOD.search(body):
        return Verdict("another period", body, is_sure=False)
    return NOTHING_SAID


def speaks_of_own(text: str) -> bool:
    """Whether a text has words for this deal's own assets, securities or period."""
    return bool(_OWN.search(squeeze(text)))


def is_label(ctx: Context, text: str) -> bool:
    """Whether a row of a label file gives the whole text a field of the dataset, whatever words stand in it."""
    for group in ctx.labels.groups:
        row = ctx.labels.find(group, text) if group not in ("sections", "documents") else None
        if row is not None and row.match in ("exact", "regex") and row.field != IGNORED:
            return True
    return False


def is_row_label(ctx: Context, text: str) -> bool:
    """Whether a text is the label of a figure, in whatever words: not the name of a column or of a period."""
    return any(ctx.labels.field(group, text) for group in _OF_ROWS)


def is_of_own_period(ctx: Context, text: str) -> bool:
    """Whether a text names the reported period, in words or by a date that lies in it."""
    body, profile = squeeze(text), ctx.profile
    spans = stated_spans(body)
    if not spans:
        return bool(_OWN_PERIOD.search(body))
    return profile.period_end is not None and not _is_past(spans, profile) and not _is_to_come(spans, profile)


def may_be_of_another(ctx: Context, text: str) -> Verdict:
    """Whether a text has words that can mean other loans, other figures than those that happened, or an example."""
    body = squeeze(text)
    found = _DOUBTFUL.search(body if ctx.profile.kind in REPORTS else _TO_ENTER.sub("", body))
    if found is None and ctx.profile.kind_record.at_issue and (some := _SPREAD_OF_SOME.search(body)) and not is_settled(ctx.labels, text):
        return Verdict("may be another's", some.group(), is_sure=False)
    if found is None or is_settled(ctx.labels, text) or names_this_deal(ctx, text):
        return NOTHING_SAID
    if ctx.labels.field("sections", text) == "own" or (_OWN.search(body) and not _unreal(found.group())):
        return NOTHING_SAID
    return Verdict("may be another's", body, is_sure=False)


def of_some_loans(text: str) -> Verdict:
    """Whether a caption, a heading or a column speaks of the loans of one sort: 抵押类贷款, 其中信用类贷款的状态."""
    found = _OF_ONE_SORT.search(squeeze(text))
    return Verdict("may be of some loans", found.group(), is_sure=False) if found else NOTHING_SAID


def of_no_parties(text: str) -> bool:
    """Whether a heading stands over parties that are none yet, or no more: 拟变更参与机构, 历任受托机构."""
    return _NO_PARTIES.search(squeeze(text)) is not None


def _unreal(words: str) -> bool:
    """Words that no mention of the pool takes back: 资产池预计回收情况 is no recovery."""
    return re.match(r"备选|供|仅供|参考|对照|备考|估计|预计|预期|拟|目标|预算|计划|情形|假定|示|样|举|范|模板|去年|上年|同期|调整前|重述前", words) is not None


@lru_cache(maxsize=4096)
def stated_spans(text: str) -> tuple[tuple[date, date], ...]:
    """The first and last days of all dates, months, quarters and years that a text states."""
    body = fold(text)
    dates = find_dates(body)
    spans = [(day, day) for day, _, _ in dates]
    rest = body
    for _, start, end in reversed(dates):
        rest = f"{rest[:start]}#{rest[end:]}"
    for match in _MONTH.finditer(rest):
        month = int(match["m"] or match["m2"])
        if 1 <= month <= 12:
            spans.append(_months(int(match["y"]), month, month))
    for match in _RANGE.finditer(rest):
        quarter = match["q"] or match["q2"]
        last = 3 * (chinese_int(quarter) or 4) if quarter else 6 if match["h"] == "上半年" else 12
        length = 3 if quarter else 6 if match["h"] else 12
        spans.append(_months(int(match["y"]), last - length + 1, last))
    return tuple(spans)


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def _is_past(spans: tuple[tuple[date, date], ...], profile: Profile) -> bool:
    """Whether everything that is stated lies before the reported period."""
    end = profile.period_end
    if end is None:
        return False
    start = profile.period_start or end - timedelta(days=27)
    return max(last for _, last in spans) < start


def _is_to_come(spans: tuple[tuple[date, date], ...], profile: Profile) -> bool:
    """Whether everything that is stated lies well behind the reported period and the report itself."""
    known = [day for day in (profile.period_end, profile.payment_date, profile.report_date) if day is not None]
    return profile.period_end is not None and min(first for first, _ in spans) > max(known) + timedelta(days=_PAST)


def _own_months(profile: Profile) -> set[int | None]:
    """The months of the reported period, and those in which the report was made and paid on."""
    end = profile.period_end
    days = [day for day in (end, profile.payment_date, profile.report_date, profile.period_start) if day is not None]
    months: set[int | None] = {day.month for day in days}
    if end is not None and profile.period_start is not None:
        length = (end.year - profile.period_start.year) * 12 + end.month - profile.period_start.month
        months |= {(profile.period_start.month - 1 + step) % 12 + 1 for step in range(min(length, 11) + 1)}
    return months


def _own_numbers(ctx: Context) -> set[int | None]:
    """All numbers that the first page gives as those of the report or the deal."""
    first = ctx.extract.pages[0].text if ctx.extract.pages else ""
    found = re.findall(r"第([一二三四五六七八九十\d]{1,3})(?:期|次)", squeeze(first))
    return {chinese_int(each) for each in found} | {ctx.profile.period_no}
