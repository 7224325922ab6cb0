"""All of the analysts' files that act when the dataset is built, read once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from dealproof.mappings import aliases, answers, classes, corrections, deals, expectations, institutions
from dealproof.mappings.aliases import Decision
from dealproof.mappings.answers import Answer
from dealproof.mappings.classes import ProviderClass
from dealproof.mappings.conflicts import conflicts
from dealproof.mappings.corrections import Correction
from dealproof.mappings.deals import DealRow
from dealproof.mappings.expectations import Expectation
from dealproof.mappings.findings import Finding, refuse
from dealproof.mappings.institutions import Institution
from dealproof.mappings.layout import Layout
from dealproof.mappings.sheet import Sheet, read_sheet
from dealproof.mappings.strays import stand_ins

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Registry:
    """The files of a mappings folder except the labels, which act when a document is interpreted."""

    expectations: tuple[Expectation, ...] = ()
    institutions: tuple[Institution, ...] = ()
    decisions: tuple[Decision, ...] = ()
    classes: tuple[ProviderClass, ...] = ()
    deals: tuple[DealRow, ...] = ()
    corrections: tuple[Correction, ...] = ()
    answers: tuple[Answer, ...] = ()


NOTHING = Registry()


def load_registry(folder: Path) -> Registry:
    """Read the files of a mappings folder. Raises MappingError that lists every mistake in them.

    Only `expectations.csv` must be there; without the others names are matched to nobody.
    """
    findings: list[Finding] = []
    registry = read_registry(folder, findings)
    refuse(findings)
    return registry


def read_registry(folder: Path, findings: list[Finding]) -> Registry:
    """Read the files of a mappings folder; rows that cannot be used add findings and are left out."""
    findings += stand_ins(folder)
    registry = Registry(
        expectations=expectations.expectations_of(read_sheet(folder / expectations.FILE), findings),
        institutions=_read(folder, institutions.LAYOUT, institutions.institutions_of, findings),
        decisions=_read(folder, aliases.LAYOUT, aliases.decisions_of, findings),
        classes=_read(folder, classes.LAYOUT, classes.classes_of, findings),
        deals=_read(folder, deals.LAYOUT, deals.deals_of, findings),
        corrections=_read(folder, corrections.LAYOUT, corrections.corrections_of, findings),
        answers=_read(folder, answers.LAYOUT, answers.answers_of, findings),
    )
    findings += conflicts(registry.institutions, registry.decisions, registry.classes)
    return registry


def _read(
    folder: Path,
    layout: Layout,
    read: Callable[[Sheet, list[Finding]], tuple[T, ...]],
    findings: list[Finding],
) -> tuple[T, ...]:
    path = folder / layout.file
    return read(read_sheet(path, layout=layout), findings) if path.exists() else ()
