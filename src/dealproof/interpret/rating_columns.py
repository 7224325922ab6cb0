"""Ratings inside tranche tables: whose they are follows from the header, in printed order."""

from __future__ import annotations

import re

from dealproof.interpret.context import Context
from dealproof.interpret.fact_builder import Notebook, document_key
from dealproof.model.page import Line
from dealproof.model.table import Cell
from dealproof.text import squeeze
from dealproof.values.parsed import Parsed, Refused
from dealproof.values.ratings import parse_rating, split_ratings
from dealproof.values.tranches import Tranche, tranche_named

_WORDS = re.compile(
    r"(?:最新|预期|本次|此次|当前|目前|跟踪|债项|发行时|初始|首次|本期|证券|票据|信用)*(?:评级|等级|级别)(?:结果|情况)?|[()\[\]]"
    r""
)
_NOW = re.compile(r"最新|本次|此次|本次跟踪|跟踪|本期|当前")
#: A column of ratings that were given before: of a look back, and where a document follows ratings, of the issue.
_BEFORE = re.compile(r"上(?:一)?(?:次|期|年|轮)|前(?:一)?次|历史|以往|调整前|变更前")
#: What agencies are called for short.
AGENCY = r"(?:中诚信(?:国际)?|中债资信|联合(?:资信|评级)|(?:上海)?新世纪(?:资信|评级)?|东方金诚|大公(?:国际|资信)?|惠誉博华|中证鹏元|鹏元资信|标普信评|远东资信|安融评级)"
_OF_AGENCY = re.compile(rf"{AGENCY}|资信|信评|评估|惠誉|标普|穆迪|安融|^[A-Za-z]")
#: Who signs a report of ratings, on a line of the first page of its own or before the date.
_AUTHOR = re.compile(r"[一-龥()]{2,18}(?:资信|评级|信用)[一-龥()]{0,14}(?:有限责任公司|股份有限公司|有限公司)(?=$|[\d二\[〔【(]|[一-龥]{2,8}评[字委])")
#: The same in the first sentence of its opinion: 甲资信评估股份有限公司(以下简称“甲资信”)对……进行了跟踪.
_INTRODUCED = re.compile(r"^([一-龥]{2,8}(?:资信|评级|信用|评估)[一-龥]{0,10}?(?:\([一-龥]{2,4}\))?[一-龥]{0,6}?(?:有限责任公司|股份有限公司|有限公司))\((?:以下)?(?:简称|[“\"])")
#: The same by a short name that gives an opinion: 甲国际评定……优先A档信用等级为AAAsf.
_OPINES = re.compile(rf"^({AGENCY})(?:综合|决定)*(?:评定|维持|给予|确定|授予|认为)")
#: The same by the number of the report: 联合〔2025〕2187号, 大公报SF【2025】086号; and whom a shorter word there means.
_NUMBER_OF = re.compile(rf"^({AGENCY}|联合|中鹏信评)[^,。〔\[【(]{{0,10}}[〔\[【(]20\d\d[〕\]】)]")
_NUMBERED_AS = {"联合": "联合资信", "中鹏信评": "中证鹏元"}
_AT_ISSUE = re.compile(r"首次|初始|发行时|发行日|设立时")


def agencies_in(header: str, ctx: Context) -> tuple[str, ...]:
    """The agencies that a rating column names, as legal names where the document names them as parties."""
    rest = _WORDS.sub(" ", re.sub(r"(?:credit)?ratings?$", "", squeeze(header), flags=re.IGNORECASE)).strip()
    short = [part.strip() for part in re.split(r"[/、,，和及\s]", rest) if part.strip() and not _NOW.fullmatch(part.strip())]
    if not re.search(r"[(\[]", squeeze(header)):  # in brackets stands who rates; before the word also what is rated (产品评级)
        short = [part for part in short if _OF_AGENCY.search(part) or any(part in squeeze(agency) for agency in ctx.profile.agencies)]
    if not short:
        return agencies_of(ctx)
    return tuple(full_name(name, ctx) for name in short)


def full_name(name: str, ctx: Context) -> str:
    """The legal name of an agency that a document names as a party, else the name as it stands."""
    matching = [agency for agency in ctx.profile.agencies if name in squeeze(agency)]
    return squeeze(matching[0]) if len(matching) == 1 else name


#: Ratings of several tranches in one cell of words: 优先A级AAAsf，优先B级AA+sf，次级未予评级（评级机构：甲评估股份有限公司）.
_IN_WORDS = re.compile(
    r"((?:优先|次优先?|中间|夹层)(?:级|档)?[A-Z]?-?\d{0,2}(?:级|档)?(?:资产支持)?(?:证券|票据)?)(?:的)?(?:(?:信用|评级|债项|预期)*(?:等级|级别|评级))?(?:为|:)?"
    r"((?:AAA|AA|A|BBB|BB|B)[+-]?(?:spc)?\(?sf\)?)"
)
#: A rating with its agency behind it in the same cell: AAAsf(甲资信评估股份有限公司).
_OWN_AGENCY = re.compile(r"((?:AAA|AA|A|BBB|BB|B)[+-]?(?:spc)?(?:\(sf\)|sf)?)\(([一-龥]{2,24}(?:资信|评级|国际|博华|东方金诚)[一-龥]{0,16}|东方金诚)\)")
_BY = re.compile(r"(?:评级机构|评定机构)(?:为|是|:)?([一-龥()]{4,24}?公司)|由([一-龥()]{4,24}?公司)评定")


def read_ratings_in_words(cell: Cell, book: Notebook, ctx: Context) -> bool:
    """Note the ratings of several tranches that one cell tells in words; False where it holds none."""
    body = squeeze(cell.text)
    told = [(tranche_named(match.group(1)), match.group(2)) for match in _IN_WORDS.finditer(body)]
    named = [(tranche, parse_rating(text)) for tranche, text in told if tranche is not None]
    if not named or len(named) < len(told):
        return False
    by = _BY.search(body)
    agencies = ((by.group(1) or by.group(2)),) if by else agencies_of(ctx)
    if len(agencies) != 1:
        book.ask("conflict", f"{len(named)} ratings stand under {len(agencies)} agencies.", cell, table="ratings", column="rating", alike="agencies")
        return True
    if by:
        book.value(document_key(ctx, role="rating_agency", name=agencies[0]), "name", cell, agencies[0], table="parties")
    for tranche, rating in named:
        if isinstance(rating, Parsed):
            key = document_key(ctx, tranche=tranche.name, agency_id=agencies[0])
            book.value(key, "rating", cell, rating.value, table="ratings")
    return True


def agencies_of(ctx: Context) -> tuple[str, ...]:
    """Whose ratings a document holds that names no agency beside them: the parties', or its author's where it is a report of
    an agency."""
    if ctx.profile.agencies or not ctx.profile.kind_record.is_of_agency:
        return ctx.profile.agencies
    return tuple(dict.fromkeys(name for name, _ in authors(ctx)))


def authors(ctx: Context) -> list[tuple[str, Line]]:
    """Who signs a report of ratings on its first page, else who is introduced there, with the lines that say so."""
    lines = ctx.extract.pages[0].lines if ctx.extract.pages else ()
    signed = [(match.group(), line) for line in lines if (match := _AUTHOR.match(squeeze(line.text)))]
    for pattern in (_INTRODUCED, _OPINES, _NUMBER_OF):
        signed = signed or [(_NUMBERED_AS.get(match.group(1), match.group(1)), line) for line in lines if (match := pattern.match(squeeze(line.text)))]
    return signed


def read_ratings(header: str, cell: Cell, tranche: Tranche, book: Notebook, ctx: Context) -> None:
    """Note one rating for each agency. One rating under two agencies is a question, not a guess; ratings that were given
    before are left."""
    book.use(cell)
    if _BEFORE.search(squeeze(header)) or (ctx.profile.kind_record.is_tracking and _AT_ISSUE.search(squeeze(header))):
        return
    if (told := _OWN_AGENCY.fullmatch(squeeze(cell.text))) is not None and isinstance(given := parse_rating(told[1]), Parsed):
        key = document_key(ctx, tranche=tranche.name, agency_id=full_name(told[2], ctx))
        book.value(key, "rating", cell, given.value, table="ratings")
        return
    read = split_ratings(cell.text)
    found = [item for item in read if isinstance(item, Parsed)]
    refused = [item for item in read if isinstance(item, Refused)]
    agencies = agencies_in(header, ctx)
    if refused:
        book.ask(
            "low_confidence",
            f"{cell.text.strip()!r} cannot be read as a rating.",
            cell,
            table="ratings",
            column="rating",
            alike="agencies",
        )
        return
    if not found:
        return
    if len(read) != len(agencies):
        if len(agencies) == 1 or not agencies:
            book.ask(
                "conflict",
                f"{len(read)} ratings stand under {len(agencies)} agencies.",
                cell,
                table="ratings",
                column="rating",
                alike="agencies",
            )
            return
        if len(found) != 1:
            book.ask(
                "conflict",
                f"{len(found)} ratings stand under {len(agencies)} agencies.",
                cell,
                table="ratings",
                column="rating",
                alike="agencies",
            )
            return
        book.ask(
            "conflict",
            f"One rating stands under {len(agencies)} agencies; it was given to none.",
            cell,
            table="ratings",
            column="rating",
            alike="agencies",
        )
        return
    for agency, item in zip(agencies, read, strict=True):
        if isinstance(item, Parsed):
            key = document_key(ctx, tranche=tranche.name, agency_id=agency)
            book.value(key, "rating", cell, item.value, table="ratings")
