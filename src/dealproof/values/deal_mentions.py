"""Deals that a heading, a header or a sentence names, in full or in the short forms that people write.

`晨子2023年第二期`, `晨子2023-2`, `晨子二期`, `23晨子2`, `晨子优选2号资产支持专项计划`: what is wanted is only whether the text
speaks of the deal of the document or of another one, so a name is compared and never stored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from dealproof.text import squeeze
from dealproof.values.deals import parse_deal_name
from dealproof.values.numbers import chinese_int
from dealproof.values.parsed import Parsed

_N = r"(?:[一二三四五六七八九十]{1,3}|\d{1,2}|[IVX]{1,4})"
_HEAD = r"[一-龥A-Za-z·]{2,24}?"
_NAMED = re.compile(
    rf"(?P<head>{_HEAD})[“”\"'》]?(?P<year>20\d\d)(?:年度?)?(?:[-—]|第)?(?P<no>{_N})(?:期|号)"
    rf"|(?P<head2>{_HEAD})[“”\"'》]?(?P<year2>20\d\d)[-—](?P<no2>\d{{1,2}})(?![\d年月/.\-—])"
)
_BARE = re.compile(rf"(?P<year>20\d\d)(?:年度?)?(?:[-—]|第)?(?P<no>{_N})期?")
_VEHICLE = r"(?:资产支持|贷款支持|信贷资产|资产证券化|证券化信托|财产权信托|专项计划|信托计划|信托|产品|项目|系列|ABS|ABN|CLO|RMBS)"
_NUMBERED = re.compile(rf"(?P<head>{_HEAD})第?(?P<no>{_N})(?:期|号)(?=[^。，；]{{0,14}}?{_VEHICLE})")
#: What stands before a year or a number and names no series: a report, a stretch of time, the deal itself without its name.
_NO_SERIES = re.compile(
    r"(?:报告|公告|通知|说明书|数据|情况|报表|附件|附表|附录|图表|统计|分配|兑付|付息|披露|更新|季度|年度|月度|日期|期间|期限|收益|支付|归集|计息"
    r"|收款|运营|截至|截止|之前|以前|其中|级|档|证券|票据|第|于|在|自|至|从|到|表|图|本|该|各|上|前|下|共|总|为|按|及其|以及|等|年|月|日|期|次|含)$"
)
_OF_A_REPORT = re.compile(r"[（(]?(?:受托|信托|报告|资产服务|服务机构|管理|收益|兑付|分配|付息|收款|归集|月|季|半年|年)")
_OWN_WORDS = re.compile(r"^(?:本|该|此)(?:期|次|单|信托|专项计划|计划|项目|交易|产品)?$")
#: Words before the name itself: 四、发起机构前期产品（晨子2023年第二期） speaks of 晨子.
_BEFORE = re.compile(
    r"^.*(?:[、:：(（]|公司|银行|小贷|保理|金融|前期|同系列|同类|可比|其他|存量|产品|项目|附|与|和|及|较|比|含|的|关于|对比|参考|发起|设立|管理)"
)


@dataclass(frozen=True, slots=True)
class DealMention:
    """A deal as a text names it: the words of its series, its year (0 where none is given) and number, as printed."""

    series: str
    year: int
    number: int
    printed: str


@dataclass(frozen=True, slots=True)
class OwnDeal:
    """The deal of a document, as other names are held against it; `report` is the number of the document's own report."""

    series: str
    year: int
    number: int
    name: str
    report: int = 0

    def names(self, mention: DealMention) -> bool:
        """Whether a mention may mean this deal: the year and number agree, and the series where both have one."""
        if self.name and (mention.printed in self.name or self.name in mention.printed):
            return True
        if not self.year:
            return self._alike(mention.series) and mention.number == (self.number or 1)
        if mention.year not in (0, self.year) or mention.number != self.number:
            return False
        return not mention.series or self._alike(mention.series)

    def _alike(self, series: str) -> bool:
        return bool(series and self.series) and (
            series in self.series or self.series in series or series in self.name
        )


def own_deal(deal_id: str, deal_name: str, report: int = 0) -> OwnDeal:
    """The deal of a document from its id (`晨子2024-1`, or a short name with or without a number) and printed name."""
    name = squeeze(deal_name)
    match = re.fullmatch(r"(?P<series>.*?)(?P<year>20\d\d)-(?P<no>\d{1,3})", deal_id)
    if match:
        return OwnDeal(match["series"], int(match["year"]), int(match["no"]), name, report)
    short = re.fullmatch(rf"(?P<series>.+?)第?(?P<no>\d{{1,3}}|{_N}(?=[期号]))[期号]?", deal_id)
    series, number = (short["series"], _number(short["no"])) if short else (deal_id, 0)
    return OwnDeal(series, 0, number, name, report)


def year_and_number(text: str) -> tuple[int, int] | None:
    """Year and number of a text that is nothing else (`2023年第二期`), which may be those of a deal or of a report."""
    match = _BARE.fullmatch(squeeze(text))
    return (int(match["year"]), _number(match["no"])) if match else None


@lru_cache(maxsize=16_384)
def deal_mentions(text: str, own: OwnDeal) -> tuple[DealMention, ...]:
    """All deals that a text names, this document's own among them; `own` lends the series by which short forms are known."""
    body = squeeze(text)
    found = [*_with_year(body, own), *_short_forms(body, own)]
    if not found:
        found = [*_numbered(body), *_in_full(text)]
    return tuple({(each.series, each.year, each.number): each for each in found}.values())


def other_deals(text: str, own: OwnDeal) -> tuple[str, ...]:
    """The deals that a text names (`晨子2023-2`), where none of them can be the document's own; else nothing."""
    mentions = deal_mentions(text, own)
    if any(own.names(each) for each in mentions):
        return ()
    return tuple(f"{each.series}{each.year}-{each.number}" if each.year else each.printed for each in mentions)


def names_own_deal(text: str, own: OwnDeal) -> bool:
    """Whether a text names the document's own deal."""
    return any(own.names(each) for each in deal_mentions(text, own))


def _with_year(body: str, own: OwnDeal) -> list[DealMention]:
    found = []
    for match in _NAMED.finditer(body):
        head = match["head"] or match["head2"]
        year, number = int(match["year"] or match["year2"]), _number(match["no"] or match["no2"])
        if number and not _NO_SERIES.search(head) and not _OWN_WORDS.match(head):
            series = _series(head)
            if number == own.report and _OF_A_REPORT.match(body[match.end() :]):
                continue
            found.append(DealMention(series, year, number, (series or head) + match.group()[len(head) :]))
    return found


def _short_forms(body: str, own: OwnDeal) -> list[DealMention]:
    """`晨子23-2`, `晨子二期`, `23晨子2`: the deal's own series with a number, with or without a year."""
    if len(own.series) < 2:
        return []
    series = re.escape(own.series)
    patterns = (
        rf"{series}(?:系列)?(?:20)?(?P<year>\d\d)年?(?:[-—]|第){_group()}(?:期|号)?(?![\d年月])",
        rf"(?<!\d)(?:20)?(?P<year>\d\d){series}{_group()}(?!\d)",
        rf"{series}(?:系列)?第?{_group()}(?:期|号)",
    )
    found = []
    for pattern in patterns:
        for match in re.finditer(pattern, body):
            number = _number(match["no"])
            year = 2000 + int(match["year"]) if "year" in match.groupdict() else 0
            if number:
                found.append(DealMention(own.series, year, number, match.group()))
    return found


def _group() -> str:
    return rf"(?P<no>{_N})"


def _numbered(body: str) -> list[DealMention]:
    found = []
    for match in _NUMBERED.finditer(body):
        head, number = match["head"], _number(match["no"])
        series = _series(head)
        if number and len(series) >= 2 and not _NO_SERIES.search(head) and not _OWN_WORDS.match(series):
            found.append(DealMention(series, 0, number, series + match.group()[len(head) :]))
    return found


def _in_full(text: str) -> list[DealMention]:
    """A name that a title would have, in a year that stands apart from its number."""
    read = parse_deal_name(text)
    if not isinstance(read, Parsed) or not read.value.year:
        return []
    return [DealMention(read.value.series, read.value.year, read.value.number, read.value.full)]


def _series(head: str) -> str:
    return _BEFORE.sub("", head)


def _number(text: str) -> int:
    return chinese_int(text) or 0
