"""Short names of securities (证券简称): which tranche each means, where the document tells it, and nothing where it does not."""

from __future__ import annotations

import pytest

from dealproof.interpret.read import interpret_document
from dealproof.interpret.short_names import short_names, with_tranches_named
from dealproof.model.extract import Extract
from tests.interpret.reports import report
from tests.interpret.tables import LABELS

SIZES = ["6.40", "3.20", "2.27", "0.63"]


def listed(label: str, *names: str) -> list[list[str]]:
    rates = ("3.05", "3.28", "3.40", "—")
    return [[label, *names], ["发行规模（亿元）", *SIZES[: len(names)]], ["票面利率（%）", *rates[: len(names)]]]


def document(table: list[list[str]], *lines: str) -> Extract:
    return report("二、证券概况", *lines, table)


@pytest.mark.parametrize("label", ["证券简称", "债券简称", "简称"])
@pytest.mark.parametrize(
    ("names", "told", "tranches"),
    [
        (("远盛03A1", "远盛03A2", "远盛03A3", "远盛03次"), "优先级分为优先A1、优先A2、优先A3三个品种", ["优先A1", "优先A2", "优先A3", "次级"]),
        (("云启07A", "云启07B", "云启07C"), "优先A级、优先B级和次级C级各有规模", ["优先A", "优先B", "次级C"]),
        (("PR融腾1优", "PR融腾1次"), "", ["优先", "次级"]),
        (("24澄海1A", "24澄海1B"), "", [None, None]),
        (("甲乙01A", "丙丁01B"), "优先A级和优先B级", [None, None]),
    ],
    ids=["numbers behind letters", "letters", "class words", "letters that nobody explains", "names of two deals"],
)  # fmt: skip
def test_a_short_name_means_the_tranche_that_the_document_tells(
    label: str, names: tuple[str, ...], told: str, tranches: list[str | None]
) -> None:
    found = short_names(document(listed(label, *names), told), LABELS)
    assert [found.get(name) for name in names] == tranches


@pytest.mark.parametrize(
    "sentence",
    ["优先A级资产支持证券（证券简称：云启03A，证券代码：199201）", "优先A级（简称“云启03A”）", "优先A档证券简称为云启03A，次级档不予挂牌。"],
)
def test_a_sentence_may_say_what_a_short_name_means(sentence: str) -> None:
    assert short_names(document(listed("项目", "x", "y"), sentence), LABELS)["云启03A"] == "优先A"


def test_a_short_name_that_is_said_of_two_tranches_means_none() -> None:
    sentences = ("优先A级（简称“云启03A”）。", "优先B级（简称“云启03A”）。")
    assert "云启03A" not in short_names(document(listed("项目", "x", "y"), *sentences), LABELS)


def test_sizes_under_short_names_are_those_of_their_tranches_and_proofs_show_what_is_printed() -> None:
    table = listed("证券简称", "远盛03A1", "远盛03A2", "远盛03次")
    result = interpret_document(document(table, "优先级分为优先A1、优先A2两个品种"), LABELS)
    sizes = {dict(fact.key)["tranche"]: fact.value for fact in result.facts if (fact.table, fact.column) == ("tranches", "amount")}
    assert {name: str(size.normalize()) for name, size in sizes.items()} == {"优先A1": "6.4E+8", "优先A2": "3.2E+8", "次级": "2.27E+8"}
    assert not [fact for fact in result.facts if fact.evidence is not None and "(优先" in fact.evidence.text]


def test_a_short_name_that_tells_its_tranche_itself_stays_as_it_is() -> None:
    table = listed("证券简称", "25和瑞1\n优先A1", "25和瑞1\n优先A2", "25和瑞1\n次级")
    extract = document(table, "本期发行优先A1级、优先A2级及次级资产支持证券")
    named = [with_tranches_named(each, short_names(extract, LABELS)) for each in extract.tables]
    assert named == list(extract.tables)
