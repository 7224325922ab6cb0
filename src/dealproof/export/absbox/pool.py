"""`pool` of a deal: one line that stands for all loans, made of the pool's statistics at the cut-off date."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from dealproof.contract.metrics import PoolMetric
from dealproof.export.absbox.cells import Cells, StatedCell
from dealproof.export.absbox.exact_json import Json
from dealproof.export.absbox.part import Assumed, Missing, Part, joined, lacking, pointer
from dealproof.model.cell import Row

_ASSETS = pointer("pool", "assets", 0)
#: Input of the line and the statistic of the whole pool that gives it.
_STATS: tuple[tuple[str, PoolMetric], ...] = (
    ("currentBalance", "principal_balance"),
    ("currentRate", "wa_rate_pct"),
    ("remainTerm", "wa_remaining_term_years"),
)
#: How loans are repaid (pool_distributions, dimension `repayment`) → asset of AbsBox and its amortisation. The engine
#: projects level and even repayment for its kind Mortgage only; that no house need be behind it does not matter to it.
_METHODS = (
    ("等额本息", "Mortgage", "Level"),
    ("等额本金", "Mortgage", "Even"),
    ("先息后本", "Loan", "I_P"),
    ("到期还本", "Loan", "I_P"),
    ("到期一次", "Loan", "I_P"),
)
_HALF = Decimal(50)
#: Classes whose assets are loans with a plan of repayment.
_LOANS = frozenset({"micro_loan", "consumer_loan", "auto_loan", "residential_mortgage", "corporate_loan"})
_LINE_RULE = (
    "The pool is a single representative line built from pool statistics: the whole principal balance as one loan with "
    "the weighted average rate and the weighted average remaining term. Its loans end one after the other, the line at once."
)
_TERM_RULE = "Weighted average remaining term in years times 12, rounded to whole months."
_NEW_RULE = "The line counts as made on the cut-off date with the balance, rate and term it has there; it pays monthly."
_STATUS_RULE = "All loans count as performing on the cut-off date."


def pool(cells: Cells, deal_id: str) -> Part:
    """The part `pool`. A revolving pool is missing: what will be bought, and at which price, is not in the dataset."""
    cutoff = cells.deal_cell(deal_id, "cutoff_date")
    about = joined((_class(cells, deal_id), _revolving(cells, deal_id)))
    if not cutoff.value:
        return Part(missing=(*about.missing, lacking(_ASSETS, cutoff, "pool statistics count as of this date")))
    stats = {name: _stat(cells, deal_id, cutoff.value, metric) for name, metric in _STATS}
    missing = [_no_stat(name, metric, deal_id, cutoff.value) for name, metric in _STATS if stats[name] is None]
    method = _method(cells, deal_id, cutoff.value)
    missing += [*method.missing, *about.missing]
    known = {name: cell for name, cell in stats.items() if cell is not None}
    months = _months(known["remainTerm"]) if "remainTerm" in known else 1
    if months < 1:
        missing.append(lacking(f"{_ASSETS}/2/remainTerm", known["remainTerm"], "less than half a month"))
    if missing:
        return Part(missing=tuple(missing))
    return _line(known, months, cutoff, method, about)


def _line(stats: dict[str, StatedCell], months: int, cutoff: StatedCell, method: Part, about: Part) -> Part:
    balance = Decimal(stats["currentBalance"].value)
    rate = Decimal(stats["currentRate"].value).scaleb(-2)
    origin: dict[str, Json] = {
        "originBalance": balance,
        "originRate": ["fix", rate],
        "originTerm": months,
        "freq": "Monthly",
        "type": method.value["type"],
        "originDate": cutoff.value,
    }
    now: dict[str, Json] = {
        "currentBalance": balance,
        "currentRate": rate,
        "remainTerm": months,
        "status": "current",
    }
    twins = (
        ("currentBalance", "originBalance"),
        ("currentRate", "originRate"),
        ("remainTerm", "originTerm"),
    )
    cited = {f"{_ASSETS}/2/{name}": (stats[name],) for name, _ in twins}
    cited |= {f"{_ASSETS}/1/{twin}": (stats[name],) for name, twin in twins}
    cited[f"{_ASSETS}/1/originDate"] = (cutoff,)
    assumed = (
        Assumed(_ASSETS, _LINE_RULE),
        Assumed(f"{_ASSETS}/1", _NEW_RULE),
        Assumed(f"{_ASSETS}/2/remainTerm", _TERM_RULE),
        Assumed(f"{_ASSETS}/2/status", _STATUS_RULE),
    )
    return Part(
        {"pool": {"assets": [[method.value["asset"], origin, now]]}},
        {**cited, **method.cited, **about.cited},
        (*assumed, *method.assumed, *about.assumed),
    )


def _stat(cells: Cells, deal_id: str, as_of: str, metric: PoolMetric) -> StatedCell | None:
    for row in cells.rows("pool_stats", deal_id):
        if (row["as_of"], row["metric"], row["scope"]) == (as_of, metric, "") and row["value"]:
            return cells.cell("pool_stats", row, "value")
    return None


def _no_stat(name: str, metric: PoolMetric, deal_id: str, as_of: str) -> Missing:
    why = f"not stated for the whole pool as of the cut-off date {as_of}"
    return Missing(f"{_ASSETS}/2/{name}", f"pool_stats.{metric}", f"{deal_id}|{as_of}|{metric}|", why)


def _months(years: StatedCell) -> int:
    return int((Decimal(years.value) * 12).quantize(Decimal(1), ROUND_HALF_UP))


def _method(cells: Cells, deal_id: str, as_of: str) -> Part:
    """The way of repayment that more than half of the balance has."""
    rows = [row for row in cells.rows("pool_distributions", deal_id) if (row["as_of"], row["dimension"]) == (as_of, "repayment")]  # fmt: skip
    place, wanted = f"{_ASSETS}/1/type", "pool_distributions.repayment"
    shared = [row for row in rows if row["amount_share_pct"]]
    if not shared:
        why = f"how the loans are repaid is not stated as of the cut-off date {as_of}"
        return Part(missing=(Missing(place, wanted, f"{deal_id}|{as_of}|repayment|", why),))
    top = max(shared, key=lambda row: Decimal(row["amount_share_pct"]))
    share = cells.cell("pool_distributions", top, "amount_share_pct")
    found = _understood(top)
    if found is None or Decimal(share.value) <= _HALF:
        why = f"{top['bucket']} has {share.value}% of the balance: no known way of repayment has more than half"
        return Part(missing=(Missing(place, wanted, share.cell.key_text, why),))
    rule = f"All loans count as repaid like {share.value}% of the balance: {top['bucket']}."
    return Part({"asset": found[0], "type": found[1]}, {place: (share,)}, (Assumed(place, rule),))


def _understood(row: Row) -> tuple[str, str] | None:
    fitting = {(asset, plan) for word, asset, plan in _METHODS if word in row["bucket"]}
    return fitting.pop() if len(fitting) == 1 else None


def _class(cells: Cells, deal_id: str) -> Part:
    found = cells.deal_cell(deal_id, "asset_class")
    if found.value in _LOANS:
        return Part(cited={f"{_ASSETS}/0": (found,)})
    why = f"a pool of {found.value} is no pool of loans that are repaid as planned" if found.value else "not stated"
    return Part(missing=(lacking(_ASSETS, found, why),))


def _revolving(cells: Cells, deal_id: str) -> Part:
    stated = cells.deal_cell(deal_id, "revolving")
    if stated.value == "true" or cells.rows("revolving_purchases", deal_id):
        why = "the pool buys further assets; which, and at what price, is not in the dataset"
        return Part(missing=(lacking(pointer("pool"), stated, why),))
    if stated.value == "false":
        return Part(cited={pointer("pool"): (stated,)})
    return Part(
        assumed=(Assumed(pointer("pool"), "The pool buys no further assets: no document at hand speaks of it."),)
    )
