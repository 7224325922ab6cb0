"""What a document says it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dealproof.contract.document_kinds import NO_DEAL, DocumentKind, KindRecord, kind_record


@dataclass(frozen=True, slots=True)
class Profile:
    """What a document says it is. Every field comes from its content, never from its file name.

    `kind`, `market` and `asset_class` use the contract's vocabularies. `period_no` is 总第N期 where printed,
    else 第N期. `default_definition` is `30+`, `60+`, `90+`, `180+` where the document defines it, else empty.
    `agencies` are the rating agencies named as parties, in printed order.
    """

    kind: DocumentKind = NO_DEAL
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

    @property
    def kind_record(self) -> KindRecord:
        """What documents of this kind are like."""
        return kind_record(self.kind)
