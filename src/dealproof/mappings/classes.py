"""Which institution is what class of asset provider (资产提供方): `mappings/provider_classes.csv`.

A class belongs to an entity and stands on evidence; it never follows from a licence word (a platform's 小贷 company is
互联网平台). `class` is the fine grouping with 民营银行 apart; the coarse one follows from it.
"""

from __future__ import annotations

from dataclasses import dataclass

from dealproof.mappings.findings import Finding
from dealproof.mappings.layout import DECIDED_BY, DECIDED_ON, NOTE, Layout, column, word_column
from dealproof.mappings.sheet import Sheet
from dealproof.mappings.usable import usable_rows

FILE = "provider_classes.csv"
#: Fine class to coarse class.
COARSE = {
    "民营银行": "银行",
    "商业银行": "银行",
    "互联网平台": "平台",
    "融资担保公司": "融资担保公司",
    "小贷公司": "小贷公司",
    "财产险公司": "财产险公司",
}
_WITHOUT_ID = "the id is missing.", "Fill in the id from institutions.csv."
_UNPROVED = "a class needs evidence.", "Say what shows it: a page, an announcement, a review."
LAYOUT = Layout(
    FILE,
    (
        column("institution_id", "机构标识", "机构编号", kind="identity", needed=True, absent=_WITHOUT_ID),
        column("legal_name", "法定全称", "机构全称"),
        word_column("class", "分类", "资产提供方分类", own=COARSE, needed=True),
        column("valid_from", "生效日", "起始日", kind="date", needed=True),
        column("valid_to", "失效日", "截止日", kind="date", needed=True),
        column("evidence", "依据", needed=True, absent=_UNPROVED),
        column("source", "来源"), DECIDED_BY, DECIDED_ON, NOTE,
    ),
    row="机构的资产提供方分类 a class of an institution",
    key=("institution_id", "valid_from", "valid_to"),
    span=("valid_from", "valid_to"),
)  # fmt: skip
COLUMNS = LAYOUT.names


@dataclass(frozen=True, slots=True)
class ProviderClass:
    """One row: the class of an institution in a time, and why. Dates ISO, '' open."""

    institution_id: str
    legal_name: str
    name: str
    valid_from: str
    valid_to: str
    evidence: str
    source: str
    where: str

    @property
    def coarse(self) -> str:
        """The coarse class: 银行, 平台, or the class itself."""
        return COARSE[self.name]


def classes_of(sheet: Sheet, findings: list[Finding]) -> tuple[ProviderClass, ...]:
    """Read the rows of the classes file; a row that cannot be used adds findings and is left out."""
    found: list[ProviderClass] = []
    for row in usable_rows(sheet, LAYOUT, findings):
        wrong = [Finding(FILE, row.line, *told) for told in LAYOUT.mistakes(row)]
        if wrong:
            findings += wrong
            continue
        found.append(
            ProviderClass(
                row["institution_id"],
                row["legal_name"],
                row["class"],
                row["valid_from"],
                row["valid_to"],
                row["evidence"],
                row["source"],
                f"{FILE}:{row.line}",
            )
        )
    return tuple(found)


def class_on(classes: tuple[ProviderClass, ...], institution_id: str, day: str = "") -> ProviderClass | None:
    """Return the class of an institution on a day; the latest one where no day is given."""
    own = [item for item in classes if item.institution_id == institution_id]
    if not day:
        return max(own, key=lambda item: item.valid_from, default=None)
    fitting = [i for i in own if (not i.valid_from or i.valid_from <= day) and (not i.valid_to or day <= i.valid_to)]
    return fitting[0] if fitting else None
