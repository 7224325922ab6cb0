"""Several programs at one store: nothing is lost, nobody fails, and a claim ends with the process that holds it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Sequence

from sqlalchemy import text

from dealproof.model.evidence import Source
from dealproof.model.extract import Extract
from dealproof.settings.settings import Settings
from dealproof.store.database import open_store
from dealproof.store.extracts import all_extracts, save_extract
from dealproof.store.files import known_files
from dealproof.store.locks import claim, claim_document

WRITE = """
from dealproof.model.extract import Extract
from dealproof.model.evidence import Source
from dealproof.store.extracts import save_extract
from dealproof.store.files import KnownFile, note_files
for number in range(40):
    document_id = f"{me}{number:063x}"
    save_extract(store, Extract(Source("a.pdf", "a.pdf", document_id, 1), (), ()))
    note_files(store, [KnownFile(f"/{me}/{number}", "a.pdf", 1, 1, document_id), KnownFile("/same", "a.pdf", 1, 1, "0")], [])
"""
HOLD = """
import time
from dealproof.store.locks import claim_document
with claim_document(store, "a document") as mine:
    print(mine, flush=True)
    time.sleep(60)
"""
START = """
import sys
from pathlib import Path
from dealproof.settings.settings import build_settings
from dealproof.store.database import open_store
store = open_store(build_settings({"workspace": sys.argv[1], "store": sys.argv[2]}, {}, Path(".")))
me = sys.argv[3]
"""


def programs(settings: Settings, what: str, names: Sequence[str]) -> list[subprocess.Popen[str]]:
    words = [sys.executable, "-c", START + what, str(settings.workspace), settings.store]
    return [
        subprocess.Popen([*words, name], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for name in names
    ]


def test_what_several_programs_write_at_once_is_all_there(stocked: Settings) -> None:
    store = open_store(stocked)
    for program in programs(stocked, WRITE, "abc"):
        _, said = program.communicate(timeout=120)
        assert program.returncode == 0, said
    assert len(list(all_extracts(store))) == 3 * 40
    assert len(known_files(store)) == 3 * 40 + 1


def test_who_reads_does_not_stop_who_writes(stocked: Settings) -> None:
    store = open_store(stocked)
    count = text("SELECT count(*) FROM extracts")
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as reader:
        reader.exec_driver_sql("BEGIN")
        before = reader.execute(count).scalar()
        (writer,) = programs(stocked, WRITE, "a")
        _, said = writer.communicate(timeout=60)
        assert writer.returncode == 0, said
        reader.exec_driver_sql("COMMIT")
        assert (before, reader.execute(count).scalar()) == (0, 40)


def test_who_writes_does_not_stop_who_reads(stocked: Settings) -> None:
    store = open_store(stocked)
    save_extract(store, Extract(Source("a.pdf", "a.pdf", "0" * 64, 1), (), ()))
    with store.writing() as writer:
        writer.execute(text("DELETE FROM extracts"))
        assert len(list(all_extracts(store))) == 1
    assert list(all_extracts(store)) == []


def test_one_of_several_programs_gets_a_claim_and_its_death_frees_it(stocked: Settings) -> None:
    store = open_store(stocked)
    (holder,) = programs(stocked, HOLD, "a")
    assert holder.stdout is not None
    assert holder.stdout.readline().strip() == "True"
    with claim_document(store, "a document") as mine, claim_document(store, "another") as other:
        assert (mine, other) == (False, True)
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    give_up = time.monotonic() + 20
    free = False
    while not free and time.monotonic() < give_up:
        with claim_document(store, "a document") as free:
            time.sleep(0.05)
    assert free


def test_no_document_waits_for_the_claim_that_a_run_holds_for_hours(stocked: Settings) -> None:
    store = open_store(stocked)
    with claim(store, "run 20261123-120000-abcd") as mine:
        assert mine
        for number in range(5_000):
            with claim_document(store, f"{number:064x}") as free:
                assert free, number
