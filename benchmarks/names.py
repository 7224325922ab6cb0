"""How well and how fast names are matched: `benchmarks/names.py MASTER PAIRS [--traps FILE] [--leave-one-out]`.

MASTER is a list of institutions (entity_id, full_name, name_en, former_names, type), PAIRS are mentions with the truth
(mention, full_name, label, cls, context_type). Prints the table by class of mention, the coverage of each rule, how often
the truth is among the five candidates, the bound that the sample proves, and the time for 10,000 distinct mentions.
With `--seed MAPPINGS` the names that come with the program (short, former and English names of institutions.csv, rows of
aliases.csv) are added to the institutions that MASTER has, joined by legal name; institutions that MASTER does not have
are not added. `--once-called MAPPINGS` asks for the former names of the shipped list where nobody knows them.
"""

from __future__ import annotations

import argparse
import csv
import random
import resource
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from multiprocessing import Pool
from pathlib import Path

from dealproof.institutions.anatomy import dissect
from dealproof.institutions.index import build_index
from dealproof.institutions.match import Matcher, judge
from dealproof.institutions.rules import RULES
from dealproof.institutions.script import plain
from dealproof.institutions.words import FAMILIES
from dealproof.mappings.aliases import Decision
from dealproof.mappings.institutions import Institution, former_names
from dealproof.mappings.load import load_registry

Row = dict[str, str]
#: Kinds in MASTER that are not regulated: near names for the others, not asked for themselves.
UNREGULATED = ("上市公司", "债券发行人", "基金管理公司", "原始权益人")
#: What the printed context of a mention says about its role.
ROLES = {"会计师事务所": "accounting_firm", "律师事务所": "law_firm", "信用评级机构": "rating_agency"}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("master", type=Path)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--traps", type=Path)
    parser.add_argument("--seed", type=Path, help="mappings folder whose names are added")
    parser.add_argument("--leave-one-out", action="store_true", help="about two minutes")
    parser.add_argument("--once-called", type=Path, help="mappings folder whose former names are asked for")
    parser.add_argument("--no-speed", action="store_true")
    parser.add_argument("--show", action="store_true", help="print every mention that was not accepted")
    parser.add_argument("--only-speed", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    rows, pairs = _read(given.master), _read(given.pairs)
    if given.only_speed:
        speed(rows, pairs)
        return
    accuracy("no alias file", Matcher(institutions(rows)), pairs, given.show)
    if given.seed:
        accuracy("with the names that come with the program", seeded(rows, given.seed), pairs, given.show)
    if given.traps:
        traps(given.traps, [Matcher(institutions(rows)), *([shipped(given.seed)] if given.seed else [])])
    if given.leave_one_out:
        leave_one_out(rows)
    if given.once_called:
        once_called(rows, given.once_called)
    if not given.no_speed:
        # a process of its own, so that the peak of memory is that of matching alone
        subprocess.run([sys.executable, __file__, given.master, given.pairs, "--only-speed"], check=True)


def institutions(rows: Sequence[Row]) -> list[Institution]:
    """The list as the program knows institutions."""
    return [
        Institution(
            row["entity_id"], row["full_name"], name_en=row["name_en"], former_names=former_names(row["former_names"])
        )
        for row in rows
    ]


def seeded(rows: Sequence[Row], mappings: Path) -> Matcher:
    """The list with short, former and English names and decisions of the shipped files, joined by legal name."""
    registry = load_registry(mappings)
    own = {plain(item.legal_name): item for item in registry.institutions}
    listed: list[Institution] = []
    ids: dict[str, str] = {}
    for item in institutions(rows):
        known = own.get(plain(item.legal_name))
        if known is not None:
            ids[known.institution_id] = item.institution_id
            item = replace(
                item,
                short_name=known.short_name,
                name_en=item.name_en or known.name_en,
                former_names=(*item.former_names, *known.former_names),
            )
        listed.append(item)
    decisions: list[Decision] = []
    for row in registry.decisions:
        if row.institution_id in ids:
            decisions.append(replace(row, institution_id=ids[row.institution_id]))
    return Matcher(listed, decisions)


def shipped(mappings: Path) -> Matcher:
    """The institutions and decisions that come with the program, alone."""
    registry = load_registry(mappings)
    return Matcher(registry.institutions, registry.decisions)


def accuracy(title: str, matcher: Matcher, pairs: Sequence[Row], show: bool) -> None:
    """Print right, wrong and abstained by class and by rule, and the candidates of what was left to a person."""
    by_class: dict[str, Counter[str]] = defaultdict(Counter)
    by_rule: dict[str, Counter[str]] = defaultdict(Counter)
    left: list[Row] = []
    for pair in pairs:
        verdict = matcher.match(pair["mention"], ROLES.get(pair["context_type"], ""))
        entity = matcher.institution(verdict)
        word = "left" if entity is None else "right" if entity.legal_name == pair["full_name"] else "wrong"
        by_class[pair["cls"]][word] += 1
        if entity is not None:
            by_rule[verdict.rule][word] += 1
        if word == "wrong":
            print(f"WRONG {pair['mention']!r} -> {entity.legal_name if entity else ''} by {verdict.rule}")
        if word == "left" and pair["label"] == "pos":
            left.append(pair)
    positives = sum(pair["label"] == "pos" for pair in pairs)
    right = sum(counts["right"] for counts in by_class.values())
    wrong = sum(counts["wrong"] for counts in by_class.values())
    shown = matcher.candidates([pair["mention"] for pair in left])
    seen = sum(p["full_name"] in {c.legal_name for c in found} for p, found in zip(left, shown, strict=True))
    print(f"\n== {title}: {len(pairs)} mentions, {positives} of listed institutions")
    print(f"{'class of mention':<36}{'n':>6}{'right':>7}{'wrong':>7}{'left':>7}")
    for name, counts in sorted(by_class.items()):
        print(f"{name:<36}{counts.total():>6}{counts['right']:>7}{counts['wrong']:>7}{counts['left']:>7}")
    print(f"\n{'rule':<36}{'accepted':>9}{'wrong':>7}{'share of accepted':>19}")
    for name in ("decision", *(rule.name for rule in RULES)):
        counts = by_rule[name]
        print(f"{name:<36}{counts.total():>9}{counts['wrong']:>7}{counts.total() / max(right + wrong, 1):>18.1%}")
    print(f"\nautomatic recall {right / positives:.3f} ({right} of {positives}), false merges {wrong}")
    print(
        f"truth among the five candidates for {seen} of {len(left)} left to a person = {seen / max(len(left), 1):.3f}"
    )
    if not wrong:
        print(f"{right} accepted without an error prove an error rate of at most {3 / right:.2%} (95 %, rule of three)")
    if show:
        for pair, found in zip(left, shown, strict=True):
            print("left", pair["cls"], pair["mention"], "=", pair["full_name"], "|", *(c.legal_name for c in found))


def traps(path: Path, matchers: Sequence[Matcher]) -> None:
    """Print pairs that must never be one institution and are."""
    rows = _read(path)
    merged = 0
    for matcher in matchers:
        for row in rows:
            first, second = (matcher.institution(matcher.match(row[side])) for side in ("a", "b"))
            if first is not None and first is second:
                merged += 1
                print(f"MERGED {row['a']} and {row['b']} -> {first.legal_name}")
    print(f"\n{len(rows)} trap pairs against {len(matchers)} lists: {merged} merged")


def once_called(rows: Sequence[Row], mappings: Path) -> None:
    """Ask for all names that shipped institutions have or had, where the list knows legal names of today only.

    A former name that comes near to another institution's is the hardest trap: 德阳市商业银行 and 绵阳市商业银行.
    """
    matcher = Matcher(replace(item, former_names=()) for item in institutions(rows))
    asked, wrong = 0, []
    for item in load_registry(mappings).institutions:
        for name in dict.fromkeys((item.legal_name, *(former.name for former in item.former_names))):
            asked += 1
            verdict = matcher.match(name)
            found = matcher.institution(verdict)
            if found is not None and plain(found.legal_name) != plain(item.legal_name):
                wrong.append(f"{name} ({item.legal_name} today) -> {found.legal_name} by {verdict.rule}")
    print(f"\n{asked} names of today and of old where no former name is known: {len(wrong)} lead to another legal name")
    print("\n".join(wrong))


_LISTED: list[Institution] = []


def leave_one_out(rows: Sequence[Row]) -> None:
    """Take each regulated institution out of the list and ask for it by its full and its short forms."""
    _LISTED.extend(institutions(rows))
    places = [i for i, row in enumerate(rows) if not row["type"].startswith(UNREGULATED)]
    start = time.perf_counter()
    with Pool(2) as pool:
        answers = pool.map(_asked_without, places, chunksize=20)
    wrong = [line for lines, _, _ in answers for line in lines]
    full = sum(asked for _, asked, _ in answers)
    print(
        f"\nleave one out: {len(places)} institutions, {full} questions by full and short form, {len(wrong)} wrong links"
    )
    print(f"({time.perf_counter() - start:.0f} s)")
    for line in wrong:
        print(" ", line)


def _asked_without(place: int) -> tuple[list[str], int, int]:
    gone = _LISTED[place]
    index = build_index(_LISTED[:place] + _LISTED[place + 1 :])
    wrong = []
    asked = short_forms(gone.legal_name)
    for name in asked:
        verdict = judge(name, "", "", index)
        if verdict.outcome == "matched":
            wrong.append(
                f"{name} ({gone.legal_name}) -> {index.entities[verdict.entities[0]].legal_name} by {verdict.rule}"
            )
    return wrong, len(asked), place


def short_forms(legal_name: str) -> tuple[str, ...]:
    """The full name, the name without its legal form, and with the type word written short."""
    a = dissect(plain(legal_name))
    words = FAMILIES.get(a.family, ())
    shortened = (a.stem + words[-1], a.stem + words[min(1, len(words) - 1)]) if words else ()
    return tuple(dict.fromkeys((legal_name, a.core, *shortened)))


def speed(rows: Sequence[Row], pairs: Sequence[Row]) -> None:
    """Time 10,000 distinct mentions against the list, candidates of the unmatched included.

    Computing time is that of all threads of the process, so that a machine that others use tells the same.
    """
    mentions = many_mentions([row["full_name"] for row in rows], [pair["mention"] for pair in pairs])
    start, began = time.process_time(), time.perf_counter()
    matcher = Matcher(institutions(rows))
    ready = time.process_time()
    left = [name for name in mentions if matcher.match(name).outcome in ("unmatched", "ambiguous")]
    judged = time.process_time()
    matcher.candidates(left)
    done, ended = time.process_time(), time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"\n{len(mentions)} distinct mentions against {len(rows)} institutions: {done - start:.1f} s of computing, "
        f"{ended - began:.1f} s by the clock, {peak:.0f} MB peak"
    )
    print(
        f"(list {ready - start:.1f} s, rules {judged - ready:.1f} s, candidates of {len(left)}: {done - judged:.1f} s)"
    )


def many_mentions(names: Sequence[str], mentions: Sequence[str]) -> list[str]:
    """10,000 distinct mentions: those given, and names shortened, misprinted and made offices of; the same each time."""
    chance = random.Random(1)
    found = dict.fromkeys(mentions)
    while len(found) < 10_000:
        name = chance.choice(names)
        draw = chance.random()
        if draw < 0.4:
            name = name.replace("股份有限公司", "").replace("有限公司", "")
        elif draw < 0.6:
            name += "北京分行"
        else:
            place = chance.randrange(len(name))
            name = name[:place] + chance.choice("天地人和中国") + name[place + 1 :]
        found.setdefault(name)
    return list(found)


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


if __name__ == "__main__":
    main()
