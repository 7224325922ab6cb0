"""What a document says it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dealproof.contract.document_kinds import UNKNOWN_KIND, DocumentKind, KindRecord, kind_record


@dataclass(frozen=True, slots=True)
class Profile:
    """What a document says it is. Every field comes from its content, never from its file name.

    `kind`, `market` and `asset_class` use the contract's vocabularies. `period_no` is 总第N期 where printed,
    else 第N期. `default_definition` is `30+`, `60+`, `90+`, `180+` where the document defines it, else empty.
    `agencies` are the rating agencies named as parties, in printed order. `bears_no_number` is true for a paper of a kind that often
    has none (a yearly report, a notice of payment, a clearing report) and that prints none: its rows stand without one.
    """

    kind: DocumentKind = UNKNOWN_KIND
    market: str = ""
    asset_class: str = ""
    currency: str = "CNY"
    deal_id: str = ""
    deal_name: str = ""
    title: str = ""
    report_date: date | None = None
    period_no: int | None = None
    period_start: date | None = None
    period_end: date | None = None
    payment_date: date | None = None
    cutoff_date: date | None = None
    default_definition: str = ""
    revolving: bool | None = None
    agencies: tuple[str, ...] = ()
    bears_no_number: bool = False

    @property
    def is_of_deal(self) -> bool:
        """Whether anything is taken from the document: it is of a known kind, or names the one deal that it is about."""
        return self.kind != UNKNOWN_KIND or bool(self.deal_id)

    @property
    def waits_for_number(self) -> bool:
        """Whether the rows of a period cannot be told, as the number of the report is not known."""
        return self.kind_record.is_periodic and self.period_no is None and not self.bears_no_number

    @property
    def kind_record(self) -> KindRecord:
        """What documents of this kind are like."""
        return kind_record(self.kind)
