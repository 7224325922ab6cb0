"""Fields that a document speaks of with a figure that nothing was read from: they may be stated there after all.

A field that is neither read nor spoken of is not disclosed by a document that was read whole; one that is spoken of must be
asked. So the words here are wider than any label file: a wording that no label row knows must still give itself away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dealproof.interpret.contents_page import LEADER, leads_to_figures
from dealproof.model.evidence import Box, Fact
from dealproof.model.extract import Extract
from dealproof.model.interpretation import Mention
from dealproof.model.page import Line, PageText
from dealproof.model.table import Cell, Table
from dealproof.text import squeeze

_PERCENT = r"\d(?:[\d.]*)(?:%|‰|bps?\b|个?基点)|百分之|千分之"
_MONEY = r"\d[\d,.]*(?:元|万|亿)|(?:\d{1,3}(?:,\d{3})+|\d{4,})(?:\.\d+)?"
_COUNTED = rf"\d[\d,.]*(?:笔|户|人|天|月|年|期)|{_MONEY}|{_PERCENT}"
_DAY = r"(?:19|20)\d\d[年/.-]\d{1,2}(?:[月/.-]\d{1,2})?|二[零〇○]\S{2}年|(?:19|20)\d{6}(?!\d)|(?:january|february|march|april|may|june|july|august|september|october|november|december)\d"
_GRADE = r"(?<![a-z])(?:aaa|aa|a|bbb|bb|b)(?:sf|spc)?[+-]?(?![a-z])|a-1"
_HAPPENED = r"[未已没无](?:有)?(?:发生|触发|出现)|:(?:是|否)|不适用"
#: In the cells of a table the unit may stand elsewhere: a number that can be a share, a number at all.
_SHARE_CELL = r"(?<![\d,./-])\d{1,3}(?:\.\d+)?(?![\d,/-])|百分之"
_NUMBER_CELL = r"\d"


@dataclass(frozen=True, slots=True)
class _Words:
    """What gives a field away: its words, a figure that follows them in text, and one beside or under them in a table."""

    label: re.Pattern[str]
    in_text: re.Pattern[str]
    in_cell: re.Pattern[str]


def _words(label: str, in_text: str, in_cell: str = "") -> _Words:
    return _Words(re.compile(label), re.compile(in_text), re.compile(in_cell or in_text))


def _share(label: str) -> _Words:
    return _words(label, _PERCENT, rf"{_PERCENT}|{_SHARE_CELL}")


_FIELDS: dict[str, _Words] = {
    "deals.cutoff_date": _words(r"起算日|封包日|基准日|截止日|cut-?offdate", _DAY),
    "deals.closing_date": _words(r"(?:设立|成立|生效|交割)日|closingdate|issu(?:e|ance)date", _DAY),
    "deals.first_payment_date": _words(r"(?:首个?|第一个?|首次)(?:支付|兑付|付息|分配)日|firstpaymentdate", _DAY),
    "deals.legal_maturity": _words(r"法定\S{0,4}到期|到期日|(?:legal|final)\S{0,6}maturity", _DAY),
    "deals.total_amount": _words(
        r"(?:发行|募集|证券|票据)\S{0,4}(?:金额|总额)|规模|总额|合计|总计|(?:issue|offering)(?:amount|size)", _MONEY
    ),
    "tranches.amount": _words(r"规模|金额|总额|面值|本金|amount|principal", _MONEY),
    "tranches.coupon_pct": _share(
        r"票面\S{0,4}(?:利率|利息|收益)|票息|(?:发行|中标|固定|预期|簿记|申购|询价)\S{0,3}(?:利率|收益率)|coupon|interestrate"
    ),
    "tranches.expected_maturity": _words(r"(?:预期|预计)\S{0,4}到期|到期日|expected\S{0,6}maturity", _DAY),
    "ratings.rating": _words(r"评级|等级|rating", _GRADE),
    "pool_stats.principal_balance": _words(
        r"(?<!证券)(?<!证券未偿)(?<!证券剩余)本金\S{0,4}(?:余额|金额|规模|总额)|(?:资产池|入池资产)\S{0,4}(?:余额|规模|总额)|(?:principal|pool)balance", _MONEY
    ),
    "pool_stats.loan_count": _words(
        r"笔数|(?:合同|借据|贷款|资产|债权|账户)\S{0,4}(?:数量|数目|总数|个数)|numberof", _COUNTED, _NUMBER_CELL
    ),
    "pool_stats.wa_rate_pct": _share(r"平均\S{0,10}(?:利率|费率|收益率)|weightedaverage\S{0,30}(?:rate|apr|coupon)"),
    "pool_stats.wa_remaining_term_years": _words(
        r"平均\S{0,10}(?:剩余|期限|期数)|weightedaverage\S{0,30}(?:remaining|term|maturity|tenor)", _COUNTED, _NUMBER_CELL
    ),
    "pool_distributions": _words(r"分布|区间|distribution|stratification", _COUNTED, _NUMBER_CELL),
    "parties": _words(
        r"受托(?:机构|人)|发起(?:机构|人)|原始权益人|管理人|服务机构|托管|保管|trustee|originator|servicer|custodian",
        r"公司|银行|事务所|\bltd|\bbank|n\.a\.",
    ),
    "revolving_purchases": _words(
        r"循环购买|持续购买|再投资|(?:新增|后续|追加)\S{0,4}(?:入池|购买|受让)|additionalreceivables|subsequentreceivables",
        rf"{_MONEY}|\d[\d,.]*笔", _NUMBER_CELL,
    ),
    "performance.cumulative_default_pct": _share(r"累计\S{0,16}(?:违约|不良|损失)|违约\S{0,4}率|cumulative\S{0,20}(?:default|loss)"),
    "performance.pool_closing_balance": _words(
        r"(?:期末|报告期末|截止日|剩余)\S{0,14}(?:余额|规模|金额)|(?:end|closing)\S{0,25}balance", _MONEY
    ),
    "performance.prepayment_pct": _share(
        r"早偿|提前(?:还款|偿还|偿付|清偿|结清)\S{0,6}(?:率|比例|占比)|prepay\S{0,8}rate|(?<![a-z])(?:cpr|smm)(?![a-z])"
    ),
    "performance.seriously_delinquent_pct": _share(r"严重(?:拖欠|逾期)|seriouslydelinquent"),
    "performance.delinquent_pct": _share(r"(?:拖欠|逾期)\S{0,6}率|delinquen\S{0,12}(?:rate|ratio)"),
    "delinquency": _words(r"逾期|拖欠|delinquen|pastdue", rf"{_MONEY}|\d[\d,.]*(?:笔|户)|{_PERCENT}", _NUMBER_CELL),
    "cash_flows": _words(
        r"收入账|本金账|回收|归集|税费|费用|保管费|托管费|报酬|转入|转出|servicingfee|trusteefee|collections", _MONEY, _NUMBER_CELL
    ),
    "triggers": _words(r"事件|触发|trigger|(?=[未没](?:有)?(?:发生|触发)\S{0,12}事件)", _HAPPENED, rf"{_HAPPENED}|^(?:是|否)$"),
}  # fmt: skip

#: The fields that are looked for; of any other nobody can say that a document is silent.
FIELDS = frozenset(_FIELDS)
#: How far behind its words a figure can stand in prose, and over how many lines in what looks like a table.
_REACH, _LINES = 40, 3
#: A cell, or a line of one, with more letters than this is prose.
_LONG_CELL, _LONG_LINE = 60, 30
_TABULAR = re.compile(r"\S\s{2,}\S|\t")
_END_OF_SENTENCE = re.compile(r"[。;]")
_SHORT_LINE = 20


def mentions(extract: Extract, tables: Sequence[tuple[Table, bool]], facts: Sequence[Fact]) -> tuple[Mention, ...]:
    """The first mention of every field that no fact speaks of.

    `tables` are those about this deal's own data, each with whether it was understood.
    """
    read = {name for fact in facts for name in fields_of(fact)}
    figures = [
        (proof.page, proof.box, squeeze(proof.text).lower())
        for fact in facts
        if (proof := fact.evidence) is not None and _is_figure(fact)
    ]
    proved = {(page, box) for page, box, _ in figures}
    found: list[Mention] = []
    for field in sorted(FIELDS - read):
        words = _FIELDS[field]
        places = (_in_tables(words, tables, proved), _in_text(words, extract, figures))
        first = next((place for each in places for place in each), None)
        if first is not None:
            found.append(Mention(field, *first))
    return tuple(found)


def spoken_of(words: str, figure: str) -> tuple[str, ...]:
    """The fields whose words are among `words`, all squeezed, and whose figures look like `figure` with what follows it;
    the one that is named last comes first."""
    body, ends = words.lower(), dict[str, int]()
    for field, each in _FIELDS.items():
        if each.in_text.match(figure.lower()):
            ends |= {field: found[-1].end()} if (found := list(each.label.finditer(body))) else {}
    return tuple(sorted(ends, key=lambda field: (-ends[field], field)))


def fields_named(text: str) -> tuple[str, ...]:
    """The fields whose words a squeezed text has, with or without figures."""
    body = text.lower()
    return tuple(field for field, each in _FIELDS.items() if each.label.search(body))


def _is_figure(fact: Fact) -> bool:
    return isinstance(fact.value, Decimal | int) or re.fullmatch(r"\d{4}-\d\d-\d\d", str(fact.value)) is not None


def fields_of(fact: Fact) -> tuple[str, ...]:
    """The names under which a field can mean a fact: its table, column and metric."""
    metric = dict(fact.key).get("metric", "")
    return fact.table, f"{fact.table}.{fact.column}", f"{fact.table}.{metric}"


def _in_tables(
    words: _Words, tables: Iterable[tuple[Table, bool]], proved: set[tuple[int, Box]]
) -> Iterator[tuple[int, str]]:
    """Mentions in tables; in one that nobody understood, rows and columns may be no rows and columns: any figure counts."""
    for table, understood in tables:
        for label in table.cells:
            text = _label(label, words)
            if not text or (label.page, label.box) in proved:
                continue
            for cell in _governed(label, table) if understood else table.cells:
                if (cell.page, cell.box) not in proved and (cell is not label) and _shows(cell, words.in_cell):
                    yield cell.page, f"{text} {_first_line(cell)}"
            if _states(squeeze(label.text).lower(), words):
                yield label.page, text


def _states(text: str, words: _Words) -> bool:
    """Whether a figure follows the words within the same text."""
    return any(words.in_text.search(text[match.end() :][:_REACH]) for match in words.label.finditer(text))


def _label(cell: Cell, words: _Words) -> str:
    """The line of a cell that has the words of a field, or '' where it has none or is prose."""
    lines = [line.strip() for line in cell.text.split("\n")]
    short = [line for line in lines if len(line) <= _LONG_LINE and words.label.search(squeeze(line).lower())]
    whole = squeeze(cell.text)
    return short[0] if short else whole if len(whole) <= _LONG_CELL and words.label.search(whole.lower()) else ""


def _shows(cell: Cell, figure: re.Pattern[str]) -> bool:
    """Whether a line of a cell that is no prose has a figure."""
    lines = [squeeze(line).lower() for line in cell.text.split("\n")]
    return any(len(line) <= _LONG_LINE and figure.search(line) for line in lines)


def _first_line(cell: Cell) -> str:
    return cell.text.strip().split("\n")[0]


def _governed(label: Cell, table: Table) -> list[Cell]:
    """The cells that a label can speak of: those on its right, and those under it where it stands in a header."""
    is_header = label.row <= 2 and (label.col > 0 or label.col_span > 1 or table.n_cols == 1)
    return [
        cell
        for cell in table.cells
        if (cell.col > label.col and label.row <= cell.row < label.row + label.row_span)
        or (is_header and cell.row > label.row and label.col <= cell.col < label.col + label.col_span)
    ]


def _in_text(words: _Words, extract: Extract, figures: Sequence[tuple[int, Box, str]]) -> Iterator[tuple[int, str]]:
    """Mentions in lines that are no cells of a table that was found."""
    for page in extract.pages:
        texts = [squeeze(line.text).lower() for line in page.lines]
        leads_to_pages = not leads_to_figures(page)
        for place, (line, text) in enumerate(zip(page.lines, texts, strict=True)):
            whole = "".join(texts[place : place + _LINES])  # words and figure may be broken over lines
            for match in words.label.finditer(whole):
                if match.start() >= len(text) or (leads_to_pages and LEADER.search(text)):
                    break
                if _in_a_cell(line, match.group(), page, extract.tables):
                    continue
                figure = words.in_text.search(_window(line, whole[match.end() :]))
                if figure is not None and not _was_read(figure.group(), page, line, figures):
                    yield page.number, _printed(page, place, match.end() + figure.end())


def _printed(page: PageText, place: int, reach: int) -> str:
    """The lines from one on that hold so many letters: words, and the figure that may stand in the lines after it."""
    found = page.lines[place].text.strip()
    for line in page.lines[place + 1 : place + _LINES]:
        if len(squeeze(found)) >= reach:
            break
        found = f"{found} {line.text.strip()}"
    return found


def _window(line: Line, behind: str) -> str:
    is_tabular = bool(_TABULAR.search(line.text.strip())) or len(line.text.strip()) <= _SHORT_LINE
    return behind if is_tabular else _END_OF_SENTENCE.split(behind[:_REACH])[0]


def _in_a_cell(line: Line, label: str, page: PageText, tables: Iterable[Table]) -> bool:
    return any(
        cell.page == page.number and _meet(cell.box, line.box) and label in squeeze(cell.text).lower()
        for table in tables
        if page.number in table.pages
        for cell in table.cells
    )


def _was_read(figure: str, page: PageText, line: Line, figures: Iterable[tuple[int, Box, str]]) -> bool:
    """Whether a fact was taken from the same figure."""
    below = Box(line.box.x0, line.box.top, line.box.x1, line.box.bottom + _LINES * (line.box.bottom - line.box.top))
    return any(number == page.number and figure in text and _near(box, below) for number, box, text in figures)


def _near(one: Box, other: Box) -> bool:
    return min(one.bottom, other.bottom) > max(one.top, other.top)


def _meet(one: Box, other: Box) -> bool:
    return _near(one, other) and min(one.x1, other.x1) > max(one.x0, other.x0)
