"""Why a figure in a sentence is none that happened: a limit, a condition, a definition, a forecast, in any words."""

from __future__ import annotations

import re

from dealproof.model.ledger import Rule

#: Words right before a figure, and right behind it, that make it a limit.
_LIMIT_BEFORE = re.compile(
    r"(?:不(?:低于|少于|超过|高于|大于|小于|足|得|多于)|超(?:过|出)|低于|高于|大于|小于|少于|至少|至多|最[低高多少](?:为|不)?|上限|下限|达到?或超过|(?:门槛|阈|触发|目标|标准)值?|[<>≤≥＜＞])[^。，]{0,14}$"
)
_LIMIT_BEHIND = re.compile(r"^[^。，;；]{0,6}?(?:以[上下内外]|及以[上下]|或以[上下])")
_CONDITION = re.compile(r"如果|倘若|假如|若|(?<![例比])如(?!下|上|图|表)|一旦|(?<![对相适供反响效])应当?(?!收|付|计|还)|须|不得|的情况下|之前|前提|有权|为限|按照?.{0,12}(?:计算|计提|收取|支付)|违约金(?!额)|罚")
_FORECAST = re.compile(r"预计|预期|预测|测算|估[计算]|假设|假定|情景|情形下|压力|模拟|目标|(?<!专项)(?<!信托)(?<!支持)计划于|拟")
#: A remark right behind a figure: 2.10%(预计).
_FORESEEN = re.compile(r"^[^。;,]{0,4}?[(（]?(?:预计|预测|测算|估计|目标)")
_DEFINITION = re.compile(r"系指|是指|[”\"]指|定义为|[:：]指")


#: A sentence that corrects another, and what it puts in that one's place.
_CORRECTS = re.compile(
    r"(?:更正|勘误|订正)(?!后)|(?:修正|修改|修订|变更|调整)(?:之)?(?:为|前)|有误|错误|误(?:写|披露|列|为|登|报)|应为|原(?:披露|报告(?!期)|公告|文|为|列示|方案|[一-龥]{2}方案|表述)"
)
_IN_ITS_PLACE = re.compile(r"(?:更正|修正|修改|修订|订正)为[:：]?[“\"](?P<new>[^“”\"]+)[”\"]")


def what_holds(sentence: str) -> tuple[int, int]:
    """Where the words of a sentence stand that hold: all of them, of a correction those that it puts in the place of others, and
    none (0, 0) where it does not quote these."""
    if not _CORRECTS.search(sentence):
        return 0, len(sentence)
    found = _IN_ITS_PLACE.findall(sentence)
    match = _IN_ITS_PLACE.search(sentence)
    return match.span("new") if match and len(found) == 1 else (0, 0)


#: How a figure's own clause goes on that says what would follow: 达到5.00%时.
_WOULD_BE = re.compile(r"^[^。;,]{0,10}?(?:时|的情况下|的情形|的,|后,)|^[^。;]{0,4}?(?:将|则|即)?(?<![未没无不有曾])(?:触发|视为|构成)")


def not_stated(before: str, behind: str) -> Rule | None:
    """The rule by which a figure is left that its sentence does not state as a fact; `before` are the squeezed words of the
    sentence up to it, `behind` those that follow the figure."""
    if _LIMIT_BEFORE.search(before) or _LIMIT_BEHIND.search(behind):
        return "condition"
    return supposed(before, behind)


def supposed(before: str, behind: str) -> Rule | None:
    """The rule by which a figure is left that is only supposed, asked for or foreseen, whatever its own label is."""
    if _CONDITION.search(before) or _WOULD_BE.search(behind):
        return "condition"
    if _DEFINITION.search(before):
        return "definition"
    return "forecast" if _FORECAST.search(before) or _FORESEEN.search(behind) else None
