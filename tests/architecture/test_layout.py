"""The page about the architecture names the packages that there are, and nothing in them imports in a circle."""

from __future__ import annotations

import re
from graphlib import TopologicalSorter
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "dealproof"
TEXT = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def packages() -> set[str]:
    return {path.name for path in SOURCE.iterdir() if (path / "__init__.py").exists()}


def loose_modules() -> set[str]:
    return {path.stem for path in SOURCE.glob("*.py")} - {"__init__"}


def test_the_page_has_a_row_for_every_package_and_module_and_for_no_other() -> None:
    table = TEXT.split("## Packages", 1)[1].split("\n## ", 1)[0]
    named = {name for row in re.findall(r"^\| (`[^|]*) \|", table, re.MULTILINE) for name in re.findall(r"`(\w+)/?`", row)}
    assert named == packages() | loose_modules()


def test_the_page_counts_what_stands_at_the_top() -> None:
    at_top = len(packages()) + len(loose_modules())
    assert f"now {at_top} top-level names, {len(loose_modules())} loose modules" in TEXT


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = grimp.build_graph("dealproof", exclude_type_checking_imports=True)
    TopologicalSorter({module: graph.find_modules_directly_imported_by(module) for module in graph.modules}).prepare()
