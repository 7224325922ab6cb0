"""Documents that say small things, written as a reader would hand them over."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from dealproof import contract
from dealproof.mappings.expectations import load_expectations
from dealproof.mappings.load import Registry
from dealproof.model.evidence import Box, Evidence, Fact, Problem, Source, Value
from dealproof.model.interpretation import Interpretation, Mention, Status
from dealproof.model.profile import Profile

DEAL = "远岫2031-1"

Document = Callable[..., Interpretation]


def document_id(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def say(
    table: str,
    key: tuple[str, ...],
    column: str,
    value: Value,
    text: str = "",
    *,
    page: int = 1,
    unit: str = "",
    reader: str = "ruled",
) -> Fact:
    """One printed value; the key is given as its values, without the document."""
    spec = contract.table(table)
    names = [name for name in spec.key if name != "document_id" and name not in spec.decided]
    evidence = Evidence("", page, Box(10, 20.126, 110.5, 32), text or str(value), "", "", reader)
    return Fact(table, tuple(zip(names, key, strict=True)), column, value, unit, evidence)


def document(
    name: str,
    kind: str = "offering_circular",
    facts: tuple[Fact, ...] = (),
    *,
    on: date | None = None,
    period_no: int | None = None,
    title: str = "",
    asset_class: str = "micro_loan",
    revolving: bool | None = None,
    problems: tuple[Problem, ...] = (),
    status: Status = "ok",
    deal_id: str = DEAL,
    mentions: tuple[Mention, ...] = (),
    pages_unread: int = 0,
) -> Interpretation:
    profile = Profile(
        kind=kind,
        market="credit_abs",
        asset_class=asset_class,
        deal_id=deal_id,
        deal_name=f"{deal_id}证券",
        title=title or name,
        report_date=on,
        period_no=period_no,
        revolving=revolving,
    )
    source = Source(f"/in/{name}", name, document_id(name), 1)
    return Interpretation(source, 12, 0, profile, facts, problems, status, mentions=mentions, pages_unread=pages_unread)


def tranche(name: str, amount: str, text: str = "", page: int = 1) -> Fact:
    return say("tranches", (DEAL, name), "amount", Decimal(amount), text, page=page)


@pytest.fixture(scope="session")
def registry() -> Registry:
    """The expectations that come with the program, and no institutions."""
    return Registry(load_expectations(Path(__file__).parents[2] / "mappings" / "expectations.csv"))
