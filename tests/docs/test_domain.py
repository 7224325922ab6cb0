"""docs/domain.md: what it says of printed texts is how they are read, and whoever cites a place of it finds it there."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from dealproof.contract.parties import ROLES
from dealproof.reconcile.identities.registry import IDENTITIES
from dealproof.values.buckets import Bucket, parse_bucket, parse_status_bucket
from dealproof.values.dates import parse_date
from dealproof.values.deals import parse_deal_name, parse_report_number
from dealproof.values.nothing import parse_nothing
from dealproof.values.numbers import parse_capital, parse_number
from dealproof.values.parsed import Nothing, Parsed, Refused
from dealproof.values.ratings import split_ratings
from dealproof.values.tranches import parse_tranche
from dealproof.values.units import split_unit, to_years

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "domain.md").read_text(encoding="utf-8")
PLACES = re.findall(r'^<a id="([\w-]+)"></a>$', TEXT, re.MULTILINE)
FOLDERS = ("src", "tests", "docs", "mappings", "benchmarks", "samples")
KINDS = (".py", ".md", ".csv", ".toml")
#: Documents that lie beside the project, where they are at hand: whoever has the project alone cannot look anything up in them.
ELSEWHERE = re.compile(r"\b(?:DOMAIN|READING|REAL-DOCUMENTS|ARCHITECTURE|DATASET|ENTITIES|ENGINES|PEERS)(?:\.md\b| [A-H](?:[.-]?\d|\b))")
Row = tuple[str, ...]


def _files() -> list[Path]:
    found = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*")) if path.suffix in KINDS]
    return [*found, *ROOT.glob("*.md"), ROOT / "pyproject.toml"]


def _examples() -> dict[tuple[str, Row], list[Row]]:
    """The rows of every table headed `printed`, by the place where it stands and its header."""
    found: dict[tuple[str, Row], list[Row]] = {}
    place, rows = "", None
    for line in TEXT.splitlines():
        if anchor := re.match(r'<a id="([\w-]+)">', line):
            place = anchor[1]
        cells = tuple(cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|"))
        if not line.startswith("|"):
            rows = None
        elif cells[0] == "printed":
            rows = found.setdefault((place, cells), [])
        elif rows is not None and not line.startswith("|---"):
            rows.append((cells[0].strip("`"), *cells[1:]))
    return found


def _or_refused(read: Parsed[object] | Nothing | Refused | None) -> str:
    return str(read.value) if isinstance(read, Parsed) else "refused"


def _unit(text: str) -> Row:
    number, unit = split_unit(text)
    figure = parse_number(number)
    assert unit is not None
    assert isinstance(figure, Parsed)
    value = to_years(figure.value, unit) if unit.kind == "term" else figure.value * unit.factor
    return number, unit.text, f"{value.normalize():f}"


def _nothing(text: str) -> Row:
    read = parse_nothing(text)
    return (read.meaning if read else "refused",)


def _deal(text: str) -> Row:
    read = parse_deal_name(text)
    return (read.value.deal_id, read.value.market, read.value.asset_class) if isinstance(read, Parsed) else ("refused",)


def _tranche(text: str) -> Row:
    read = parse_tranche(text)
    return (read.value.name, read.value.seniority) if isinstance(read, Parsed) else ("refused", "")


def _ratings(text: str) -> Row:
    return (", ".join("none" if isinstance(r, Nothing) else _or_refused(r) for r in split_ratings(text)),)


def _bucket(text: str) -> Row:
    read = parse_bucket(text)
    if isinstance(read, Refused):
        return "refused", ""
    bucket: Bucket = read.value
    return _bound(bucket.lower, bucket.lower_included), _bound(bucket.upper, bucket.upper_included)


def _bound(value: Decimal | None, included: bool) -> str:
    return "" if value is None else f"{value} {'in' if included else 'out'}"


READERS: dict[tuple[str, Row], Callable[[str], Row]] = {
    ("units", ("printed", "number", "unit", "in the dataset")): _unit,
    ("nothing", ("printed", "meaning")): _nothing,
    ("numbers", ("printed", "number")): lambda text: (_or_refused(parse_number(text)),),
    ("numbers", ("printed", "date")): lambda text: (_or_refused(parse_date(text)),),
    ("numbers", ("printed", "capital")): lambda text: (_or_refused(parse_capital(text)),),
    ("deal-names", ("printed", "deal", "market", "asset class")): _deal,
    ("report-numbers", ("printed", "number")): lambda text: (str(parse_report_number(text)),),
    ("tranche-names", ("printed", "tranche", "seniority")): _tranche,
    ("ratings", ("printed", "ratings")): _ratings,
    ("buckets", ("printed", "lower", "upper")): _bucket,
    ("status-buckets", ("printed", "bucket")): lambda text: (_or_refused(parse_status_bucket(text)),),
}
EXAMPLES = _examples()


def test_every_table_of_examples_is_tried() -> None:
    assert set(EXAMPLES) == set(READERS)
    assert all(len(rows) > 1 for rows in EXAMPLES.values())


@pytest.mark.parametrize(("table", "row"), [(table, row) for table, rows in EXAMPLES.items() for row in rows])
def test_a_printed_text_is_read_as_the_page_says(table: tuple[str, Row], row: Row) -> None:
    assert READERS[table](row[0]) == row[1:]


def test_a_place_stands_once_before_a_heading_in_both_languages() -> None:
    assert len(set(PLACES)) == len(PLACES) > 10
    for place in PLACES:
        assert re.search(rf'<a id="{place}"></a>\n##+ .*[一-鿿].* · [A-Z]', TEXT), place


def test_every_place_that_is_cited_exists() -> None:
    cited = {
        (path.relative_to(ROOT).as_posix(), place)
        for path in _files()
        for place in re.findall(r"\bdomain\.md#([\w-]+)", path.read_text(encoding="utf-8"))
    }
    assert {path for path, _ in cited if path.startswith("src/dealproof/values/")}
    assert {(path, place) for path, place in cited if place not in PLACES} == set()


def test_nothing_cites_facts_that_are_not_in_the_project() -> None:
    #: This test, and the one that compares with such a document where it is at hand.
    own = {Path(__file__), ROOT / "tests" / "contract" / "test_contract.py"}
    cited = [
        f"{path.relative_to(ROOT)}: {found.group()}"
        for path in _files()
        for found in ELSEWHERE.finditer(path.read_text(encoding="utf-8"))
        if path not in own
    ]
    assert cited == []


def test_roles_that_the_page_names_are_those_of_the_dataset() -> None:
    named = re.findall(r"^\| `(\w+)` \|", TEXT.split('<a id="parties">')[1], re.MULTILINE)
    assert len(named) > 5
    assert set(named) <= set(ROLES)


def test_identities_that_may_fail_for_good_reasons_are_those_that_only_warn() -> None:
    (told,) = re.findall(r"only warnings: (.+?)\. What fails", TEXT, re.DOTALL)
    assert re.findall(r"`(\w+)`", told) == [item.name for item in IDENTITIES if item.severity == "warning"]
