"""The rows of `docs/dataset.md` that records make: `python -m dealproof.cli.dataset_page docs/dataset.md` writes them anew.

All else of that page is a promise that people write; the kinds of documents, the metrics and the rank of sources are said by
their records alone.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from dealproof.contract.document_kinds import KINDS
from dealproof.export.describe import describe

_RANK = re.compile(r"(corrects another \(更正\), then:\s+)(?:`\w+`,?\s*)+\.")


def refreshed(page: str) -> str:
    """The page with today's rows of the vocabularies that records explain, and today's rank of sources."""
    for table in describe():
        for column in table.columns:
            if any(word.zh for word in column.words):
                row = " · ".join(f"`{word.word}` {'、'.join(word.zh)}" for word in column.words)
                place = f"| `{table.name}.{column.name}` | "
                page = re.sub(rf"^{re.escape(place)}.+ \|$", f"{place}{row} |", page, flags=re.MULTILINE)
    rank = ", ".join(f"`{kind.name}`" for kind in sorted(KINDS, key=lambda kind: kind.authority))
    return _RANK.sub(rf"\g<1>{rank}.", page)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.write_text(refreshed(target.read_text(encoding="utf-8")), encoding="utf-8")
