"""Which documents are built together: those of a deal. Nothing but what `across.py` lists leads from one part to another.

Two deals are one part where a document, a file that took the place of another, or a row of corrections.csv speaks of both.
Documents without a deal are one part; of these, files of which nothing is known but that they are there are spread over many.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dealproof.dataset.addressed import deal_of as deal_of_correction
from dealproof.dataset.addressed import documents_of, key_of
from dealproof.mappings.corrections import Correction
from dealproof.mappings.deals import DealRow, by_subject, deal_among
from dealproof.model.interpretation import Interpretation

#: Names of parts of documents without a deal, and how many hex digits of a document's id name one of those that say nothing.
_NOWHERE, _SILENT, _DIGITS = "", "/silent ", 2
_BETWEEN = "|"


@dataclass(frozen=True, slots=True)
class Card:
    """What must be known of a document to say of which part it is.

    `deal_id` and `deal_name` are as they were read, `strange` what else its facts and doubts name where deals are named,
    `replaced_by` the document that took its place. A document is `silent` that has no deal, no facts and no doubts.
    """

    document_id: str
    file_name: str
    deal_id: str
    deal_name: str
    replaced_by: str
    strange: tuple[str, ...]
    silent: bool


@dataclass(frozen=True, slots=True)
class Part:
    """Documents that are built together, by their ids in order, and the corrections that speak of them."""

    name: str
    documents: tuple[str, ...]
    corrections: tuple[Correction, ...]


def card_of(document: Interpretation) -> Card:
    """Return the card of a document as it was interpreted."""
    source, profile = document.source, document.profile
    own = profile.deal_id
    strange = {dict(fact.key).get("deal_id", "") for fact in document.facts}
    strange |= {problem.key.partition(_BETWEEN)[0] for problem in document.problems}
    silent = not (profile.is_of_deal or document.facts or document.problems)
    return Card(
        source.document_id, source.file_name, own, profile.deal_name, source.replaced_by,
        tuple(sorted(strange - {own, "", source.document_id})), silent,
    )  # fmt: skip


def parts_of(cards: Iterable[Card], deals: Sequence[DealRow], corrections: Iterable[Correction]) -> list[Part]:
    """Return the parts in the order of their names; every document and every correction is in one of them."""
    known = {card.document_id: card for card in cards}
    rows = by_subject(deals)
    home = {document_id: _home(card, rows) for document_id, card in known.items()}
    joined = _Joined({*home.values(), _NOWHERE})
    for document_id, card in known.items():
        joined.join(home[document_id], _first(home[document_id]), *card.strange)
        if card.replaced_by in known:
            joined.join(home[document_id], home[card.replaced_by])
    spoken: list[tuple[Correction, str]] = []
    for item in corrections:
        places = {key_of(item)[0], deal_of_correction(item), item.deal_id, *(home.get(name, "") for name in documents_of(item))}
        at_hand = sorted(places & joined.deals - {_NOWHERE})
        joined.join(*at_hand)
        spoken.append((item, at_hand[0] if at_hand else _NOWHERE))
    members: dict[str, list[str]] = {}
    for document_id in sorted(known):
        members.setdefault(joined.name(home[document_id]), []).append(document_id)
    speaking: dict[str, list[Correction]] = {}
    for item, deal in spoken:
        speaking.setdefault(joined.name(deal), []).append(item)
    names = sorted(members.keys() | speaking.keys())
    return [Part(name, tuple(members.get(name, ())), tuple(speaking.get(name, ()))) for name in names]


def _home(card: Card, rows: Mapping[tuple[str, str], DealRow]) -> str:
    row = deal_among(rows, card.document_id, card.file_name, card.deal_name) if rows else None
    if row is not None:
        return row.deal_id
    if card.silent and not card.replaced_by:
        return _SILENT + card.document_id[:_DIGITS]
    return card.deal_id


def _first(key: str) -> str:
    return key.partition(_BETWEEN)[0]


class _Joined:
    """Deals, and which of them are one part; a part bears the name of its first deal."""

    def __init__(self, deals: Iterable[str]) -> None:
        self.deals = frozenset(deals)
        self._above: dict[str, str] = {deal: deal for deal in self.deals}

    def join(self, *deals: str) -> None:
        """Make deals one part; those that no document is of are left out."""
        tops = sorted({self.name(deal) for deal in deals if deal in self.deals})
        for other in tops[1:]:
            self._above[other] = tops[0]

    def name(self, deal: str) -> str:
        """The name of the part that a deal belongs to."""
        while (above := self._above[deal]) != deal:
            deal = above
        return deal

