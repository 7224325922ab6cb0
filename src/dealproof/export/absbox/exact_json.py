"""JSON whose decimals are written digit by digit; the standard library would make binary floats of them."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TypeAlias

from dealproof.dataset.format_values import write_decimal

#: What stands in the JSON; figures are Decimal or int, never float.
Json: TypeAlias = "bool | int | Decimal | str | list[Json] | dict[str, Json] | None"

_STEP = "  "


def as_json(value: Json, indent: str = "") -> str:
    """JSON for people to read: one entry a line, but lists of plain values on one."""
    deeper = indent + _STEP
    if isinstance(value, Decimal):
        return write_decimal(value, keep_zeros=True)
    if isinstance(value, dict) and value:
        items = [
            f"{deeper}{json.dumps(key, ensure_ascii=False)}: {as_json(item, deeper)}" for key, item in value.items()
        ]
        return "{\n" + ",\n".join(items) + f"\n{indent}}}"
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return "[\n" + ",\n".join(deeper + as_json(item, deeper) for item in value) + f"\n{indent}]"
    if isinstance(value, list):
        return "[" + ", ".join(as_json(item, deeper) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)
