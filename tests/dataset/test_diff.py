"""What changed between two datasets, and through what."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealproof import api, contract
from dealproof.dataset.build import Dataset, Row, build_dataset
from dealproof.dataset.rows import in_order
from dealproof.errors import UsageError
from dealproof.export.diff import Change, comparable_tables, compare
from dealproof.export.diff_causes import identity
from dealproof.export.write import Format, write_export
from dealproof.model.evidence import Box, Fact
from dealproof.model.interpretation import Interpretation

from .conftest import DEAL, document, document_id, say, tranche

FORMATS: tuple[Format, ...] = get_args(Format)
NAME = "远岫信托有限公司"


def built(*documents: Interpretation) -> Dataset:
    return build_dataset(documents)


def offer(*facts: Fact, **about: object) -> Interpretation:
    return document("offer.pdf", facts=facts, on=date(2031, 3, 1), **about)


def matched(institution: str, derivation: str) -> tuple[Fact, Fact]:
    """A party whose name led to an institution."""
    keyed = replace(party(), key=(*party().key, ("institution_id", institution)))
    return keyed, replace(keyed, column="institution_id", value=institution, origin="derived", derivation=derivation)


def party() -> Fact:
    return say("parties", (DEAL, "trustee", NAME), "name", NAME)


def only(before: Dataset, after: Dataset, table: str) -> Change:
    changes = compare(before, after, [table]).changes
    assert len(changes) == 1
    return changes[0]


def words(change: Change) -> list[str]:
    return [cause.words for cause in change.causes]


def applied(before: tuple[Row, ...], changes: tuple[Change, ...], table: str) -> tuple[Row, ...]:
    """The rows of A with all changes made."""
    spec = contract.table(table)
    key = identity(spec)
    rows = {tuple(row[name] for name in key): dict(row) for row in before}
    for change in (item for item in changes if item.table == table):
        if change.kind == "removed":
            rows.pop(change.key, None)
            continue
        row = rows.setdefault(
            change.key, {**dict.fromkeys(spec.column_names, ""), **dict(zip(key, change.key, strict=True))}
        )
        assert not change.column or row[change.column] == change.before
        if change.column:
            row[change.column] = change.after
    return in_order(spec, rows.values())


@pytest.mark.parametrize(("one", "other"), list(product(FORMATS, FORMATS)))
def test_the_same_dataset_does_not_differ_in_any_two_formats(one: Format, other: Format, tmp_path: Path) -> None:
    facts = (tranche("优先A", "800.10"), say("tranches", (DEAL, "优先A"), "coupon_pct", Decimal("3.10")), party())
    write_export(built(offer(*facts)), tmp_path / "a", one)
    write_export(built(offer(*facts)), tmp_path / "b", other)
    assert api.diff(tmp_path / "a", tmp_path / "b").changes == ()


def test_a_change_is_told_alike_from_exports_of_any_format(tmp_path: Path) -> None:
    before, after = built(offer(tranche("优先A", "800"))), built(offer(tranche("优先A", "790.5")))
    for fmt in FORMATS:
        write_export(before, tmp_path / f"a-{fmt}", fmt)
        write_export(after, tmp_path / f"b-{fmt}", fmt)
    told = compare(before, after).changes
    assert told
    for one, other in product(FORMATS, FORMATS):
        assert api.diff(tmp_path / f"a-{one}", tmp_path / f"b-{other}").changes == told


def test_a_value_that_changed_names_row_column_and_both_values() -> None:
    change = only(built(offer(tranche("优先A", "800"))), built(offer(tranche("优先A", "790"))), "tranches")
    assert (change.key, change.kind, change.column) == ((DEAL, "优先A"), "changed", "amount")
    assert (change.before, change.after) == ("800", "790")


def test_a_document_that_is_new_is_the_cause_of_all_that_came_with_it() -> None:
    result = document("result.pdf", "issue_result", (tranche("优先A", "790"), tranche("优先B", "5")))
    before, after = built(offer(tranche("优先A", "800"))), built(offer(tranche("优先A", "800")), result)
    difference = compare(before, after, ["documents", "tranches"])
    assert {(item.table, item.kind) for item in difference.changes} == {
        ("documents", "added"),
        ("tranches", "added"),
        ("tranches", "changed"),
    }
    assert {tuple(words(item)) for item in difference.changes} == {("result.pdf is new among the documents",)}
    cause = difference.changes[0].causes[0]
    assert (cause.kind, cause.document_id, cause.file_name) == ("document", document_id("result.pdf"), "result.pdf")
    gone = compare(after, before, ["tranches"]).changes
    assert {tuple(words(item)) for item in gone} == {("result.pdf is no longer among the documents",)}


def test_a_file_replaced_under_its_name_is_told_as_that() -> None:
    after = offer(tranche("优先A", "790"))
    after = replace(after, source=replace(after.source, document_id=document_id("other bytes")))
    change = only(built(offer(tranche("优先A", "800"))), built(after), "tranches")
    assert sorted(words(change)) == [
        "offer.pdf has other content now (earlier file of that name)",
        "offer.pdf has other content now (new file of that name)",
    ]


def test_a_document_that_cannot_be_read_any_more_is_the_cause() -> None:
    changes = compare(built(offer(tranche("优先A", "800"))), built(offer(status="failed")), ["tranches"]).changes
    assert {item.kind for item in changes} == {"removed"}
    assert {tuple(words(item)) for item in changes} == {("offer.pdf cannot be read any more",)}


def test_a_document_that_failed_from_the_start_is_new_all_the_same() -> None:
    changes = compare(built(), built(offer(status="failed")), ["documents"]).changes
    assert {tuple(words(item)) for item in changes} == {("offer.pdf is new among the documents",)}


def test_mapping_rows_that_came_or_went_are_named() -> None:
    before = built(offer(*matched("yuanxiu", "aliases.csv:12")))
    after = built(offer(*matched("yuanxiu-trust", "aliases.csv:15, exact")))
    change = only(before, after, "parties")
    assert (change.column, change.before, change.after) == ("institution_id", "yuanxiu", "yuanxiu-trust")
    assert words(change) == ["no longer: aliases.csv:12", "now: aliases.csv:15"]
    assert [cause.mapping_row for cause in change.causes] == ["aliases.csv:12", "aliases.csv:15"]


def test_a_new_mapping_row_fills_what_was_missing() -> None:
    change = only(built(offer(party())), built(offer(*matched("yuanxiu", "labels/aliases.csv:3"))), "parties")
    assert (change.before, change.after, words(change)) == ("", "yuanxiu", ["now: labels/aliases.csv:3"])


def test_a_cell_without_proof_of_its_own_follows_the_proof_of_its_row() -> None:
    before = built(offer(*matched("yuanxiu", "aliases.csv:12")))
    facts = matched("yuanxiu", "aliases.csv:15")
    after = built(offer(*facts, replace(facts[0], column="match", value="alias")))
    spoken = dict(after.tables)
    spoken["evidence"] = tuple(row for row in after.rows("evidence") if row["column"] != "match")
    change = only(before, Dataset(MappingProxyType(spoken)), "parties")
    assert (change.column, words(change)) == ("match", ["no longer: aliases.csv:12", "now: aliases.csv:15"])


def test_a_mapping_row_that_was_edited_in_its_place_is_named() -> None:
    before = built(offer(*matched("yuanxiu", "aliases.csv:12")))
    after = built(offer(*matched("other", "aliases.csv:12")))
    change = only(before, after, "parties")
    assert words(change) == ["the line aliases.csv:12 says something else now"]


def test_a_line_that_only_moved_in_its_file_changes_nothing() -> None:
    before = built(offer(*matched("yuanxiu", "aliases.csv:12")))
    after = built(offer(*matched("yuanxiu", "aliases.csv:13")))
    assert compare(before, after).changes == ()


def test_a_value_from_another_page_names_document_and_page() -> None:
    before, after = (built(offer(tranche("优先A", value, page=page))) for value, page in (("800", 3), ("790", 7)))
    change = only(before, after, "tranches")
    assert words(change) == ["now from offer.pdf page 7"]
    assert (change.causes[0].kind, change.causes[0].page) == ("place", "7")


def test_a_value_from_another_place_on_its_page_says_so() -> None:
    fact = tranche("优先A", "790", page=3)
    assert fact.evidence is not None
    lower = replace(fact, evidence=replace(fact.evidence, box=Box(10, 200, 110, 212)))
    change = only(built(offer(tranche("优先A", "800", page=3))), built(offer(lower)), "tranches")
    assert words(change) == ["now from another place on offer.pdf page 3"]


def test_the_same_print_read_otherwise_is_laid_to_labels_or_program() -> None:
    before, after = (built(offer(tranche("优先A", value, "8.00亿"))) for value in ("8", "800000000"))
    assert words(only(before, after, "tranches")) == [
        "the printed text is the same, its reading differs: labels, mapping files or program changed"
    ]


def test_the_same_place_with_another_text_is_laid_to_the_program() -> None:
    before, after = (built(offer(tranche("优先A", value, value))) for value in ("800", "809"))
    assert words(only(before, after, "tranches")) == [
        "the place is the same, its text is read as «809» (before: «800»): program changed"
    ]


def test_a_value_that_is_derived_now_names_its_inputs() -> None:
    printed = say("tranches", (DEAL, "优先A"), "amount", Decimal(800), page=3)
    derived = replace(printed, value=Decimal(790), evidence=None, origin="derived", derivation="total less 次级")
    change = only(built(offer(printed)), built(offer(derived)), "tranches")
    assert words(change) == ["derived from: total less 次级 (before: nothing)"]


def test_a_value_that_a_known_document_gives_only_now_names_the_place() -> None:
    before, after = built(offer()), built(offer(say("triggers", (DEAL, "加速清偿", "1"), "breached", False, page=5)))
    assert words(only(before, after, "triggers")) == [
        "read now from offer.pdf page 5: labels, mapping files or program changed"
    ]


def test_a_question_that_an_alias_answered_names_the_alias() -> None:
    asked = {
        **dict.fromkeys(contract.table("questions").column_names, ""),
        "question_id": "q1",
        "kind": "unmatched_name",
        "table": "parties",
        "key": f"{DEAL}|trustee|{NAME}|{document_id('offer.pdf')}|",
        "column": "institution_id",
        "document_id": document_id("offer.pdf"),
    }
    before = Dataset(MappingProxyType({**built(offer(party())).tables, "questions": (asked,)}))
    after = built(offer(*matched("yuanxiu", "aliases.csv:12")))
    changes = compare(before, after, ["questions"]).changes
    assert {item.kind for item in changes} == {"removed"}
    assert {tuple(words(item)) for item in changes} == {("now: aliases.csv:12",)}


def test_a_check_that_fails_now_names_what_its_cells_come_from() -> None:
    def with_check(dataset: Dataset, outcome: str) -> Dataset:
        row = dict.fromkeys(contract.table("checks").column_names, "")
        cells = json.dumps([["tranches", f"{DEAL}|优先A", "amount"]], ensure_ascii=False)
        row |= {"check_id": "c1", "outcome": outcome, "cells": cells}
        return Dataset(MappingProxyType({**dataset.tables, "checks": (row,)}))

    before, after = (built(offer(tranche("优先A", value, page=page))) for value, page in (("800", 3), ("790", 7)))
    change = only(with_check(before, "holds"), with_check(after, "fails"), "checks")
    assert (change.column, words(change)) == ("outcome", ["now from offer.pdf page 7"])


def test_the_same_number_with_other_digits_is_no_change() -> None:
    before, after = (
        built(offer(say("tranches", (DEAL, "优先A"), "coupon_pct", Decimal(value), "3.1%")))
        for value in ("3.1", "3.10")
    )
    assert before.rows("tranches") != after.rows("tranches")
    assert compare(before, after, ["tranches"]).changes == ()


def test_evidence_gives_causes_and_is_not_compared_itself() -> None:
    assert "evidence" not in {spec.name for spec in comparable_tables()}
    with pytest.raises(UsageError, match="no table 'evidence' to compare"):
        compare(built(), built(), ["evidence"])


CELLS = {"integer": ("", "1", "2"), "decimal": ("", "1", "2.5", "many"), "boolean": ("", "true", "false")}


@st.composite
def datasets(draw: st.DrawFn) -> Dataset:
    """Datasets of few keys, so that two of them share rows."""
    tables: dict[str, tuple[Row, ...]] = {spec.name: () for spec in contract.tables()}
    for name in ("documents", "tranches", "parties", "questions", "coverage"):
        spec = contract.table(name)
        cells = st.fixed_dictionaries(
            {
                column.name: st.sampled_from(("a", "b"))
                if column.key
                else st.sampled_from(CELLS.get(column.type, ("", "a", "=b")))
                for column in spec.columns
            }
        )
        rows = draw(
            st.lists(cells, max_size=4, unique_by=lambda row, spec=spec: tuple(row[key] for key in identity(spec)))
        )
        tables[name] = in_order(spec, rows)
    return Dataset(MappingProxyType(tables))


@given(datasets(), datasets())
def test_the_changes_lead_from_one_dataset_to_the_other(before: Dataset, after: Dataset) -> None:
    changes = compare(before, after).changes
    for spec in comparable_tables():
        assert applied(before.rows(spec.name), changes, spec.name) == after.rows(spec.name)


@given(datasets(), datasets())
def test_backwards_what_came_went_and_every_change_has_a_cause(before: Dataset, after: Dataset) -> None:
    opposite = {"added": "removed", "removed": "added", "changed": "changed"}
    there, back = compare(before, after).changes, compare(after, before).changes
    assert sorted((c.table, c.key, c.kind, c.column, c.before, c.after) for c in there) == sorted(
        (c.table, c.key, opposite[c.kind], c.column, c.after, c.before) for c in back
    )
    assert all(change.causes for change in (*there, *back))


@given(datasets())
def test_a_dataset_does_not_differ_from_itself(dataset: Dataset) -> None:
    assert compare(dataset, dataset).changes == ()
