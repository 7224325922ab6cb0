"""Whether a place outside tables may speak for this deal, as far as its words and the headings over it tell."""

from __future__ import annotations

import re

from dealproof.interpret.context import Context
from dealproof.interpret.paragraphs import Paragraph
from dealproof.interpret.printed_figures import blanked, measured
from dealproof.interpret.scope import may_be_of_another, of_another, of_another_period
from dealproof.interpret.sections import is_under_another_deal, section_path
from dealproof.interpret.sentence_guards import what_holds

#: Headings over what was corrected.
_NO_MORE = re.compile(r"(?:更正|修正|修订|修改|勘误|变更|调整)(?:之)?前|原(?:公告|披露|报告(?!期)|方案|文)")
#: What a paper about an issue says of the one before it, of others of its kind, or of figures that are only thought of.
_NOT_AT_ISSUE = re.compile(r"[上前]一?(?:期|次|单)(?!限)|此前|先前|以往|历史(?:上|项目|产品|发行)|其[他它](?:项目|产品|信托|专项计划|证券)|同(?:类|系列|档次)|(?:压力|悲观|乐观|基准)情[景形]|假设|假定")


def is_of_this_deal(ctx: Context, paragraph: Paragraph, at: int, words: str) -> bool:
    """Whether neither words nor headings nor the page's running title say that a figure is another's, of another period, or
    none that happened. A line with figures of its own is no heading."""
    page, line = paragraph.line_at(at)
    if what_holds(words) == (0, 0) or (ctx.profile.kind_record.at_issue and _NOT_AT_ISSUE.search(words)):
        return False
    if is_under_another_deal(page.number, line.box.top, words, ctx) or any(of_another(ctx, text).reason == "other deal" for text in page.furniture):
        return False
    path = [text for text in section_path(ctx.headings, page.number, line.box.top + 1) if next(measured(blanked(text)), None) is None]
    if any(of_another(ctx, text) or of_another_period(ctx, text) or _NO_MORE.search(text) for text in path):
        return False
    return not (path and may_be_of_another(ctx, path[-1]))
