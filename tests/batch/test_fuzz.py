"""Damaged and oddly laid out PDFs in any number: the batch ends, every file is accounted for, no value stands without its
proof, no figure is unaccounted for, and no table meets an error of the program.

`DEALPROOF_FUZZ` says how many files, `DEALPROOF_FUZZ_SEED` which; `benchmarks/fuzz.py` goes through thousands.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from dealproof import api
from dealproof.mappings.labels import load_labels
from dealproof.settings.settings import build_settings
from dealproof.store.database import close_store, open_store
from dealproof.store.extracts import all_extracts
from tests.doubles.accounts import unaccounted
from tests.doubles.layout_mutants import layout_mutants
from tests.doubles.mutants import mutants
from tests.doubles.proofs import program_errors, unproven

ROOT = Path(__file__).parents[2]
LABELS = load_labels(ROOT / "mappings" / "labels")
SAMPLES = list((ROOT / "samples").glob("*.pdf"))
FILES = int(os.environ.get("DEALPROOF_FUZZ", "80"))
SEED = int(os.environ.get("DEALPROOF_FUZZ_SEED", "0"))


#: Files whose layout is changed; rows cut by page breaks, pages joined or emptied.
LAYOUTS = max(30, FILES // 4)


def test_damaged_files_break_nothing_and_give_no_value_without_proof(tmp_path: Path) -> None:
    report = _run(tmp_path, mutants(SAMPLES, SEED), FILES)
    assert [outcome.sentence for outcome in report.failed if outcome.code == "bug"] == []
    assert report.summary.values > 0


def test_rows_cut_by_page_breaks_and_pages_joined_or_emptied_meet_no_error_of_the_program(tmp_path: Path) -> None:
    report = _run(tmp_path, layout_mutants(SAMPLES, SEED), LAYOUTS)
    assert [outcome.sentence for outcome in report.failed] == []
    assert report.summary.values > 0


def _run(folder: Path, files: Iterator[tuple[str, bytes]], number: int) -> api.RunReport:
    inbox = folder / "inbox"
    inbox.mkdir()
    for name, content in islice(files, number):
        (inbox / name).write_bytes(content)
    options = {
        "workspace": folder / "work", "out": folder / "out", "mappings": ROOT / "mappings", "jobs": 2,
        "seconds": 60, "memory": "2 GB",
    }  # fmt: skip
    settings = build_settings(options, {}, folder)
    report = api.run([str(inbox)], settings)
    left = [told for extract in all_extracts(open_store(settings)) for told in unaccounted(extract, LABELS)]
    close_store(settings)
    assert left == []
    assert len(report.outcomes) == number
    assert report.dataset is not None
    assert list(unproven(report.dataset)) == []
    assert list(program_errors(report.dataset)) == []
    return report
