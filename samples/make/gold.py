"""The gold answers, noted by the same program that typesets a figure and never by dealproof."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from samples.make.evidence import known_pages, pages_of

KEYS = {
    "documents": ("file_name",),
    "deals": ("deal_id",),
    "tranches": ("deal_id", "tranche"),
    "ratings": ("deal_id", "tranche", "agency_id", "document_id"),
    "pool_stats": ("deal_id", "as_of", "metric", "scope"),
    "pool_distributions": ("deal_id", "as_of", "dimension", "bucket"),
    "performance": ("deal_id", "period_no", "metric", "definition", "document_id"),
    "delinquency": ("deal_id", "period_no", "bucket", "document_id"),
    "revolving_purchases": ("deal_id", "purchase_no", "document_id"),
    "tranche_payments": ("deal_id", "tranche", "period_no", "document_id"),
    "cash_flows": ("deal_id", "period_no", "account", "line", "document_id"),
    "triggers": ("deal_id", "trigger", "period_no", "document_id"),
    "parties": ("deal_id", "role", "institution_id", "document_id"),
}
COLUMNS = {
    "files": "file_name,family,deal_id,kind,period_no,producer,pages,scanned_pages,bytes,document_id,options",
    "documents": "document_id,file_name,kind,market,deal_id,title,report_date,period_no,period_start,period_end,payment_date,pages,pages_ocr,supersedes,status,message",
    "deals": "deal_id,deal_name,market,asset_class,currency,announcement_date,cutoff_date,closing_date,first_payment_date,legal_maturity,total_amount,revolving,revolving_months,alternative_sizes",
    "tranches": "deal_id,tranche,tranche_name,seniority,position,amount,share_pct,rate_type,coupon_pct,repayment,expected_maturity,legal_maturity,security_code",
    "ratings": "deal_id,tranche,agency_id,document_id,rating,rating_date",
    "pool_stats": "deal_id,as_of,metric,scope,value,unit",
    "pool_distributions": "deal_id,as_of,dimension,bucket,position,lower,upper,amount,amount_share_pct,count,count_share_pct",
    "performance": "deal_id,period_no,metric,definition,document_id,period_start,period_end,value,unit,reprinted",
    "delinquency": "deal_id,period_no,bucket,document_id,count,count_share_pct,balance,balance_share_pct",
    "revolving_purchases": "deal_id,purchase_no,document_id,period_no,purchase_date,purchase_amount,amount_basis,cumulative_amount,initial_amount",
    "tranche_payments": "deal_id,tranche,period_no,document_id,payment_date,opening_balance,principal_paid,interest_paid,closing_balance",
    "cash_flows": "deal_id,period_no,account,line,document_id,previous_amount,amount",
    "triggers": "deal_id,trigger,period_no,document_id,threshold,actual,breached",
    "parties": "deal_id,role,name,document_id,institution_id,match,score",
}
EVIDENCE = "table,key,column,document_id,file_name,pages,text"
ANY = "*"

#: Agencies that documents print by their short names.
SHORT_NAMES = {
    "上海新世纪资信评估投资服务有限公司": "新世纪资信",
    "中债资信评估有限责任公司": "中债资信",
    "联合资信评估股份有限公司": "联合资信",
}


@dataclass
class Gold:
    """All answers of all documents; `add` notes one row for one document."""

    rows: dict[str, dict[tuple[str, ...], dict[str, str]]] = field(default_factory=dict)
    coverage: list[tuple[str, str, str, str, str]] = field(default_factory=list)
    questions: list[tuple[str, str, str, str, str, str, str]] = field(default_factory=list)

    def add(self, table: str, source: str, optional: str = "", **values: object) -> None:
        """Note a row; a second document that says the same adds itself to the row's sources."""
        row = {name: _text(value) for name, value in values.items() if value is not None}
        if "document_id" in COLUMNS[table].split(",") and table != "documents":
            row["document_id"] = source
        key = tuple(row.get(name, "") for name in KEYS[table])
        known = self.rows.setdefault(table, {}).setdefault(key, {"_source": "", "_optional": optional})
        for name, value in row.items():
            if name in known and known[name] != value and value != ANY and known[name] != ANY:
                known[name] = "|".join(dict.fromkeys((*known[name].split("|"), value)))
            else:
                known[name] = value if known.get(name) in (None, ANY) else known[name]
        sources = [name for name in known["_source"].split(";") if name]
        known["_source"] = ";".join(dict.fromkeys((*sources, source)))

    def write(self, folder: Path, files: Mapping[str, Path], about: Mapping[str, Mapping[str, object]]) -> None:
        """Write one CSV a table; file names become the SHA-256 of the PDFs that were made."""
        folder.mkdir(parents=True, exist_ok=True)
        ids = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}
        _write(
            folder / "files.csv",
            COLUMNS["files"],
            [_file_row(name, path, ids, about[name]) for name, path in files.items()],
        )
        tables = {
            table: [self._finished(table, row, ids) for row in self.rows.get(table, {}).values()] for table in KEYS
        }
        for table, rows in tables.items():
            rows.sort(key=lambda row: tuple(row.values()))
            _write(folder / f"{table}.csv", COLUMNS[table] + ",_optional,_source", rows)
        texts = {name: pages_of(path) for name, path in files.items()}
        _write(folder / "evidence.csv", EVIDENCE, list(known_pages(tables, KEYS, ids, texts)))
        _write(
            folder / "coverage.csv", "deal_id,document_id,period_no,field,state",
            [dict(zip(("deal_id", "document_id", "period_no", "field", "state"), (d, ids[f], p, c, s), strict=True)) for d, f, p, c, s in self.coverage],
        )  # fmt: skip
        names = ("deal_id", "file_name", "kind", "table", "column", "period_no", "note")
        rows = [
            dict(zip(names, question, strict=True)) | {"document_id": ids[question[1]]} for question in self.questions
        ]
        _write(
            folder / "expected_questions.csv", "deal_id,document_id,file_name,kind,table,column,period_no,note", rows
        )
        used = sorted({row["institution_id"] for row in self.rows.get("parties", {}).values()} | set(SHORT_NAMES))
        _write(
            folder / "institutions.csv",
            "legal_name,short_names",
            [{"legal_name": name, "short_names": SHORT_NAMES.get(name, "")} for name in used],
        )

    def _finished(self, table: str, row: dict[str, str], ids: Mapping[str, str]) -> dict[str, str]:
        done = {name: row.get(name, "") for name in (*COLUMNS[table].split(","), "_optional", "_source")}
        if table == "documents":
            done["document_id"] = ids[row["file_name"]]
        elif "document_id" in done:
            done["document_id"] = ids[row["document_id"]]
        return done


def _file_row(name: str, path: Path, ids: Mapping[str, str], about: Mapping[str, object]) -> dict[str, str]:
    row = {key: _text(value) for key, value in about.items()}
    return {
        "file_name": name,
        "bytes": str(path.stat().st_size),
        "document_id": ids[name],
        "scanned_pages": "",
        "options": "",
        **row,
    }


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def _write(path: Path, columns: str, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, columns.split(","), lineterminator="\n", extrasaction="ignore", restval="")
        writer.writeheader()
        writer.writerows(rows)
