"""The same batch on a Dask cluster: real scheduler, real workers, the same bytes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from dealproof import api
from dealproof.errors import UsageError
from dealproof.settings.settings import Settings, build_settings
from dealproof.store.database import close_store
from tests.doubles.pdfs import Sheet, write_pdf

dask = pytest.importorskip("dask")
distributed = pytest.importorskip("distributed")

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    with (
        dask.config.set({"distributed.worker.daemon": False}),
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
    ):
        yield cluster.scheduler_address


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for sample in sorted((ROOT / "samples").glob("*.pdf"))[:4]:
        shutil.copy(sample, folder)
    write_pdf(folder / "long.pdf", *[Sheet().text(50, 50, "年度报告") for _ in range(30)])
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    return folder


def at(tmp_path: Path, name: str, cluster: str = "") -> Settings:
    places = {"workspace": tmp_path / name / "work", "out": tmp_path / name / "out", "mappings": ROOT / "mappings"}
    return build_settings({**places, "jobs": 2, "pages": 20, "cluster": cluster or None}, {}, tmp_path)


def test_a_cluster_gives_the_bytes_of_this_machine(tmp_path: Path, inbox: Path, scheduler: str) -> None:
    datasets, failed = [], []
    for settings in (at(tmp_path, "here"), at(tmp_path, "there", scheduler)):
        report = api.run([str(inbox)], settings)
        failed.append({outcome.item.name: outcome.code for outcome in report.failed})
        datasets.append({path.name: path.read_bytes() for path in settings.out.iterdir()})
        close_store(settings)
    assert datasets[0] == datasets[1]
    assert failed[0] == failed[1] == {"broken.pdf": "unreadable", "long.pdf": "unreadable"}


def test_a_scheduler_that_is_not_there_is_told_in_a_sentence(tmp_path: Path, inbox: Path) -> None:
    settings = at(tmp_path, "lost", "tcp://127.0.0.1:9")
    with pytest.raises(UsageError, match="cannot be reached"):
        api.run([str(inbox)], settings)
    close_store(settings)


def test_a_store_that_other_machines_do_not_reach_is_refused_before_anything_is_read(
    tmp_path: Path, inbox: Path
) -> None:
    settings = at(tmp_path, "alone", "tcp://scheduler.example:8786")
    with pytest.raises(UsageError, match="need a store that all of them reach"):
        api.run([str(inbox)], replace(settings, store="sqlite:////tmp/x.sqlite"))
    close_store(settings)
