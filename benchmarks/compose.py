"""Composed tables read: `compose.py [--seed N] [--tables 2000] [--reader NAME ...] [--json FILE] [--keep FOLDER]`.

Writes documents of `samples/compose`, reads them and prints for every value of every trait how many tables are wholly right.
Of dealproof it prints too how often the right grid was its own or one that other programs proposed where arithmetic left ours open,
how often it was chosen where it was,
and how many facts are right, asked, wrong in silence, omitted in silence. The weakest traits stand first.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

from samples.compose.compose import compose
from samples.compose.grids import Place, fault, likeness, places, same
from samples.compose.model import GoldTable
from samples.compose.pens import WRITERS

from composed_facts import judge_facts
from table_readers import READERS, Grid, Region, regions

Verdict = dict[str, Any]


def chosen_for(tables: Sequence[GoldTable], found: Sequence[Grid]) -> dict[int, list[Place]]:
    """For each printed table (by number) the grid that shares most cells with it; each grid goes to one table."""
    gold = {table.number: places(table.cells) for table in tables}
    got = [places(asdict(cell) for cell in grid.cells) for grid in found]
    pairs = sorted(
        ((likeness(cells, grid), -number, -index) for number, cells in gold.items() for index, grid in enumerate(got)), reverse=True
    )  # fmt: skip
    taken: dict[int, list[Place]] = {}
    used: set[int] = set()
    for shared, number, index in pairs:
        if shared and -number not in taken and -index not in used:
            taken[-number] = got[-index]
            used.add(-index)
    return taken


def read(seed: int, readers: Sequence[str], facts: bool, keep: Path | None) -> tuple[list[Verdict], Mapping[str, float]]:
    """Compose the document of a seed and read it with every reader; a verdict for each table, and seconds by reader."""
    drawn = compose(seed)
    verdicts: dict[int, Verdict] = {
        t.number: {"file": drawn.gold.file, "number": t.number, "page": t.page, "traits": t.traits, "exact": {}, "fault": {}} for t in drawn.gold.tables
    }  # fmt: skip
    spent: dict[str, float] = {}
    seen: list[Region] = []
    with tempfile.TemporaryDirectory() as scratch:
        path = (keep or Path(scratch)) / drawn.gold.file
        path.write_bytes(WRITERS[drawn.gold.producer](drawn.leaves))
        if keep:
            path.with_suffix(".json").write_text(json.dumps(asdict(drawn.gold), ensure_ascii=False, indent=1), encoding="utf-8")
        for reader in readers:
            begin = time.process_time()
            try:
                if reader == "dealproof":
                    seen = regions(path)
                    found = [region.taken for region in seen]
                else:
                    found = READERS[reader](path)
            except ModuleNotFoundError:
                raise
            except Exception as error:  # noqa: BLE001  # other programs raise whatever they stumble over
                print(f"{drawn.gold.file}: {reader}: {error!r}", file=sys.stderr)
                found = []
            spent[reader] = time.process_time() - begin
            grids = chosen_for(drawn.gold.tables, found)
            for table in drawn.gold.tables:
                wrong = fault(places(table.cells), grids.get(table.number, []))
                verdicts[table.number]["exact"][reader] = not wrong
                verdicts[table.number]["fault"][reader] = wrong
        if "dealproof" in readers:
            offered = [places(asdict(cell) for cell in grid.cells) for region in seen for grid in region.proposed]
            for table in drawn.gold.tables:
                cells = places(table.cells)
                exact = verdicts[table.number]["exact"]["dealproof"]
                verdicts[table.number]["proposed"] = exact or any(same(cells, grid) for grid in offered)
            spent["shown"] = float(sum(1 for region in seen if region.proposed or region.was_changed))
            spent["changed"] = float(sum(region.was_changed for region in seen))
            if facts:
                for number, counts in judge_facts(path, drawn.gold).items():
                    verdicts[number]["facts"] = dict(counts)
    return list(verdicts.values()), spent


def documents(seed: int, tables: int) -> Iterator[int]:
    """Seeds of documents that hold so many tables."""
    count = 0
    while count < tables:
        count += len(compose(seed).gold.tables)
        yield seed
        seed += 1


def report(verdicts: Sequence[Verdict], readers: Sequence[str]) -> None:
    """Print whole and by trait."""
    width = 34
    print(f"{'':{width}} {'tables':>6} " + " ".join(f"{name[:15]:>15}" for name in readers) + f" {'proposed':>8} {'chosen':>7}   facts: right asked silent omitted")
    print(_line("all", verdicts, readers, width))
    groups: dict[tuple[str, str], list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        for trait, value in verdict["traits"].items():
            groups[trait, value].append(verdict)
    ranked = sorted(groups.items(), key=lambda item: (sum(v["exact"][readers[0]] for v in item[1]) / len(item[1]), item[0]))
    for (trait, value), some in ranked:
        print(_line(f"{trait}: {value}", some, readers, width))


def _line(name: str, some: Sequence[Verdict], readers: Sequence[str], width: int) -> str:
    shares = " ".join(f"{sum(v['exact'][r] for v in some) / len(some):>15.1%}" for r in readers)
    proposed = [v for v in some if v.get("proposed")]
    share = f"{len(proposed) / len(some):>8.1%}" if any("proposed" in v for v in some) else f"{'':>8}"
    chosen = f"{sum(v['exact']['dealproof'] for v in proposed) / len(proposed):>7.1%}" if proposed else f"{'':>7}"
    facts: Counter[str] = Counter()
    for verdict in some:
        facts.update(verdict.get("facts", {}))
    counts = "  ".join(f"{facts[kind]:>5}" for kind in ("right", "asked", "silent", "omitted")) if facts else ""
    return f"{name[:width]:{width}} {len(some):>6} {shares} {share} {chosen}          {counts}"


def main() -> None:
    """Compose, read, judge, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1, help="of the first document; the next has the next seed")
    parser.add_argument("--tables", type=int, default=2000)
    parser.add_argument("--reader", action="append", choices=sorted(READERS), help="dealproof alone unless named; may be repeated")
    parser.add_argument("--no-facts", action="store_true", help="grids alone, not what the documents state")
    parser.add_argument("--jobs", type=int, default=1, help="processes that read")
    parser.add_argument("--json", type=Path, help="write the verdict on every table here")
    parser.add_argument("--keep", type=Path, help="write the documents and their gold here")
    given = parser.parse_args()
    readers = tuple(given.reader or ["dealproof"])
    if given.keep:
        given.keep.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(given.jobs) as pool:
        work = partial(read, readers=readers, facts=not given.no_facts, keep=given.keep)
        found = list(pool.map(work, documents(given.seed, given.tables)))
    verdicts = [verdict for some, _ in found for verdict in some]
    report(verdicts, readers)
    for reader in readers:
        faults = Counter(verdict["fault"][reader] for verdict in verdicts if verdict["fault"][reader])
        print(f"{reader}: " + (", ".join(f"{words} {count}" for words, count in faults.most_common()) or "no fault"))
        print(f"{reader}: {sum(spent[reader] for _, spent in found):.1f} s of the processor, {len(found)} documents, {os.cpu_count()} cores")
    if "dealproof" in readers:
        shown, changed = (int(sum(spent[each] for _, spent in found)) for each in ("shown", "changed"))
        theirs = sum(1 for verdict in verdicts if verdict["proposed"] and not verdict["exact"]["dealproof"])
        print(f"shown to other programs: {shown} tables, {changed} got another grid; {theirs} that were read wrongly had the right one among theirs")
    if given.json:
        given.json.write_text(json.dumps(verdicts, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
