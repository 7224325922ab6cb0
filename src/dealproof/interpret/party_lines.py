"""Parties on lines outside tables: 角色：机构, an institution over its role, a role over 名称：机构, and roles that sentences of the
first pages name with their company.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from dealproof.interpret.context import Context, Reading
from dealproof.interpret.fact_builder import document_key
from dealproof.interpret.kinds.parties import (
    LONGEST_ROLE,
    NAME,
    NO_NAMES,
    is_no_name,
    is_several,
    names_in,
    roles_in,
    roles_of,
)
from dealproof.interpret.layout import matrix, text_of
from dealproof.interpret.scope import names_this_deal, of_another, of_no_parties
from dealproof.interpret.sections import is_under_another_deal, section_path
from dealproof.model.evidence import Evidence, Fact
from dealproof.model.page import Line
from dealproof.text import as_printed, squeeze

_GAP = re.compile(r"\s{2,}|\t")
_AS = re.compile(r"^\((?:作为)?")
ROLE = (
    r"(?:(?:牵头|联席)?主承销商|簿记管理人|受托(?:机构|人)|发起机构|委托人|(?:贷款|资产)服务(?:机构|商)|资金保管(?:机构|银行(?!间))|(?<!登记)托管(?:人|银行(?!间))|(?:专项)?计划管理人|(?<![\u4e00-\u9fff])管理人"
    r"|差额(?:支付|补足)(?:承诺人|义务人)|流动性支持(?:机构|承诺人)|原始权益人|登记托管机构|支付代理机构|发行载体管理机构|(?:信用)?评级机构|法律顾问|会计师事务所|律师事务所|会计(?:/税务)?顾问|审计机构)"
)
#: What goes on behind a role and begins no name: 受托机构由甲公司, 受托机构及其关联方, 贷款服务机构委托乙公司.
_NO_NAME = r"(?!由|及|和|与|或|应|将|已|在|对|向|按|未|须|拟|从|不|可|所|等|的|之|有|收到|出具|持有|委托|聘|指定|授权|关联)"
_OF_A_NAME = r"(?:(?!公司|机构|管理人)[\u4e00-\u9fff])"
#: Roles with the company that has them, in a sentence. A name ends with its legal form.
_TOLD = re.compile(
    rf"(?P<roles>{ROLE}(?:[/、及和与暨兼]{ROLE}){{0,2}})(?:(?:均)?为|系指|是指|指(?![定派])|系|是|:){{0,2}}"
    rf"(?P<name>{_NO_NAME}{_OF_A_NAME}{{2,12}}?(?:\([\u4e00-\u9fff]{{2,6}}\))?{_OF_A_NAME}{{0,14}}?(?:股份有限公司|有限责任公司|有限公司|事务所\(特殊普通合伙\)|律师事务所)(?:(?!公司)[\u4e00-\u9fff]{{2,8}}?分行)?)"
)
#: What a line says of the same company behind its name: 甲小额贷款有限公司,同时担任资产服务机构.
_ALSO = re.compile(rf"[,;(](?:其|并|且)?(?:同时|亦|也|兼|均)?(?:担任|兼任|作为|系|为)(?:本(?:专项计划|次交易|期(?:证券|票据)|信托|项目|交易)(?:的)?)?(?P<roles>{ROLE}(?:[/、及和与暨兼]{ROLE}){{0,2}})\)?[。;]?$")
#: The name of whoever has the role that stands on the line above it: 名称：甲银行股份有限公司.
_NAMED = re.compile(r"(?:机构|公司|单位|企业|法定|中文)?(?:名称|全称)(?:\(中文\))?[:：](?P<name>.+)")
_NUMBER = re.compile(r"^(?:\(?[一二三四五六七八九十\d]{1,3}[)、.)]|\d{1,2}(?:\.\d{1,2})+)")
#: Before a role of somebody who has it no more, or not yet.
FORMER = re.compile(r"(?:原|前|新|新任|后备|备用|候选|拟任|拟聘|更换|变更|其他|潜在|继任|替代|各|任何)(?:的)?$")

#: Near a role that one institution hands to another: which of the two has it is not told by the words beside it.
HANDED_ON, NEAR = re.compile(r"变更|更换|更名|替换|解任|辞任|辞去|继任|接任|接替|不再"), 24

#: What a sentence says of the rating of a company, before it names the agency that gave it.
_OF_A_COMPANY = re.compile(r"主体(?:长期)?(?:信用)?(?:评级|等级|级别)")
_LINES_OF_A_SENTENCE = 3
#: Letters of the longest heading that names a deal.
_LONGEST_HEADING = 60
#: Letters of the longest line of roles under or over a name, and what such a line has not.
_LONGEST_CAPTION, _OF_SENTENCES = 26, re.compile("[。;,]")
#: What a title says, and no institution's name.
_TITLE = re.compile(r"资产支持|证券化|说明书|公告|报告|通知|第.{1,3}期")
#: A line that is the name of one company and nothing else.
_WHOLE = re.compile(r"[一-龥()]{4,30}(?:有限(?:责任)?公司|事务所(?:\(特殊普通合伙\))?)(?:[一-龥]{2,8}分行)?")
#: Letters of the longest name.
_LONGEST_NAME = 40


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
                if of_another(ctx, _sentence_to(page.lines, index, match.start())) or _OF_A_COMPANY.search(_sentence_to(page.lines, index, match.start())):
                    continue
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


def _sentence_to(lines: Sequence[Line], index: int, end: int) -> str:
    """What a sentence says before a role that a line and the next print; a sentence runs over a few lines."""
    first = max(0, index - _LINES_OF_A_SENTENCE)
    before = "".join(squeeze(line.text) for line in lines[first:index])
    here = "".join(squeeze(line.text) for line in lines[index : index + 2])[:end]
    return re.split("[。;:]", before + here)[-1]


def _is_beside_no_parties(ctx: Context, page: int, line: Line) -> bool:
    """Whether a line is a row of a table whose columns hold companies that have no role: 机构 | 股东 | 持股比例."""
    for table in ctx.extract.tables:
        box = table.extent(page) if page in table.pages else None
        if box is not None and box.top - 2 <= line.box.top and line.box.bottom <= box.bottom + 2:
            heads = matrix(table).header or list(table.grid()[:1])
            if any(NO_NAMES.search(text_of(cell)) for row in heads for cell in row):
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
            if len(role) > LONGEST_ROLE or len(names) != 1 or is_several(names[0]) or len(names[0]) > _LONGEST_NAME:
                continue
            evidence = Evidence(ctx.document_id, page.number, line.box, line.text, reader="text")
            facts += [
                Fact(NAME, document_key(ctx, role=each, name=names[0]), "name", names[0], evidence=evidence)
                for each in roles_of(names[0], roles_in(role, ctx))
            ]
    return Reading(tuple(facts))


def captioned_parties(ctx: Context) -> Reading:
    """Institutions below the line of their role in a list of who takes part: 发起机构 over 名称：甲银行股份有限公司, 地址：…"""
    facts: list[Fact] = []
    for page in ctx.extract.pages:
        of_others = False
        for above, line in itertools.pairwise(page.lines):
            text = squeeze(above.text)
            if len(text) <= _LONGEST_HEADING and "。" not in text:  # 禾盈2024年第一期……参与机构 stands over what follows
                of_others = (of_others or of_another(ctx, text).reason == "other deal") and not names_this_deal(ctx, text)
            named = None if of_others else _NAMED.fullmatch(squeeze(line.text))
            role = _NUMBER.sub("", squeeze(above.text)).rstrip(":") if named else ""
            names = names_in(named["name"]) if named and len(role) <= LONGEST_ROLE else ()
            if len(names) != 1 or is_several(names[0]) or len(names[0]) > _LONGEST_NAME:
                continue
            if any(map(of_no_parties, (role, *section_path(ctx.headings, page.number, above.box.top)[-2:]))):
                continue
            proof = Evidence(ctx.document_id, page.number, above.box.union(line.box), f"{above.text}\n{line.text}", reader="text")
            facts += [Fact(NAME, document_key(ctx, role=each, name=names[0]), "name", names[0], evidence=proof) for each in roles_of(names[0], roles_in(role, ctx))]
    return Reading(tuple(facts))


def _on_line(lines: Sequence[Line], index: int, line: Line, ctx: Context) -> Iterator[tuple[str, str, Line]]:
    """Pairs of role and names that a line prints, with the line that holds the names."""
    columns = [part for part in _GAP.split(line.text.strip()) if part]
    labelled = [re.split(r"[:：]", part, maxsplit=1) for part in columns]
    if any(len(pair) == 2 for pair in labelled):
        for pair in labelled:
            if len(pair) == 2 and len(squeeze(pair[0])) <= 24:
                also = _ALSO.search(squeeze(pair[1]))
                yield from ((role, pair[1], line) for role in (pair[0], *([also["roles"]] if also else ())))
        return
    roles = [_AS.sub("", squeeze(part)).strip("()") for part in columns]
    if any(len(role) > _LONGEST_CAPTION or _OF_SENTENCES.search(role) for role in roles):
        return
    above = lines[index - 1] if index else line
    names = [part for part in _GAP.split(above.text.strip()) if part]
    has_names = index and len(names) == len(roles) and any(map(names_in, names)) and not any(_TITLE.search(squeeze(name)) for name in names)  # asked first: most lines have none above them
    if has_names and all(roles_in(role, ctx) for role in roles):
        yield from ((role, name, above) for role, name in zip(roles, names, strict=True))
    elif not has_names and len(roles) == 1 and index + 1 < len(lines) and _WHOLE.fullmatch(squeeze(lines[index + 1].text)) and roles_in(roles[0], ctx):
        yield roles[0], lines[index + 1].text, lines[index + 1]
