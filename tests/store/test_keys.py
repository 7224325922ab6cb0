"""What names labels and code, so that facts of other labels or other code are never taken for today's."""

from __future__ import annotations

from pathlib import Path

import grimp
import pytest

from dealproof.errors import MappingError
from dealproof.interpret.version import interpreter_key, source_files
from dealproof.mappings.labels import labels_key, load_labels


def test_any_edit_of_a_label_file_gives_another_key(tmp_path: Path) -> None:
    rows = tmp_path / "tranches.csv"
    rows.write_text("field,label\ncoupon_pct,票面利率\n", encoding="utf-8")
    before = labels_key(tmp_path)
    assert load_labels(tmp_path).key == before
    rows.write_text("field,label,note\ncoupon_pct,票面利率,\n", encoding="utf-8")
    assert labels_key(tmp_path) != before
    (tmp_path / "aside.txt").write_text("not a label file", encoding="utf-8")
    assert labels_key(tmp_path) == load_labels(tmp_path).key


def test_a_label_file_saved_by_a_chinese_spreadsheet_is_read(tmp_path: Path) -> None:
    (tmp_path / "tranches.csv").write_bytes("field,label\ncoupon_pct,票面利率\n".encode("gbk"))
    assert load_labels(tmp_path).field("tranches", "票面利率") == "coupon_pct"


def test_a_label_file_in_no_known_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "tranches.csv").write_bytes(b"field,label\ncoupon_pct,\xff\xff\n")
    with pytest.raises(MappingError, match=r"tranches\.csv:2"):
        load_labels(tmp_path)


def test_the_interpreter_key_covers_every_module_that_facts_depend_on() -> None:
    graph = grimp.build_graph("dealproof")
    rests_on = {"dealproof.select", "dealproof.interpret"} | graph.find_descendants("dealproof.interpret")
    for module in tuple(rests_on):
        rests_on |= graph.find_upstream_modules(module)
    package = Path(__file__).parents[2] / "src" / "dealproof"
    covered = {path.relative_to(package).with_suffix("").as_posix().replace("/", ".") for path in source_files()}
    covered = {f"dealproof.{name.removesuffix('.__init__')}" for name in covered}
    assert rests_on - covered - {"dealproof", "dealproof.tables"} == set()


def test_the_interpreter_key_is_the_same_within_a_process() -> None:
    assert interpreter_key() == interpreter_key()
    assert interpreter_key().count("-") == 1
