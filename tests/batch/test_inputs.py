"""Which files a folder or a URL names, with what tells a known one from a changed one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dealproof import api
from dealproof.errors import UnreachableFileError, UsageError
from dealproof.runs.inputs import at_hand, find_inputs, folders_of, look_around
from dealproof.settings.settings import Settings, build_settings
from dealproof.store.database import close_store
from tests.doubles.pdfs import Sheet, write_pdf

ROOT = Path(__file__).parents[2]


def names(*places: object) -> list[str]:
    return [item.name for item in find_inputs([str(place) for place in places])]


def test_folders_are_searched_through_in_one_order_and_no_file_comes_twice(tmp_path: Path) -> None:
    (tmp_path / "2025" / "12").mkdir(parents=True)
    for name in ("b.pdf", "2025/a.PDF", "2025/12/c.pdf", "2025/notes.txt"):
        (tmp_path / name).touch()
    assert names(tmp_path) == ["c.pdf", "a.PDF", "b.pdf"]
    assert names(tmp_path, tmp_path / "b.pdf", tmp_path / "2025") == ["c.pdf", "a.PDF", "b.pdf"]


def test_a_folder_named_like_a_pdf_stands_for_itself_and_for_the_files_in_it(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").mkdir()
    (tmp_path / "x.pdf" / "inside.pdf").touch()
    assert sorted(names(tmp_path)) == ["inside.pdf", "x.pdf"]


def test_a_link_to_nowhere_is_a_file_that_will_fail(tmp_path: Path) -> None:
    (tmp_path / "link.pdf").symlink_to(tmp_path / "gone.pdf")
    (item,) = find_inputs([str(tmp_path)])
    assert (item.name, item.size, item.modified) == ("link.pdf", -1, -1)


def test_a_path_that_is_missing_and_a_folder_without_pdfs_are_usage_errors(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist"):
        find_inputs([str(tmp_path / "nowhere")])
    with pytest.raises(UsageError, match="There is no PDF in"):
        find_inputs([str(tmp_path)])
    assert look_around([str(tmp_path)]) == ()


def test_a_changed_file_has_another_size_or_time(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"one")
    (before,) = find_inputs([str(path)])
    path.write_bytes(b"two!")
    (after,) = find_inputs([str(path)])
    assert before.location == after.location
    assert (before.size, before.modified) != (after.size, after.modified)


def test_a_file_name_in_another_encoding_is_read_and_kept(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    name = "受托报告.pdf".encode("gbk")
    odd = os.path.join(os.fsencode(folder), name)
    try:
        shutil.copyfile(os.fsencode(write_pdf(tmp_path / "a.pdf", Sheet().text(50, 50, "年度报告"))), odd)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    settings = build_settings(
        {"workspace": tmp_path / "w", "out": tmp_path / "o", "mappings": ROOT / "mappings"}, {}, tmp_path
    )
    for state in ("read", "known"):
        (outcome,) = api.run([str(folder)], settings).outcomes
        assert (outcome.state, outcome.item.name) == (state, name.decode("utf-8", "backslashreplace"))
    close_store(settings)


def test_a_file_url_is_a_path(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").touch()
    assert find_inputs([f"file://{tmp_path}"]) == find_inputs([str(tmp_path)])
    assert folders_of([f"file://{tmp_path}", "s3://b/x/"]) == (f"{tmp_path}/", "s3://b/x/")


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """An S3 server of our own."""
    server = pytest.importorskip("moto.server").ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def s3(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    for name, value in {
        "AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": endpoint,
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    s3fs = pytest.importorskip("s3fs")
    s3fs.S3FileSystem.clear_instance_cache()
    files = s3fs.S3FileSystem()
    files.mkdir("reports")
    yield files
    files.rm("reports", recursive=True)


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    options = {"workspace": tmp_path / "work", "out": tmp_path / "out", "mappings": ROOT / "mappings", "jobs": 1}
    made = build_settings(options, {}, tmp_path)
    yield made
    close_store(made)


def test_a_bucket_is_read_like_a_folder_and_what_is_known_is_not_fetched_again(
    tmp_path: Path, s3: object, settings: Settings
) -> None:
    put = s3.put  # type: ignore[attr-defined]
    sample = min((ROOT / "samples").glob("*.pdf"))
    put(str(sample), f"reports/2025/{sample.name}")
    put(str(write_pdf(tmp_path / "a.pdf", Sheet().text(50, 50, "年度报告"))), "reports/2025/deep/a.pdf")
    first = api.run(["s3://reports/2025"], settings)
    assert sorted((o.item.name, o.state) for o in first.outcomes) == sorted([(sample.name, "read"), ("a.pdf", "read")])
    assert first.summary.values > 0
    assert {o.state for o in api.run(["s3://reports/2025"], settings).outcomes} == {"known"}
    put(str(write_pdf(tmp_path / "b.pdf", Sheet().text(50, 50, "另一份年度报告"))), "reports/2025/deep/a.pdf")
    assert [o.item.name for o in api.run(["s3://reports/2025"], settings).in_state("read")] == ["a.pdf"]


def test_an_object_that_vanished_is_told_by_its_name(s3: object, tmp_path: Path) -> None:
    s3.put(str(write_pdf(tmp_path / "a.pdf", Sheet())), "reports/a.pdf")  # type: ignore[attr-defined]
    (item,) = find_inputs(["s3://reports/a.pdf"])
    s3.rm("reports/a.pdf")  # type: ignore[attr-defined]
    with pytest.raises(UnreachableFileError, match=r"a\.pdf: the file could not be fetched"), at_hand(item):
        pass
    with pytest.raises(UsageError, match="does not exist"):
        find_inputs(["s3://reports/a.pdf"])
