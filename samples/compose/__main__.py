"""Write composed documents and their gold: `python -m samples.compose FOLDER [--seed N] [--tables N] [--producer NAME]`."""

from __future__ import annotations

import argparse
from pathlib import Path

from samples.compose.pens import WRITERS
from samples.compose.write import write


def main() -> None:
    """Write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1, help="of the first document; the next has the next seed")
    parser.add_argument("--tables", type=int, default=40, help="write documents until they hold so many tables")
    parser.add_argument("--producer", choices=sorted(WRITERS), default="", help="one producer for all")
    given = parser.parse_args()
    gold = write(given.folder, given.seed, given.tables, given.producer)
    print(f"{len(gold)} documents, {sum(len(each.tables) for each in gold)} tables")


if __name__ == "__main__":
    main()
