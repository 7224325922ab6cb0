"""Extracts and facts on both databases: facts count only beside the extract, the labels and the code they come from."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import update

from dealproof.model.evidence import Fact, Source
from dealproof.model.extract import Extract
from dealproof.model.interpretation import Interpretation
from dealproof.model.profile import Profile
from dealproof.settings.settings import Settings
from dealproof.store import facts
from dealproof.store.connections import Store
from dealproof.store.database import open_store
from dealproof.store.extracts import all_extracts, load_extract, save_extract
from dealproof.store.facts import KEPT, Understood
from dealproof.store.schema import EXTRACTS, FACTS

ID = "0" * 64
SOURCE = Source("a.pdf", "a.pdf", ID, 1)
EXTRACT = Extract(SOURCE, (), ())
FACT = Fact("tranches", (("deal_id", "甲2024-1"), ("tranche", "优先A")), "amount", Decimal("10.00"), "CNY")
UNDERSTOOD = Understood(Interpretation(SOURCE, 3, 0, Profile("offering_circular"), (FACT,), careful_pages=(1,)), (1, 2))


@pytest.fixture
def store(stocked: Settings) -> Store:
    return open_store(stocked)


def test_an_extract_comes_back_with_its_stamp(store: Store) -> None:
    stamp = save_extract(store, EXTRACT)
    assert load_extract(store, ID) == (EXTRACT, stamp)
    assert list(all_extracts(store)) == [EXTRACT]
    assert load_extract(store, "1" * 64) is None


def test_another_extract_of_a_document_replaces_the_first_and_has_another_stamp(store: Store) -> None:
    other = replace(EXTRACT, careful_pages=(1,))
    assert save_extract(store, EXTRACT) != save_extract(store, other)
    assert list(all_extracts(store)) == [other]


def test_an_extract_of_another_version_of_the_extractor_counts_as_absent(store: Store) -> None:
    save_extract(store, EXTRACT)
    with store.writing() as connection:
        connection.execute(update(EXTRACTS).values(extractor="0"))
    assert load_extract(store, ID) is None
    assert facts.states(store, "labels") == {}


def test_a_damaged_extract_and_the_extract_of_another_document_count_as_absent(store: Store) -> None:
    save_extract(store, EXTRACT)
    with store.writing() as connection:
        connection.execute(update(EXTRACTS).values(document_id="1" * 64))
    assert load_extract(store, "1" * 64) is None
    with store.writing() as connection:
        connection.execute(update(EXTRACTS).values(document_id=ID, content=b"\x00"))
    assert load_extract(store, ID) is None
    assert list(all_extracts(store)) == []


def test_facts_come_back_beside_the_extract_they_were_made_from(store: Store) -> None:
    stamp = save_extract(store, EXTRACT)
    facts.save_facts(store, "labels", UNDERSTOOD, stamp)
    assert facts.load_facts(store, "labels", ID) == UNDERSTOOD
    assert facts.load_facts(store, "other labels", ID) is None
    save_extract(store, replace(EXTRACT, careful_pages=(9,)))
    assert facts.load_facts(store, "labels", ID) is None


def test_damaged_facts_count_as_absent(store: Store) -> None:
    facts.save_facts(store, "labels", UNDERSTOOD, save_extract(store, EXTRACT))
    with store.writing() as connection:
        connection.execute(update(FACTS).values(content=b"no facts"))
    assert facts.load_facts(store, "labels", ID) is None


def test_a_document_is_outgrown_when_pages_are_wanted_that_were_not_read(store: Store) -> None:
    assert UNDERSTOOD.outgrown
    assert not Understood(UNDERSTOOD.interpretation, (1,)).outgrown
    stamp = save_extract(store, EXTRACT)
    assert facts.states(store, "labels")[ID].outgrown is None
    facts.save_facts(store, "labels", UNDERSTOOD, stamp)
    assert facts.states(store, "labels") == {ID: facts.State("a.pdf", stamp, True)}


def test_many_documents_come_in_the_order_of_their_ids_with_or_without_facts(store: Store) -> None:
    ids = [f"{number:064x}" for number in (7, 3, 5)]
    for document_id in ids:
        source = replace(SOURCE, document_id=document_id)
        stamp = save_extract(store, Extract(source, (), ()))
        if document_id != ids[0]:
            of_it = replace(UNDERSTOOD, interpretation=replace(UNDERSTOOD.interpretation, source=source))
            facts.save_facts(store, "labels", of_it, stamp)
    found = list(facts.facts_of(store, "labels", [*ids, "f" * 64]))
    assert [document_id for document_id, _ in found] == sorted(ids)
    assert [known is None for _, known in found] == [False, False, True]


def test_only_the_generations_used_last_are_kept(store: Store) -> None:
    stamp = save_extract(store, EXTRACT)
    names = ("oldest", "older", "old", "new", "newest")
    for age, labels in enumerate(names):
        facts.save_facts(store, labels, UNDERSTOOD, stamp)
        facts.drop_old(store, labels, f"2026-01-0{age + 1}")
    facts.drop_old(store, "old", "2026-02-01")
    left = {labels for labels in names if facts.load_facts(store, labels, ID)}
    assert left == {"old", "new", "newest"}
    assert len(left) == KEPT
