"""The rules of the house, held by tools: types, style, floors."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def _run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_imports_go_down_only() -> None:
    done = _run(str(Path(sys.executable).parent / "lint-imports"))
    assert done.returncode == 0, done.stdout


def test_types_hold() -> None:
    done = _run(sys.executable, "-m", "mypy")
    assert done.returncode == 0, done.stdout


def test_style_holds() -> None:
    done = _run(sys.executable, "-m", "ruff", "check", ".")
    assert done.returncode == 0, done.stdout


def test_help_answers_without_loading_pdf_or_table_libraries() -> None:
    code = "import dealproof.cli.app, sys; print([m for m in ('pandas', 'pdfplumber', 'camelot', 'pypdfium2') if m in sys.modules])"
    assert _run(sys.executable, "-c", code).stdout.strip() == "[]"
