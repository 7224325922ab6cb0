"""The institutions list: `mappings/institutions.csv`, one legal entity a row.

Columns: those of the contract (institution_id, legal_name, short_name, kind, provider_class, parent_id) and
name_en, former_names, source, note. Former names are dated in brackets, several joined by `|`:
`捷信消费金融有限公司（至2025-05-26）`. An institution_id survives a rename and is never given to another entity.
`provider_class` stays empty here: provider_classes.csv decides it, with its evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dealproof import contract
from dealproof.mappings.cells import CellError, iso_day
from dealproof.mappings.findings import Finding
from dealproof.mappings.layout import NOTE, Layout, column, word_column
from dealproof.mappings.sheet import Sheet, SheetRow
from dealproof.mappings.usable import usable_rows
from dealproof.text import squeeze

FILE = "institutions.csv"
_KINDS = contract.table("institutions").column("kind").vocabulary
_KINDS_ZH = {
    "商业银行": "commercial_bank", "民营银行": "private_bank", "信托公司": "trust_company", "互联网平台": "internet_platform",
    "小额贷款公司": "microloan_company", "小贷公司": "microloan_company", "融资担保公司": "guarantee_company",
    "财产险公司": "property_insurer", "财产保险公司": "property_insurer", "保理公司": "factoring_company",
    "消费金融公司": "consumer_finance_company", "证券公司": "securities_company", "资产管理公司": "asset_manager",
    "评级机构": "rating_agency", "律师事务所": "law_firm", "会计师事务所": "accounting_firm", "登记机构": "registrar",
    "其他": "other",
}  # fmt: skip
_WITHOUT_ID = "the id is missing.", "Give a new id that was never used before."
_NAMELESS = "the legal name is missing.", "Fill it in or delete the row."
LAYOUT = Layout(
    FILE,
    (
        column("institution_id", "机构标识", "机构编号", kind="identity", needed=True, absent=_WITHOUT_ID),
        column("legal_name", "法定全称", "机构全称", needed=True, absent=_NAMELESS),
        column("short_name", "简称"),
        word_column("kind", "类型", "机构类型", own=_KINDS, others=_KINDS_ZH, needed=True),
        column("provider_class", "资产提供方分类"),
        column("parent_id", "控股方", "控股方标识", kind="identity"),
        column("name_en", "英文名", "英文名称"),
        column("former_names", "曾用名"),
        column("source", "来源"), NOTE,
    ),
    row="一家法人 one legal entity",
    key=("institution_id",),
)  # fmt: skip
COLUMNS = LAYOUT.names
_DATED = re.compile(r"^(?P<name>.+?)(?:\((?P<start>[^()至~]*)(?:至|~)(?P<end>[^()至~]*)\))?$")
_YEAR = re.compile(r"\d{4}年?")


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name that an institution had; the dates are ISO (a year alone is its first or last day), '' unknown."""

    name: str
    valid_from: str = ""
    valid_to: str = ""


@dataclass(frozen=True, slots=True)
class Institution:
    """One legal entity. `where` is `institutions.csv:<line>` as Excel numbers lines."""

    institution_id: str
    legal_name: str
    short_name: str = ""
    kind: str = "other"
    provider_class: str = ""
    parent_id: str = ""
    name_en: str = ""
    former_names: tuple[FormerName, ...] = ()
    source: str = ""
    note: str = ""
    where: str = ""


def institutions_of(sheet: Sheet, findings: list[Finding]) -> tuple[Institution, ...]:
    """Read the rows of an institutions list; a row that cannot be used adds a finding and is left out."""
    return tuple(_usable(sheet, findings))


def former_names(cell: str) -> tuple[FormerName, ...]:
    """Read a cell of former names. Raises ValueError naming the part whose dates cannot be read."""
    found = []
    for part in re.split(r"[|｜;；]", cell):
        text = squeeze(part)
        if not text:
            continue
        match = _DATED.match(text)
        if match is None or re.search(r"\([^()]*(?:至|~)[^()]*\)$", match["name"]):
            raise ValueError(part.strip())
        try:
            found.append(FormerName(match["name"], _day(match["start"], "01-01"), _day(match["end"], "12-31")))
        except CellError as error:
            raise ValueError(part.strip()) from error
    return tuple(found)


def _usable(sheet: Sheet, findings: list[Finding]) -> Iterator[Institution]:
    ids: dict[str, int] = {}
    names: dict[str, int] = {}
    for row in usable_rows(sheet, LAYOUT, findings):
        found = list(_mistakes(row, ids, names))
        ids.setdefault(row["institution_id"], row.line)
        names.setdefault(squeeze(row["legal_name"]), row.line)
        if found:
            findings += found
            continue
        yield Institution(
            **{name: row[name] for name in COLUMNS if name != "former_names"},
            former_names=former_names(row["former_names"]),
            where=f"{Path(sheet.path).name}:{row.line}",
        )


def _mistakes(row: SheetRow, ids: dict[str, int], names: dict[str, int]) -> Iterator[Finding]:
    def finding(column: str, message: str, remedy: str) -> Finding:
        return Finding(FILE, row.line, column, message, remedy)

    yield from (finding(*told) for told in LAYOUT.mistakes(row))
    if row["institution_id"] and row["institution_id"] in ids:
        yield finding(
            "institution_id",
            f"{row['institution_id']} stands in line {ids[row['institution_id']]} already.",
            "Ids are never reused: give a new one, or delete the row.",
        )
    if row["legal_name"] and squeeze(row["legal_name"]) in names:
        yield finding(
            "legal_name",
            f"{row['legal_name']} stands in line {names[squeeze(row['legal_name'])]} already.",
            "Delete one of the two rows.",
        )
    try:
        former_names(row["former_names"])
    except ValueError as error:
        yield finding("former_names", f"{error} cannot be read.", "Write 旧名（至2025-05-26）, several joined by |.")


def _day(text: str | None, year_alone: str) -> str:
    if not text:
        return ""
    return f"{text[:4]}-{year_alone}" if _YEAR.fullmatch(text) else iso_day(text)
