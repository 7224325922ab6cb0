"""The published figures computed straight from the plan, independently of how it was solved and of the reader.

Every function gives values under the ids of `published.csv`; percent and 亿元 are unrounded. Here stands what was issued;
`ledger_life` has what became of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from samples.market.cells import PROVIDERS_ONLY_BEFORE
from samples.market.ledger_life import default_rates, revolving, stock, tracking
from samples.market.model import Deal, Market
from samples.market.plan import provider_classes
from samples.market.reference import ISSUED
from samples.market.tally import Figures, amount, change, mean, share

_MARKETS = {"abn": ("M06", "abn"), "exchange": ("M07", "exchange_abs"), "credit": ("M08", "credit_abs")}
_CLASSES = {
    "M16_private_bank": "民营银行", "M17_platform": "互联网平台", "M18_bank": "商业银行", "M19_guarantee": "融资担保公司",
}  # fmt: skip
#: 恒丰银行, 渤海银行, 杭州联合农商行, 蚂蚁, 腾讯, 滴滴, 字节, 厦门恒鑫小贷.
_NAMED = {"I018", "I019", "I039", "I070", "I073", "I076", "I077", "I087"}
_PROVIDERS = {"M20_mybank": "I048", "M21_pingan": "I089", "M22_meituan": "I075"}
_LOW = {"aa_minus": "AA-sf", "a_plus": "A+sf", "a": "Asf", "a_minus": "A-sf", "bbb_plus": "BBB+sf", "bbb": "BBBsf"}


def ledger(market: Market) -> Figures:
    """All figures of a plan by id."""
    now = [deal for deal in market.deals if deal.year == 2025]
    before = [deal for deal in market.deals if deal.year == 2024]
    classes = provider_classes()
    return {
        **_issued(now, before),
        **_originators(now),
        **_providers(now, market.deals, before, classes),
        **_securities(now),
        **_pools(now),
        **stock(market),
        **default_rates(market),
        **revolving(market, now, classes),
        **tracking(market),
    }


def _issued(now: Sequence[Deal], before: Sequence[Deal]) -> Figures:
    found = {
        "M01_deals": Decimal(len(now)),
        "M02_deals_yoy": change(len(now), len(before)),
        "M03_amount": amount(now),
        "M04_amount_yoy": change(amount(now), amount(before)),
        "M05_share_of_all_abs": share(amount(now), ISSUED[2025]),
    }
    for name, (ref, market) in _MARKETS.items():
        new, old = ([deal for deal in deals if deal.market == market] for deals in (now, before))
        found[f"{ref}_{name}_deals"] = Decimal(len(new))
        found[f"{ref}_{name}_amount"] = amount(new)
        found[f"{ref}_{name}_deals_yoy"] = change(len(new), len(old))
        found[f"{ref}_{name}_amount_yoy"] = change(amount(new), amount(old))
        found[f"M40_{name}_share"] = share(amount(new), amount(now))
        found[f"M40_{name}_amount_yoy"] = found[f"{ref}_{name}_amount_yoy"]
    return found


def _originators(now: Sequence[Deal]) -> Figures:
    trusts = [deal for deal in now if deal.origin == "trust"]
    banks = [deal for deal in now if deal.origin == "bank"]
    others = [deal for deal in now if deal.origin != "bank"]
    sizes = Counter[str]()
    for deal in trusts:
        sizes[deal.originator] += deal.units
    largest = [share(units, sum(deal.units for deal in now)) for _, units in sizes.most_common(3)]
    return {
        "M09_originators": Decimal(len({deal.originator for deal in now})),
        "M10_trust_deals": Decimal(len(trusts)),
        "M10_trust_amount": amount(trusts),
        "M10_trust_deals_share": share(len(trusts), len(now)),
        "M10_trust_amount_share": share(amount(trusts), amount(now)),
        **dict(zip(("M11_first_trust_share", "M11_second_trust_share", "M11_third_trust_share"), largest, strict=True)),
        "M12_bank_deals": Decimal(len(banks)),
        "M12_bank_deals_share": share(len(banks), len(now)),
        "M12_bank_amount": amount(banks),
        "M12_bank_amount_share": share(amount(banks), amount(now)),
        "M13_jianpu_share": share(amount(deal for deal in now if deal.series == "飞驰建普"), amount(now)),
        "M14_bank_average": amount(banks) / len(banks),
        "M14_other_average": amount(others) / len(others),
    }


def _providers(now: Sequence[Deal], all_: Sequence[Deal], before: Sequence[Deal], classes: dict[str, str]) -> Figures:
    found = {"M15_classes": Decimal(len({classes[deal.provider] for deal in now}))}
    for ref, name in (_CLASSES | _PROVIDERS).items():
        new, old = (
            [deal for deal in deals if name in (deal.provider, classes[deal.provider])] for deals in (now, before)
        )
        found[f"{ref}_deals"] = Decimal(len(new))
        found[f"{ref}_amount"] = amount(new)
        found[f"{ref}_amount_yoy"] = change(amount(new), amount(old))
        found[f"{ref}_share"] = share(amount(new), amount(now))
    earlier = {deal.provider for deal in all_ if deal.year < 2025} | set(PROVIDERS_ONLY_BEFORE)
    new_providers = {deal.provider for deal in now} - earlier
    found["M23_new_providers"] = Decimal(len(new_providers))
    found["M23_named_providers"] = Decimal(len(new_providers & _NAMED))
    abn = [deal for deal in now if deal.market == "abn"]
    private = [deal for deal in abn if classes[deal.provider] == "民营银行"]
    found["M40_private_bank_of_abn"] = share(amount(private), amount(abn))
    return found


def _securities(now: Sequence[Deal]) -> Figures:
    pairs = [(deal, tranche) for deal in now for tranche in deal.tranches]
    rated = [tranche for _, tranche in pairs if tranche.rating]
    found = {
        "M25_tranches": Decimal(len(pairs)),
        "M25_rated": Decimal(len(rated)),
        "M25_rated_amount": amount(rated),
    }
    for ref, grade in (("M26_aaa", "AAAsf"), ("M26_aa_plus", "AA+sf")):
        graded = [tranche for tranche in rated if tranche.rating == grade]
        found |= {ref: Decimal(len(graded)), f"{ref}_amount": amount(graded)}
        found[f"{ref}_share"] = share(amount(graded), amount(rated))
    for name, grade in _LOW.items():
        found[f"M27_{name}"] = Decimal(sum(1 for tranche in rated if tranche.rating == grade))
    for name, (_, market) in _MARKETS.items():
        coupons = [
            tranche.coupon
            for deal, tranche in pairs
            if deal.market == market and tranche.rating == "AAAsf" and tranche.coupon is not None
            and (tranche.expected - deal.closing).days <= 365 * 1.5
        ]  # fmt: skip
        found[f"M24_{name}_coupon"] = mean(coupons)
    return found


def _pools(now: Sequence[Deal]) -> Figures:
    pools = [(deal, deal.pool) for deal in now if deal.pool is not None]
    rates = [pool.rate for deal, pool in pools if deal.market == "credit_abs" and pool.rate is not None]
    return {
        "M28_balance_sample": Decimal(len(pools)),
        "M28_term_sample": Decimal(len(pools)),
        "M28_rate_sample": Decimal(sum(1 for _, pool in pools if pool.rate is not None)),
        "M29_longest_term": max(pool.contract_months for _, pool in pools) / 12,
        "M30_lowest_rate": min(rates),
    }
