"""Outstanding balances (存续规模) and cumulative default rates (累计违约率) at the end of the year.

The sample of default rates: deals outstanding at the year's end that disclose a 90+ rate, public ones (信贷ABS) all, private
ones where a rating agency tracked them in the year. Rates whose denominators differ are not averaged together.
"""

from __future__ import annotations

from dealproof.metrics.model import Metric, Share, Where, Words

_OUTSTANDING = Words(
    "年末存续产品各档证券未偿本金之和：年末前最后一期报告的期末余额；首个兑付日在年末之后的按发行金额；各档预期到期日均已过而无后续报告的视为已兑付；缺年末前最后一期报告的不计入",
    "closing balances of all tranches by the last report due by the year's end; the issue amount where the first payment is later; repaid past all expected maturities; left out without that report",
)
_SAMPLE = Words(
    "年末存续且披露 90+ 累计违约率的信贷 ABS，以及当年有跟踪评级报告的私募产品；各产品简单平均；分母口径不同的不合并；存续期自设立日至违约率所属期间末",
    "credit ABS outstanding at the year's end with a 90+ rate, and private deals with a tracking report of the year; simple mean; unlike denominators apart; age from set-up to the end of the rate's period",
)
METRICS = (
    Metric(
        "outstanding.amount", Words("存续规模", "Outstanding amount"), _OUTSTANDING, "balances", "sum", "yi_yuan", 2, "balance",
        share=Share(Words("资产支持证券存量规模", "outstanding amount of all asset-backed securities"), series="stock"),
        where=(Where("balance", "more than", "0"),), change="percent", needs=("balance",), history="stock", back=5,
    ),
    Metric(
        "outstanding.deals", Words("存续单数", "Deals outstanding"), _OUTSTANDING, "balances", "count", "deals",
        where=(Where("balance", "more than", "0"),), needs=("balance",),
    ),
    Metric(
        "defaults.sample", Words("累计违约率样本单数", "Deals in the sample of default rates"), _SAMPLE, "defaults", "count", "deals",
        by=("placement",), needs=("rate_pct", "basis"), sample=True, back=1,
    ),
    Metric(
        "defaults.mean", Words("90+ 累计违约率平均值", "Mean 90+ cumulative default rate"), _SAMPLE, "defaults", "mean", "percent", 2, "rate_pct",
        change="points", needs=("rate_pct", "basis"), same=("basis",), sample=True, back=1,
    ),
    Metric(
        "defaults.lowest", Words("90+ 累计违约率最低值", "Lowest 90+ cumulative default rate"), _SAMPLE, "defaults", "minimum", "percent", 2, "rate_pct",
        needs=("rate_pct", "basis"), same=("basis",), sample=True,
    ),
    Metric(
        "defaults.highest", Words("90+ 累计违约率最高值", "Highest 90+ cumulative default rate"), _SAMPLE, "defaults", "maximum", "percent", 2, "rate_pct",
        needs=("rate_pct", "basis"), same=("basis",), sample=True,
    ),
    Metric(
        "defaults.below_150", Words("90+ 累计违约率低于 1.50% 的单数", "Deals with a 90+ rate below 1.50 %"), _SAMPLE, "defaults", "count", "deals",
        where=(Where("rate_pct", "less than", "1.50"),), share=Share(Words("样本", "the sample")), needs=("rate_pct", "basis"),
        same=("basis",), sample=True,
    ),
    Metric(
        "defaults.older_than_18_months", Words("存续期超过 1.5 年的样本单数", "Deals of the sample older than 1.5 years"), _SAMPLE, "defaults", "count",
        "deals", where=(Where("age_months", "more than", "18"),), share=Share(Words("样本", "the sample")),
        needs=("rate_pct", "basis", "age_months"), sample=True, back=1,
    ),
    Metric(
        "defaults.points", Words("各产品 90+ 累计违约率", "90+ cumulative default rate of each deal"), _SAMPLE, "defaults", "mean", "percent", 2, "rate_pct",
        by=("age_months", "provider_group", "placement", "basis", "deal_id"), needs=("rate_pct", "basis", "age_months", "provider_group"),
        sample=True, back=1,
    ),
    Metric(
        "defaults.mean_by_group", Words("90+ 累计违约率平均值（资产提供方）", "Mean 90+ cumulative default rate by group of provider"),
        Words(f"{_SAMPLE.zh}；民营银行计入银行", f"{_SAMPLE.en}; private banks count as banks"), "defaults", "mean", "percent", 2, "rate_pct",
        by=("provider_group",), needs=("rate_pct", "basis", "provider_group"), same=("basis",), sample=True, back=1,
    ),
)  # fmt: skip
