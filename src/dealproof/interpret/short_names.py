"""Short names of securities (证券简称) such as 远盛03A1 and 远盛03次: which tranche each means, as far as the document tells.

Short names of one deal begin alike and end in the class. A class word (次, 优B) tells the tranche by itself; a bare letter only where
exactly one tranche that the document names has it. A sentence may say it outright: 优先A级（证券简称“云启03A”）.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from dealproof.mappings.labels import Labels
from dealproof.model.evidence import Fact
from dealproof.model.extract import Extract
from dealproof.model.table import Cell, Table
from dealproof.text import common_start, squeeze
from dealproof.values.parsed import Parsed
from dealproof.values.tranches import NAMED_IN_WORDS, is_total_label, parse_tranche, tranche_named

#: How many letters of a name are the deal's at least.
_LEAST = 2
#: Letters of a cell that names a tranche at most.
_LONGEST = 24
_SHORT_NAME = re.compile(r"(?=.*[一-龥]{2})[\dA-Za-z一-龥-]{3,16}")
_CLASS = re.compile(r"(?:次优先?|优先?|中间|夹层|劣后|次级?)?[A-Z]?-?\d{0,2}(?:级|档)?")
_OPENS_CLASS = re.compile(r"(?:优先?|次优?先?级?|中间?|夹层?|劣后?|[A-Z])-?\d*$")
#: How the part that is the deal's ends where no label says that a column holds short names: 诚链8优, 恒信租5A1.
_NUMBERED = re.compile(r"(?P<series>[一-龥]{2,})[A-Z]{0,4}\d{1,4}$")
#: Lines at the top of the first pages in which the deal is called by its name.
_TITLE_LINES = 8
_IDEOGRAPHS = re.compile(r"[一-龥]")
_SAID = re.compile(
    NAMED_IN_WORDS.pattern + r"[^。;,、“”\"]{0,6}?\(?(?:(?:证券|债券|票据)?简称|以下称)(?:为|:)?[“\"「]?(?P<short>[\dA-Za-z一-龥-]{3,16})[”\"」]?"
)


def short_names(extract: Extract, labels: Labels) -> Mapping[str, str]:
    """Each squeezed short name with the name of its tranche; one that may mean two tranches is left out."""
    text = squeeze("\n".join(page.text for page in extract.pages))
    named = _named(extract, text)
    found: dict[str, set[str]] = {}
    title = squeeze("".join(line.text for page in extract.pages[:2] for line in page.lines[:_TITLE_LINES]))
    for table in extract.tables:
        for cells in _listed(table, labels, title):
            for short, name in _understood([squeeze(cell.text) for cell in cells], named).items():
                found.setdefault(short, set()).add(name)
    for match in _SAID.finditer(text):
        said = parse_tranche(match.group(1))
        if isinstance(said, Parsed) and _SHORT_NAME.fullmatch(match["short"]):
            found.setdefault(match["short"], set()).add(said.value.name)
    return {short: names.pop() for short, names in found.items() if len(names) == 1}


def with_tranches_named(table: Table, names: Mapping[str, str]) -> Table:
    """The table with the name of its tranche beside every short name that is known and does not tell it itself: 远盛03A1(优先A1)."""
    if not names:
        return table
    cells = tuple(
        replace(cell, text=f"{squeeze(cell.text)}({names[key]})")
        if (key := squeeze(cell.text)) in names and tranche_named(cell.text) is None
        else cell
        for cell in table.cells
    )
    return replace(table, cells=cells)


def as_printed(facts: Iterable[Fact], tables: Iterable[Table], names: Mapping[str, str]) -> Iterator[Fact]:
    """Facts whose proof is a short name with the text that its cell prints, without the tranche that was written beside it."""
    printed = {(cell.page, cell.box): cell.text for table in tables for cell in table.cells if squeeze(cell.text) in names}
    for fact in facts:
        proof = fact.evidence
        text = printed.get((proof.page, proof.box)) if proof is not None else None
        yield fact if proof is None or text is None else replace(fact, evidence=replace(proof, text=text))


def _named(extract: Extract, text: str) -> frozenset[str]:
    """The tranches that the document calls by name, in words or in cells."""
    words = [match.group(1) for match in NAMED_IN_WORDS.finditer(text)]
    cells = (cell.text for table in extract.tables for cell in table.cells if len(cell.text) <= _LONGEST)
    read = (parse_tranche(word) for word in words)
    known = {each.value for each in read if isinstance(each, Parsed)} | {each for cell in cells if (each := tranche_named(cell))}
    return frozenset(tranche.name for tranche in known)


def _listed(table: Table, labels: Labels, title: str) -> Iterator[list[Cell]]:
    """The cells behind or under a label that says that they are short names, and those of a first column or row that look like it
    and begin as the deal is called in the title: 惠丰3A under another deal's title is that deal's."""
    rows = table.grid()
    lines = ([row[0] for row in rows[1:]], list(rows[0][1:])) if rows and table.n_cols > 1 else ()
    for line in lines:
        names = [cell for cell in line if cell is not None and _SHORT_NAME.fullmatch(squeeze(cell.text)) and not is_total_label(cell.text)]
        stem = _NUMBERED.search(_stem([squeeze(cell.text) for cell in names])) if len(names) > 1 else None
        if stem is not None and any(pair in title for pair in map("".join, pairwise(stem["series"]))):
            yield names
    for label in table.cells:
        if labels.field("tranches", label.text) != "short_name":
            continue
        for along in (
            [cell for cell in table.cells if cell.row == label.row and cell.col > label.col],
            [cell for cell in table.cells if cell.col == label.col and cell.row > label.row],
        ):
            shorts = [cell for cell in along if _SHORT_NAME.fullmatch(squeeze(cell.text))]
            if len(shorts) > 1 and shorts == along:
                yield shorts


def _stem(shorts: Sequence[str]) -> str:
    """What short names of one deal begin with, without the beginning of their classes."""
    return _OPENS_CLASS.sub("", common_start(shorts))


def _understood(shorts: Sequence[str], named: Iterable[str]) -> Mapping[str, str]:
    """What short names of one deal mean, by what stands behind their common beginning."""
    stem = _stem(shorts)
    if len(_IDEOGRAPHS.findall(stem)) < _LEAST:
        return {}
    found = {short: _tranche(short.removeprefix(stem), frozenset(named)) for short in shorts}
    if (last := shorts[-1]) and not found[last] and all(found[short] for short in shorts[:-1]):
        found[last] = _junior_of(last.removeprefix(stem), frozenset(named) - set(found.values()))
    if not any(re.search("[A-Z]", name) for name in named):
        found |= _by_letter({short: short.removeprefix(stem) for short in shorts}, found)
    known = [name for name in found.values() if name]
    return {short: name for short, name in found.items() if name} if len(set(known)) == len(known) else {}


def _by_letter(tails: Mapping[str, str], found: Mapping[str, str]) -> dict[str, str]:
    """The tranches of bare letters from A on beside a junior that its word tells, in a document that calls none by a letter."""
    letters = {short: re.fullmatch(r"([A-Z])-?(\d{0,2})", tail) for short, tail in tails.items() if not found[short]}
    firsts = sorted({match.group(1) for match in letters.values() if match})
    is_whole = all(letters.values()) and firsts == list("ABCDE"[: len(firsts)])
    if not (is_whole and any(name.startswith("次级") for name in found.values())):
        return {}
    return {short: f"优先{match.group(1)}{match.group(2)}" for short, match in letters.items() if match}


def _junior_of(tail: str, left: frozenset[str]) -> str:
    """The tranche of the last short name of a deal whose bare letter nobody bears: the one that is left, where it is a junior."""
    only = next(iter(left)) if len(left) == 1 else ""
    return only if re.fullmatch(r"[B-E]", tail) and only.startswith(("次级", "劣后")) else ""


def _tranche(tail: str, named: frozenset[str]) -> str:
    """The tranche that the end of a short name means, '' where that is not sure."""
    if not tail or not _CLASS.fullmatch(tail):
        return ""
    own = parse_tranche(tail)
    if isinstance(own, Parsed) and not re.fullmatch(r"[A-Z].*", tail):
        return own.value.name
    letter = tail.replace("-", "")
    having = [name for name in named if re.sub(r"^[一-龥]+", "", name) == letter]
    return having[0] if len(having) == 1 else ""
