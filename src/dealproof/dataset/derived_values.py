"""Values that no cell prints: they follow from what the document is, from the order of printing, or from other figures.

Default rates under different denominators are different figures (a factor of two is common), so that nobody may average
them unasked; the denominator of a deal's rates is the one with which rate, amount and balance agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from dealproof import contract
from dealproof.dataset.readings import Reading, of_table
from dealproof.dataset.source_rank import Rank
from dealproof.model.cell import DatasetCell
from dealproof.model.evidence import Value
from dealproof.model.profile import Profile

_METRIC = 2
#: Tranches that an issue has at least, and how far a printed share of two decimals is off.
_FEWEST, _OFF = 2, Decimal("0.006")


def implied(profile: Profile, own: Sequence[Reading], document_id: str, rank: Rank) -> list[Reading]:
    """Return what one document implies beside its own readings, as derived readings."""
    return [
        *_deal(profile, own, document_id, rank),
        *_total(profile, own, document_id, rank),
        *_positions(own, "tranches", group=1),
        *_positions(own, "pool_distributions", group=3),
        *_periods(profile, own),
    ]


def _deal(profile: Profile, own: Sequence[Reading], document_id: str, rank: Rank) -> list[Reading]:
    if not profile.deal_id:
        return []
    said = {item.column for item in of_table(own, "deals")}
    values: dict[str, Value | None] = {
        "deal_name": profile.deal_name,
        "market": profile.market,
        "asset_class": profile.asset_class,
        "currency": profile.currency,
        "cutoff_date": profile.cutoff_date.isoformat() if profile.cutoff_date else None,
        "revolving": profile.revolving,
    }
    return [
        Reading(
            "deals",
            (profile.deal_id,),
            column,
            value,
            "",
            document_id,
            rank,
            0,
            "derived",
            "what the document is",
        )
        for column, value in values.items()
        if value is not None and value != "" and column not in said
    ]


def _total(profile: Profile, own: Sequence[Reading], document_id: str, rank: Rank) -> list[Reading]:
    """The issue size that no line states, where the shares of all tranches add up to 100 and each is its amount in the sum."""
    if any(item.column == "total_amount" for item in of_table(own, "deals")):
        return []
    stated: dict[str, dict[str, Decimal]] = {"amount": {}, "share_pct": {}}
    for item in of_table(own, "tranches"):
        value, known = item.value, stated.get(item.column)
        if known is not None and isinstance(value, Decimal) and known.setdefault(item.key[1], value) != value:
            return []
    amounts, shares = stated["amount"], stated["share_pct"]
    whole = sum(amounts.values(), Decimal(0))
    if len(amounts) < _FEWEST or set(amounts) != set(shares) or not whole or abs(sum(shares.values(), Decimal(-100))) > _OFF * len(shares):
        return []
    if any(abs(amounts[name] / whole * 100 - share) > _OFF for name, share in shares.items()):
        return []
    why = "sum of the amounts of all tranches, whose shares add up to 100"
    return [Reading("deals", (profile.deal_id,), "total_amount", whole, "CNY", document_id, rank, 0, "derived", why)]


def _positions(own: Sequence[Reading], table: str, group: int) -> list[Reading]:
    """Number the rows of a table as printed, anew for every value of the first `group` key columns."""
    items = list(of_table(own, table))
    numbered = {item.key for item in items if item.column == "position"}
    rows: dict[tuple[str, ...], dict[tuple[str, ...], Reading]] = {}
    for item in sorted(items, key=_tables_before_prose):
        rows.setdefault(item.key[:group], {}).setdefault(item.key, item)
    return [
        replace(
            first,
            column="position",
            value=place,
            unit="",
            origin="derived",
            derivation="order of printing",
            evidence=None,
        )
        for members in rows.values()
        for place, first in enumerate(members.values(), start=1)
        if first.key not in numbered
    ]


def _tables_before_prose(item: Reading) -> tuple[bool, int]:
    return (item.evidence is not None and item.evidence.reader == "text", item.place)


def _periods(profile: Profile, own: Iterable[Reading]) -> list[Reading]:
    """A figure of the report's own period has the report's dates; one of another period is a reprint."""
    spec = contract.table("performance")
    readings = [item for item in own if item.table == spec.name]
    said = {item.cell for item in readings}
    rows = {item.key: item for item in readings}
    own_period = _own_period(profile, [key[spec.key.index("period_no")] for key in rows])
    derived: list[Reading] = []
    for key, item in rows.items():
        current = key[spec.key.index("period_no")] == own_period
        values: dict[str, Value | None] = {"reprinted": not current}
        if current:
            values["period_start"] = profile.period_start.isoformat() if profile.period_start else None
            values["period_end"] = profile.period_end.isoformat() if profile.period_end else None
        derived.extend(
            replace(
                item,
                column=column,
                value=value,
                unit="",
                origin="derived",
                derivation="report period",
                evidence=None,
            )
            for column, value in values.items()
            if value is not None and (spec.name, key, column) not in said
        )
    return derived


def _own_period(profile: Profile, printed: Sequence[str]) -> str:
    """The period of the report; where the report does not say, the latest one that it prints."""
    if profile.period_no is not None:
        return str(profile.period_no)
    return max((period for period in printed if period.isdecimal()), key=int, default="")


def denominators(chosen: Mapping[DatasetCell, Reading], by_deal: Mapping[str, str]) -> list[Reading]:
    """Return the denominator of each printed rate, as derived readings; none where the figures do not tell."""
    return [
        replace(
            item,
            column="denominator",
            value=by_deal[key[0]],
            unit="",
            origin="derived",
            derivation="the denominator with which rate, amount and balance agree (checks: default_rate)",
        )
        for (table, key, column), item in chosen.items()
        if (table, column) == ("performance", "value")
        and key[_METRIC] == "cumulative_default_pct"
        and key[0] in by_deal
    ]
