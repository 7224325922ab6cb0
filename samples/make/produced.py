"""What a sample document is before it is printed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sample:
    """File name, producer, HTML, and what `files.csv` says of it."""

    file: str
    producer: str
    html: str
    family: str
    deal_id: str
    kind: str
    period_no: int | str = ""
