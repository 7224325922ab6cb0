"""Nineteen figures that a person who only looks understands."""

from __future__ import annotations

import builtins
import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import altair as alt
import pytest
from jsonschema import ValidationError
from PIL import ImageFont
from pylopdf_fonts_zh_cn import sans_path

from dealproof.errors import EngineMissingError
from dealproof.market_review import style as look
from dealproof.market_review.charts import VEGA_LITE, chart, png
from dealproof.market_review.drawing import draw
from dealproof.market_review.figures import BY_NUMBER, FIGURES, Figure
from dealproof.market_review.notes import notes, title
from dealproof.market_review.style import LANGUAGES, SHADES, Canvas, text_width
from dealproof.metrics.catalog import BY_ID
from dealproof.metrics.model import Review
from dealproof.metrics.vocabulary import in_order, words

_FIGURES = pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: f"fig{figure.number:02d}")
_PNG = b"\x89PNG\r\n\x1a\n"


def test_there_are_nineteen_figures_in_order() -> None:
    assert [figure.number for figure in FIGURES] == list(range(1, 20))


@_FIGURES
def test_a_figure_groups_only_by_what_its_metric_groups_by(figure: Figure) -> None:
    for column in (figure.x, figure.colour, figure.facet):
        assert column in ("", "year") or column in BY_ID[figure.metrics[0]].by
    assert all(metric in BY_ID for metric in (*figure.metrics, *figure.also))


@_FIGURES
def test_all_nineteen_figures_have_data_notes_png_and_svg(figure: Figure, review: Review, folder: Path) -> None:
    assert draw(figure, review).marks
    heads = {note.head.zh for note in notes(figure, review)}
    assert {"样本", "口径", "资料来源"} <= heads
    for ending in ("", "-en"):
        name = folder / "figures" / f"fig{figure.number:02d}{ending}"
        picture = name.with_suffix(".png").read_bytes()
        assert picture.startswith(_PNG)
        assert int.from_bytes(picture[16:20]) >= 2 * look.WIDE
        assert "<svg" in name.with_suffix(".svg").read_text(encoding="utf-8")


@_FIGURES
def test_titles_axes_and_units_are_there_in_both_languages(figure: Figure, review: Review) -> None:
    for language in LANGUAGES:
        text = json.dumps(chart(figure, review, Canvas(language)), ensure_ascii=False)
        assert getattr(figure.measure, language) in text
        assert str(review.year) in getattr(title(figure, review), language)


@_FIGURES
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("wide", [True, False], ids=["wide", "phone"])
def test_no_label_lies_on_another_or_is_cut(
    figure: Figure, review: Review, language: look.Language, wide: bool
) -> None:
    canvas = Canvas(language, wide)
    boxes = list(_texts(figure, review, canvas))
    assert len(boxes) >= len(draw(figure, review).marks) or figure.kind in ("coupons", "ranks", "points", "years")
    assert len(boxes) > 2
    for at, (left, top, right, bottom, text) in enumerate(boxes):
        assert left >= -8, text
        assert right <= canvas.width + 8, text
        for other in boxes[:at]:
            apart = right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
            assert apart, f"{text!r} lies on {other[4]!r}"


def test_shades_stay_apart_in_black_and_white() -> None:
    grey = [_lightness(shade) for shade, _ in SHADES[:4]]
    assert all(later - earlier > 0.12 for earlier, later in pairwise(grey))
    assert all(abs(_lightness(shade) - _lightness(ink)) > 0.4 for shade, ink in SHADES)


def test_layers_that_are_stacked_add_up_to_the_total(review: Review) -> None:
    drawn = draw(BY_NUMBER[2], review)
    for total in (mark for mark in drawn.lines if mark.role == "total"):
        layers = [mark.value for mark in drawn.marks if mark.category == total.category]
        assert abs(sum(layers) - total.value) < 1


def test_a_figure_without_data_says_so_instead_of_being_blank(review: Review) -> None:
    bare = replace(review, results=(), lines={})
    for figure in FIGURES:
        assert "没有可绘制的数据" in json.dumps(chart(figure, bare, Canvas("zh")), ensure_ascii=False)


def test_what_was_left_out_stands_under_the_figure_with_its_reason(review: Review) -> None:
    texts = [note.text.zh for note in notes(BY_NUMBER[14], review) if note.head.zh == "未计入"]
    assert texts == ["1 单：发行文件没有披露加权平均年利率"]


def test_a_base_that_is_not_known_is_told_under_the_figure(review: Review) -> None:
    texts = [note.text.en for note in notes(BY_NUMBER[2], review) if note.head.en == "Cannot be told"]
    assert texts == ["Amount issued: the reference file has no total issuance of 2025"]


def test_ratings_stand_from_best_to_worst_and_bands_by_their_edges() -> None:
    assert in_order("rating", ["BBB+sf", "A+sf", "AAAsf", "AA+sf"]) == ("AAAsf", "AA+sf", "A+sf", "BBB+sf")
    assert in_order("rate_band", [">20%", "5–8%", "≤5%", "16–20%"]) == ("≤5%", "5–8%", "16–20%", ">20%")


def test_ten_thousand_yuan_become_thousands_in_english() -> None:
    assert words("balance_band", "1–5万元").en == "10–50k CNY"


def test_letters_that_no_font_has_are_known_as_such() -> None:
    assert look.draws_apart("永", "回")
    assert not look.draws_apart("\U0010fff0", "\U0010fff1")


def test_without_a_chinese_font_no_picture_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(look, "draws_apart", lambda one, other: False)
    look.require_fonts.cache_clear()
    with pytest.raises(EngineMissingError, match=r"font with Chinese letters.*dealproof\[report\]"):
        png("<svg/>")
    look.require_fonts.cache_clear()


def test_pictures_are_drawn_with_the_font_of_the_extra_before_any_of_the_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fonts = sorted(sans_path().parent.glob("*.otf"))
    assert look.FONTS[0] in {ImageFont.truetype(path, 10).getname()[0] for path in fonts}
    registered: list[str] = []
    monkeypatch.setattr("vl_convert.register_font_directory", registered.append)
    look.require_renderer.cache_clear()
    look.require_renderer()
    assert registered == [str(sans_path().parent)]
    monkeypatch.undo()
    look.require_renderer.cache_clear()
    assert _drawn(look.FONT) == _drawn(f'"{look.FONTS[0]}"')


def _drawn(family: str) -> bytes:
    return png(
        f"<svg xmlns='http://www.w3.org/2000/svg' width='300' height='40'><text y='30' font-size='24' font-family='{family}'>累计违约率 12.5%</text></svg>"
    )


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, review: Review) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "altair":
            raise ImportError("no such package", name="altair")
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    look.require_renderer.cache_clear()
    with pytest.raises(EngineMissingError, match=r"altair.*dealproof\[report\]"):
        chart(FIGURES[0], review, Canvas("zh"))


def _texts(figure: Figure, review: Review, canvas: Canvas) -> Iterator[tuple[float, float, float, float, str]]:
    """The boxes of all texts of a drawn figure; titles are above it."""
    spec = chart(figure, review, canvas)
    spec.pop("title")
    scene = look.require_renderer().vegalite_to_scenegraph(json.dumps(spec), vl_version=VEGA_LITE)
    left, top = scene["origin"]
    yield from _walk(scene["scenegraph"], left - 6, top)


def _walk(node: dict[str, Any], x: float, y: float) -> Iterator[tuple[float, float, float, float, str]]:
    for item in node.get("items", ()):
        here = (x + (item.get("x") or 0), y + (item.get("y") or 0))
        text = item.get("text")
        if text is not None and str(text).strip() and item.get("opacity", 1):
            size = item.get("fontSize", 11)
            lines = str(text).split("\n")
            wide, high = (
                text_width(str(text), size) * 0.92,
                size * 1.05 + (len(lines) - 1) * (item.get("lineHeight") or size + 2),
            )
            left = (
                here[0]
                + (item.get("dx") or 0)
                - {"left": 0.0, "center": 0.5, "right": 1.0}[item.get("align", "left")] * wide
            )
            share = {"top": 0.0, "middle": 0.5, "line-top": 0.0}.get(item.get("baseline", "alphabetic"), 0.85)
            top = here[1] + (item.get("dy") or 0) - share * high
            yield left, top, left + wide, top + high, str(text)
        yield from _walk(item, *here)


def _lightness(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@_FIGURES
def test_a_figure_is_what_the_schema_of_its_library_allows(figure: Figure, review: Review) -> None:
    for wide in (True, False):
        spec = chart(figure, review, Canvas("zh", wide))
        alt.LayerChart.from_dict(spec)
        layer = spec["layer"][0]
        with pytest.raises(ValidationError):
            alt.LayerChart.from_dict(spec | {"layer": [layer | {"mark": "no such mark"}]})
