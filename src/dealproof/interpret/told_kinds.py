"""What a sentence or a cell says of several tranches at once: 优先A级、优先B级均为固定利率，次级不设票面利率; and days of maturity
that a cell lists by tranche: 预期到期日 | 优先A级票据：2026年11月26日；次级票据：2027年8月26日."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from dealproof.interpret.context import Context
from dealproof.interpret.fact_builder import Key, deal_key
from dealproof.interpret.paragraphs import Paragraph
from dealproof.interpret.told_cells import label_pairs
from dealproof.interpret.told_scope import is_of_this_deal
from dealproof.interpret.units import Figure, UnitSources, read_figure
from dealproof.model.evidence import Evidence, Fact, Value
from dealproof.text import squeeze
from dealproof.values.dates import find_dates, parse_date
from dealproof.values.parsed import Parsed
from dealproof.values.tranches import NAMED_IN_WORDS, tranche_named

NAME = "tranches"
_TRANCHE = r"(?:优先|次优先?|中间|夹层|次级|劣后)(?:级|档)?[A-Z]?-?\d{0,2}(?:级|档)?(?:资产支持)?(?:证券|票据)?"
_NAMES = rf"(?P<names>{_TRANCHE}(?:(?:、|和|及|与|以及){_TRANCHE}){{0,5}})(?:的)?"
#: What else a sentence says of them before their rate: 采用簿记建档方式发行,票面利率均为固定利率.
_FIRST = r"(?:(?:(?!优先|次级|劣后|中间|夹层|利率)[^。;]){1,24},(?:其|且)?(?:票面)?利率)?"
_RATES = (
    ("fixed", re.compile(rf"{_NAMES}{_FIRST}(?:票面)?(?:利率)?(?:均)?(?:为|采用|系|是)(?:票面)?固定利率")),
    ("floating", re.compile(rf"{_NAMES}{_FIRST}(?:票面)?(?:利率)?(?:均)?(?:为|采用|系|是)(?:票面)?浮动利率")),
    ("none", re.compile(rf"{_NAMES}(?:均)?(?:无|不设|没有|不设置|不设定)(?:票面|固定)利率")),
)
_TERMS = (
    ("expected_maturity", re.compile(r"(?:预期|预计)到期日(?:为|是|:)?(20\d\d年\d{1,2}月\d{1,2}日)")),
    ("coupon_pct", re.compile(r"(?<![导考前后期年段上限])(?:预期(?:年化?)?收益率|票面(?:年)?利率|发行利率)(?:为|是|:)?(\d{1,2}\.\d+%)")),
    ("security_code", re.compile(r"(?:证券|债券|票据)?代码(?:为|:)?(\d{6,9}(?:\.[A-Z]{2,3})?)(?!\d)")),
)
_SUPPOSED = re.compile(r"若|情[形景]|假设|假定|加速|如果|调整为|转为|可能|或(?:者)?浮动|或(?:者)?固定")


def told_kinds(ctx: Context, texts: Sequence[Paragraph], sizes: Mapping[Key, Value]) -> Iterator[Fact]:
    """Sorts of rates and last days of the tranches whose sizes are known; a class word alone (优先级) means each of its class."""
    for paragraph in texts:
        for start, end in paragraph.sentences():
            sentence = paragraph.text[start:end]
            if _SUPPOSED.search(sentence) or not is_of_this_deal(ctx, paragraph, start, sentence):
                continue
            for kind, pattern in _RATES:
                for match in pattern.finditer(sentence):
                    proof = paragraph.proof(ctx.document_id, start + match.start(), start + match.end())
                    yield from (Fact(NAME, key, "rate_type", kind, evidence=proof) for key in _keys(ctx, match["names"], sizes))
            yield from _stretches(ctx, paragraph, start, end, sizes)
    yield from _days(ctx)


def _stretches(ctx: Context, paragraph: Paragraph, start: int, end: int, sizes: Mapping[Key, Value]) -> Iterator[Fact]:
    """What a sentence says of one tranche up to the name of the next: 优先A级证券(代码143901)预期收益率为2.02%,预期到期日为2026年12月25日."""
    names = list(NAMED_IN_WORDS.finditer(paragraph.text, start, end))
    for at, match in enumerate(names):
        tranche = tranche_named(match.group(1))
        key = deal_key(ctx, tranche=tranche.name) if tranche is not None else ()
        last = names[at + 1].start() if at + 1 < len(names) else end
        for column, pattern in _TERMS if key in sizes else ():
            found = list(pattern.finditer(paragraph.text, match.end(), last))
            if len(found) != 1 or (column == "coupon_pct" and not ctx.profile.kind_record.is_result):
                continue
            value = _value(column, found[0][1])
            if value is not None:
                proof = paragraph.proof(ctx.document_id, found[0].start(), found[0].end(), "%" if column == "coupon_pct" else "", "cell" if column == "coupon_pct" else "")
                yield Fact(NAME, key, column, value, "pct" if column == "coupon_pct" else "", proof)


def _value(column: str, text: str) -> Value | None:
    if column == "expected_maturity":
        day = parse_date(text)
        return day.value.isoformat() if isinstance(day, Parsed) else None
    if column == "coupon_pct":
        read = read_figure(text, "pct", UnitSources())
        return read.value if isinstance(read, Figure) else None
    return text


def _keys(ctx: Context, names: str, sizes: Mapping[Key, Value]) -> list[Key]:
    found = [tranche_named(name) for name in re.findall(_TRANCHE, names)]
    keys: dict[Key, None] = {}
    for tranche in found:
        if tranche is None:
            return []
        own = deal_key(ctx, tranche=tranche.name)
        of_class = [key for key in sizes if dict(key)["tranche"].startswith("优先")] if tranche.name == "优先" else []
        keys |= dict.fromkeys([own] if own in sizes else of_class)
    return list(keys)


def _days(ctx: Context) -> Iterator[Fact]:
    for label, cell in label_pairs(ctx):
        column = ctx.labels.field(NAME, label.text)
        text = squeeze(cell.text)
        names, dates = NAMED_IN_WORDS.findall(text), find_dates(text)
        if column not in ("expected_maturity", "legal_maturity") or len(names) < 2 or len(names) != len(dates):
            continue
        if not re.fullmatch(rf"(?:{_TRANCHE}(?:的)?(?:预期到期日)?(?:为|是|:)?#[;,。]?(?:和|及)?)+", _without(text, dates)):
            continue
        for name, (day, start, end) in zip(names, dates, strict=True):
            tranche = tranche_named(name)
            if tranche is not None:
                proof = Evidence(ctx.document_id, cell.page, cell.box, text[start:end], reader="text")
                yield Fact(NAME, deal_key(ctx, tranche=tranche.name), column, day.isoformat(), evidence=proof)


def _without(text: str, dates: Sequence[tuple[object, int, int]]) -> str:
    for _, start, end in reversed(dates):
        text = f"{text[:start]}#{text[end:]}"
    return text
