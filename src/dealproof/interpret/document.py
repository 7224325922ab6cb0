"""What a document is, and what it says of its deal outside tables: profile first, then facts with proof."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from dealproof.contract.document_kinds import KindRecord, kind_record
from dealproof.extract.title import read_title
from dealproof.interpret import prose
from dealproof.interpret.context import Reading, key_of
from dealproof.interpret.dates import DateHit, cell_hits, date_hits, first_of, is_own_day
from dealproof.interpret.report_number import bears_no_number
from dealproof.mappings.labels import Labels
from dealproof.model.evidence import Box, Evidence, Fact, Value
from dealproof.model.extract import Extract
from dealproof.model.page import PageText
from dealproof.model.profile import Profile
from dealproof.text import as_printed, squeeze
from dealproof.values.dates import find_dates
from dealproof.values.deal_mentions import OwnDeal, own_deal

#: What stands in the name of a rating agency.
_AGENCY = re.compile(r"评|资信|信用|惠誉|东方金诚")
#: An agency that a sentence says gives the ratings: 由甲资信评估股份有限公司进行评级.
_RATED_BY = re.compile(
    r"[由经](?P<name>[一-龥]{2,12}(?:资信|评级|信用)[一-龥]{0,10}?(?:有限责任公司|股份有限公司|有限公司))(?:\([^()]{2,24}\))?(?:进行|提供|负责|综合|信用)*(?:评级|评定|评估)"
)
#: The same by its role; not where the sentence speaks of the rating of a company.
_AGENCY_IS = re.compile(r"评级机构(?:为|是|系|:)(?P<name>[一-龥]{2,12}(?:资信|评级|信用)[一-龥]{0,10}?(?:有限责任公司|股份有限公司|有限公司))")
_OF_A_COMPANY = re.compile(r"主体|发行人|担保人|增信")
#: The day from which securities bear interest; not that of one period of interest.
_BEARS_INTEREST = re.compile(r"(?<![本各每次]期)(?<!计息期)(?<!期间)起息日期?(?:为|是|:)?(?=20\d\d)")
#: Labels on a cover that mean the day of any paper, and so of the one that they stand on.
_PUBLISHED = re.compile(r"(?:公告|披露)日")
#: Who signs, with nothing else before the date on the same line.
_SIGNED = re.compile(r"[一-龥()]{2,24}(?:公司|银行|事务所)")
_DEAL_DATES = ("cutoff_date", "closing_date", "first_payment_date", "legal_maturity")


def profile_document(extract: Extract, labels: Labels) -> Profile:
    """Say what a document is, from its content. `kind` is `other` for a paper of no known kind, which has a deal where it is about one."""
    title = read_title(extract.pages, labels)
    if not title.is_of_deal:
        return Profile(title=title.text)
    kind = kind_record(title.kind)
    hits = _own_days(date_hits(extract.pages, labels, the_deal(title.deal_id, title.deal_name)), kind)
    known = {hit.field for hit in hits}
    hits += tuple(hit for hit in _own_days(cell_hits(extract.tables, labels), kind) if hit.field not in known)
    passages = _passages(extract.pages)
    start, end = _period(hits)
    definition = prose.default_definition(passages)
    return Profile(
        kind=title.kind,
        market=title.market,
        asset_class=title.asset_class,
        currency=title.currency,
        deal_id=title.deal_id,
        deal_name=title.deal_name,
        title=title.text,
        report_date=_day(hits, "report_date") or _published(hits, kind) or _cover_date(extract.pages, kind),
        period_no=title.report_no,
        bears_no_number=kind.is_periodic and title.report_no is None and bears_no_number(extract.pages, title.text, title.deal_name),
        period_start=start if kind.is_periodic else None,
        period_end=end if kind.is_periodic else None,
        payment_date=_day(hits, "payment_date") if kind.is_periodic else None,
        cutoff_date=_day(hits, "cutoff_date"),
        default_definition=definition[0] if definition else "",
        revolving=_revolving(passages),
        agencies=_agencies(extract, labels, passages),
    )


def the_deal(deal_id: str, deal_name: str) -> OwnDeal | None:
    """The deal against which names in sentences are held; None where the document names none."""
    return own_deal(deal_id, deal_name) if deal_id else None


def document_facts(extract: Extract, labels: Labels, profile: Profile) -> Reading:
    """Facts of the table `deals` and tranche sizes that stand in prose, on the cover or in date lists."""
    key = key_of(deal_id=profile.deal_id)
    hits = _own_days(date_hits(extract.pages, labels, the_deal(profile.deal_id, profile.deal_name)), profile.kind_record)
    passages = _passages(extract.pages)
    facts = [
        _fact(extract, key, hit.field, hit.day.isoformat(), hit.page, hit.box, hit.text, (hit.label_row,))
        for hit in hits
        if hit.field in _DEAL_DATES
    ]
    facts += [] if any(fact.column == "closing_date" for fact in facts) else _interest_begins(extract, key, profile, passages)
    facts += _announcement(extract, key, hits, profile)
    facts += _name(extract, key, profile)
    facts += _revolving_facts(extract, key, passages)
    if not profile.kind_record.is_periodic:
        facts += _amount_facts(extract, key, profile, passages)
    return Reading(tuple(facts))


def _interest_begins(
    extract: Extract, key: tuple[tuple[str, str], ...], profile: Profile, passages: Sequence[prose.Passage]
) -> list[Fact]:
    """The one day from which all securities bear interest, which is that of the set-up, in the result of an issue that does not
    name the set-up."""
    found = [
        (dates[0][0], passage.found(match.start(), match.end() + dates[0][2]))
        for passage in (passages if profile.kind_record.is_result else ())
        for match in passage.matches(_BEARS_INTEREST)
        if (dates := find_dates(passage.text[match.end() : match.end() + 11])) and dates[0][1] == 0
    ]
    if len({day for day, _ in found}) != 1:
        return []
    day, place = found[0]
    return [_fact(extract, key, "closing_date", day.isoformat(), place.page, place.box, place.text)]


def _passages(pages: Sequence[PageText]) -> list[prose.Passage]:
    return list(prose.passages(pages))


def _own_days(hits: Iterable[DateHit], kind: KindRecord) -> tuple[DateHit, ...]:
    return tuple(hit for hit in hits if is_own_day(hit.field, hit.text, kind))


def _day(hits: Sequence[DateHit], field: str) -> date | None:
    hit = first_of(hits, field)
    return hit.day if hit else None


def _period(hits: Sequence[DateHit]) -> tuple[date | None, date | None]:
    span = first_of(hits, "period")
    if span is not None:
        return span.day, span.until
    return _day(hits, "period_start"), _day(hits, "period_end")


def _published(hits: Sequence[DateHit], kind: KindRecord) -> date | None:
    """The day on which a report that announces no deal was made public (公告日)."""
    return None if kind.is_announcement else _day(hits, "announcement_date")


def _cover_date(pages: Sequence[PageText], kind: KindRecord) -> date | None:
    """A date alone on a line: of the cover, or the last one under the signature where such documents have it there."""
    lines = _lone_dates(pages if kind.is_signed_below else pages[:1])
    if not lines:
        return None if kind.at_issue else _signing_date(pages)
    return lines[-1][0] if kind.is_signed_below else lines[0][0]


def _signing_date(pages: Sequence[PageText]) -> date | None:
    """The date alone on the last lines of a paper, right below who signs it."""
    for day, page, index in reversed(_lone_dates(pages[-1:])):
        above = squeeze(page.lines[index - 1].text) if index else ""
        is_last = index >= len(page.lines) - 2
        return day if is_last and _SIGNED.search(above) else None
    return None


def _lone_dates(pages: Sequence[PageText]) -> list[tuple[date, PageText, int]]:
    """Dates that stand alone on a line, or behind who signs, as on covers and under signatures."""
    found: list[tuple[date, PageText, int]] = []
    for page in pages:
        for index, line in enumerate(page.lines):
            text = squeeze(line.text)
            dates = find_dates(text)
            if len(dates) == 1 and dates[0][2] == len(text) and (not dates[0][1] or _SIGNED.fullmatch(text[: dates[0][1]])):
                found.append((dates[0][0], page, index))
    return found


def _announcement(
    extract: Extract, key: tuple[tuple[str, str], ...], hits: Sequence[DateHit], profile: Profile
) -> list[Fact]:
    """The own date of a document that announces the deal: the labelled one, else the date alone on its cover."""
    if not profile.kind_record.is_announcement:
        return []
    labelled = [hit for hit in hits if hit.field == "announcement_date"]
    labelled = labelled or [hit for hit in hits if hit.field == "report_date" and hit.page == 1 and _PUBLISHED.match(squeeze(hit.text))]
    if labelled:
        return [
            _fact(extract, key, "announcement_date", hit.day.isoformat(), hit.page, hit.box, hit.text, (hit.label_row,))
            for hit in labelled[:1]
        ]
    cover = _lone_dates(extract.pages[:1])
    if not cover:
        return []
    day, page, index = cover[0]
    line = page.lines[index]
    return [_fact(extract, key, "announcement_date", day.isoformat(), page.number, line.box, line.text)]


def _name(extract: Extract, key: tuple[tuple[str, str], ...], profile: Profile) -> list[Fact]:
    """The deal's name with the lines that print it."""
    for page in extract.pages[:4]:
        rows = [squeeze(line.text) for line in page.lines]
        for index in range(len(rows)):
            for depth in (1, 2, 3):
                at = "".join(rows[index : index + depth]).find(profile.deal_name) if profile.deal_name else -1
                if at >= 0:
                    box = page.lines[index].box
                    for line in page.lines[index : index + depth]:
                        box = box.union(line.box)
                    lines = (line.text for line in page.lines[index : index + depth])
                    printed = as_printed(lines, at, at + len(profile.deal_name))
                    return [_fact(extract, key, "deal_name", profile.deal_name, page.number, box, printed)]
    return []


def _revolving(passages: Sequence[prose.Passage]) -> bool | None:
    if prose.static_pool(passages):
        return False
    if prose.revolving_months(passages) or prose.revolving(passages):
        return True
    return None


def _revolving_facts(
    extract: Extract, key: tuple[tuple[str, str], ...], passages: Sequence[prose.Passage]
) -> list[Fact]:
    static = prose.static_pool(passages)
    if static:
        return [_fact(extract, key, "revolving", False, static.page, static.box, static.text)]
    months = prose.revolving_months(passages)
    if months:
        number, found = months
        return [
            _fact(extract, key, "revolving", True, found.page, found.box, found.text),
            _fact(extract, key, "revolving_months", Decimal(number), found.page, found.box, found.text),
        ]
    words = prose.revolving(passages)
    return [_fact(extract, key, "revolving", True, words.page, words.box, words.text)] if words else []


def _amount_facts(
    extract: Extract, key: tuple[tuple[str, str], ...], profile: Profile, passages: Sequence[prose.Passage]
) -> list[Fact]:
    facts: list[Fact] = []
    named: dict[str, None] = {}
    for each in prose.maturities(passages):
        named |= dict.fromkeys(tranche.name for tranche in each.tranches)
        for name in [tranche.name for tranche in each.tranches] or list(named):
            own = key_of(deal_id=profile.deal_id, tranche=name)
            facts.append(_fact(extract, own, each.column, each.day.isoformat(), each.found.page, each.found.box, each.found.text, table="tranches"))
    for item in prose.amounts(passages):
        place = (item.found.page, item.found.box, item.found.text)
        if item.is_planned and profile.kind_record.is_result:
            continue
        if item.tranche is None:
            facts.append(_fact(extract, key, "total_amount", item.amount, *place, unit=("CNY", item.unit_text)))
            continue
        own = key_of(deal_id=profile.deal_id, tranche=item.tranche.name)
        facts.append(_fact(extract, own, "amount", item.amount, *place, table="tranches", unit=("CNY", item.unit_text)))
        facts.append(_fact(extract, own, "tranche_name", item.name, *place, table="tranches"))
        if item.tranche.seniority:
            facts.append(_fact(extract, own, "seniority", item.tranche.seniority, *place, table="tranches"))
    return facts


def _fact(
    extract: Extract,
    key: tuple[tuple[str, str], ...],
    column: str,
    value: Value,
    page: int,
    box: Box,
    text: str,
    label_rows: tuple[str, ...] = (),
    table: str = "deals",
    unit: tuple[str, str] = ("", ""),
) -> Fact:
    unit_from = "cell" if unit[1] else ""
    evidence = Evidence(extract.source.document_id, page, box, text, unit[1], unit_from, "text")
    return Fact(table, key, column, value, unit[0], evidence, label_rows=label_rows)


def _sentence_before(passage: prose.Passage, match: re.Match[str]) -> str:
    return re.split("[。;]", passage.text[max(0, match.start() - 60) : match.start()])[-1]


def _agencies(extract: Extract, labels: Labels, passages: Sequence[prose.Passage]) -> tuple[str, ...]:
    """Rating agencies named as parties, in printed order, from role lines and role tables in the page text, else in sentences."""
    found: list[str] = []
    for page in extract.pages:
        for line in page.lines:
            parts = [squeeze(part) for part in re.split(r"\s{2,}|[:：]", line.text) if part.strip()]
            for label, value in itertools.pairwise(parts):
                # The name is asked first: of the lines of a long circular hardly one has it, and asking the labels is dear.
                if _AGENCY.search(value) and labels.field("parties", label) == "rating_agency":
                    found += [name for name in re.split(r"[、,，;；]", value) if _AGENCY.search(name)]
    told = [match["name"] for passage in passages for match in passage.matches(_RATED_BY)] if not found else []
    told += [match["name"] for passage in passages for match in passage.matches(_AGENCY_IS) if not _OF_A_COMPANY.search(_sentence_before(passage, match))] if not (found or told) else []
    return tuple(dict.fromkeys(found or told))
