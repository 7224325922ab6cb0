"""Which tests a worker runs together, and which come first, where several workers share them (`-n`).

What a file sets up once serves all its tests, so they stay on one worker; so do rooms whose files share something dear. The
dearest come first: else two workers idle at the end while the third is at a drill of minutes.
"""

from __future__ import annotations

from pathlib import Path

from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

#: Rooms whose files share what was set up once for all of them.
TOGETHER = ("tests/market", "tests/reports")
#: Files and rooms that take more than about twenty seconds, the longest first.
DEAREST = (
    "tests/golden/test_practice.py",
    "tests/batch/test_fuzz.py",
    "tests/golden/test_scans.py",
    "tests/reports",
    "tests/batch/test_kill_drill.py",
    "tests/batch/test_busy_machine.py",
    "tests/batch/test_fault_drill.py",
    "tests/cli/test_report.py",
    "tests/batch/test_two_runs.py",
    "tests/cli/test_dataset_never_shrinks.py",
    "tests/cli/test_exit_codes.py",
    "tests/cli/test_after_an_upgrade.py",
    "tests/docs/test_notebook.py",
    "tests/architecture/test_house.py",
    "tests/golden/test_ledger.py",
    "tests/golden/test_samples.py",
    "tests/cli/test_answers.py",
    "tests/market",
    "tests/architecture/test_mutants.py",
    "tests/reconcile/test_injections.py",
    "tests/batch/test_cluster.py",
    "tests/pages/test_ocr.py",
    "tests/pages/test_unread_pages.py",
    "tests/cli/test_progress_and_state.py",
    "tests/mappings/test_sheets_of_strangers.py",
)


class BiggestFirst(LoadScopeScheduling):
    """Hands out files, or rooms of `TOGETHER`, in the order of `DEAREST`; then those with more tests before those with fewer."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        room = str(Path(file).parent)
        return room if room in TOGETHER else file

    def _assign_work_unit(self, node: WorkerController) -> None:
        dearest = min(self.workqueue, key=_turn)
        self.workqueue.move_to_end(dearest, last=False)
        super()._assign_work_unit(node)


def _turn(scope: str) -> int:
    """The place among the dearest; all others come after them as they stand."""
    return DEAREST.index(scope) if scope in DEAREST else len(DEAREST)
