"""The analysts' files that act when a dataset is built, read and held against each other once for every edit of them.

The list of institutions has thousands of rows: to read it takes as long as to build the dataset of a few documents.
"""

from __future__ import annotations

import hashlib

from dealproof.interpret.version import program_key
from dealproof.mappings.load import Registry, load_registry
from dealproof.runs.kept_files import read_kept, write_kept
from dealproof.settings.settings import Settings
from dealproof.store.serialize import pack, unpack

_KIND, _MOST = "registry", 2


def registry_of(settings: Settings) -> Registry:
    """The files of the mappings folder as they stand, or as they were kept. Raises MappingError for any mistake in them."""
    key = _key(settings)
    content = read_kept(settings, _KIND, key)
    registry = None if content is None else unpack(Registry, content)
    if registry is None:
        registry = load_registry(settings.mappings)  # what has a mistake is refused, and never kept
        if _key(settings) == key:
            write_kept(settings, _KIND, key, pack(registry), _MOST)
    return registry


def _key(settings: Settings) -> str:
    """Program, content of the files, and the names of what lies beside them: some strays are refused."""
    digest = hashlib.sha256(program_key().encode())
    for path in sorted(settings.mappings.iterdir()) if settings.mappings.is_dir() else ():
        content = path.read_bytes() if path.suffix == ".csv" and path.is_file() else b""
        digest.update(f"\n{path.name} {len(content)}\n".encode(errors="surrogateescape") + content)
    return digest.hexdigest()
