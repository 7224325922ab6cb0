"""What analysts do with the mapping files and the names in them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from dealproof.api.stored import empty, known_documents, stored_documents
from dealproof.errors import StoreError, UsageError
from dealproof.mappings.labels_of_folder import labels_of
from dealproof.runs.facts import stored_sources
from dealproof.settings.settings import Settings, packaged_mappings
from dealproof.store.database import open_store

if TYPE_CHECKING:
    from dealproof.institutions.explain import Explanation
    from dealproof.mappings.findings import Finding
    from dealproof.mappings.meanings import Meaning
    from dealproof.workbench.apply_decisions import Applied
    from dealproof.workbench.unused_rows import UnusedRow


def check_mappings(settings: Settings) -> tuple[Finding, ...]:
    """Every mistake in the mapping files, by file and line."""
    from dealproof.mappings.check import check_folder

    return check_folder(settings.mappings)


def unread_mappings(settings: Settings) -> tuple[Finding, ...]:
    """Files beside the mapping files that look like one of them and are not read (`corrections.xlsx`), and what to do."""
    from dealproof.mappings.strays import stray_files

    return stray_files(settings.mappings)


def who(name: str, settings: Settings, role: str = "", deal: str = "", day: str = "") -> Explanation:
    """Why a name as printed leads to an institution, or to nobody. Raises MappingError when a file is invalid."""
    from dealproof.institutions.explain import explain
    from dealproof.institutions.match import Matcher
    from dealproof.runs.registry import registry_of

    registry = registry_of(settings)
    return explain(name, Matcher(registry.institutions, registry.decisions), role, deal, day)


@dataclass(frozen=True, slots=True)
class LabelReport:
    """What a printed label `means`, in which tables it is known and left aside, and what stands in the way elsewhere:
    stretches of it that are `unknown`, or else its `words` with the parts that no field is made of."""

    text: str
    means: tuple[Meaning, ...]
    left_aside: tuple[Meaning, ...]
    unknown: tuple[str, ...]
    words: tuple[str, ...]


def label(text: str, settings: Settings) -> LabelReport:
    """What a printed label means, and by which row or which words. Raises MappingError when a label file is invalid."""
    from dealproof.mappings.fields import IGNORED
    from dealproof.mappings.labels import load_labels
    from dealproof.mappings.meanings import meanings

    labels = load_labels(settings.mappings / "labels")
    found = meanings(labels, text)
    cut = labels.parts.cut(text)
    return LabelReport(
        text,
        tuple(meaning for meaning in found if meaning.field != IGNORED),
        tuple(meaning for meaning in found if meaning.field == IGNORED),
        cut.unknown,
        tuple(f"{word.text if word.where else '…'}  {' '.join(sorted(word.parts))}" for word in cut.words),
    )


def suggest(settings: Settings, file: Path) -> int:
    """Write the names that nobody was found for to `file`, for an analyst to fill in; return how many there are.

    Raises UsageError when the workspace holds nothing or `file` holds answers already.
    """
    from dealproof.dataset import build
    from dealproof.institutions.match import Matcher
    from dealproof.mappings.aliases import LAYOUT
    from dealproof.mappings.load import load_registry
    from dealproof.mappings.sheet import read_sheet, write_sheet
    from dealproof.workbench.unmatched_names import COLUMNS, suggestions

    if file.exists() and any(row["decision"] for row in read_sheet(file, layout=LAYOUT).rows):
        raise UsageError(f"{file} holds answers.", f"Take them over first: dealproof mappings apply '{file}'.")
    registry = load_registry(settings.mappings)
    documents = stored_documents(settings)
    deals = build.build_dataset(documents, registry).rows("deals")
    amounts = {row["deal_id"]: Decimal(row["total_amount"]) for row in deals if row["total_amount"]}
    matcher = Matcher(registry.institutions, registry.decisions)
    rows = suggestions(build.with_deals(documents, registry), matcher, amounts)
    write_sheet(file, COLUMNS, rows)
    return len(rows)


@dataclass(frozen=True, slots=True)
class AppliedReport:
    """What `apply` took over, the files it changed, and names whose answer is another now: name, before, after."""

    applied: Applied
    written: tuple[Path, ...]
    flips: tuple[tuple[str, str, str], ...]


def apply(settings: Settings, file: Path, by: str, on: str) -> AppliedReport:
    """Take the filled-in rows of `file` over into the mapping files.

    Raises MappingError that lists every mistake and contradiction; then nothing is written.
    """
    from dealproof.mappings.load import load_registry
    from dealproof.workbench import apply_decisions as sheet
    from dealproof.workbench.apply_decisions import flips

    refuse_packaged(settings.mappings)
    before = load_registry(settings.mappings)
    applied = sheet.plan(file, settings.mappings, by, on)
    changed = flips(known_documents(settings), before, applied.registry)
    return AppliedReport(applied, sheet.write(applied, settings.mappings), changed)


def unused(settings: Settings) -> list[UnusedRow]:
    """Mapping rows that never fired on what is stored. Interprets every stored document again to see the labels fire.

    Raises UsageError when the workspace holds nothing, StoreError while documents wait to be read again.
    """
    from dealproof.interpret.read import interpret_document
    from dealproof.mappings.labels import WatchedLabels
    from dealproof.mappings.load import load_registry
    from dealproof.store.extracts import all_extracts
    from dealproof.workbench.unused_rows import unused_rows

    stored_sources(settings)
    labels = labels_of(settings.mappings)
    watched = WatchedLabels(labels.groups, labels.key)
    documents = [interpret_document(extract, watched) for extract in all_extracts(open_store(settings))]
    if not documents:
        raise empty(settings)
    return unused_rows(documents, load_registry(settings.mappings), labels, watched.fired)


def own_mappings(settings: Settings, folder: Path) -> int:
    """Copy the mapping files to `folder`, for analysts to edit; return how many there are.

    Raises UsageError when `folder` holds anything, StoreError when it cannot be written.
    """
    import shutil

    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder} holds files already.", "Name a new folder, or edit these.")
    try:
        shutil.copytree(settings.mappings, folder, dirs_exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder} cannot be written ({error.strerror}).", "Choose another folder.") from error
    return sum(1 for path in folder.rglob("*.csv"))


def refuse_packaged(folder: Path) -> None:
    """What persons decide must not be written where the next installation replaces it."""
    if folder.resolve() == packaged_mappings().resolve():
        raise UsageError(
            "The mapping files in use came with the program and are replaced by its next version.",
            "Make your own first: dealproof mappings init",
        )
