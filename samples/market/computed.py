"""Where each published figure stands among the results of `dealproof report`: `metrics.csv` in, one value a figure out.

Nothing but that file is looked at, so that a figure can only come from the documents and the reference file.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from statistics import median

YEAR = 2025
MARKETS = {"abn": "abn", "exchange": "exchange_abs", "credit": "credit_abs"}
CLASSES = {
    "M16_private_bank": "民营银行",
    "M17_platform": "互联网平台",
    "M18_bank": "商业银行",
    "M19_guarantee": "融资担保公司",
}
PROVIDERS = {"M20_mybank": "网商银行", "M21_pingan": "平安普惠担保", "M22_meituan": "美团三快"}
TRUSTS = {
    "M11_first_trust_share": "外贸信托",
    "M11_second_trust_share": "华鑫信托",
    "M11_third_trust_share": "华能信托",
}
#: The new providers by the brand or name that the review prints: 蚂蚁, 腾讯, 滴滴 and 字节 lend through these companies.
NEW = {"恒丰银行", "渤海银行", "杭州联合农商行", "蚂蚁商诚", "财付通小贷", "西岸小贷", "中融小贷", "厦门恒鑫小贷"}
RATINGS = {
    "M26_aaa": "AAAsf", "M26_aa_plus": "AA+sf", "M27_aa_minus": "AA-sf", "M27_a_plus": "A+sf", "M27_a": "Asf", "M27_a_minus": "A-sf",
    "M27_bbb_plus": "BBB+sf", "M27_bbb": "BBBsf",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One row of `metrics.csv`."""

    metric: str
    year: int
    group: Mapping[str, str]
    cells: Mapping[str, str]


Rows = Sequence[Row]
Take = Callable[[Rows], Decimal | None]


def read(file: Path) -> tuple[Row, ...]:
    """The rows of a `metrics.csv`."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return tuple(Row(row["metric"], int(row["year"]), _group(row["group"]), row) for row in csv.DictReader(stream))


def _group(text: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in text.split("; ") if part)
    return {column: value for column, _, value in pairs}


def take(metric: str, column: str = "value", year: int = YEAR, **group: str) -> Take:
    """The value of one result: its figure in full, its share in percent, or its change."""

    def found(rows: Rows) -> Decimal | None:
        for row in rows:
            if (
                row.metric == metric
                and row.year == year
                and all(row.group.get(name) == value for name, value in group.items())
            ):
                return Decimal(row.cells[column]) if row.cells[column] else None
        return None

    return found


def none_or(wanted: Take) -> Take:
    """A count that is zero where no result stands: nothing was counted in that group."""
    return lambda rows: wanted(rows) or Decimal(0)


def _median_rate(rows: Rows) -> Decimal | None:
    """The median of the sample's rates: most of them are below a bound where it is."""
    rates = [Decimal(row.cells["value"]) for row in rows if row.metric == "defaults.points" and row.year == YEAR]
    return median(rates) if rates else None


def _more_old_deals(rows: Rows) -> Decimal | None:
    """How many more deals of the sample are older than 1.5 years than a year before."""
    now, before = (take("defaults.older_than_18_months", year=year)(rows) for year in (YEAR, YEAR - 1))
    return None if now is None or before is None else now - before


def _named_as_new(rows: Rows) -> Decimal:
    """How many of the new providers are among those that the review names."""
    found = {row.group["provider"] for row in rows if row.metric == "providers.new" and row.year == YEAR}
    return Decimal(len(found & NEW))


def _of_extreme(column: str, highest: bool) -> Take:
    """A property of the deal with the highest or lowest multiple."""

    def found(rows: Rows) -> Decimal | None:
        points = [row for row in rows if row.metric == "multiples.points" and row.year == YEAR]
        ordered = sorted(points, key=lambda row: Decimal(row.cells["value"]))
        return Decimal(ordered[-1 if highest else 0].group[column]) if ordered else None

    return found


def _by_class(prefix: str, name: str) -> dict[str, Take]:
    return {
        f"{prefix}_deals": take("providers.count_by_class", provider_class=name),
        f"{prefix}_amount": take("providers.amount_by_class", provider_class=name),
        f"{prefix}_amount_yoy": take("providers.amount_by_class", "change", provider_class=name),
        f"{prefix}_share": take("providers.amount_by_class", "share_pct", provider_class=name),
    }


def _by_provider(prefix: str, name: str) -> dict[str, Take]:
    return {
        f"{prefix}_deals": take("providers.count_by_provider", provider=name),
        f"{prefix}_amount": take("providers.amount_by_provider", provider=name),
        f"{prefix}_amount_yoy": take("providers.amount_by_provider", "change", provider=name),
    }


def _by_market(number: str, name: str) -> dict[str, Take]:
    market = MARKETS[name]
    return {
        f"{number}_{name}_deals": take("issuance.count_by_market", market=market),
        f"{number}_{name}_amount": take("issuance.amount_by_market", market=market),
        f"{number}_{name}_deals_yoy": take("issuance.count_by_market", "change", market=market),
        f"{number}_{name}_amount_yoy": take("issuance.amount_by_market", "change", market=market),
    }


COMPUTED: dict[str, Take] = {
    "M01_deals": take("issuance.count"),
    "M02_deals_yoy": take("issuance.count", "change"),
    "M03_amount": take("issuance.amount"),
    "M04_amount_yoy": take("issuance.amount", "change"),
    "M05_share_of_all_abs": take("issuance.amount", "share_pct"),
    **_by_market("M06", "abn"),
    **_by_market("M07", "exchange"),
    **_by_market("M08", "credit"),
    "M09_originators": take("originators.number"),
    "M10_trust_deals": take("originators.count_by_type", originator_type="信托公司"),
    "M10_trust_amount": take("originators.amount_by_type", originator_type="信托公司"),
    "M10_trust_deals_share": take("originators.count_by_type", "share_pct", originator_type="信托公司"),
    "M10_trust_amount_share": take("originators.amount_by_type", "share_pct", originator_type="信托公司"),
    **{id_: take("originators.amount_by_trust", "share_pct", originator=name) for id_, name in TRUSTS.items()},
    "M12_bank_deals": take("originators.count_by_type", originator_type="商业银行"),
    "M12_bank_deals_share": take("originators.count_by_type", "share_pct", originator_type="商业银行"),
    "M12_bank_amount": take("originators.amount_by_type", originator_type="商业银行"),
    "M12_bank_amount_share": take("originators.amount_by_type", "share_pct", originator_type="商业银行"),
    "M13_jianpu_share": take("originators.amount_by_bank_series", "share_pct", series="飞驰建普"),
    "M14_bank_average": take("issuance.average_size", originator_is_bank="true"),
    "M14_other_average": take("issuance.average_size", originator_is_bank="false"),
    "M15_classes": take("providers.classes"),
    **{id_: found for prefix, name in CLASSES.items() for id_, found in _by_class(prefix, name).items()},
    **{id_: found for prefix, name in PROVIDERS.items() for id_, found in _by_provider(prefix, name).items()},
    "M23_new_providers": take("providers.new_number"),
    "M23_named_providers": _named_as_new,
    **{f"M24_{name}_coupon": take("coupons.aaa_within_18_months", market=market) for name, market in MARKETS.items()},
    "M25_tranches": take("structure.securities"),
    "M25_rated": take("ratings.count"),
    "M25_rated_amount": take("ratings.amount"),
    **{id_: take("ratings.count_by_rating", rating=rating) for id_, rating in RATINGS.items()},
    "M26_aaa_amount": take("ratings.amount_by_rating", rating="AAAsf"),
    "M26_aaa_share": take("ratings.amount_by_rating", "share_pct", rating="AAAsf"),
    "M26_aa_plus_amount": take("ratings.amount_by_rating", rating="AA+sf"),
    "M26_aa_plus_share": take("ratings.amount_by_rating", "share_pct", rating="AA+sf"),
    "M28_balance_sample": take("pools.balance_sample"),
    "M28_term_sample": take("pools.term_sample"),
    "M28_rate_sample": take("pools.rate_sample"),
    "M29_longest_term": take("pools.longest_term"),
    "M30_lowest_rate": take("pools.lowest_rate", market="credit_abs"),
    "M31_stock": take("outstanding.amount"),
    "M31_stock_share": take("outstanding.amount", "share_pct"),
    "M31_stock_yoy": take("outstanding.amount", "change"),
    "M32_public_sample": take("defaults.sample", placement="public"),
    "M32_private_sample": take("defaults.sample", placement="private"),
    "M33_least": take("defaults.lowest"),
    "M33_greatest": take("defaults.highest"),
    "M33_most_below": _median_rate,
    "M33_mean": take("defaults.mean"),
    "M33_mean_change": take("defaults.mean", "change"),
    "M34_old": _more_old_deals,
    "M35_revolving": take("revolving.count"),
    "M35_revolving_share": take("revolving.count", "share_pct"),
    "M36_revolving_main": take("revolving.trusts_and_platforms"),
    "M36_revolving_main_share": take("revolving.trusts_and_platforms", "share_pct"),
    "M37_public_sample": take("multiples.sample", market="credit_abs"),
    "M37_private_sample": take("multiples.sample", market="exchange_abs"),
    "M38_mean": take("multiples.mean"),
    "M38_platform_mean": take("multiples.mean_by_group", provider_group="平台"),
    "M38_bank_mean": take("multiples.mean_by_group", provider_group="银行"),
    "M39_greatest": take("multiples.highest"),
    "M39_greatest_rounds": _of_extreme("rounds", highest=True),
    "M39_least": take("multiples.lowest"),
    "M39_least_months": _of_extreme("purchase_months", highest=False),
    "M40_abn_share": take("issuance.amount_by_market", "share_pct", market="abn"),
    "M40_abn_amount_yoy": take("issuance.amount_by_market", "change", market="abn"),
    "M40_private_bank_of_abn": take("providers.amount_by_market_and_class", "share_pct", market="abn", provider_class="民营银行"),
    "M40_exchange_share": take("issuance.amount_by_market", "share_pct", market="exchange_abs"),
    "M40_exchange_amount_yoy": take("issuance.amount_by_market", "change", market="exchange_abs"),
    "M41_downgrades": none_or(take("ratings.actions", direction="downgrade")),
    "M41_upgrades": none_or(take("ratings.actions", direction="upgrade")),
}  # fmt: skip
