"""What a document calls itself: kind, market, deal and report number, from the lines of its first pages.

File names prove nothing. A title runs over several lines, may be letter-spaced, and may stand only in the running
header; a circular of a corporate bond is called 募集说明书 too, so a deal's vehicle must be named beside the kind.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dealproof.contract.document_kinds import UNKNOWN_KIND, DocumentKind, document_kind, kind_record
from dealproof.extract.only_deal import only_deal
from dealproof.mappings.labels import Labels
from dealproof.model.page import PageText
from dealproof.text import fold, squeeze
from dealproof.values.deals import (
    DealName,
    asset_class_of,
    is_sound_deal_id,
    market_of,
    parse_deal_name,
    parse_report_number,
)
from dealproof.values.parsed import Parsed

#: Lines of the first page that may make up its title block.
TITLE_LINES = 14
_VEHICLE = re.compile(
    r"资产支持(?:专项计划|票据|商业票据|证券|计划)|贷款支持证券|证券化信托|证券化项目|财产权信托|assetbacked|asset-backed",
    re.IGNORECASE,
)
_NOT_DEAL = re.compile(
    r"公司债券|企业债券|中期票据|短期融资券|可转换|基础设施(?:证券投资)?基金|不动产投资信托基金|指引|办法》?[（(]|业务规则|年度财务报告|招股说明书"
)
_RULES = re.compile(r"指引|规则|管理办法|披露办法|暂行办法|回顾与展望")
#: The yearly report of a company that names a deal; that of a deal bears the deal's name.
_YEARLY = re.compile(r"年度报告$")
_ABOUT_OTHERS = re.compile(r"发行人|已发行|曾发行|募集资金|注册额度|设立了")
_KIND_ALONE = re.compile(
    r"^[(《]?(?:[^。，；]{0,30})(?:发行说明书|募集说明书|计划说明书|报告|公告|通知|发行办法)[)》]?(?:\(.{1,12}\)|第.{1,5}期)*$"
)
_ABOUT = re.compile(r"^关于(?:开展|披露)?[《“\"]?")
#: The number of a report on a line of its own; in brackets behind a name it may be that of the deal.
_NUMBER_ALONE = re.compile(r"\(?(?:20\d\d年)?(?:总)?第[^()]{1,5}[期次]\)?(?:\(总第.{1,5}期\))?")
#: The number of the paper on a line above the name: 大公报SF【2025】017号, 联合〔2025〕6218号.
_PAPER_NUMBER = re.compile(r"[^。,]{1,20}[〔\[【(]20\d\d[〕\]】)][^。,〔\[【]{0,8}[〔\[【]?\d{2,6}[〕\]】]?号?\d{0,3}|(?:报告|项目)?(?:编号|文号)[:：].{4,30}")
#: An institution printed above the name, as in a letterhead; `公司2025年度…` and `公司-…` belong to the name.
_ISSUER_LINE = re.compile(r"^[^\d-]{2,28}?公司(?=[一-龥A-Z]{2,12}20\d\d年)")
_ENGLISH_SERIES = re.compile(
    r"Series\s+(?P<year>(?:19|20)\d{2})-(?P<no>\w{1,3})\b[^\n]{0,60}\n\s*(?P<name>(?:[A-Z][\w&.'-]*\s+){1,5}Trust)\b"
)
_ENGLISH_DEAL = re.compile(
    r"(?P<name>(?:[A-Z][\w&.'-]*\s+){1,6}?(?:Trust|Receivables|Leasing|Funding))[\s,]+(?:.{0,40}?)"
    r"(?:Series\s+)?(?P<year>(?:19|20)\d{2})-(?P<no>\w{1,3})\b",
    re.DOTALL,
)
_ENGLISH_KIND = re.compile(r"prospectus|offering\s*(?:circular|memorandum)", re.IGNORECASE)
_SHORT_NAME = re.compile(r"(?:简称|短名)[:：]?[“\"]?([一-龥]{2,6}\d{2,4})")
#: A line of the title block that says that the document takes the place of an earlier one.
_CORRECTED = re.compile(r"[(（\[【]?(?:更正|修订|更新|补正)(?:后|版|稿|件|公告|说明)?[)）\]】]?")
#: The word for it at the end of a title, and letters of the longest title.
_CORRECTING, _LONGEST_TITLE = re.compile(r"(?:的)?(?:更正|修订|补正|勘误)(?:公告|说明|通知|版|稿)?$"), 110
#: Lines of the title block in which names and remarks of the title stand.
_TITLE_LINES = 8


@dataclass(frozen=True, slots=True)
class Title:
    """What the title block says. `deal_id` is empty where no deal is named, or by a name that no deal can have; `kind` is UNKNOWN_KIND
    for a paper of no known kind, whose deal is named where it is about one."""

    kind: DocumentKind
    market: str
    asset_class: str
    currency: str
    deal_id: str
    deal_name: str
    text: str
    report_no: int | None

    @property
    def is_of_deal(self) -> bool:
        """Whether anything is wanted of the document: it is of a known kind, or about one deal."""
        return self.kind != UNKNOWN_KIND or bool(self.deal_id)


NO_TITLE = Title(UNKNOWN_KIND, "", "", "CNY", "", "", "", None)


def read_title(pages: Sequence[PageText], labels: Labels) -> Title:
    """Read the title block of a document."""
    first = [page for page in pages[:4] if page.lines or page.furniture][:3]
    if not first:
        return NO_TITLE
    block = _title_block(first)
    found = _deal(first)
    kind, kind_line = _kind(block, labels)
    if not kind:
        kind, kind_line = _kind(_lone_kind_lines(first), labels)
    if found is not None and kind and not _is_other_paper(found, kind_line, block):
        return _chinese(found, kind, kind_line, block)
    english = _english(first, labels)
    if english is not None:
        return english
    only = None if tells_of_no_deal(pages) else only_deal(pages, found)
    if only is not None:
        return _chinese(only, UNKNOWN_KIND, _behind(only, block), block)
    return Title(UNKNOWN_KIND, "", "", "CNY", "", "", (block[0] if block else "")[:120], None)


def tells_of_no_deal(pages: Sequence[PageText]) -> bool:
    """Whether the first lines of a document say that it is rules, a circular of a bond, or the yearly report of a company."""
    first = [page for page in pages[:4] if page.lines or page.furniture][:3]
    lines = _title_block(first)[:_TITLE_LINES] if first else []
    bond = any(_NOT_DEAL.search(line) and not _VEHICLE.search(line) for line in lines)
    return bond or any(_RULES.search(line) or _YEARLY.search(line) for line in lines[:4])


def _title_block(first: Sequence[PageText]) -> list[str]:
    """The first lines of the document, then the running headers."""
    page = first[0] if len("".join(squeeze(line.text) for line in first[0].lines)) > 8 or len(first) == 1 else first[1]
    lines = [squeeze(line.text) for line in page.lines[:TITLE_LINES]]
    headers = [squeeze(text) for other in first for text in other.furniture]
    return [text for text in [*lines, *headers] if text]


def _kind(block: Sequence[str], labels: Labels) -> tuple[DocumentKind | None, str]:
    """The kind whose word stands first in the title block; a title may break inside the word."""
    for index, line in enumerate(block):
        if len(line) > 70:
            continue
        for text in (line, line + (block[index + 1] if index + 1 < len(block) else "")):
            if len(text) <= 90 and not re.search(r"[。；]", text):
                kind = document_kind(labels.field("documents", text))
                if kind is not None and not re.match(r"^(?:备查|本报告根据|请|投资者)", text):
                    return kind, _with_correction(text, line, block[index + 1 : index + 2])
    return None, ""


def _with_correction(text: str, line: str, below: Sequence[str]) -> str:
    """A title whose line ends inside or before the word that says that it corrects another paper: 发行公告》的更 / 正公告."""
    goes_on = f"{line}{below[0]}" if below and text == line else ""
    match = _CORRECTING.search(goes_on, max(0, len(line) - 2))
    return goes_on if match is not None and match.end() > len(line) and len(goes_on) <= _LONGEST_TITLE else text


def _lone_kind_lines(first: Sequence[PageText]) -> list[str]:
    """Lines below the title block that are nothing but the name of a kind: covers may print parties and sizes first."""
    rows = [squeeze(line.text) for page in first for line in page.lines]
    return [row for row in rows if len(row) <= 40 and _KIND_ALONE.match(row)]


def _is_other_paper(found: DealName, kind_line: str, block: Sequence[str]) -> bool:
    """A bond circular or a rule book may name a deal in passing; its title says what it is."""
    at = next((i for i, line in enumerate(block) if line and line in kind_line), 0)
    title = "".join(block[max(0, at - 3) : at]) + kind_line
    if _NOT_DEAL.search(title) and not _VEHICLE.search(title):
        return True
    if found.number:
        return False
    last = max((i for i, line in enumerate(block) if line and line in kind_line), default=3)  # sentences below the title name rules too
    return any(_RULES.search(line) or (_YEARLY.search(line) and found.full not in kind_line) for line in block[: min(4, last + 1)])


def _deal(first: Sequence[PageText]) -> DealName | None:
    """The first deal name that starts at the start of a line; names with a year and number are preferred, and one that no
    deal can have is the last resort."""
    plain: DealName | None = None
    unsound: DealName | None = None
    for text in _windows(first):
        if _NOT_DEAL.search(text) and not _VEHICLE.search(text[:60]):
            continue
        read = parse_deal_name(text)
        if (
            not isinstance(read, Parsed)
            or not _VEHICLE.search(read.value.full)
            or _ABOUT_OTHERS.search(read.value.full)
        ):
            continue
        if not is_sound_deal_id(read.value.deal_id):
            unsound = unsound or read.value
            continue
        if read.value.year and text.find(read.value.full) <= 12:
            return read.value
        if (
            plain is None
            and len(read.value.full) < 46
            and text.startswith(read.value.full)
            and len(read.value.series) <= 24
        ):
            plain = read.value
    return plain or unsound


def _windows(first: Sequence[PageText]) -> Iterator[str]:
    for page in first:
        rows = [squeeze(line.text) for line in page.lines] + [squeeze(text) for text in page.furniture]
        for index, row in enumerate(rows):
            if _PAPER_NUMBER.fullmatch(row):
                continue
            if not _KIND_ALONE.match(row) or _VEHICLE.search(row):
                behind = itertools.takewhile(lambda text: not _NUMBER_ALONE.fullmatch(text), rows[index + 1 : index + 3])
                yield _ABOUT.sub("", _ISSUER_LINE.sub("", "".join((row, *behind))))


def _chinese(found: DealName, kind: DocumentKind, kind_line: str, block: Sequence[str]) -> Title:
    head = "".join(block[:_TITLE_LINES])
    whole = _joined(found.full, kind_line)
    remark = next((row for line in block[:_TITLE_LINES] if _CORRECTED.fullmatch(row := squeeze(line)) and row not in whole), "")
    number = parse_report_number(_around(block, found)) if kind_record(kind).is_periodic else None
    short = _SHORT_NAME.search(head)
    deal_id = found.deal_id if found.year or short is None else short.group(1)
    if not is_sound_deal_id(deal_id):
        deal_id = ""
    return Title(
        kind, found.market or market_of(head), asset_class_of(found.full), "CNY", deal_id, found.full, whole[:120] + remark, number,
    )  # fmt: skip


def _behind(found: DealName, block: Sequence[str]) -> str:
    """What the title of a paper of no known kind says behind the name of the deal: …的法律意见书, on the same line or the next."""
    lines = block[:_TITLE_LINES]
    for index in range(len(lines)):
        _, own, rest = "".join(lines[: index + 1]).partition(found.full)
        if own:
            following = lines[index + 1] if index + 1 < len(lines) else ""
            if re.search(r"[》”」。,;]", rest):  # the name is quoted in a sentence
                return ""
            is_open = len(rest) <= len("之") and len(following) <= 30 and not re.search(r"[:。,]", following)
            return rest + following if is_open else rest
    return ""


def _joined(name: str, kind_line: str) -> str:
    """Deal name and kind line as one title, without what both print."""
    if name in kind_line:
        return kind_line
    overlap = next((n for n in range(min(len(name), len(kind_line)), 0, -1) if name.endswith(kind_line[:n])), 0)
    return name + kind_line[overlap:]


def _around(block: Sequence[str], found: DealName) -> str:
    """The title block as one text without the deal's own name, whose 第N期 is not that of the report; running headers
    repeat it."""
    return "".join(text for text in block[:8] if len(text) <= 70).replace(found.full, "")


def _english(first: Sequence[PageText], labels: Labels) -> Title | None:
    text = "\n".join(fold(page.text) for page in first)
    words = _ENGLISH_KIND.search(text)
    kind = document_kind(labels.field("documents", words.group())) if words else None
    if kind is None or not _VEHICLE.search(squeeze(text)):
        return None
    match = _ENGLISH_SERIES.search(text[:4000]) or _ENGLISH_DEAL.search(text)
    if match is None:
        return None
    spaced, year, number = match.group("name", "year", "no")
    name = " ".join(spaced.split())
    deal_id = re.sub(r"\W", "", name) + f"{year}-{number}"
    full = f"{name} {year}-{number}"
    asset = asset_class_of(text[:6000])
    return Title(kind, "foreign", asset, "USD", deal_id, full, full, None)
