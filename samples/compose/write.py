"""Composed documents as PDFs beside `gold.json`."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from samples.compose.compose import compose
from samples.compose.model import GoldDocument
from samples.compose.pens import WRITERS

GOLD = "gold.json"


def write(folder: Path, seed: int, tables: int, producer: str = "") -> list[GoldDocument]:
    """Write documents of seeds `seed`, `seed` + 1 and so on into `folder` until they hold so many tables, and their gold."""
    folder.mkdir(parents=True, exist_ok=True)
    found: list[GoldDocument] = []
    while sum(len(gold.tables) for gold in found) < tables:
        drawn = compose(seed + len(found), producer)
        (folder / drawn.gold.file).write_bytes(WRITERS[drawn.gold.producer](drawn.leaves))
        found.append(drawn.gold)
    text = json.dumps([asdict(gold) for gold in found], ensure_ascii=False, indent=1)
    (folder / GOLD).write_text(text, encoding="utf-8")
    return found
