"""One typed function per use case. No printing, no exit codes; what the command line shows is rendered elsewhere.

Each is loaded from the module beside when it is asked for: who only lists questions does not wait for what reads PDFs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dealproof.api.documents import (
        StoreStatus,
        diff,
        doctor,
        export_absbox,
        export_failures,
        load_export,
        plan,
        rebuild,
        run,
        status,
    )
    from dealproof.api.files import Going, dismiss, failures, forget, going, known_failures
    from dealproof.api.mappings import (
        AppliedReport,
        apply,
        check_mappings,
        label,
        own_mappings,
        suggest,
        unread_mappings,
        unused,
        who,
    )
    from dealproof.api.questions import (
        Answered,
        answer,
        answered_questions,
        export_questions,
        open_questions,
        question_pictures,
        take_back,
        why,
    )
    from dealproof.api.reading import read_document
    from dealproof.api.reviews import MarketReview, market_review
    from dealproof.api.stored import build_dataset, current
    from dealproof.runs.inputs import Input, find_inputs, look_around
    from dealproof.runs.plan import Plan
    from dealproof.runs.session import RunReport
    from dealproof.runs.watchers import Watchers

__all__ = [
    "Answered", "AppliedReport", "Going", "Input", "MarketReview", "Plan", "RunReport", "StoreStatus", "Watchers", "answer", "answered_questions", "apply", "build_dataset",
    "check_mappings", "current", "diff", "dismiss", "doctor", "export_absbox", "export_failures", "export_questions", "failures", "find_inputs",
    "forget", "going", "known_failures", "label", "load_export", "look_around", "market_review", "open_questions", "own_mappings", "plan", "question_pictures", "read_document", "rebuild", "run", "status", "suggest", "take_back", "unread_mappings", "unused", "who", "why",
]  # fmt: skip
_WHERE = {
    "dealproof.api.documents": (
        "StoreStatus", "diff", "doctor", "export_absbox", "export_failures", "load_export", "plan",
        "rebuild", "run", "status",
    ),
    "dealproof.api.files": ("Going", "dismiss", "failures", "forget", "going", "known_failures"),
    "dealproof.api.mappings": (
        "AppliedReport", "apply", "check_mappings", "label", "own_mappings", "suggest", "unread_mappings", "unused", "who",
    ),
    "dealproof.api.questions": (
        "Answered", "answer", "answered_questions", "export_questions", "open_questions", "question_pictures", "take_back",
        "why",
    ),
    "dealproof.api.reading": ("read_document",),
    "dealproof.api.reviews": ("MarketReview", "market_review"),
    "dealproof.api.stored": ("build_dataset", "current"),
    "dealproof.runs.inputs": ("Input", "find_inputs", "look_around"),
    "dealproof.runs.plan": ("Plan",),
    "dealproof.runs.session": ("RunReport",),
    "dealproof.runs.watchers": ("Watchers",),
}  # fmt: skip
_MODULE = {name: module for module, names in _WHERE.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _MODULE:
        raise AttributeError(f"module 'dealproof.api' has no attribute {name!r}")
    return getattr(import_module(_MODULE[name]), name)
