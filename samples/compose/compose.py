"""One document by chance: which tables, what they look like, how they stand on the pages; the same seed, the same document."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from types import MappingProxyType

from samples.compose import asides, contents, forms, pens, twists
from samples.compose.contents import Make
from samples.compose.deal import Deal, invent
from samples.compose.design import Design, design
from samples.compose.ink import Leaf, Rule, Text
from samples.compose.layout import Breaking, Flow, set_table
from samples.compose.model import Content, GoldDocument, GoldTable, Sheet

REPORT: tuple[Make, ...] = (contents.payments, contents.payment_blocks, contents.status, contents.history, contents.accounts, contents.accounts_beside, contents.fees, contents.purchases)
CIRCULAR: tuple[Make, ...] = (contents.tranches, contents.pool, contents.distribution)
ASIDES: tuple[Make, ...] = (asides.finance, asides.static_pool, asides.forecast, asides.events, asides.addresses)
BREAKS = ("none", "none", "none", "none", "between rows", "header again", "within a row", "other widths", "header again, continued")
NEAR = ("apart", "apart", "apart", "touching", "caption between", "footnote between", "beside", "beside")
SENTENCES = (
    "以上数据由贷款服务机构提供，受托机构未发现与资金保管机构的记录不一致的情况。", "本期收款期间内，未发生影响证券本息兑付的重大事项。",
    "下表列示相关信息，金额以人民币计价，比例按四舍五入后的结果列示。", "资产池的回收情况与上一收款期间相比保持平稳，各项服务按照合同约定履行。",
    "受托机构将持续关注借款人的还款情况，并按照交易文件的约定履行信息披露义务。",
)  # fmt: skip
NO_WISH: Mapping[str, str] = MappingProxyType({})
NOTES = ("注：由于四舍五入的原因，占比合计可能不等于100%。", "注：以上数据未经审计。", "注1：金额为未偿本金余额。")


@dataclass(frozen=True)
class Drawn:
    """A document: its pages and what they say."""

    leaves: tuple[Leaf, ...]
    gold: GoldDocument


def compose(seed: int, producer: str = "", wish: Mapping[str, str] = NO_WISH) -> Drawn:
    """The document of a seed. `producer` overrides the one that chance chose; `wish` overrides traits of its tables: `rules`, `fills`,
    `widths`, `break`, `near`, `twist`."""
    chance = random.Random(seed)
    deal = invent(chance)
    here = pens.producers()
    chosen = chance.choices(list(pens.OFTEN), list(pens.OFTEN.values()))[0]
    producer = producer or (chosen if chosen in here else "plain")
    is_report = chance.random() < 0.68
    gold = GoldDocument(f"{seed:06}.pdf", producer, "trustee_report" if is_report else "offering_circular", deal.deal_id, seed)
    wide = chance.random() < 0.08
    flow = Flow(pens.measure_of(producer), *((842.0, 595.0) if wide else (595.0, 842.0)), margin=chance.choice((54.0, 62.0, 70.0)))
    _cover(flow, deal, is_report, chance)
    makes = _tables(chance, is_report)
    nears = ["apart", *(wish.get("near") or chance.choice(NEAR) for _ in makes[1:]), ""]
    for place in range(1, len(makes)):
        if makes[place - 1] in ASIDES and makes[place] not in ASIDES and nears[place] != "caption between":
            nears[place] = "apart"  # else it stands under a heading that speaks of something else
    for number, make in enumerate(makes, start=1):
        narrow = {"widths": "tight"} if "beside" in nears[number - 1 : number + 1] else {}
        align = "left" if nears[number] == "beside" else chance.choice(("center", "center", "left"))
        gold.tables.append(_table(flow, chance, make(chance, deal), number, nears[number - 1], align, producer, {**narrow, **wish}))
    _furniture(flow, deal, is_report)
    return Drawn(tuple(flow.leaves), gold)


def _tables(chance: random.Random, is_report: bool) -> list[Make]:
    pool = [make for make in (REPORT if is_report else CIRCULAR) if chance.random() < (0.45 if is_report else 0.75)]
    if contents.payments in pool and contents.payment_blocks in pool:
        pool.remove(chance.choice((contents.payments, contents.payment_blocks)))
    if contents.accounts in pool and contents.accounts_beside in pool:
        pool.remove(chance.choice((contents.accounts, contents.accounts_beside)))
    pool = pool or [contents.status if is_report else contents.tranches]
    pool += chance.sample(ASIDES, chance.choice((0, 0, 1, 1, 2)))
    chance.shuffle(pool)
    return pool


def _cover(flow: Flow, deal: Deal, is_report: bool, chance: random.Random) -> None:
    flow.turn()
    flow.y += 90
    number = deal.history[-1].number
    flow.line(deal.trust if is_report else deal.name, 18, "center", after=8)
    flow.line("受托机构报告" if is_report else "发行说明书", 18, "center", after=16)
    if is_report:
        flow.line(f"（第{number}期）", 12, "center")
        flow.line(f"报告日期：{forms.printed_day(deal.payment, 'chinese')}", 11, "center", after=40)
    start, end = deal.history[-1].start, deal.history[-1].end
    days = [("初始起算日", deal.cutoff), ("信托生效日", deal.closing), ("法定到期日", deal.legal)]
    if is_report:
        days += [("本收款期间期初日", start), ("本收款期间期末日", end), ("本期支付日", deal.payment)]
    for name, day in days:
        flow.line(f"{name}：{forms.printed_day(day, 'chinese')}", 10.5, after=3)
    flow.turn()


def _table(flow: Flow, chance: random.Random, content: Content, number: int, near: str, align: str, producer: str, wish: Mapping[str, str]) -> GoldTable:
    made = design(chance, content, flow, wish)
    breaking, wanted = _breaking(chance, made.sheet, flow, made.columns, wish.get("break") or chance.choice(BREAKS))
    near = near if near != "beside" or _fits_beside(flow, made) else "apart"
    resume = 0.0
    if near == "beside" and flow.last is not None:
        breaking, wanted, align, resume = Breaking(), "none", "right", flow.y
        flow.y = flow.last.box[1]
    else:
        _before(flow, chance, made, number, near, wanted)
    before = [len(leaf.marks) for leaf in flow.leaves]
    placed = set_table(flow, made.sheet, made.look, made.columns, breaking, align)
    if made.twist != "none":
        twists.remark(flow.leaves, before, made.twist, chance, flow.measure)
    flow.y = max(flow.y + 3, resume)
    if near == "apart" and chance.random() < 0.3:
        flow.line(chance.choice(NOTES), 8.5, after=8)
    flow.y += 2
    traits = {**made.traits(flow.measure), "near": near, "break": wanted if placed.parts > 1 else "none", "producer": producer}
    cells = [
        {"row": c.row, "col": c.col, "row_span": c.row_span, "col_span": c.col_span, "text": c.text, "page": placed.pages.get((c.row, c.col), placed.page), **({"free": True} if c.free else {})}
        for c in sorted(made.sheet.cells, key=lambda c: (c.row, c.col))
    ]  # fmt: skip
    facts = [{**asdict(fact), "key": dict(fact.key)} for fact in made.sheet.facts]
    return GoldTable(number, content.kind, placed.page, placed.box, traits, cells, facts, content.caption)


def _fits_beside(flow: Flow, made: Design) -> bool:
    """Whether a table can stand right of the one before, so that a person sees two: both framed, on one page, with room between."""
    last = flow.last
    if last is None or last.parts > 1 or last.page != len(flow.leaves) or not last.boxed or not (made.look.left and made.look.right):
        return False
    room = flow.width - flow.margin - last.box[2] - 14
    return sum(made.columns) <= room and _height(flow, made) <= flow.height - flow.margin - last.box[1] and not made.has_unit_line


def _height(flow: Flow, made: Design) -> float:
    trial = Flow(flow.measure, flow.width, 10**6, flow.margin)
    trial.turn()
    set_table(trial, made.sheet, made.look, made.columns, Breaking())
    return trial.y - trial.margin


def _breaking(chance: random.Random, sheet: Sheet, flow: Flow, columns: Sequence[float], wanted: str) -> tuple[Breaking, str]:
    if wanted == "none" or sheet.n_rows - sheet.headers < 4:
        return Breaking(), "none"
    other: tuple[float, ...] = ()
    if wanted == "other widths":
        scale = min(flow.room / sum(columns), chance.choice((1.0, 1.06, 1.12)))
        other = tuple(w * scale * (1 + (0.12 if i % 2 else 0.02)) for i, w in enumerate(columns))
        over = max(sum(other) / flow.room, 1.0)
        other = tuple(w / over for w in other)
        if over > 1.0:
            return Breaking(repeat_header=True), "header again"
    return Breaking(wanted.startswith("header again") or wanted == "other widths", wanted == "within a row", other, "（续表）" if wanted.endswith("continued") else ""), wanted


def _before(flow: Flow, chance: random.Random, made: Design, number: int, near: str, wanted: str) -> None:
    """What stands above a table, and the place on the page at which it starts."""
    tall, caption = _height(flow, made), made.content.caption
    line = made.look.size * 1.22 + 2 * made.look.lead
    keep = (made.sheet.headers + chance.randint(1, 3)) * line + 60
    if wanted != "none":
        target = max(keep, min(tall * chance.uniform(0.3, 0.8), tall - 2 * line)) + 70
        if target < tall + 60 and near == "apart":
            if flow.left < target:
                flow.turn()
            while flow.left > target + 60:
                flow.line("".join(chance.sample(SENTENCES, 3)), 10.5, indent=21)
    elif flow.left < min(tall + 90, flow.height - 2 * flow.margin - 10):
        flow.turn()
    if near == "apart":
        if number > 1 or chance.random() < 0.5:
            flow.line(f"{'一二三四五六七八九'[number - 1]}、{caption}", 12, after=5)
        if chance.random() < 0.4:
            flow.line(chance.choice(SENTENCES), 10.5, indent=21)
        if chance.random() < 0.6:
            flow.line(f"表{number} {caption}", 9.5, "center", after=2)
    elif near == "caption between":
        flow.line(f"表{number} {caption}", 9.5, "center", after=1)
    elif near == "footnote between":
        flow.line(chance.choice(NOTES), 8.5, after=2)
    if made.has_unit_line:
        unit = made.printed.unit
        flow.line(f"单位：{chance.choice(('', '人民币')) if unit == '元' else ''}{unit}", 9, "right", after=2)


def _furniture(flow: Flow, deal: Deal, is_report: bool) -> None:
    for number, leaf in enumerate(flow.leaves[1:], start=2):
        words = f"{deal.trust}{'受托机构报告' if is_report else '发行说明书'}"
        wide = flow.measure(words, 8)
        leaf.marks.append(Text((leaf.width - wide) / 2, 34, words, 8))
        leaf.marks.append(Rule(flow.margin, 40, leaf.width - flow.margin, 40, 0.4))
        leaf.marks.append(Text(leaf.width / 2 - 4, leaf.height - 28, str(number), 8))

