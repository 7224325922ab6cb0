"""A small invented market, written down as the dataset's rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from types import MappingProxyType

from dealproof import contract
from dealproof.dataset.build import Dataset

INSTITUTIONS = {
    "I1": ("甲信托", "trust_company", "", ""),
    "I2": ("乙银行", "commercial_bank", "商业银行", "银行"),
    "I3": ("丙民营银行", "private_bank", "民营银行", "银行"),
    "I4": ("丁平台小贷", "microloan_company", "互联网平台", "平台"),
    "I5": ("戊保理", "factoring_company", "", ""),
}


@dataclass
class Market:
    """Rows by table, filled in by the methods below; every method returns the market."""

    rows: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    def add(self, table: str, /, **values: str) -> Market:
        self.rows.setdefault(table, []).append(values)
        return self

    def deal(
        self,
        deal_id: str,
        market: str = "abn",
        closing: str = "2025-03-01",
        amount: str = "1000000000",
        originator: str = "I1",
        provider: str = "I4",
        revolving: str = "true",
        first_payment: str = "2025-06-26",
        **more: str,
    ) -> Market:
        """A deal with its circular and who takes part in it."""
        circular = f"circular {deal_id}"
        self.add(
            "deals", deal_id=deal_id, deal_name=f"{deal_id}资产支持证券", market=market, asset_class=more.get("asset_class", "micro_loan"),
            currency=more.get("currency", "CNY"), closing_date=closing, total_amount=amount, revolving=revolving, first_payment_date=first_payment,
            revolving_months=more.get("revolving_months", ""), cutoff_date=more.get("cutoff", ""),
        )  # fmt: skip
        self.document(circular, deal_id, "offering_circular", closing)
        for role, institution in (("originator", originator), ("asset_provider", provider)):
            if institution:
                known = institution if institution in INSTITUTIONS else ""
                name = INSTITUTIONS[institution][0] if known else institution
                self.add("parties", deal_id=deal_id, role=role, name=name, document_id=circular, institution_id=known)
        return self

    def document(self, document_id: str, deal_id: str, kind: str, report_date: str) -> Market:
        return self.add(
            "documents",
            document_id=document_id,
            file_name=f"{document_id}.pdf",
            deal_id=deal_id,
            kind=kind,
            report_date=report_date,
        )

    def tranche(self, deal_id: str, tranche: str, amount: str, rating: str = "", **more: str) -> Market:
        self.add(
            "tranches",
            deal_id=deal_id,
            tranche=tranche,
            amount=amount,
            position=str(len(self.rows.get("tranches", [])) + 1),
            **more,
        )
        for place, one in enumerate(filter(None, rating.split("/"))):
            self.rate(deal_id, tranche, one, f"circular {deal_id}", f"R{place}")
        return self

    def rate(self, deal_id: str, tranche: str, rating: str, document_id: str, agency: str = "R0") -> Market:
        return self.add(
            "ratings", deal_id=deal_id, tranche=tranche, agency_id=agency, document_id=document_id, rating=rating
        )

    def payment(
        self, deal_id: str, tranche: str, on: str, closing: str, principal: str = "0", period: int = 0
    ) -> Market:
        document = f"report {deal_id} {on}"
        if not any(row["document_id"] == document for row in self.rows.get("documents", [])):
            self.document(document, deal_id, "trustee_report", on)
        return self.add(
            "tranche_payments", deal_id=deal_id, tranche=tranche, period_no=str(period or ""), document_id=document, payment_date=on, principal_paid=principal,
            closing_balance=closing,
        )  # fmt: skip

    def rate_of_default(
        self, deal_id: str, end: str, value: str, denominator: str = "", definition: str = "90+"
    ) -> Market:
        return self.add(
            "performance", deal_id=deal_id, period_no=end, metric="cumulative_default_pct", definition=definition, document_id=f"report {deal_id}",
            period_end=end, value=value, unit="%", reprinted="false", denominator=denominator,
        )  # fmt: skip

    def purchase(
        self, deal_id: str, number: int, on: str, cumulative: str, initial: str, basis: str = "principal"
    ) -> Market:
        return self.add(
            "revolving_purchases", deal_id=deal_id, purchase_no=str(number), document_id=f"report {deal_id}", purchase_date=on,
            cumulative_amount=cumulative, initial_amount=initial, amount_basis=basis,
        )  # fmt: skip

    def tracked(self, deal_id: str, on: str = "2025-07-20") -> Market:
        return self.document(f"tracking {deal_id} {on}", deal_id, "rating_tracking", on)

    def dataset(self) -> Dataset:
        """The dataset of the market."""
        tables = {spec.name: tuple(_filled(spec, self.rows.get(spec.name, []))) for spec in contract.tables()}
        tables["institutions"] = tuple(
            {
                "institution_id": key,
                "legal_name": f"{name}有限公司",
                "short_name": name,
                "kind": kind,
                "provider_class": fine,
                "parent_id": "",
                "provider_group": coarse,
            }
            for key, (name, kind, fine, coarse) in INSTITUTIONS.items()
        )
        return Dataset(MappingProxyType(tables))


def _filled(spec: contract.TableSpec, rows: Iterable[dict[str, str]]) -> Iterable[dict[str, str]]:
    for row in rows:
        assert set(row) <= set(spec.column_names), set(row) - set(spec.column_names)
        yield {name: row.get(name, "") for name in spec.column_names}
