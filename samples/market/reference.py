"""What the documents of two years cannot say: `market_reference.csv`, history and the market beyond micro loans.

Only totals that published shares rest on are derived from the review; the rest is invented and says so.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from samples.market.cells import PROVIDERS_ONLY_BEFORE
from samples.market.curve import POINTS

FILE = "market_reference.csv"
COLUMNS = ("series", "universe", "period", "group", "member", "value", "unit", "source", "source_date", "note")
ISSUED = {2020: 28_790, 2021: 31_397, 2022: 20_061, 2023: 18_481, 2024: 19_964, 2025: 22_769}
"""Issuance of all ABS in 亿元."""
STOCK = {2020: 45_120, 2021: 51_804, 2022: 43_630, 2023: 38_220, 2024: 34_960, 2025: 35_780}
"""All ABS outstanding at the end of a year in 亿元."""
MICRO_STOCK = {2020: "2512.40", 2021: "2874.15", 2022: "2690.73", 2023: "2486.52", 2024: "2034.98"}
"""Micro-loan ABS outstanding at the end of a year in 亿元; 2025 follows from the documents."""
_MICRO_ISSUED = {
    2020: {"abn": (22, "210.50"), "exchange_abs": (148, "1305.20"), "credit_abs": (6, "184.30")},
    2021: {"abn": (31, "298.75"), "exchange_abs": (171, "1422.60"), "credit_abs": (11, "402.18")},
    2022: {"abn": (44, "402.10"), "exchange_abs": (139, "1010.45"), "credit_abs": (18, "760.92")},
    2023: {"abn": (61, "583.36"), "exchange_abs": (152, "968.07"), "credit_abs": (16, "812.44")},
}
_SOURCE, _DAY = "样例市场（虚构）", "2026-01-15"
_SAMPLE = "虚构的样例数据"


def write_reference(folder: Path) -> None:
    """Write the file into a folder of mappings."""
    with (folder / FILE).open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(_rows())


def _rows() -> Iterator[tuple[str, ...]]:
    for year, issued in ISSUED.items():
        yield _row("issuance_amount", "all", str(year), value=str(issued), unit="亿元", note=_all_note(year))
    for year, left in STOCK.items():
        yield _row("stock", "all", str(year), value=str(left), unit="亿元", note=_all_note(year))
    for year, text in MICRO_STOCK.items():
        note = "由公布的同比增速反推" if year == 2024 else _SAMPLE
        yield _row("stock", "micro_loan", str(year), value=text, unit="亿元", note=note)
    for year, markets in _MICRO_ISSUED.items():
        for market, (deals, amount) in markets.items():
            yield _row("issuance_count", "micro_loan", str(year), "market", market, str(deals), "单", _SAMPLE)
            yield _row("issuance_amount", "micro_loan", str(year), "market", market, amount, "亿元", _SAMPLE)
    for provider in PROVIDERS_ONLY_BEFORE:
        yield _row("issuance_count", "micro_loan", "2023", "provider", provider, "1", "单", _SAMPLE)
    for day, value in POINTS:
        yield _row("yield", "all", day, "tenor", "1Y", value, "%", f"{_SAMPLE}；中债中短期票据 AAA")
    for year in (2024, 2025):
        yield _row("documents_complete", "micro_loan", str(year), value="1", note="该年度发行文件已收齐")


def _all_note(year: int) -> str:
    return "由公布的占比反推" if year == 2025 else _SAMPLE


def _row(
    series: str, universe: str, period: str, group: str = "", member: str = "", value: str = "", unit: str = "", note: str = "",
) -> tuple[str, ...]:  # fmt: skip
    return (series, universe, period, group, member, value, unit, _SOURCE, _DAY, note)
