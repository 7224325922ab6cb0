"""All metrics, as data. A new metric is one entry in one of these modules; nothing else has to be touched."""

from __future__ import annotations

from dealproof.metrics.catalog import coupons, issuance, performance, pools, providers, revolving, structure
from dealproof.metrics.model import Metric

METRICS: tuple[Metric, ...] = (
    *issuance.METRICS,
    *providers.METRICS,
    *coupons.METRICS,
    *structure.METRICS,
    *pools.METRICS,
    *performance.METRICS,
    *revolving.METRICS,
)
BY_ID = {metric.id: metric for metric in METRICS}
