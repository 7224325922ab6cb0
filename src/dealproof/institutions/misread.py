"""Whether a name is a listed one with a single character misread in what tells institutions apart.

Region and brand are forgiven nothing, with the exceptions below, all of them for a full name with a licence of which
a register is kept, where exactly one name of the list comes near:

- a brand of four characters or more: three of four stand (德勤华示 is 德勤华永);
- a word that many names share, beside a brand that stands (中过大唐集团财务 is 中国大唐集团财务);
- what belongs to a closed set: a city of three characters or more (奎皇岛), the few banks of the nation (中国光本银行),
  a licence all of whose holders and former names are known (北很消费金融).

The misread character must make no pair of characters that a listed name or company word has, because that would be
a name of its own, and one of a series (第一 and 第二, 东方 and 南方) is never another. Rural banks are out: their
brand is a county. So are microloan, factoring and leasing companies: groups found sisters that differ by a character.
Even a whole register says nothing where former names are missing: 捷信消费金融 is not 中信消费金融 misread, and
德阳市商业银行 not 绵阳市商业银行.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from dealproof.institutions.anatomy import Anatomy, is_region, shared_words, without_region
from dealproof.institutions.misprint import is_misprint_of
from dealproof.institutions.words import CITIES, COMPANY_WORDS, OTHER_LONG_PLACES, REGISTERED, WHOLE_REGISTERS

_LONG = 4
MASK = "\0"
#: Characters that tell one of a series from the next.
_OF_A_SERIES = frozenset("一二三四五六七八九十百千万甲乙丙丁东南西北中上下前后左右内外新老大小0123456789")


def masked(name: Anatomy, holders: int) -> Iterator[str]:
    """Return the keys under which a listed name is found when one character of its stem is lost or misread.

    `holders` says how many names of the list have its licence.
    """
    if name.family not in REGISTERED or not (name.form or name.family == "law"):
        return
    whole = name.family in WHOLE_REGISTERS and holders >= WHOLE_REGISTERS[name.family].holders
    for place in range(len(name.stem)) if whole else _forgiving(name):
        yield _mask(name.stem, place)
        if whole and len(name.stem) > 1:
            yield f"{name.stem[:place]}{name.stem[place + 1 :]}"


def masks(text: str) -> Iterator[tuple[str, int]]:
    """Return every key that a printed name may be found under, with the length of what is printed of the stem."""
    for length in range(1, len(text) - 3):
        stem = text[:length]
        yield stem, length
        for place in range(length):
            yield _mask(stem, place), length


def comes_near(text: str, length: int, name: Anatomy, bigrams: Collection[str]) -> bool:
    """Whether what follows the stem of this length is that of `name`, but for at most one misprint."""
    whole = name.stem + text[length:]
    if len(whole) != len(name.text):
        return False
    return whole == name.text or (length == len(name.stem) and is_misprint_of(whole, name, bigrams) == 1)


def is_misread(stem: str, name: Anatomy, bigrams: Collection[str]) -> bool:
    """Whether a printed stem can be nothing but that of `name` with one character lost or misread."""
    if name.family in WHOLE_REGISTERS and stem in WHOLE_REGISTERS[name.family].once_called:
        return False
    if len(stem) < len(name.stem):
        return True
    wrong = [place for place, (own, listed) in enumerate(zip(stem, name.stem, strict=True)) if own != listed]
    if len(wrong) != 1 or _OF_A_SERIES.issuperset((stem[wrong[0]], name.stem[wrong[0]])):
        return False
    brand, shared = _parts(name)
    if wrong[0] in shared and len(brand) >= _LONG:
        return True
    made = {stem[i : i + 2] for i in range(len(stem) - 1)} - {name.stem[i : i + 2] for i in range(len(stem) - 1)}
    return not any(pair in bigrams or pair in COMPANY_WORDS for pair in made)


def _forgiving(name: Anatomy) -> Iterator[int]:
    """The places of a stem where one misread character leaves enough that stands."""
    city = next((city for city in _LONG_CITIES if name.stem.startswith(city)), "")
    yield from (place for place in range(len(city)) if _CITY_MASKS[_mask(city, place)] == 1)
    if name.family == "bank":
        yield from range(2, len(name.stem)) if name.stem.startswith("中国") and len(name.stem) == _LONG else ()
        return
    brand, shared = _parts(name)
    if len(brand) >= _LONG and not is_region(name.stem[-2:]):
        yield from brand
    if len(brand) >= 2:
        yield from sorted(shared)


def _parts(name: Anatomy) -> tuple[list[int], frozenset[int]]:
    """The places of a stem that are brand, and those of words that many names share. Where there is a region, it is neither."""
    shared = shared_words(name.stem) | ({0, 1} if name.stem.startswith("中国") else frozenset())
    places = len(name.stem)
    region = places - min((len(short) for short in without_region(name.stem, name.family)), default=places)
    return [place for place in range(region, places) if place not in shared], shared


def _mask(text: str, place: int) -> str:
    return f"{text[:place]}{MASK}{text[place + 1 :]}"


_LONG_CITIES = tuple(city for city in CITIES if len(city) > 2)
_CITY_MASKS = Counter(_mask(place, at) for place in {*_LONG_CITIES, *OTHER_LONG_PLACES} for at in range(len(place)))
