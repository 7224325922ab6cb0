"""Deals of a year with their market, size, originator (发起机构) and asset provider (资产提供方)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from dealproof.dataset.rows import cell_of
from dealproof.metrics.dataset_index import DatasetIndex, by_authority, day, flag, number
from dealproof.metrics.model import Line, Value
from dealproof.model.cell import DatasetCell, Row

#: Kind of institution to the type of originator that market reviews print.
ORIGINATOR_TYPES = {
    "trust_company": "信托公司",
    "commercial_bank": "商业银行",
    "private_bank": "商业银行",
    "internet_platform": "互联网平台",
    "factoring_company": "商业保理公司",
    "microloan_company": "小贷公司",
    "guarantee_company": "融资担保公司",
    "property_insurer": "财产险公司",
    "consumer_finance_company": "消费金融公司",
}
OTHER_TYPE = "其他"
_PLATFORM = "互联网平台"
_SERIES = re.compile(r"\d{4}-\d+$")
_SPLIT = re.compile(r"\d+$")


@dataclass(frozen=True, slots=True)
class Role:
    """Who plays a role in a deal: institutions, and names that lead to nobody; the cells that say so."""

    institutions: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    cells: tuple[DatasetCell, ...] = ()

    @property
    def only(self) -> str:
        """The single institution, or '' where there is none, several, or an unknown one."""
        return self.institutions[0] if len(self.institutions) == 1 and not self.strangers else ""


def in_year(index: DatasetIndex, year: int) -> tuple[Row, ...]:
    """Deals of the universe that were set up in a year, by its last day."""
    return tuple(row for row in index.deals() if index.within(row["closing_date"], year))


def lines(index: DatasetIndex, year: int) -> tuple[Line, ...]:
    """One line a deal that was set up in the year."""
    known_before = providers_before(index, year)
    return tuple(_line(index, row, known_before) for row in in_year(index, year))


def originator_lines(index: DatasetIndex, year: int) -> tuple[Line, ...]:
    """One line for each originator of each deal that was set up in the year."""
    found: list[Line] = []
    for row in in_year(index, year):
        who = role(index, row["deal_id"], "originator")
        names = [index.names[item] for item in who.institutions] + [""] * len(who.strangers)
        found += [Line(row["deal_id"], {"originator": name or None}, who.cells) for name in names or [""]]
    return tuple(found)


def role(index: DatasetIndex, deal_id: str, name: str) -> Role:
    """Who plays a role, by the document that speaks first among those that name anybody in it."""
    rows = by_authority(index, tuple(row for row in index.rows("parties", deal_id) if row["role"] == name))
    own = [row for row in rows if row["document_id"] == rows[0]["document_id"]]
    known = dict.fromkeys(row["institution_id"] for row in own if row["institution_id"])
    strangers = dict.fromkeys(row["name"] for row in own if not row["institution_id"])
    return Role(tuple(known), tuple(strangers), tuple(cell_of("parties", row, "name") for row in own))


def provider(index: DatasetIndex, deal_id: str) -> Role:
    """The asset providers of a deal; where none is named, the originator if it lends itself (it has a provider class)."""
    named = role(index, deal_id, "asset_provider")
    if named.institutions or named.strangers:
        return named
    originator = role(index, deal_id, "originator")
    lends = all(index.institutions[item]["provider_class"] for item in originator.institutions)
    return originator if originator.institutions and lends else Role()


def class_of(index: DatasetIndex, who: Role, column: str = "provider_class") -> str | None:
    """The one class of all asset providers of a deal; None where it is unknown or they are of several."""
    classes = {index.institutions[item][column] for item in who.institutions}
    if who.strangers or len(classes) != 1:
        return None
    return classes.pop() or None


def originator_type(index: DatasetIndex, who: Role) -> str | None:
    """The type of the originators of a deal; a platform's licence counts as platform (互联网平台), as provider classes say."""
    types = {_type(index.institutions[item]) for item in who.institutions}
    return types.pop() if len(types) == 1 and not who.strangers else None


def providers_before(index: DatasetIndex, year: int) -> frozenset[str] | None:
    """Institutions that provided assets in earlier years; None where nobody states that the year before is complete."""
    if not index.reference.complete(index.universe, year - 1):
        return None
    rows = [
        *index.reference.of("issuance_count", index.universe),
        *index.reference.of("issuance_amount", index.universe),
    ]
    told = {row.member for row in rows if row.group == "provider" and int(row.period) < year and row.value > 0}
    earlier = (row["deal_id"] for row in index.deals() if row["closing_date"] and int(row["closing_date"][:4]) < year)
    return frozenset(told.union(*(provider(index, deal_id).institutions for deal_id in earlier)))


def deals_without_provider(index: DatasetIndex, year: int) -> tuple[str, ...]:
    """Deals of earlier years whose asset provider is not stated, or is nobody in the list of institutions."""
    earlier = [row["deal_id"] for row in index.deals() if row["closing_date"] and int(row["closing_date"][:4]) < year]
    return tuple(deal_id for deal_id in earlier if not (who := provider(index, deal_id)).institutions or who.strangers)


def amount(index: DatasetIndex, row: Row) -> tuple[Decimal | None, tuple[DatasetCell, ...]]:
    """The size of a deal: its total as stated, else the sum of its tranches where each states its amount."""
    stated = number(row, "total_amount")
    if stated is not None:
        return stated, (cell_of("deals", row, "total_amount"),)
    tranches = index.rows("tranches", row["deal_id"])
    amounts = [number(tranche, "amount") for tranche in tranches]
    if not amounts or any(item is None for item in amounts):
        return None, ()
    cells = tuple(cell_of("tranches", tranche, "amount") for tranche in tranches)
    return sum((item for item in amounts if item is not None), Decimal(0)), cells


def structure(index: DatasetIndex, deal_id: str) -> tuple[str | None, bool | None]:
    """The classes of a deal's tranches in their order (优先A+优先B+次级), and whether a class has several securities."""
    names = [
        row["tranche"] for row in sorted(index.rows("tranches", deal_id), key=lambda row: int(row["position"] or 0))
    ]
    classes = [_SPLIT.sub("", name) for name in names]
    distinct = dict.fromkeys(classes)
    return ("+".join(distinct), len(distinct) < len(classes)) if names else (None, None)


def _line(index: DatasetIndex, row: Row, known_before: frozenset[str] | None) -> Line:
    deal_id = row["deal_id"]
    size, size_cells = amount(index, row)
    originators, providers = role(index, deal_id, "originator"), provider(index, deal_id)
    kind = originator_type(index, originators)
    layers, split = structure(index, deal_id)
    values: dict[str, Value] = {
        "deal_id": deal_id, "deal_name": row["deal_name"], "series": _SERIES.sub("", deal_id), "market": row["market"] or None,
        "closing_date": day(row, "closing_date"), "amount": size, "revolving": flag(row, "revolving"),
        "originator": index.names.get(originators.only), "originator_type": kind,
        "originator_is_bank": None if kind is None else kind == "商业银行",
        "provider": index.names.get(providers.only), "provider_class": class_of(index, providers),
        "provider_group": class_of(index, providers, "provider_group"),
        "provider_is_new": _is_new(providers, known_before), "structure": layers, "split": split,
    }  # fmt: skip
    cells = [cell_of("deals", row, column) for column in ("market", "closing_date", "revolving") if row[column]]
    return Line(deal_id, values, (*cells, *size_cells, *originators.cells, *providers.cells))


def _is_new(who: Role, known_before: frozenset[str] | None) -> bool | None:
    if known_before is None or not who.only:
        return None
    return who.only not in known_before


def _type(institution: Row) -> str:
    if institution["provider_class"] == _PLATFORM:
        return _PLATFORM
    return ORIGINATOR_TYPES.get(institution["kind"], OTHER_TYPE)
