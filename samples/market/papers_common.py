"""What all documents of the market print: names of deals and parties, amounts, dates, shares, prose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from samples.make.common import chinese, slashed
from samples.make.numbers import money
from samples.make.paper import heading, prose
from samples.market.cells import UNIT
from samples.market.model import Deal, Tranche
from samples.market.solve_names import MANAGERS
from samples.market.wording import ASSETS, NUMERALS, TAIL, Look

Parties = tuple[tuple[str, str], ...]
_CUSTODIANS = ("I010", "I008", "I011", "I017", "I020", "I012")
_UNDERWRITERS = ("I180", "I181", "I179", "I183")
_LAWYERS = ("I249", "I250", "I251", "I253")
_ACCOUNTANTS = ("I243", "I245", "I246")
_REGISTRARS = {"credit_abs": "I207", "abn": "I208", "exchange_abs": "I209"}
_TRUSTEES = ("I116", "I111", "I125", "I139", "I128")
AGENCY_SHORT = {
    "I215": "联合资信", "I218": "中诚信国际", "I220": "中债资信", "I221": "新世纪", "I222": "东方金诚", "I224": "中证鹏元",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Paper:
    """One document before it is printed: where it goes below `pdf/`, and its HTML."""

    path: str
    html: str


def numeral(number: int) -> str:
    """A number up to 99 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    if not tens:
        return NUMERALS[ones]
    return ("" if tens == 1 else NUMERALS[tens]) + "十" + (NUMERALS[ones] if ones else "")


def deal_name(deal: Deal, look: Look, names: Mapping[str, str]) -> str:
    """The full name in the way of its market."""
    number = numeral(deal.number) if look.chinese_number else str(deal.number)
    if deal.market == "credit_abs":
        return f"{deal.series}{deal.year}年第{number}期{ASSETS[deal.market]}"
    if deal.market == "abn":
        return f"{names[deal.originator]}{deal.year}年度第{number}期{deal.series}{ASSETS[deal.market]}"
    return f"{MANAGERS[deal.manager]}-{deal.series}{deal.year}年第{number}期{ASSETS[deal.market]}"


def parties(deal: Deal, look: Look) -> Parties:
    """Roles and institutions in the order of the market's tables; who is nothing but provider has a row that says so."""
    random = Random(f"{deal.deal_id} parties")
    pick = random.choice
    agencies = tuple(
        ("信用评级机构" if deal.market != "exchange_abs" else "评级机构", agency) for agency in deal.agencies
    )
    law, registrar = ("法律顾问", pick(_LAWYERS)), _REGISTRARS[deal.market]
    provided = ((look.provider, deal.provider),) if deal.provider != deal.originator else ()
    rows: Parties
    if deal.market == "credit_abs":
        rows = (
            ("发起机构/贷款服务机构", deal.originator), ("受托机构/发行人", pick(_TRUSTEES)), ("资金保管机构", pick(_CUSTODIANS)),
            ("牵头主承销商/簿记管理人", pick(_UNDERWRITERS)), *agencies, ("登记托管机构/支付代理机构", registrar), law,
            ("会计顾问", pick(_ACCOUNTANTS)),
        )  # fmt: skip
    elif deal.market == "abn":
        trustee = deal.originator if deal.origin == "trust" else pick(_TRUSTEES)
        rows = (
            ("发起机构", deal.originator), ("发行载体管理机构", trustee), *provided, ("资产服务机构", deal.provider),
            ("资金保管机构", pick(_CUSTODIANS)), ("主承销商/簿记管理人", pick(_CUSTODIANS)), *agencies, ("登记托管机构", registrar), law,
        )  # fmt: skip
    else:
        rows = (
            ("原始权益人", deal.originator), *provided, ("资产服务机构", deal.provider), ("计划管理人", deal.manager),
            ("托管人", pick(_CUSTODIANS)), *agencies, ("登记托管机构", registrar), law,
        )  # fmt: skip
    return rows


def party_rows(deal: Deal, look: Look, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Roles with legal names."""
    return [(role, names[institution]) for role, institution in parties(deal, look)]


def day(look: Look, when: date) -> str:
    """A date as this deal's tables print it."""
    if look.dated == "iso":
        return when.isoformat()
    return chinese(when) if look.dated == "chinese" else slashed(when)


def issued(look: Look, units: int) -> str:
    """An amount of the issue in the deal's unit."""
    _, factor, places = look.unit
    return money(Decimal(units * UNIT), factor, places)


def wan(yuan: int) -> str:
    """An amount in 万元 with two places."""
    return money(Decimal(yuan), 10_000, 2)


def printed_name(tranche: Tranche, deal: Deal) -> str:
    """The name of a security as tables print it."""
    suffix = {"credit_abs": "级", "abn": "", "exchange_abs": "级"}[deal.market]
    return tranche.name if tranche.name.endswith("级") else tranche.name + suffix


def repayment(tranche: Tranche, deal: Deal) -> str:
    """How principal is repaid."""
    if tranche.seniority != "senior":
        return "过手摊还" if tranche.rating else "剩余收益分配"
    return "到期还本" if deal.revolving_months else "固定摊还" if tranche.name.endswith("1") else "过手摊还"


def tail(seed: str, number: int, sections: int, lines: int) -> str:
    """Closing chapters of prose."""
    random = Random(f"{seed} tail")
    titles = random.sample(TAIL, sections)
    return "".join(
        heading(f"第{numeral(number + n)}章 {title}") + prose(random.randint(0, 7), lines)
        for n, title in enumerate(titles)
    )
