"""Make the market: `python -m samples.market OUT [--only N] [--jobs 2] [--plan]`.

Writes `OUT/pdf/**.pdf` and `OUT/mappings/`, which is a copy of the project's with `market_reference.csv`. The seed is
fixed: the text is the same every time. `--plan` prints the figures that follow from the plan and makes nothing.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from samples.market.ledger import ledger
from samples.market.model import Market
from samples.market.papers_circular import circular
from samples.market.papers_common import Paper
from samples.market.papers_report import tracking_report, trustee_report
from samples.market.plan import MAPPINGS, legal_names, make_plan
from samples.market.printing import print_all
from samples.market.reference import write_reference
from samples.market.small import small
from samples.market.targets import printed, published


def main(words: Sequence[str]) -> int:
    """Make the market, or show its plan. Returns 1 when the plan misses a published figure."""
    options = _options(words)
    market = make_plan()
    if options.plan:
        return _show(market)
    if options.only:
        market = small(market, options.only)
    sheets = papers(market)
    target = Path(options.out)
    for done, _ in enumerate(print_all(sheets, target / "pdf", options.jobs), start=1):
        if done % 25 == 0 or done == len(sheets):
            print(f"\r{done} of {len(sheets)} documents", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    shutil.copytree(MAPPINGS, target / "mappings", dirs_exist_ok=True)
    write_reference(target / "mappings")
    print(
        f"{len(market.deals)} deals in {len(sheets)} documents under {target / 'pdf'}, mappings in {target / 'mappings'}"
    )
    return 0


def papers(market: Market) -> list[Paper]:
    """All documents of a market."""
    names = legal_names()
    return [
        *(circular(deal, names) for deal in market.deals),
        *(trustee_report(report, names) for report in market.reports),
        *(tracking_report(item, names) for item in market.trackings),
    ]


def _options(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("samples.market", description="Make a whole market of micro-loan ABS.")
    parser.add_argument("out", nargs="?", default="market", help="folder to write to; not inside samples")
    parser.add_argument("--only", type=int, default=0, help="a small market of about so many deals of 2025")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument("--plan", action="store_true", help="print the figures that follow, make nothing")
    return parser.parse_args(words)


def _show(market: Market) -> int:
    figures, missed = ledger(market), 0
    for item in published():
        value = figures[item.id]
        missed += not item.is_met(value)
        mark = "  " if item.is_met(value) else "!!"
        print(f"{mark} {item.id:28} {item.relation}{item.value:>10} {printed(value, 4):>14} {item.unit} {item.what_zh}")
    print(f"{len(published())} published figures, {missed} missed")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
