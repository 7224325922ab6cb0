"""The READMEs show what the program gives today, and say the same in English and Chinese."""

from __future__ import annotations

import re

import pytest
from PIL import Image
from samples.first_screen import READMES, ROOT, block, outputs


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _commands(name: str) -> list[str]:
    """What a README gives to type, without the remarks behind it."""
    lines = [line for line in _text(name).splitlines() if re.match(r" {4}(dealproof|python3|\.venv|apt-get) ?", line)]
    return [line.split(" #")[0].strip() for line in lines]


@pytest.fixture(scope="module")
def made() -> dict[str, tuple[str, ...]]:
    return outputs()


@pytest.mark.parametrize("readme", READMES)
def test_the_readme_shows_the_rows_of_tranches_that_the_sample_gives_today(
    readme: str, made: dict[str, tuple[str, ...]]
) -> None:
    shown = block(_text(readme), "tranches.csv")
    assert "优先B,190000000,7.04,2025-09-26" in shown
    assert shown == made["tranches.csv"]


@pytest.mark.parametrize("readme", READMES)
def test_the_readme_shows_the_why_answer_that_the_sample_gives_today(
    readme: str, made: dict[str, tuple[str, ...]]
) -> None:
    shown = block(_text(readme), "why")
    assert sum("disclosed: " in line for line in shown) == 2
    assert shown == made["why"]


def test_both_readmes_give_the_same_commands_in_the_same_order() -> None:
    english, chinese = (_commands(name) for name in READMES)
    assert len(english) > 20
    assert chinese == english


@pytest.mark.parametrize("readme", READMES)
def test_pictures_of_the_readme_are_there_and_small(readme: str) -> None:
    pictures = set(re.findall(r'src="([^"]+)"', _text(readme)))
    assert len(pictures) == 2
    for name in pictures:
        assert (ROOT / name).stat().st_size < 200_000
        with Image.open(ROOT / name) as picture:
            assert picture.width >= 900  # twice what the page shows


@pytest.mark.parametrize("readme", READMES)
def test_links_of_the_readme_lead_to_files(readme: str) -> None:
    links = {link for link in re.findall(r"\]\(([^)#]+)\)", _text(readme)) if "://" not in link}
    assert set(READMES) - {readme} <= links
    assert [link for link in sorted(links) if not (ROOT / link).is_file()] == []
