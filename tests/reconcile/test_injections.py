"""Figures of the samples altered one at a time: noticed, found and mended as surely as the benchmark says."""

from __future__ import annotations

import importlib.util
import random
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def harness() -> ModuleType:
    spec = importlib.util.spec_from_file_location("injection", ROOT / "benchmarks" / "injection.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["injection"] = module
    spec.loader.exec_module(module)
    return module


def test_errors_in_cells_that_two_identities_cover_are_noticed_found_and_mended(harness: ModuleType) -> None:
    deals = harness.confirmed(ROOT / "samples")
    before = {deal: harness.check_all(figures, harness.IDENTITIES) for deal, figures in deals.items()}
    contradicted = {cell for items in before.values() for item in items if item.fails for cell in item.tie.cells}
    planted = {cell[1][:3] for cell in contradicted if cell[0] == "performance" and "禾盈2024-2" in cell[1]}
    assert {deal for deal, items in before.items() if any(item.fails for item in items)} == {"禾盈2024-2"}
    assert ("禾盈2024-2", "4", "cumulative_default_pct") in planted
    coverage = harness._coverage(before)
    cells = sorted(c for f in deals.values() for c in f.by_cell if coverage[c] > 1 and c not in contradicted)
    chance, total = random.Random(1), Counter[str]()
    while total["n"] < 500:
        cell, kind = chance.choice(cells), chance.choice(sorted(harness.KINDS))
        figures = deals[cell[1][0]]
        altered = harness.KINDS[kind](figures, cell, chance)
        if altered and any(figures.by_cell[c].value != value for c, value in altered.items()):
            total.update(harness._outcome(figures, altered, before[cell[1][0]]))
    assert total["noticed"] / total["n"] >= 0.98
    assert total["named"] / total["n"] >= 0.90
    assert total["right"] / total["n"] >= 0.80
