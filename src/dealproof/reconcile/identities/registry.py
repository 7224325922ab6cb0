"""All identities (勾稽关系) as one list of data. Sources: the definitions of the contract's columns, double entry, and the
disclosure rules for trustee reports; each is exact but for the rounding of printed digits (docs/domain.md#identities).
"""

from __future__ import annotations

from dealproof.reconcile.identities import bounds, cash, defaults, interest, periods, pool, roll, tranches
from dealproof.reconcile.identity import Identity

IDENTITIES: tuple[Identity, ...] = (
    Identity("tranche_total", "各档规模合计等于发行总额", "tranche amounts add up to the issue", "error", tranches.total_of_tranches),
    Identity("tranche_shares", "各档占比合计为100%", "tranche shares add up to 100", "warning", tranches.shares_of_tranches),
    Identity("tranche_share", "占比等于规模除以总额", "a tranche's share is its amount in the issue", "error", tranches.share_of_tranche),
    Identity("paid_down", "期初余额减本金兑付等于期末余额", "opening less principal paid is closing", "error", tranches.paid_down),
    Identity("carried_over", "期初余额等于上期期末余额（首期为发行规模）", "a tranche opens as it closed", "error", tranches.carried_over),
    Identity("average", "均值乘以笔数（户数）等于总额", "average times number is the total", "error", pool.averages),
    Identity("order", "最小值不大于均值，均值不大于最大值", "least, mean and greatest are in order", "warning", pool.orders),
    Identity("distribution_total", "分布合计等于资产池总额（笔数）", "buckets add up to the pool", "error", pool.buckets_to_total),
    Identity("distribution_shares", "分布占比合计为100%", "bucket shares add up to 100", "error", pool.bucket_shares_to_100),
    Identity("distribution_share", "分布占比等于该组除以合计", "a bucket's share is its part of all buckets", "error", pool.bucket_share),
    Identity("status_total", "各状态合计等于总计", "statuses add up to the total", "error", periods.statuses_to_total),
    Identity("status_shares", "各状态占比合计为100%", "status shares add up to 100", "error", periods.status_shares_to_100),
    Identity("status_share", "状态占比等于该状态除以总计", "a status's share is its part of the total", "error", periods.status_share),
    Identity("status_pool", "状态总计等于期末资产池余额（笔数）", "all statuses are the pool at the end of the period", "error", periods.status_total_is_pool),
    Identity("pool_carried_over", "资产池期初余额等于上期期末余额", "the pool opens as it closed", "error", periods.opens_as_it_closed),
    Identity("pool_roll", "期末余额等于期初余额减回收本金加循环购买", "opening less collected plus purchased is closing", "warning", roll.pool_rolls),
    Identity("initial_balance", "各期披露的初始资产池余额一致", "every report states the same initial balance", "error", periods.initial_balance),
    Identity("initial_pool", "初始资产池余额等于封包日资产池余额", "the initial balance is the pool's at the cut-off date", "error", periods.initial_is_pool),
    Identity("pool_at_end", "期末资产池统计等于报告期末余额（笔数）", "pool statistics at the end of the period are the report's balance", "error", periods.pool_at_period_end),
    Identity("default_rate", "累计违约率等于累计违约金额除以其分母", "the default rate is the amount in its denominator", "error", defaults.default_rates),
    Identity("cumulative_default", "累计违约金额等于上期累计加本期新增", "cumulative defaults are those before and the new ones", "error", periods.cumulative_defaults),
    Identity("recovery", "累计回收不大于累计违约", "not more is recovered than defaulted", "warning", periods.recovered_of_defaulted),
    Identity("reprint", "后续报告重列的历史数据与当期报告一致", "a reprint says what the period's own report said", "warning", periods.reprints),
    Identity("cumulative_purchase", "累计购买金额等于上次累计加本次购买", "cumulative purchases are those before and this one", "error", periods.cumulative_purchases),
    Identity("account_total", "账户各项合计等于合计行", "the lines of an account add up to its total", "error", cash.lines_to_total),
    Identity("previous_period", "上期金额等于上期报告的本期金额", "the previous period reads as its own report printed it", "error", cash.previous_period),
    Identity("interest", "利息等于期初余额乘以票面利率乘以天数", "interest is opening balance times coupon times days", "warning", interest.interest_paid),
    Identity("bounds", "金额与数量不为负，占比不超过100%", "no amount is negative and no share above 100", "error", bounds.out_of_bounds),
)  # fmt: skip
