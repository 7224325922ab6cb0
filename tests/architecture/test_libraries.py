"""Which packages may use which libraries, computed from the list of packages: a new one is never unguarded."""

from __future__ import annotations

import grimp
import pytest

#: Libraries, and the packages of the program that may import them.
ALLOWED = {
    ("pdfplumber", "camelot", "pypdfium2", "pdfminer"): {"pages", "tables"},
    ("pandas",): {"dataset", "export", "workbench", "metrics", "market_review", "runs", "api", "cli"},
    ("typer", "rich"): {"cli"},
    ("sqlalchemy", "alembic"): {"store"},
}
#: Packages that never open a page, and what they must not import for it.
MEANING, PAGES = "dealproof.interpret", "dealproof.pages"


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("dealproof", include_external_packages=True)


def packages(graph: grimp.ImportGraph) -> set[str]:
    """The packages and modules right under the program's own."""
    return {module.split(".")[1] for module in graph.find_children("dealproof")}


@pytest.mark.parametrize("libraries", ALLOWED, ids=" ".join)
def test_a_library_is_used_only_where_it_belongs(graph: grimp.ImportGraph, libraries: tuple[str, ...]) -> None:
    allowed = ALLOWED[libraries]
    assert allowed <= packages(graph)
    users = {
        module
        for library in libraries
        if library in graph.modules
        for module in graph.find_modules_that_directly_import(library)
    }
    assert users, f"nothing imports {libraries}: the rule guards nothing"
    assert {module for module in users if module.split(".")[1] not in allowed} == set()


def test_meaning_never_opens_a_page(graph: grimp.ImportGraph) -> None:
    modules = {MEANING, *graph.find_descendants(MEANING)}
    found = {
        (module, other)
        for module in modules
        for other in graph.find_modules_directly_imported_by(module)
        if other == PAGES or other.startswith(f"{PAGES}.")
    }
    assert found == set()
