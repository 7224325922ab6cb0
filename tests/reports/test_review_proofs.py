"""The proof beside a figure is that of the document which decides it."""

from __future__ import annotations

from dealproof.market_review.dossier import dossiers
from dealproof.metrics.review import review_of
from tests.metrics.market import Market


def _proofs(market: Market) -> list[str]:
    dataset = market.dataset()
    found = dossiers(review_of(dataset, 2025), dataset, {})["甲2025-1"].proofs
    return [proof.document for proof in found if proof.cell == ("deals", ("甲2025-1",), "total_amount")]


def _stated(market: Market, document: str, text: str) -> Market:
    return market.add(
        "evidence",
        table="deals",
        key="甲2025-1",
        column="total_amount",
        document_id=document,
        page="1",
        text=text,
        status="disclosed",
    )


def test_the_issue_result_stands_before_the_circular() -> None:
    market = Market().deal("甲2025-1").document("z result", "甲2025-1", "issue_result", "2025-03-01")
    _stated(_stated(market, "circular 甲2025-1", "10亿元"), "z result", "1,000,000,000.00")
    assert _proofs(market) == ["z result.pdf", "circular 甲2025-1.pdf"]


def test_what_was_corrected_stands_behind_its_correction() -> None:
    market = Market().deal("甲2025-1")
    market.add(
        "documents",
        document_id="z corrected",
        file_name="z corrected.pdf",
        deal_id="甲2025-1",
        kind="offering_circular",
        supersedes="circular 甲2025-1",
    )
    _stated(_stated(market, "circular 甲2025-1", "11亿元"), "z corrected", "10亿元")
    assert _proofs(market) == ["z corrected.pdf", "circular 甲2025-1.pdf"]
