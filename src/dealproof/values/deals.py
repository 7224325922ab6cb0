"""Deal names and report numbers (docs/domain.md#deal-names, docs/domain.md#report-numbers).

`飞驰建普2025年第四期微小企业贷款资产证券化信托` → series 飞驰建普, 2025, 4. In ABN names the institution comes first and
the series may stand behind 期; in exchange names the manager stands before a hyphen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from dealproof.text import squeeze
from dealproof.values.numbers import chinese_int
from dealproof.values.parsed import Parsed, Refused

_N = r"(?:[零〇一二三四五六七八九十百\d]+|[壹贰叁肆伍陆柒捌玖拾]+|[IVX]+|[①②③④⑤⑥⑦⑧⑨])"
_VEHICLE = r"(?:资产支持专项计划|资产支持商业票据|资产支持票据|资产支持证券|资产证券化信托|资产证券化项目|证券化信托|财产权信托|资产支持计划|贷款支持证券)"
_DEAL = re.compile(
    rf"(?P<head>[^，。；：:《》“”\s]{{1,60}}?)(?P<year>20\d\d)(?:年度?|-|(?=第))第?(?P<no>{_N})期(?P<rest>[^，。；《》]{{0,40}}?)(?P<vehicle>{_VEHICLE})"
)
_DASHED = re.compile(
    rf"(?P<head>[^，。；：:《》\d]{{1,30}}?)(?P<year>20\d\d)-(?P<no>\d{{1,2}}|[IVX]{{1,5}}(?![A-Za-z]))(?P<rest>[^，。；《》]{{0,30}}?)(?P<vehicle>{_VEHICLE})"
)
_NUMBERED = re.compile(
    rf"(?P<head>[^，。；：:《》\s]{{1,50}}?)第(?P<no>{_N})期(?P<rest>[^，。；《》]{{0,40}}?)(?P<vehicle>{_VEHICLE})"
)
_PLAIN = re.compile(rf"(?P<head>[^，。；：:《》\s]{{1,50}}?)(?P<vehicle>{_VEHICLE})")
_WITHIN = re.compile(
    rf"(?P<head>[^，。；：:《》“”\s]{{0,60}}?)(?P<year>20\d\d)年度?(?P<inner>[^\d，。；：:]{{1,12}}?)(?:\d+号)?第(?P<no>{_N})期(?P<rest>[^，。；《》]{{0,40}}?)(?P<vehicle>{_VEHICLE})"
)
#: A name whose number stands in brackets behind it: 花呗授信付款资产支持专项计划（第三期）.
_TAILED = re.compile(
    rf"(?P<head>[^，。；：:《》\s]{{1,50}}?)(?:(?P<year>20\d\d)年度?(?P<rest>[^，。；：:《》\s第]{{0,30}}?))?(?P<vehicle>{_VEHICLE})\((?:第(?P<no>{_N})|(?P<other>{_N}))期\)"
)
_LEGAL_FORM = re.compile(r"(?:\([^)]*\))?(?:股份|集团|控股|责任)*有限(?:责任)?公司$")
_INSTITUTION = re.compile(r"^.*(?:公司|银行|信托|证券(?!化)|小贷|保理|租赁|金融)")
_ASSETS: tuple[tuple[str, str], ...] = (
    (r"不良", "npl"),
    (r"信用卡|账单分期", "credit_card"),
    (r"汽车|车贷|auto", "auto_loan"),
    (r"住房抵押|住房公积金|住房贷款|房贷|residential", "residential_mortgage"),
    (r"小微|微小|中小微|小额|普惠|个人经营|经营性贷款|中小企业|微型企业", "micro_loan"),
    (r"消费|分期", "consumer_loan"),
    (r"租赁", "lease"),
    (r"应收账款|保理|供应链|receivable", "receivable"),
    (r"企业贷款|信贷资产|公司贷款|对公贷款", "corporate_loan"),
)


#: An amount glued to the front of a name, as on covers that print the size above it: `人民币214,090万元台融2023年…`.
_AMOUNT = re.compile(
    r"^(?:[^\d,.]{0,12}(?:规模|金额|总额|为|共|计|[:：]))?(?:人民币|RMB|CNY|[¥￥])?[\d,.]*\d(?:十|百|千|万|亿)*元(?:整)?(?:人民币)?(?:的)?"
)
#: A year in Chinese numerals, figure by figure: 二〇二四.
_YEAR = re.compile(r"二[〇○零][一二三四五六七八九〇○零]{2}(?=年|-)")
_DAY = re.compile(r"^(?:20\d\d年\d{1,2}月\d{1,2}日|20\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?!\d))")
#: What is left of a series whose own name is that of an institution (国网租赁5期): it keeps the whole.
_ONLY_NUMBER = re.compile(rf"(?:应收账款|供应链|保理|租赁|贷款|消费|汽车|小微|债权|资产|受益权|ABS|ABN)*第?{_N}?(?:号|期|单|系列|批)?")
#: What no series is called: words of money, of papers, of institutions, of the name's other parts.
_UNSOUND = re.compile(
    r"[^\u3400-\u9fffA-Za-z0-9·.()&-]|人民币|[万亿]元|\d[,.]\d|20\d\d年|第.{1,4}期|说明书|报告|公告|公司|关于|发行|设立|注册|本期|以下简称"
    r"|资产支持|证券化|信托计划|基础资产|发起机构|受托机构|管理人"
)
_LONGEST_SERIES = 24


@dataclass(frozen=True, slots=True)
class DealName:
    """A deal name taken apart. `year` and `number` are 0 where the name has none."""

    series: str
    year: int
    number: int
    market: str
    asset_class: str
    full: str

    @property
    def deal_id(self) -> str:
        """`<series><year>-<number>`, or the short name where the name has no year or number."""
        return f"{self.series}{self.year}-{self.number}" if self.year and self.number else self.series


def is_sound_deal_id(deal_id: str) -> bool:
    """Whether a deal can be called so: a series of letters, nothing of an amount, a paper or an institution in it."""
    return bool(deal_id) and len(deal_id) <= _LONGEST_SERIES + len("2025-100") and not _UNSOUND.search(deal_id)


#: Before the name: who gives the notice (甲证券股份有限公司关于……成立的公告), or the last line of a title above it.
_WHO_TELLS = re.compile(r"^(?:(?:[一-龥()]{2,24}公司)?关于(?:开展|披露)?|[^\d,。]{2,40}(?:的公告|说明书))(?=[^,。]*20\d\d)")


def parse_deal_name(text: str) -> Parsed[DealName] | Refused:
    """Read the first deal name in a title; spaces, line breaks and an amount in front of it do not matter."""
    body = _AMOUNT.sub("", _DAY.sub("", _WHO_TELLS.sub("", squeeze(text).lstrip("“\"'《")))).lstrip("“\"'《")
    read = _parse(_YEAR.sub(_in_figures, body), text)
    if not isinstance(read, Parsed):
        return read
    at = _YEAR.sub(_in_figures, body).find(read.value.full)
    return Parsed(replace(read.value, full=body[at : at + len(read.value.full)]), text)


def _in_figures(year: re.Match[str]) -> str:
    return "".join(str(chinese_int(char)) if char not in "〇○零" else "0" for char in year.group())


def _parse(body: str, text: str) -> Parsed[DealName] | Refused:
    for pattern in (_DEAL, _DASHED):
        match = pattern.search(body)
        if match:
            number = chinese_int(match.group("no"))
            series = _series(match.group("head"), match.group("rest"))
            if number and series:
                return Parsed(_name(series, int(match.group("year")), number, match), text)
    match = _WITHIN.search(body)
    if match and (number := chinese_int(match.group("no"))):
        return Parsed(_name(match.group("inner"), int(match.group("year")), number, match), text)
    match = _TAILED.match(body)
    if match and "第" not in match.group("head") and (number := chinese_int(match.group("no") or match.group("other"))):
        series, year = _series(match.group("head"), match.group("rest") or ""), int(match.group("year") or 0)
        if series:
            return Parsed(_name(series if year else f"{series}{number}", year, number if year else 0, match), text)
    match = _NUMBERED.search(body)
    if match and (number := chinese_int(match.group("no"))):
        series = _series(match.group("head"), match.group("rest"))
        return (
            Parsed(_name(f"{series}{number}" if series else "", 0, 0, match), text)
            if series
            else Refused(text, "no series")
        )
    match = _PLAIN.search(body)
    if match and (series := _series(match.group("head"), "")):
        short = re.sub(rf"^(.+?(?:\d{{1,3}}|[一二三四五六七八九十]{{1,3}})号){_assets_words()}.*$", r"\1", series)
        return Parsed(_name(short, 0, 0, match), text)
    return Refused(text, "no deal name")


def _name(series: str, year: int, number: int, match: re.Match[str]) -> DealName:
    full = match.group()
    return DealName(series, year, number, market_of(match.group("vehicle")), asset_class_of(full), full)


def _series(head: str, rest: str) -> str:
    """The series: what precedes the year without manager and institution, else what follows 期."""
    own = head.rsplit("-", 1)[-1] if "-" in head else head
    own = re.sub(r"^(?:关于|的)", "", own).rstrip("(")
    cut = _INSTITUTION.sub("", own).lstrip("·•")
    if cut and not _ONLY_NUMBER.fullmatch(cut):
        return cut.removesuffix("系列")
    if cut:
        return own
    behind = re.sub(rf"{_assets_words()}.*$", "", rest)
    behind = re.sub(r"(?:定向|公开|优先级|绿色|科技创新|\(.*?\))", "", behind).strip("()·")
    return behind or _LEGAL_FORM.sub("", own)


def _assets_words() -> str:
    return r"(?:个人|小微|微小|中小微|小额|普惠小微|消费|汽车|住房|不良|信用卡|租赁|应收|保理|供应链|企业|信贷|中小企业|普惠(?=小微|贷款))"


def market_of(text: str) -> str:
    """The market that a vehicle word belongs to; '' when the text names no vehicle."""
    body = squeeze(text)
    if re.search(r"资产支持专项计划|专项计划", body):
        return "exchange_abs"
    if re.search(r"资产支持(?:商业)?票据|ABN", body):
        return "abn"
    if re.search(r"资产支持证券|贷款支持证券|证券化信托", body):
        return "credit_abs"
    return ""


#: Names of institutions, in which such words mean nothing.
_NOT_OF_ASSETS = re.compile(r"[^-，。；：]*公司|^[^-]{2,12}-")
#: What stands between the number of a deal and its vehicle, where a name says what its assets are (泰和2019年第一期「小微贷款」资产支持证券).
_ASSET_PLACE = re.compile(r"(?:第?[0-9一二三四五六七八九十]+[期号单]|[0-9])([^0-9]*?)(?:资产支持|资产证券化|财产权信托)")
#: Words by which a name says what its assets are; a name without them is only a name.
_ASSET = re.compile(r"贷款?|债权|收益权|受益权|收费|[水电气热]费|尾款|票款|保单|质押|物业|地产|不动产|商业|基础设施|知识产权|专利|版权|门票|学费|基金|账款|货款|工程款|融资|loan|receivable|lease|note")


def asset_class_of(text: str) -> str:
    """The asset class named in a title; `other` when it names none that is known, '' when it names none at all (融帆7号资产支持专项计划)."""
    body = squeeze(text).lower()
    place = _ASSET_PLACE.search(body)
    texts = (place.group(1), body) if place is not None else (body,)
    named = next((name for each in texts for pattern, name in _ASSETS if re.search(pattern, each)), "")
    rest = _NOT_OF_ASSETS.sub("", re.sub(_VEHICLE, "", body))
    return named or ("other" if _ASSET.search(rest) else "")


_TOTAL_NO = re.compile(rf"总第({_N})期")
_REPORT_NO = re.compile(rf"第({_N})(?:期|次)")
_REPORT_WORDS = r"(?:受托机构|受托服务|受托|资产管理|资产服务|资产运营|运营|服务机构|收益分配|管理人)(?:机构)?(?:月度|季度|半年度|年度|期间)?报告"
#: A number right before the words for a report (第1期资产运营报告) is never that of the deal.
_NUMBERED_REPORT = re.compile(rf"第({_N})(?:期|次)(?:的)?{_REPORT_WORDS}")


#: The number of a report in English, with what may stand behind it: Monthly Investor Report No. 11 (June 2025).
_ENGLISH_NO = re.compile(r"report(?:\(?(?:no\.?|number|#)(\d{1,3}))(?![\d.])", re.IGNORECASE)


def parse_report_number(text: str) -> int | None:
    """Read a report's number from its title: 总第N期 where printed, else the 第N期 that is not the deal's own."""
    body = squeeze(text)
    total = _TOTAL_NO.search(body)
    if total:
        return chinese_int(total.group(1))
    if direct := _NUMBERED_REPORT.search(body):
        return chinese_int(direct.group(1))
    without_deal = body
    for pattern in (_DEAL, _DASHED, _WITHIN, _NUMBERED):
        without_deal, cut = pattern.subn("", without_deal, count=1)
        if cut:
            break
    found = _REPORT_NO.findall(without_deal)
    if found:
        return chinese_int(found[-1] if re.search(rf"{_REPORT_WORDS}.*第", without_deal) else found[0])
    english = _ENGLISH_NO.findall(body)
    return int(english[0]) if len(set(english)) == 1 else None
