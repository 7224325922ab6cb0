"""Dates with a label, wherever they are printed: cover, prose, key-value tables.

A label of `mappings/labels/dates.csv` directly before a date says what the date is. Labels and dates may be broken
over two lines. Rows with field `-` are labels that must not be taken (上一支付日).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from dealproof.contract.document_kinds import KindRecord
from dealproof.mappings.fields import IGNORED
from dealproof.mappings.labels import Labels
from dealproof.model.evidence import Box
from dealproof.model.page import PageText
from dealproof.model.table import Table
from dealproof.text import as_printed, label_key, squeeze
from dealproof.values.dates import find_dates, parse_date, parse_period
from dealproof.values.deal_mentions import OwnDeal, names_own_deal, other_deals
from dealproof.values.parsed import Parsed

_HAS_DATE = re.compile(r"(?:19|20)\d{2}[年\-/.]|二[零〇○]|20\d{6}(?!\d)|[1-3]\d年\d{1,2}月")
_LINK = (
    r"[”\"」』]?(?:\((?!19|20)[^()]{0,20}\)|“[^”]{0,10}”)*(?!(?i:next|previous|last))(?:[A-Za-z][A-Za-z&'-]{3,24}(?=[:：|,-]|$))?"
    r"(?:预计)?(?:均)?(?:为|是|系|即|指|:|：|\||,|--?)*(?:预计)?(?:为|自|从)?(?:人民币)?$"
)
_LINK_PATTERN = re.compile("^" + _LINK)
#: Words before a label that make it another date: of another period, or of another matter.
_ANOTHER = re.compile(
    r"(?:(?:上|前|下|后|每|最后|首)(?:一|1)?(?:个|次|期)?|第一(?:个|次)|原定?|首次信息|备选(?:资产池|池|资产)?|各个?|拟定?|暂定|计划|预期|估值|评估|定价|审计|跟踪|利率|统计|调整|静态池|财务|权益登记|购买|受让|循环|新增(?:资产)?)(?:的)?$"
)
#: A date with its name behind it: 2025年4月30日(资产池封包日), 2024年8月20日(“信托生效日”).
_NAMED_BEHIND = re.compile(r"\((?:(?:即|以下)?(?:简)?(?:称)?(?:为|:)?)?[“\"]?([一-龥]{3,12})[”\"]?\)")
#: A day that is made the day of the pool: 以2025年3月31日为基准日.
_TAKEN, _MADE = re.compile(r"(?:以|选取|选定|选择|确定|将)(?:截至)?$"), re.compile(r"(?:\([^()]{1,12}\)|日终|24:00|24时|零时|0时)*(?:作)?为(?:本(?:专项计划|次交易|期交易|期|信托|次)(?:的)?)?(?:入池资产|基础资产)?(?:的)?([一-龥]{3,8}?)(?=[,。;、()]|$)")
_BEHIND = ("cutoff_date", "closing_date", "payment_date", "report_date", "first_payment_date")
#: A date in brackets behind its name: 初始起算日(2025年6月1日), 基准日(即2025年6月1日).
_IN_BRACKETS = re.compile(r"\(((?:即|为|指)?(?:19|20)\d\d[^()]{4,10})\)")
#: Sentences that tell the day of the beginning without its name: 信托于2025年7月11日生效.
_BEGUN = re.compile(
    r"(?:本期?|该|证券化|财产权|资产支持|(?<=[,，。;；:：“\x22]))(?:信托|专项计划|支持计划|(?:资产支持)?(?:票据|证券))(?:[”\x22]\)?|\))?(?:已|业已)?(?:经)?于(?=(?:19|20)\d\d)"
)
_BEGINS = re.compile(r"(?:\([^()]{0,16}\))?起?(?:正式|依法|依约)?(?:设立|成立|生效)(?![时前后的])")
#: Sentences that tell the day of payment without its name: 将于2025年6月26日进行第19次付息兑付, 已于2025年6月26日支付本期本息.
_TO_BE_PAID = re.compile(r"(?:(?P<will>将|定|拟)|(?P<done>已))?(?:于|在)(?=(?:19|20)\d\d)")
_TO_HOLDERS = re.compile(r"(?:\([^()]{0,12}\))?(?:将)?(?:资金|本息|款项|兑付资金)?(?:划付|划转|支付)(?:至|给)[^,。;]{0,8}(?:持有人|投资者|投资人)")
_PAYS = re.compile(
    r"(?:\([^()]{0,12}\))?(?:正式|依约)?(?:进行|开展|办理|实施|支付|发放|派发|划付|兑付|完成)(?:了)?(?:(?P<nth>第[零〇一二三四五六七八九十百\d]{1,4}[次期])|本次|本期|当期)(?:的)?[^,。;]{0,14}?(?:付息|兑付|兑息|收益分配|分配|本息|本金|利息|还本|派息)"
)
#: The last day of a period whose year is not said again: 2025年5月1日至5月31日.
_SHORT_SPAN = re.compile(r"(?:\([^()]{1,6}\))?(?:起)?(?:至|到|-|~|--)\d{1,2}月\d{1,2}日")
#: What stands between the first and the last day where they stand in cells of their own.
_APART = re.compile(r"\((?:不)?含(?:该日)?\)")
#: What leads to the day on which the pool was made up, before a bare 基准日.
_OF_THE_POOL = re.compile(r"(?:截至|截止|以|即|为|在|于|自|至|的|该|本|本次|本期|交易|资产池?|封包|初始|入池|转让|交割|信托|专项计划|(?:下|所)称)$")
#: Words before a label that make its date another issue's, or one of what may happen; words behind that leave it open.
_BEFORE_THIS = re.compile(r"(?:上|前)(?:一|1)?期(?:资产支持)?(?:证券|票据|信托|专项计划|计划|产品|项目|交易|发行)")
_IF = re.compile(r"(?:^|[,，])(?:若|如(?!下|上)|如果|倘若|假设|假定|一旦)")
_LEFT_OPEN = re.compile(r"\(?(?:具体|最终|实际|届时)?(?:日期|时间)?以[^。;；()]{1,20}为准")
#: What a date is called that is that of payment only where no other is.
_STANDS_IN = re.compile("信托核算日")
#: A line shorter than this is a heading, or ends a paragraph.
_FULL = 24
#: Lines of a first page that are its title.
_COVER_LINES = 8
#: Longest stretch of words between a label and its date.
REACH = 26


#: What the day is called by which the first pool was chosen, where others were chosen after it.
_OF_THE_FIRST_POOL = re.compile(r"初始|首次")


@dataclass(frozen=True, slots=True)
class DateHit:
    """One labelled date. For `period` both `day` (first) and `until` (last) are set."""

    field: str
    day: date
    until: date | None
    page: int
    box: Box
    text: str
    label_row: str


def is_own_day(field: str, label: str, kind: KindRecord) -> bool:
    """Whether a labelled day is one of the deal itself: in a notice of purchases, 基准日 or 封包日 may be that of the loans bought."""
    return field != "cutoff_date" or not kind.is_of_purchases or _OF_THE_FIRST_POOL.search(squeeze(label)) is not None


def date_hits(pages: Sequence[PageText], labels: Labels, own: OwnDeal | None = None) -> tuple[DateHit, ...]:
    """Return all labelled dates in reading order, without those that a sentence says of a deal that is not `own`."""
    pattern = _label_pattern(labels)
    hits = [hit for page in pages for hit in _page_hits(page, pattern, labels, own)]
    if not any(hit.field in ("period", "period_start", "period_end") for hit in hits):
        hits += _span_on_cover(pages, labels)
    named = {hit.field for hit in hits if not _STANDS_IN.match(squeeze(hit.text))}
    return tuple(hit for hit in hits if hit.field not in named or not _STANDS_IN.match(squeeze(hit.text)))


def _span_on_cover(pages: Sequence[PageText], labels: Labels) -> list[DateHit]:
    """The one span of days that stands alone on a line of the cover, where no line names the period: （2024年3月28日—2024年12月31日）."""
    row = labels.find("dates", "报告期间")
    lines = [(line, squeeze(line.text).strip("()")) for page in pages[:1] for line in page.lines[:_COVER_LINES]]
    spans = [(line, span.value) for line, text in lines if isinstance(span := parse_period(text), Parsed) and find_dates(text)[0][1] == 0 and find_dates(text)[-1][2] == len(text)]
    if row is None or len({value for _, value in spans}) != 1:
        return []
    line, (first, last) = spans[0]
    return [DateHit("period", first, last, pages[0].number, line.box, line.text, row.where)]


def cell_hits(tables: Sequence[Table], labels: Labels) -> tuple[DateHit, ...]:
    """Labelled dates of tables whose cells wrap, so that no line prints label and date together."""
    found: list[DateHit] = []
    for table in tables:
        for row in table.grid():
            for label, cell in pairwise(row):
                if label is None or cell is None or label is cell:
                    continue
                known = labels.find("dates", label_key(label.text))
                text = squeeze(cell.text)
                if known is None or known.match != "exact" or known.field == IGNORED or not _HAS_DATE.search(text):
                    continue
                span, day = parse_period(text), parse_date(text)
                if known.field == "period" and isinstance(span, Parsed):
                    found.append(DateHit("period", span.value[0], span.value[1], cell.page, cell.box, cell.text, known.where))
                elif known.field != "period" and isinstance(day, Parsed):
                    found.append(DateHit(known.field, day.value, None, cell.page, cell.box, cell.text, known.where))
    return tuple(found)


def _label_pattern(labels: Labels) -> re.Pattern[str]:
    keys = sorted(labels.keys("dates"), key=len, reverse=True)
    return re.compile("|".join(re.escape(key) for key in keys) or r"(?!)")


def _page_hits(page: PageText, pattern: re.Pattern[str], labels: Labels, deal: OwnDeal | None) -> Iterator[DateHit]:
    texts = [squeeze(line.text) for line in page.lines]
    for index, own in enumerate(texts):
        following = texts[index + 1] if index + 1 < len(texts) else ""
        window = own + following
        if not _HAS_DATE.search(window) or not (pattern.search(own + following[:8]) or _BEGUN.search(f",{own}{following[:16]}") or _TO_BE_PAID.search(window)):
            continue
        heads = _heads_of_days(page.lines[index].text, page.lines[index + 1].text if following else "", labels)
        found = [(match.start(), hit) for match in pattern.finditer(window) if heads is None and (hit := _read(window, match, labels)) is not None]
        found += heads or []
        starts = not index or len(texts[index - 1]) < _FULL or texts[index - 1].endswith(("。", ";", ":"))
        for start, (field, days, end, row) in sorted((*found, *_named_behind(window, labels), *_begun(window, labels, starts, deal), *_paid_on(window, labels)), key=lambda each: each[0]):
            if start >= len(own):
                break
            if (deal is not None and _is_of_another_deal(window[:start], deal)) or _is_supposed(window, start, end):
                continue
            box = page.lines[index].box
            if end > len(own):
                box = box.union(page.lines[index + 1].box)
            printed = as_printed((line.text for line in page.lines[index : index + 2]), start, end)
            yield DateHit(field, days[0], days[1], page.number, box, printed, row)


def _heads_of_days(line: str, below: str, labels: Labels) -> list[tuple[int, Hit]] | None:
    """What a row of heads says of the row of days and periods below it (收款期间 | 支付日 over 2025-03-01至2025-03-31 | 2025-04-28), by
    their order; nothing where their numbers differ, and None where the two lines are no such rows."""
    heads = [squeeze(part) for part in re.split(r"\s{2,}", line.strip()) if part.strip()]
    values = [squeeze(part) for part in re.split(r"\s{2,}", below.strip()) if part.strip()]
    if len(heads) < 2 or len(values) < 2 or any(find_dates(head) for head in heads) or not all(_is_day_or_span(value) for value in values):
        return None
    found: list[tuple[int, Hit]] = []
    end = len("".join(heads))
    for head, value in zip(heads, values, strict=False) if len(heads) == len(values) else ():
        row, span, day = labels.find("dates", label_key(head)), parse_period(value), parse_date(value)
        if row is None or row.field == IGNORED:
            pass
        elif row.field == "period" and isinstance(span, Parsed):
            found.append((0, ("period", (span.value[0], span.value[1]), end + len("".join(values)), row.where)))
        elif row.field != "period" and isinstance(day, Parsed):
            found.append((0, (row.field, (day.value, None), end + len("".join(values)), row.where)))
    return found


def _is_day_or_span(text: str) -> bool:
    return isinstance(parse_date(text), Parsed) or isinstance(parse_period(text), Parsed)


def _is_of_another_deal(before: str, own: OwnDeal) -> bool:
    """Whether the words of a sentence before a label name another deal: 云帆2024年第一期的首次支付日."""
    words = re.split(r"[。;；]", before)[-1]
    return bool(words) and bool(other_deals(words, own)) and not names_own_deal(words, own)


def _is_supposed(window: str, start: int, end: int) -> bool:
    """Whether a date is that of an issue before this one, of what may happen, or is left open: 前一期证券的信托设立日, 若…则…,
    2025年9月26日（具体以公告为准）."""
    before = re.split(r"[。;；]", window[:start])[-1]
    return bool(_BEFORE_THIS.search(before) or _IF.search(before) or _LEFT_OPEN.match(window, end))


Hit = tuple[str, tuple[date, date | None], int, str]


def _named_behind(window: str, labels: Labels) -> Iterator[tuple[int, Hit]]:
    """Dates whose name stands in brackets behind them."""
    for day, start, end in find_dates(window):
        match = _NAMED_BEHIND.match(window, end)
        row = labels.find("dates", match.group(1)) if match else None
        if match and row is not None and row.match == "exact" and row.field in _BEHIND:
            yield start, (row.field, (day, None), match.end(), row.where)
        match = _MADE.match(window, end) if _TAKEN.search(window[:start]) else None
        row = labels.find("dates", match.group(1)) if match else None
        if match and row is not None and row.match == "exact" and row.field == "cutoff_date":
            yield start, (row.field, (day, None), match.end(), row.where)


def _begun(window: str, labels: Labels, starts: bool, deal: OwnDeal | None) -> Iterator[tuple[int, Hit]]:
    """The day of which a sentence says that the deal began on it; `starts` says that the window begins with a sentence."""
    row = labels.find("dates", "信托生效日")
    for match in _BEGUN.finditer(f",{window}" if starts else window):
        first, last = match.start() - starts, match.end() - starts
        if match.group().startswith(("证券化", "财产权", "资产支持")) and (deal is None or not names_own_deal(window[: first + len("证券化信托")], deal)):
            continue  # 禾盈2022年第一期微小企业贷款资产证券化信托于2022年8月1日设立
        dates = find_dates(window[last : last + 12])
        if row is not None and dates and dates[0][1] == 0 and (begins := _BEGINS.match(window, last + dates[0][2])):
            yield first, ("closing_date", (dates[0][0], None), begins.end(), row.where)


def _paid_on(window: str, labels: Labels) -> Iterator[tuple[int, Hit]]:
    """The day of which a sentence says that this period's payment is, or was, made on it."""
    row = labels.find("dates", "支付日")
    for match in _TO_BE_PAID.finditer(window):
        dates = find_dates(window[match.end() : match.end() + 12])
        pays = _PAYS.match(window, match.end() + dates[0][2]) if dates and dates[0][1] == 0 else None
        held = _TO_HOLDERS.match(window, match.end() + dates[0][2]) if dates and dates[0][1] == 0 else None
        if row is not None and held is not None:
            yield match.start(), ("payment_date", (dates[0][0], None), held.end(), row.where)
        elif row is not None and pays is not None and (match["will"] or (match["done"] and not pays["nth"])):
            yield match.start(), ("payment_date", (dates[0][0], None), pays.end(), row.where)


def _read(window: str, match: re.Match[str], labels: Labels) -> Hit | None:
    row = labels.find("dates", match.group())
    if row is None or row.field == IGNORED or _ANOTHER.search(window[: match.start()]) or _is_of_another_matter(match):
        return None
    rest = window[match.end() :]
    if (inside := _IN_BRACKETS.match(rest)) and (dates := find_dates(inside.group(1))) and len(dates) == 1 and row.field != "period":
        return row.field, (dates[0][0], None), match.end() + inside.end(), row.where
    dates = find_dates(rest[:80])
    if not dates or dates[0][1] > REACH or not _LINK_PATTERN.fullmatch(rest[: dates[0][1]]):
        return None
    if row.field in ("period", "period_start", "period_end") and len(dates) >= 2:
        span = parse_period(_span_in_cells(dates) if _stand_apart(row.field, rest, dates) else rest[dates[0][1] : dates[1][2]])
        if isinstance(span, Parsed):
            field = "period" if row.field == "period" else row.field
            return field, (span.value[0], span.value[1]), match.end() + dates[1][2], row.where
    if row.field == "period":
        return _short_span(rest, dates[0], match.end(), row.where)
    return row.field, (dates[0][0], None), match.end() + dates[0][2], row.where


def _short_span(rest: str, first: tuple[date, int, int], at: int, where: str) -> Hit | None:
    """A period whose last day does not say its year again; None for a lone day."""
    short = _SHORT_SPAN.match(rest, first[2])
    read = parse_period(rest[first[1] : short.end()]) if short else None
    return ("period", read.value, at + short.end(), where) if short and isinstance(read, Parsed) else None


def _is_of_another_matter(match: re.Match[str]) -> bool:
    """Whether a bare 基准日 is that of another matter (分配基准日, 计息基准日): words before it that do not lead to the pool."""
    before = match.string[: match.start()]
    return match.group() == "基准日" and bool(re.search(r"[一-龥]$", before)) and not _OF_THE_POOL.search(before)


def _stand_apart(field: str, rest: str, dates: Sequence[tuple[date, int, int]]) -> bool:
    """Whether the first and the last day of a period stand in two cells; two ends of months are columns of two reports."""
    first = dates[0][0]
    if field != "period" or _APART.sub("", rest[dates[0][2] : dates[1][1]]):
        return False
    return (first + timedelta(days=1)).month == first.month


def _span_in_cells(dates: Sequence[tuple[date, int, int]]) -> str:
    return f"{dates[0][0].isoformat()}至{dates[1][0].isoformat()}"


def first_of(hits: Sequence[DateHit], field: str) -> DateHit | None:
    """The first hit of a field in reading order."""
    return next((hit for hit in hits if hit.field == field), None)


def label_in(labels: Labels, text: str) -> str:
    """The date field that a label in a table means, without remarks such as （预计）; '' when it is none."""
    bare = re.sub(r"\((?:预计|预期|含该日|不含该日|含|不含|如有)\)", "", label_key(text))
    return labels.field("dates", bare)
