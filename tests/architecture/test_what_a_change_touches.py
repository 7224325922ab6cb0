"""A pool statistic is a record and a label row, a kind of document too, a label is a row: tried in a copy of the program.

The copy gets the record and the row and nothing else; then it must read, rank, check and explain what is new.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


class Copy:
    """A copy of the program and its mapping files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for part in ("src", "mappings"):
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))

    def insert(self, file: str, behind: str, *lines: str) -> None:
        """Put lines behind the one line that reads so."""
        path = self.folder / "src" / "dealproof" / file
        head, found, tail = path.read_text(encoding="utf-8").partition(f"\n{behind}\n")
        assert found, behind
        path.write_text(head + found + "".join(f"{line}\n" for line in lines) + tail, encoding="utf-8")

    def add_label(self, group: str, row: str) -> None:
        with (self.folder / "mappings" / "labels" / f"{group}.csv").open("a", encoding="utf-8") as file:
            file.write(f"{row}\n")

    def mistakes_in_mappings(self) -> object:
        """What `mappings check` finds in the copy."""
        return self.says("""
from dealproof.mappings.check import check_folder
print(json.dumps([str(finding) for finding in check_folder(Path("mappings"))]))
""")

    def says(self, code: str) -> Any:
        """What the copy prints as JSON."""
        script = _BEFORE + code
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=self.folder, capture_output=True, text=True, check=False,
            env={**os.environ, "PYTHONPATH": f"{self.folder / 'src'}{os.pathsep}{ROOT}"},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


_BEFORE = """
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import dealproof
from dealproof.interpret.context import Context
from dealproof.interpret.document import profile_document
from dealproof.interpret.read_tables import read_tables
from dealproof.mappings.labels import load_labels
from dealproof.model.profile import Profile
from tests.interpret.tables import document_of, table_of

assert Path(dealproof.__file__).is_relative_to(Path.cwd()), dealproof.__file__
LABELS = load_labels(Path("mappings/labels"))
CIRCULAR = Profile("offering_circular", "credit_abs", deal_id="云帆2025-1", cutoff_date=date(2025, 1, 31))

def values(rows, profile=CIRCULAR):
    extract = document_of("", tables=(table_of(rows),))
    (entry,) = read_tables(Context(extract, profile, LABELS))
    return {fact.key_text: str(fact.value) for fact in entry.reading.facts}
"""


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


def test_a_pool_statistic_is_a_record_and_a_label_row(copy: Copy) -> None:
    copy.insert("contract/metrics.py", "PoolMetric = Literal[", '    "max_borrower_balance",')
    copy.insert(
        "contract/metrics.py",
        "POOL: tuple[PoolRecord, ...] = (",
        '    PoolRecord("max_borrower_balance", "money", "单户最高余额", "Greatest balance of a borrower",',
        '        above=("avg_borrower_balance",)),',
    )
    copy.add_label("pool_stats", "max_borrower_balance,单户借款人最高本金余额,,")
    read, ties, explained = copy.says("""
from dealproof.export.describe import describe
from dealproof.reconcile.identities.pool import orders
from dealproof.reconcile.values import Figure, Figures

key = ("云帆2025-1", "2025-01-31")
cells = [("pool_stats", (*key, name, ""), "value") for name in ("avg_borrower_balance", "max_borrower_balance")]
ties = orders(Figures([Figure(cells[0], Decimal(14)), Figure(cells[1], Decimal(12))]))
words = {word.word: word.zh for column in describe("pool_stats")[0].columns for word in column.words}
rows = [["项目", "数值"], ["单户借款人最高本金余额（万元）", "12.5"], ["贷款笔数", "3"]]
print(json.dumps([values(rows), [[cell[1][2] for cell in tie.cells] for tie in ties], words["max_borrower_balance"]]))
""")
    assert read == {
        "云帆2025-1|2025-01-31|max_borrower_balance|": "125000.0", "云帆2025-1|2025-01-31|loan_count|": "3",
    }  # fmt: skip
    assert ties == [["avg_borrower_balance", "max_borrower_balance"]]
    assert explained == ["单户最高余额"]
    assert copy.mistakes_in_mappings() == []


def test_a_kind_of_document_is_a_record_and_a_label_row(copy: Copy) -> None:
    copy.insert("contract/document_kinds.py", "DocumentKind = Literal[", '    "risk_report",')
    copy.insert(
        "contract/document_kinds.py",
        "KINDS: tuple[KindRecord, ...] = (",
        '    KindRecord("risk_report", ("信用风险管理报告",), "How sure the payments are, twice a year.", authority=65,',
        '        is_signed_below=True, tables=frozenset({"pool_stats"})),',
    )
    copy.add_label("documents", "risk_report,.*信用风险管理报告.*,regex,")
    (copy.folder / "expectations.csv").write_text("文件类型,字段,要求,条件,备注\n信用风险管理报告,pool_stats,必须,,\n", encoding="utf-8")
    kind, day, ranks, expected, carried, left = copy.says("""
from dealproof.dataset.source_rank import rank
from dealproof.mappings.expectations import load_expectations
from tests.dataset.conftest import document

found = profile_document(
    document_of("云帆2025年第二期微小企业贷款资产支持证券\\n信用风险管理报告\\n2025年1月1日", "受托机构\\n2026年3月1日"), LABELS
)
kinds = ("revolving_notice", found.kind, "trustee_report")
ranked = sorted(kinds, key=lambda kind: rank(document("a.pdf", kind, ())))
(wanted,) = load_expectations(Path("expectations.csv"))
report = replace(CIRCULAR, kind=found.kind)
carried = values([["项目", "数值"], ["贷款笔数", "3"], ["借款人户数", "2"]], report)
left = values([["分层", "发行金额（万元）"], ["优先A档", "80.00"], ["次级档", "20.00"]], report)
print(json.dumps([found.kind, found.report_date.isoformat(), ranked, wanted.kind, carried, left]))
""")
    assert (kind, day) == ("risk_report", "2026-03-01")
    assert ranks == ["trustee_report", "risk_report", "revolving_notice"]
    assert expected == "risk_report"
    assert sorted(carried.values()) == ["2", "3"]
    assert left == {}
    assert copy.mistakes_in_mappings() == []


def test_a_label_is_a_row(copy: Copy) -> None:
    rows = '[["项目", "数值"], ["入池资产年化利率的加权水平（%）", "5.25"], ["贷款笔数", "3"]]'
    assert copy.says(f"print(json.dumps(values({rows})))") == {"云帆2025-1|2025-01-31|loan_count|": "3"}
    copy.add_label("pool_stats", "wa_rate_pct,入池资产年化利率的加权水平,,")
    assert copy.says(f"print(json.dumps(values({rows})))") == {
        "云帆2025-1|2025-01-31|wa_rate_pct|": "5.25", "云帆2025-1|2025-01-31|loan_count|": "3",
    }  # fmt: skip
    assert copy.mistakes_in_mappings() == []
