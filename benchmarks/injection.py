"""How surely a wrong figure is noticed, found and mended: `benchmarks/injection.py [FOLDER …] [--injections 2000]`.

Takes documents with known answers (a folder with `pdf/` or PDFs, and `gold/`), keeps the figures that the gold confirms,
and alters one at a time: a digit, the figure of a row beside, a unit (10⁴), two columns of a row swapped, a sign. After
each the identities are tried. A cell is covered by an identity that determines it (a bound alone covers nothing).
"""

from __future__ import annotations

import argparse
import csv
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path

from dealproof.dataset.build import chosen_readings
from dealproof.dataset.checks import figure_of
from dealproof.extract.document import extract_document
from dealproof.interpret.read import interpret_document
from dealproof.mappings.labels import load_labels
from dealproof.mappings.load import load_registry
from dealproof.model.cell import DatasetCell
from dealproof.reconcile.blame import Doubt, doubts
from dealproof.reconcile.identities.registry import IDENTITIES
from dealproof.reconcile.identity import Checked, check_all
from dealproof.reconcile.values import Figure, FigureRow, Figures

ROOT = Path(__file__).parents[1]
DEFAULT = (ROOT / "samples", ROOT.parent / "shared" / "practice")
#: Columns that say where or which, not how much.
NOT_FIGURES = frozenset({"period_no", "position", "lower", "upper"})
Injection = dict[DatasetCell, Decimal]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="*", default=list(DEFAULT))
    parser.add_argument("--injections", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=20261123)
    options = parser.parse_args()
    deals: dict[str, Figures] = {}
    for folder in options.folders:
        deals |= confirmed(folder)
    report(deals, options.injections, random.Random(options.seed))


def confirmed(folder: Path) -> dict[str, Figures]:
    """The figures of each deal in a folder that its gold confirms."""
    labels, registry = load_labels(ROOT / "mappings" / "labels"), load_registry(ROOT / "mappings")
    paths = sorted((folder / "pdf" if (folder / "pdf").is_dir() else folder).glob("*.pdf"))
    readings = chosen_readings([interpret_document(extract_document(path, labels), labels) for path in paths], registry)
    gold = {name: _rows(folder / "gold" / f"{name}.csv") for name in {cell[0] for cell in readings}}
    figures: dict[str, list[Figure]] = defaultdict(list)
    texts: dict[str, dict[DatasetCell, str]] = defaultdict(dict)
    refused = 0
    for cell, item in readings.items():
        if cell[0] in ("documents", "ratings", "parties"):
            continue
        figure = figure_of(item)
        if figure is None:
            texts[cell[1][0]][cell] = item.printed
        elif cell[2] in NOT_FIGURES or _says(gold[cell[0]], cell, figure):
            figures[cell[1][0]].append(figure)
        else:
            refused += 1
    print(
        f"{folder.name}: {sum(map(len, figures.values()))} figures confirmed, {refused} without an answer in the gold"
    )
    return {deal: Figures(found, texts[deal]) for deal, found in figures.items()}


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def _says(gold: Sequence[Mapping[str, str]], cell: DatasetCell, figure: Figure) -> bool:
    """Whether a row of the gold holds the figure, under the key of the cell (names of buckets and lines aside)."""
    from dealproof import contract

    table, key, column = cell
    exact = {"deal_id", "period_no", "metric", "tranche", "purchase_no", "as_of", "document_id", "dimension"}
    wanted = {n: v for n, v in zip(contract.table(table).key, key, strict=True) if n in exact}
    for row in gold:
        if all(
            row.get(name) in (value, "*") or value in row.get(name, "").split("|") for name, value in wanted.items()
        ):
            try:
                if any(Decimal(part) == figure.value for part in row.get(column, "").split("|")):
                    return True
            except InvalidOperation:
                continue
    return False


def report(deals: Mapping[str, Figures], number: int, chance: random.Random) -> None:
    """Alter figures one at a time and print what became of it, by coverage, by kind of mistake and by table."""
    before = {deal: check_all(figures, IDENTITIES) for deal, figures in deals.items()}
    alarms = [item for items in before.values() for item in items if item.fails]
    coverage = _coverage(before)
    cells = [c for f in deals.values() for c in f.by_cell if c[2] not in NOT_FIGURES]
    contradicted = {cell for item in alarms for cell in item.tie.cells}
    shares = Counter(min(coverage[cell], 2) for cell in cells)
    print(f"\n{len(cells)} figures; covered by no identity {shares[0] / len(cells):.1%}, by one {shares[1] / len(cells):.1%}, "
          f"by two or more {shares[2] / len(cells):.1%}")  # fmt: skip
    print(f"{sum(map(len, before.values()))} identities tried on untouched figures, {len(alarms)} fail:")
    for item in alarms:
        print(
            f"  {item.identity.name}: {' / '.join('|'.join(cell[1][:3]) for cell in item.tie.cells[:2])}, off by {item.residual}"
        )
    results: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    tables = sorted({cell[0] for cell in cells})
    start = time.perf_counter()
    done = 0
    while done < number:
        table, kind = chance.choice(tables), chance.choice(sorted(KINDS))
        cell = chance.choice([c for c in cells if c[0] == table and c not in contradicted])
        figures = deals[cell[1][0]]
        altered = KINDS[kind](figures, cell, chance)
        if not altered or all(figures.by_cell[c].value == v for c, v in altered.items()):
            continue
        done += 1
        outcome = _outcome(figures, altered, before[cell[1][0]])
        level = ("no identity", "one", "two or more")[min(2, max(coverage[c] for c in altered))]
        for group in ("all", f"mistake: {kind}", f"table: {table}"):
            results[level, group].update(outcome)
    _print(results)
    print(f"\n{done} injections in {time.perf_counter() - start:.0f} s")


def _coverage(checked: Mapping[str, Sequence[Checked]]) -> Counter[DatasetCell]:
    return Counter(
        cell
        for items in checked.values()
        for item in items
        if item.tie.shape.is_equation and item.outcome != "not_evaluable"
        for cell in item.tie.cells
    )


def _outcome(figures: Figures, altered: Injection, before: Sequence[Checked]) -> Counter[str]:
    """Whether the alteration was noticed, its cell named first, its right value proposed."""
    changed = figures.replaced(altered)
    known = {(item.identity.name, item.tie.cells) for item in before if item.fails}
    found = [
        doubt
        for doubt in doubts(changed, check_all(changed, IDENTITIES))
        if any((item.identity.name, item.tie.cells) not in known for item in doubt.failing)
    ]
    first = [doubt.suspects[0] for doubt in found if doubt.suspects and doubt.suspects[0].cell in altered]
    right = any(abs(s.value - figures.by_cell[s.cell].value) <= figures.by_cell[s.cell].half for s in first)
    noticed = any(_touches(doubt, altered) for doubt in found)
    return Counter(n=1, noticed=int(noticed), named=int(bool(first)), right=int(right))


def _touches(doubt: Doubt, altered: Injection) -> bool:
    return any(cell in altered for item in doubt.failing for cell in item.tie.cells)


def _print(results: Mapping[tuple[str, str], Counter[str]]) -> None:
    print(f"\n{'identities':<13}{'what':<32}{'n':>6}{'noticed':>10}{'named first':>13}{'right value':>13}")
    for (level, group), counts in sorted(results.items()):
        n = counts["n"]
        shares = (counts["noticed"] / n, counts["named"] / n, counts["right"] / n)
        print(f"{level:<13}{group:<32}{n:>6}{shares[0]:>10.1%}{shares[1]:>13.1%}{shares[2]:>13.1%}")


def _digit(figures: Figures, cell: DatasetCell, chance: random.Random) -> Injection:
    figure = figures.by_cell[cell]
    step = figure.step or Decimal(1)
    digits = str(abs(int(figure.value / step)))
    place = chance.randrange(len(digits))
    others = [d for d in "0123456789" if d != digits[place] and not (place == 0 and d == "0" and len(digits) > 1)]
    return {cell: int(digits[:place] + chance.choice(others) + digits[place + 1 :]) * step}


def _unit(figures: Figures, cell: DatasetCell, chance: random.Random) -> Injection:
    return {cell: figures.by_cell[cell].value * chance.choice((Decimal(10_000), Decimal("0.0001")))}


def _sign(figures: Figures, cell: DatasetCell, chance: random.Random) -> Injection:
    return {cell: -figures.by_cell[cell].value}


def _row_beside(figures: Figures, cell: DatasetCell, chance: random.Random) -> Injection:
    table, key, column = cell
    own = next(row for row in figures.rows(table) if row.key == key)
    beside = [row.figures[column].value for row in _beside(figures, own) if column in row.figures]
    return {cell: chance.choice(beside)} if beside else {}


def _beside(figures: Figures, own: FigureRow) -> Iterator[FigureRow]:
    """Rows of the same table that differ in one part of the key: above, below, the same line of another metric."""
    for row in figures.rows(_table(figures, own)):
        if sum(row.parts[name] != own.parts[name] for name in own.parts) == 1 and _same_document(row, own):
            yield row


def _table(figures: Figures, own: FigureRow) -> str:
    return next(iter(own.figures.values())).cell[0]


def _same_document(row: FigureRow, own: FigureRow) -> bool:
    return row.parts.get("document_id") == own.parts.get("document_id")


def _swap(figures: Figures, cell: DatasetCell, chance: random.Random) -> Injection:
    table, key, column = cell
    own = next(row for row in figures.rows(table) if row.key == key)
    others = sorted(name for name in own.figures if name != column and name not in NOT_FIGURES)
    if not others:
        return {}
    other = chance.choice(others)
    return {cell: own.figures[other].value, (table, key, other): own.figures[column].value}


KINDS: dict[str, Callable[[Figures, DatasetCell, random.Random], Injection]] = {
    "digit altered": _digit,
    "unit mistaken (10⁴)": _unit,
    "sign flipped": _sign,
    "row beside": _row_beside,
    "two columns swapped": _swap,
}


if __name__ == "__main__":
    main()
