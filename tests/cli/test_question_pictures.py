"""A question shows the place that it asks about: in the sheet to fill in, and as a picture of its own."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PIL import Image
from typer.testing import CliRunner

from dealproof.cli.app import app
from dealproof.mappings.sheet import read_sheet

SAMPLE = Path(__file__).parents[2] / "samples" / "澄江受托机构报告3.pdf"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which a report with two glyphs of unknown meaning was read, and its questions were exported."""
    folder = tmp_path_factory.mktemp("questions")
    place = ["--workspace", str(folder / "work")]
    for command in (
        ["run", str(SAMPLE), "--out", str(folder / "out"), "--jobs", "1", *place],
        ["questions", "--export", str(folder / "q.xlsx"), "--pictures", str(folder / "pictures"), *place],
    ):
        result = CliRunner().invoke(app, command)
        assert result.exit_code == 0, result.output
    return folder


def test_the_sheet_shows_each_place_beside_its_question_and_can_still_be_read_back(folder: Path) -> None:
    sheet = load_workbook(folder / "q.xlsx").worksheets[0]
    rows = list(read_sheet(folder / "q.xlsx").rows)
    placed = [row for row in rows if row["page"]]
    assert len(sheet._images) == len(placed) > 0
    assert [cell.value for cell in sheet[1]][-1] == "picture"
    with (folder / "out" / "questions.csv").open(encoding="utf-8-sig", newline="") as handle:
        asked = [row for row in csv.DictReader(handle) if not row["cause"]]
    assert [row["question_id"] for row in rows] == [row["question_id"] for row in asked]


def test_a_picture_holds_the_frame_of_the_place_and_what_stands_around_it(folder: Path) -> None:
    made = sorted((folder / "pictures").glob("*.png"))
    assert made
    for path in made:
        picture = Image.open(io.BytesIO(path.read_bytes())).convert("RGB")
        assert picture.width > 120
        colours = {colour for _, colour in picture.getcolors(1 << 24) or []}
        assert (210, 40, 40) in colours
