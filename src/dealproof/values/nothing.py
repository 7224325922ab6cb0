"""How documents write that there is nothing: `-`, `/`, 不适用, 无 … (docs/domain.md#nothing)."""

from __future__ import annotations

from dealproof.text import squeeze, unmarked
from dealproof.values.parsed import Nothing

_MEANINGS: dict[str, str] = {
    **dict.fromkeys(("", "-", "--", "---", "----", "/", "//", "\\", "=", "·", ":", "■", "□", "*", "**", "●"), "none"),
    **dict.fromkeys(("na", "n/a", "n.a.", "notapplicable", "不适用", "无此项", "不涉及"), "not_applicable"),
    **dict.fromkeys(("无", "none", "nil", "没有", "暂无"), "none"),
    **dict.fromkeys(
        ("未说明", "未披露", "不披露", "未提供", "待定", "notdisclosed", "[●]", "●%", "[●]%", "___%"), "not_disclosed"
    ),
    **dict.fromkeys(("无票面利率", "无固定利率", "零息式", "无评级", "未予评级", "未评级", "nr", "不予评级", "不评级", "不参与评级", "不进行评级"), "none"),
}


def parse_nothing(text: str) -> Nothing | None:
    """Return what a token for nothing means, or None when the text is not one."""
    meaning = _MEANINGS.get(squeeze(text).lower()) or _MEANINGS.get(unmarked(text).lower())
    return None if meaning is None else Nothing(text, meaning)
