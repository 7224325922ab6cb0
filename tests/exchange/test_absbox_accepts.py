"""AbsBox takes the files as they stand and makes of them what its engine reads."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dealproof.export.absbox.write import write_absbox
from tests.dataset.conftest import DEAL
from tests.exchange.deals import CUTOFF, deal


@pytest.fixture
def engine_json() -> Callable[[Path], dict[str, Any]]:
    """What AbsBox would send to its engine for a file, made by its own constructors."""
    absbox = pytest.importorskip("absbox", reason="AbsBox is not installed")

    def make(path: Path) -> dict[str, Any]:
        model = absbox.mkDeal(json.loads(path.read_text(encoding="utf-8"))["deal"])
        return json.loads(json.dumps(model.json, allow_nan=False))

    return make


def test_absbox_accepts_the_file_as_it_stands(tmp_path: Path, engine_json: Callable[[Path], dict[str, Any]]) -> None:
    sent = engine_json(write_absbox(deal(), tmp_path / "absbox").written[0])
    assert sent["tag"] == "MDeal"
    model = sent["contents"]
    assert model["status"] == {"tag": "PreClosing", "contents": {"tag": "Amortizing"}}
    assert model["dates"]["contents"]["DistributionDates"] == {"tag": "DayOfMonth", "contents": 26}
    bond = model["bonds"]["优先A"]
    assert (bond["bndBalance"], bond["bndRate"], bond["bndType"]) == (800_000_000, 0.0205, {"tag": "Sequential"})
    assert bond["bndInterestInfo"] == {"tag": "Fix", "contents": [0.0205, "DC_ACT_365F"]}
    assert model["bonds"]["优先B"]["bndType"] == {"tag": "Lockout", "contents": "2032-01-26"}
    (line,) = model["pool"]["contents"]["PoolConsol"]["assets"]
    assert line["contents"][1:4] == [1000003100.55, 0.0587, 13]
    assert [step["tag"] for step in model["waterfall"]["DistributionDay Amortizing"]][-1] == "PayIntResidual"


def test_absbox_accepts_quarterly_payment_and_loans_repaid_at_their_end(
    tmp_path: Path, engine_json: Callable[[Path], dict[str, Any]]
) -> None:
    bullet = {
        ("pool_distributions", (DEAL, CUTOFF, "repayment", "先息后本"), "amount_share_pct"): Decimal("72.4"),
        ("pool_distributions", (DEAL, CUTOFF, "repayment", "等额本息"), "amount_share_pct"): Decimal("27.6"),
    }
    quarterly = {1: date(2031, 4, 26), 2: date(2031, 7, 26)}
    sent = engine_json(write_absbox(deal(bullet, quarterly), tmp_path / "absbox").written[0])
    assert sent["tag"] == "LDeal"
    months = sent["contents"]["dates"]["contents"]["DistributionDates"]["contents"]
    assert [month["contents"] for month in months] == [[1, 26], [4, 26], [7, 26], [10, 26]]
