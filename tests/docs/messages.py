"""What the code can say when something goes wrong, collected from its source: messages as patterns, `…` for what varies."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from dealproof.errors import DealproofError

SOURCE = Path(__file__).parents[2] / "src" / "dealproof"

#: Which argument of a call is the message.
_PLACES = {"Problem": 3, "doubt": 2, "failure": 2, "ask": 1, "ask_label": 0, "Finding": 3, "CellError": 0, "Refused": 1}

#: Packages whose functions return what is wrong with a row as (column, message, remedy).
_PAIRS = ("mappings", "workbench/wanted_rows.py", "workbench/answers.py", "workbench/apply_decisions.py")


@dataclass(frozen=True, slots=True, order=True)
class Said:
    """One message: who says it (class or function), the pattern, and the line of code for whoever must add a row."""

    by: str
    pattern: str
    where: str


def family() -> tuple[type[DealproofError], ...]:
    """Every class of errors for people, the base last."""
    found: list[type[DealproofError]] = []
    waiting: list[type[DealproofError]] = [DealproofError]
    while waiting:
        here = waiting.pop()
        waiting += here.__subclasses__()
        found.append(here)
    return tuple(sorted(found, key=lambda one: (one is DealproofError, one.__name__)))


def said() -> tuple[Said, ...]:
    """Every message whose words stand in the code where it is raised, or one function further up."""
    return tuple(message for message in _collected() if _has_words(message.pattern))


def told_elsewhere() -> frozenset[str]:
    """Modules that raise or ask with words they were handed: what they say cannot be collected there."""
    return frozenset(message.where.partition(":")[0] for message in _collected() if not _has_words(message.pattern))


def _has_words(pattern: str) -> bool:
    return sum(letter.isalpha() for letter in pattern) >= 4


@cache
def _collected() -> tuple[Said, ...]:
    places = {**_PLACES, **{one.__name__: 0 for one in family()}}
    found: set[Said] = set()
    for path in sorted(SOURCE.rglob("*.py")):
        for by, pattern, line in _of_module(ast.parse(path.read_text(encoding="utf-8")), path, places):
            if (by, path.parent.name) != ("Finding", "metrics"):  # what a market review finds is no error
                found.add(Said(by, pattern, f"{path.relative_to(SOURCE).as_posix()}:{line}"))
    return tuple(sorted(found))


def _of_module(tree: ast.Module, path: Path, places: dict[str, int]) -> Iterator[tuple[str, str, int]]:
    through = dict(_handed_on(tree))
    returns_pairs = path.relative_to(SOURCE).as_posix().startswith(_PAIRS)
    for scope in ast.walk(tree):
        if not isinstance(scope, ast.FunctionDef | ast.Module):
            continue
        names = _assigned(scope)
        for node in _own(scope):
            if isinstance(node, ast.Call):
                by = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                by, place = through.get(by, (by, places.get(by, -1)))
                if returns_pairs and place < 0:
                    yield from _pairs(node.args, names, node.lineno)
                if 0 <= place < len(node.args) and not any(isinstance(arg, ast.Starred) for arg in node.args):
                    yield from ((by, pattern, node.lineno) for pattern in _patterns(node.args[place], names))
            elif returns_pairs and isinstance(node, ast.Tuple):
                yield from _pairs(node.elts, names, node.lineno)


def _handed_on(tree: ast.Module) -> Iterator[tuple[str, tuple[str, int]]]:
    """Functions of a module that make a problem or a finding of the `message` they are given: which, and the place of it."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            given = [argument.arg for argument in function.args.args]
            made = [
                node.func.id
                for node in _own(function)
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
            ]
            by = next((name for name in made if name in ("Problem", "doubt", "Finding")), "")
            if by and "message" in given and "self" not in given:
                yield function.name, (by, given.index("message"))


def _pairs(parts: Sequence[ast.expr], names: dict[str, list[ast.expr]], line: int) -> Iterator[tuple[str, str, int]]:
    """A sentence followed by another, which says what to do, or by the name of a constant with such a sentence."""
    for message, remedy in pairwise(parts):
        is_constant = isinstance(remedy, ast.Name) and remedy.id.isupper()
        if is_constant or any(one.endswith(".") for one in _patterns(remedy, names)):
            for one in _patterns(message, {}):
                if one.endswith(".") and " " in one and not one.startswith(("The ", "Write ")):
                    yield "Finding", one, line


def _own(scope: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function or module without those of functions inside it."""
    for node in ast.iter_child_nodes(scope):
        if not isinstance(node, ast.FunctionDef):
            yield node
            yield from _own(node)


def _assigned(scope: ast.AST) -> dict[str, list[ast.expr]]:
    names: dict[str, list[ast.expr]] = {}
    for node in _own(scope):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    names.setdefault(target.id, []).append(node.value)
    return names


def _patterns(node: ast.expr, names: dict[str, list[ast.expr]]) -> list[str]:
    """The texts that an expression can be, with `…` for every part that is only known when it is said."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        return ["".join(part.value if isinstance(part, ast.Constant) else "…" for part in node.values)]
    if isinstance(node, ast.IfExp):
        return _patterns(node.body, names) + _patterns(node.orelse, names)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return [a + b for a in _patterns(node.left, names) for b in _patterns(node.right, names)]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "strip":
        return _patterns(node.func.value, names)
    if isinstance(node, ast.Name) and node.id in names:
        return [one for value in names[node.id] for one in _patterns(value, {})]
    return ["…"]
