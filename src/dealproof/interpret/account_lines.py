"""What a line of an account says by its own words: its name, the account that it belongs to, whether it is a fee."""

from __future__ import annotations

import re

from dealproof.text import without_english

CODE = re.compile(r"^(?:[A-Z]\d{1,2}[:：.]|\d{1,2}[、.．]|\(\d{1,2}\)|[一二三四五六七八九十]+、|其中[:：])")
_BOTH = re.compile(r"本息|未偿本金|本金利息|贷款本金余额")
_FEE, _NO_FEE = re.compile(r"税|费|报酬|佣金"), re.compile(r"余额|收入|退[还回]|返还|可分配|剩余|结余|未支付|应付|消费|息费|转入|账户")
_LESS = re.compile(r"^(?:减|扣除|扣减)[:：]")
_OF_POOL = re.compile(
    r"(?:本|当|报告|收款|计算)?(?:期间|期)?(?:期初|期末|初|末)(?:未偿)?(?:资产池|基础资产|入池资产|入池贷款|贷款|债权|资产)(?:的)?(?:剩余|未偿)?(?:本金|本息)?(?:余额|总额|规模)?"
    r"|(?:资产池|基础资产|入池资产|入池贷款|贷款|债权)(?:的)?(?:期初|期末)(?:剩余|未偿)?(?:本金|本息)?(?:余额|总额|规模)?"
    r"|(?:期初|期末)(?:剩余)?未偿(?:本金|本息)(?:余额|总额)?"
)


def line_of(text: str) -> str:
    """The name of a line without its number, the sign of what is taken off, and its English."""
    return without_english(_LESS.sub("", CODE.sub("", text)).rstrip(":"))


def is_balance_of_pool(line: str) -> bool:
    """Whether a line is what the pool holds before or after the period, and no money that came in."""
    return _OF_POOL.fullmatch(line) is not None


def is_fee(line: str) -> bool:
    """Whether a line is a fee or tax by its own words (保管费, 受托机构报酬, 增值税及附加)."""
    return bool(_FEE.search(line)) and not _NO_FEE.search(line)


def account_of_line(line: str) -> str:
    """The account of a collection by its own words; '' where they name both or neither."""
    words = _BOTH.sub("", line)
    is_principal, is_interest = "本金" in words, "利息" in words or "息费" in words
    return "" if is_principal == is_interest else "principal" if is_principal else "income"
