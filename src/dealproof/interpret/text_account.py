"""What became of the figures that stand in no table that was found: in sentences, and in lines that look like a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce

from dealproof.interpret.contents_page import LEADER, is_contents, leads_to_figures
from dealproof.interpret.context import Context, Heading
from dealproof.interpret.mentions import fields_named, spoken_of
from dealproof.interpret.printed_figures import counted, measured, plain
from dealproof.interpret.sections import section_path
from dealproof.interpret.sentence_guards import not_stated
from dealproof.interpret.table_account import TOTAL_ROW, Known, meet, said
from dealproof.interpret.told import Told
from dealproof.model.evidence import Box, Evidence
from dealproof.model.ledger import Account, Entry, Rule
from dealproof.model.page import Line, PageText
from dealproof.model.table import Cell, Table
from dealproof.text import fold, squeeze
from dealproof.values.dates import find_dates

_NUMBER = re.compile(r"\d[\d,.]*")
_TABULAR = re.compile(r"\S\s{2,}\S|\t")
_END = re.compile(r"[。；;]")
_SHORT = 24
_REACH = 40
_DATE_LABEL = re.compile(
    r"(?:公[告布]|披露|出具|报告|说明书|发布|设立|成立|生效|起算|封包|基准|支付|兑付|到期)(?:日期?|时间)(?:[:：]|为|是)?(?=(?:19|20)\d\d)"
)
#: Sizes that documents of the issue state; in a report the same words are about what is left.
_OF_THE_ISSUE = frozenset({"deals.total_amount", "tranches.amount"})


@dataclass(frozen=True, slots=True)
class Frame:
    """What is known of a document when its text is accounted for: headings, proofs and doubts by page, and what
    became of figures in sentences whose labels are known."""

    ctx: Context
    headings: Sequence[Heading]
    proofs: Mapping[int, Sequence[Evidence]]
    doubts: Mapping[int, Sequence[Box]]
    printed: Mapping[str, frozenset[str]]
    known: Known
    days: frozenset[date]
    wanted: frozenset[int]
    told: Told


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of lines that are read together: a sentence or two, or lines that look like a table."""

    lines: tuple[Line, ...]
    is_tabular: bool


def text_account(page: PageText, tables: Iterable[Table], frame: Frame) -> list[Entry]:
    """One entry for every stretch of text with figures outside the tables of a page."""
    cells = [cell for table in tables if page.number in table.pages for cell in table.cells if cell.page == page.number]
    boxes = [(cell.box, cell) for cell in cells]
    whole: Rule | None = "contents" if is_contents(page) else None
    found: list[Entry] = []
    whole_page, own = frame.ctx.loans.get(page.number, (page, None))
    free: list[Line] = []
    loans: list[Line] = []
    for index, line in enumerate(whole_page.lines):
        top, bottom = line.box.top, line.box.bottom  # looked at here: most pairs of the many thousand of a page stand apart
        if held := [cell for box, cell in boxes if box.top < bottom and box.bottom > top and meet(line.box, box)]:
            found += _beside_cells(page, line, held, frame)
        elif own is None or not own.first <= index <= own.last:
            free.append(line)
            found += _labelled_dates(page, line, frame, whole)
        else:
            loans.append(line)
    if loans:
        found.append(_of_loans(page, loans))
    for stretch in _stretches(free):
        found += _told(page, stretch, frame, whole)
    return found


def _of_loans(page: PageText, lines: Sequence[Line]) -> Entry:
    """One entry for all rows of single loans on a page."""
    number = sum(len(_NUMBER.findall(line.text)) for line in lines)
    return Entry(page.number, reduce(Box.union, (line.box for line in lines)), lines[0].text.strip(), number, "ignored", "loan list")


def _beside_cells(page: PageText, line: Line, held: Sequence[Cell], frame: Frame) -> Iterator[Entry]:
    """The figures of a line of a table that stand in none of its cells: the table was found narrower than it is."""
    printed = _digits("".join(cell.text for cell in held))
    lost = [match.group() for match in measured(plain(line.text)) if _digits(match.group()) not in printed]
    if lost:
        boxes = frame.doubts.get(page.number, ())
        account: Account = "asked" if any(meet(box, line.box) for box in boxes) else "open"
        table = _table_of(Stretch((line,), is_tabular=True), "", "", "".join(squeeze(cell.text) for cell in held))
        yield Entry(page.number, line.box, line.text.strip(), len(lost), account, None, ", ".join(lost), table)


def _digits(text: str) -> str:
    """The digits alone: commas and points may be recognised or mended otherwise in a cell than in its line."""
    return re.sub(r"\D", "", fold(text))


def _labelled_dates(page: PageText, line: Line, frame: Frame, whole: Rule | None) -> Iterator[Entry]:
    """Days behind the words of a wanted date that no date of the document equals: 公告日：2025年2月20日."""
    text = squeeze(line.text)
    for match in _DATE_LABEL.finditer(text):
        behind = text[match.end() : match.end() + _REACH]
        day = next((day for day, start, _ in find_dates(behind) if start == 0), None)
        if day is None or day in frame.days or whole is not None:
            continue
        path = section_path(frame.headings, page.number, line.box.top + 1)
        rule = _foreign(frame.ctx, page, line, path)
        asked = any(meet(box, line.box) for box in frame.doubts.get(page.number, ()))
        account: Account = "ignored" if rule else "asked" if asked else "open"
        table = "documents" if frame.ctx.profile.kind_record.is_periodic else "deals"
        yield Entry(page.number, line.box, line.text.strip(), 1, account, rule, path[-1] if path else "", table)


def _stretches(lines: Sequence[Line]) -> Iterator[Stretch]:
    """Tabular lines that follow each other, and the prose between them up to the end of a sentence."""
    held: list[Line] = []
    tabular = False
    for line in lines:
        looks = _looks_tabular(line)
        if held and (looks != tabular or (not tabular and _END.search(held[-1].text.rstrip()[-1:] or " "))):
            yield Stretch(tuple(held), tabular)
            held = []
        tabular = looks
        held.append(line)
    if held:
        yield Stretch(tuple(held), tabular)


def _looks_tabular(line: Line) -> bool:
    text = line.text.strip()
    return bool(_TABULAR.search(text)) and not _END.search(text)


def _told(page: PageText, stretch: Stretch, frame: Frame, whole: Rule | None) -> Iterator[Entry]:
    if not any(counted(line.text) for line in stretch.lines):
        return
    first = stretch.lines[0]
    path = section_path(frame.headings, page.number, first.box.top + 1)
    foreign = _foreign(frame.ctx, page, first, path)
    near = path[-1] if path else ""
    for line, figure, before, behind in _figures(stretch):
        account, rule = _fate(page, stretch, line, figure, (before, behind), frame, whole or foreign)
        known = frame.told.wanted.get((page.number, line.box, squeeze(figure)), "")
        table = known or _table_of(stretch, before, figure + behind[:8], near) if account == "open" else ""
        yield Entry(page.number, line.box, _around(before, figure, behind), 1, account, rule, near, table)


def _table_of(stretch: Stretch, before: str, figure: str, heading: str) -> str:
    """The table of the dataset that a figure seems to belong to."""
    words = heading + "".join(squeeze(line.text) for line in stretch.lines)
    fields = fields_named(words) if stretch.is_tabular else spoken_of(_END.split(before)[-1][-_REACH:], figure)[:1]
    tables = Counter(field.partition(".")[0] for field in fields)
    return tables.most_common(1)[0][0] if tables else ""


def _figures(stretch: Stretch) -> Iterator[tuple[Line, str, str, str]]:
    """Every figure with its line and the squeezed words before and behind it within the stretch."""
    texts = [plain(line.text) for line in stretch.lines]
    for index, (line, text) in enumerate(zip(stretch.lines, texts, strict=True)):
        ahead = squeeze("".join(texts[:index]))
        rest = squeeze("".join(texts[index + 1 :]))
        for match in measured(text):
            yield line, match.group(), ahead + squeeze(text[: match.start()]), squeeze(text[match.end() :]) + rest


def _around(before: str, figure: str, behind: str) -> str:
    return f"{before[-24:]}{figure}{behind[:12]}"


def _fate(
    page: PageText,
    stretch: Stretch,
    line: Line,
    figure: str,
    around: tuple[str, str],
    frame: Frame,
    whole: Rule | None,
) -> tuple[Account, Rule | None]:
    for proof in frame.proofs.get(page.number, ()):
        if meet(proof.box, line.box) and squeeze(figure) in squeeze(fold(proof.text)):
            return "fact", None
    if whole is not None:
        return "ignored", whole
    if any(meet(box, line.box) for box in frame.doubts.get(page.number, ())):
        return "asked", None
    place = (page.number, line.box, squeeze(figure))
    if place in frame.told.left:
        return "ignored", frame.told.left[place]
    if place in frame.told.wanted:
        return "open", None
    rule = _rule(stretch, figure, around, frame, page)
    return ("ignored", rule) if rule else ("open", None)


def _rule(stretch: Stretch, figure: str, around: tuple[str, str], frame: Frame, page: PageText) -> Rule | None:
    before, behind = around
    if LEADER.search(squeeze("".join(line.text for line in stretch.lines))) and not leads_to_figures(page):
        return "contents"
    clause, told = _END.split(before)[-1], squeeze(figure)
    fields = spoken_of(clause[-_REACH:], figure + behind[:8])
    if _is_lone_total(stretch, told):
        return None
    rule = said(figure + behind[:3], frame.known)
    if rule == "total" or (rule is not None and all(field in frame.printed for field in fields)):
        return rule
    if stretch.is_tabular:
        return None if page.number in frame.wanted else "small print"
    if (unreal := not_stated(clause, behind)) is not None:
        return unreal
    if fields and _OF_THE_ISSUE.issuperset(fields) and frame.ctx.profile.kind_record.is_periodic:
        return "nothing wanted"
    if any(told in frame.printed.get(field, ()) for field in fields):
        return "said elsewhere"
    return None if fields else "nothing wanted"


def _is_lone_total(stretch: Stretch, figure: str) -> bool:
    """Whether a figure stands in a line that is a row of totals, cut off from its table: at least two figures and no word more."""
    for line in stretch.lines:
        words, *figures = line.text.split()
        if TOTAL_ROW.match(squeeze(words)) and len(figures) > 1 and all(measured(plain(text)) for text in figures):
            return any(figure in squeeze(text) for text in figures)
    return False


def _foreign(ctx: Context, page: PageText, first: Line, path: Sequence[str]) -> Rule | None:
    """Whether a heading, or a line of a caption right above, says that what follows is not this deal's own data."""
    above = [line for line in page.lines if line.box.bottom <= first.box.top + 2][-3:]
    for text in (*(line.text for line in reversed(above) if len(squeeze(line.text)) <= 45), *reversed(path)):
        verdict = ctx.labels.field("sections", text)
        if verdict:
            return None if verdict == "own" else "definition" if verdict == "definition" else "foreign section"
    return None
