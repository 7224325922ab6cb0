"""What documents cannot say of the market: `mappings/market_reference.csv`.

Total issuance (发行总规模) and stock (存量规模) of the market, a yield curve (收益率曲线), counts and amounts of earlier
years, and a person's word that the documents of a year are complete. Every row names its source and the source's date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from dealproof import contract
from dealproof.mappings import institutions
from dealproof.mappings.cells import CellError, iso_day
from dealproof.mappings.classes import COARSE
from dealproof.mappings.findings import Finding, refuse
from dealproof.mappings.layout import NOTE, Layout, column, spelling, word_column
from dealproof.mappings.sheet import Sheet, SheetRow, read_sheet
from dealproof.mappings.usable import usable_rows
from dealproof.values.numbers import parse_number
from dealproof.values.parsed import Parsed

FILE = "market_reference.csv"
#: Series and the units in which each may be given, with what one of the unit is in the unit of the figures.
UNITS: dict[str, dict[str, Decimal]] = {
    "issuance_count": {"单": Decimal(1)},
    "issuance_amount": {"亿元": Decimal(100_000_000), "万元": Decimal(10_000), "元": Decimal(1)},
    "stock": {"亿元": Decimal(100_000_000), "万元": Decimal(10_000), "元": Decimal(1)},
    "yield": {"%": Decimal(1)},
    "documents_complete": {"": Decimal(1)},
}
#: What a figure may be broken down by, besides nothing.
GROUPS = ("", "market", "provider_class", "provider", "tenor")
ALL = "all"
_UNIVERSES = (ALL, *contract.table("deals").column("asset_class").vocabulary)
#: What may stand under `member`; providers are checked against the institutions.
_MEMBERS = {
    "market": contract.table("deals").column("market").vocabulary,
    "provider_class": tuple(COARSE),
}
_SERIES_ZH = {
    "发行单数": "issuance_count", "发行规模": "issuance_amount", "存量规模": "stock", "收益率": "yield",
    "文件齐全": "documents_complete",
}  # fmt: skip
_UNIVERSES_ZH = {
    "全部": ALL, "小微贷款": "micro_loan", "消费贷款": "consumer_loan", "信用卡": "credit_card", "汽车贷款": "auto_loan",
    "住房抵押贷款": "residential_mortgage", "不良贷款": "npl", "租赁": "lease", "应收账款": "receivable",
    "企业贷款": "corporate_loan", "其他": "other",
}  # fmt: skip
_GROUPS_ZH = {"市场": "market", "资产提供方分类": "provider_class", "资产提供方": "provider", "期限": "tenor"}
_FROM = "Say where the figure is from and of which day."
LAYOUT = Layout(
    FILE,
    (
        word_column("series", "指标", own=UNITS, others=_SERIES_ZH, needed=True),
        word_column("universe", "范围", own=_UNIVERSES, others=_UNIVERSES_ZH, needed=True),
        column("period", "期间", kind="identity", needed=True),
        word_column("group", "分组", own=GROUPS, others=_GROUPS_ZH, needed=True),
        column("member", "组别", needed=True),
        column("value", "数值", kind="value", needed=True),
        column("unit", "单位", needed=True),
        column("source", "来源", needed=True, absent=("the source is missing.", _FROM)),
        column("source_date", "来源日期", kind="date", needed=True, absent=("the source_date is missing.", _FROM)),
        NOTE,
    ),
    row="文件之外的一个市场数字 a market figure from elsewhere",
    key=("series", "universe", "period", "group", "member"),
)
COLUMNS = LAYOUT.names
_TRUTH = {"是": "1", "yes": "1", "true": "1", "否": "0", "no": "0", "false": "0"}
_YEAR = re.compile(r"^\d{4}$")


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """One figure from outside the documents.

    `universe` is an asset class of the dataset or `all`; `period` a year, or an ISO date in series `yield`; `group` and
    `member` name the part of the market that it is of. `value` is in yuan, deals or percent.
    """

    series: str
    universe: str
    period: str
    group: str
    member: str
    value: Decimal
    source: str
    source_date: str
    where: str


@dataclass(frozen=True, slots=True)
class MarketReference:
    """All figures from outside the documents."""

    rows: tuple[ReferenceRow, ...] = ()

    def find(self, series: str, universe: str, period: str, group: str = "", member: str = "") -> ReferenceRow | None:
        """The figure of one series, universe, period and part of the market, or None where nobody stated it."""
        wanted = series, universe, period, group, member
        rows = (row for row in self.rows if (row.series, row.universe, row.period, row.group, row.member) == wanted)
        return next(rows, None)

    def of(self, series: str, universe: str) -> tuple[ReferenceRow, ...]:
        """All figures of one series and universe, as they stand in the file."""
        return tuple(row for row in self.rows if (row.series, row.universe) == (series, universe))

    def complete(self, universe: str, year: int) -> bool:
        """Whether a person stated that all documents of the year are there."""
        row = self.find("documents_complete", universe, str(year))
        return row is not None and row.value == 1


def load_reference(folder: Path) -> MarketReference:
    """Read the reference file of a mappings folder; without one nothing is known. Raises MappingError with every mistake."""
    findings: list[Finding] = []
    reference = read_reference(folder, findings)
    refuse(findings)
    return reference


def read_reference(folder: Path, findings: list[Finding]) -> MarketReference:
    """Read the reference file of a mappings folder; rows that cannot be used add findings and are left out."""
    path = folder / FILE
    if not path.exists():
        return MarketReference()
    reference = reference_of(read_sheet(path), findings)
    findings += _strangers(reference, folder)
    return reference


def _strangers(reference: MarketReference, folder: Path) -> Iterator[Finding]:
    """Providers that the list of institutions does not have: they would never be met, and count as new."""
    listed = folder / institutions.FILE
    rows = read_sheet(listed, layout=institutions.LAYOUT).rows if listed.exists() else ()
    known = {row["institution_id"] for row in rows}
    for row in reference.rows:
        if row.group == "provider" and known and row.member not in known:
            line = int(row.where.rpartition(":")[2])
            message = f"{row.member!r} is in no row of {institutions.FILE}."
            yield Finding(FILE, line, "member", message, "Write the institution_id of the provider.")


def reference_of(sheet: Sheet, findings: list[Finding]) -> MarketReference:
    """Read the rows of the reference file; a row that cannot be used adds findings and is left out."""
    found: dict[tuple[str, ...], ReferenceRow] = {}
    for row in map(_as_meant, usable_rows(sheet, LAYOUT, findings)):
        wrong = list(_mistakes(row))
        key = LAYOUT.key_of(row)
        if key in found:
            message = f"the same figure stands in {found[key].where} already."
            wrong.append(Finding(FILE, row.line, "series", message, "Delete one of the two rows."))
        findings += wrong
        if not wrong:
            found[key] = _row(row)
    return MarketReference(tuple(found.values()))


def _as_meant(row: SheetRow) -> SheetRow:
    """The row with the day of a yield as ISO date and yes as 1; what is neither stays, and is found later."""
    if row["series"] == "documents_complete":
        return SheetRow({**row.cells, "value": _TRUTH.get(spelling(row["value"]), row["value"])}, row.line)
    if row["series"] != "yield":
        return row
    try:
        return SheetRow({**row.cells, "period": iso_day(row["period"])}, row.line)
    except CellError:
        return row


def _row(row: SheetRow) -> ReferenceRow:
    value = _number(row["value"]) or Decimal(0)
    scale = UNITS[row["series"]][row["unit"]]
    return ReferenceRow(
        row["series"], row["universe"], row["period"], row["group"], row["member"],
        value * scale, row["source"], row["source_date"], f"{FILE}:{row.line}",
    )  # fmt: skip


def _is_day(text: str) -> bool:
    try:
        return iso_day(text) == text
    except CellError:
        return False


def _number(text: str) -> Decimal | None:
    parsed = parse_number(text)
    return parsed.value if isinstance(parsed, Parsed) else None


def _wrong_values(row: SheetRow) -> Iterator[Finding]:
    value = _number(row["value"])
    if value is None:
        yield Finding(FILE, row.line, "value", f"{row['value']!r} is no number.", "Write a number, without its unit.")
    elif row["series"] == "documents_complete" and value not in (0, 1):
        yield Finding(
            FILE, row.line, "value", f"{value} is neither yes nor no.", "Write 1 once all documents are there, else 0."
        )
    elif value < 0 and row["series"] != "yield":
        yield Finding(
            FILE, row.line, "value", f"{value} is negative.", "Write what was issued or stands, not its change."
        )


def _mistakes(row: SheetRow) -> Iterator[Finding]:
    def finding(column: str, message: str, remedy: str) -> Finding:
        return Finding(FILE, row.line, column, message, remedy)

    yield from (finding(*told) for told in LAYOUT.mistakes(row))
    units = UNITS.get(row["series"])
    if units is not None and row["unit"] not in units:
        allowed = " or ".join(unit or "nothing" for unit in units)
        yield finding("unit", f"unit {row['unit']!r} does not fit {row['series']}.", f"Use {allowed}.")
    of_days = row["series"] == "yield"
    if not (_is_day(row["period"]) if of_days else _YEAR.match(row["period"])):
        shown = "a date as 2025-05-26" if of_days else "a year as 2025"
        yield finding("period", f"{row['period']!r} is no period of {row['series']}.", f"Write {shown}.")
    if bool(row["group"]) != bool(row["member"]):
        yield finding("member", "group and member belong together.", "Fill in both, or neither.")
    members = _MEMBERS.get(row["group"], ())
    if members and row["member"] and row["member"] not in members:
        yield finding("member", f"{row['member']!r} is no {row['group']}.", f"Use one of {', '.join(members)}.")
    yield from _wrong_values(row)
