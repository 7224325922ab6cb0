"""The page: every number leads to its deals and pages, in two languages, without a network."""

from __future__ import annotations

import base64
import hashlib
import html
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlencode

import pytest

from dealproof.export.page_policy import content_policy
from dealproof.market_review.dossier import Dossier, link
from dealproof.market_review.html import as_html
from dealproof.market_review.wording import change_words, result_id, share_words, value_words
from dealproof.metrics.model import Review
from dealproof.runs.report import FileLine, RunRecord, write_report
from tests.doubles import reviews

_BROWSER = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
needs_browser = pytest.mark.skipif(_BROWSER is None, reason="no Chromium is installed to open the page in")
Opened = Callable[..., str]


@pytest.fixture
def opened(folder: Path, tmp_path: Path) -> Opened:
    """Open the page at what an address names and give it as it then stands."""

    def look(script: str = "", **address: str) -> str:
        page = folder / "review.html"
        if script:
            page = tmp_path / "review.html"
            page.write_text(
                _with_script((folder / "review.html").read_text(encoding="utf-8"), script), encoding="utf-8"
            )
        stood, said = _browsed(page, tmp_path, urlencode(address))
        assert said == [], "the page does what its policy forbids, or fails"
        return stood

    return look


def _with_script(page: str, script: str) -> str:
    """The page with a script of the tests, which its policy is told of: without that it would not run."""
    allowed = content_policy((), (script,)).split("script-src ")[1].split(";")[0]
    return page.replace("script-src ", f"script-src {allowed} ", 1) + f"<script>{script}</script>"


def _browsed(page: Path, scratch: Path, address: str = "") -> tuple[str, list[str]]:
    """A page as it stands after a while in a browser, and what the browser's console says of it."""
    done = subprocess.run(
        [str(_BROWSER), "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={scratch}", "--virtual-time-budget=8000",
         "--enable-logging=stderr", "--host-resolver-rules=MAP * ~NOTFOUND", "--dump-dom", f"{page.as_uri()}#{address}"],
        capture_output=True, text=True, timeout=240, check=True,
    )  # fmt: skip
    return done.stdout, [line for line in done.stderr.splitlines() if ":CONSOLE:" in line]


def test_every_number_leads_to_its_deals_and_pages(review: Review, deals: Mapping[str, Dossier]) -> None:
    for result in review.results:
        if result.year != review.year:
            continue
        assert bool(result.deals) is bool(result.n), result.metric
        for deal in result.deals:
            proofs = deals[deal].proofs
            assert proofs
            assert all(proof.page and proof.text and proof.link.endswith(f".pdf#page={proof.page}") for proof in proofs)
        assert set(result.cells) <= {proof.cell for deal in result.deals for proof in deals[deal].proofs}


def test_a_link_leads_to_a_page_of_a_file_whatever_its_name() -> None:
    assert (
        link("/data/发行 说明书#2.pdf", 5)
        == "file:///data/%E5%8F%91%E8%A1%8C%20%E8%AF%B4%E6%98%8E%E4%B9%A6%232.pdf#page=5"
    )
    assert link("s3://bucket/a.pdf", 2) == "s3://bucket/a.pdf#page=2"
    assert link("", 3) == ""


def test_every_number_of_the_page_can_be_opened(review: Review, folder: Path) -> None:
    page = (folder / "review.html").read_text(encoding="utf-8")
    buttons = {html.unescape(name) for name in re.findall(r'data-n="([^"]+)"', page)}
    assert {result_id(result) for result in review.results if result.year == review.year} <= buttons


def test_two_results_never_share_an_address(review: Review) -> None:
    names = [result_id(result) for result in review.results]
    assert len(names) == len(set(names))


def test_a_number_without_its_base_says_why(review: Review, folder: Path) -> None:
    share = share_words(review.of("issuance.amount")[0])
    assert share is not None
    assert share.zh == "参考文件没有 2025 年全市场发行规模"
    page = (folder / "review.html").read_text(encoding="utf-8")
    assert share.zh in page
    assert share.en in page


def test_percent_and_percentage_points_are_told_apart(review: Review, folder: Path) -> None:
    amount, mean = review.of("issuance.amount")[0], review.of("defaults.mean")[0]
    assert change_words(amount).zh == "+14.05%"  # type: ignore[union-attr]
    assert change_words(mean).zh == "+0.20 个百分点"  # type: ignore[union-attr]
    assert change_words(mean).en == "+0.20 percentage points"  # type: ignore[union-attr]
    assert "+0.20 个百分点" in (folder / "review.html").read_text(encoding="utf-8")


def test_hundred_millions_become_billions_by_moving_the_point(review: Review) -> None:
    told = value_words(review.of("issuance.amount")[0])
    assert (told.zh, told.en) == ("520.00 亿元", "CNY 52.000 bn")


def test_the_page_forbids_whatever_it_does_not_hold_itself(folder: Path) -> None:
    page = (folder / "review.html").read_text(encoding="utf-8")
    head, policy = page.split("<style>")[0], page.split('Policy" content="')[1].split('"')[0]
    assert "http-equiv" in head
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert rules["img-src"] == "data:"
    inline = {"style-src": r"<style>(.*?)</style>", "script-src": r"<script>(.*?)</script>"}
    for rule, part in inline.items():
        held = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in re.findall(part, page, re.DOTALL)]  # fmt: skip
        assert sorted(rules[rule].split()) == sorted(f"'sha256-{one}'" for one in held)


@needs_browser
def test_text_that_became_part_of_the_page_neither_runs_nor_paints_nor_fetches(folder: Path, tmp_path: Path) -> None:
    evil = tmp_path / "evil.html"
    mark = '<script>document.title = "taken"</script><p id="evil" style="color: red" onclick="1">x</p><img src="https://x.example/a.png">'
    evil.write_text((folder / "review.html").read_text(encoding="utf-8") + mark, encoding="utf-8")
    page, said = _browsed(evil, tmp_path)
    assert "<title>taken" not in page
    assert page.count('data-done="') == 19
    assert len([line for line in said if "Content Security Policy" in line]) >= 3


@needs_browser
def test_a_run_report_opens_as_it_was_written_and_forbids_all_else(tmp_path: Path) -> None:
    evil = "<script>document.title='taken'</script>"
    line = FileLine("/in/a.pdf", evil, "failed", "failed", 0, 0.1, "unreadable", f"{evil}: damaged.", "Fetch it again.")
    record = RunRecord("20250101-000000-ab", "done", "x", "y", 1.0, {}, {}, {"failed": 1}, (line,), {})
    report, _ = write_report(record, tmp_path)
    text = report.read_text(encoding="utf-8")
    assert "default-src 'none'" in text
    assert "script-src 'none'" in text
    page, said = _browsed(report, tmp_path)
    assert said == []
    assert "<h2>Failed</h2>" in page
    report.write_text(text.replace("<h2>Failed</h2>", evil), encoding="utf-8")
    page, said = _browsed(report, tmp_path)
    assert "<title>taken" not in page
    assert len(said) == 1


_HOVER = """
setTimeout(() => {
  const mark = document.querySelector('[data-figure="3"] svg .mark-rect path'), box = mark.getBoundingClientRect();
  for (const name of ["pointerover", "pointermove", "mouseover", "mousemove"])
    mark.dispatchEvent(new MouseEvent(name, { bubbles: true, clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 }));
  setTimeout(() => {
    const tip = document.getElementById("vg-tooltip-element");
    document.title = tip ? `${getComputedStyle(tip).position} ${getComputedStyle(tip).visibility}` : "no tip";
  }, 500);
}, 3000);
"""


@needs_browser
def test_a_mark_of_a_chart_tells_its_number_when_pointed_at(opened: Opened) -> None:
    page = opened(_HOVER)
    assert "<title>fixed visible</title>" in page
    assert "20 单" in page[page.index('id="vg-tooltip-element"') :]


def test_nothing_is_fetched_from_elsewhere(folder: Path) -> None:
    page = (folder / "review.html").read_text(encoding="utf-8")
    outside = re.sub(r"<script>.*?</script>|<script type.*?</script>", "", page, flags=re.DOTALL)
    assert not re.search(r"<link|@import|\bsrc=|url\(|https?://", outside)


def test_text_of_documents_cannot_become_part_of_the_page(review: Review) -> None:
    evil = "</script><script>alert(1)</script>"
    proof = Dossier("云杉2025-1", evil, "abn", "1")
    page = as_html(review, {"云杉2025-1": proof})
    assert evil not in page


def test_a_page_of_520_deals_stays_below_eight_megabytes() -> None:
    from dealproof.market_review.dossier import dossiers

    many, dataset = reviews.review(13), reviews.dataset(13)
    page = as_html(many, dossiers(many, dataset, {}))
    assert len(dataset.rows("deals")) > 520
    assert len(page.encode()) < 8_000_000


@needs_browser
def test_an_address_opens_a_number_with_its_deals(opened: Opened) -> None:
    page = opened(n="issuance.amount_by_market:2025:abn")
    panel = page[page.index('<dialog id="panel"') :]
    assert 'open=""' in panel[:200]
    assert "184.00 亿元" in panel
    assert "背后的产品（20 单）" in panel
    assert panel.count("data-deal-row") >= 20


@needs_browser
def test_a_deal_of_a_number_shows_field_value_print_file_and_page(opened: Opened) -> None:
    page = opened(n="issuance.amount_by_market:2025:abn", deal="云杉2025-1", lang="en")
    panel = page[page.index('<dialog id="panel"') : page.index('id="data"')]
    assert "Total amount of all tranches" in panel
    assert "1230000000.00 元" in panel
    assert (
        'href="https://files.example/doc-%E4%BA%91%E6%9D%892025-1.pdf#page=3"' in panel
        or "doc-云杉2025-1.pdf#page=3" in panel
    )
    assert "Two readers read the amount differently" in panel


@needs_browser
def test_all_charts_are_drawn_in_the_language_that_is_asked(opened: Opened) -> None:
    chinese, english = opened(), opened(lang="en")
    for page, asked, other in ((chinese, "发起机构", "Trust companies"), (english, "Trust companies", "信托公司")):
        drawn = "".join(re.findall(r"<svg.*?</svg>", page, flags=re.DOTALL))
        assert page.count('data-done="') == 19
        assert asked in page
        assert other not in drawn
    assert '<html lang="en"' in english


@needs_browser
def test_a_number_without_a_value_opens_with_its_reason(opened: Opened) -> None:
    page = opened(n="issuance.amount:2025", lang="en")
    panel = page[page.index('<dialog id="panel"') : page.index('id="data"')]
    assert "the reference file has no total issuance of 2025" in panel


_CLICK = """
setTimeout(() => {{
  const target = document.querySelector({selector!r});
  target.dispatchEvent(new MouseEvent("click", {{ bubbles: true }}));
}}, 3000);
"""


@needs_browser
@pytest.mark.parametrize(
    ("selector", "told"),
    [
        ('button[data-n="issuance.count:2025"]', "背后的产品（41 单）"),
        ('[data-figure="3"] svg .mark-rect path', "背后的产品（20 单）"),
        ('[data-figure="18"] svg .mark-symbol.role-mark path', "背后的产品（1 单）"),
        ('button[data-deal="银杏2025-1"]', "银杏2025年第1期小微贷款资产支持证券"),
    ],
    ids=["number", "bar", "dot", "deal of a finding"],
)
def test_a_click_opens_what_is_behind(opened: Opened, selector: str, told: str) -> None:
    page = opened(_CLICK.format(selector=selector))
    panel = page[page.index('<dialog id="panel"') : page.index('id="data"')]
    assert 'open=""' in panel[:200]
    assert told in panel
