"""Ratings inside tranche tables: whose they are follows from the header, in printed order."""

from __future__ import annotations

import re

from dealproof.interpret.context import Context
from dealproof.interpret.fact_builder import Notebook, document_key
from dealproof.model.table import Cell
from dealproof.text import squeeze
from dealproof.values.parsed import Parsed, Refused
from dealproof.values.ratings import split_ratings
from dealproof.values.tranches import Tranche

_WORDS = re.compile(
    r"(?:最新|预期|本次|此次|当前|目前|跟踪|债项|发行时|初始|首次|本期|证券|票据|信用)*(?:评级|等级|级别)(?:结果|情况)?|[()\[\]]"
    r"|^(?:最新|本次|此次|本次跟踪|跟踪)$"
)
#: A column of ratings that were given before: of a look back, and where a document follows ratings, of the issue.
_BEFORE = re.compile(r"上(?:一)?(?:次|期|年|轮)|前(?:一)?次|历史|以往|调整前|变更前")
_AT_ISSUE = re.compile(r"首次|初始|发行时|发行日|设立时")


def agencies_in(header: str, ctx: Context) -> tuple[str, ...]:
    """The agencies that a rating column names, as legal names where the document names them as parties."""
    rest = _WORDS.sub(" ", squeeze(header)).strip()
    short = [part.strip() for part in re.split(r"[/、,，和及\s]", rest) if part.strip()]
    if not short:
        return ctx.profile.agencies
    return tuple(_full(name, ctx) for name in short)


def _full(name: str, ctx: Context) -> str:
    matching = [agency for agency in ctx.profile.agencies if name in squeeze(agency)]
    return squeeze(matching[0]) if len(matching) == 1 else name


def read_ratings(header: str, cell: Cell, tranche: Tranche, book: Notebook, ctx: Context) -> None:
    """Note one rating for each agency. One rating under two agencies is a question, not a guess; ratings that were given
    before are left."""
    book.use(cell)
    if _BEFORE.search(squeeze(header)) or (ctx.profile.kind_record.is_tracking and _AT_ISSUE.search(squeeze(header))):
        return
    read = split_ratings(cell.text)
    found = [item for item in read if isinstance(item, Parsed)]
    refused = [item for item in read if isinstance(item, Refused)]
    agencies = agencies_in(header, ctx)
    if refused:
        book.ask(
            "low_confidence",
            f"{cell.text.strip()!r} cannot be read as a rating.",
            cell,
            table="ratings",
            column="rating",
            alike="agencies",
        )
        return
    if not found:
        return
    if len(read) != len(agencies):
        if len(agencies) == 1 or not agencies:
            book.ask(
                "conflict",
                f"{len(read)} ratings stand under {len(agencies)} agencies.",
                cell,
                table="ratings",
                column="rating",
                alike="agencies",
            )
            return
        if len(found) != 1:
            book.ask(
                "conflict",
                f"{len(found)} ratings stand under {len(agencies)} agencies.",
                cell,
                table="ratings",
                column="rating",
                alike="agencies",
            )
            return
        book.ask(
            "conflict",
            f"One rating stands under {len(agencies)} agencies; it was given to none.",
            cell,
            table="ratings",
            column="rating",
            alike="agencies",
        )
        return
    for agency, item in zip(agencies, read, strict=True):
        if isinstance(item, Parsed):
            key = document_key(ctx, tranche=tranche.name, agency_id=agency)
            book.value(key, "rating", cell, item.value, table="ratings")
