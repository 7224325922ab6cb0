"""A command loads what it needs: nobody waits for tables, pictures and migrations that are not wanted."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "samples" / "澄江受托机构报告2.pdf"
#: What reads PDFs, makes tables of workbooks, or migrates a store.
HEAVY = ("alembic", "camelot", "cv2", "numpy", "onnxruntime", "openpyxl", "pandas", "pdfplumber", "pyarrow", "pypdfium2")
#: What only a build and a run need.
WORK = ("pebble", "jinja2", "opencc", "dealproof.dataset.build", "dealproof.runs.worker", "dealproof.interpret.read")

LOADED = """
import sys
sys.argv = ["dealproof", *sys.argv[1:]]
from dealproof.cli.app import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
print("loaded", *sys.modules, file=sys.stderr)
"""


def loaded(code: str, *words: str) -> set[str]:
    """The modules that a program of its own has loaded at its end."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]), "DEALPROOF_JOBS": "1"}
    said = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, env=env, timeout=120)
    assert said.returncode == 0, said.stderr
    return set(next(line for line in said.stderr.splitlines() if line.startswith("loaded ")).split()[1:])


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("start")
    return ["--workspace", str(folder / "work"), "--mappings", str(ROOT / "mappings"), "--out", str(folder / "out")]


@pytest.fixture(scope="module")
def first(places: list[str]) -> set[str]:
    """What the program, not its worker, loads to read a report into a new workspace and write its dataset."""
    return loaded(LOADED, "run", str(REPORT), *places)


def test_a_first_run_loads_nothing_that_reads_pdfs_into_the_program_itself_and_nothing_that_migrates(first: set[str]) -> None:
    assert sorted(first & set(HEAVY)) == []


@pytest.mark.parametrize("words", [("run", str(REPORT)), ("build",), ("questions",), ("status",)])
def test_a_command_over_known_files_loads_nothing_heavy(first: set[str], places: list[str], words: tuple[str, ...]) -> None:
    given = places if words[0] in ("run", "build") else places[:4] if words[0] == "questions" else places[:2]
    found = loaded(LOADED, *words, *given)
    wanted = {"jinja2"} if words[0] == "run" else set()  # of the report
    assert sorted(found & {*HEAVY, *WORK} - wanted) == []


def test_reading_a_plain_report_loads_no_second_reader_of_tables_and_no_recogniser() -> None:
    read = "import sys\nfrom dealproof import read_document\nread_document(sys.argv[1])\nprint('loaded', *sys.modules, file=sys.stderr)"
    heavy = {"alembic", "camelot", "cv2", "onnxruntime", "openpyxl", "pandas", "pdfplumber"}
    assert sorted(loaded(read, str(REPORT)) & heavy) == []


def test_help_loads_neither_the_store_nor_the_contract() -> None:
    heavy = {*HEAVY, *WORK, "sqlalchemy", "dealproof.contract", "dealproof.api.documents"}
    assert sorted(loaded(LOADED, "--help") & heavy) == []
