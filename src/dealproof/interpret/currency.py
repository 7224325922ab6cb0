"""The currency of a deal, and money that a document prints in another one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dealproof.interpret.context import Context, doubt
from dealproof.model.evidence import Box, Fact, Problem
from dealproof.text import squeeze
from dealproof.values.units import foreign_currency

#: Signs that name one currency only; 元 alone may be any.
_CURRENCY_SIGNS = {"$": "USD", "US$": "USD", "USD": "USD", "HKD": "HKD", "RMB": "CNY", "CNY": "CNY", "人民币": "CNY"}
#: How a line names the currency of a deal, and how long such a line is at most.
_CURRENCY_LINE = re.compile(
    r"(?:币种|计价货币|发行货币|货币单位|计价币种)(?:为|是)?[:：]?(美元|美金|港元|港币|欧元|日元|英镑|新加坡元|澳元|加元|瑞士法郎)", re.IGNORECASE
)
_SHORT_LINE = 40
#: The amounts in which a deal is sold.
_ISSUED = {("tranches", "amount"), ("deals", "total_amount")}


def currency_of_issue(ctx: Context, facts: Sequence[Fact]) -> tuple[str, list[Problem]]:
    """The currency of the deal: that of its issue amounts, which is asked about where no title told it."""
    sizes = [fact for fact in facts if (fact.table, fact.column) in _ISSUED and fact.evidence and fact.value]
    named = {foreign_currency(fact.evidence.unit_text) for fact in sizes if fact.evidence}
    currency = named.pop() if len(named) == 1 else ""
    proof = sizes[0].evidence if currency else None
    page, box, words = (proof.page, proof.box, proof.unit_text) if proof else (0, None, "")
    if not currency and ctx.profile.currency == "CNY":
        currency, page, box, words = _currency_line(ctx)
    if not currency or currency == ctx.profile.currency:
        return ctx.profile.currency, []
    asked = doubt(
        ctx, "unit_unclear", f"{words!r} is printed, so the deal is taken to be in {currency}.",
        remedy="Look at the page and confirm or correct the currency.", page=page, box=box, table="deals",
        key=ctx.profile.deal_id, column="currency", value=currency,
    )  # fmt: skip
    return currency, [asked]


def _currency_line(ctx: Context) -> tuple[str, int, Box | None, str]:
    """The foreign currency that a short line names as that of the deal, with its place."""
    for page in ctx.extract.pages:
        for line in page.lines:
            words = squeeze(line.text)
            if len(words) <= _SHORT_LINE and (found := _CURRENCY_LINE.search(words)):
                return foreign_currency(found.group(1)), page.number, line.box, words
    return "", 0, None, ""


def _currency_named(unit_text: str) -> str:
    """The currency that a printed unit names, '' where it may be any."""
    if unit_text.startswith("人民币"):
        return "CNY"
    return foreign_currency(unit_text) or _CURRENCY_SIGNS.get(unit_text.upper(), "")


def currency_doubts(ctx: Context, facts: Sequence[Fact]) -> list[Problem]:
    """Money printed in another currency than the deal's is a question, never counted as the deal's."""
    return [
        doubt(
            ctx, "unit_unclear", f"{fact.column} of {fact.key_text} is printed in {proof.unit_text}, the deal is in {ctx.profile.currency}.",
            remedy="Look at the page and correct the figure or its currency.", page=proof.page, box=proof.box,
            table=fact.table, key=fact.key_text, column=fact.column, value=str(fact.value),
        )
        for fact in facts
        if (proof := fact.evidence) is not None
        and _currency_named(proof.unit_text) not in ("", ctx.profile.currency)
    ]  # fmt: skip


def in_currency(fact: Fact, currency: str) -> Fact:
    """The money of a deal in another currency is in that currency: the readers only know that it is money."""
    named = foreign_currency(fact.evidence.unit_text) if fact.evidence else ""
    return replace(fact, unit=named or currency) if fact.unit == "CNY" and (named or currency) != "CNY" else fact
