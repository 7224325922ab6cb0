"""From the colours of a picture to letters: what goes, what stays, and what another look must settle."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from dealproof.model.evidence import Box
from dealproof.model.page import Upright
from dealproof.pages.ocr import engine, find_lines, runtime
from dealproof.pages.ocr import recognise as recognising
from dealproof.pages.ocr.engine import ReadLine
from dealproof.pages.ocr.find_lines import Found
from dealproof.pages.ocr.has_table import shows_table
from dealproof.pages.ocr.ink import HAIRLINE, black_ink, is_ink
from dealproof.pages.ocr.pieces import Piece, _once
from dealproof.pages.ocr.recognise import ALL_DIFFER, TWO_OF_THREE, recognise, settled
from dealproof.pages.ocr.ruling import find_rules
from dealproof.pages.ocr.straighten import skew_of, turned

SCALE = 200 / 72
ROWS = (
    ("Class", "Amount", "Share"),
    ("A", "3,180,000.00", "76.29"),
    ("B", "370,000.00", "8.88"),
    ("C", "618,520.00", "14.84"),
)


class Paper:
    """A page in points that is drawn at 200 dots an inch."""

    def __init__(self, width: int = 400, height: int = 300, colour: tuple[int, int, int] = (255, 255, 255)) -> None:
        self._picture = Image.new("RGB", (round(width * SCALE), round(height * SCALE)), colour)
        self._pen = ImageDraw.Draw(self._picture)

    def text(self, x: float, top: float, text: str, colour: Any = (0, 0, 0), size: float = 10) -> Paper:
        self._pen.text((x * SCALE, top * SCALE), text, colour, ImageFont.load_default(round(size * SCALE)))
        return self

    def rule(self, x0: float, top: float, x1: float, bottom: float, colour: Any = (0, 0, 0), width: int = 2) -> Paper:
        self._pen.line((x0 * SCALE, top * SCALE, x1 * SCALE, bottom * SCALE), colour, width)
        return self

    def ring(self, x: float, top: float, size: float, colour: Any) -> Paper:
        place = (x * SCALE, top * SCALE, (x + size) * SCALE, (top + size) * SCALE)
        self._pen.ellipse(place, outline=colour, width=round(3 * SCALE))
        return self

    def table(self, x: float = 60, top: float = 60, high: float = 18, colour: Any = (0, 0, 0), width: int = 2) -> Paper:
        for number, row in enumerate(ROWS):
            for column, text in enumerate(row):
                self.text(x + 6 + 100 * column, top + 4 + high * number, text)
        for number in range(len(ROWS) + 1):
            self.rule(x, top + high * number, x + 300, top + high * number, colour, width)
        for column in range(4):
            self.rule(x + 100 * column, top, x + 100 * column, top + high * len(ROWS), colour, width)
        return self

    @property
    def pixels(self) -> Any:
        return np.asarray(self._picture)


def _darkest(grey: Any, x0: float, top: float, x1: float, bottom: float) -> int:
    part = grey[round(top * SCALE) : round(bottom * SCALE), round(x0 * SCALE) : round(x1 * SCALE)]
    return int(part.min())


def test_a_red_seal_goes_and_the_black_figures_under_it_stay() -> None:
    paper = Paper().text(150, 100, "370,000.00").ring(120, 60, 100, (200, 30, 30)).text(160, 82, "*", (200, 30, 30), 30)
    grey = black_ink(paper.pixels, SCALE)
    assert _darkest(grey, 150, 100, 205, 112) < 60
    assert _darkest(grey, 118, 90, 124, 130) > 150
    assert _darkest(grey, 160, 82, 185, 96) > 150


def test_a_small_red_figure_is_a_figure_and_stays() -> None:
    grey = black_ink(Paper().text(60, 60, "TEXT").text(150, 60, "-1,234.50", (200, 30, 30)).pixels, SCALE)
    assert _darkest(grey, 150, 60, 205, 72) < 150


def test_a_pale_watermark_goes_and_grey_paper_becomes_white() -> None:
    paper = (
        Paper(colour=(215, 212, 205))
        .text(60, 60, "TEXT TEXT TEXT", size=20)
        .text(200, 150, "DRAFT", (185, 182, 176), 40)
    )
    grey = black_ink(paper.pixels, SCALE)
    assert _darkest(grey, 200, 150, 330, 190) > 200
    assert _darkest(grey, 300, 250, 390, 290) > 245
    assert _darkest(grey, 60, 60, 150, 80) < 80


@pytest.mark.parametrize(("colour", "width"), [((0, 0, 0), 2), ((140, 140, 140), 1)])
def test_ruling_lines_and_hairlines_are_found_where_they_are_drawn(colour: Any, width: int) -> None:
    grey = black_ink(Paper().table(colour=colour, width=width).pixels, SCALE)
    rules, _ = find_rules(is_ink(grey, HAIRLINE), SCALE)
    level = sorted(rule.top for rule in rules if rule.is_level)
    upright = sorted(rule.x0 for rule in rules if not rule.is_level)
    assert level == pytest.approx([60, 78, 96, 114, 132], abs=0.7)
    assert upright == pytest.approx([60, 160, 260, 360], abs=0.7)


def test_strokes_of_letters_between_two_rules_are_no_column_lines() -> None:
    paper = Paper().text(80, 62, "HILTHE IIII LLL", size=13)
    for top in (60, 78):
        paper.rule(60, top, 360, top)
    for x in (60, 360):
        paper.rule(x, 60, x, 78)
    rules, _ = find_rules(is_ink(black_ink(paper.pixels, SCALE)), SCALE)
    assert sorted(rule.x0 for rule in rules if not rule.is_level) == pytest.approx([60, 360], abs=0.7)


@pytest.mark.parametrize("angle", [-2.0, -0.4, 0.7, 3.0])
def test_a_page_that_lies_askew_is_told_by_how_much(angle: float) -> None:
    grey = black_ink(Paper().table().pixels, SCALE)
    assert skew_of(is_ink(turned(grey, angle, 255))) == pytest.approx(-angle, abs=0.1)


def test_a_level_page_is_left_as_it_is() -> None:
    assert skew_of(is_ink(black_ink(Paper().table().pixels, SCALE))) == 0


@pytest.mark.parametrize("turn", [0, 1])
def test_a_grid_is_seen_whichever_way_the_page_lies(turn: int) -> None:
    assert shows_table(np.rot90(Paper().table().pixels, turn), SCALE)


def test_lines_of_prose_and_a_signature_line_show_no_table() -> None:
    paper = Paper()
    for number in range(9):
        paper.text(60, 60 + 16 * number, "all work and no play makes a dull page of prose")
    assert not shows_table(paper.rule(200, 250, 300, 250).pixels, SCALE)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_place_on_the_straight_page_is_found_again_on_the_page_as_shown(turn: int) -> None:
    width, height = (400.0, 300.0) if turn % 180 == 0 else (300.0, 400.0)
    paper = np.zeros((300, 400), np.uint8)
    paper[60:70, 100:140] = 255
    straight = np.rot90(paper, -turn // 90)
    rows, columns = np.nonzero(straight)
    box = Box(float(columns.min()), float(rows.min()), float(columns.max() + 1), float(rows.max() + 1))
    shown = Upright(turn, 0.0, width, height).shown(box)
    assert (shown.x0, shown.top, shown.x1, shown.bottom) == (100, 60, 140, 70)


@pytest.mark.parametrize("skew", [-2.0, 1.5])
def test_a_place_on_a_levelled_page_is_found_again_on_the_page_that_lies_askew(skew: float) -> None:
    askew = np.zeros((300, 400), np.uint8)
    askew[60:70, 300:340] = 255
    rows, columns = np.nonzero(turned(askew, skew, 0) > 128)
    middle = Box(columns.mean(), rows.mean(), columns.mean(), rows.mean())
    shown = Upright(0, skew, 400, 300).shown(middle)
    assert (shown.x0, shown.top) == (pytest.approx(319.5, abs=0.8), pytest.approx(64.5, abs=0.8))


def _line(text: str, sure: float) -> ReadLine:
    return ReadLine(tuple(text), tuple((n + 0.5) / len(text) for n in range(len(text))), (sure,) * len(text))


def test_what_two_looks_see_alike_keeps_the_higher_surety_of_each_letter() -> None:
    line, other = settled(_line("1,234", 0.7), _line("1，234", 0.95), None)
    assert (line.text, line.least, other) == ("1,234", 0.95, "")


def test_commas_and_points_that_can_only_be_written_one_way_are_as_sure_as_the_digits_around_them() -> None:
    first = ReadLine(tuple("1,234.50"), (0.5,) * 8, (0.99, 0.4, 0.98, 0.99, 0.99, 0.5, 0.99, 0.97))
    line, other = settled(first, ReadLine(tuple("1.234.50"), (0.5,) * 8, (0.9,) * 8), None)
    assert (line.text, line.least, other) == ("1,234.50", 0.97, "")
    line, _ = settled(ReadLine(tuple("1.234.50"), (0.5,) * 8, (0.9,) * 8), first, None)
    assert (line.text, line.least) == ("1,234.50", 0.97)


@pytest.mark.parametrize("text", ["5.806", "1,234,567", "12.34"])
def test_a_point_that_could_be_a_comma_or_a_speck_keeps_its_own_surety(text: str) -> None:
    line = ReadLine(tuple(text), (0.5,) * len(text), tuple(0.99 if char.isdigit() else 0.4 for char in text))
    assert settled(line, line, None)[0].least == 0.4


def test_where_two_looks_differ_a_third_decides_and_no_surety_is_left() -> None:
    line, other = settled(_line("5,717:69", 0.99), _line("5,717.69", 0.99), _line("5,717.69", 0.99))
    assert (line.text, line.least, other) == ("5,717.69", TWO_OF_THREE, "5,717:69")
    line, other = settled(_line("5,711", 0.99), _line("5,777", 0.9), _line("5,117", 0.8))
    assert (line.least, other) == (ALL_DIFFER, "5,777")


@pytest.mark.parametrize(("text", "sure", "looks"), [("ABC", 0.4, 1), ("1,234", 0.99, 1), ("1,234", 0.95, 2), ("余额1,234", 0.5, 2)])
def test_a_line_is_looked_at_again_where_it_has_figures_and_a_letter_is_not_sure(
    text: str, sure: float, looks: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def read(pictures: Sequence[Any]) -> list[ReadLine]:
        seen.append(len(pictures))
        return [_line(text, sure) for _ in pictures]

    monkeypatch.setattr(recognising, "read_lines", read)
    recognising._letters(np.full((40, 120), 255, np.uint8), [Piece(10, 10, 100, 30)], 2.0, {})
    assert sum(seen) == looks


#: Run in a process of its own: whoever connects to anything, or writes beside what is there, is found out.
ALONE = """
import socket, sys
def refuse(*_, **__): raise SystemExit("connects")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
sys.modules.update(dict.fromkeys(sys.argv[1:]))
import numpy
from dealproof.pages.ocr import engine, find_lines, runtime
find_lines.find_text(numpy.full((100, 100), 255, numpy.uint8))
print(runtime.runtime(), engine.self_test(), *(name for name in sys.modules if name.startswith("openvino_telemetry.")))
"""


@pytest.mark.parametrize("missing", [(), ("openvino",)])
def test_recognising_connects_to_nobody_and_writes_nothing_into_the_home(missing: tuple[str, ...], tmp_path: Path) -> None:
    """Neither on the first runtime, nor on the second where the first is not installed."""
    for name in ("rapidocr", *runtime.RUNTIMES):
        pytest.importorskip(name)
    done = subprocess.run(
        [sys.executable, "-c", ALONE, *missing],
        env={**os.environ, "HOME": str(tmp_path)}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [runtime.RUNTIMES[len(missing)], "12,345.67"]
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_runs_the_models_or_there_are_none_pages_are_not_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    for missing in (runtime.RUNTIMES, (runtime.MODELS,)):
        with monkeypatch.context() as without:
            for name in missing:
                without.setitem(sys.modules, name, None)
            assert not engine.is_installed()


def _on(name: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pieces of a page in their order, as one runtime gives them."""
    made = (runtime.runtime, find_lines._detector, engine._recogniser)
    monkeypatch.setattr(runtime, "RUNTIMES", (name,))
    for one in made:
        one.cache_clear()
    try:
        pieces: dict[int, str] = {}
        for letter in recognise(turned(Paper(width=420, height=240).table().text(60, 30, "All of it").pixels, 0.4, 255), SCALE, 1).letters:
            pieces[letter.piece] = pieces.get(letter.piece, "") + letter.text
        return [pieces[number] for number in sorted(pieces)]
    finally:
        for one in made:
            one.cache_clear()


def test_every_runtime_reads_the_same_in_the_same_order(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("rapidocr", *runtime.RUNTIMES):
        pytest.importorskip(name)
    first, *others = (_on(name, monkeypatch) for name in runtime.RUNTIMES)
    assert first == ["Allofit", *(text for row in ROWS for text in row)]
    assert [first] * len(others) == others


def test_a_piece_that_one_runtime_sees_a_pixel_higher_keeps_its_place_in_the_row() -> None:
    row = [Piece(10, 40, 60, 60), Piece(80, 41, 130, 60), Piece(150, 39, 200, 61)]
    above, below = Piece(10, 10, 60, 30), Piece(10, 66, 60, 86)
    higher = [Piece(p.x0, p.top + shift, p.x1, p.bottom + shift) for p, shift in zip(row, (1, -1, 0), strict=True)]
    for pieces in (row, higher):
        assert _once([below, *reversed(pieces), above]) == [above, *pieces, below]


@pytest.mark.parametrize("turn", [0, 1, 2, 3])
def test_a_table_is_read_whichever_way_its_page_was_laid_on_the_scanner(turn: int) -> None:
    pytest.importorskip("rapidocr")
    paper = Paper(width=420, height=240).table()
    found = recognise(np.ascontiguousarray(np.rot90(turned(paper.pixels, 1.0, 255), turn)), SCALE, 1)
    pieces: dict[int, str] = {}
    for letter in found.letters:
        pieces[letter.piece] = pieces.get(letter.piece, "") + letter.text
    assert {text for row in ROWS for text in row if "." in text} <= set(pieces.values())
    assert found.upright.turn == 90 * turn
    assert min(letter.surety for letter in found.letters if letter.text.isdigit()) > 0.5


def test_a_small_raised_digit_behind_a_figure_is_the_mark_of_a_footnote_and_no_digit_of_it() -> None:
    pytest.importorskip("rapidocr")
    paper = Paper(width=420, height=240).table()
    plain = {letter.text for letter in recognise(paper.pixels, SCALE, 1).letters}
    assert not plain & set("⁰¹²³⁴⁵⁶⁷⁸⁹")
    end = 166 + ImageFont.load_default(round(10 * SCALE)).getlength("3,180,000.00") / SCALE
    paper.text(end + 0.6, 81, "2", size=6)
    pieces: dict[int, str] = {}
    for letter in recognise(paper.pixels, SCALE, 1).letters:
        pieces[letter.piece] = pieces.get(letter.piece, "") + letter.text
    assert "3,180,000.00²" in pieces.values()


def test_a_line_of_prose_is_looked_at_narrowed_and_a_cell_as_it_is() -> None:
    page = np.full((60, 900), 255, np.uint8)
    assert Piece(0, 10, 100, 30).first_look(page).shape == (20, 100)
    assert Piece(0, 10, 800, 30).first_look(page).shape == (20, 520)


@pytest.mark.parametrize(("seen", "meant"), [("AÁAsf", "AAAsf"), ("餘額", "余额"), ("Société", "Société")])
def test_traditional_forms_and_accents_over_capitals_are_looks_and_no_print(seen: str, meant: str) -> None:
    assert engine._simplified(seen) == meant


def test_the_recogniser_sees_few_widths_and_none_is_narrower_than_its_line() -> None:
    rooms = [engine._room(wide) for wide in range(1, 3_000)]
    assert all(room >= wide for wide, room in enumerate(rooms, start=1))
    assert len(set(rooms)) <= 20


def test_a_lone_digit_that_the_detector_overlooks_is_found_by_its_ink() -> None:
    pytest.importorskip("rapidocr")
    paper = Paper().table().text(150, 118, "7")
    assert "7" in {letter.text for letter in recognise(paper.pixels, SCALE, 1).letters}


@pytest.mark.parametrize("said", [
    "Non-zero status code returned while running Conv node: std::bad_alloc",
    "Check 'ptr' failed at src/cpu_memory.cpp:257: Failed to allocate 55050240 bytes", "can't alloc",
])  # fmt: skip
def test_a_recogniser_that_runs_out_of_memory_says_so_as_any_reader_does(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def hungry(*_: Any, **__: Any) -> None:
        raise RuntimeError(said)

    monkeypatch.setattr(find_lines, "_detector", lambda: hungry)
    monkeypatch.setattr(engine, "_recogniser", lambda: hungry)
    with pytest.raises(MemoryError):
        find_lines.find_text(np.zeros((10, 10), np.uint8))
    with pytest.raises(MemoryError):
        engine.read_lines([np.zeros((10, 10), np.uint8)])


@pytest.mark.parametrize(("turn", "looks"), [(0, 1), (1, 2), (2, 2), (3, 3)])
def test_a_page_is_turned_only_where_its_lines_run_up_or_its_first_lines_are_read_badly(
    turn: int, looks: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("rapidocr")
    seen: list[int] = []

    def find(picture: Any) -> list[Found]:
        seen.append(1)
        return find_lines.find_text(picture)

    monkeypatch.setattr(recognising, "find_text", find)
    pixels = np.ascontiguousarray(np.rot90(Paper(width=420, height=240).table().text(60, 30, "All of it").pixels, turn))
    assert recognise(pixels, SCALE, 1).upright.turn == 90 * turn
    assert len(seen) == looks
