"""What a sample document is before it is printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Sample:
    """File name, producer, HTML, and what `files.csv` says of it. `draw` makes the PDF where printing the HTML does not.

    `scanned_pages` names the pages that hold pictures of figures: `all`, or their numbers parted by `;`.
    """

    file: str
    producer: str
    html: str
    family: str
    deal_id: str
    kind: str
    period_no: int | str = ""
    draw: Callable[[Path], None] | None = None
    scanned_pages: str = ""
