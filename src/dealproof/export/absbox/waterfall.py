"""Accounts, collections and `waterfall` of a deal: none is in the dataset, all follow one rule that the file names."""

from __future__ import annotations

from itertools import groupby

from dealproof.export.absbox.exact_json import Json
from dealproof.export.absbox.part import Assumed, Part, pointer
from dealproof.model.cell import Row

_ACCOUNT = "collections"
_SOURCES = ("CollectedInterest", "CollectedPrincipal", "CollectedPrepayment", "CollectedRecoveries")
_ORDER_RULE = (
    "Sequential by seniority: interest by seniority (within one seniority pro rata), then principal by seniority and order "
    "of printing, then interest and principal of the subordinated tranches; what is left goes to the last of these."
)
_KEPT_RULE = "No subordinated tranche is known: what is left stays in the account."
_ACCOUNT_RULE = "One account, empty at closing, takes all collections of interest and principal."
_STATUS_RULE = "The deal stands before its closing and amortises from then on."


def waterfall(rows: list[Row]) -> Part:
    """The parts around the bonds, for tranches in the order of payment. Which tranche stands where is cited in `bonds`."""
    above = [row for row in rows if row["seniority"] != "subordinated"]
    below = [row["tranche"] for row in rows if row["seniority"] == "subordinated"]
    steps: list[Json] = [
        ["accrueAndPayInt", _ACCOUNT, [row["tranche"] for row in members]]
        for _, members in groupby(above, key=lambda row: row["seniority"])
    ]
    steps += [["payPrin", _ACCOUNT, [row["tranche"]]] for row in above]
    for name in below:
        steps += [["accrueAndPayInt", _ACCOUNT, [name]], ["payPrin", _ACCOUNT, [name]]]
    if below:
        steps.append(["payIntResidual", _ACCOUNT, below[-1]])
    value: dict[str, Json] = {
        "accounts": {_ACCOUNT: {"balance": 0}},
        "fees": {},
        "waterfall": {"amortizing": steps},
        "collect": [[source, _ACCOUNT] for source in _SOURCES],
        "status": ["PreClosing", "Amortizing"],
    }
    assumed = (
        Assumed(pointer("waterfall"), _ORDER_RULE if below else f"{_ORDER_RULE} {_KEPT_RULE}"),
        Assumed(pointer("accounts"), _ACCOUNT_RULE),
        Assumed(pointer("status"), _STATUS_RULE),
    )
    return Part(value, {}, assumed)
