"""Parties (参与机构): who does what in the deal, as printed; matching names to institutions is another matter.

A role cell may hold two roles (`发起机构/贷款服务机构`), a name cell several names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dealproof.interpret.context import Context, Reading
from dealproof.interpret.fact_builder import Notebook, document_key
from dealproof.interpret.layout import Matrix, matrix
from dealproof.mappings.fields import IGNORED
from dealproof.model.table import Cell, Table
from dealproof.text import squeeze, unmarked

NAME = "parties"
_SHORT = re.compile(r"\((?:以下)?(?:简称|下称|原名|曾用名|作为|兼任?|担任|(?:并)?同时(?:担任|作为|兼任))[^)]*\)|[“\"][^”\"]*[”\"]")
_COMPANY = re.compile(
    r"公司|银行|事务所|信托|中心|交易所|合作社|部|集团|企业|所$|Bank|LLC|Inc|N\.A|Trust", re.IGNORECASE
)
_REMARK = re.compile(r"[(（][^)）]*[)）]")
#: Where the full name of a company ends. A branch (分公司) has the name of its company before its own.
_LEGAL_FORM = re.compile(r"有限(?:责任)?公司|农村信用(?:合作)?联社|合伙企业|事务所(?!有限)")

#: Words that no company's name has.
_NO_NAME_IN = re.compile(r"(?<!自)由|的|^为|^原(?=由)|具[备有]|评级[为由]|^(?:律师|会计师|股东|法律顾问|大股东|控股)(?=.{2,}(?:公司|事务所))(?!事务所)|股东")
#: The English name behind the Chinese one.
_ENGLISH = re.compile(r"(?<=[司行所])[(]?[A-Z][A-Za-z&.,()'-]{5,}(?![一-龥])")
#: What a bracket behind a name says of somebody who has the role no more.
_GONE = re.compile(r"\((?:现|业)?(?:已|被|自愿)?(?:经)?(?:于[^()]{2,14})?(?:退出|更换|终止|解任|辞任|撤销|离任|解除|卸任)[^()]{0,6}\)$|\((?:曾|原|不再)担任[^()]{0,10}\)$")
#: Columns of companies that have no role, or have it no more, beside the role: 原机构, 股东, 交易对手.
NO_NAMES = re.compile(r"^(?:原|变更前|更换前|前任|曾任)|股东|关联|实际控制人|控股|子公司|交易对手|客户|竞争")
#: The place of names in a table that has none.
_NOWHERE = -1
#: Advisers that a party has for itself: 发起机构会计师.
_ADVISER = re.compile(r"^(?:的)?(?:律师|会计师|法律顾问|审计|评估|评级|财务顾问|顾问)")
#: Before a name that a list of definitions explains (受托人 指甲信托有限公司), and behind one, for whom it acts.
_DEFINED, _ON_BEHALF = re.compile(r"^(?:系指|是指|指)(?![定南])"), re.compile(r"\(代表[^()]*\)$")
#: The beginning of a sentence (根据…决定书的许可), and a name whose last letter is on another line: no name stands there.
_NO_NAME_AT_ALL = re.compile(r"^(?:根据|依据|按照|鉴于|关于)|(?:有限|责任)公$")
#: An address that stands before a name, as where the column beside it runs into it (江苏省苏州市苏州信托有限公司).
_ADDRESS = re.compile(r"^[\u4e00-\u9fff]{2,6}?(?:省|自治区)[\u4e00-\u9fff]{1,6}?[市州盟]|^(?:北京|上海|天津|重庆)市[\u4e00-\u9fff]{1,5}?区")
#: Letters of the shortest role, and of the longest (登记托管机构/支付代理机构).
_LEAST_ROLE, LONGEST_ROLE = 3, 20


_DEPOSITORY = re.compile(r"中国证券登记结算|中央国债登记结算|银行间市场清算所")
#: A whole name on a line of its own, so that the next line begins another.
_WHOLE_NAME = re.compile(r"[\u4e00-\u9fff()（）]{3,}(?:有限(?:责任)?公司|事务所(?:[(（]特殊普通合伙[)）])?)")
#: Roles that several institutions have together, and what the name of each tells.
_TOGETHER = {
    "rating_agency": re.compile("资信|评级|信用"), "law_firm": re.compile("律师事务所"), "accounting_firm": re.compile("会计师事务所"),
    "lead_underwriter": re.compile("证券|银行|国际金融"), "underwriter": re.compile("证券|银行|国际金融"),
}  # fmt: skip


def claim(table: Table, ctx: Context) -> float:
    """Two rows or more whose role is known and whose name looks like an institution."""
    pairs_found = _pairs(table, ctx)
    return 0.9 if len(pairs_found) >= 2 else (0.5 if pairs_found else 0.0)


def read(table: Table, ctx: Context) -> Reading:
    """One fact for each role and name."""
    book = Notebook(ctx, NAME)
    for role_cell, name_cell in _pairs(table, ctx):
        book.use(role_cell)
        for name in _stacked(role_cell.text, name_cell.text, ctx) or names_in(name_cell.text):
            if is_several(name):
                book.ask(
                    "low_confidence", f"{squeeze(role_cell.text)} names several institutions in one cell; none was taken.",
                    name_cell, alike="several names",
                )  # fmt: skip
                continue
            for role in roles_of(name, roles_in(role_cell.text, ctx)):
                book.value(document_key(ctx, role=role, name=name), "name", name_cell, name)
    return book.done()


def roles_in(text: str, ctx: Context) -> tuple[str, ...]:
    """All roles of the contract that a role cell names."""
    whole = unmarked(text)
    row = ctx.labels.find(NAME, whole)
    if row is not None and not row.field.startswith("header_"):
        return () if row.field == IGNORED else (row.field,)
    found = [field for part in re.split(r"[/、,;和及与暨兼]|\n", whole) if (field := _role(part, ctx))]
    return tuple(dict.fromkeys(found or _run_together(whole, ctx)))


def _stacked(role: str, names: str, ctx: Context) -> tuple[str, ...]:
    """The institutions that stand on lines of their own in one cell, in a role that several have together and each of these can
    have; empty for any other cell: rows of other roles may have run together in it."""
    lines = [squeeze(line) for line in names.split("\n") if line.strip()]
    fits = [_TOGETHER.get(each) for each in roles_in(role, ctx)]
    if len(lines) < 2 or len(fits) != 1 or fits[0] is None or len(set(lines)) != len(lines):
        return ()
    return tuple(map(unmarked, lines)) if all(_WHOLE_NAME.fullmatch(line) and fits[0].search(line) for line in lines) else ()


def roles_of(name: str, roles: Sequence[str]) -> tuple[str, ...]:
    """The roles that an institution can have: the central depository that keeps the securities (托管) keeps no money of the deal."""
    keeps = _DEPOSITORY.search(name) is not None
    return tuple(dict.fromkeys("registrar" if keeps and role == "custodian" else role for role in roles))


def _role(label: str, ctx: Context) -> str:
    field = ctx.labels.field(NAME, label)
    return "" if field.startswith("header_") else field


def _run_together(whole: str, ctx: Context) -> tuple[str, ...]:
    """Two roles whose slash was not recognised: the one place where both sides are roles (原始权益人资产出售方)."""
    splits = [
        (first, second)
        for at in range(_LEAST_ROLE, len(whole) - _LEAST_ROLE + 1 if len(whole) <= 2 * LONGEST_ROLE else 0)
        if not _ADVISER.search(whole[at:])
        and (first := _role(whole[:at], ctx)) and (second := _role(whole[at:], ctx))
    ]
    return splits[0] if len(splits) == 1 else ()


def names_in(text: str) -> tuple[str, ...]:
    """The institutions printed in a cell, without remarks such as （以下简称…）; a name may wrap over lines."""
    bare = _ENGLISH.sub("", _SHORT.sub("", unmarked(text).lstrip(":")))
    parts = [_bare_name(unmarked(part)) for part in re.split(r"[、;；]|,(?![^(]*\))", bare) if part]
    return tuple(part for part in parts if not _GONE.search(part) and _COMPANY.search(part) and len(part) >= 4 and not _NO_NAME_AT_ALL.search(part) and not _ADDRESS.search(part))


def _bare_name(part: str) -> str:
    return _ON_BEHALF.sub("", _DEFINED.sub("", part)).rstrip("。.")


def is_no_name(name: str) -> bool:
    """Whether words that end like a company's name say more than it: 主体评级由甲公司, 原由甲公司, 具备资格的公司, 江苏省苏州市甲公司."""
    return _NO_NAME_IN.search(name) is not None or _ADDRESS.search(name) is not None


def is_several(name: str) -> bool:
    """Whether two names or more stand in one without anything between them: who has which role cannot be told."""
    return len(_LEGAL_FORM.findall(_REMARK.sub("", name))) > 1


def _pairs(table: Table, ctx: Context) -> list[tuple[Cell, Cell]]:
    grid = matrix(table)
    role_at, name_at = _columns(grid, ctx)
    if name_at == _NOWHERE:
        return []
    found: list[tuple[Cell, Cell]] = []
    for row in [*grid.header, *grid.body] if role_at is None else grid.body:
        places = [(role_at or 0, name_at if name_at is not None else min(1, len(row) - 1))]
        if role_at is None and name_at is None:
            places += [(at, at + 1) for at in range(2, len(row) - 1)]  # labels with values side by side
        for at, beside in places:
            role, name = row[at], row[beside]
            if (
                role is not None
                and name is not None
                and role is not name
                and roles_in(role.text, ctx)
                and names_in(name.text)
            ):
                found.append((role, name))
    return found


def _columns(grid: Matrix, ctx: Context) -> tuple[int | None, int | None]:
    fields = {ctx.labels.field(NAME, grid.inner(i)): i for i in reversed(range(len(grid.columns)))}
    role, name = fields.get("header_role"), fields.get("header_name")
    if role is not None and name is None:  # the names stand in the first column beside the role that may hold them
        name = next((i for i in range(role + 1, len(grid.columns)) if not NO_NAMES.search(grid.inner(i))), _NOWHERE)
    return role, name
