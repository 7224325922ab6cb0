"""The rules by which a name as printed may be accepted for an institution: evidence, never likeness.

Region and brand must stand character for character; what may be missing, short or misprinted is what does not tell
institutions apart. Each rule answers with a hit, with several entities that fit alike (nobody may be chosen), or
with nothing. They are tried in the order of `RULES`; the first that answers decides.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass

from dealproof.institutions.anatomy import Anatomy, dissect, is_distinctive, is_region, spelled_out
from dealproof.institutions.index import Dated, Index
from dealproof.institutions.misprint import is_misprint_of, is_swapped
from dealproof.institutions.misread import comes_near, is_misread, masks
from dealproof.institutions.words import (
    ABROAD,
    BANKS,
    BRANCH_ENDINGS,
    CITIES,
    COMPANY_WORDS,
    COMPLETE_FAMILIES,
    PROVINCES,
    ROLE_FAMILIES,
)

_OFFICES = ("分行", "支行", "分理处", "营业部", "分公司", "分所")
_GROUP_LIKE = re.compile(rf"^(?:中国|{'|'.join([*PROVINCES, *CITIES])})|集团$")
_OTHER_ENTITY = re.compile(r"公司|银行|信托|证券|保险|基金|租赁|担保|合作社|联社|\(|\)|^间|^业")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as printed, made ready: `text` is plain and unwrapped, `latin` the key of an English name."""

    text: str
    anatomy: Anatomy
    latin: str = ""
    traditional: bool = False
    role: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule found: places in the index (one: accepted; several: nobody may be chosen), and why in words."""

    entities: tuple[int, ...]
    why: str
    branch: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its name, what it does in English and Chinese, and how the contract calls such a match."""

    name: str
    match: str
    en: str
    zh: str
    find: Callable[[Mention, Index], Hit | None]


def fits_role(family: str, role: str) -> bool:
    """Whether an institution of a family may hold a role."""
    return role not in ROLE_FAMILIES or family in ROLE_FAMILIES[role]


def _legal_name(m: Mention, index: Index) -> Hit | None:
    return _hit(index.legal.get(m.text, ()), "it is the legal name")


def _former_name(m: Mention, index: Index) -> Hit | None:
    dated = index.former.get(m.text) or (
        index.former_cores.get(m.anatomy.core, ()) if m.anatomy.core not in index.cores else ()
    )
    fitting = [name for name in dated if _in_force(name, m.date)] or list(dated)
    entities = tuple(dict.fromkeys(name.entity for name in fitting))
    until = f" until {fitting[0].valid_to}" if fitting and fitting[0].valid_to else ""
    late = " (the document is dated outside that time)" if fitting and not _in_force(fitting[0], m.date) else ""
    return _hit(entities, f"it was its name{until}{late}")


def _in_force(name: Dated, day: str) -> bool:
    return not day or ((not name.valid_from or name.valid_from <= day) and (not name.valid_to or day <= name.valid_to))


def _english_name(m: Mention, index: Index) -> Hit | None:
    return _hit(
        index.english.get(m.latin, ()) if m.latin else (), "it is the English name but for punctuation and legal form"
    )


def _short_name(m: Mention, index: Index) -> Hit | None:
    return _hit(index.short.get(m.text, ()), "it is the short name in the list")


def _legal_form(m: Mention, index: Index) -> Hit | None:
    if m.traditional and not m.anatomy.form and m.anatomy.family in BANKS:
        return None
    found = index.cores.get(m.anatomy.core, ())
    if not found or (m.anatomy.family == "company" and not m.anatomy.form and len(m.anatomy.core) < 4):
        return None
    if not m.anatomy.form:
        return _hit(found, "only the legal form is missing")
    return _hit(found, "the legal form is cut off" if m.anatomy.form_cut else "only the legal form differs")


def _branch(m: Mention, index: Index) -> Hit | None:
    ending = next((word for word in BRANCH_ENDINGS if m.text.endswith(word)), "")
    if not ending:
        return None
    for cut in range(len(m.text) - len(ending), 3, -1):
        head, tail = m.text[:cut], m.text[cut : len(m.text) - len(ending)]
        found = _head_office(head, ending, index)
        if found:
            elsewhere = _OTHER_ENTITY.search(tail) or (tail.startswith(ABROAD) and ending == "分公司")
            return None if elsewhere else Hit(found, f"{m.text[cut:]} is an office of it", m.text[cut:])
    return None


def _head_office(head: str, ending: str, index: Index) -> tuple[int, ...]:
    """The institution that a name before an office word is: its full name, or a short one with its type word."""
    found = index.legal.get(head, ()) or tuple(dict.fromkeys(d.entity for d in index.former.get(head, ())))
    if found or ending not in _OFFICES:
        return found
    m = Mention(head, dissect(head))
    if m.anatomy.family == "company":
        return index.cores.get(head, ()) if ending == "分公司" else ()
    hit = next(filter(None, (rule(m, index) for rule in (_short_name, _legal_form, _type_word, _region))), None)
    return hit.entities if hit else ()


def _type_word(m: Mention, index: Index) -> Hit | None:
    a = m.anatomy
    if a.form or a.family == "company" or not a.stem or _hidden_abroad(m):
        return None
    found = index.stems.get((a.family, a.stem), ())
    if found:
        return _hit(found, "region and brand are the same, the type word is shortened")
    short = index.spelled.get(spelled_out(m.text), ())
    places = tuple(dict.fromkeys((*short, *index.shrunk.get((a.family, a.stem), ()))))
    return _hit(places, "it is the short name in the list, the type word written another way") if short else None


def _region(m: Mention, index: Index) -> Hit | None:
    a = m.anatomy
    if not a.stem or _hidden_abroad(m):
        return None
    if a.family == "company" and not _short_of_company(a, index):
        return None
    found = index.shrunk.get((a.family, a.stem), ())
    if a.form:
        found = tuple(place for place in found if index.anatomies[place].core.endswith(a.core))
    elif found and a.family in COMPLETE_FAMILIES and not is_region(a.stem):
        found = _beginning_with(a, index)
    return _hit(found, "only the place before the brand is missing")


def _brackets(m: Mention, index: Index) -> Hit | None:
    return _hit(index.unbracketed.get(m.anatomy.core, ()), "only the brackets, or what they hold, are missing")


def _brand_beginning(m: Mention, index: Index) -> Hit | None:
    a = m.anatomy
    if a.form or a.family == "company" or len(a.stem) < 2 or is_region(a.stem):
        return None
    if index.sizes.get(a.family, 0) < COMPLETE_FAMILIES.get(a.family, sys.maxsize):
        return None
    why = "it is the beginning of this brand and of no other with the same licence"
    return _hit(_beginning_with(a, index), why)


def _beginning_with(a: Anatomy, index: Index) -> tuple[int, ...]:
    places = {place for stem, place in index.family_stems.get(a.family, ()) if stem.startswith(a.stem)}
    return tuple(sorted(places))


def _brand_alone(m: Mention, index: Index) -> Hit | None:
    a = m.anatomy
    if a.form or a.family != "company" or is_region(a.core):
        return None
    if m.role in ROLE_FAMILIES:
        found = tuple(
            sorted(
                {
                    place
                    for family in ROLE_FAMILIES[m.role] - {"company"}
                    for stem, place in index.family_stems.get(family, ())
                    if stem.startswith(a.core)
                }
            )
        )
        return (
            _hit(found, "it is the beginning of the brand, and the role leaves no other") if len(a.core) > 1 else None
        )
    found = index.brands.get(a.core, ()) if len(a.core) >= 4 else ()
    return _hit(found, "it is region and brand of this institution and of no other")


def _short_of_company(a: Anatomy, index: Index) -> bool:
    """Whether a name may be the short one of a company: 久量股份, 卓翼科技. A full name keeps its place.

    金冠电气股份有限公司 is not 吉林省金冠电气股份有限公司. And only a list that is complete shows that no other fits.
    """
    complete = index.sizes.get("company", 0) >= COMPLETE_FAMILIES["company"]
    return complete and (len(a.stem) >= 4 if not a.form else a.form_cut)


def _company_beginning(m: Mention, index: Index) -> Hit | None:
    a = m.anatomy
    if a.family != "company" or not _short_of_company(a, index) or _GROUP_LIKE.search(a.core):
        return None
    if a.core[:2] in COMPANY_WORDS or not is_distinctive(a.core[:2]):
        return None
    found = {place for name, place in index.beginning(a.core) if name.startswith(a.core)}
    if any(index.anatomies[place].family != "company" for place in found):
        return None
    return _hit(tuple(sorted(found)), "it is the beginning of this company's name and of no other")


def _misprint(m: Mention, index: Index) -> Hit | None:
    best: dict[int, int] = {}
    for length in range(len(m.text) - 1, 1, -1):
        for place in index.by_stem.get(m.text[:length], ()):
            errors = is_misprint_of(m.text, index.anatomies[place], index.bigrams)
            if errors:
                best[place] = errors
    for place in index.letters.get("".join(sorted(m.text)), ()):
        if is_swapped(m.text, index.anatomies[place]):
            best[place] = 1
    least = min(best.values(), default=0)
    found = tuple(sorted(place for place, errors in best.items() if errors == least))
    return _hit(found, f"region and brand stand, {least} character(s) beside them are misprinted")


def _misread(m: Mention, index: Index) -> Hit | None:
    if not (m.anatomy.form or m.text.endswith((")", "事务所"))):
        return None
    near: dict[int, bool] = {}
    for key, length in masks(m.text):
        for place in index.misread.get(key, ()):
            name = index.anatomies[place]
            if comes_near(m.text, length, name, index.bigrams):
                near[place] = near.get(place, False) or is_misread(m.text[:length], name, index.bigrams)
    fitting = tuple(place for place, read in near.items() if read)
    if len(near) != 1 or any(m.text[:i] in index.by_stem for i in range(3, len(m.text))):
        return None
    return _hit(fitting, "one character of region and brand is misread, and no other name comes near")


def _hidden_abroad(m: Mention) -> bool:
    return m.traditional and m.anatomy.family in BANKS


def _hit(entities: tuple[int, ...], why: str) -> Hit | None:
    return Hit(entities, why) if entities else None


RULES: tuple[Rule, ...] = (
    Rule("legal_name", "exact", "the legal name", "法定全称", _legal_name),
    Rule("former_name", "alias", "a former name in the list", "曾用名", _former_name),
    Rule("english_name", "alias", "the English name in the list", "英文名称", _english_name),
    Rule("short_name", "alias", "the short name in the list", "名录简称", _short_name),
    Rule("legal_form", "fuzzy", "legal form missing, cut off or different", "公司形式缺失、截断或不同", _legal_form),
    Rule("branch", "fuzzy", "an office of a listed institution", "分支机构归于法人", _branch),
    Rule("type_word", "fuzzy", "type word shortened", "机构类型简写", _type_word),
    Rule("region", "fuzzy", "place before the brand missing", "字号前地名缺失", _region),
    Rule("brackets", "fuzzy", "brackets or （中国） missing", "括号或“（中国）”缺失", _brackets),
    Rule(
        "brand_beginning",
        "fuzzy",
        "beginning of a brand among few licences",
        "同类牌照中唯一的字号开头",
        _brand_beginning,
    ),
    Rule("brand_alone", "fuzzy", "region and brand without type word", "仅字号", _brand_alone),
    Rule("company_beginning", "fuzzy", "beginning of one company's name only", "唯一企业名称开头", _company_beginning),
    Rule("misprint", "fuzzy", "misprint outside region and brand", "字号以外的错字", _misprint),
    Rule(
        "misread",
        "fuzzy",
        "one character of region and brand misread, in a full name that comes near to no other",
        "地名字号错一字，别无相近者",
        _misread,
    ),
)
