"""A test that is skipped for want of something fails where everything is installed, and only there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.skips import ALLOWED, NEED_ALL, is_lacking

ROOT = Path(__file__).parents[2]
SKIPS = """
import pytest

def test_of_a_server():
    pytest.skip("PostgreSQL is not installed")

@pytest.mark.skipif(True, reason="no Chromium is installed to open the page in")
def test_of_a_page(): ...

@pytest.mark.skipif(True, reason="root may read everything")
def test_of_permissions(): ...

@pytest.mark.xfail
def test_of_the_future():
    raise AssertionError
"""


def _run(folder: Path, need_all: str, name: str, text: str) -> tuple[int, str]:
    (folder / "conftest.py").write_text("from tests.conftest import *  # noqa: F403\n", encoding="utf-8")
    (folder / name).write_text(text, encoding="utf-8")
    path = os.pathsep.join([str(ROOT), *sys.path])
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rsf", "-p", "no:cacheprovider", "--rootdir", str(folder), str(folder)],
        capture_output=True, text=True, check=False, env={**os.environ, NEED_ALL: need_all, "PYTHONPATH": path},
    )  # fmt: skip
    return done.returncode, done.stdout


def test_on_a_bare_machine_a_test_that_lacks_something_is_skipped_with_what_it_wants(tmp_path: Path) -> None:
    code, said = _run(tmp_path, "", "test_x.py", SKIPS)
    assert code == 0
    assert "3 skipped, 1 xfailed" in said
    assert "PostgreSQL is not installed" in said


def test_where_everything_is_installed_a_skip_for_want_of_something_is_a_failure(tmp_path: Path) -> None:
    code, said = _run(tmp_path, "1", "test_x.py", SKIPS)
    assert code == 1
    assert "1 failed, 1 skipped, 1 xfailed, 1 error" in said
    assert "PostgreSQL is not installed: nothing may be missing here" in said
    assert "no Chromium is installed to open the page in: nothing may be missing here" in said


def test_a_module_that_is_skipped_as_a_whole_is_a_failure_too(tmp_path: Path) -> None:
    text = 'import pytest\npytest.importorskip("nowhere_to_be_had")\ndef test_it(): ...\n'
    assert _run(tmp_path, "", "test_y.py", text)[0] == 5
    code, said = _run(tmp_path, "1", "test_y.py", text)
    assert code == 2
    assert "nothing may be missing here" in said


def test_every_allowed_reason_is_one_that_a_test_gives() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    assert {reason for reason in ALLOWED if not re.search(f"[\"']{re.escape(reason)}[\"']", texts)} == set()


@pytest.mark.parametrize(
    "reason", ["could not import 'rapidocr'", "WenQuanYi Zen Hei is not installed", "a new reason"]
)
def test_a_reason_that_nobody_allowed_is_for_want_of_something(reason: str) -> None:
    assert is_lacking(reason, need_all=True)
    assert not is_lacking(reason, need_all=False)
