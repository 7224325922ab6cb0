"""The words before a figure of a sentence as a label: without verb, number and the words for this deal; with what they leave out.

入池贷款共8,120笔 has the label 入池贷款笔数, 期末 after 期初资产池余额 that of 期末资产池余额.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from dealproof.interpret.context import Context
from dealproof.interpret.statements import Statement
from dealproof.interpret.told_counts import counted, other_end, whole_label
from dealproof.mappings.fields import IGNORED
from dealproof.mappings.labels import BY_PARTS, LabelRow
from dealproof.text import squeeze

#: The dots that lead from a label to its figure.
_LEADER = re.compile(r"[.·…_]{3,}$|-{4,}$")
#: What something is called, behind what it is: 占初始资产池余额的比例(即累计违约率).
_THAT_IS = re.compile(r"\((?:即|以下简称|简称|亦称)[“\"]?([^()“”]{3,16})[”\"]?\)$")
_COPULA = re.compile(r"(?:为|是|系|:|达到?|合计|共计|总计|共|(?<!平)均为)+(?:人民币)?$|人民币$")
#: What a label points back to: 上述违约资产累计回收金额.
_POINTS_BACK = re.compile(r"^(?:上述|前述|该等|该部分)(?=违约|逾期|拖欠)")
_NUMBERED = re.compile(r"^(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+[、.]|\d{1,2}[、.)]|[•●▪◆■○►▶➢])")
#: Whose own figures follow, in words that no label has: 本期证券的累计违约率.
_OWN_SUBJECT = re.compile(
    r"^(?:本(?:期|次|单|只|个)?(?:资产支持)?(?:证券|票据|信托计划|信托|专项计划|计划|产品|项目|交易)|该(?:信托|专项计划|资产池)|(?:专项计划|信托)(?=基础资产|资产池|入池|存续|剩余))(?:项下)?的?"
)
#: What a unit counts where the label only says of what: 入池贷款共8,120笔.
_COUNTED = {"笔": "笔数", "户": "户数", "份": "份数"}
#: What is counted, where it stands behind the figure: 21,233笔贷款、18,920户借款人.
_THING = re.compile(r"(?:贷款|资产|债权|借款人|债务人|(?:融资)?租赁合同|合同|应收账款(?:债权)?)?")
_COUNTED_THINGS = {"笔贷款": "贷款笔数", "笔资产": "资产笔数", "笔债权": "债权笔数", "笔租赁合同": "资产笔数", "笔融资租赁合同": "资产笔数", "份租赁合同": "资产笔数", "份融资租赁合同": "资产笔数", "笔合同": "资产笔数", "笔应收账款": "资产笔数", "笔应收账款债权": "资产笔数", "户借款人": "借款人户数", "户债务人": "借款人户数"}
_HELD = re.compile(r"^(?:共计|合计|共|总计)?(?:涉及|包含|包括|含有|含|有)(?=.)")
_HOLDS = re.compile(r"(?:共|合计)?(?:涉及|包含|包括|含有|含|有)?(?:借款人|贷款)?(?:共|合计)?$")
#: Words by which a label is the whole pool's; loans that some thing happened to; and what holds of all loans.
OF_THE_WHOLE = re.compile(r"资产池|基础资产|入池|剩余(?!期)|存续|未结清|期末|期初|[月季年]末|截至")
_OF_SOME = re.compile(r"违约|逾期|拖欠|早偿|提前(?:还款|偿还|结清)|赎回|回购|新增|处置|核销|不良|结清|不合格|置换|购买")
_OF_ALL = re.compile(r"未(?:曾|有)?(?:出现|发生)[^,;]*|(?:违约|逾期|拖欠|早偿|回收|不良|提前(?:还款|偿还))(?:比)?率|未结清|(?:循环|持续)购买(?:期|日)")
_BARE = re.compile(r"^(?:共计|合计|总计|共|对应|涉及|包括|包含|笔数|贷款笔数|资产笔数|户数|$)")
_TIMES = frozenset(("opening", "closing", "asof", "current", "collection", "cutoff", "dated"))
#: What only the pool can have; a balance of 本专项计划 is that of its securities.
OF_THE_POOL = re.compile(r"违约|逾期|拖欠|早偿|资产池|基础资产|入池|贷款|租赁合同|应收账款")


def group_of(ctx: Context) -> str:
    """The table that figures of sentences belong to: of a report its period's, of any other document its pool's."""
    return "performance" if ctx.profile.kind_record.is_periodic else "pool_stats"


def row_of(ctx: Context, label: str) -> LabelRow | None:
    """What a label means in a report about its period, in any other document about its pool."""
    row = ctx.labels.find(group_of(ctx), label) if label else None
    return row if row is not None and (row.field == IGNORED or row.match in ("exact", BY_PARTS)) else None


def understood(
    ctx: Context, each: Statement, whole: str, before: LabelRow | None, with_time: Callable[[str, Statement], str]
) -> tuple[Statement, str, LabelRow | None]:
    """A statement with its label and what that means, None if nothing. `whole` and `before` are the label and the meaning of the
    statement before it in its sentence; `with_time` gives a label the day of which the sentence speaks."""
    label = bare(each.label)
    row = row_of(ctx, label)
    if row is None and not ctx.profile.kind_record.is_periodic:
        each, label = counted(each, label)
        row = row_of(ctx, label) or row_of(ctx, whole_label(label)) or other_end(label, before)
    if row is None and (noun := _COUNTED.get(each.figure[-1:])):
        label = _HELD.sub("", _HOLDS.sub("", label)) + noun
        row = row_of(ctx, label)
    if row is None and (thing := _COUNTED_THINGS.get(each.figure[-1:] + _thing(each.behind))):
        label, row = thing, row_of(ctx, thing)
    if row is None and whole and (fuller := _with_object(ctx, label, whole)):
        label, row = fuller, row_of(ctx, fuller)
    if row is None and (fuller := with_time(label, each)):
        label, row = fuller, row_of(ctx, fuller)
    return each, label, row


def _with_object(ctx: Context, label: str, whole: str) -> str:
    """A label that only names a day, with what the label before it speaks of: 期末 after 期初资产池余额."""
    cut, other = ctx.labels.parts.cut(label), ctx.labels.parts.cut(whole)
    if cut.unknown or not cut.words or not all(_is_time(word.parts) for word in cut.words) or other.unknown:
        return ""
    return label + "".join(word.text for word in other.words if not _is_time(word.parts))


def bare(label: str) -> str:
    """A label without the verb behind it, the number before it and the words for this deal."""
    text = _LEADER.sub("", _NUMBERED.sub("", squeeze(label)))
    while (shorter := _COPULA.sub("", text)) != text:
        text = shorter
    if same := _THAT_IS.search(text):
        text = same.group(1)
    text = _POINTS_BACK.sub("", text)
    shorter = _OWN_SUBJECT.sub("", text)
    return shorter if OF_THE_POOL.search(shorter) else text


def follows_a_part(each: Statement, part_before: bool) -> bool:
    """Whether a label that does not say itself that it is the whole pool's stands behind words for some of the loans (累计违约金额
    100万元,共计12笔); `part_before` says that of the part of the sentence before a semicolon, to which a bare count belongs."""
    if OF_THE_WHOLE.search(each.label):
        return False
    return any(speaks_of_a_part(clause) for clause in each.lead) or (part_before and not each.lead and each.figure[-1:] in "笔户" and _BARE.match(each.label) is not None)


def speaks_of_a_part(clause: str) -> bool:
    """Whether a clause speaks of loans that some thing happened to; a rate of the pool does not."""
    return _OF_SOME.search(_OF_ALL.sub("", clause)) is not None


def _thing(behind: str) -> str:
    found = _THING.match(behind)
    return found.group() if found else ""


def _is_time(parts: frozenset[str]) -> bool:
    return all(part.startswith("filler:") or (part.startswith("period:") and part.partition(":")[2] in _TIMES) for part in parts)
