"""Parties that a sentence names before their role: 由甲银行股份有限公司担任托管人, 乙信托有限公司(以下简称“受托机构”).

Whoever signs a paper about an issue has a role without a word. A role that a table or the cover states is not asked of
sentences.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from dealproof.interpret.context import Context
from dealproof.interpret.fact_builder import document_key
from dealproof.interpret.kinds.parties import is_no_name, is_several, roles_in, roles_of
from dealproof.interpret.paragraphs import Paragraph
from dealproof.interpret.party_lines import FORMER, HANDED_ON, NEAR, ROLE
from dealproof.interpret.scope import names_this_deal, of_another, of_no_parties
from dealproof.interpret.sections import is_under_another_deal, section_path
from dealproof.model.evidence import Evidence, Fact
from dealproof.text import squeeze
from dealproof.values.dates import find_dates

NAME = "parties"
#: Pages on which sentences say who does what; who sells assets elsewhere is named in later chapters.
_FIRST = 4
_LETTER = r"(?:(?!公司|机构|管理人|作为|担任|以及|(?<!自)由)[一-龥])"
_NO_START = r"(?!指|在|经|以|该|本|将|其|如|若|及|和|与|是|而|即|向|对|据|按|与|均|另|则|系|为)"
_ANY_COMPANY = rf"{_NO_START}{_LETTER}{{2,12}}?(?:\([一-龥]{{2,6}}\))?{_LETTER}{{0,14}}?(?:股份有限公司|有限责任公司|有限公司|股份公司|事务所(?:\(特殊普通合伙\))?)(?:(?!公司)[一-龥]{{2,8}}?(?:分行|分公司))?"
_COMPANY = rf"(?P<name>{_ANY_COMPANY})"
_CALLED = r"(?:\((?:以下|下)?(?:简称|称)[^()]{2,24}\))?"
#: Where a name begins, and what may follow a role that a sentence gives away with 为 alone.
_FROM, _STOP = r"(?:^|(?<=[由,。;:、及和与]))", r"(?=$|[,。;、()])"
_ROLES = rf"(?P<roles>(?:{ROLE}|(?<=作为|担任)管理人|发行人|登记机构|簿记管理人)(?:[/、及和与暨兼](?:{ROLE}|发行人|簿记管理人)){{0,2}})"
#: Of what somebody has a role: 甲信托有限公司作为云帆2025年第一期资产支持证券的受托机构.
_OF_IT = r"(?:[^,。;()]{1,40}(?:证券|票据|信托|计划|项目|交易)[”\"]?的)"
_GIVEN = re.compile(rf"{_FROM}{_COMPANY}{_CALLED}(?:(?:作为|担任){_OF_IT}?{_ROLES}(?!的|之|股东|下属|控股|关联|子公司|委托|聘|指定|与|参与|累计|已?发行了?(?:过)?\d|管理(?!本)|设立(?!本|云|[“”\"]))|(?:为|系){_OF_IT}?(?P<alone>{ROLE}(?:[/、及和与暨兼]{ROLE}){{0,2}}){_STOP})")
#: A role before its company that the verb tells: 资金保管机构由甲银行股份有限公司担任.
_HELD_BY = re.compile(rf"(?P<roles>{ROLE}(?:[/、及和与暨兼]{ROLE}){{0,2}})(?:均)?由{_COMPANY}{_CALLED}担任")
_ALSO_CALLED = re.compile(rf"{_FROM}{_COMPANY}\((?:以下|下)?(?:简称|称)(?:为)?[“\"]?(?:[一-龥]{{2,8}}[”\"]?(?:或|、)[“\"]?)?(?P<roles>{ROLE}|发行人)[”\"]?\)")
_RATED_BY = re.compile(rf"(?:[由经]|聘请|委托)(?P<name>{_ANY_COMPANY}(?:[、和及与]{_ANY_COMPANY})*){_CALLED}(?:对[^,。;]{{2,30}})?(?:进行|提供|负责)?(?:综合|信用)?(?:信用)?(?:评级|评定|评估)")
#: Who gives ratings, and who issues the deal of the paper: 甲评估股份有限公司与乙评级有限公司给予优先级的评级, 丙信托有限公司拟发行“云帆…”.
_GIVES = re.compile(rf"{_FROM}(?P<name>{_ANY_COMPANY}(?:[、和及与]{_ANY_COMPANY})*){_CALLED}(?:综合|分别|均)*(?:给予|评定|授予|确定)[^,。;]{{0,40}}(?:评级|等级|级别)")
_ISSUES = re.compile(rf"{_FROM}(?:资产支持(?:证券|票据)(?:发行人)?)?{_COMPANY}{_CALLED}(?:拟|将|计划|定于[^,。;]{{4,16}}|于[^,。;]{{4,16}})(?:以[^,。;]{{2,16}}方式)?(?:公开|定向)?(?:发行|招标)(?P<what>[^,。;]{{4,60}})")
_KEPT_BY = re.compile(r"[在由于](?P<name>[一-龥]{2,12}(?:登记结算有限责任公司|清算所股份有限公司)(?:[一-龥]{2}分公司)?)(?:办理|进行|负责|集中)*(?:登记|托管)")
#: A role with several companies: 联席主承销商:甲证券股份有限公司、乙证券股份有限公司.
_LISTED = re.compile(rf"(?P<roles>{ROLE})(?:(?:分别)?为|包括|系|:)(?P<name>{_ANY_COMPANY}(?:[、和及与]{_ANY_COMPANY})+)(?![一-龥]*公司)")
_BETWEEN = re.compile(r"(?<=[司所行])[、和及与]")
_AGENCY = re.compile(r"资信|评级|信用")
#: Whoever has a role only if something happens, or had it, and sentences about others.
_NOT_THIS_DEAL = re.compile(
    r"委托贷款|资金信托|底层(?!资产)|SPV|经验|管理规模|近[一二两三五\d]+年|[上前]一?期|(?:发行|管理|参与|承做|承销)[^,。;]{0,14}?(?:\d+|多|若干)[余多]?(?:单|只|个|笔|款)|主体(?:信用|长期|评级|级别)|之前|退出"
)
#: What is kept by a registrar that is none of the notes.
_NO_NOTES = re.compile(r"基金|股权|股票|股份(?!有限)|质押|应收账款|不动产|抵押权")
_SUPPOSED = re.compile(r"如果|倘若|若|一旦|曾|后备|拟任|拟由|候选|其他(?:信托|专项计划|项目|产品)")
#: What stands alone on the line of a signature.
_SIGNED = re.compile(r"(?:(?:发行人|受托机构|受托人|(?:计划)?管理人|发行载体管理机构)(?:\([^)]*\))?:)?(?P<name>[一-龥()]{4,30}公司)(?:\((?:盖章|公章|签章)\))?")
_TRUST, _MANAGER = re.compile(r"信托(?:有限责任|股份有限|有限)公司$"), re.compile(r"(?:证券|资产管理|资管|基金)")
#: Lines under which a paper is signed, counted from its end.
_LAST = 8


def told_parties(ctx: Context, texts: Sequence[Paragraph], stated: Sequence[Fact], listed: Sequence[Fact]) -> list[Fact]:
    """Parties of the first pages' sentences in roles that nothing else states; to a role that a line of the cover gives and no
    table (`listed`), a sentence may add the rest of the same list."""
    in_tables = {dict(fact.key)["role"] for fact in listed}
    known: dict[str, set[str]] = {}
    for fact in stated:
        known.setdefault(dict(fact.key)["role"], set()).add(str(fact.value))
    found: dict[tuple[str, str], Fact] = {}
    for roles, names, proof in _in_sentences(ctx, texts):
        for role in roles:
            goes_on = len(names) > 1 and role not in in_tables and bool(known.get(role, set()) & set(names))  # of a list a line above gave the beginning
            for name in names if role not in known or goes_on else ():
                found.setdefault((role, name), _fact(ctx, role, name, proof))
    if "trustee" not in known and all(role != "trustee" for role, _ in found):
        for name, proof in _signatures(ctx):
            found.setdefault(("trustee", name), _fact(ctx, "trustee", name, proof))
    trustees = [key for key in found if key[0] == "trustee"]
    stated_names = {(role, name) for role, names in known.items() for name in names}
    return [fact for key, fact in found.items() if key not in stated_names and (key[0] != "trustee" or len(trustees) == 1)]


_Party = tuple[tuple[str, ...], tuple[str, ...], Evidence]


def _fact(ctx: Context, role: str, name: str, proof: Evidence) -> Fact:
    return Fact(NAME, document_key(ctx, role=role, name=name), "name", name, evidence=proof)


def _in_sentences(ctx: Context, texts: Sequence[Paragraph]) -> Iterator[_Party]:
    before: Paragraph | None = None
    for paragraph in texts:
        if paragraph.lines[0][0].number > _FIRST:
            return
        is_cut = before is not None and _goes_on(before, paragraph)
        before = paragraph
        for start, end in paragraph.sentences():
            sentence = paragraph.text[start:end]
            if of_another(ctx, sentence) or _SUPPOSED.search(sentence) or _NOT_THIS_DEAL.search(sentence):
                continue
            for roles, match in _pairs(sentence, ctx):
                page, line = paragraph.line_at(start + match.start())
                near = sentence[max(0, match.start() - NEAR) : match.end() + NEAR]
                if (is_cut and start + match.start("name") == 0) or FORMER.search(sentence[: match.start()]) or HANDED_ON.search(near):
                    continue
                names = tuple(_BETWEEN.split(match["name"])) if match.re in (_LISTED, _RATED_BY, _GIVES) else (match["name"],)
                if any(is_several(name) or is_no_name(name) for name in names) or is_under_another_deal(page.number, line.box.top, sentence, ctx):
                    continue
                if any(map(of_no_parties, section_path(ctx.headings, page.number, line.box.top + 1)[-1:])):
                    continue
                proof = paragraph.proof(ctx.document_id, start + match.start("name"), start + match.end())
                yield roles_of(names[0], roles), names, proof


def _goes_on(before: Paragraph, paragraph: Paragraph) -> bool:
    """Whether the first letters of a paragraph may be the end of a name that the line before it began."""
    (last_page, last), (page, line) = before.lines[-1], paragraph.lines[0]
    return last_page is page and last.box.x1 >= line.box.x1 and not before.text.endswith(("。", ";", ":"))


def _pairs(sentence: str, ctx: Context) -> Iterator[tuple[tuple[str, ...], re.Match[str]]]:
    for match in _GIVEN.finditer(sentence):
        yield roles_in(match["roles"] or match["alone"], ctx), match
    for match in (*_HELD_BY.finditer(sentence), *_ALSO_CALLED.finditer(sentence)):
        yield roles_in(match["roles"], ctx), match
    for match in _LISTED.finditer(sentence):
        yield roles_in(match["roles"], ctx), match
    for match in _RATED_BY.finditer(sentence):
        if _AGENCY.search(match["name"]):
            yield ("rating_agency",), match
    for match in _GIVES.finditer(sentence):
        if all(map(_AGENCY.search, _BETWEEN.split(match["name"]))):
            yield ("rating_agency",), match
    for match in _ISSUES.finditer(sentence):
        if _TRUST.search(match["name"]) and names_this_deal(ctx, match["what"]):
            yield ("trustee",), match
    for match in _KEPT_BY.finditer(sentence):
        if not _NO_NOTES.search(sentence[: match.start()].rsplit("。", 1)[-1]):
            yield ("registrar",), match


def _signatures(ctx: Context) -> Iterator[tuple[str, Evidence]]:
    """Who signs a paper about an issue above its date: the trust company that issues, or the manager of a plan of an exchange."""
    kind, pages = ctx.profile.kind_record, ctx.extract.pages
    if not (kind.is_signed_below and kind.at_issue) or not pages:
        return
    lines = pages[-1].lines[-_LAST:]
    for line, below in itertools.pairwise(lines):
        match, text = _SIGNED.fullmatch(squeeze(line.text)), squeeze(below.text)
        dates = find_dates(text)
        if match is None or len(dates) != 1 or dates[0][1] or dates[0][2] != len(text):
            continue
        is_manager = ctx.profile.market == "exchange_abs" and _MANAGER.search(match["name"]) is not None
        if _TRUST.search(match["name"]) or is_manager:
            yield match["name"], Evidence(ctx.document_id, pages[-1].number, line.box, line.text, reader="text")
