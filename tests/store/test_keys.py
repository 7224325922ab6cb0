"""What names labels and code, so that facts of other labels or other code are never taken for today's."""

from __future__ import annotations

import importlib.metadata
import re
import shutil
from importlib.metadata import distributions, packages_distributions, requires
from pathlib import Path

import grimp
import pytest

from dealproof.errors import MappingError
from dealproof.interpret import version
from dealproof.interpret.version import (
    EXTRACTOR_SOURCES,
    LIBRARIES,
    RECOGNISERS,
    SOURCES,
    extractor_key,
    interpreter_key,
    program_key,
    recogniser_key,
    source_files,
)
from dealproof.mappings.label_files import labels_key
from dealproof.mappings.labels import load_labels
from dealproof.store.facts import generation
from dealproof.store.schema import EXTRACTS, FACTS, PROBLEMS

#: What says which pages deserve care; every generation of facts asks it anew.
MEANING = ("dealproof.interpret", "dealproof.extract.title", "dealproof.extract.choose_pages", "dealproof.mappings")
INSTALLED = {re.sub(r"[-_.]+", "-", found.metadata["Name"]).lower() for found in distributions()}
#: Packages that come with those that read and have no say in what is read: decryption, downloads, reports to makers (which
#: are switched off), settings, progress bars, and frames and workbooks that readers can write but are not asked for.
BESIDE_READING = {
    "certifi",
    "cffi",
    "charset-normalizer",
    "click",
    "colorlog",
    "cryptography",
    "et-xmlfile",
    "flatbuffers",
    "idna",
    "mypy-extensions",
    "omegaconf",
    "openpyxl",
    "openvino-telemetry",
    "packaging",
    "pandas",
    "protobuf",
    "pycparser",
    "python-dateutil",
    "pyyaml",
    "requests",
    "six",
    "tabulate",
    "tqdm",
    "typing-extensions",
    "urllib3",
}


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    """The label files that come with the program, to be edited."""
    return Path(shutil.copytree(Path(__file__).parents[2] / "mappings" / "labels", tmp_path / "labels"))


def test_any_edit_of_a_label_file_gives_another_key(labels: Path) -> None:
    rows = labels / "tranches.csv"
    before = labels_key(labels)
    assert load_labels(labels).key == before
    rows.write_bytes(rows.read_bytes() + "rate,本期息率\n".encode())
    assert labels_key(labels) != before
    (labels / "aside.txt").write_text("not a label file", encoding="utf-8")
    assert labels_key(labels) == load_labels(labels).key


def test_a_label_file_saved_by_a_chinese_spreadsheet_is_read(labels: Path) -> None:
    (labels / "tranches.csv").write_bytes("field,label\nrate,本期息率\n".encode("gbk"))
    assert load_labels(labels).field("tranches", "本期息率") == "rate"


def test_a_label_file_in_no_known_encoding_is_named(labels: Path) -> None:
    (labels / "tranches.csv").write_bytes(b"field,label\ncoupon_pct,\xff\xff\n")
    with pytest.raises(MappingError, match=r"tranches\.csv:2"):
        load_labels(labels)


def _covered(sources: tuple[str, ...]) -> set[str]:
    package = Path(__file__).parents[2] / "src" / "dealproof"
    names = {path.relative_to(package).with_suffix("").as_posix().replace("/", ".") for path in source_files(sources)}
    return {f"dealproof.{name.removesuffix('.__init__')}" for name in names}


def _rests_on(graph: grimp.ImportGraph, start: str, decided_anew: tuple[str, ...] = ()) -> set[str]:
    """Everything that a module imports, whatever imports it, but for rooms whose word is asked anew later."""
    found: set[str] = set()
    waiting = {start}
    while waiting:
        module = waiting.pop()
        if not module.startswith(decided_anew or ("-",)):
            found.add(module)
            waiting |= graph.find_modules_directly_imported_by(module) - found
    return found


def test_the_interpreter_key_covers_every_module_that_facts_depend_on() -> None:
    graph = grimp.build_graph("dealproof")
    rests_on = {"dealproof.extract.choose_pages", "dealproof.interpret"} | graph.find_descendants("dealproof.interpret")
    for module in tuple(rests_on):
        rests_on |= graph.find_upstream_modules(module)
    assert rests_on - _covered(SOURCES) - {"dealproof", "dealproof.tables"} == set()


def test_the_extractor_key_covers_every_module_that_reading_depends_on() -> None:
    graph = grimp.build_graph("dealproof")
    rests_on = {
        module
        for start in ("dealproof.extract.document", "dealproof.store.serialize")
        for module in _rests_on(graph, start, MEANING)
    }
    assert {"dealproof.pages.ocr.engine", "dealproof.tables.join", "dealproof.extract.recognise_pages"} <= rests_on
    assert rests_on - _covered(EXTRACTOR_SOURCES) - {"dealproof", "dealproof.tables", "dealproof.values"} == set()


def test_the_keys_name_every_package_that_reading_depends_on() -> None:
    graph = grimp.build_graph("dealproof", include_external_packages=True)
    modules = {name for module in _rests_on(graph, "dealproof.extract.document", MEANING) if (name := module.partition(".")[0])}
    names = packages_distributions()
    packages = {_plain(package) for module in modules for package in names.get(module, ())} - {"dealproof"}
    assert {"pdfplumber", "camelot-py", "pypdfium2", "onnxruntime", "openvino"} <= packages
    for package in tuple(packages):
        packages |= _needed_by(package, packages)
    assert packages - {_plain(name) for name in (*LIBRARIES, *RECOGNISERS)} <= BESIDE_READING


def _needed_by(package: str, known: set[str]) -> set[str]:
    needed = {_plain(re.split(r"[^\w.-]", line)[0]) for line in requires(package) or () if "extra ==" not in line}
    new = {name for name in needed - known if name in INSTALLED}
    return new | {deeper for name in new for deeper in _needed_by(name, known | new)}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_another_version_of_a_library_is_another_extractor(monkeypatch: pytest.MonkeyPatch) -> None:
    before, program, interpreter = extractor_key(), program_key(), interpreter_key()
    real = importlib.metadata.version
    for package in LIBRARIES:
        monkeypatch.setattr(version, "version", lambda name, package=package: real(name) + "+other" * (name == package))
        _clear()
        assert extractor_key() != before, package
        assert program_key() != program, package
        assert interpreter_key() == interpreter
    monkeypatch.undo()
    _clear()
    assert extractor_key() == before


def test_another_build_of_pdfium_is_another_extractor(monkeypatch: pytest.MonkeyPatch) -> None:
    before = extractor_key()
    monkeypatch.setattr(version, "_pdfium_build", lambda: '{"build": 1}')
    _clear()
    assert extractor_key() != before
    monkeypatch.undo()
    _clear()


def test_another_recogniser_is_another_key_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    before, recogniser = extractor_key(), recogniser_key()
    real = importlib.metadata.version
    monkeypatch.setattr(version, "version", lambda name: real(name) + "+other" * (name == "rapidocr"))
    _clear()
    assert extractor_key() == before
    assert recogniser_key() != recogniser
    monkeypatch.undo()
    _clear()


def test_a_change_of_one_letter_in_a_source_of_reading_is_another_extractor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    before = extractor_key()
    package = tmp_path / "dealproof"
    shutil.copytree(Path(version.__file__).parents[1], package, ignore=shutil.ignore_patterns("__pycache__", "data"))
    monkeypatch.setattr(version, "_PACKAGE", package)
    _clear()
    assert extractor_key() == before
    page = package / "tables" / "page.py"
    page.write_text(page.read_text(encoding="utf-8") + "#", encoding="utf-8")
    _clear()
    assert extractor_key() != before
    monkeypatch.undo()
    _clear()


def test_every_key_fits_into_its_column() -> None:
    assert len(f"{extractor_key()}+{recogniser_key()}") <= EXTRACTS.c.extractor.type.length
    assert len(generation("0" * 16)) <= FACTS.c.generation.type.length
    assert len(program_key()) <= PROBLEMS.c.program.type.length


def _clear() -> None:
    for key in (extractor_key, recogniser_key, interpreter_key, program_key):
        key.cache_clear()


def test_the_interpreter_key_is_the_same_within_a_process() -> None:
    assert interpreter_key() == interpreter_key()
    assert interpreter_key().count("-") == 1
