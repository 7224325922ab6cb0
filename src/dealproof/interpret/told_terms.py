"""Terms of tranches that a circular lists under the name of each: 发行规模：7.00亿元, 预期到期日：2026年6月26日, 信用评级：联合资信AAAsf.

A line that is nothing but the name of a tranche speaks of the items below it, up to the next line that is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from dealproof.interpret.context import Context, doubt
from dealproof.interpret.fact_builder import Key, deal_key, document_key
from dealproof.interpret.paragraphs import Paragraph
from dealproof.interpret.printed_figures import blanked, measured
from dealproof.interpret.sentence_guards import supposed
from dealproof.interpret.statements import Statement, statements
from dealproof.interpret.surroundings import is_unit_line
from dealproof.interpret.told_agreement import said_once
from dealproof.interpret.told_cells import partly_read, told_cells, words_of_terms
from dealproof.interpret.told_kinds import told_kinds
from dealproof.interpret.told_scope import is_of_this_deal
from dealproof.interpret.tranche_blocks import in_caption
from dealproof.interpret.units import Figure, UnitSources, read_figure
from dealproof.model.evidence import Fact, Problem, Value
from dealproof.values.dates import parse_date
from dealproof.values.parsed import Parsed
from dealproof.values.ratings import parse_rating
from dealproof.values.tranches import NAMED_IN_WORDS, Tranche, tranche_named

NAME = "tranches"
_ITEM = re.compile(r"^(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+[、.]|\d{1,2}[、.)]|[•●▪◆■○►▶➢])?(?P<label>[^:]{2,14}):(?P<value>[^:]{1,40}?)[;。]?$")
_RATED = re.compile(r"(?P<by>[一-龥()]{2,24}?)(?:评级|评定)?(?:为)?(?P<rating>(?:AAA|AA|A|BBB|BB|B)[+-]?(?:spc)?\(?sf\)?)")
_TYPES = (("none", re.compile(r"无票面利率|无固定利率|不设置?票面利率|零息")), ("fixed", re.compile("固定利率")), ("floating", re.compile("浮动利率")))
#: Clauses of a sort of rate that is the loans', or not settled.
_NO_RATE_OF_NOTES = re.compile(r"贷款|基础资产|入池|资产池|债权|可能|调整|转为|或(?:者)?(?:固定|浮动)")
_SOLD = re.compile(r"(?:其中)?(?:资产支持)?(?:证券|票据)?(?:的)?(?:实际)?(?:(?:发行|募集)(?:规模|金额|总额|面额|面值|额|量)?|规模|面值)")
_SOLD_OR_NOTHING = re.compile(rf"(?:其中)?(?:{_SOLD.pattern})?")
_SHARE_TOLD = re.compile(r"(?:^|(?<=[,;:、(元]))(?:(?:分层|分档|发行|规模|金额|面值|证券|票据)?(?:占比例?|比例)|占(?:(?:本期)?(?:证券|票据)?(?:发行)?(?:总规模|总额|规模))?(?:的)?(?:比例)?)(?:为|:)?(\d{1,3}(?:\.\d+)?%)")
_DAY_TOLD = re.compile(r"(?:预期|预计)到期日(?:为|是|:)?(20\d\d年\d{1,2}月\d{1,2}日)")
#: What follows a size that is the lower end of a range.
_TO = re.compile(r"^(?:至|到|-|~|--)\d")
#: What of a tranche somebody holds or took up, before its size and behind it.
_HELD, _TAKEN_UP = re.compile(r"持有(?!人)|自持|获配|配售|包销|认购(?!倍数|起点|单位|总额|金额)"), re.compile(r"^[^,。;]{0,2}[由被][^,。;]{2,24}(?:认购|持有|承销|包销)")
#: The clause of a later day, at which a size is what is left of it; what was raised by a day (截至…募集) is the size all the same.
_LATER = re.compile(r"^(?!.*募集).*截[至止]|兑付后|支付后|分配后|剩余|存续")
_NUMBER = re.compile(r"^(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+、|\d{1,2}[、.)]|[•●▪◆■○►▶➢])")
_COPULA = re.compile(r"(?:为|是|系|:|共计|共)?(?:人民币)?$")
_QUANTITIES = {"amount": "money", "share_pct": "pct"}


def told_terms(ctx: Context, texts: Sequence[Paragraph], stated: Sequence[Fact]) -> tuple[list[Fact], list[Problem]]:
    """What the lists, the sentences and the cells of words of a document at issue say of its tranches; what tables state is left
    to them. Where a table or a list states sizes, a sentence counts of a tranche of which it tells the same size. Where they
    differ among themselves they are asked."""
    if not ctx.profile.kind_record.at_issue:
        return [], []
    sizes = _sizes(stated)
    listed = [] if sizes else _lists(ctx, texts)
    cells = told_cells(ctx)
    told = _sentences(ctx, (*texts, *cells), _SOLD_OR_NOTHING if sizes else _SOLD)
    if not (sizes or listed or _sizes(told)):
        bare = _sentences(ctx, (*texts, *cells), _SOLD_OR_NOTHING)
        told = bare if _is_whole_issue(_sizes(bare), stated) else told
    partly = partly_read(cells, told, stated)
    told = [fact for fact in told if fact.evidence is None or fact.evidence.box not in partly]
    if not ctx.profile.kind_record.is_result:  # before the sale a rate may be one that was assumed
        told = [fact for fact in told if fact.column != "coupon_pct"]
        sizes = sizes or _sizes(listed)
    if sizes:
        agreed = {fact.key for fact in told if fact.column == "amount" and sizes.get(fact.key) == fact.value}
        told = [fact for fact in told if fact.key in agreed and (fact.column != "amount" or sizes[fact.key] == fact.value)]
    facts = [*listed, *told]
    written = {(fact.key, fact.column) for fact in facts}
    more = told_kinds(ctx, (*texts, *words_of_terms(ctx)), _sizes((*stated, *facts)))
    facts += [fact for fact in more if (fact.key, fact.column) not in written or _names_its_tranche(fact)]
    known = {(fact.table, fact.key, fact.column) for fact in stated}
    once, unlike = said_once(ctx, [fact for fact in facts if (fact.table, fact.key, fact.column) not in known])
    of_two = {problem.key.split("|")[-1] for problem in unlike if problem.column == "amount"}  # terms beside two sizes may be another tranche's
    return [fact for fact in once if dict(fact.key)["tranche"] not in of_two], unlike


def _names_its_tranche(fact: Fact) -> bool:
    """Whether the words of a fact name its tranche, not only a class that it belongs to."""
    named = NAMED_IN_WORDS.findall(fact.evidence.text) if fact.evidence is not None else []
    return any((tranche := tranche_named(name)) is not None and tranche.name == dict(fact.key)["tranche"] for name in named)


def _lists(ctx: Context, texts: Sequence[Paragraph]) -> list[Fact]:
    """What items say below a line that is the name of a tranche."""
    facts: list[Fact] = []
    tranche: Tranche | None = None
    for paragraph in texts:
        if is_unit_line(paragraph.text):
            continue
        if (named := in_caption(paragraph.text)) is not None or not _ITEM.match(paragraph.text):
            tranche = named
        elif tranche is not None:
            facts += _item(ctx, tranche, paragraph)
    return facts


def _sizes(facts: Sequence[Fact]) -> dict[Key, Value]:
    return {fact.key: fact.value for fact in facts if fact.table == NAME and fact.column == "amount"}


def doubtful_sizes(ctx: Context, texts: Sequence[Paragraph], stated: Sequence[Fact], told: Sequence[Fact]) -> list[Problem]:
    """The question about sizes that a sentence gives without a word for them and that do not add up to the issue."""
    if not ctx.profile.kind_record.at_issue or _sizes((*stated, *told)):
        return []
    bare = [fact for fact in _sentences(ctx, texts, _SOLD_OR_NOTHING) if fact.column == "amount"]
    if len({fact.key for fact in bare}) < 2 or (proof := bare[0].evidence) is None:
        return []
    said = ", ".join(f"{dict(fact.key)['tranche']} {fact.evidence.text.strip()}" for fact in bare if fact.evidence is not None)
    return [
        doubt(
            ctx, "missing_table", f"A sentence may state sizes of tranches that do not add up to the whole issue: {said}. None was taken.",
            remedy="Look at the page: add the sizes to corrections.csv, or dismiss the question.", page=proof.page, box=proof.box,
            table=NAME, key=ctx.profile.deal_id, column="amount", value=proof.text.strip(),
        )
    ]


def _is_whole_issue(sizes: Mapping[Key, Value], stated: Sequence[Fact]) -> bool:
    """Whether sizes without a word for what they are add up to the size of the issue, which nothing else does."""
    totals = {fact.value for fact in stated if fact.column == "total_amount"}
    return len(sizes) > 1 and sum((value for value in sizes.values() if isinstance(value, Decimal)), Decimal(0)) in totals


def _sentences(ctx: Context, texts: Sequence[Paragraph], sold: re.Pattern[str]) -> list[Fact]:
    return [fact for paragraph in texts for start, end in paragraph.sentences() for fact in _sentence(ctx, paragraph, start, end, sold)]


def _sentence(ctx: Context, paragraph: Paragraph, start: int, end: int, sold: re.Pattern[str]) -> Iterator[Fact]:
    """What was sold, in a sentence: 优先A档实际发行12.00亿元,票面利率1.85%. `sold` are the words of a size."""
    at, tranche = start, None
    for each in statements(paragraph.text, start, end):
        named = NAMED_IN_WORDS.findall(paragraph.text[at : each.at])
        tranche = (tranche_named(named[0]) if len(set(named)) == 1 else None) if named else tranche
        at = each.end
        label = _COPULA.sub("", NAMED_IN_WORDS.sub("", _NUMBER.sub("", each.label)))
        column = "amount" if sold.fullmatch(label) else "coupon_pct" if ctx.labels.field(NAME, label) == "rate" else ""
        if tranche is None or not column or not is_of_this_deal(ctx, paragraph, each.at, paragraph.text[start:end]) or supposed(",".join((*each.lead, each.label)), each.behind):
            continue
        if column == "amount" and (_TAKEN_UP.match(each.behind) or any(_HELD.search(clause) for clause in (*each.lead, each.label) if not clause.startswith(("由", "全部", "均")))):
            continue
        if _TO.match(each.behind) or (column == "amount" and _LATER.search(",".join((*each.lead, each.label)))):
            continue
        read = read_figure(each.figure, _QUANTITIES.get(column, "pct"), UnitSources())
        if isinstance(read, Figure) and read.unit_from == "cell":
            key = deal_key(ctx, tranche=tranche.name)
            begin = each.start if label else each.at  # of a cell without a label: the cell that names the tranche is another
            yield _fact(ctx, NAME, key, column, read.value, paragraph, "", read, (begin, each.end))
            if column == "amount" and tranche.seniority:
                yield _fact(ctx, NAME, key, "seniority", tranche.seniority, paragraph, "", None, (begin, each.end))
                yield from _beside_the_size(ctx, key, paragraph, *_stretch_of(paragraph.text, start, end, each), each)


def _stretch_of(text: str, start: int, end: int, size: Statement) -> tuple[int, int]:
    """The part of a sentence that speaks of the tranche of a size: from its name to the next name or semicolon."""
    first = max((match.start() for match in NAMED_IN_WORDS.finditer(text, start, size.at)), default=start)
    others = [match.start() for match in NAMED_IN_WORDS.finditer(text, size.end, end)]
    last = min((at for at in (*others, text.find(";", size.end, end)) if at >= 0), default=end)
    return first, last


def _stands_beside(before: str, size: Statement) -> bool:
    """Whether a share follows the size that it is one of, or stands before it: no other figure comes between (认购总额14亿元,占比)."""
    words = before.rstrip(",;:、(")
    return words.endswith(size.figure) or next(measured(blanked(words)), None) is None


def _clause_of(sentence: str, match: re.Match[str]) -> str:
    """The clause in which a match stands."""
    first = max(sentence.rfind(mark, 0, match.start()) for mark in ",;:")
    last = min((at for mark in ",;:" if (at := sentence.find(mark, match.end())) >= 0), default=len(sentence))
    return sentence[first + 1 : last]


def _beside_the_size(ctx: Context, key: Key, paragraph: Paragraph, start: int, end: int, size: Statement) -> Iterator[Fact]:
    """What a sentence that tells the size of one tranche alone says of it too: its share, its sort of rate, its last day."""
    sentence = paragraph.text[start:end]
    if len(set(NAMED_IN_WORDS.findall(sentence))) != 1 or supposed(re.sub("预[期计]到期日", "", sentence), ""):
        return
    for column, pattern in (("share_pct", _SHARE_TOLD), ("expected_maturity", _DAY_TOLD)):
        found = list(pattern.finditer(sentence))
        if len(found) != 1 or (column == "share_pct" and not _stands_beside(sentence[: found[0].start()], size)):
            continue
        stretch = (start + found[0].start(), start + found[0].end())
        if column == "share_pct":
            read = read_figure(found[0][1], "pct", UnitSources())
            if isinstance(read, Figure):
                yield _fact(ctx, NAME, key, column, read.value, paragraph, "", read, stretch)
        elif isinstance(day := parse_date(found[0][1]), Parsed):
            yield _fact(ctx, NAME, key, column, day.value.isoformat(), paragraph, "", None, stretch)
    kinds = [(kind, said) for kind, pattern in _TYPES if (said := pattern.search(sentence)) and not _NO_RATE_OF_NOTES.search(_clause_of(sentence, said))]
    if len(kinds) == 1:
        kind, found_at = kinds[0]
        yield _fact(ctx, NAME, key, "rate_type", kind, paragraph, "", None, (start + found_at.start(), start + found_at.end()))


def _item(ctx: Context, tranche: Tranche, paragraph: Paragraph) -> Iterator[Fact]:
    match = _ITEM.match(paragraph.text)
    row = ctx.labels.find(NAME, match["label"]) if match else None
    if match is None or row is None or not is_of_this_deal(ctx, paragraph, 0, paragraph.text):
        return
    key, text = deal_key(ctx, tranche=tranche.name), match["value"]
    if row.field in _QUANTITIES or (row.field == "rate" and text.endswith("%")):
        column = "coupon_pct" if row.field == "rate" else row.field
        read = read_figure(text, _QUANTITIES.get(column, "pct"), UnitSources())
        if isinstance(read, Figure) and read.unit_from == "cell":
            yield _fact(ctx, NAME, key, column, read.value, paragraph, row.where, read)
            if column == "amount" and tranche.seniority:
                yield _fact(ctx, NAME, key, "seniority", tranche.seniority, paragraph, row.where)
    elif row.field in ("rate", "rate_type"):
        kinds = [kind for kind, pattern in _TYPES if pattern.search(text)]
        if kinds:
            yield _fact(ctx, NAME, key, "rate_type", kinds[0], paragraph, row.where)
    elif row.field in ("expected_maturity", "legal_maturity") and isinstance(day := parse_date(text), Parsed):
        yield _fact(ctx, NAME, key, row.field, day.value.isoformat(), paragraph, row.where)
    elif row.field == "rating":
        for found in _RATED.finditer(text):
            if isinstance(rating := parse_rating(found["rating"]), Parsed):
                own = document_key(ctx, tranche=tranche.name, agency_id=found["by"])
                yield _fact(ctx, "ratings", own, "rating", rating.value, paragraph, row.where)


def _fact(
    ctx: Context, table: str, key: Key, column: str, value: Value, paragraph: Paragraph, where: str, read: Figure | None = None,
    stretch: tuple[int, int] | None = None,
) -> Fact:  # fmt: skip
    unit = (read.unit_text, read.unit_from) if read else ("", "")
    proof = paragraph.proof(ctx.document_id, *(stretch or (0, len(paragraph.text))), *unit)
    return Fact(table, key, column, value, read.unit if read else "", proof, label_rows=(where,) if where else ())
