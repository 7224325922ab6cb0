"""Records of document kinds and metrics fit each other, and what reads and checks documents goes by them."""

from __future__ import annotations

import re
from collections import Counter
from graphlib import TopologicalSorter

import pytest

from dealproof import contract
from dealproof.contract.document_kinds import KINDS, UNKNOWN_KIND, KindRecord, document_kind, kind_record
from dealproof.contract.metrics import METRICS, PERFORMANCE, POOL, QUANTITY, PerformanceRecord, PoolRecord, Quantity
from dealproof.interpret.kinds.registry import KINDS as READERS
from dealproof.interpret.units import CANONICAL

#: What the name of a metric says of its quantity.
ENDINGS: dict[str, set[Quantity]] = {
    "_pct": {"pct"}, "_count": {"count"}, "_years": {"years", "age"}, "_balance": {"money"}, "_amount": {"money"},
    "_score": {"score"},
}  # fmt: skip


@pytest.mark.parametrize("record", [*METRICS, *KINDS], ids=lambda record: record.name)
def test_a_record_has_a_chinese_and_an_english_name(record: PoolRecord | PerformanceRecord | KindRecord) -> None:
    assert all(re.search(r"[一-鿿]", name) for name in ([record.zh] if isinstance(record.zh, str) else record.zh))
    assert re.match(r"[A-Z]", record.en)


@pytest.mark.parametrize("table", [POOL, PERFORMANCE], ids=["pool_stats", "performance"])
def test_no_two_metrics_of_a_table_have_one_name(table: tuple[PoolRecord | PerformanceRecord, ...]) -> None:
    for names in ([item.name for item in table], [item.zh for item in table], [item.en for item in table]):
        assert [name for name, times in Counter(names).items() if times > 1] == []


@pytest.mark.parametrize("item", METRICS, ids=lambda item: item.name)
def test_the_ending_of_a_metric_tells_its_quantity_and_a_unit_belongs_to_it(
    item: PoolRecord | PerformanceRecord,
) -> None:
    ending = next(ending for ending in ENDINGS if item.name.endswith(ending))
    assert item.quantity in ENDINGS[ending]
    assert item.quantity in CANONICAL


@pytest.mark.parametrize("item", [item for item in POOL if item.mean_of], ids=lambda item: item.name)
def test_a_mean_is_the_quotient_of_a_total_in_its_unit_and_a_number(item: PoolRecord) -> None:
    assert item.mean_of is not None
    total, number = item.mean_of
    assert (QUANTITY[total], QUANTITY[number]) == (item.quantity, "count")


def test_metrics_that_are_in_order_have_one_quantity_and_no_pair_is_said_twice_or_both_ways() -> None:
    pairs = [(low, item.name) for item in POOL for low in item.above]
    pairs += [(item.name, high) for item in POOL for high in item.below]
    assert [pair for pair in pairs if QUANTITY[pair[0]] != QUANTITY[pair[1]]] == []
    assert len(set(pairs)) == len(pairs)
    order = TopologicalSorter[str]()
    for low, high in pairs:
        order.add(high, low)
    order.prepare()  # raises CycleError where a metric would be greater than itself


def test_a_figure_of_the_pool_has_the_same_quantity_at_either_end_of_a_period() -> None:
    for item in POOL:
        assert {QUANTITY[name] for name in (item.at_end, item.at_begin) if name} <= {item.quantity}


def test_what_adds_up_does_so_in_a_column_of_the_contract() -> None:
    assert {item.adds_up for item in POOL} - {""} <= set(contract.table("pool_distributions").column_names)
    assert {item.status_total for item in PERFORMANCE} - {""} <= set(contract.table("delinquency").column_names)


def test_every_kind_of_table_is_carried_by_a_kind_of_document_and_has_a_reader() -> None:
    assert {reader.NAME for reader in READERS} == {name for kind in KINDS for name in kind.tables}


def test_no_two_kinds_of_documents_speak_with_the_same_authority_and_only_a_correction_stands_before_all() -> None:
    assert len({kind.authority for kind in KINDS}) == len(KINDS)
    assert min(kind.authority for kind in KINDS) > 0


def test_no_two_kinds_of_documents_have_one_chinese_name() -> None:
    names = [name for kind in KINDS for name in kind.zh]
    assert len(set(names)) == len(names)


def test_a_paper_of_no_known_kind_ranks_last_has_nothing_of_a_period_and_an_unknown_word_is_such_a_paper() -> None:
    assert max(KINDS, key=lambda kind: kind.authority).name == UNKNOWN_KIND
    assert kind_record(UNKNOWN_KIND).tables == kind_record("offering_circular").tables
    assert (document_kind("bond_circular"), kind_record("bond_circular").name) == (None, UNKNOWN_KIND)
