"""Deals are built each by itself. Whatever leads from one to another, the dataset is that of all documents built as one."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dealproof.dataset.build import Dataset, build_as_one, build_dataset
from dealproof.dataset.parts import card_of, parts_of
from dealproof.dataset.questions import label_name, named_id
from dealproof.errors import MappingError
from dealproof.interpret.fact_builder import UNKNOWN_WORD
from dealproof.interpret.unread_figures import UNREAD_TABLE
from dealproof.mappings.answers import Answer
from dealproof.mappings.corrections import Correction
from dealproof.mappings.deals import DealRow
from dealproof.mappings.institutions import Institution
from dealproof.mappings.load import Registry
from dealproof.model.evidence import Box, Evidence, Fact, Problem
from dealproof.model.interpretation import Interpretation

from .conftest import document, document_id, say

BANK = Institution("B1", "浙商银行股份有限公司", short_name="浙商银行")
LABEL = "期末轧差余额"


def deal(number: int) -> str:
    return f"远岫2031-{number}"


def label(name: str, text: str = LABEL, *, word: str = "轧差", top: float = 10.0, table: str = "performance") -> Problem:
    return Problem(
        "unknown_label", "warning", "interpret", f"Label {text} is not known.", "Name the field.", document_id(name), 2,
        Box(1, top, 20, top + 9), table, value=text, alike=f"{UNKNOWN_WORD}{word}" if word else "",
    )  # fmt: skip


def recognised(of: str, column: str, value: str, key: tuple[str, ...]) -> Fact:
    fact = say("parties", key, column, value)
    return replace(fact, evidence=Evidence(document_id(of), 3, Box(1, 2, 3, 4), value, reader="ocr", confidence=0.5))


def circular(number: int, *more: Fact, problems: Sequence[Problem] = (), size: str = "1000") -> Interpretation:
    own, name = deal(number), f"offer{number}.pdf"
    facts = (
        say("deals", (own,), "total_amount", Decimal(size)), say("tranches", (own, "优先A"), "amount", Decimal(800)),
        say("tranches", (own, "次级"), "amount", Decimal(100)), *more,
    )  # fmt: skip
    found = document(name, facts=facts, deal_id=own, problems=tuple(problems), on=date(2031, 1, number))
    return replace(found, profile=replace(found.profile, cutoff_date=date(2030, 12, 31)))


def report(number: int, period: int, *more: Fact, problems: Sequence[Problem] = (), title: str = "") -> Interpretation:
    own, name = deal(number), f"report{number}-{period}{title}.pdf"
    key = (own, str(period), "cumulative_default_pct", "")
    facts = (say("performance", key, "value", Decimal("0.2"), unit="percent"), *more)
    return document(
        name, "trustee_report", facts, on=date(2031, 1 + period, 1), period_no=period, deal_id=own, problems=tuple(problems), title=title
    )


def party(number: int, name: str, role: str = "trustee") -> Fact:
    return say("parties", (deal(number), role, name), "name", name)


MARKET = (
    circular(1, party(1, "浙商银行股份有限公司"), party(1, "无名信托公司", "custodian"), problems=[label("offer1.pdf")]),
    circular(2, party(2, "无名信托公司"), problems=[label("offer2.pdf", top=40), label("offer2.pdf"), label("offer2.pdf", "轧差合计")]),
    circular(3, recognised("offer3.pdf", "name", "浙商银行股份有限公司", (deal(3), "originator", "浙商银行股份有限公司"))),
    circular(4, say("tranches", (deal(4), "优先A"), "security_code", "2131001"), size="1234567.89"),
    circular(5, say("tranches", (deal(5), "优先A"), "security_code", "2131001"), size="1234567.89"),
    report(1, 1, problems=[label("report1-1.pdf", word="", text="其他标签")]),
    report(1, 2, problems=[label("report1-2.pdf", word="", text="其他标签")]),
    report(2, 1, say("performance", (deal(2), "0", "cumulative_default_pct", ""), "value", Decimal("0.1")), party(2, "无名信托公司", "servicer")),
    report(3, 2, problems=[label("report3-2.pdf"), Problem("missing_table", "error", "interpret", "m", document_id=document_id("report3-2.pdf"), table="performance", key=deal(3))]),
    report(3, 2, title="更正后的报告"),
    replace(report(4, 3), source=replace(report(4, 3).source, replaced_by=document_id("offer5.pdf"))),
    document("nameless.pdf", "trustee_report", (party(9, "无名信托公司"),), deal_id="", period_no=1),
    document("draft.pdf", status="unsupported", deal_id="", problems=(label("draft.pdf", "征求意见稿", word=""),)),
    document("other.pdf", "other", deal_id="", status="unsupported"),
    document("broken.pdf", "other", deal_id="", status="failed"),
    document("a.pdf", "trustee_report", deal_id="", problems=(Problem("missing_table", "warning", "interpret", "m", document_id=document_id("a.pdf"), alike=f"{UNREAD_TABLE} x"),)),
    document("b.pdf", "trustee_report", deal_id="", problems=(Problem("missing_table", "warning", "interpret", "m", document_id=document_id("b.pdf"), alike=f"{UNREAD_TABLE} x"),)),
    document("bar.pdf", facts=(say("tranches", ("甲|优先A", "B"), "amount", Decimal(5)),), deal_id="甲|优先A"),
    document("barred.pdf", facts=(say("tranches", ("甲", "优先A|B"), "amount", Decimal(6)),), deal_id="甲"),
)  # fmt: skip


def fix(key: str, right: str, *, table: str = "tranches", column: str = "amount", line: int = 2, **more: str) -> Correction:
    told = {"document_id": "", "deal_id": "", "printed_value": "", **more}
    return Correction(
        told["document_id"], told["deal_id"], table, key, column, told["printed_value"], right, "looked", "王敏", "2031-06-01",
        f"corrections.csv:{line}",
    )  # fmt: skip


CORRECTIONS = (
    fix(f"{deal(1)}|优先A", "900", printed_value="800"),
    fix(f"{deal(4)}|次级", "confirmed", printed_value="100", line=3, document_id=document_id("offer4.pdf")),
    fix(f"{deal(8)}|次级", "7", line=4, document_id=document_id("gone.pdf")),
    fix(f"{deal(2)}|trustee|无名信托公司|{document_id('offer2.pdf')}|", "B1", table="parties", column="institution_id", line=5, printed_value="无名信托公司"),
    fix(f"{deal(3)}|次级", "70", line=6, document_id=document_id("offer1.pdf"), deal_id=deal(5)),
)  # fmt: skip
ANSWERS = (
    Answer(named_id(label_name("performance", LABEL)), "dismissed", "no matter", "王敏", "2031-06-01"),
    Answer(named_id(label_name("words", "轧差")), "confirmed", "no matter", "王敏", "2031-06-01"),
    Answer(named_id(label_name("performance", "其他标签")), "confirmed", "no matter", "王敏", "2031-06-01"),
)
DEALS = (
    DealRow(document_id("nameless.pdf"), "", "", deal(2), "deals.csv:2"), DealRow("", "offer3.pdf", "", deal(4), "deals.csv:3"),
)  # fmt: skip


def as_one(documents: Sequence[Interpretation], registry: Registry, *, everything: bool = True) -> Dataset:
    """The dataset built in parts, which is that of all documents at once."""
    found = build_dataset(documents, registry, everything=everything)
    whole = build_as_one(documents, registry, everything=everything)
    for name, rows in whole.tables.items():
        assert [dict(row) for row in found.rows(name)] == [dict(row) for row in rows], name
    return found


def test_whatever_leads_from_deal_to_deal_the_dataset_is_that_of_all_documents_at_once(registry: Registry) -> None:
    dataset = as_one(MARKET, replace(registry, institutions=(BANK,), answers=ANSWERS[:0]))
    kinds = {row["kind"] for row in dataset.rows("questions")}
    assert {"unknown_label", "unmatched_name", "missing_table", "conflict", "failed_check"} <= kinds
    places = {row["cause"] for row in dataset.rows("questions") if row["document_id"] == document_id("report3-2.pdf")}
    assert named_id(label_name("words", "轧差")) in places  # what a label of another deal keeps open hangs under its word


@pytest.mark.parametrize("seed", range(40))
def test_so_it_is_with_any_of_the_documents_and_any_of_the_rows_of_analysts(registry: Registry, seed: int) -> None:
    dice = random.Random(seed)

    def some(items: Sequence[object]) -> tuple[object, ...]:
        return tuple(item for item in items if dice.random() < 0.7)

    rows = replace(
        registry, institutions=(BANK,) if dice.random() < 0.9 else (), corrections=some(CORRECTIONS), answers=some(ANSWERS),
        deals=some(DEALS),
    )  # fmt: skip
    documents = list(some(MARKET))
    dice.shuffle(documents)
    as_one(documents, rows, everything=False)  # type: ignore[arg-type]  # what was drawn from documents are documents


def test_a_mistyped_key_is_told_the_nearest_one_of_any_deal(registry: Registry) -> None:
    told = []
    for build in (build_dataset, build_as_one):
        with pytest.raises(MappingError) as refused:
            build(MARKET, replace(registry, corrections=(fix(f"{deal(1)}|优先B", "5"), fix(f"{deal(7)}|次级", "5", line=3))))
        told.append(str(refused.value))
    assert told[0] == told[1]
    assert "优先A" in told[0]


def test_a_correction_of_a_deal_that_is_not_here_names_the_nearest_key_of_another(registry: Registry) -> None:
    dataset = as_one(MARKET, replace(registry, corrections=(fix(f"{deal(7)}|次级", "5"),)))
    assert any("The nearest key is" in row["prompt"] for row in dataset.rows("questions"))


def test_two_deals_are_one_part_where_a_correction_or_a_replaced_file_speaks_of_both() -> None:
    cards = [card_of(item) for item in MARKET]
    alone = parts_of(cards, (), ())
    homes = {name: part.name for part in alone for name in part.documents}
    assert homes[document_id("report4-3.pdf")] == homes[document_id("offer5.pdf")]
    assert homes[document_id("offer1.pdf")] != homes[document_id("offer2.pdf")]
    assert homes[document_id("offer1.pdf")] == homes[document_id("report1-2.pdf")]
    assert sorted(homes) == sorted(item.source.document_id for item in MARKET)
    both = fix(f"{deal(1)}|优先A", "900", document_id=document_id("offer2.pdf"))
    joined = {name: part for part in parts_of(cards, (), (both,)) for name in part.documents}
    assert joined[document_id("offer1.pdf")] is joined[document_id("offer2.pdf")]
    assert joined[document_id("offer1.pdf")].corrections == (both,)


def test_a_deal_is_not_built_again_for_what_another_asks_in_more_places() -> None:
    """What a deal is told stays the same when the label that it does not know turns up in a further document."""
    from dealproof.dataset.across import Across
    from dealproof.dataset.build import preparation
    from dealproof.institutions.match import Matcher

    rows = Registry(institutions=(BANK,))
    across = Across(Matcher(rows.institutions, rows.decisions))
    parts = {part.name: part for part in parts_of(map(card_of, MARKET), (), ())}
    known = {item.source.document_id: item for item in MARKET}
    given = {}
    for turn in range(2):
        for name in sorted(parts)[: len(parts) + turn - 1]:  # the last deal comes later
            told = preparation([known[one] for one in parts[name].documents], rows, across.matcher)[1]
            across.hear(parts[name], told)
        given[turn] = {name: across.inputs(parts[name]) for name in list(across.told)}
    assert all(given[1][name] == told for name, told in given[0].items())
