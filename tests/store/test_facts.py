"""Facts count only beside the extract, the labels and the code that they were made with."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import grimp
import pytest

from dealproof.document import Extract
from dealproof.errors import MappingError
from dealproof.evidence import Fact, Source
from dealproof.interpret.frame import Profile
from dealproof.interpret.result import Interpretation
from dealproof.interpret.version import interpreter_key, source_files
from dealproof.mappings.labels import labels_key, load_labels
from dealproof.store.facts import KEPT, FactStore, Understood
from dealproof.store.folder import FolderStore

ID = "0" * 64
SOURCE = Source("a.pdf", "a.pdf", ID, 1)
FACT = Fact("tranches", (("deal_id", "甲2024-1"), ("tranche", "优先A")), "amount", Decimal("10.00"), "CNY")
UNDERSTOOD = Understood(Interpretation(SOURCE, 3, 0, Profile("offering_circular"), (FACT,), careful_pages=(1,)), (1, 2))


def test_facts_come_back_beside_the_extract_they_were_made_from(tmp_path: Path) -> None:
    facts = FactStore(tmp_path, "labels")
    facts.save(UNDERSTOOD, "stamp")
    assert facts.load(ID, "stamp") == UNDERSTOOD
    assert facts.load(ID, "another stamp") is None
    assert FactStore(tmp_path, "other labels").load(ID, "stamp") is None


def test_a_document_is_outgrown_when_pages_are_wanted_that_were_not_read() -> None:
    assert UNDERSTOOD.outgrown
    assert not Understood(UNDERSTOOD.interpretation, (1,)).outgrown


@pytest.mark.parametrize("content", [b"", b"\x1f\x8b", b"no gzip at all"])
def test_damaged_facts_count_as_absent(tmp_path: Path, content: bytes) -> None:
    facts = FactStore(tmp_path, "labels")
    facts.save(UNDERSTOOD, "stamp")
    next(tmp_path.rglob("*.json.gz")).write_bytes(content)
    assert facts.load(ID, "stamp") is None


def test_what_is_json_but_no_facts_counts_as_absent(tmp_path: Path) -> None:
    FactStore(tmp_path, "labels").save(UNDERSTOOD, "stamp")
    FolderStore(tmp_path).save(Extract(SOURCE, (), ()))
    facts, extract = (next((tmp_path / room).rglob("*.json.gz")) for room in ("facts", "extracts"))
    facts.write_bytes(extract.read_bytes())
    assert FactStore(tmp_path, "labels").load(ID, "stamp") is None


def test_only_the_generations_used_last_are_kept(tmp_path: Path) -> None:
    for age, labels in enumerate(("newest", "new", "old", "older", "oldest")):
        FactStore(tmp_path, labels).save(UNDERSTOOD, "stamp")
        folder = next(path for path in (tmp_path / "facts").iterdir() if path.name.endswith(f"-{labels}"))
        os.utime(folder, (1_000_000 - age, 1_000_000 - age))
    FactStore(tmp_path, "oldest").drop_old()
    left = {path.name.rpartition("-")[2] for path in (tmp_path / "facts").iterdir()}
    assert left == {"oldest", "newest", "new"}
    assert len(left) == KEPT


def test_another_extract_of_a_document_has_another_stamp(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    assert store.stamp(ID) == ""
    first = store.save(Extract(SOURCE, (), ()))
    assert store.stamp(ID) == first
    assert store.save(Extract(SOURCE, (), (), careful_pages=(1,))) != first


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
