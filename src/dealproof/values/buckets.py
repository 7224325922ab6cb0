"""Buckets of distributions (`(0,90]`, `9%（含）以下`, `1万元-3万元（含）`) and of delinquency status (逾期1-30天).

See docs/domain.md#buckets and docs/domain.md#status-buckets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from dealproof.text import unmarked
from dealproof.values.parsed import Parsed, Refused

_NUM = r"(\d[\d,]*(?:\.\d+)?)"
_UNIT = r"(万元|亿元|元|%|个月|月|天|日|年|岁|bp)?"
_ABOVE = re.compile(rf"{_NUM}{_UNIT}(\((?:不)?含\))?(?:及)?(?:以上|以后)(\((?:不)?含\))?")
_BELOW = re.compile(rf"{_NUM}{_UNIT}(\((?:不)?含\))?(?:及)?(?:以下|以内|以前)(\((?:不)?含\))?")
_RANGE = re.compile(rf"{_NUM}{_UNIT}(\((?:不)?含\))?(?:-|~|至|到){_NUM}{_UNIT}(\((?:不)?含\))?")


@dataclass(frozen=True, slots=True)
class Bucket:
    """An interval in printed numbers; None means open. `unit` is the printed unit or ''."""

    lower: Decimal | None
    upper: Decimal | None
    lower_included: bool
    upper_included: bool
    unit: str


def parse_bucket(text: str) -> Parsed[Bucket] | Refused:
    """Read an interval; names such as 制造业 are refused."""
    body = unmarked(text).replace("［", "[").replace("］", "]").replace("，", ",").replace("+∞", "∞")
    for read in (_interval, _inequality, _one_sided, _range):
        bucket = read(body)
        if bucket is not None:
            return Parsed(bucket, text)
    return Refused(text, "no interval")


def _number(text: str | None) -> Decimal | None:
    return Decimal(text.replace(",", "")) if text else None


def _interval(body: str) -> Bucket | None:
    match = re.fullmatch(rf"([(\[])(?:{_NUM}{_UNIT}|-?∞),(?:{_NUM}{_UNIT}|∞|以上)([)\]])", body)
    if match is None:
        return None
    left, low, low_unit, high, high_unit, right = match.groups()
    return Bucket(_number(low), _number(high), left == "[", right == "]", high_unit or low_unit or "")


def _inequality(body: str) -> Bucket | None:
    body = body.replace("<=", "≤").replace(">=", "≥").replace("≦", "≤")
    match = re.fullmatch(rf"{_NUM}{_UNIT}([<≤])[A-Za-z一-龥]{{1,6}}([<≤]){_NUM}{_UNIT}", body)
    if match:
        low, low_unit, left, right, high, high_unit = match.groups()
        return Bucket(_number(low), _number(high), left == "≤", right == "≤", high_unit or low_unit or "")
    match = re.fullmatch(rf"[A-Za-z]?(>|≥|大于等于|大于|超过|不低于){_NUM}{_UNIT}", body)
    if match:
        return Bucket(
            _number(match.group(2)), None, match.group(1) in ("≥", "大于等于", "不低于"), False, match.group(3) or ""
        )
    match = re.fullmatch(rf"[A-Za-z]?(<|≤|小于等于|小于|不超过|低于){_NUM}{_UNIT}", body)
    if match:
        return Bucket(
            None, _number(match.group(2)), False, match.group(1) in ("≤", "小于等于", "不超过"), match.group(3) or ""
        )
    return None


def _one_sided(body: str) -> Bucket | None:
    for pattern, is_lower in ((_ABOVE, True), (_BELOW, False)):
        match = pattern.fullmatch(body)
        if match:
            number, unit = _number(match.group(1)), match.group(2) or ""
            included = "(含)" in match.group() or "及以" in match.group()
            return (
                Bucket(number, None, included, False, unit) if is_lower else Bucket(None, number, False, included, unit)
            )
    return None


def _range(body: str) -> Bucket | None:
    match = _RANGE.fullmatch(body)
    if match is None:
        return None
    low, low_unit, low_mark, high, high_unit, high_mark = match.groups()
    if Decimal(low.replace(",", "")) > Decimal(high.replace(",", "")) and (low_unit or "") == (high_unit or ""):
        return None
    return Bucket(_number(low), _number(high), low_mark == "(含)", high_mark == "(含)", high_unit or low_unit or "")


_STATUS_WORD = r"(?:逾期|拖欠|超期|延滞)"
_STATUS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^(?:(?:资产池|基础资产|入池资产|贷款)?(?:合计|总计)|小计|汇总|总额|total)$", re.IGNORECASE), "total"),
    (
        re.compile(
            r"^(?:其中[:：])?(?:正常|[未无](?:逾期|拖欠)|当前|正常还款|正常类|正常状态|current|当期正常|正常贷款未逾期|逾期0天|0天|m0)(?:贷款|资产|债权|类)?$",
            re.IGNORECASE,
        ),
        "current",
    ),
    (re.compile(r"^(?:提前结清|提前还清|早偿|全部提前还款|提前还款|提前清偿)(?:贷款|资产)?$"), "prepaid"),
    (re.compile(r"^(?:到期结清|正常结清|已结清|结清|到期)(?:贷款|资产)?$"), "matured"),
    (re.compile(r"^(?:违约|已违约|未被注销的违约|新增违约)(?:抵押)?(?:贷款|资产|债权)?(?:\(.*\))?$"), "default"),
)
_MONTHS = {
    "m1": "1-30",
    "m2": "31-60",
    "m3": "61-90",
    "m4": "91-120",
    "m5": "121-150",
    "m6": "151-180",
    "m3+": "90+",
    "m4+": "90+",
    "m6+": "180+",
    "m7+": "180+",
    "m3以上": "90+",
    "m4以上": "90+",
    "m4及以上": "90+",
    "m6以上": "180+",
    "m7及以上": "180+",
}
#: One status by two names (M1（1-30天）), and in two languages (逾期1-30天 1-30 days past due).
_TWO_NAMES = re.compile(r"^([^()]+)\(([^()]+)\)$")
#: A class of loans, which its days past due make precise: 关注(逾期1-30天).
_CLASS = re.compile(r"(?:关注|次级|可疑|损失|不良|逾期|拖欠)(?:类)?(?:贷款|资产|债权)?")
_TWO_LANGUAGES = re.compile(r"^(.*[一-龥)])((?:\d{1,3}(?:-\d{1,3}|\+)?)?[a-z][a-z\d+/-]*)$")
_IN_ENGLISH = re.compile(r"(?:calendar)?days?|pastdue|overdue|delinquent|inarrears|dpd|loans?|receivables?|assets?")
_MORE = re.compile(r"(?:over|above|morethan|greaterthan)(\d{1,3})")
_DAYS = re.compile(
    rf"^(?:其中[:：])?{_STATUS_WORD}?\(?(\d{{1,3}})(?:天|日)?(?:-|~|至|到)(\d{{1,3}})(?:天|日)?(?:\(含\))?\)?(?:\(含\d*\))?(?:的)?(?:贷款|资产|债权)?$"
)
_OVER = re.compile(
    rf"^(?:其中[:：])?{_STATUS_WORD}?(?:超过)?(\d{{2,3}})(?:天|日)?(?:\((?:不)?含\))?(?:(?:及)?以上|\+(?:天|日)?)(?:的)?(?:{_STATUS_WORD})?(?:未违约)?(?:贷款|资产|债权)?$"
)
_BEYOND = re.compile(rf"^{_STATUS_WORD}?(?:超过|大于|>)(\d{{2,3}})(?:天|日)(?:的)?(?:贷款|资产)?$")
_WITHIN = re.compile(rf"^{_STATUS_WORD}(\d{{2}})(?:天|日)(?:\(含\))?以?内(?:的)?(?:贷款|资产)?$")
_MORE_THAN = re.compile(
    rf"^(?:其中[:：])?{_STATUS_WORD}(?:超过|大于)?\d{{1,3}}(?:天|日)?(?:\((?:不)?含\))?(?:(?:及)?以上|\+(?:天|日)?)?(?:的)?(?:贷款|资产|债权)?$"
)
_KNOWN = frozenset(("1-30", "31-60", "61-90", "91-120", "121-150", "151-180"))


def other_status(text: str) -> str:
    """The bucket of a status that overlaps with those of the contract (拖欠30天以上), under its printed label; '' for any other."""
    body = unmarked(text).replace("（", "(").rstrip(":")
    overlaps = _MORE_THAN.match(body) and re.search(r"超过|大于|以上|\+", body)
    return f"other:{body}" if overlaps and not isinstance(parse_status_bucket(text), Parsed) else ""


def parse_status_bucket(text: str) -> Parsed[str] | Refused:
    """Read a delinquency status as the contract's bucket; `拖欠30天以上` is cumulative and refused here."""
    body = unmarked(text).replace("（", "(").rstrip(":")
    bucket = _status(body) or _agreed_status(body)
    return Parsed(bucket, text) if bucket else Refused(text, "no status bucket")


def _agreed_status(body: str) -> str:
    """The bucket of a status that is named twice, where both names say the same; '' otherwise."""
    if match := _TWO_NAMES.match(body):
        names = {_status(match.group(1)), _status(match.group(2))}
        if _CLASS.fullmatch(match.group(1)) and "" in names:
            return _status(match.group(2))
        return names.pop() if len(names) == 1 else ""
    if match := _TWO_LANGUAGES.match(body.lower()):
        english = _IN_ENGLISH.sub("", _MORE.sub(r"\1+", match.group(2))) or match.group(2)
        own = _status(match.group(1)) or _agreed_status(match.group(1))
        return own if own and own == _status(english) else ""
    return ""


def _status(body: str) -> str:
    """The bucket that one name of a status means, or ''."""
    for pattern, bucket in _STATUS:
        if pattern.match(body):
            return bucket
    if body.lower() in _MONTHS:
        return _MONTHS[body.lower()]
    if (match := _DAYS.match(body)) and f"{int(match.group(1))}-{match.group(2)}" in _KNOWN:
        return f"{int(match.group(1))}-{match.group(2)}"
    if match := (_OVER.match(body) or _BEYOND.match(body)):
        if match.group(1) in ("90", "91"):
            return "90+"
        if match.group(1) in ("180", "181"):
            return "180+"
    if (match := _WITHIN.match(body)) and match.group(1) == "30":
        return "1-30"
    return ""
