"""A document that says that it is a draft: its figures are not those of the report that follows, and none is taken.

The words are rows `draft` of `mappings/labels/sections.csv`. They count where they speak of the document itself: in its
running header or watermark, in brackets, at the end of a title, alone on a line; not in the name of a rule
(《…办法（征求意见稿）》) nor in the middle of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dealproof.interpret.scope import is_settled
from dealproof.mappings.labels import Labels
from dealproof.model.evidence import Box, Problem
from dealproof.model.extract import Extract
from dealproof.text import label_key, squeeze

#: Letters of the longest line that is nothing but such words, and of the longest in brackets or with a title.
_SHORT, _LONG = 18, 60
_RULES = re.compile(r"办法|规定|指引|准则|条例|规则|《|》|通知")
_SENTENCE = re.compile(r"[。；]")
_BRACKETED = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]{2,50})[)\]】〕]")
#: The pages of a long document on which such words speak of the whole.
_FIRST, _SHORT_DOCUMENT = 6, 30


def draft_question(extract: Extract, labels: Labels) -> Problem | None:
    """The question of a document that says that it is a draft; None for any other."""
    found = next(_sayings(extract, labels), None)
    if found is None:
        return None
    page, box, words = found
    return Problem(
        "unknown_label", "warning", "interpret",
        f"{words!r} on page {page} says that this document is a draft: no figure was taken from it.",
        "Hand in the final document; if this is the final one, answer with own.", extract.source.document_id, page, box,
        column="sections", value=label_key(words),
    )  # fmt: skip


def _sayings(extract: Extract, labels: Labels) -> Iterator[tuple[int, Box | None, str]]:
    pages = extract.pages if len(extract.pages) <= _SHORT_DOCUMENT else extract.pages[:_FIRST]
    for page in pages:
        for text in page.furniture:
            if words := _draft_words(squeeze(text), labels, is_furniture=True):
                yield page.number, None, words
        for line in page.lines:
            if words := _draft_words(squeeze(line.text), labels):
                yield page.number, line.box, words


def _draft_words(text: str, labels: Labels, *, is_furniture: bool = False) -> str:
    """The words of a line that say of the document that it is a draft, or ''."""
    if len(text) > _LONG or _RULES.search(text) or _SENTENCE.search(text) or not _says(labels, text):
        return ""
    if is_settled(labels, text):
        return ""
    bracketed = next((inner for inner in _BRACKETED.findall(text) if _says(labels, inner)), "")
    if bracketed and not is_settled(labels, bracketed):
        return bracketed
    ends = any(_says(labels, text[-length:]) for length in range(2, 7)) and not re.search(r"[，,]", text)
    return text if is_furniture or len(text) <= _SHORT or ends else ""


def _says(labels: Labels, text: str) -> bool:
    return labels.field("sections", text) == "draft"

