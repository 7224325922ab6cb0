"""How well labels are understood by their parts: `benchmarks/labels.py [MAPPINGS] [--seen CSV ...] [--show]`.

Six times a third of the labels (the rows of the whole label in `labels/*.csv`, and those of CSV files with the columns
label, table and column, such as labels that real documents print) is held back. They are read by parts alone, with only
the words that the other two thirds attest and without any row of their own: understood, left open, wrong. Last, all words
are used, and every label is changed by one word that gives it another meaning: how many keep their field.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from dealproof.mappings.fields import IGNORED
from dealproof.mappings.labels import Labels, load_labels
from dealproof.mappings.parts import Parts
from dealproof.text import label_key

DRAWS = 6
#: Groups whose texts are titles and captions, read by patterns, and rows of statuses.
OTHERS = frozenset(("documents", "sections", "pool_distributions", "delinquency"))
#: Words that make another figure of any figure.
BEFORE = (
    "上期", "上期末", "上一报告期", "去年同期", "静态池", "静态样本池", "预计", "预测", "应", "压力情景下", "基准情景", "同比", "其他", "其中", "非", "不含",
    "同类产品", "发起机构", "每百元", "已核销",
)  # fmt: skip
BEHIND = ("触发比率", "上限", "变动", "排名", "环比", "差额", "计算基数", "户均", "费用", "对价", "折价率", "是否达标", "费率")

Case = tuple[str, str, str]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mappings", type=Path, nargs="?", default=Path("mappings"))
    parser.add_argument("--seen", type=Path, action="append", default=[], help="CSV of label, table, column")
    parser.add_argument("--show", action="store_true", help="print every label that is left open or wrong")
    given = parser.parse_args()
    labels = load_labels(given.mappings / "labels")
    own, seen = list(rows(labels)), [case for path in given.seen for case in read_seen(path)]
    print(f"{len(labels.parts.vocabulary.words)} words, {len(own)} rows, {len(seen)} labels seen")
    report("held back, six draws", held_back(once([*own, *seen]), labels.parts, given.show))
    report("rows, all words", judge(own, labels.parts, given.show))
    if seen:
        report("seen, all words", judge(seen, labels.parts, given.show))
        report("seen, rows and parts", Counter(verdict(case, labels.field(case[0], case[1])) for case in seen))
    kept, tried = mutated(own, labels.parts, given.show)
    print(f"changed by one word: {kept} of {tried} keep their field")


def rows(labels: Labels) -> Iterable[Case]:
    """Group, label and field of every row of a whole label."""
    for group, rows in labels.groups.items():
        if group not in OTHERS:
            yield from ((group, key, row.field) for key, row in rows.exact.items())


def read_seen(path: Path) -> Iterable[Case]:
    """Group, label and field of a CSV of labels; lines of accounts and statuses are no labels of fields."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        for row in csv.DictReader(handle):
            if row["column"] not in ("line", "bucket"):
                group = "columns" if row["table"] == "delinquency" else row["table"]
                yield group, row["label"], row["column"].replace("balance_share", "amount_share")


def once(cases: Iterable[Case]) -> list[Case]:
    """Every label of a group once, however it is spaced and whatever unit it prints."""
    return list({(group, label_key(label)): (group, label, field) for group, label, field in cases}.values())


def held_back(cases: Sequence[Case], parts: Parts, show: bool) -> Counter[str]:
    """Verdicts on a third of the labels with the words of the others, over all draws."""
    total: Counter[str] = Counter()
    for draw in range(DRAWS):
        mixed = list(cases)
        random.Random(draw).shuffle(mixed)
        third = len(mixed) // 3
        total += judge(mixed[:third], with_words_of(mixed[third:], parts), show)
    return total


def with_words_of(cases: Iterable[Case], parts: Parts) -> Parts:
    """The same fields with only the words that some labels are cut into."""
    used = {word.text for _, label, _ in cases for word in parts.cut(label).words}
    vocabulary = parts.vocabulary
    return Parts(replace(vocabulary, words={text: word for text, word in vocabulary.words.items() if text in used}))


def judge(cases: Iterable[Case], parts: Parts, show: bool) -> Counter[str]:
    """Verdicts on labels that are read by their parts alone."""
    verdicts: Counter[str] = Counter()
    for case in cases:
        found = parts.find(case[0], case[1])
        word = verdict(case, "" if found is None else found.row.field)
        verdicts[word] += 1
        if show and word in ("open", "wrong"):
            print(f"  {word}: {case[0]} {case[1]} is {case[2]}, read as {found.row.field if found else 'nothing'}")
    return verdicts


def verdict(case: Case, found: str) -> str:
    """understood, open or wrong; `none` for a label without a field that gets none."""
    field = "" if found == IGNORED else found
    wanted = {"principal", "interest_too", "discounted", "amount"} if case[2] == "purchase_amount" else {case[2]}
    if case[2] == IGNORED:
        return "wrong" if field else "none"
    return "understood" if field in wanted else "wrong" if field else "open"


def mutated(cases: Iterable[Case], parts: Parts, show: bool) -> tuple[int, int]:
    """How many labels, changed by one word that gives them another meaning, keep their field, of how many."""
    kept = tried = 0
    for group, label, field in cases:
        if field == IGNORED:
            continue
        for changed in (*(word + label for word in BEFORE if word not in label), *(label + word for word in BEHIND)):
            found = parts.find(group, changed)
            tried += 1
            if found is not None and found.row.field == field:
                kept += 1
                if show:
                    print(f"  kept: {group} {changed} is still {field}: {found.why}")
    return kept, tried


def report(name: str, verdicts: Counter[str]) -> None:
    """One line of figures."""
    fields = verdicts["understood"] + verdicts["open"] + verdicts["wrong"]
    share = 100 * verdicts["understood"] / fields if fields else 0
    print(f"{name:24} understood {verdicts['understood']} of {fields} ({share:.1f} %), wrong {verdicts['wrong']}, "
          f"without a field {verdicts['none']}")  # fmt: skip


if __name__ == "__main__":
    main()
