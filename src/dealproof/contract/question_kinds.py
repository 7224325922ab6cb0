"""What sort of doubt a person must settle, and how much it matters: the words of `questions.kind` and `questions.severity`.

They stand apart from the columns of the table, because what was read of a PDF rests on them and must not be read again when
a column gets another description.
"""

from __future__ import annotations

from typing import Literal

QuestionKind = Literal[
    "conflict",
    "failed_check",
    "low_confidence",
    "unmatched_name",
    "ambiguous_name",
    "unknown_label",
    "missing_table",
    "unit_unclear",
    "restatement",
    "alternative_sizes",
]
Severity = Literal["error", "warning", "info"]
