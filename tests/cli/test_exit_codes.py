"""One place turns errors into exit codes; whoever asks gets a sentence, and a traceback only with --debug."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

from dealproof.cli import app as door
from dealproof.cli import build

ROOT = Path(__file__).parents[2]


def leave(monkeypatch: pytest.MonkeyPatch, *words: str) -> int | str | None:
    monkeypatch.setattr(sys, "argv", ["dealproof", *words])
    with pytest.raises(SystemExit) as end:
        door.main()
    return end.value.code


def test_a_path_that_does_not_exist_is_usage(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert leave(monkeypatch, "run", str(tmp_path / "nowhere")) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines()[-1] == "  Check the path."
    assert "Traceback" not in err


def test_a_folder_without_a_pdf_leaves_the_last_dataset_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    assert leave(monkeypatch, "run", str(tmp_path / "empty"), "--out", str(tmp_path / "out")) == 2
    assert "There is no PDF in" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_an_invalid_label_file_names_file_and_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    labels = tmp_path / "mappings" / "labels"
    labels.mkdir(parents=True)
    (labels / "tranches.csv").write_text("field,label,match,note\ncoupon_pct,票面利率,fuzzy,\n", encoding="utf-8")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    monkeypatch.chdir(tmp_path)
    assert leave(monkeypatch, "run", "a.pdf", "--mappings", str(tmp_path / "mappings")) == 5
    assert "labels/tranches.csv:2" in capsys.readouterr().err


def test_an_export_folder_with_other_files_is_not_overwritten(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "a.pdf").write_bytes(b"no")
    (tmp_path / "thesis.docx").touch()
    words = ["run", str(tmp_path / "a.pdf"), "--out", str(tmp_path), "--workspace", str(tmp_path / "w")]
    assert leave(monkeypatch, *words, "--mappings", str(ROOT / "mappings")) == 2
    assert (tmp_path / "thesis.docx").exists()


def test_a_bug_is_told_in_a_sentence_and_shown_with_debug(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(**_: object) -> None:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr(build, "settings_of", broken)
    assert leave(monkeypatch, "export") == 1
    assert capsys.readouterr().err.splitlines()[-1] == "  Run again with --debug and report it."
    for words in (["--debug", "export"], ["export", "--debug"]):
        monkeypatch.setattr(sys, "argv", ["dealproof", *words])
        with pytest.raises(ZeroDivisionError):
            door.main()


def test_version_is_data(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert leave(monkeypatch, "--version") == 0
    assert capsys.readouterr().out.startswith("dealproof ")


def stored(work: Path) -> int:
    """How many documents a workspace holds."""
    with (
        suppress(sqlite3.OperationalError),
        closing(sqlite3.connect(f"file:{work}/store.sqlite?mode=ro", uri=True)) as store,
    ):
        return int(store.execute("SELECT count(*) FROM extracts").fetchone()[0])
    return 0


@pytest.mark.skipif(os.name != "posix", reason="signals to a process group")
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_and_a_schedulers_stop_keep_what_was_read(tmp_path: Path, stop: signal.Signals) -> None:
    command = [
        sys.executable, "-c", "from dealproof.cli.app import main; main()", "run", str(ROOT / "samples"), "--jobs", "2",
        "--out", str(tmp_path / "out"), "--workspace", str(tmp_path / "work"), "--mappings", str(ROOT / "mappings"),
    ]  # fmt: skip
    run = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    give_up = time.monotonic() + 60
    while not stored(tmp_path / "work") and time.monotonic() < give_up:
        time.sleep(0.05)
    os.killpg(run.pid, stop)
    _, said = run.communicate(timeout=60)
    assert run.returncode == 130
    assert "what was read is kept" in said.splitlines()[-1]
    assert "Traceback" not in said
    assert stored(tmp_path / "work")
    assert not (tmp_path / "out").exists()
