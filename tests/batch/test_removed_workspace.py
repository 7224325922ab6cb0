"""Somebody removes the workspace while a run is at work: no new one is made in its place, and the last dataset stays."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dealproof import api
from dealproof.errors import ExitCode, StoreError
from dealproof.settings.settings import Settings, build_settings
from dealproof.store.database import FILE, close_store
from tests.doubles.pdfs import Sheet, write_pdf

ROOT = Path(__file__).parents[2]


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    options = {"workspace": tmp_path / "work", "out": tmp_path / "out", "mappings": ROOT / "mappings", "jobs": 1}
    made = build_settings(options, {}, tmp_path)
    yield made
    close_store(made)


def exported(settings: Settings) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in settings.out.iterdir()}


@pytest.mark.parametrize(
    "at",
    [
        lambda remove: api.Watchers(planned=remove),
        lambda remove: api.Watchers(done=remove),
        lambda remove: api.Watchers(phase=lambda what: remove(what) if what.startswith("writing") else None),
    ],
    ids=["before the first file", "after the first file", "while the dataset is made"],
)
def test_the_run_ends_with_6_and_the_last_dataset_stays(
    tmp_path: Path, settings: Settings, at: Callable[[Callable[[object], None]], api.Watchers]
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    write_pdf(inbox / "old.pdf", Sheet().text(50, 50, "年度报告"))
    api.run([str(inbox)], settings)
    before = exported(settings)
    for name in ("new-1.pdf", "new-2.pdf"):
        write_pdf(inbox / name, Sheet().text(50, 50, f"年度报告 {name}"))

    def remove(_: object) -> None:
        shutil.rmtree(settings.workspace, ignore_errors=True)

    with pytest.raises(StoreError, match="was removed while the program was at work") as caught:
        api.run([str(inbox)], settings, at(remove))
    assert caught.value.exit_code == ExitCode.STORE
    assert exported(settings) == before
    assert not (settings.workspace / FILE).exists()
