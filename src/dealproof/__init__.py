"""dealproof: Chinese ABS documents in, a clean deal dataset with proof out.

`read_document(path)` gives the facts of one PDF; `build_dataset(facts)` gives the tables of the contract, `load_export(folder)`
those of an export; `metrics` works out what market reviews count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dealproof import metrics
    from dealproof.api import build_dataset, load_export, read_document

__all__ = ["__version__", "build_dataset", "load_export", "metrics", "read_document"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Load the API only when it is asked for, so that `--help` stays quick."""
    if name in ("build_dataset", "load_export", "read_document"):
        from dealproof import api

        return getattr(api, name)
    if name == "metrics":
        from importlib import import_module

        return import_module("dealproof.metrics")
    raise AttributeError(f"module 'dealproof' has no attribute {name!r}")
