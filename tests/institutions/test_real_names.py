"""Lists of real institutions: nothing false accepted, enough accepted, the truth among the candidates.

`names/` has what real documents may print of institutions that come with the program, names that it does not have
(`strangers.csv`) and pairs that are never one institution (`apart.csv`). Where a longer list lies beside the project the
same is asked of it. `benchmarks/names.py` prints such a list with tables; here only the limits are held.
"""

from __future__ import annotations

import csv
import importlib.util
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import ModuleType

import pytest

from dealproof.institutions.anatomy import dissect
from dealproof.institutions.index import Index, build_index
from dealproof.institutions.match import Matcher, judge
from dealproof.institutions.script import plain
from dealproof.mappings.institutions import Institution, former_names
from dealproof.mappings.load import load_registry
from tests.institutions.left_out import WholeList

ROOT = Path(__file__).parents[2]
NAMES = Path(__file__).parent / "names"
BESIDE = ROOT.parent / "shared"
ROLES = {"会计师事务所": "accounting_firm", "律师事务所": "law_firm", "信用评级机构": "rating_agency"}
#: Listed twice, as 有限公司 and as 股份有限公司: one company.
ONE_COMPANY = "深圳市中融小额贷款"
REGISTRY = load_registry(ROOT / "mappings")
SHIPPED = Matcher(REGISTRY.institutions, REGISTRY.decisions)


def _benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("names_benchmark", ROOT / "benchmarks" / "names.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


@dataclass(frozen=True)
class Printed:
    """A name as printed, the role that the document gives it, and whose name it is; '' for nobody of the list."""

    name: str
    role: str
    institution: str


@dataclass(frozen=True)
class Names:
    """A list of institutions and what is printed of them.

    `listed` has legal names without those that come with the program, `seeded` knows these as well. `strangers` are full names
    that the shipped list does not have, `apart` pairs of names that are never one institution.
    """

    listed: list[Institution]
    seeded: Matcher
    printed: list[Printed]
    strangers: list[str]
    apart: list[tuple[str, str]]

    @cached_property
    def matcher(self) -> Matcher:
        return Matcher(self.listed)


def _of_the_project() -> Names:
    strangers = [row["legal_name"] for row in rows(NAMES / "strangers.csv")]
    others = [Institution(f"stranger{number}", name) for number, name in enumerate(strangers)]
    return Names(
        [*(Institution(i.institution_id, i.legal_name, name_en=i.name_en) for i in REGISTRY.institutions), *others],
        Matcher([*REGISTRY.institutions, *others], REGISTRY.decisions),
        [Printed(row["printed"], row["role"], row["institution"]) for row in rows(NAMES / "printed.csv")],
        strangers,
        [(row["one"], row["other"]) for row in rows(NAMES / "apart.csv")],
    )


def _beside_the_project() -> Names:
    master, pairs = rows(BESIDE / "names" / "master.csv"), rows(BESIDE / "names" / "pairs_dev.csv")
    known = {plain(name) for item in REGISTRY.institutions for name in _own_names(item)}
    listed = [
        Institution(r["entity_id"], r["full_name"], name_en=r["name_en"], former_names=former_names(r["former_names"]))
        for r in master
    ]
    return Names(
        listed,
        _benchmark().seeded(master, ROOT / "mappings"),
        [
            Printed(p["mention"], ROLES.get(p["context_type"], ""), p["full_name"] if p["label"] == "pos" else "")
            for p in pairs
        ],
        [item.legal_name for item in listed if plain(item.legal_name) not in known],
        [(pair["a"], pair["b"]) for pair in rows(BESIDE / "domain" / "traps.csv")],
    )


def _own_names(item: Institution) -> tuple[str, ...]:
    return (item.legal_name, *(former.name for former in item.former_names))


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(_of_the_project, id="names-of-the-project"),
        pytest.param(
            _beside_the_project,
            id="names-beside-the-project",
            marks=pytest.mark.skipif(
                not (BESIDE / "names").is_dir(), reason="the lists of real names are not beside the project"
            ),
        ),
    ],
)
def names(request: pytest.FixtureRequest) -> Names:
    make: Callable[[], Names] = request.param
    return make()


def answers(matcher: Matcher, names: Names) -> Iterator[tuple[Printed, str]]:
    for printed in names.printed:
        entity = matcher.institution(matcher.match(printed.name, printed.role))
        yield printed, entity.legal_name if entity else ""


def wrong(matcher: Matcher, names: Names) -> list[tuple[str, str]]:
    return [(printed.name, found) for printed, found in answers(matcher, names) if found not in ("", printed.institution)]


def share_that_needs_nobody(matcher: Matcher, names: Names) -> float:
    found = [name != "" for printed, name in answers(matcher, names) if printed.institution]
    return sum(found) / len(found)


def test_no_mention_is_given_to_a_wrong_institution(names: Names) -> None:
    assert wrong(names.matcher, names) == []


def test_with_the_shipped_names_nineteen_of_twenty_mentions_need_nobody_and_none_is_wrong(names: Names) -> None:
    assert wrong(names.seeded, names) == []
    assert share_that_needs_nobody(names.seeded, names) >= 0.95


def test_a_former_name_that_nobody_knows_is_not_a_misread_name_of_today(names: Names) -> None:
    ignorant = Matcher(replace(item, former_names=()) for item in names.listed)
    guessed = []
    for item in REGISTRY.institutions:
        for name in _own_names(item):
            verdict = ignorant.match(name)
            found = ignorant.institution(verdict)
            if found and plain(found.legal_name) != plain(item.legal_name):
                guessed.append((verdict.rule, name, found.legal_name))
    assert [row for row in guessed if row[0] not in ("legal_name", "legal_form")] == []


def test_four_of_five_mentions_need_nobody(names: Names) -> None:
    assert share_that_needs_nobody(names.matcher, names) >= 0.80


def test_no_pair_of_traps_is_one_institution(names: Names) -> None:
    for known in (names.matcher, SHIPPED):
        for pair in names.apart:
            one, other = (known.institution(known.match(name)) for name in pair)
            assert one is None or one is not other, pair


def test_names_that_the_shipped_list_does_not_have_lead_to_nobody(names: Names) -> None:
    known = {plain(name) for item in REGISTRY.institutions for name in _own_names(item)}
    full = [plain(name) for name in names.strangers]
    assert [name for name in full if name in known] == []
    forms = (form for stranger in full for form in (stranger, dissect(stranger).core))
    assert [n for n in forms if SHIPPED.institution(SHIPPED.match(n)) and not n.startswith(ONE_COMPANY)] == []


def test_an_institution_that_is_left_out_is_not_mistaken_for_another(names: Names) -> None:
    chance = random.Random(20261123)
    whole = WholeList(names.matcher.index)
    mistaken = []
    for place in chance.sample(range(len(names.listed)), 400):
        index, gone = _without(whole, names.listed, place), names.listed[place].legal_name
        for name in (gone, dissect(plain(gone)).core):
            if dissect(plain(name)).family != "company" and judge(name, "", "", index).outcome == "matched":
                mistaken.append(name)
    assert [name for name in mistaken if not name.startswith(ONE_COMPANY)] == []


def _without(whole: WholeList, listed: list[Institution], place: int) -> Index:
    try:
        return whole.without(place)
    except ValueError:
        return build_index(listed[:place] + listed[place + 1 :])
