"""Parties (参与机构): who does what in the deal, as printed; matching names to institutions is another matter.

A role cell may hold two roles (`发起机构/贷款服务机构`), a name cell several names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dealproof.interpret.context import Context, Reading
from dealproof.interpret.fact_builder import Notebook, document_key
from dealproof.interpret.layout import Matrix, matrix, text_of
from dealproof.interpret.scope import of_no_parties
from dealproof.interpret.sections import is_under_another_deal, section_path
from dealproof.mappings.fields import IGNORED
from dealproof.model.evidence import Evidence, Fact
from dealproof.model.page import Line
from dealproof.model.table import Cell, Table
from dealproof.text import as_printed, squeeze, unmarked

NAME = "parties"
_GAP = re.compile(r"\s{2,}|\t")
_AS = re.compile(r"^\((?:作为)?")
_SHORT = re.compile(r"\((?:以下)?(?:简称|下称|原名|曾用名|作为)[^)]*\)|[“\"][^”\"]*[”\"]")
_COMPANY = re.compile(
    r"公司|银行|事务所|信托|中心|交易所|合作社|部|集团|企业|所$|Bank|LLC|Inc|N\.A|Trust", re.IGNORECASE
)
_REMARK = re.compile(r"[(（][^)）]*[)）]")
#: Where the full name of a company ends. A branch (分公司) has the name of its company before its own.
_LEGAL_FORM = re.compile(r"有限(?:责任)?公司|农村信用(?:合作)?联社|合伙企业|事务所(?!有限)")

ROLE = (
    r"(?:(?:牵头|联席)?主承销商|簿记管理人|受托(?:机构|人)|发起机构|委托人|(?:贷款|资产)服务(?:机构|商)|资金保管(?:机构|银行(?!间))|(?<!登记)托管(?:人|银行(?!间))|(?:专项)?计划管理人|(?<![\u4e00-\u9fff])管理人"
    r"|原始权益人|登记托管机构|支付代理机构|发行载体管理机构|(?:信用)?评级机构|法律顾问|会计师事务所|律师事务所)"
)
#: What goes on behind a role and begins no name: 受托机构由甲公司, 受托机构及其关联方, 贷款服务机构委托乙公司.
_NO_NAME = r"(?!由|及|和|与|或|应|将|已|在|对|向|按|未|须|拟|从|不|可|所|等|的|之|有|收到|出具|持有|委托|聘|指定|授权|关联)"
_OF_A_NAME = r"(?:(?!公司|机构|管理人)[\u4e00-\u9fff])"
#: Words that no company's name has.
_NO_NAME_IN = re.compile(r"(?<!自)由|的|^为|^原(?=由)|具[备有]|评级[为由]|^(?:律师|会计师|股东|法律顾问|大股东|控股)(?=.{2,}(?:公司|事务所))(?!事务所)|股东")
#: Columns of companies that have no role, or have it no more, beside the role: 原机构, 股东, 交易对手.
_NO_NAMES = re.compile(r"^(?:原|变更前|更换前|前任|曾任)|股东|关联|实际控制人|控股|子公司|交易对手|客户|竞争")
#: The place of names in a table that has none.
_NOWHERE = -1
#: Advisers that a party has for itself: 发起机构会计师.
_ADVISER = re.compile(r"^(?:的)?(?:律师|会计师|法律顾问|审计|评估|评级|财务顾问|顾问)")
#: Roles with the company that has them, in a sentence. A name ends with its legal form.
_TOLD = re.compile(
    rf"(?P<roles>{ROLE}(?:[/、及和与暨兼]{ROLE}){{0,2}})(?:(?:均)?为|系指|是指|指|系|是|:)?"
    rf"(?P<name>{_NO_NAME}{_OF_A_NAME}{{2,12}}?(?:\([\u4e00-\u9fff]{{2,6}}\))?{_OF_A_NAME}{{0,14}}?(?:股份有限公司|有限责任公司|有限公司|事务所\(特殊普通合伙\)|律师事务所)(?:(?!公司)[\u4e00-\u9fff]{{2,8}}?分行)?)"
)
#: Before a role of somebody who has it no more, or not yet.
FORMER = re.compile(r"(?:原|前|新|新任|后备|备用|候选|拟任|拟聘|更换|变更|其他|潜在|继任|替代|各|任何)(?:的)?$")

#: Near a role that one institution hands to another: which of the two has it is not told by the words beside it.
HANDED_ON, NEAR = re.compile(r"变更|更换|更名|替换|解任|辞任|辞去|继任|接任|接替|不再"), 24

#: Before a name that a list of definitions explains (受托人 指甲信托有限公司), and behind one, for whom it acts.
_DEFINED, _ON_BEHALF = re.compile(r"^(?:系指|是指|指)(?![定南])"), re.compile(r"\(代表[^()]*\)$")
#: The beginning of a sentence (根据…决定书的许可), and a name whose last letter is on another line: no name stands there.
_NO_NAME_AT_ALL = re.compile(r"^(?:根据|依据|按照|鉴于|关于)|(?:有限|责任)公$")
#: Letters of the shortest role, of the longest (登记托管机构/支付代理机构), and of the longest name.
_LEAST_ROLE, _LONGEST_ROLE, _LONGEST_NAME = 3, 20, 40


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
        for at in range(_LEAST_ROLE, len(whole) - _LEAST_ROLE + 1 if len(whole) <= 2 * _LONGEST_ROLE else 0)
        if not _ADVISER.search(whole[at:])
        and (first := _role(whole[:at], ctx)) and (second := _role(whole[at:], ctx))
    ]
    return splits[0] if len(splits) == 1 else ()


def names_in(text: str) -> tuple[str, ...]:
    """The institutions printed in a cell, without remarks such as （以下简称…）; a name may wrap over lines."""
    bare = _SHORT.sub("", unmarked(text).lstrip(":"))
    parts = [_bare_name(unmarked(part)) for part in re.split(r"[、;；]|,(?![^(]*\))", bare) if part]
    return tuple(part for part in parts if _COMPANY.search(part) and len(part) >= 4 and not _NO_NAME_AT_ALL.search(part))


def _bare_name(part: str) -> str:
    return _ON_BEHALF.sub("", _DEFINED.sub("", part)).rstrip("。.")


def is_no_name(name: str) -> bool:
    """Whether words that end like a company's name say more than it: 主体评级由甲公司, 原由甲公司, 具备资格的公司."""
    return _NO_NAME_IN.search(name) is not None


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
        name = next((i for i in range(role + 1, len(grid.columns)) if not _NO_NAMES.search(grid.inner(i))), _NOWHERE)
    return role, name


def cover_parties(ctx: Context) -> Reading:
    """Roles on the cover: `角色：机构`, or the institution with its role on the line below, side by side or alone.

    Only for documents without a table of parties, which says it more exactly.
    """
    facts: list[Fact] = []
    for page in ctx.extract.pages[:4]:
        for index, line in enumerate(page.lines):
            for role_text, names, proof in _on_line(page.lines, index, line, ctx):
                evidence = Evidence(ctx.document_id, page.number, proof.box, proof.text, reader="text")
                facts += [
                    Fact(NAME, document_key(ctx, role=role, name=name), "name", name, evidence=evidence)
                    for name in names_in(names)
                    for role in roles_of(name, roles_in(role_text, ctx))
                    if len(name) <= _LONGEST_NAME and not re.search(r"[。，:：]", name) and not is_several(name)
                ]
    return Reading((*facts, *_told(ctx, facts)))


def _told(ctx: Context, known: Sequence[Fact]) -> Iterator[Fact]:
    """Parties that sentences of the first pages name: 受托机构为甲信托有限公司, 由受托机构甲信托有限公司."""
    stated = {fact.key for fact in known}
    for page in ctx.extract.pages[:4]:
        for index, line in enumerate(page.lines):
            rows = page.lines[index : index + 2]
            own, text = squeeze(line.text), "".join(squeeze(row.text) for row in rows)
            for match in _TOLD.finditer(text):
                near = text[max(0, match.start() - NEAR) : match.end() + NEAR]
                if match.start() >= len(own) or FORMER.search(text[: match.start()]) or HANDED_ON.search(near) or is_several(match["name"]) or is_no_name(match["name"]):
                    continue
                if is_under_another_deal(page.number, line.box.top, text, ctx) or _is_beside_no_parties(ctx, page.number, line) or any(map(of_no_parties, section_path(ctx.headings, page.number, line.box.top)[-1:])):
                    continue
                box = rows[-1].box.union(line.box) if match.end() > len(own) else line.box
                proof = Evidence(ctx.document_id, page.number, box, as_printed((row.text for row in rows), *match.span()), reader="text")
                for role in roles_of(match["name"], roles_in(match["roles"], ctx)):
                    key = document_key(ctx, role=role, name=match["name"])
                    if key not in stated:
                        stated.add(key)
                        yield Fact(NAME, key, "name", match["name"], evidence=proof)


def _is_beside_no_parties(ctx: Context, page: int, line: Line) -> bool:
    """Whether a line is a row of a table whose columns hold companies that have no role: 机构 | 股东 | 持股比例."""
    for table in ctx.extract.tables:
        box = table.extent(page) if page in table.pages else None
        if box is not None and box.top - 2 <= line.box.top and line.box.bottom <= box.bottom + 2:
            heads = matrix(table).header or list(table.grid()[:1])
            if any(_NO_NAMES.search(text_of(cell)) for row in heads for cell in row):
                return True
    return False


def loose_parties(ctx: Context) -> Reading:
    """Roles that stand beside their institution on a line outside all tables: what a page break cut off a table of parties."""
    facts: list[Fact] = []
    for page in ctx.extract.pages:
        taken = [table.extent(page.number) for table in ctx.extract.tables if page.number in table.pages]
        for line in page.lines:
            parts = [part for part in _GAP.split(line.text.strip()) if part]
            if len(parts) != 2 or any(box.top - 2 <= line.box.top and line.box.bottom <= box.bottom + 2 for box in taken):
                continue
            role, names = squeeze(parts[0]), names_in(parts[1])
            if len(role) > _LONGEST_ROLE or len(names) != 1 or is_several(names[0]) or len(names[0]) > _LONGEST_NAME:
                continue
            evidence = Evidence(ctx.document_id, page.number, line.box, line.text, reader="text")
            facts += [
                Fact(NAME, document_key(ctx, role=each, name=names[0]), "name", names[0], evidence=evidence)
                for each in roles_of(names[0], roles_in(role, ctx))
            ]
    return Reading(tuple(facts))


def _on_line(lines: Sequence[Line], index: int, line: Line, ctx: Context) -> Iterator[tuple[str, str, Line]]:
    """Pairs of role and names that a line prints, with the line that holds the names."""
    columns = [part for part in _GAP.split(line.text.strip()) if part]
    labelled = [re.split(r"[:：]", part, maxsplit=1) for part in columns]
    if any(len(pair) == 2 for pair in labelled):
        yield from ((pair[0], pair[1], line) for pair in labelled if len(pair) == 2 and len(squeeze(pair[0])) <= 24)
        return
    roles = [_AS.sub("", squeeze(part)).strip("()") for part in columns]
    above = lines[index - 1] if index else line
    names = [part for part in _GAP.split(above.text.strip()) if part]
    has_names = index and len(names) == len(roles) and any(map(names_in, names))  # asked first: most lines have none above them
    if has_names and all(roles_in(role, ctx) for role in roles):
        yield from ((role, name, above) for role, name in zip(roles, names, strict=True))
