"""Nothing in the URL of a store that lets somebody in is ever shown, wherever it stands in the URL."""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from typer.testing import CliRunner

from dealproof.cli.app import app
from dealproof.errors import StoreError, UsageError
from dealproof.settings.settings import Settings, build_settings
from dealproof.store.database import close_store, open_store
from dealproof.store.url import masked, parsed, shown

ROOT = Path(__file__).parents[2]
NOBODY = "127.0.0.1:9/none"


def at(tmp_path: Path, store: str) -> Settings:
    return build_settings({"workspace": tmp_path / "work", "store": store}, {}, tmp_path)


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql+psycopg://user:geheim@{NOBODY}",
        f"postgresql+psycopg://{NOBODY}?user=user&password=geheim",
        f"postgresql+psycopg://user@{NOBODY}?sslpassword=geheim",
        f"postgresql+psycopg://user@{NOBODY}?options=-c%20geheim",
        f"postgresql+psycopg://user@{NOBODY}?Password=geheim",
        f"postgresql+psycopg://user@{NOBODY}?password=geheim&password=geheim2",
    ],
)
def test_a_password_is_never_told_wherever_it_stands_in_the_url(tmp_path: Path, url: str) -> None:
    settings = at(tmp_path, url)
    with pytest.raises(StoreError) as caught:
        open_store(settings)
    whole = "".join(traceback.format_exception(caught.value))
    for text in (str(caught.value), whole, repr(settings)):
        assert "geheim" not in text
    assert "user" in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [f"postgresql+psycopg://user:ge@heim@{NOBODY}", "password=geheim host=db", "postgresql://user@host:geheim/db"],
)
def test_a_url_that_cannot_be_taken_apart_is_refused_without_a_word_of_it(tmp_path: Path, url: str) -> None:
    with pytest.raises(UsageError, match="URL of the store") as caught:
        open_store(at(tmp_path, url))
    assert "heim" not in "".join(traceback.format_exception(caught.value))
    assert "%40" in caught.value.remedy


def test_what_helps_to_find_the_database_is_shown() -> None:
    url = parsed("postgresql+psycopg://user:geheim@db.example:5433/deals?host=/run/pg&sslmode=require&sslpassword=x")
    assert shown(url) == (
        "postgresql+psycopg://user:***@db.example:5433/deals?host=%2Frun%2Fpg&sslmode=require&sslpassword=***"
    )


@pytest.mark.parametrize("said", ["ge heim/1", "ge%20heim%2F1", "ge+heim%2F1"])
def test_what_a_driver_says_is_masked_as_written_and_as_escaped(said: str) -> None:
    url = parsed("postgresql+psycopg://user@db/deals?password=ge%20heim%2F1")
    assert masked(f'connection "{said}" failed for user', url) == 'connection "***" failed for user'


def test_an_error_of_the_driver_that_shows_the_password_is_masked_and_not_chained(
    stocked: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(stocked)
    url = store.engine.url.set(query={**store.engine.url.query, "password": "geheim"})
    monkeypatch.setattr(store.engine, "url", url)
    with pytest.raises(StoreError) as caught, store.reading():
        raise OperationalError("SELECT 1", {}, Exception("dsn: password=geheim"))
    assert "geheim" not in "".join(traceback.format_exception(caught.value))
    assert "dsn: password=***" in caught.value.message


def test_status_doctor_report_and_log_show_no_password(tmp_path: Path, new_database: Callable[[], str]) -> None:
    url = new_database()
    url += ("&" if "?" in url else "?") + "password=geheim&sslpassword=geheim2"
    places = ["--workspace", str(tmp_path / "work"), "--store", url, "--mappings", str(ROOT / "mappings")]
    (tmp_path / "letter.pdf").write_bytes(b"no PDF")
    said = []
    for words in (["run", str(tmp_path / "letter.pdf"), "--out", str(tmp_path / "out")], ["status"], ["status", "--json"], ["doctor"], ["failures"]):  # fmt: skip
        result = CliRunner().invoke(app, [*words, *places])
        said.append(result.output)
        assert result.exit_code in (0, 4), result.output
    close_store(build_settings({"workspace": tmp_path / "work", "store": url}, {}, tmp_path))
    written = [path for path in (tmp_path / "work").rglob("*") if path.is_file()]
    assert {path.suffix for path in written} >= {".html", ".json", ".jsonl"}
    assert all("geheim" not in text for text in said)
    assert all(b"geheim" not in path.read_bytes() for path in written)
    assert "password=***" in json.loads(said[2])["store"]
