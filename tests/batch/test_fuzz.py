"""Damaged PDFs in any number: the batch ends, every file is accounted for, and no value stands without its proof.

`DEALPROOF_FUZZ` says how many files, `DEALPROOF_FUZZ_SEED` which; `benchmarks/fuzz.py` goes through thousands.
"""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path

from dealproof import api
from dealproof.settings import build_settings
from dealproof.store.database import close_store
from tests.doubles.mutants import mutants
from tests.doubles.proofs import unproven

ROOT = Path(__file__).parents[2]
FILES = int(os.environ.get("DEALPROOF_FUZZ", "140"))
SEED = int(os.environ.get("DEALPROOF_FUZZ_SEED", "0"))


def test_damaged_files_break_nothing_and_give_no_value_without_proof(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for name, content in islice(mutants(list((ROOT / "samples").glob("*.pdf")), SEED), FILES):
        (inbox / name).write_bytes(content)
    options = {
        "workspace": tmp_path / "work", "out": tmp_path / "out", "mappings": ROOT / "mappings", "jobs": 2,
        "seconds": 60, "memory": "2 GB",
    }  # fmt: skip
    settings = build_settings(options, {}, tmp_path)
    report = api.run([str(inbox)], settings)
    close_store(settings)
    assert len(report.outcomes) == FILES
    assert [outcome.sentence for outcome in report.failed if outcome.code == "bug"] == []
    assert report.dataset is not None
    assert list(unproven(report.dataset)) == []
    assert report.summary.values > 0
