"""The lists of real institutions: nothing false accepted, enough accepted, the truth among the candidates.

`benchmarks/names.py` prints the same with tables; here only the limits are held.
"""

from __future__ import annotations

import csv
import importlib.util
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from dealproof.institutions.anatomy import dissect
from dealproof.institutions.index import build_index
from dealproof.institutions.match import Matcher, judge
from dealproof.institutions.script import plain
from dealproof.mappings.institutions import Institution, former_names
from dealproof.mappings.load import load_registry

ROOT = Path(__file__).parents[2]
NAMES = ROOT.parent / "shared" / "names"
TRAPS = ROOT.parent / "shared" / "domain" / "traps.csv"
ROLES = {"会计师事务所": "accounting_firm", "律师事务所": "law_firm", "信用评级机构": "rating_agency"}
pytestmark = pytest.mark.skipif(not NAMES.is_dir(), reason="the lists of real names are not beside the project")


def _benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("names_benchmark", ROOT / "benchmarks" / "names.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BENCHMARK = _benchmark()


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def listed() -> list[Institution]:
    return [
        Institution(r["entity_id"], r["full_name"], name_en=r["name_en"], former_names=former_names(r["former_names"]))
        for r in rows(NAMES / "master.csv")
    ]


@pytest.fixture(scope="module")
def matcher(listed: list[Institution]) -> Matcher:
    return Matcher(listed)


@pytest.fixture(scope="module")
def with_shipped_names() -> Matcher:
    """The list of institutions with the short, former and English names that come with the program."""
    return BENCHMARK.seeded(rows(NAMES / "master.csv"), ROOT / "mappings")


def answers(matcher: Matcher) -> Iterator[tuple[dict[str, str], str]]:
    for pair in rows(NAMES / "pairs_dev.csv"):
        entity = matcher.institution(matcher.match(pair["mention"], ROLES.get(pair["context_type"], "")))
        yield pair, entity.legal_name if entity else ""


def test_no_mention_is_given_to_a_wrong_institution(matcher: Matcher) -> None:
    assert [(p["mention"], found) for p, found in answers(matcher) if found not in ("", p["full_name"])] == []


def test_with_the_shipped_names_nineteen_of_twenty_mentions_need_nobody_and_none_is_wrong(
    with_shipped_names: Matcher,
) -> None:
    found = [(pair, name) for pair, name in answers(with_shipped_names)]
    assert [(p["mention"], name) for p, name in found if name not in ("", p["full_name"])] == []
    listed = [name != "" for pair, name in found if pair["label"] == "pos"]
    assert sum(listed) / len(listed) >= 0.95


def test_a_former_name_that_nobody_knows_is_not_a_misread_name_of_today(listed: list[Institution]) -> None:
    ignorant = Matcher(replace(item, former_names=()) for item in listed)
    guessed = []
    for item in load_registry(ROOT / "mappings").institutions:
        for name in (item.legal_name, *(former.name for former in item.former_names)):
            verdict = ignorant.match(name)
            found = ignorant.institution(verdict)
            if found and plain(found.legal_name) != plain(item.legal_name):
                guessed.append((verdict.rule, name, found.legal_name))
    assert [row for row in guessed if row[0] not in ("legal_name", "legal_form")] == []


def test_four_of_five_mentions_need_nobody(matcher: Matcher) -> None:
    found = [bool(name) for pair, name in answers(matcher) if pair["label"] == "pos"]
    assert sum(found) / len(found) >= 0.80


def test_no_pair_of_traps_is_one_institution(matcher: Matcher) -> None:
    registry = load_registry(ROOT / "mappings")
    for known in (matcher, Matcher(registry.institutions, registry.decisions)):
        for pair in rows(TRAPS):
            one, other = (known.institution(known.match(pair[side])) for side in ("a", "b"))
            assert one is None or one is not other, pair


def test_names_that_the_shipped_list_does_not_have_lead_to_nobody() -> None:
    registry = load_registry(ROOT / "mappings")
    shipped = Matcher(registry.institutions, registry.decisions)
    own = {plain(item.legal_name) for item in registry.institutions}
    own |= {plain(name.name) for item in registry.institutions for name in item.former_names}
    foreign = [plain(row["full_name"]) for row in rows(NAMES / "master.csv")]
    wrong = [
        name
        for name in (form for full in foreign if full not in own for form in (full, dissect(full).core))
        if shipped.institution(shipped.match(name))
        and not name.startswith("深圳市中融小额贷款")  # 有限 or 股份: one company
    ]
    assert wrong == []


def test_an_institution_that_is_left_out_is_not_mistaken_for_another(listed: list[Institution]) -> None:
    chance = random.Random(20261123)
    for place in chance.sample(range(len(listed)), 40):
        index = build_index(listed[:place] + listed[place + 1 :])
        for name in (listed[place].legal_name, dissect(plain(listed[place].legal_name)).core):
            if dissect(plain(name)).family != "company":
                assert judge(name, "", "", index).outcome != "matched", name
