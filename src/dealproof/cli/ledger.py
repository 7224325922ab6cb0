"""`dealproof inspect --ledger`: what became of every figure of a document, or of one page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid

from dealproof.interpret.ledger import Ledger
from dealproof.model.ledger import RULES, Entry, sums_of
from dealproof.text import squeeze

_LONGEST = 60
_SAID = {"fact": "read"}


def show_ledger(console: Console, ledger: Ledger, page: int | None) -> None:
    """Print the account of every page, or each place of one page, and the sums."""
    entries = [entry for entry in ledger.entries if page in (None, entry.page)]
    console.print(_by_page(entries) if page is None else _by_place(entries))
    sums = sums_of(entries)
    console.print(
        f"{sum(entry.figures for entry in entries)} figures: {sums.fact} read, {sums.ignored_total} ignored by a rule, "
        f"{sums.asked} asked, {sums.open} open",
        highlight=False, markup=False,
    )  # fmt: skip
    for rule, number in sums.ignored:
        console.print(f"  {rule:<16} {number:>7}  {RULES[rule]}", highlight=False, markup=False)


def _by_page(entries: Sequence[Entry]) -> Grid:
    grid = Grid("page", "figures", "read", "asked", "ignored by", box=None, pad_edge=False)
    pages: dict[int, list[Entry]] = {}
    for entry in entries:
        pages.setdefault(entry.page, []).append(entry)
    for number, own in pages.items():
        sums = sums_of(own)
        rules = ", ".join(f"{rule} {count}" for rule, count in sums.ignored)
        grid.add_row(*map(escape, (str(number), str(sum(each.figures for each in own)), str(sums.fact), str(sums.asked), rules)))
    return grid


def _by_place(entries: Sequence[Entry]) -> Grid:
    grid = Grid("figures", "account", "printed", "under and beside", box=None, pad_edge=False)
    same: Counter[tuple[str, ...]] = Counter()
    for entry in entries:
        account = f"ignored: {entry.rule}" if entry.rule else _SAID.get(entry.account, entry.account)
        same[account, squeeze(entry.text)[:_LONGEST], entry.near[:_LONGEST]] += entry.figures
    for words, figures in same.items():
        grid.add_row(*map(escape, (str(figures), *words)))
    return grid
