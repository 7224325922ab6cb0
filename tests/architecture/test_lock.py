"""The lock names one version of everything that is installed, within the bounds of pyproject.toml, and says where from nowhere."""

from __future__ import annotations

import os
import re
import sys
import tomllib
from importlib.metadata import distribution, distributions
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.skips import NEED_ALL

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "lock" / "constraints.txt"
#: Set by who installed from the lock, such as `.ci/run`.
FROM_LOCK = "DEALPROOF_TESTS_FROM_LOCK"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS: dict[str, list[str]] = PROJECT["optional-dependencies"]


def _locked() -> dict[str, Version]:
    lines = [line for line in LOCK.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    pairs = [line.split("==") for line in lines]
    assert all(len(pair) == 2 for pair in pairs), "only name==version"
    return {canonicalize_name(name): Version(version) for name, version in pairs}


def _stated() -> list[Requirement]:
    """What pyproject.toml asks for, with every extra."""
    lines = [line for some in (PROJECT["dependencies"], *EXTRAS.values()) for line in some]
    return [one for line in lines if (one := Requirement(line)).name != PROJECT["name"]]


def _needed() -> dict[str, set[str]]:
    """Every package that is installed for the sake of pyproject.toml, and who asks for it."""
    found: dict[str, set[str]] = {}
    waiting = [(one, "pyproject.toml") for one in _stated()]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        one, by = waiting.pop()
        name = canonicalize_name(one.name)
        found.setdefault(name, set()).add(by)
        if (name, frozenset(one.extras)) in seen:
            continue
        seen.add((name, frozenset(one.extras)))
        for line in distribution(one.name).requires or ():
            deeper = Requirement(line)
            if _applies(deeper, one.extras):
                waiting.append((deeper, name))
    return found


def _applies(one: Requirement, extras: set[str]) -> bool:
    environment = {name: str(value) for name, value in default_environment().items()}
    return one.marker is None or any(one.marker.evaluate({**environment, "extra": extra}) for extra in ("", *extras))


def test_the_lock_covers_every_dependency_of_every_extra_and_of_theirs() -> None:
    needed = _needed()
    assert {"pdfplumber", "pdfminer-six", "onnxruntime", "psycopg-binary", "weasyprint"} <= set(needed)
    assert {name: by for name, by in needed.items() if name not in _locked()} == {}


@pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="the lock is made with Python 3.11")
def test_the_lock_names_nothing_that_nobody_needs() -> None:
    assert set(_locked()) - set(_needed()) == set()


def test_every_version_of_the_lock_is_within_the_bounds_of_the_project() -> None:
    locked = _locked()
    outside = [str(one) for one in _stated() if locked[canonicalize_name(one.name)] not in one.specifier]
    assert outside == []


def test_every_dependency_has_a_lower_bound_in_the_project_and_none_is_pinned_there() -> None:
    for one in _stated():
        signs = {specifier.operator for specifier in one.specifier}
        assert ">=" in signs, one
        assert not signs & {"==", "==="}, one


def test_the_lock_says_of_no_package_where_it_is_fetched() -> None:
    text = LOCK.read_text(encoding="utf-8")
    assert not re.search(r"://|--\w|@", text.replace("--exclude", ""))


@pytest.mark.skipif(not os.environ.get(FROM_LOCK), reason="this environment was not installed from the lock")
def test_what_is_installed_is_what_the_lock_says() -> None:
    locked = _locked()
    installed = {canonicalize_name(one.metadata["Name"]): Version(one.version) for one in distributions()}
    assert {name: installed.get(name) for name in locked if installed.get(name) != locked[name]} == {}


def test_ci_installs_from_the_lock_and_says_so() -> None:
    steps = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "pip install -q -c lock/constraints.txt -e '.[test]'" in steps
    assert f"export {NEED_ALL}=1 {FROM_LOCK}=1" in steps
