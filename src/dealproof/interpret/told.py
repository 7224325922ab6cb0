"""What the sentences of a document tell, by all readers of sentences together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from dealproof.contract.metrics import performance_metric
from dealproof.interpret.context import Context
from dealproof.interpret.fact_builder import document_key
from dealproof.interpret.kinds.performance import definition_of
from dealproof.interpret.paragraphs import Paragraph
from dealproof.interpret.sections import section_path
from dealproof.interpret.told_events import told_events
from dealproof.interpret.told_fees import told_fees
from dealproof.interpret.told_figures import FigureReader
from dealproof.interpret.told_payments import told_payments
from dealproof.interpret.told_purchases import told_purchases
from dealproof.interpret.told_ratings import told_ratings
from dealproof.interpret.told_statuses import told_statuses
from dealproof.interpret.told_terms import doubtful_sizes, told_terms
from dealproof.model.evidence import Box, Fact, Problem
from dealproof.model.ledger import Rule

_OF_TRIGGERS = re.compile(r"触发|事件|预警|监测")


@dataclass(frozen=True, slots=True)
class Told:
    """What sentences state: facts, doubts, and why figures were left, by page, line and figure; `wanted` are those whose label
    is a field of a table and that were not taken."""

    facts: tuple[Fact, ...] = ()
    problems: tuple[Problem, ...] = ()
    left: Mapping[tuple[int, Box, str], Rule] = field(default_factory=dict)
    wanted: Mapping[tuple[int, Box, str], str] = field(default_factory=dict)


def told_in_sentences(ctx: Context, texts: Sequence[Paragraph], stated: Sequence[Fact]) -> Told:
    """Read all sentences of a document; `stated` is what its tables say."""
    reader = FigureReader(ctx, stated)
    for paragraph in texts:
        reader.paragraph(paragraph)
    terms, unlike_terms = told_terms(ctx, texts, stated)
    ratings, unlike_ratings = told_ratings(ctx, texts, stated)
    fees, unlike_fees = told_fees(ctx, texts, stated)
    payments, unlike_payments = told_payments(ctx, texts, stated)
    more = (
        *_watched_rates(ctx, [*stated, *reader.facts]), *payments, *told_purchases(ctx, texts, stated),
        *told_statuses(ctx, texts, stated), *terms, *ratings,
        *fees, *told_events(ctx, texts, stated),
    )  # fmt: skip
    problems = (*reader.problems, *unlike_terms, *unlike_ratings, *unlike_fees, *unlike_payments, *doubtful_sizes(ctx, texts, stated, terms))
    return Told((*reader.facts, *more), problems, reader.left, reader.wanted)


def _watched_rates(ctx: Context, stated: Sequence[Fact]) -> Iterator[Fact]:
    """The default rate of a report whose table of indicators prints it alone, beside what it must not reach; what stands under
    the heading of triggers is left to them."""
    known = {dict(fact.key).get("metric") for fact in stated if fact.table == "performance"}
    for fact in stated:
        name = dict(fact.key).get("trigger", "")
        metric = performance_metric(ctx.labels.field("performance", name)) if fact.table == "triggers" and fact.column == "actual" else None
        proof = fact.evidence
        if metric != "cumulative_default_pct" or metric in known or proof is None or ctx.profile.waits_for_number:
            continue
        path = section_path(ctx.headings, proof.page, proof.box.top)
        if isinstance(fact.value, Decimal) and path and not _OF_TRIGGERS.search(path[-1]):
            known.add(metric)
            key = document_key(ctx, period_no=ctx.profile.period_no, metric=metric, definition=definition_of(ctx, metric, name))
            yield replace(fact, table="performance", key=key, column="value")
