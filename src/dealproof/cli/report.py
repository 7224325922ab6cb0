"""`dealproof report`: the market review of a year."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dealproof.cli.common import Debug, Mappings, StoreUrl, Workspace, given_day, settings_of
from dealproof.errors import UsageError

if TYPE_CHECKING:
    from dealproof.api import MarketReview


def report(
    year: Annotated[int | None, typer.Option(help="Year of the review (default: the last one with a deal).")] = None,
    universe: Annotated[str, typer.Option(help="Class of assets, such as consumer_loan.")] = "micro_loan",
    until: Annotated[
        datetime | None,
        typer.Option(
            parser=given_day,
            metavar="DAY",
            help="Last day that is reviewed, such as 2025-06-30 (default: the year's end).",
        ),
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder for the review.")] = Path("review"),
    mappings: Mappings = None,
    workspace: Workspace = None,
    store: StoreUrl = None,
    debug: Debug = False,
) -> None:
    """Write the market review of a year: figures, numbers, and the deals and pages behind each; no PDF is opened.

    Example: dealproof report --year 2025 --out review
    """
    from dealproof import api, contract
    from dealproof.cli.progress import Progress
    from dealproof.cli.render import say

    known = contract.table("deals").column("asset_class").vocabulary
    if universe not in known:
        raise UsageError(f"--universe {universe} makes no sense.", f"Say one of {', '.join(known)}.")
    if until is not None and year not in (None, until.year):
        raise UsageError(f"--until {until:%Y-%m-%d} does not lie in --year {year}.", "Leave one of them out.")
    settings = settings_of(mappings=mappings, workspace=workspace, store=store)
    day = until.date() if until else None
    with Progress(settings.jobs) as progress:
        found = api.market_review(settings, out, year, universe, day, progress.watchers)
    for line in _lines(found, out):
        say(line)


def _lines(found: MarketReview, out: Path) -> list[str]:
    """Deals first, then what is not given and why, then where to look."""
    review = found.review
    own = [item for item in review.results if item.year == review.year]
    deals = next((item.value.printed for item in own if item.metric == "issuance.count"), "0")
    numbers = [figure for item in own for figure in (item.value, item.share, item.change) if figure is not None]
    without = [figure.problem.en for figure in numbers if figure.problem is not None]
    doubted = sum(bool(item.doubts) for item in own)
    lines = [
        f"{review.until or review.year}: {deals} {'deal' if deals == '1' else 'deals'} of {review.universe}, {len(numbers) - len(without)} numbers"
    ]
    if without:
        lines.append(f"  {len(without)} numbers are not given; most often: {max(set(without), key=without.count)}")
    if doubted:
        lines.append(f"  {doubted} results rest on values with open questions: dealproof questions")
    lines += [f"  ! {finding.title.en}" for finding in review.findings]
    return [*lines, f"Review in {out}: open {out / 'review.html'}"]
