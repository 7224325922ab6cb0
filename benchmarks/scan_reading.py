"""Reads one PDF as a process of its own and writes what came of it as JSON: `scan_reading.py FILE TARGET [--without-ocr]`.

The process is fresh, so its peak memory is that of this reading. `seconds` (of the clock) and `processor` (seconds of all
threads) leave out the start of Python and the labels.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
#: What the extra `ocr` installs. A module that stands as None cannot be imported.
OCR = ("rapidocr", "onnxruntime", "openvino")


def main(file: str, target: str, without_ocr: bool = False) -> None:
    """Read, build a dataset of this document alone, and write tables, printed tables, time and memory."""
    if without_ocr:
        sys.modules.update(dict.fromkeys(OCR))  # type: ignore[arg-type]  # None stands for a module that is missing
    from dealproof.dataset.build import build_dataset
    from dealproof.extract.document import extract_document
    from dealproof.interpret.read import interpret_document
    from dealproof.mappings.labels import load_labels
    from dealproof.mappings.load import load_registry

    labels, registry = load_labels(ROOT / "mappings" / "labels"), load_registry(ROOT / "mappings")
    begin, spent = time.perf_counter(), time.process_time()
    extract = extract_document(Path(file), labels)
    seconds, spent = time.perf_counter() - begin, time.process_time() - spent
    dataset = build_dataset([interpret_document(extract, labels)], registry)
    grids: dict[tuple[int, int], list[Any]] = {}
    for number, table in enumerate(extract.tables):
        for cell in table.cells:
            grids.setdefault((number, cell.page), []).append(cell.box)
    found = {
        "seconds": seconds, "processor": spent, "pages": len(extract.pages), "megabytes": _peak(),
        "tables": {name: list(rows) for name, rows in dataset.tables.items()},
        "printed": [[number, page, *_around(boxes)] for (number, page), boxes in grids.items()],
    }  # fmt: skip
    Path(target).write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


def _around(boxes: list[Any]) -> list[float]:
    return [
        min(b.x0 for b in boxes), min(b.top for b in boxes), max(b.x1 for b in boxes), max(b.bottom for b in boxes),
    ]  # fmt: skip


def _peak() -> float:
    """Largest resident memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * (1024 if sys.platform == "darwin" else 1))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], "--without-ocr" in sys.argv[3:])
