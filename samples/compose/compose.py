"""One document by chance: which tables, what they look like, how they stand on the pages; the same seed, the same document."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from types import MappingProxyType

from samples.compose import asides, contents, forms, look, pens, twists
from samples.compose.arrange import Shape, arrange
from samples.compose.contents import Make
from samples.compose.deal import Deal, invent
from samples.compose.ink import Fill, Leaf, Rule, Text
from samples.compose.layout import Breaking, Flow, Placed, set_table
from samples.compose.model import Blocks, Content, Figure, GoldDocument, GoldTable, Matrix, Pairs, Sheet
from samples.compose.widths import WAYS, widths

REPORT: tuple[Make, ...] = (contents.payments, contents.payment_blocks, contents.status, contents.history, contents.accounts, contents.accounts_beside, contents.fees, contents.purchases)
CIRCULAR: tuple[Make, ...] = (contents.tranches, contents.pool, contents.distribution)
ASIDES: tuple[Make, ...] = (asides.finance, asides.static_pool, asides.forecast, asides.events, asides.addresses)
FILLS = ("none", "none", "none", "header", "zebra", "header and total")
BREAKS = ("none", "none", "none", "none", "between rows", "header again", "within a row", "other widths", "header again, continued")
NEAR = ("apart", "apart", "apart", "touching", "caption between", "footnote between")
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
    for number, make in enumerate(makes, start=1):
        near = "apart" if number == 1 else wish.get("near") or chance.choice(NEAR)
        gold.tables.append(_table(flow, chance, make(chance, deal), number, near, producer, wish))
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


def _table(flow: Flow, chance: random.Random, content: Content, number: int, near: str, producer: str, wish: Mapping[str, str]) -> GoldTable:
    is_matrix = isinstance(content, Matrix)
    printed = forms.choose(chance, is_matrix)
    shape = _shape(chance, content)
    if shape.arrangement == "transposed" and printed.place == "header":
        printed = replace(printed, place="label")
    if printed.full_width and content.kind == "static pool":
        printed = replace(printed, full_width=False)
    if isinstance(content, Blocks) and printed.place == "header":
        printed = replace(printed, place="label")
    has_money = _sorts(content) & {"money"}
    sheet = arrange(content, shape, printed)
    rules = wish.get("rules") or chance.choice(sorted(look.RULES))
    fills = wish.get("fills") or chance.choice(FILLS)
    drawing = look.choose(chance, rules, fills)
    sheet, drawing = _decidable(chance, sheet, drawing, shape)
    way = wish.get("widths") or chance.choice(WAYS)
    twist = twists.choose(chance, sheet, drawing, wish.get("twist", ""))
    has_unit_row = twist == "title row" and printed.place == "line" and bool(has_money)
    if twist != "none":
        sheet = twists.TWISTS[twist].cells(sheet, chance, f"{content.caption}（单位：{printed.unit}）" if has_unit_row else content.caption)
        drawing = twists.TWISTS[twist].look(drawing)
    columns = None
    while columns is None:
        columns = widths(sheet, drawing, flow.measure, way, flow.room, chance, 0.62 if twist == "broken figures" else 1.0)
        if columns is None:
            if drawing.size <= 5.5:
                raise ValueError(f"table {number} is too wide for its page")
            drawing = replace(drawing, size=drawing.size - 0.5, pad=min(drawing.pad, 2.0))
    breaking, wanted = _breaking(chance, sheet, flow, columns, wish.get("break") or chance.choice(BREAKS))
    _before(flow, chance, content, printed, number, near, bool(has_money) and not has_unit_row, sheet, drawing, columns, wanted)
    align = chance.choice(("center", "center", "left"))
    before = [len(leaf.marks) for leaf in flow.leaves]
    placed = set_table(flow, sheet, drawing, columns, breaking, align)
    if twist != "none":
        twists.remark(flow.leaves, before, twist, chance, flow.measure)
    flow.y += 3
    if near == "apart" and chance.random() < 0.3:
        flow.line(chance.choice(NOTES), 8.5, after=8)
    flow.y += 2
    traits = {
        "kind": content.kind, "rules": rules, "fills": fills, "arrangement": shape.arrangement, "levels": str(sheet.headers if is_matrix else shape.levels),
        "front": shape.front, "middle header": "yes" if sheet.middle else "no", "widths": way, "unit": printed.place if has_money else "none",
        "numbers": printed.name(), "near": near, "break": wanted if placed.parts > 1 else "none", "producer": producer, "twist": twist,
        "wrapped": _wrapped(sheet, drawing, columns, flow), "upright": drawing.upright, "figures": drawing.figures, "size": str(drawing.size), "rule strokes": "whole" if drawing.merged_rules else "by cell",
    }  # fmt: skip
    cells = [
        {"row": c.row, "col": c.col, "row_span": c.row_span, "col_span": c.col_span, "text": c.text, "page": placed.pages.get((c.row, c.col), placed.page), **({"free": True} if c.free else {})}
        for c in sorted(sheet.cells, key=lambda c: (c.row, c.col))
    ]  # fmt: skip
    facts = [{**asdict(fact), "key": dict(fact.key)} for fact in sheet.facts]
    return GoldTable(number, content.kind, placed.page, placed.box, traits, cells, facts, content.caption)


def _shape(chance: random.Random, content: Content) -> Shape:
    if isinstance(content, Blocks):
        return Shape("blocks", 0)
    if isinstance(content, Pairs):
        front = chance.choice(("none", "none", "group column", "group rows"))
        wide = chance.random() < 0.45
        return Shape("four columns" if wide else "pairs", chance.choice((0, 0, 1)), "none" if wide and front == "group column" else front, others_in_cell=chance.random() < 0.5)
    if content.kind in ("payments", "tranches", "addresses", "events") and len(content.rows) <= 5 and chance.random() < 0.2:
        return Shape("transposed")
    grouped = len({row.group for row in content.rows if row.group}) > 1
    if content.kind == "accounts beside":
        return Shape("matrix")
    if content.kind == "accounts":
        front = chance.choice(("group column", "group rows", "none"))
        return Shape("matrix", chance.choice((1, 1, 2)), front, middle=front == "none")
    fronts = ["none", "none", "none", "none" if content.kind in ("history", "purchases", "forecast") else "serial", *(["group column", "group rows"] if grouped and not _scattered(content) else [])]
    levels = chance.choice((1, 1, 1, 2, 2, 3)) if content.kind not in ("events", "addresses", "fees") else chance.choice((1, 1, 0))
    if content.kind == "fees":
        levels = 1
    if content.kind == "status" and len(content.columns) > 4:
        levels = max(levels, 2)  # else nothing tells this period's columns from those of the one before
    return Shape(
        "matrix", levels, chance.choice(fronts) if levels else "none", middle=grouped and not _scattered(content) and levels > 0 and chance.random() < 0.12,
        blank_corner=levels > 0 and content.kind in ("tranches", "finance") and chance.random() < 0.2,
    )  # fmt: skip


def _scattered(content: Matrix) -> bool:
    groups = [row.group for row in content.rows]
    runs = [g for i, g in enumerate(groups) if i == 0 or g != groups[i - 1]]
    return len(runs) != len(set(runs))


def _sorts(content: Content) -> set[str]:
    if isinstance(content, Matrix):
        figures: Sequence[Figure] = [f for row in content.rows for f in row.figures]
    elif isinstance(content, Pairs):
        figures = [f for _, _, f in content.pairs]
    else:
        figures = [f for _, pairs in content.blocks for _, f in pairs]
    return {figure.sort for figure in figures if isinstance(figure.value, Decimal)}


def _decidable(chance: random.Random, sheet: Sheet, drawing: look.Look, shape: Shape) -> tuple[Sheet, look.Look]:
    """What a person could not tell from the page is not composed: room between rows where nothing else parts them."""
    if drawing.rows in ("none", "total", "bands"):
        drawing = replace(drawing, lead=max(drawing.lead, 3.0))
    if drawing.rows == "bands" and len(sheet.bands) <= 1:
        step = chance.choice((2, 3, 4))
        body = [r for r in range(sheet.headers, sheet.n_rows) if r not in sheet.middle]
        sheet = replace(sheet, bands=tuple(body[::step]))
    if drawing.columns in ("none", "header", "first"):
        drawing = replace(drawing, pad=max(drawing.pad, 3.0))
    if drawing.rows != "all" and drawing.fills != "zebra" and shape.front == "group column":
        drawing = replace(drawing, upright="top")
        if drawing.rows in ("none", "total"):
            sheet = replace(sheet, cells=tuple(replace(c, free=True) if c.role == "group" else c for c in sheet.cells))
    return sheet, drawing


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


def _before(flow: Flow, chance: random.Random, content: Content, printed: forms.Forms, number: int, near: str, has_money: bool, sheet: Sheet, drawing: look.Look, columns: Sequence[float], wanted: str) -> None:  # fmt: skip
    """What stands above a table, and the place on the page at which it starts."""
    trial = Flow(flow.measure, flow.width, flow.height, flow.margin)
    trial.height = 10**6
    trial.turn()
    set_table(trial, sheet, drawing, columns, Breaking())
    tall = trial.y - trial.margin
    line = drawing.size * 1.22 + 2 * drawing.lead
    keep = (sheet.headers + chance.randint(1, 3)) * line + 60
    if wanted != "none":
        target = max(keep, min(tall * chance.uniform(0.3, 0.8), tall - 2 * line)) + 70
        if target < tall + 60 and near in ("apart",):
            if flow.left < target:
                flow.turn()
            while flow.left > target + 60:
                flow.line("".join(chance.sample(SENTENCES, 3)), 10.5, indent=21)
    elif flow.left < min(tall + 90, flow.height - 2 * flow.margin - 10):
        flow.turn()
    if near == "apart":
        if number > 1 or chance.random() < 0.5:
            flow.line(f"{'一二三四五六七八九'[number - 1]}、{content.caption}", 12, after=5)
        if chance.random() < 0.4:
            flow.line(chance.choice(SENTENCES), 10.5, indent=21)
        if chance.random() < 0.6:
            flow.line(f"表{number} {content.caption}", 9.5, "center", after=2)
    elif near == "caption between":
        flow.line(f"表{number} {content.caption}", 9.5, "center", after=1)
    elif near == "footnote between":
        flow.line(chance.choice(NOTES), 8.5, after=2)
    if printed.place == "line" and has_money:
        flow.line(f"单位：{chance.choice(('', '人民币')) if printed.unit == '元' else ''}{printed.unit}", 9, "right", after=2)


def _wrapped(sheet: Sheet, drawing: look.Look, columns: Sequence[float], flow: Flow) -> str:
    found = set()
    for cell in sheet.cells:
        room = sum(columns[cell.col : cell.col + cell.col_span]) - 2 * drawing.pad
        wide = flow.measure(cell.text, drawing.size)
        if wide > room + 0.5 and not (cell.role == "header" and cell.col_span == 1 and wide <= room + 2 * drawing.pad - 0.5):
            found.add("header" if cell.role == "header" else "body")
    return " and ".join(sorted(found)) or "no"


def _furniture(flow: Flow, deal: Deal, is_report: bool) -> None:
    for number, leaf in enumerate(flow.leaves[1:], start=2):
        words = f"{deal.trust}{'受托机构报告' if is_report else '发行说明书'}"
        wide = flow.measure(words, 8)
        leaf.marks.append(Text((leaf.width - wide) / 2, 34, words, 8))
        leaf.marks.append(Rule(flow.margin, 40, leaf.width - flow.margin, 40, 0.4))
        leaf.marks.append(Text(leaf.width / 2 - 4, leaf.height - 28, str(number), 8))


__all__ = ["Drawn", "Fill", "Placed", "compose"]
