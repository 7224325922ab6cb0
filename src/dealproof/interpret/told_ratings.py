"""Ratings that sentences and cells of words tell: 经甲评估股份有限公司评定，优先A级票据的信用等级为AAAsf，优先B级票据的信用等级为AA+sf.

They are taken where no table states one, and only where it is told whose they are: by the sentence, by the document, which has
one agency, or, of ratings side by side, by as many agencies in the same order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dealproof.interpret.context import Context
from dealproof.interpret.fact_builder import document_key
from dealproof.interpret.paragraphs import Paragraph
from dealproof.interpret.rating_columns import agencies_of, full_name
from dealproof.interpret.told_agreement import said_once
from dealproof.interpret.told_cells import label_pairs, told_cells, words_of_terms
from dealproof.interpret.told_scope import is_of_this_deal
from dealproof.model.evidence import Evidence, Fact, Problem
from dealproof.text import squeeze
from dealproof.values.parsed import Parsed
from dealproof.values.ratings import parse_rating
from dealproof.values.tranches import NAMED_IN_WORDS, tranche_named

_SYMBOL = r"(?:AAA|AA|A|BBB|BB|B)[+-]?(?:spc)?\(?sf\)?"
#: One rating, or one of each agency side by side; none is followed by a word that makes it a limit or another's.
_RATINGS = re.compile(rf"(?P<first>{_SYMBOL})(?P<more>(?:(?:/|和|、){_SYMBOL})*)(?!以[上下]|\()")
#: A rating with its agency behind it: AAsf(甲国际), AA+sf(乙博华).
_WITH_AGENCY = re.compile(rf"(?P<rating>{_SYMBOL})\((?P<by>(?![^()]*(?:展望|稳定|正面|负面|观察|预期|暂定|初步|更新|维持|首次))[一-龥]{{3,24}}(?:[、/][一-龥]{{3,24}})*)\)")
_LED_TO = re.compile(r"(?:(?:信用|债项|预期|评级|的|资产支持|证券|票据|级别|等级|结果|分别|均|初始)*(?:为|是|:|获得|给予|获评)?(?:了)?)$")
_BY = re.compile(r"(?:[由经]|聘请|委托)(?P<names>[一-龥()、]{3,60}?)(?:的)?(?:对[^,。;]{2,30})?(?:进行|综合|信用|联合)*(?:评级|评定|评估)(?!机构|股份|有限|投资|公司)")
_GIVES = re.compile(r"(?:^|(?<=[,。;:]))(?P<names>(?![由经])[一-龥]{2,14}?(?:资信|评级|信用)[一-龥、和与及]{2,60}?公司)(?:综合|分别|均)*(?:给予|评定|授予|确定)")
_GIVEN_BY = re.compile(r"评级机构(?:均|分别)?(?:为|是|系|:)(?P<names>[一-龥]{2,14}?(?:资信|评级|信用)[一-龥、和与及]{2,60}?公司)")
_AND = re.compile(r"、|和|与|及|以及")
_JOINED = re.compile(r"(?:、|和|与|及|以及|,)?")
_OWN_LABEL = re.compile(rf"{NAMED_IN_WORDS.pattern}(?:信用|债项)?(?:等级|级别|评级)(?:结果)?")
#: What a sentence says of ratings that are not those at issue, or are only supposed.
_NOT_GIVEN = re.compile(r"下调|上调|调[升降低高]|低于|不低于|以上|以下|达到|如果|倘若|若|假设|上次|此前|历史|主体|发行人|担保人|其他|同类|触发|合格投资|评级符号|表示")


def told_ratings(ctx: Context, texts: Sequence[Paragraph], stated: Sequence[Fact]) -> tuple[list[Fact], list[Problem]]:
    """The ratings of a document at issue that has none in its tables; where two sentences differ they are asked."""
    if not ctx.profile.kind_record.at_issue or any(fact.table == "ratings" for fact in stated):
        return [], []
    cells = [*told_cells(ctx), *words_of_terms(ctx)]
    found = [*_in_lists(ctx), *(fact for paragraph in (*texts, *cells) for fact in _paragraph(ctx, paragraph))]
    return said_once(ctx, found)


def _paragraph(ctx: Context, paragraph: Paragraph) -> Iterator[Fact]:
    by: tuple[str, ...] = ()
    for start, end in paragraph.sentences():
        sentence = paragraph.text[start:end]
        named = _BY.search(sentence) or _GIVES.search(sentence) or _GIVEN_BY.search(sentence)
        by = tuple(full_name(name, ctx) for name in _AND.split(named["names"])) if named else by
        if not _NOT_GIVEN.search(sentence) and is_of_this_deal(ctx, paragraph, start, sentence):
            yield from _sentence(ctx, paragraph, start, end, by or agencies_of(ctx))


def _sentence(ctx: Context, paragraph: Paragraph, start: int, end: int, agencies: Sequence[str]) -> Iterator[Fact]:
    text = paragraph.text
    names = list(NAMED_IN_WORDS.finditer(text, start, end))
    together: list[re.Match[str]] = []
    for at, match in enumerate(names):
        last = names[at + 1].start() if at + 1 < len(names) else end
        together.append(match)
        if _JOINED.fullmatch(text[match.end() : last]):
            continue
        several, together = together, []
        if len(several) > 1:
            yield from _of_several(ctx, paragraph, several, last, agencies)
            continue
        tranche = tranche_named(match.group(1))
        beside = list(_WITH_AGENCY.finditer(text, match.end(), last))
        given = [(full_name(by, ctx), each["rating"]) for each in beside for by in re.split("[、/]", each["by"])]
        if not beside and (found := _RATINGS.search(text, match.end(), last)) and _LED_TO.fullmatch(_after_stop(text[match.end() : found.start()])):
            symbols = [found["first"], *re.findall(_SYMBOL, found["more"])]
            shared = len(symbols) == 1 and len(agencies) > 1 and "均" in text[match.end() : found.start()]
            symbols = symbols * len(agencies) if shared else symbols
            given = list(zip(agencies, symbols, strict=True)) if len(symbols) == len(agencies) else []
            last = found.end()
        for agency, symbol in given:
            rating = parse_rating(symbol)
            if tranche is not None and isinstance(rating, Parsed):
                proof = paragraph.proof(ctx.document_id, match.start(), beside[-1].end() if beside else last)
                yield Fact("ratings", document_key(ctx, tranche=tranche.name, agency_id=agency), "rating", rating.value, evidence=proof)


def _of_several(ctx: Context, paragraph: Paragraph, names: Sequence[re.Match[str]], last: int, agencies: Sequence[str]) -> Iterator[Fact]:
    """Ratings told of several tranches together: 优先A1级、优先A2级的信用等级均为AAAsf, or 分别为AAAsf、AA+sf by the one agency."""
    text, begin = paragraph.text, names[-1].end()
    found = _RATINGS.search(text, begin, last)
    if (said := _WITH_AGENCY.search(text, begin, last)) is not None and "均" in text[begin : said.start()] and len(_WITH_AGENCY.findall(text, begin, last)) == 1:
        found, agencies = said, [full_name(by, ctx) for by in re.split("[、/]", said["by"])]
    led = text[begin : found.start()] if found else ""
    if found is None or not _LED_TO.fullmatch(_after_stop(led)):
        return
    symbols = [found["rating"]] if found is said else [found["first"], *re.findall(_SYMBOL, found["more"])]
    if "分别" in led:
        given = [[symbol] for symbol in symbols] if len(agencies) == 1 and len(symbols) == len(names) else []
    elif "均" in led:
        given = [symbols * len(agencies) if len(symbols) == 1 else symbols] * len(names)
    else:
        given = []
    for match, own in zip(names, given, strict=False):
        tranche = tranche_named(match.group(1))
        for agency, symbol in zip(agencies, own, strict=True) if len(own) == len(agencies) else ():
            if tranche is not None and isinstance(rating := parse_rating(symbol), Parsed):
                proof = paragraph.proof(ctx.document_id, match.start(), found.end())
                yield Fact("ratings", document_key(ctx, tranche=tranche.name, agency_id=agency), "rating", rating.value, evidence=proof)


def _in_lists(ctx: Context) -> Iterator[Fact]:
    """Ratings whose label names the tranche: 优先级资产支持证券信用等级 | AAAsf."""
    agencies = agencies_of(ctx)
    for label, cell in label_pairs(ctx) if len(agencies) == 1 else ():
        match, rating = _OWN_LABEL.fullmatch(squeeze(label.text)), parse_rating(cell.text)
        tranche = tranche_named(match.group(1)) if match else None
        if tranche is not None and isinstance(rating, Parsed):
            proof = Evidence(ctx.document_id, cell.page, cell.box, cell.text, reader="text")
            yield Fact("ratings", document_key(ctx, tranche=tranche.name, agency_id=agencies[0]), "rating", rating.value, evidence=proof)


def _after_stop(text: str) -> str:
    """The last clause of a stretch: a rating may stand behind other terms of its tranche."""
    return re.split(r"[,:]", text)[-1]
