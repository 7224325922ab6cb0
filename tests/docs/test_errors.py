"""docs/errors.md holds whatever can go wrong, and nothing that cannot."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from dealproof.contract.question_kinds import QuestionKind
from dealproof.errors import ExitCode, Trouble
from tests.docs.messages import Said, family, said, told_elsewhere

TEXT = (Path(__file__).parents[2] / "docs" / "errors.md").read_text(encoding="utf-8")

#: Headings of the page under which the messages of a class or function stand.
HEADINGS = {
    "failure": "读取中断 · Reading that was stopped",
    "Refused": "单元格为何读不出 · Why a cell cannot be read",
    **dict.fromkeys(("Problem", "doubt", "ask", "ask_label"), "需人工判断的问题 · Questions"),
}
RAISED = said()
#: Modules that pass on a sentence, and who makes it: the readers and checkers whose sentences are collected.
PASSED_ON = {
    "interpret/context.py": "ask and ask_label",
    "interpret/fact_builder.py": "those who call ask and ask_label",
    "interpret/magnitudes.py": "its own functions",
    "mappings/aliases.py": "the sentences of its own list",
    "mappings/cells.py": "values/days.py",
    "mappings/check.py": "a MappingError",
    "mappings/classes.py": "the sentences of its own list",
    "mappings/corrections.py": "the reason why a cell holds no value of its column",
    "mappings/expectations.py": "the sentences of its own list",
    "mappings/findings.py": "the one finding there is",
    "mappings/institutions.py": "the sentences of its own list",
    "mappings/labels.py": "a MappingError",
    "mappings/reference.py": "the sentences of its own list",
    "dataset/addressed.py": "its own functions",
    "dataset/checks.py": "the identities, in words",
    "dataset/readings.py": "its own functions",
    "interpret/units.py": "another reader",
    "runs/reading.py": "an UnreadableFileError",
}


def section(heading: str) -> str:
    """What stands under a heading, down to the next one of the same level."""
    found = re.search(rf"^(#+) {re.escape(heading)}\n(.*?)(?=^#{{1,2}} |\Z)", TEXT, re.MULTILINE | re.DOTALL)
    assert found is not None, f"docs/errors.md has no section {heading}"
    body = found[2]
    return body if found[1] == "##" else body.split("\n### ")[0]


def rows(heading: str) -> Iterator[list[str]]:
    for line in section(heading).splitlines():
        cells = [cell.strip() for cell in line.strip("| ").split(" | ")]
        if line.startswith("| ") and cells[0] not in ("message", "code", "kind", "class", "reason"):
            yield cells


def patterns(heading: str) -> list[str]:
    return [pattern for cells in rows(heading) for pattern in re.findall(r"`([^`]+)`", cells[0])]


def fits(pattern: str, message: str) -> bool:
    return re.fullmatch(".*".join(map(re.escape, pattern.split("…"))), message, re.DOTALL) is not None


def test_every_exit_code_has_its_row_with_meaning_and_remedy() -> None:
    assert [(cells[0], cells[1]) for cells in rows("退出码 · Exit codes")] == [
        (str(code.value), code.name.lower()) for code in ExitCode
    ]


def test_every_code_of_a_failure_has_its_row() -> None:
    assert sorted(patterns("文件失败的代码 · Codes of failures")) == sorted(get_args(Trouble))


def test_every_kind_of_question_has_its_row() -> None:
    assert sorted(patterns("问题类型 · Kinds of questions")) == sorted(get_args(QuestionKind))


def test_every_class_of_errors_has_its_row_with_its_exit_code() -> None:
    listed = {cells[0].strip("`"): cells[-1] for cells in rows("错误类别 · Classes of errors")}
    assert listed == {one.__name__: str(int(one.exit_code)) for one in family()}


@pytest.mark.parametrize("message", RAISED, ids=lambda one: f"{one.by}: {one.pattern}")
def test_every_message_of_the_code_has_a_row(message: Said) -> None:
    known = patterns(HEADINGS.get(message.by, message.by))
    assert any(fits(pattern, message.pattern) for pattern in known), f"docs/errors.md lacks {message}"


def test_nobody_else_says_what_cannot_be_collected() -> None:
    assert told_elsewhere() <= set(PASSED_ON), "collect these sentences too, or say who makes them"


def test_no_row_is_about_a_message_that_the_code_does_not_have() -> None:
    for heading in {HEADINGS.get(message.by, message.by) for message in RAISED}:
        here = [message.pattern for message in RAISED if HEADINGS.get(message.by, message.by) == heading]
        idle = [pattern for pattern in patterns(heading) if not any(fits(pattern, message) for message in here)]
        assert idle == [], heading


def test_every_row_of_the_page_says_something_definite_and_what_to_do() -> None:
    for line in TEXT.splitlines():
        if line.startswith("| `"):
            cells = [cell.strip() for cell in line.strip("| ").split(" | ")]
            assert len(cells) == 3, line
            assert all(cells), line


def test_the_code_says_many_things_that_the_collection_finds() -> None:
    by = {message.by for message in RAISED}
    assert by >= {
        "UsageError",
        "StoreError",
        "MappingError",
        "failure",
        "Problem",
        "ask",
        "ask_label",
        "Finding",
        "CellError",
    }
