"""The notebook leads from PDFs to vintage curves, as it stands."""

from __future__ import annotations

from pathlib import Path

import nbclient
import nbformat
import pytest

NOTEBOOK = Path(__file__).parents[2] / "docs" / "vintages.ipynb"


@pytest.fixture(scope="module")
def run() -> nbformat.NotebookNode:
    """The notebook after it was run from its own folder."""
    notebook = nbformat.read(NOTEBOOK, 4)
    client = nbclient.NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(NOTEBOOK.parent)}}
    )
    client.execute()
    return notebook


def _outputs(notebook: nbformat.NotebookNode, kind: str) -> list[str]:
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [output["data"][kind] for output in outputs if kind in output.get("data", {})]


def test_the_notebook_draws_curves_without_fetching_anything(run: nbformat.NotebookNode) -> None:
    assert _outputs(run, "image/png")
    assert not any("cdn" in text for text in _outputs(run, "text/html"))


def test_the_notebook_shows_the_restated_rate_and_the_page_of_a_point(run: nbformat.NotebookNode) -> None:
    tables = _outputs(run, "text/html")
    assert any("0.26" in table and "0.27" in table for table in tables)
    assert any("auto_202411.pdf" in table and "<td>3</td>" in table for table in tables)


def test_the_notebook_as_kept_shows_what_it_gives_today(run: nbformat.NotebookNode) -> None:
    assert _outputs(nbformat.read(NOTEBOOK, 4), "text/plain") == _outputs(run, "text/plain")
