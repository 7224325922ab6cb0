"""Where a setting comes from: option beats environment beats file beats default."""

from __future__ import annotations

from pathlib import Path

import pytest

from dealproof.errors import MappingError, UsageError
from dealproof.settings.settings import build_settings, default_mappings


def test_option_beats_environment_beats_file_beats_default(tmp_path: Path) -> None:
    (tmp_path / "dealproof.toml").write_text('out = "from_file"\nformat = "xlsx"\njobs = 3\n')
    settings = build_settings(
        {"out": Path("from_option")}, {"DEALPROOF_OUT": "env", "DEALPROOF_FORMAT": "parquet"}, tmp_path
    )
    assert (settings.out, settings.format, settings.jobs) == (Path("from_option"), "parquet", 3)
    assert dict(settings.origin)["out"] == "option"
    assert dict(settings.origin)["format"] == "environment"
    assert dict(settings.origin)["jobs"] == "dealproof.toml"
    assert dict(settings.origin)["workspace"] == "default"


@pytest.mark.parametrize(("word", "meant"), [("0", False), ("false", False), ("1", True), ("Yes", True)])
def test_a_switch_in_the_environment_is_read_as_a_word(tmp_path: Path, word: str, meant: bool) -> None:
    assert build_settings({}, {"DEALPROOF_AGAIN": word}, tmp_path).again is meant


@pytest.mark.parametrize("options", [{"jobs": 0}, {"jobs": "many"}, {"format": "docx"}, {"again": "perhaps"}])
def test_a_value_that_makes_no_sense_is_refused(tmp_path: Path, options: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        build_settings(options, {}, tmp_path)


@pytest.mark.parametrize("content", [b"out = ", b'ouput = "typo"', b"\xff\xfe"])
def test_a_settings_file_with_a_fault_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "dealproof.toml").write_bytes(content)
    with pytest.raises(MappingError, match=r"dealproof\.toml"):
        build_settings({}, {}, tmp_path)


def test_mappings_of_the_working_folder_come_before_the_packaged_ones(tmp_path: Path) -> None:
    assert (default_mappings(tmp_path) / "labels" / "tranches.csv").is_file()
    (tmp_path / "mappings" / "labels").mkdir(parents=True)
    assert default_mappings(tmp_path) == tmp_path / "mappings"
