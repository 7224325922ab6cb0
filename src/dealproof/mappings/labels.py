"""Label files: which printed label means which field. The analysts' rows in `mappings/labels/*.csv`.

Columns: `field,label,match,note`. The file's name is the group (`pool_stats`, `sections`, …); `fields.py` says which
groups there are and which fields each may lead to.
`match` is `exact` (default), `prefix`, `suffix`, `contains` or `regex` (whole key), always on `text.label_key`.
A field of `-` means: known, and ignored on purpose; its `note` says why.

Exact rows win over all others. A label without one is read by its parts (`parts.py`, with the rows of `words.csv` and
`fields.csv`); the first other row that fits, in file order, has to agree, or decides where the parts say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from dealproof.errors import MappingError
from dealproof.mappings.fields import FIELDS, IGNORED, mistake_in_field, mistake_in_file
from dealproof.mappings.findings import Finding, Mistake, refuse
from dealproof.mappings.label_files import contents_of, key_of
from dealproof.mappings.layout import NOTE, Layout, column, word_column
from dealproof.mappings.parts import Cut, Parts, without_unit_brackets
from dealproof.mappings.sheet import SheetRow, read_sheet
from dealproof.mappings.usable import usable_rows
from dealproof.mappings.vocabulary import FILES, Vocabulary, read_vocabulary
from dealproof.text import label_key

#: The match of a row that stands for a label understood by its parts; no file holds it.
BY_PARTS = "parts"
MATCHES = ("exact", "prefix", "suffix", "contains", "regex")
_MATCHES_ZH = {
    "完全一致": "exact", "精确": "exact", "开头": "prefix", "结尾": "suffix", "包含": "contains", "正则": "regex",
    "正则表达式": "regex",
}  # fmt: skip
_MATCH = word_column("match", "匹配", "匹配方式", own=MATCHES, others=_MATCHES_ZH, blank=True)
LAYOUT = Layout(
    "labels",
    (
        column("field", "字段", needed=True),
        column("label", "标签", needed=True),
        _MATCH,
        NOTE,
    ),
    row="一个标签 one printed label",
    key=("label",),
)
#: Answers that are kept: the readers of a table ask for its few labels again and again.
_REMEMBERED = 16_384
#: English words of two meanings: maturity is a term, and the day on which it ends.
_ALSO_SAID = {
    "quantity:term": {"event:maturity"}, "mode:due": {"object:payment"}, "object:payment": {"timing:after", "timing:before"},
}  # fmt: skip
#: A Chinese label with its translation behind it.
_GLOSSED = re.compile(r"(.*[一-龥)])([a-z][a-z .&'/-]*)")
_RESTORE = "Restore it; `dealproof mappings init FOLDER` writes the files that came with the program."


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One row of a label file. `where` is `labels/<file>.csv:<line>` as Excel numbers lines."""

    group: str
    field: str
    label: str
    match: str
    note: str
    where: str


@dataclass(frozen=True, slots=True)
class Group:
    """One label file: all its rows, the exact ones by key, and the others with their patterns in file order.

    `loose` is the first row whose pattern fits a key.
    """

    rows: tuple[LabelRow, ...]
    exact: dict[str, LabelRow]
    loose_rows: tuple[tuple[LabelRow, re.Pattern[str]], ...]
    loose: Callable[[str], LabelRow | None]


@dataclass(frozen=True, slots=True)
class Labels:
    """All label files, ready for look-up. `key` names their content (see `labels_key`)."""

    groups: dict[str, Group]
    key: str = ""
    parts: Parts = field(default_factory=lambda: Parts(Vocabulary()))
    _found: dict[tuple[str, str], LabelRow | None] = field(default_factory=dict, repr=False, compare=False)

    def find(self, group: str, text: str) -> LabelRow | None:
        """Return the row of `group` that fires for a printed label, or None. Ignored rows are returned too.

        Of a label that is understood by its parts, the row is made up: it leads to the row of `fields.csv`, and its note
        names the words.
        """
        asked = group, text
        if asked not in self._found:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            self._found[asked] = self._looked_up(group, text)
        return self._found[asked]

    def _looked_up(self, group: str, text: str) -> LabelRow | None:
        rows = self.groups.get(group)
        key = label_key(text)
        if rows is None or not key:
            return None
        found = rows.exact.get(key) or self._by_parts(group, text, rows.loose(key)) or self._closed(group, key, rows)
        return found or self._without_gloss(group, key, rows)

    def _without_gloss(self, group: str, key: str, rows: Group) -> LabelRow | None:
        """The row of a label that has its translation behind it, whose every word is known and says nothing else (预期到期日
        Expected maturity)."""
        match = _GLOSSED.fullmatch(without_unit_brackets(key))
        own = match.group(1) if match else ""
        row = rows.exact.get(own) or self._by_parts(group, own, rows.loose(own)) if own else None
        if match is None or row is None:
            return None
        gloss = self.parts.cut(match.group(2))
        return row if not gloss.unknown and self._says(gloss, own) else None

    def _says(self, gloss: Cut, own: str) -> bool:
        """Whether all that a translation says is said by the label too."""
        said = {part for word in self.parts.cut(own).words for part in word.parts}
        return all(part in said or _ALSO_SAID.get(part, set()) & said or part.startswith("filler:") for word in gloss.words for part in word.parts)

    def _by_parts(self, group: str, text: str, loose: LabelRow | None) -> LabelRow | None:
        """What the parts of a label say, unless a pattern of the analysts says something else of the same label."""
        if loose is not None and loose.field == IGNORED:
            return loose
        found = self.parts.find(group, text)
        if found is None:
            return loose
        if loose is not None and loose.field != found.row.field:
            return None
        return LabelRow(group, found.row.field, text, BY_PARTS, found.why, found.row.where)

    def _closed(self, group: str, key: str, rows: Group) -> LabelRow | None:
        """The one row that a label means whose closing bracket was not recognised (付息(或收益金额): all places where the
        bracket can stand lead to the same field, or to none."""
        if key.count("(") != 1 or ")" in key:
            return None
        whole = (f"{key[:at]}){key[at:]}" for at in range(key.index("(") + 2, len(key) + 1))
        found = [rows.exact.get(each) or self._by_parts(group, each, rows.loose(each)) for each in whole]
        known = {row.field: row for row in reversed(found) if row is not None}
        return next(iter(known.values())) if len(known) == 1 else None

    def knows(self, text: str) -> bool:
        """Whether some group has a row for the whole of a printed label, not just for a part of it."""
        rows = (Labels.find(self, group, text) for group in self.groups)
        return any(row is not None and row.match in ("exact", "regex", BY_PARTS) for row in rows)

    def field(self, group: str, text: str) -> str:
        """Return the field that a printed label means, or '' (unknown and ignored labels alike)."""
        row = self.find(group, text)
        return "" if row is None or row.field == IGNORED else row.field

    def rows(self) -> tuple[LabelRow, ...]:
        """Return all rows of all files in their order."""
        return tuple(row for group in self.groups.values() for row in group.rows)

    def keys(self, group: str) -> tuple[str, ...]:
        """Return the exact label keys of a group; page selection counts them in page texts."""
        rows = self.groups.get(group)
        return tuple(rows.exact) if rows else ()


@dataclass(frozen=True, slots=True)
class WatchedLabels(Labels):
    """Labels that note in `fired` which rows were met (`labels/<file>.csv:<line>`)."""

    fired: set[str] = field(default_factory=set)

    def find(self, group: str, text: str) -> LabelRow | None:
        """Return the row that fires, and note it."""
        row = Labels.find(self, group, text)
        if row is not None:
            self.fired.add(row.where)
        return row


def load_labels(folder: Path) -> Labels:
    """Read every `*.csv` of `folder`.

    Raises MappingError naming file and line of every row that is incomplete or leads to a field that its group does not
    have, every pattern that does not compile, every label that leads to two fields of the same group, and every file that
    is missing or belongs to no group.
    """
    findings: list[Finding] = []
    labels = read_labels(folder, findings)
    refuse(findings)
    return labels


def read_labels(folder: Path, findings: list[Finding]) -> Labels:
    """Read every `*.csv` of `folder`; a row that cannot be used adds a finding and is left out."""
    contents = contents_of(folder)
    findings += _misplaced(contents)
    groups = {path.stem: _group(path, content, findings) for path, content in contents.items() if path.stem in FIELDS}
    vocabulary = read_vocabulary(contents, findings)
    return Labels(groups, key_of(contents), Parts(vocabulary))


def _misplaced(contents: Iterable[Path]) -> Iterator[Finding]:
    """Files that belong to no group, and groups without a file: in both cases rows would be lost in silence."""
    names = {path.name for path in contents}
    for name in sorted(names):
        if name not in FILES and (wrong := mistake_in_file(name)) is not None:
            yield Finding(f"labels/{name}", 0, "", *wrong)
    for name in sorted(f"{group}.csv" for group in FIELDS):
        if name not in names:
            yield Finding(f"labels/{name}", 0, "", "the file is missing; no label of this group is known.", _RESTORE)
    for name in FILES:
        if name not in names:
            yield Finding(f"labels/{name}", 0, "", "the file is missing; no label is read by its parts.", _RESTORE)


def _group(path: Path, content: bytes, findings: list[Finding]) -> Group:
    exact: dict[str, LabelRow] = {}
    loose: list[tuple[LabelRow, re.Pattern[str]]] = []
    usable: list[LabelRow] = []
    file = f"labels/{path.name}"
    try:
        sheet = read_sheet(path, content)
    except MappingError as error:
        findings.append(Finding(file, 0, "", error.message, error.remedy))
        return Group((), {}, (), _first_of([]))
    for cells in usable_rows(sheet, LAYOUT, findings, file=file):
        row = _row(path.stem, cells, file)
        wrong = _mistake(row, exact)
        pattern = _pattern(row) if wrong is None and row.match != "exact" else None
        if isinstance(pattern, str):
            wrong = ("label", f"pattern does not compile ({pattern}).", "Correct the pattern.")
        if wrong is not None:
            findings.append(Finding(file, cells.line, *wrong))
            continue
        usable.append(row)
        if isinstance(pattern, re.Pattern):
            loose.append((row, pattern))
        else:
            exact.setdefault(label_key(row.label), row)
    return Group(tuple(usable), exact, tuple(loose), _first_of(loose))


def _first_of(loose: list[tuple[LabelRow, re.Pattern[str]]]) -> Callable[[str], LabelRow | None]:
    """The first row whose pattern fits; every kind of table asks for the same few labels again and again."""

    @lru_cache(maxsize=16_384)
    def first(key: str) -> LabelRow | None:
        return next((row for row, pattern in loose if pattern.search(key)), None)

    return first


def _row(group: str, cells: SheetRow, file: str) -> LabelRow:
    match = cells["match"] or "exact"
    return LabelRow(group, cells["field"], cells["label"], match, cells["note"], f"{file}:{cells.line}")


def _mistake(row: LabelRow, exact: Mapping[str, LabelRow]) -> Mistake | None:
    """What is wrong with a row: column, message, remedy."""
    if not row.field or not row.label:
        return "field", "field and label must both be filled.", "Fill or delete the row."
    if (told := _MATCH.mistake(row.match)) is not None:
        return told
    if (wrong := mistake_in_field(row.group, row.field)) is not None:
        return "field", *wrong
    other = exact.get(label_key(row.label)) if row.match == "exact" else None
    if other is not None and other.field != row.field:
        return "label", f"label {row.label} already means {other.field} ({other.where}).", "Delete one of the two rows."
    return None


def _pattern(row: LabelRow) -> re.Pattern[str] | str:
    """The compiled pattern of a loose row, or in words why it does not compile."""
    if row.match == "regex":
        try:
            return re.compile(rf"^(?:{row.label})$")
        except re.error as error:
            return str(error)
    key = re.escape(label_key(row.label))
    return re.compile({"prefix": f"^{key}", "suffix": f"{key}$", "contains": key}[row.match])
