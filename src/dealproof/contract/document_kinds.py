"""The kinds of documents, each stated once: whoever treats two kinds differently asks the record why.

A new kind is a word of `DocumentKind`, a record here, and rows in `mappings/labels/documents.csv` that know its titles;
what it is expected to state stands in `mappings/expectations.csv`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

DocumentKind = Literal[
    "offering_circular",
    "issue_announcement",
    "issue_result",
    "trustee_report",
    "revolving_notice",
    "rating_report",
    "rating_tracking",
    "other",
]

#: Tables that any document of a deal may carry.
_OF_ANY_DEAL = frozenset({"tranches", "pool_stats", "pool_distributions", "triggers", "parties", "dates"})


@dataclass(frozen=True, slots=True)
class KindRecord:
    """One kind of document.

    `zh` are its Chinese names, the usual one first, as analysts write them in mapping files. `en` says what it is for.
    `authority` is its place among documents that state one value: the smallest is believed; a correction (更正) of any kind
    stands before all (0). `tables` are the kinds of tables that it may carry, by the names of their readers
    (`interpret/kinds/`).

    `at_issue`: it says what holds when the deal is issued. `is_periodic`: there is one for every period of the deal, which
    it numbers and dates. `is_of_agency`: an agency wrote it. `is_tracking`: it looks at its ratings again. `is_result`: it says what was sold, so
    that its figures are no plans. `is_announcement`: its own date is the deal's
    `announcement_date`. `is_signed_below`: its date stands under the signature, not on the cover.
    `is_of_purchases`: it tells what was bought, so that its statistics are of that.
    """

    name: DocumentKind
    zh: tuple[str, ...]
    en: str
    authority: int
    tables: frozenset[str] = _OF_ANY_DEAL
    at_issue: bool = False
    is_periodic: bool = False
    is_tracking: bool = False
    is_of_agency: bool = False
    is_result: bool = False
    is_announcement: bool = False
    is_signed_below: bool = False
    is_of_purchases: bool = False


KINDS: tuple[KindRecord, ...] = (
    KindRecord(
        "offering_circular", ("发行说明书", "募集说明书", "计划说明书"),
        "Describes the deal, its tranches and its first pool before they are sold.",
        authority=20, at_issue=True, is_announcement=True,
    ),
    KindRecord(
        "issue_announcement", ("发行公告", "发行办法"), "Says what will be issued, when and how.",
        authority=30, at_issue=True, is_signed_below=True,
    ),
    KindRecord(
        "issue_result", ("发行结果公告",), "Says what was issued, and at which coupon.",
        authority=10, at_issue=True, is_signed_below=True, is_result=True,
    ),
    KindRecord(
        "trustee_report", ("受托机构报告", "资产管理报告", "资产运营报告", "收益分配报告"),
        "Payments, pool, defaults and accounts of one period.",
        authority=60, is_periodic=True,
        tables=_OF_ANY_DEAL
        | {"tranche_payments", "performance", "delinquency", "disposals", "revolving_purchases", "cash_flows"},
    ),
    KindRecord(
        "revolving_notice", ("循环购买公告", "持续购买公告"), "Says which assets were bought with collections.",
        authority=70, is_signed_below=True, is_of_purchases=True,
        tables=(_OF_ANY_DEAL - {"pool_distributions"}) | {"performance", "revolving_purchases"},
    ),
    KindRecord(
        "rating_report", ("评级报告", "信用评级报告"), "An agency's first opinion of the tranches.",
        authority=40, at_issue=True, is_of_agency=True,
    ),
    KindRecord(
        "rating_tracking", ("跟踪评级报告",), "An agency's yearly look at ratings that it gave.",
        authority=50, is_tracking=True, is_of_agency=True, tables=_OF_ANY_DEAL | {"performance", "delinquency"},
    ),
    KindRecord(
        "other", ("其他",), "A paper about one deal of none of these kinds (an opinion of lawyers, a forecast); or no document of a deal, "
        "of which nothing is taken.",
        authority=80,
    ),
)  # fmt: skip
#: What a document is whose kind is not known: it is of a deal only where it names one.
UNKNOWN_KIND: DocumentKind = "other"
_BY_NAME: Mapping[str, KindRecord] = {kind.name: kind for kind in KINDS}


def document_kind(word: str) -> DocumentKind | None:
    """The kind that a word of the vocabulary names; None for any other word."""
    kind = _BY_NAME.get(word)
    return kind.name if kind else None


def kind_record(word: str) -> KindRecord:
    """The record of a kind; that of an unknown kind for a word that names none."""
    return _BY_NAME.get(word, _BY_NAME[UNKNOWN_KIND])
