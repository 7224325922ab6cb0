"""The fast pass: the text of every page with a box for every line, at two or three milliseconds a page.

PDFium does the reading and is not thread-safe: one process reads one document at a time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dealproof.errors import UnreadableFileError
from dealproof.model.evidence import Box
from dealproof.model.page import PageText
from dealproof.pages.drawn import Bounds
from dealproof.pages.furniture import without_furniture
from dealproof.pages.geometry import Frame
from dealproof.pages.glyphs import Glyphs, read_glyphs
from dealproof.pages.inflation import check_inflation
from dealproof.pages.lines import visual_lines
from dealproof.pages.opened import OpenPage, OpenPdf
from dealproof.pages.printed import UNKNOWN
from dealproof.pages.quality import Verdict, judge, settled
from dealproof.pages.seen import TOO_SMALL, Seen, characters_of
from dealproof.pages.skim import Skimmer, skimmed
from dealproof.pages.struck import JOINED, band_of, with_struck
from dealproof.pages.text_columns import may_have_columns, put, text_columns
from dealproof.pages.watermark import split_watermark
from dealproof.settings.limits import Limits

#: A page with more characters than this is a drawing or an attack; it is kept without text.
MAX_CHARS = 200_000
#: A page with more drawn objects than this would cost the careful readers minutes and gigabytes.
MAX_OBJECTS = 300_000


@dataclass(frozen=True, slots=True)
class FastPass:
    """All pages of a document, and what is needed to read some of them again.

    `raw` are the pages with running headers and footers still among their lines, `pictures` the places of the pictures
    of a page that may hold a table.
    """

    pages: tuple[PageText, ...]
    raw: tuple[PageText, ...]
    pictures: tuple[tuple[Box, ...], ...]


def read_pages(path: Path, max_pages: int = Limits().pages, max_chars: int = MAX_CHARS) -> tuple[PageText, ...]:
    """Return the text of all pages; see `fast_pass`."""
    return fast_pass(path, max_pages, max_chars).pages


def fast_pass(path: Path, max_pages: int = Limits().pages, max_chars: int = MAX_CHARS) -> FastPass:
    """Read the text of all pages; see `pass_over`. Raises UnreadableFileError also when the file cannot be opened."""
    check_inflation(path)
    with OpenPdf(path) as document:
        return pass_over(document, max_pages, max_chars)


def pass_over(
    document: OpenPdf,
    max_pages: int = Limits().pages,
    max_chars: int = MAX_CHARS,
    keep: bool = False,
    skimmer: Skimmer | None = None,
) -> FastPass:
    """Read the text of all pages of an open PDF. A page that cannot be read stays, without lines, as `lying`; with `keep`
    pages stay open for the careful readers as far as there is room. A `skimmer` tells pages that need no closer look.

    Raises UnreadableFileError when no page can be opened, when there are too many, or one with far too many objects.
    """
    path = document.path
    if len(document) > max_pages:
        raise UnreadableFileError(
            f"{path.name}: the PDF has {len(document)} pages, more than the {max_pages} that are read.",
            "Split it and hand in the parts, or allow more with --pages.",
        )
    try:
        read = [_page(document, number, max_chars, keep, skimmer) for number in range(1, len(document) + 1)]
    except _OverfullPageError as full:
        raise UnreadableFileError(
            f"{path.name}: page {full.page} is a drawing of {full.objects:,} objects.",
            "Print the file to a new PDF without that page and hand that in.",
        ) from full
    if all(page.width == 0 for page, _ in read):
        raise UnreadableFileError(
            f"{path.name}: the PDF is damaged: none of its pages can be opened.",
            "Fetch the file again from its source.",
        )
    raw = tuple(page for page, _ in read)
    bared = without_furniture(raw)
    pages = tuple(settled(page, verdict) for page, (_, verdict) in zip(bared, read, strict=True))
    return FastPass(pages, raw, tuple(verdict.pictures for _, verdict in read))


def with_recognised(fast: FastPass, recognised: Mapping[int, PageText]) -> tuple[PageText, ...]:
    """All pages with some of them as recognised (by number); running headers are told from all of them together."""
    if not recognised:
        return fast.pages
    bared = without_furniture([recognised.get(page.number, page) for page in fast.raw])
    return tuple(
        replace(page, lines=own.lines, furniture=own.furniture) if page.number not in recognised else own
        for page, own in zip(fast.pages, bared, strict=True)
    )


class _OverfullPageError(Exception):
    def __init__(self, page: int, objects: int) -> None:
        super().__init__(page, objects)
        self.page, self.objects = page, objects


def _page(
    document: OpenPdf, number: int, max_chars: int, keep: bool, skimmer: Skimmer | None
) -> tuple[PageText, Verdict]:
    """The page, and what its text is worth."""
    import pypdfium2

    try:
        with document.page(number, keep) as page:
            return _looked_at(page, max_chars, skimmer)
    except pypdfium2.PdfiumError:
        return PageText(number, 0.0, 0.0, ()), Verdict("lying", ("it is damaged and cannot be opened",))


def _looked_at(page: OpenPage, max_chars: int, skimmer: Skimmer | None) -> tuple[PageText, Verdict]:
    import pypdfium2.raw as raw

    objects = raw.FPDFPage_CountObjects(page.handle.raw)
    if objects > MAX_OBJECTS:
        raise _OverfullPageError(page.number, objects)
    if page.text_page.count_chars() > max_chars:
        page_text = PageText(page.number, page.frame.width, page.frame.height, ())
        return page_text, Verdict("lying", (f"it has more than {max_chars:,} characters",))
    if skimmer is not None and (found := skimmed(page, skimmer)):
        return found
    seen = page.seen
    page_text, words = _read(seen, page.frame, page.number)
    verdict = judge(page.handle, seen.text_page, seen.text, page.frame, page_text.lines)
    if verdict.quality == "native" and not verdict.covered:
        page_text = _in_columns(page_text, words, seen, page.frame)
    if skimmer is not None:
        skimmer.saw(page_text, seen.text)
    return page_text, verdict


def _through(words: Sequence[Glyphs], strokes: Sequence[Bounds], frame: Frame) -> list[Box]:
    """The strokes as shown, but for those that surely strike nothing, as nearly all of a ruled page: they stand upright, or
    pass between the lines of text."""
    if frame.rotation == 0:
        bands = {band_of(top, bottom) for top, bottom in {(word.top, word.bottom) for word in words}}
        struck = {place for upper, lower in bands for place in range(int(upper - JOINED), int(lower + JOINED) + 1)}
        strokes = [
            (left, low, right, high)
            for left, low, right, high in strokes
            if right - left > high - low - 0.1 and int(frame.top - (low + high) / 2) in struck
        ]
    return [frame.shown_box(*stroke) for stroke in strokes]


def _read(seen: Seen, frame: Frame, number: int) -> tuple[PageText, Sequence[Glyphs]]:
    """The page, and the words of its lines."""
    tiny: list[Glyphs] = []
    marked = split_watermark(seen.text_page, list(read_glyphs(seen.text_page, seen.text, frame, tiny)))
    words, struck = with_struck(marked.body, _through(marked.body, seen.strokes, frame))
    page_text = PageText(
        number, frame.width, frame.height, visual_lines(words, frame.width, frame.height), furniture=marked.texts,
        unseen=(*seen.unseen, *characters_of(seen.text_page, tiny, frame, TOO_SMALL)),
        watermark=tuple(characters_of(seen.text_page, marked.words, frame, "")), struck=struck,
    )  # fmt: skip
    return page_text, words


def _in_columns(page: PageText, words: Sequence[Glyphs], seen: Seen, frame: Frame) -> PageText:
    """The page with columns of text under one another. One with anything that must be looked at where it stands stays as it is."""
    is_plain = not (page.unseen or page.watermark or page.struck or frame.rotation or UNKNOWN in seen.text)
    if not is_plain or not may_have_columns(words, frame.width):
        return page
    columns = text_columns(words, [frame.shown_box(*stroke) for stroke in seen.strokes], frame.width, frame.height)
    if columns is None:
        return page
    lines = visual_lines(put(words, columns.moved), frame.width, columns.height)
    return replace(page, lines=lines, height=columns.height, moved=columns.moved)
