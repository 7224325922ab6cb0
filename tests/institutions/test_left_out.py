"""An index from which one institution is taken is the index of the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dealproof.institutions.index import Dated, Index, build_index
from dealproof.mappings.institutions import Institution
from dealproof.mappings.load import load_registry
from tests.institutions.left_out import WholeList, place_of, tables_of

SHIPPED = load_registry(Path(__file__).parents[2] / "mappings").institutions


def _made(names: list[str]) -> list[Institution]:
    return [Institution(f"N{number}", name) for number, name in enumerate(names)]


def _moved(table: Mapping[Any, Any], gone: int) -> dict[Any, Any]:
    """The look-up with every place after `gone` one lower, as in a list that never had it; without empty sizes."""
    if all(isinstance(value, int) for value in table.values()):
        return {key: value for key, value in table.items() if value}
    return {key: tuple(_lower(value, gone) for value in values) for key, values in table.items()}


def _lower(value: Any, gone: int) -> Any:
    place = place_of(value) - (place_of(value) > gone)
    if isinstance(value, Dated):
        return replace(value, entity=place)
    return (value[0], place) if isinstance(value, tuple) else place


def _is_made_anew(items: list[Institution], whole: Index, gone: int) -> None:
    masked, anew = WholeList(whole).without(gone), build_index(items[:gone] + items[gone + 1 :])
    for name, table in tables_of(masked).items():
        assert _moved(table, gone) == _moved(tables_of(anew)[name], len(items)), name
    assert masked.bigrams == anew.bigrams


@pytest.mark.parametrize("name", ["中国银行股份有限公司", "重庆富民银行股份有限公司", "联合资信评估股份有限公司"])
def test_an_index_without_one_institution_is_that_of_the_others(name: str) -> None:
    items = list(SHIPPED)
    _is_made_anew(items, build_index(items), next(i for i, item in enumerate(items) if item.legal_name == name))


def test_a_short_form_that_was_anothers_full_one_becomes_free_with_it() -> None:
    items = _made(["泰隆银行股份有限公司", "浙江泰隆银行股份有限公司", "东海银行股份有限公司"])
    whole = build_index(items)
    assert ("bank", "泰隆") not in whole.shrunk
    assert WholeList(whole).without(0).shrunk["bank", "泰隆"] == (1,)
    _is_made_anew(items, whole, 0)


def test_a_register_that_is_whole_no_more_wants_an_index_made_anew() -> None:
    items = _made([f"{chr(0x4E00 + i)}{chr(0x6E00 + i)}消费金融有限公司" for i in range(31)])
    with pytest.raises(ValueError, match="register"):
        WholeList(build_index(items)).without(3)
