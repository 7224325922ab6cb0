"""The analysts' decisions about names: `mappings/aliases.csv`, one decision a row.

`decision` is one of
- `alias`: the mention is another name of the institution;
- `former_name`: it was its name, from `valid_from` to `valid_to`;
- `merged_into`: what had this name was absorbed; the name leads to the successor from `valid_from` on;
- `not_same`: the mention is not this institution, and it is never proposed again;
- `new_entity`: the mention is an institution that was added to the list for it;
- `ignore`: the mention names nobody (a label, a remark);
- `never`: it is a real name, but nobody of the list; never ask again;
- `unsure`: looked at and left open; not asked again, the row says what was found.
A row speaks for a role (`role_scope`), a deal (`deal_scope`), a time, or, with `*` and no dates, for all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, cast, get_args

from dealproof import contract
from dealproof.mappings.findings import Finding
from dealproof.mappings.layout import DECIDED_BY, DECIDED_ON, NOTE, REASON, Layout, column, word_column
from dealproof.mappings.sheet import Sheet, SheetRow
from dealproof.mappings.usable import usable_rows

FILE = "aliases.csv"
Word = Literal["alias", "former_name", "merged_into", "not_same", "new_entity", "ignore", "never", "unsure"]
DECISIONS: tuple[Word, ...] = get_args(Word)
#: Decisions that lead to an institution.
LEADING: frozenset[str] = frozenset({"alias", "former_name", "merged_into", "new_entity"})
#: Decisions by which a name stays nobody's and is not asked about.
SETTLED: frozenset[str] = frozenset({"ignore", "never", "unsure"})
#: Who decided the rows that come with the program; anybody else is a person.
SHIPPED_BY = "dealproof"
ALL = "*"
#: Other ways to write that a row is not narrowed.
EVERY = ("＊", "全部", "不限", "所有", "all")

_ROLES = contract.table("parties").column("role").vocabulary
_ROLES_ZH = {
    "发起机构": "originator",
    "原始权益人": "originator",
    "资产提供方": "asset_provider",
    "贷款服务机构": "servicer",
    "资产服务机构": "servicer",
    "受托机构": "trustee",
    "管理人": "trustee",
    "资金保管机构": "custodian",
    "托管银行": "custodian",
    "主承销商": "lead_underwriter",
    "承销商": "underwriter",
    "登记托管机构": "registrar",
    "评级机构": "rating_agency",
    "律师事务所": "law_firm",
    "法律顾问": "law_firm",
    "会计师事务所": "accounting_firm",
    "会计顾问": "accounting_firm",
    "流动性支持机构": "liquidity_provider",
    "担保人": "guarantor",
}
_DECISIONS_ZH = {
    "别名": "alias", "简称": "alias",
    "曾用名": "former_name",
    "并入": "merged_into", "已并入": "merged_into", "合并": "merged_into",
    "不是": "not_same", "非同一机构": "not_same",
    "新机构": "new_entity", "新增机构": "new_entity",
    "忽略": "ignore", "非机构名称": "ignore",
    "名录外": "never", "不再询问": "never",
    "待定": "unsure", "不确定": "unsure",
}  # fmt: skip
_NAMELESS = "the name is missing.", "Fill in the name as printed or delete the row."
LAYOUT = Layout(
    FILE,
    (
        word_column("decision", "决定", "判断", own=DECISIONS, others=_DECISIONS_ZH, needed=True),
        column("mention", "名称", "原文名称", needed=True, absent=_NAMELESS),
        column("institution_id", "机构标识", "机构编号", "entity_id", kind="identity", needed=True),
        column("canonical_name", "法定全称", "机构全称"),
        word_column("role_scope", "角色", "角色范围", own=(ALL, *_ROLES), others={**_ROLES_ZH, **dict.fromkeys(EVERY, ALL)}, blank=True),
        column("deal_scope", "交易", "交易范围", kind="deal"),
        column("valid_from", "生效日", "起始日", kind="date"),
        column("valid_to", "失效日", "截止日", kind="date"),
        REASON, column("source", "来源"), DECIDED_BY, DECIDED_ON, NOTE,
    ),
    row="一个决定 one decision",
    key=("mention", "role_scope", "deal_scope", "valid_from", "valid_to"),
    span=("valid_from", "valid_to"),
)  # fmt: skip
COLUMNS = LAYOUT.names


@dataclass(frozen=True, slots=True)
class Decision:
    """One row of the aliases file. Scopes are `*` or one role of the contract, one deal id; dates ISO or ''."""

    decision: Word
    mention: str
    institution_id: str = ""
    canonical_name: str = ""
    role_scope: str = ALL
    deal_scope: str = ALL
    valid_from: str = ""
    valid_to: str = ""
    reason: str = ""
    source: str = ""
    decided_by: str = ""
    decided_on: str = ""
    note: str = ""
    where: str = ""

    @property
    def by_person(self) -> bool:
        """Whether an analyst decided this, not the list that comes with the program."""
        return self.decided_by != SHIPPED_BY

    @property
    def dated(self) -> bool:
        """Whether it speaks for a time only."""
        return bool(self.valid_from or self.valid_to)

    def speaks_for(self, role: str, deal: str, day: str) -> bool:
        """Whether the row applies to a name in this role, deal and document date (each '' where unknown).

        A dated row says nothing about a document of unknown date, except that a former name stays one.
        """
        if self.role_scope not in (ALL, role) or self.deal_scope not in (ALL, deal):
            return False
        if not self.dated:
            return True
        if not day or self.decision == "former_name":
            return self.decision == "former_name"
        return (not self.valid_from or self.valid_from <= day) and (not self.valid_to or day <= self.valid_to)


def decisions_of(sheet: Sheet, findings: list[Finding], needed: Sequence[str] = LAYOUT.needed) -> tuple[Decision, ...]:
    """Read the rows of an aliases file; a row without a decision was not looked at yet and is skipped.

    `needed` are the columns that must stand there.
    """
    found: list[Decision] = []
    for row in usable_rows(sheet, LAYOUT, findings, needed=needed, where=lambda row: bool(row["decision"])):
        wrong = list(_mistakes(row))
        if wrong:
            findings += wrong
        else:
            found.append(_decision(row, f"{FILE}:{row.line}"))
    return tuple(found)


def _decision(row: SheetRow, where: str) -> Decision:
    cells = {name: row[name] for name in COLUMNS if name not in ("decision", "institution_id")}
    cells["role_scope"] = row["role_scope"] or ALL
    cells["deal_scope"] = ALL if row["deal_scope"] in ("", *EVERY) else row["deal_scope"]
    return Decision(cast(Word, row["decision"]), institution_id=row["institution_id"], where=where, **cells)


def _mistakes(row: SheetRow) -> Iterator[Finding]:
    def finding(column: str, message: str, remedy: str) -> Finding:
        return Finding(FILE, row.line, column, message, remedy)

    word = row["decision"]
    yield from (finding(*told) for told in LAYOUT.mistakes(row))
    if (word in LEADING or word == "not_same") and not row["institution_id"]:
        yield finding("institution_id", f"{word} needs an institution.", "Fill in its id from institutions.csv.")
    if word == "merged_into" and not row["valid_from"]:
        yield finding("valid_from", "a merger needs its date.", "Fill in the day from which the successor stands.")
