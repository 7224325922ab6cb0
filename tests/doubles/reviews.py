"""An invented market review: about forty deals with every metric of the catalogue, in the shape of a real one.

All names and figures are made up. The small reckoning here exists to fill `Result`s; it is no model of how they are computed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from dealproof import contract
from dealproof.dataset.build import Dataset, Row
from dealproof.metrics.catalog import METRICS
from dealproof.metrics.model import Finding, LeftOut, Line, Metric, Number, Result, Review, Where, Words
from dealproof.model.cell import DatasetCell

YEAR = 2025
#: Series, market, originator, its type, provider, its class, group, whether it revolves, size in 亿元, rate in percent, deals.
SERIES = (
    ("云杉", "abn", "青禾信托有限公司", "信托公司", "东湖民营银行", "民营银行", "bank", True, "12.40", "9.60", 9),
    ("白榆", "exchange_abs", "青禾信托有限公司", "信托公司", "极光互联网小额贷款", "互联网平台", "platform", True, "7.50", "13.20", 8),
    ("红枫", "exchange_abs", "极光互联网小额贷款", "互联网平台", "极光互联网小额贷款", "互联网平台", "platform", True, "6.20", "12.80", 5),
    ("银杏", "credit_abs", "江南大商业银行", "商业银行", "江南大商业银行", "商业银行", "bank", False, "58.30", "4.11", 4),
    ("胡杨", "abn", "远山信托有限公司", "信托公司", "平湖融资担保", "融资担保公司", "other", False, "5.60", "14.90", 5),
    ("雪松", "exchange_abs", "远山信托有限公司", "信托公司", "恒川小额贷款", "小贷公司", "other", True, "3.10", "16.40", 4),
    ("海棠", "abn", "青禾信托有限公司", "信托公司", "安澜财产保险", "财产险公司", "other", False, "4.05", "8.20", 2),
    ("石楠", "abn", "星野互联网小额贷款", "互联网平台", "星野互联网小额贷款", "互联网平台", "platform", True, "8.80", "11.50", 4),
)  # fmt: skip
#: Rating, share of the deal, spread over the first tranche.
TRANCHES = (
    ("优先A1", "AAAsf", "0.55", "0.00", "1.0"),
    ("优先A2", "AAAsf", "0.30", "0.12", "1.6"),
    ("优先B", "AA+sf", "0.06", "0.55", "1.9"),
    ("中间", "A+sf", "0.04", "1.40", "2.2"),
    ("次级", None, "0.05", None, "2.6"),
)  # fmt: skip
FUND = {"deals": 1, "securities": 1, "yi_yuan": Decimal(100_000_000), "wan_yuan": Decimal(10_000)}
#: What the reference file would know of earlier years, as a part of this year's figure.
PAST = {2020: "0.62", 2021: "0.71", 2022: "0.86", 2023: "0.94", 2024: "0.87"}


def review(repeat: int = 1) -> Review:
    """The invented review; `repeat` multiplies its deals."""
    lines = {name: tuple(view) for name, view in _views(repeat).items()}
    results = [result for metric in METRICS for result in _results(metric, lines.get(metric.view, ()))]
    return Review(YEAR, "micro_loan", tuple(results), _left_out(repeat), _findings(), lines)


def dataset(repeat: int = 1, documents: Path | None = None) -> Dataset:
    """The dataset beneath the invented review: deals, tranches, pools, their evidence, documents and one question."""
    tables: dict[str, list[Row]] = {spec.name: [] for spec in contract.tables()}
    for deal in _deals(repeat):
        deal_id, file = str(deal["deal_id"]), f"doc-{deal['deal_id']}"
        name = f"{deal['series']}{YEAR}年第{deal_id.split('-')[1]}期小微贷款资产支持证券"
        tables["documents"].append(
            _row(
                "documents",
                document_id=file,
                file_name=f"{deal_id}发行说明书.pdf",
                kind="offering_circular",
                deal_id=deal_id,
                pages="90",
            )
        )
        tables["deals"].append(
            _row(
                "deals",
                deal_id=deal_id,
                deal_name=name,
                market=deal["market"],
                total_amount=deal["amount"],
                closing_date=deal["closing_date"],
            )
        )
        for table, key, column in (
            ("deals", deal_id, "total_amount"),
            ("deals", deal_id, "closing_date"),
            ("deals", deal_id, "revolving"),
        ):
            tables["evidence"].append(
                _row(
                    "evidence",
                    table=table,
                    key=key,
                    column=column,
                    document_id=file,
                    page="3",
                    text=f"{deal['amount']} 元",
                    status="disclosed",
                )
            )
        for tranche, _, share, spread, _ in TRANCHES:
            amount = Decimal(str(deal["amount"])) * Decimal(share)
            tables["tranches"].append(_row("tranches", deal_id=deal_id, tranche=tranche, amount=f"{amount:f}"))
            for column in ("amount", *(("coupon_pct",) if spread else ())):
                tables["evidence"].append(
                    _row(
                        "evidence",
                        table="tranches",
                        key=f"{deal_id}|{tranche}",
                        column=column,
                        document_id=file,
                        page="5",
                        text=f"{tranche} 见表",
                    )
                )
        tables["pool_stats"].append(
            _row("pool_stats", deal_id=deal_id, as_of="2025-01-01", metric="wa_rate_pct", value=deal["rate_pct"])
        )
        tables["evidence"].append(
            _row("evidence", table="pool_stats", key=f"{deal_id}|2025-01-01|wa_rate_pct|", column="value", document_id=file, page="41",
                 text=f"{deal['rate_pct']}%", status="disclosed")
        )  # fmt: skip
    tables["questions"].append(
        _row("questions", question_id="q-0001", kind="low_confidence", severity="warning", table="deals", key="云杉2025-1", column="total_amount",
             prompt="Two readers read the amount differently: 12.40 or 12.46?", state="open")
    )  # fmt: skip
    return Dataset(MappingProxyType({name: tuple(rows) for name, rows in tables.items()}))


def _row(table: str, /, **values: object) -> Row:
    return {name: str(values.get(name, "") or "") for name in contract.table(table).column_names}


def _deals(repeat: int) -> Iterator[dict[str, object]]:
    place = 0
    for series, market, originator, kind, provider, fine, group, revolving, size, rate, count in SERIES:
        for number in range(1, count * repeat + 1):
            place += 1
            wave = Decimal(place * 37 % 11 - 5)
            yield {
                "deal_id": f"{series}{YEAR}-{number}", "series": series, "market": market, "originator": originator, "originator_type": kind,
                "originator_is_bank": kind == "商业银行", "provider": provider, "provider_class": fine, "provider_group": group,
                "provider_is_new": series in ("海棠", "石楠"), "revolving": revolving, "structure": "优先A-优先B-中间-次级", "split": True,
                "amount": (Decimal(size) + wave / 10) * 100_000_000, "closing_date": date(YEAR, 1, 8) + timedelta(days=place * 8 % 350),
                "rate_pct": Decimal(rate) + wave / 10, "place": Decimal(place),
            }  # fmt: skip


def _views(repeat: int) -> dict[str, list[Line]]:
    views: dict[str, list[Line]] = {
        name: [] for name in ("deals", "originators", "tranches", "pools", "defaults", "purchases", "balances", "curve")
    }
    for deal in _deals(repeat):
        deal_id, place = str(deal["deal_id"]), int(Decimal(str(deal["place"])))
        cell = DatasetCell("deals", (deal_id,), "total_amount")
        views["deals"].append(Line(deal_id, deal, (cell,)))  # type: ignore[arg-type]  # a dict of what a view may hold
        views["originators"].append(Line(deal_id, deal, (cell,)))  # type: ignore[arg-type]
        views["balances"].append(Line(deal_id, {**deal, "balance": Decimal(str(deal["amount"])) * 7 / 10}, (cell,)))  # type: ignore[dict-item]
        views["tranches"].extend(_tranche_lines(deal, place))
        views["pools"].append(
            Line(deal_id, _pool(deal, place), (DatasetCell.of_text("pool_stats", f"{deal_id}|2025-01-01|wa_rate_pct|", "value"),))  # type: ignore[arg-type]
        )
        if place % 3 == 0:
            views["defaults"].append(Line(deal_id, _default(deal, place), (cell,)))  # type: ignore[arg-type]
        if deal["revolving"] and place % 2:
            views["purchases"].append(Line(deal_id, _purchase(deal, place), (cell,)))  # type: ignore[arg-type]
    views["curve"] = [
        Line("", {"date": date(YEAR, 1, 2) + timedelta(days=7 * week), "tenor": tenor, "rate_pct": Decimal(base) + Decimal(abs(week - 12)) / 200})
        for tenor, base in (("1Y", "1.72"), ("3Y", "1.90"))
        for week in range(52)
    ]  # fmt: skip
    return views


def _tranche_lines(deal: dict[str, object], place: int) -> Iterator[Line]:
    deal_id = str(deal["deal_id"])
    for tranche, rating, share, spread, term in TRANCHES:
        years = Decimal(term) + Decimal(place % 4) / 10
        yield Line(
            deal_id,
            {
                **deal, "tranche": tranche, "rating": rating, "floating": False if spread else None, "amount": Decimal(str(deal["amount"])) * Decimal(share),
                "coupon_pct": Decimal("1.75") + Decimal(spread) + Decimal(place % 9) / 20 if spread else None, "term_years": years,
                "term_band": _band(years, ("1", "1.5", "2"), "年"), "month": str(deal["closing_date"])[:7],
            },
            tuple(DatasetCell("tranches", (deal_id, tranche), name) for name in (("amount", "coupon_pct") if spread else ("amount",))),
        )  # type: ignore[arg-type]  # fmt: skip


def _pool(deal: dict[str, object], place: int) -> dict[str, object]:
    balance, term, rate = (
        Decimal(20_000 + place * 9_700 % 300_000),
        Decimal(6 + place * 5 % 28) / 12,
        Decimal(str(deal["rate_pct"])),
    )
    return {
        **deal, "average_balance": balance, "contract_term_years": term.quantize(Decimal("0.01")), "rate_pct": None if place == 7 else rate,
        "balance_band": _band(balance / 10_000, ("1", "5", "10", "50"), "万元"), "term_band": _band(term, ("0.5", "1", "2", "3"), "年"), "rate_band": _band(rate, ("5", "8", "12", "16"), "%"),
    }  # fmt: skip


def _default(deal: dict[str, object], place: int) -> dict[str, object]:
    return {
        **deal, "rate_pct": Decimal(place * 13 % 172) / 100, "basis": "initial_pool", "age_months": Decimal(3 + place % 25),
        "placement": "public" if deal["market"] == "credit_abs" else "private",
    }  # fmt: skip


def _purchase(deal: dict[str, object], place: int) -> dict[str, object]:
    return {
        **deal, "multiple": Decimal(101 + place * 41 % 266) / 100, "amount_basis": "principal", "rounds": Decimal(1 + place % 14),
        "phase": "amortising" if place % 14 > 10 else "revolving", "purchase_months": Decimal(place % 14),
    }  # fmt: skip


def _band(value: Decimal, edges: tuple[str, ...], unit: str) -> str:
    marks = [Decimal(edge) for edge in edges]
    if value <= marks[0]:
        return f"≤{edges[0]}{unit}"
    for low, high in pairwise(edges):
        if value <= Decimal(high):
            return f"{low}–{high}{unit}"
    return f">{edges[-1]}{unit}"


def _results(metric: Metric, lines: Iterable[Line]) -> Iterator[Result]:
    fitting = [
        line for line in lines if all(_fulfils(line, where) for where in metric.where) and _complete(metric, line)
    ]
    base = [
        line
        for line in lines
        if metric.share and all(_fulfils(line, where) for where in metric.share.where) and _complete(metric, line)
    ]
    groups: dict[tuple[tuple[str, str], ...], list[Line]] = {} if metric.by else {_apart(metric, fitting): []}
    for line in fitting:
        own = tuple((column, _text(line.values.get(column))) for column in (*metric.by, *metric.same))
        groups.setdefault(own, []).append(line)
    for group, members in groups.items():
        yield from (_result(metric, year, group, members, base) for year in _years(metric))


def _apart(metric: Metric, lines: list[Line]) -> tuple[tuple[str, str], ...]:
    return tuple((column, _text(lines[0].values.get(column))) for column in metric.same) if lines else ()


def _years(metric: Metric) -> range:
    return range(YEAR - metric.back, YEAR + 1)


def _result(
    metric: Metric, year: int, group: tuple[tuple[str, str], ...], lines: list[Line], base: list[Line]
) -> Result:
    value = _measure(metric, lines) * Decimal("1" if year == YEAR else PAST[year])
    documents = year == YEAR
    cells = tuple(sorted({cell for line in lines for cell in line.cells}))
    doubtful = documents and DatasetCell("deals", ("云杉2025-1",), "total_amount") in cells
    return Result(
        metric.id, year, group, _number(value, metric.decimals), _share(metric, value, base), _change(metric, year), len(lines),
        tuple(sorted({line.deal_id for line in lines})) if documents or metric.sample else (), cells if documents else (),
        ("q-0001",) if doubtful else (), "documents" if documents or metric.sample else "invented yearbook, table 3",
    )  # fmt: skip


def _share(metric: Metric, value: Decimal, base: list[Line]) -> Number | None:
    if metric.share is None:
        return None
    if metric.share.series:
        if metric.id == "issuance.amount":
            return Number(
                None,
                "",
                Words("参考文件没有 2025 年全市场发行规模", "the reference file has no total issuance of 2025"),
            )
        return _number(Decimal("6.27"), 2)
    whole = _measure(metric, base)
    return (
        _number(value / whole * 100, 2)
        if whole
        else Number(None, "", Words("没有可比的产品", "there is nothing to be a share of"))
    )


def _change(metric: Metric, year: int) -> Number | None:
    if metric.change is None or year == 2020 or (year != YEAR and not metric.history):
        return None
    return _number(Decimal("0.20") if metric.change == "points" else Decimal("14.05") - year % 3 * 12, 2)


def _measure(metric: Metric, lines: list[Line]) -> Decimal:
    if metric.measure == "count":
        return Decimal(len(lines))
    if metric.measure == "distinct":
        return Decimal(len({line.values.get(metric.of) for line in lines}))
    values = [Decimal(str(line.values[metric.of])) for line in lines]
    total = sum(values, Decimal(0)) / Decimal(FUND.get(metric.unit, 1))
    return {"sum": total, "minimum": min(values, default=total), "maximum": max(values, default=total)}.get(
        metric.measure, total / max(len(values), 1)
    )


def _number(value: Decimal, decimals: int) -> Number:
    return Number(value, f"{value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}")


def _complete(metric: Metric, line: Line) -> bool:
    return all(line.values.get(column) is not None for column in metric.needs)


def _fulfils(line: Line, where: Where) -> bool:
    value = line.values.get(where.column)
    if value is None:
        return False
    if where.operation == "known":
        return True
    if where.operation == "in":
        return isinstance(where.value, tuple) and str(value) in where.value
    if where.operation == "is":
        return value == where.value
    left, right = Decimal(str(value)), Decimal(str(where.value))
    return {"at most": left <= right, "at least": left >= right, "more than": left > right, "less than": left < right}[
        where.operation
    ]


def _text(value: object) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _left_out(repeat: int) -> dict[str, tuple[LeftOut, ...]]:
    gone = LeftOut(
        "红枫2025-2", Words("发行文件没有披露加权平均年利率", "the offering document states no weighted average rate")
    )
    outside = LeftOut("梧桐2025-1", Words("设立日期不明，无法归入年度", "no date of set-up, so of no year"))
    return {
        "": (outside,),
        "pools.count_by_rate": (gone,),
        "pools.count_by_rate_and_class": (gone,),
        "pools.rate_sample": (gone,),
    }


def _findings() -> tuple[Finding, ...]:
    return (
        Finding("share.base", Words("全市场发行规模未知", "The whole market's issuance is not known"),
                Words("参考文件没有 2025 年的数值，发行占比不能给出。", "The reference file has no value of 2025, so there is no share.")),
        Finding("classes.differ", Words("信贷 ABS 与商业银行的上年基数不同", "Credit ABS and banks differ in last year's base"),
                Words("二者当年为同一批产品，上年基数相差 3.96 亿元。", "This year they are the same deals; last year's bases differ by RMB 396 m."), ("银杏2025-1", "银杏2025-2")),
    )  # fmt: skip
