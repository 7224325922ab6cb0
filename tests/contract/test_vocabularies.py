"""Closed vocabularies: a word that the contract does not have is refused where it arises and stands nowhere in the code."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import cast, get_args, get_type_hints

import pytest

from dealproof import contract
from dealproof.contract.document_kinds import KINDS, UNKNOWN_KIND, DocumentKind, document_kind
from dealproof.contract.metrics import METRICS, PerformanceMetric, PoolMetric, performance_metric, pool_metric
from dealproof.contract.question_kinds import QuestionKind
from dealproof.dataset import questions
from dealproof.errors import Trouble
from dealproof.model.evidence import Problem
from dealproof.model.profile import Profile
from dealproof.store.serialize import from_json, to_json

SOURCE = Path(__file__).parents[2] / "src" / "dealproof"
ROOM = SOURCE / "contract"


def vocabulary(table: str, column: str) -> tuple[str, ...]:
    return contract.table(table).column(column).vocabulary


@pytest.mark.parametrize(("table", "column", "words"), [
    ("questions", "kind", QuestionKind),
    ("documents", "kind", DocumentKind),
    ("performance", "metric", PerformanceMetric),
    ("pool_stats", "metric", PoolMetric),
])  # fmt: skip
def test_the_words_that_the_type_checker_knows_are_those_of_the_contract(
    table: str, column: str, words: object
) -> None:
    assert get_args(words) == vocabulary(table, column)


def test_the_type_checker_holds_codes_and_kinds_to_these_words() -> None:
    assert get_type_hints(Problem)["code"] == QuestionKind | Trouble
    assert get_type_hints(Profile)["kind"] == DocumentKind


def test_a_doubt_of_an_unknown_kind_is_refused_where_it_arises_and_never_dropped() -> None:
    with pytest.raises(ValueError, match="'unkown_label' is neither a kind of question nor a trouble of a file"):
        Problem(cast(QuestionKind, "unkown_label"), "warning", "interpret", "Label not known.")


def test_a_stored_doubt_of_an_unknown_kind_is_refused_when_it_is_read_back() -> None:
    stored = to_json(Problem("unknown_label", "warning", "interpret", "Label not known."))
    assert from_json(Problem, stored).code == "unknown_label"
    with pytest.raises(ValueError, match="neither a kind of question"):
        from_json(Problem, {**stored, "code": "strange"})


@pytest.mark.parametrize("kind", get_args(QuestionKind))
def test_a_doubt_of_every_kind_is_asked_with_what_to_do(kind: QuestionKind) -> None:
    (row,) = questions.question_rows([Problem(kind, "warning", "build", "Something is in doubt.")])
    assert row["kind"] == kind
    assert row["prompt"] != "Something is in doubt."


@pytest.mark.parametrize("code", get_args(Trouble))
def test_a_trouble_of_a_file_is_no_question(code: Trouble) -> None:
    assert code not in get_args(QuestionKind)
    assert questions.question_rows([Problem(code, "error", "open", "It cannot be read.")]) == []


def test_troubles_are_those_that_the_guide_to_exit_codes_explains() -> None:
    guide = (SOURCE.parents[1] / "docs" / "exit-codes.md").read_text(encoding="utf-8")
    explained = guide.partition("| code of a failure |")[2]
    first_cells = re.findall(r"^\| ([a-z, ]+) \|", explained, re.M)
    assert {word.split()[0] for cell in first_cells for word in cell.split(",")} == set(get_args(Trouble))


def test_a_word_is_recognised_only_if_the_contract_has_it() -> None:
    assert (document_kind("trustee_report"), document_kind("trustee_rpt")) == ("trustee_report", None)
    assert (pool_metric("wa_dti_pct"), pool_metric("cumulative_default_pct")) == ("wa_dti_pct", None)
    assert (performance_metric("prepayment_pct"), performance_metric("wa_dti_pct")) == ("prepayment_pct", None)


#: Words of metrics, as all of the contract's are built.
_METRIC = re.compile(
    r"(?:(?:pool|wa|avg|max|min|cumulative|period|initial|top\d+|principal|contract|loan|borrower|secured|pass|seriously)_)+"
    r"[a-z_]*_?(?:pct|years|balance|count|score)"
)


def test_no_module_names_a_metric_or_column_that_the_contract_does_not_have() -> None:
    known = {name for spec in contract.tables() for name in (*spec.column_names, *vocabularies(spec.name))}
    ours = {"contract_term_years", "initial_balance"}  # a column of the market review's own lines, an identity
    strange = {
        (path.relative_to(SOURCE).as_posix(), word)
        for path in SOURCE.rglob("*.py")
        if ROOM not in path.parents
        for word in words_of(path)
        if _METRIC.fullmatch(word) and word not in known | ours
    }
    assert strange == set()


def vocabularies(table: str) -> list[str]:
    return [word for column in contract.table(table).columns for word in column.vocabulary]


def words_of(path: Path) -> set[str]:
    return words_in(ast.parse(path.read_text(encoding="utf-8")))


def test_no_module_outside_the_contract_names_a_kind_of_document() -> None:
    names = {kind.name for kind in KINDS} - {UNKNOWN_KIND}  # `other` is a word of many vocabularies
    found = {path.relative_to(SOURCE).as_posix(): words_of(path) & names for path in modules_outside_the_contract()}
    assert {path: words for path, words in found.items() if words} == {}


def test_no_module_outside_the_contract_lists_metrics_a_second_time() -> None:
    """A formula names the two or three metrics that it ties together; a longer list says again what the records say."""
    names = {item.name for item in METRICS}
    lists = {
        path.relative_to(SOURCE).as_posix()
        for path in modules_outside_the_contract()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Dict | ast.Set | ast.List | ast.Tuple) and len(words_in(node) & names) > 3
    }
    assert lists == set()


def modules_outside_the_contract() -> list[Path]:
    return [path for path in SOURCE.rglob("*.py") if ROOM not in path.parents]


def words_in(node: ast.AST) -> set[str]:
    return {each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str)}
