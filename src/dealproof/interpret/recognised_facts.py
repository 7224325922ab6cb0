"""Facts and doubts of pages that were recognised: boxes as a viewer shows them, and how sure the reading is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from dealproof.interpret.context import Context, Reading
from dealproof.interpret.printed_figures import is_bare
from dealproof.model.evidence import CONFIDENCE_FLOOR, Box, Evidence, Fact, Problem
from dealproof.model.extract import Extract
from dealproof.model.page import PageText
from dealproof.model.profile import Profile
from dealproof.model.table import Table
from dealproof.text import squeeze

NAME = "ocr"
#: The recognised pages on which a title stands.
OPENING = 2


def facts_as_shown(extract: Extract, facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Facts of pages that were laid anew, recognised or in columns, with their place on the page as shown; recognised prose with
    the confidence of its lines."""
    pages = _laid_anew(extract)
    if not pages:
        return tuple(facts)
    return tuple(
        replace(fact, evidence=_shown(fact.evidence, pages[fact.evidence.page]))
        if fact.evidence is not None and fact.evidence.page in pages
        else fact
        for fact in facts
    )


def problems_as_shown(extract: Extract, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Doubts about pages that were laid anew with their place on the page as shown."""
    pages = _laid_anew(extract)
    return tuple(
        replace(item, box=pages[item.page].shown(item.box)) if item.box is not None and item.page in pages else item
        for item in problems
    )


def kind_doubts(extract: Extract) -> tuple[Problem, ...]:
    """A question where nothing but a poorly recognised cover says that a document is no deal document."""
    if any(page.read_by == "text" for page in extract.pages):
        return ()
    cover = next((page for page in extract.pages if page.lines), None)
    if cover is not None and min(line.confidence for line in cover.lines) >= CONFIDENCE_FLOOR:
        return ()
    return (
        Problem(
            "missing_table", "warning", "interpret",
            f"{extract.source.file_name} consists of pictures, and its first pages were not surely recognised: it was taken "
            "for no deal document.",
            "Look at its cover; if it is a deal document, hand in a better scan.", extract.source.document_id, 1,
        ),
    )  # fmt: skip


def title_doubts(extract: Extract, profile: Profile) -> list[Problem]:
    """A document whose title was not surely recognised may be taken for another deal's or another period's."""
    unsure = [
        (page, line)
        for page in list(_recognised(extract).values())[:OPENING]
        for line in page.lines
        if line.confidence < CONFIDENCE_FLOOR and len(squeeze(line.text)) >= 2 and squeeze(line.text) in profile.title
    ]
    return [
        Problem(
            "low_confidence", "warning", "interpret",
            f"Part of the title was recognised as {line.text!r} with a confidence of {line.confidence:.2f}.",
            "Compare it with the page; put a wrong deal right in mappings/deals.csv.", extract.source.document_id, page.number,
            line.box, "documents", extract.source.document_id, "title", line.text,
        )
        for page, line in unsure
    ]  # fmt: skip


def label_doubts(table: Table, reading: Reading, ctx: Context) -> list[Problem]:
    """Labels of a table that were not surely recognised and that the label files do not know letter by letter: what
    they govern may stand under a wrong name."""
    own = {(proof.page, proof.box): fact for fact in reading.facts if (proof := fact.evidence) is not None}
    values = set(own)
    found: list[Problem] = []
    for cell in table.cells:
        unsure = cell.reader == NAME and cell.confidence < CONFIDENCE_FLOOR and (cell.row, cell.col) in reading.used
        if not unsure or (cell.page, cell.box) in values or is_bare(cell.text) or not squeeze(cell.text) or ctx.labels.knows(cell.text):
            continue
        row = [other for other in table.cells if other.row <= cell.row < other.row + other.row_span]
        fact = next((own[(o.page, o.box)] for o in row if (o.page, o.box) in own), None)
        found.append(
            Problem(
                "low_confidence", "warning", "interpret",
                f"The label of this row or column was recognised as {cell.text.strip()!r} with a confidence of "
                f"{cell.confidence:.2f}.",
                "Compare it with the page; what stands beside or under it depends on it.", ctx.document_id, cell.page, cell.box,
                fact.table if fact else "", fact.key_text if fact else "", "", cell.text.strip(),
            )
        )  # fmt: skip
    return found


def pages_seen(extract: Extract) -> tuple[int, int]:
    """How many pages had to be recognised, and how many of these were not."""
    need = [page for page in extract.pages if page.needs_ocr]
    return len(need), sum(page.read_by != "ocr" for page in need)


def unread_words(extract: Extract) -> str:
    """Which pages were left for a reason that needs no decision, or ''."""
    left: dict[str, list[int]] = {}
    for page in extract.pages:
        if page.left_because:
            left.setdefault(page.left_because, []).append(page.number)
    return " ".join(f"Not recognised: {_spans(numbers)} ({why})." for why, numbers in left.items())


def _spans(numbers: list[int]) -> str:
    """`pages 1, 261-272`."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    told = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in spans)
    return f"page {told}" if len(numbers) == 1 else f"pages {told}"


def _laid_anew(extract: Extract) -> Mapping[int, PageText]:
    return {page.number: page for page in extract.pages if page.is_laid_anew}


def _recognised(extract: Extract) -> Mapping[int, PageText]:
    return {page.number: page for page in extract.pages if page.read_by == "ocr"}


def _shown(proof: Evidence, page: PageText) -> Evidence:
    if proof.reader == "text" and page.read_by == "ocr":
        lines = [line.confidence for line in page.lines if _meet(line.box, proof.box)]
        least = min(lines, default=1.0)
        reader = NAME if least < 1 or page.quality != "mixed" else proof.reader
        proof = replace(proof, confidence=min(proof.confidence, least), reader=reader)
    return replace(proof, box=page.shown(proof.box))


def _meet(one: Box, other: Box) -> bool:
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    return wide > 0 and high > 0.3 * min(one.bottom - one.top, other.bottom - other.top)
