"""Figures in sentences: issue size, tranche sizes, whether the pool is static, how long it revolves, what default means.

Sentences run over lines and pages, so a page is read as one string with a map back to its lines; the last lines of
a page are read together with the first lines of the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dealproof.model.evidence import Box
from dealproof.model.page import Line, PageText
from dealproof.text import as_printed, squeeze
from dealproof.values.dates import parse_date
from dealproof.values.numbers import chinese_int, parse_capital, parse_number
from dealproof.values.parsed import Parsed
from dealproof.values.tranches import NAMED_IN_WORDS, Tranche, parse_tranche, tranche_named
from dealproof.values.units import split_unit

_AMOUNT = r"(?:人民币)?(?P<amount>[\d,]+(?:\.\d+)?(?:万|亿|百万|千万)?元?|[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元整]{3,})"
#: `本期…总规模` needs its subject; a bare `发行规模` says whose it is only by standing at the start of a clause.
_TOTAL = re.compile(
    rf"(?:(?P<own>本期(?:资产支持)?(?:证券|票据)?|本次|(?:本|该)?专项计划|各档证券)|资产支持(?:证券|票据))?"
    rf"(?P<planned>计划|拟)?(?P<core>(?P<sold>实际)?(?:总)?(?:发行(?:总)?(?:规模|金额|总额)|发行面值总额|目标募集规模|募集规模)|(?:实际)?(?:收到|募集)(?:的)?(?:有效)?(?:认购|募集)?资金(?:总额|净额)?|认购资金(?:总额|净额)|(?:(?:资产支持)?(?:票据|证券)|专项计划|产品)(?:总)?规模|(?<=[期券据划])总规模)"
    rf"(?:合计|共计|共|总计)?(?:为|:)?{_AMOUNT}"
)
_OTHER_SIZE = re.compile(r"(?:级|档|不超过|注册|发行人?|已|累计|历史|年)(?:的)?$")
_OF_INSTITUTION = re.compile(r"(?:机构|公司|银行)(?:的)?$")
#: Where a sentence ends, and how far before a size one is looked for.
_STOP, _REACH = re.compile(r"[。;；]"), 80
#: What ends right before a clause, the number of an item among it.
_MARK = re.compile(r"[。；，、:,;)]$|(?:^|[^\d.])\d{1,2}\.$")
#: Pages on which a size without its subject is still that of this issue: cover, notices, summary.
FRONT_PAGES = 8
#: What makes a size one that is only supposed: 假设优先A档发行规模为5.00亿元.
_SUPPOSED = re.compile(r"(?:假设|假定|若|如果|倘若|情景|测算)[^。;]{0,12}$")
_PER_TRANCHE = re.compile(
    rf"(?P<name>(?:优先|次优先|中间|夹层|次级|劣后)[A-Za-z0-9\-]{{0,4}}(?:级|档)?(?:资产支持)?(?:证券|票据)?)(?:的)?(?:发行)?(?:规模|金额)(?:为|:){_AMOUNT}"
)
_TRANCHE = r"(?:优先|次优先|中间|夹层|次级|劣后)(?:级|档)?[A-Za-z0-9\-]{0,4}(?:级|档)?(?:资产支持)?(?:证券|票据)?"
_MATURITY = re.compile(
    rf"(?P<names>{_TRANCHE}(?:(?:、|和|及|与|以及){_TRANCHE}){{0,5}})?(?:的)?(?P<which>预期|预计|法定)(?:最终)?到期日(?P<all>均)?(?:为|是|系|:)+(?P<day>(?:19|20)\d\d年\d{{1,2}}月\d{{1,2}}日|(?:19|20)\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}})"
)
_STATIC = re.compile(
    r"(?:是|为|采用)(?:一个)?静态(?:资产)?池|不(?:会|得|再)[^。]{0,40}?购买(?:其他|新的)?(?:资产|贷款|基础资产)|不涉及(?:循环|持续)购买|(?:不设置?|无)(?:循环|持续)购买(?:安排|期|机制)?|非循环(?:购买)?结构"
)
#: Words beside a static pool or an end of purchases that speak of a later phase or of a method of rating.
_LATER = re.compile(r"届满|结束|终止|加速清偿|违约事件|摊还期|发生后")
_METHOD = re.compile(r"^(?:分析|方法|法|数据|样本|的?历史)")
_GAP = r"(?:(?!摊还|届满|结束|终止|每)[^。；]){0,34}?"
_MONTHS = re.compile(
    rf"(?:循环购买期|循环期|持续购买期间?|购买期)(?:限)?{_GAP}(?<!第)(?P<a>\d{{1,2}})个月|起(?:的)?(?P<b>\d{{1,2}})个月(?:内)?(?:为|作为|系)(?:循环购买期|循环期|持续购买期)"
    rf"|(?:循环购买期|循环期|持续购买期间?){_GAP}(?P<c>[一二三四五六七八九十]{{1,3}})个月"
)
_REVOLVING = re.compile(
    r"(?:本期|本次|专项计划|信托|本交易)[^。]{0,30}(?:采用|设置|设有|安排)[^。]{0,10}(?:循环|持续)购买|(?:本期)?处于(?:持续|循环)购买期|(?:循环|持续)购买期(?:内|间),?受托"
)
_DAYS = r"(?P<days>30|60|90|120|180)(?:日|天|个自然日)"
_DEFINITIONS = (
    re.compile(
        rf"违约(?:贷款|资产|基础资产|债权|认定标准|抵押贷款)?[”\"]?[:：]?(?:系?指|为|是指|定义为|:)[^。]{{0,160}}?(?:逾期|拖欠|超过)[^。\d]{{0,8}}{_DAYS}"
    ),
    re.compile(
        rf"(?:逾期|拖欠)(?:超过|达到|大于)?{_DAYS}(?:以上)?(?:\([^)]*\))?(?:仍?未[^。，]{{0,6}})?(?:的)?[^。，]{{0,12}}(?:认定|视|记|定义|确认)?为?违约"
    ),
    re.compile(rf"违约(?:贷款|资产|基础资产|债权)[^。]{{0,160}}?(?:逾期|拖欠|超过)[^。\d]{{0,8}}{_DAYS}"),
)


@dataclass(frozen=True, slots=True)
class Found:
    """Something read in prose: where it stands and its printed words."""

    page: int
    box: Box
    text: str


@dataclass(frozen=True, slots=True)
class FoundAmount:
    """An amount in yuan; `tranche` is None for the whole issue. `unit_text` is the printed unit; `is_planned`: before the sale."""

    amount: Decimal
    unit_text: str
    tranche: Tranche | None
    name: str
    found: Found
    is_planned: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A page's lines as one string; `starts` are the positions at which its lines begin.

    Up to `own` the text is that of the page itself; what follows is borrowed from the next page.
    """

    text: str
    starts: tuple[int, ...]
    lines: tuple[tuple[int, Line], ...]
    own: int

    def matches(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Matches that start on the page itself."""
        return (match for match in pattern.finditer(self.text) if match.start() < self.own)

    def found(self, start: int, end: int) -> Found:
        rows = [
            i
            for i, s in enumerate(self.starts)
            if s < end and (i + 1 == len(self.starts) or self.starts[i + 1] > start)
        ]
        page = self.lines[rows[0]][0]
        box = self.lines[rows[0]][1].box
        for i in rows[1:]:
            if self.lines[i][0] == page:
                box = box.union(self.lines[i][1].box)
        return Found(page, box, as_printed((line.text for _, line in self.lines), start, end))


def passages(pages: Sequence[PageText]) -> Iterator[Passage]:
    """Each page as one string, with the first lines of the next page behind it."""
    for index, page in enumerate(pages):
        rows = [(page.number, line) for line in page.lines]
        if index + 1 < len(pages):
            rows += [(pages[index + 1].number, line) for line in pages[index + 1].lines[:2]]
        if not rows:
            continue
        texts = [squeeze(line.text) for _, line in rows]
        starts, at = [], 0
        for text in texts:
            starts.append(at)
            at += len(text)
        own = starts[len(page.lines)] if len(page.lines) < len(starts) else at
        yield Passage("".join(texts), tuple(starts), tuple(rows), own)


def amounts(all_passages: Sequence[Passage]) -> list[FoundAmount]:
    """Issue sizes in prose: the whole issue and single tranches, without limits such as 不超过."""
    found: list[FoundAmount] = []
    for passage in all_passages:
        for match in passage.matches(_PER_TRANCHE):
            name = parse_tranche(match.group("name"))
            money = _money(match.group("amount"))
            if isinstance(name, Parsed) and money and not _SUPPOSED.search(passage.text[max(0, match.start() - 16) : match.start()]):
                found.append(FoundAmount(*money, name.value, match.group("name"), passage.found(*match.span())))
        for match in passage.matches(_TOTAL):
            money = _money(match.group("amount"))
            if money and _of_this_issue(passage, match):
                found.append(FoundAmount(*money, None, "", passage.found(*match.span()), bool(match["planned"])))
    return found


@dataclass(frozen=True, slots=True)
class FoundMaturity:
    """A day of maturity with the tranches that it is said of; none where it is said of all that were named before."""

    column: str
    day: date
    tranches: tuple[Tranche, ...]
    found: Found


def maturities(all_passages: Sequence[Passage]) -> list[FoundMaturity]:
    """Days of maturity in prose: 优先A档证券的预期到期日为2026年1月26日, 法定到期日均为2029年4月26日."""
    found: list[FoundMaturity] = []
    for passage in all_passages:
        for match in passage.matches(_MATURITY):
            names = [tranche_named(name) for name in re.findall(_TRANCHE, match["names"] or "")]
            day = parse_date(match["day"])
            if not isinstance(day, Parsed) or None in names or not (names or match["all"]):
                continue
            column = "legal_maturity" if match["which"] == "法定" else "expected_maturity"
            known = tuple(name for name in names if name is not None)
            found.append(FoundMaturity(column, day.value, known, passage.found(*match.span())))
    return found


def _of_this_issue(passage: Passage, match: re.Match[str]) -> bool:
    """Whether a size is that of this issue: it names it, or stands alone at the start of a clause near the front."""
    label_line = match.start() in passage.starts and "为" not in match.group()
    in_front = "" if label_line else passage.text[max(0, match.start() - 12) : match.start()]
    if _OTHER_SIZE.search(in_front):
        return False
    if match.group("own"):
        return True
    if _OF_INSTITUTION.search(in_front):
        return False
    if match.group("sold") and NAMED_IN_WORDS.search(passage.text[: match.start()].rsplit("。", 1)[-1]):
        return False
    starts_clause = match.start("core") in passage.starts or match.start() in passage.starts
    after_mark = bool(_MARK.search(passage.text[max(0, match.start() - 4) : match.start()]))
    before = _STOP.split(passage.text[max(0, match.start() - _REACH) : match.start()])[-1]
    if len(set(NAMED_IN_WORDS.findall(before))) == 1 and not label_line:
        return False  # 优先A档证券票面利率为2.85%，发行规模7.00亿元
    return passage.lines[0][0] <= FRONT_PAGES and (starts_clause or after_mark)


def _money(text: str) -> tuple[Decimal, str] | None:
    number_text, unit = split_unit(text)
    if unit is not None and unit.kind == "money":
        number = parse_number(number_text)
        return (number.value * unit.factor, unit.text) if isinstance(number, Parsed) else None
    capital = parse_capital(text)
    return (capital.value, "元") if isinstance(capital, Parsed) and "元" in text else None


def static_pool(all_passages: Sequence[Passage]) -> Found | None:
    """The sentence that declares the pool static; not the end of purchases in a later phase, nor a static pool analysis."""
    for passage in all_passages:
        for match in passage.matches(_STATIC):
            before = passage.text[max(0, match.start() - 30) : match.end()].rsplit("。", 1)[-1]
            if not _LATER.search(before) and not _METHOD.match(passage.text[match.end() :]):
                return passage.found(*match.span())
    return None


def revolving_months(all_passages: Sequence[Passage]) -> tuple[int, Found] | None:
    """How many months the revolving period lasts, with the words that say so."""
    for passage in all_passages:
        for match in passage.matches(_MONTHS):
            digits = match.group("a") or match.group("b")
            months = int(digits) if digits else chinese_int(match.group("c"))
            if months:
                return months, passage.found(*match.span())
    return None


def revolving(all_passages: Sequence[Passage]) -> Found | None:
    """A sentence that declares a revolving structure."""
    return _first(all_passages, _REVOLVING)


_WORDS_BEFORE = 12
#: Words of a sentence that tells what would count as default, or what does not.
_NO_DEFINITION = re.compile(r"若|如果|假[设定]|(?:未|不)(?:计入|纳入|包[括含]|视为|认定|构成|属于)|剔除|(?:计入|纳入|加上)(?:了)?(?:逾期|拖欠)")


def default_definition(all_passages: Sequence[Passage]) -> tuple[str, Found] | None:
    """How many days past due make a default, as `90+`, with the words that say so; the plainest wording wins."""
    for pattern in _DEFINITIONS:
        for passage in all_passages:
            found = passage.matches(pattern) if "违约" in passage.text else iter(())
            match = next((each for each in found if not _NO_DEFINITION.search(_around(passage.text, each))), None)
            if match:
                return f"{match.group('days')}+", passage.found(*match.span())
    return None


def _around(text: str, match: re.Match[str]) -> str:
    """A stretch of a text with the words of its sentence right before it."""
    begin = max(text.rfind(mark, 0, match.start()) for mark in "。;；，,") + 1
    return text[max(begin, match.start() - _WORDS_BEFORE) : match.end()]


def _first(all_passages: Sequence[Passage], pattern: re.Pattern[str]) -> Found | None:
    for passage in all_passages:
        match = pattern.search(passage.text)
        if match:
            return passage.found(*match.span())
    return None
