"""A store of another version: an older one is brought up to date, a newer one is refused and left alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

from dealproof.errors import EngineMissingError, StoreError, UsageError
from dealproof.settings.settings import Settings, build_settings
from dealproof.store.database import FILE, close_store, open_store
from dealproof.store.files import file_problems, known_files
from dealproof.store.migrate import version_of
from dealproof.store.runs import exports, last_runs
from dealproof.store.schema import HEAD, METADATA

ROW = "INSERT INTO files VALUES ('/in/a.pdf', 'a.pdf', 10, 5, :id)"


def url_of(settings: Settings) -> str:
    settings.workspace.mkdir(parents=True, exist_ok=True)
    return settings.store or f"sqlite:///{settings.workspace / FILE}"


def config() -> Config:
    made = Config()
    made.set_main_option("script_location", "dealproof:store/migrations")
    return made


def at_revision(settings: Settings, revision: str) -> None:
    """Make a store as an older program left it, with a row in it."""
    engine = create_engine(url_of(settings))
    with engine.begin() as connection:
        made = config()
        made.attributes["connection"] = connection
        command.upgrade(made, revision)
        connection.execute(text(ROW), {"id": "0" * 64})
    engine.dispose()


def tables_of(settings: Settings) -> dict[str, object]:
    """Everything that a database tells of its tables: columns in order with type, nulls and default, keys, indexes."""
    engine = create_engine(url_of(settings))
    told = inspect(engine)
    found: dict[str, object] = {
        name: (
            [(each["name"], str(each["type"]), each["nullable"], each["default"]) for each in told.get_columns(name)],
            told.get_pk_constraint(name)["constrained_columns"],
            sorted((each["name"] or "", each["column_names"], each["unique"]) for each in told.get_indexes(name)),
        )
        for name in sorted(told.get_table_names())
    }
    engine.dispose()
    return found


def drop_tables(settings: Settings) -> None:
    engine = create_engine(url_of(settings))
    with engine.begin() as connection:
        for name in inspect(connection).get_table_names():
            connection.execute(text(f"DROP TABLE {name}"))
    engine.dispose()


def test_the_tables_that_the_migrations_make_are_those_that_the_program_knows(stocked: Settings) -> None:
    at_revision(stocked, "0001")
    store = open_store(stocked)
    assert version_of(store) == HEAD == ScriptDirectory.from_config(config()).get_current_head()
    with store.writing() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_a_new_store_has_the_very_tables_of_one_that_went_through_every_migration(stocked: Settings) -> None:
    assert version_of(open_store(stocked)) == HEAD
    new = tables_of(stocked)
    close_store(stocked)
    drop_tables(stocked)
    at_revision(stocked, "0001")
    open_store(stocked)
    assert len(new) == len(METADATA.tables) + 1
    assert tables_of(stocked) == new


def test_a_store_with_tables_of_nobody_knows_which_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    settings = at(tmp_path)
    engine = create_engine(url_of(settings))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE runs (run_id TEXT)"))
    with pytest.raises(StoreError, match="could not be brought up to date"):
        open_store(settings)
    assert inspect(engine).get_table_names() == ["runs"]
    engine.dispose()


def test_an_older_store_is_brought_up_to_date_and_keeps_what_it_holds(stocked: Settings) -> None:
    at_revision(stocked, "0001")
    store = open_store(stocked)
    assert version_of(store) == HEAD
    assert set(known_files(store)) == {"/in/a.pdf"}


def test_failures_runs_and_exports_of_an_older_store_are_kept(stocked: Settings) -> None:
    at_revision(stocked, "0002")
    engine = create_engine(url_of(stocked))
    with engine.begin() as connection:
        for row in (
            "problems VALUES ('/in/b.pdf', 'b.pdf', 'b', 1, 1, 'timeout', 'm', 'r', true, '600s', 'p', '2026')",
            "runs VALUES ('r1', '2026', '2026', 'done', 'p', '3', '1', 'l', 2, 1, 1, 5.0, '{}')",
            "exports VALUES ('/out', 'digest', '{}', '{}', '2026')",
        ):
            connection.execute(text(f"INSERT INTO {row}"))
    engine.dispose()
    store = open_store(stocked)
    assert [(item.code, item.earlier) for item in file_problems(store).values()] == [("timeout", "")]
    assert [(run.read, run.done) for run in last_runs(store, 5)] == [(1, None)]
    assert [export.as_of for export in exports(store).values()] == [""]


def test_a_newer_store_is_refused_in_plain_words_and_left_alone(stocked: Settings) -> None:
    at_revision(stocked, "0001")
    engine = create_engine(url_of(stocked))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="made by a newer version of dealproof") as caught:
        open_store(stocked)
    assert "Update dealproof" in caught.value.remedy
    with engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) == {
            "alembic_version", "files", "extracts", "facts", "generations",
        }  # fmt: skip
        assert connection.execute(text("SELECT count(*) FROM files")).scalar() == 1
    engine.dispose()
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    engine.dispose()


OPEN = """
import sys
from pathlib import Path
from dealproof.settings.settings import build_settings
from dealproof.store.database import open_store
from dealproof.store.migrate import version_of
print(version_of(open_store(build_settings({"workspace": sys.argv[1], "store": sys.argv[2]}, {}, Path(".")))))
"""


def test_programs_that_open_a_new_store_at_the_same_moment_all_get_it(stocked: Settings) -> None:
    words = [sys.executable, "-c", OPEN, str(stocked.workspace), stocked.store]
    together = [subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    said = [program.communicate(timeout=60) for program in together]
    assert [out.strip() for out, _ in said] == [HEAD] * 4, said


def at(tmp_path: Path, **options: object) -> Settings:
    return build_settings({"workspace": tmp_path / "work", **options}, {}, tmp_path)


def test_a_url_that_is_none_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="makes no sense"):
        open_store(at(tmp_path, store="no url"))


def test_a_database_without_a_driver_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(EngineMissingError, match="not installed") as caught:
        open_store(at(tmp_path, store="postgresql+nosuchdriver://u@h/d"))
    assert "dealproof[postgres]" in caught.value.remedy


def test_a_workspace_that_is_a_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "work").write_text("in the way")
    with pytest.raises(StoreError, match="cannot be written"):
        open_store(at(tmp_path))


def test_a_store_that_is_no_database_is_told_in_a_sentence(tmp_path: Path) -> None:
    settings = at(tmp_path)
    settings.workspace.mkdir()
    (settings.workspace / FILE).write_bytes(b"something else altogether" * 100)
    with pytest.raises(StoreError, match="not a database"):
        open_store(settings)


def test_a_closed_store_can_be_opened_again(stocked: Settings) -> None:
    open_store(stocked)
    close_store(stocked)
    assert version_of(open_store(stocked)) == HEAD
