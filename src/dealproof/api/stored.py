"""What the workspace holds, and the dataset of it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from dealproof.errors import UsageError
from dealproof.model.interpretation import Interpretation
from dealproof.runs.built import built
from dealproof.runs.facts import stored_sources
from dealproof.runs.watchers import NOBODY, Watchers
from dealproof.settings.settings import Settings, default_mappings

if TYPE_CHECKING:
    from dealproof.dataset.dataset import Dataset


def build_dataset(
    facts: Iterable[Interpretation], mappings: str | Path | None = None, *, everything: bool = False
) -> Dataset:
    """Build the dataset from documents read; `Dataset.frames()` gives pandas tables.

    `everything` says that no document was left out: then a correction whose key no row has raises MappingError.
    """
    from dealproof.dataset import build
    from dealproof.mappings.load import load_registry

    registry = load_registry(Path(mappings) if mappings else default_mappings(Path()))
    return build.build_dataset(facts, registry, everything=everything)


def current(settings: Settings, watchers: Watchers = NOBODY) -> Dataset:
    """The dataset of what is stored, without writing it. Raises UsageError when the workspace holds nothing."""
    sources = stored_sources(settings)
    found = built(sources, (), settings, watchers=watchers) if sources else None
    if found is None or len(found.damaged) == len(sources):
        raise empty(settings)
    return found.dataset


def stored_documents(settings: Settings) -> list[Interpretation]:
    """All documents of the workspace. Raises UsageError when it holds none."""
    documents = known_documents(settings)
    if not documents:
        raise empty(settings)
    return documents


def known_documents(settings: Settings) -> list[Interpretation]:
    """All documents of the workspace, none where it is empty."""
    from dealproof.runs.stored import read_stored

    stored = read_stored(stored_sources(settings), settings)
    return [known.interpretation for _, known in stored if known is not None]


def empty(settings: Settings) -> UsageError:
    """What is said where the workspace holds nothing."""
    return UsageError(f"The workspace {settings.workspace} holds no documents.", "Run `dealproof run FOLDER` first.")
