"""`dealproof export --to`: inputs for other programs."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from dealproof import api
from dealproof.cli.common import as_of_folder
from dealproof.cli.render import say
from dealproof.errors import UsageError
from dealproof.settings.settings import Settings

#: Programs that `--to` knows. Each has a folder of its own name, so that no dataset is overwritten.
PROGRAMS = ("absbox",)
_LACKS_TOLD = 10


def send(to: str, out: Path | None, format_: str | None, as_of: datetime | None, settings: Settings) -> None:
    """Write the inputs and say on stderr how many deals were written and what the others lack."""
    if to not in PROGRAMS:
        raise UsageError(f"--to {to} is unknown.", f"Use one of {', '.join(PROGRAMS)}.")
    if format_ is not None:
        raise UsageError(f"--format says nothing with --to {to}, which has a format of its own.", "Leave it out.")
    day = as_of.date() if as_of else None
    own = Path(to) if day is None else as_of_folder(Path(to), day)
    report = api.export_absbox(settings, out or own, day)
    written = len(report.written)
    say(f"{written} deal{'s' * (written != 1)} written, {len(report.incomplete)} lack something")
    for wanted, number in report.lacks[:_LACKS_TOLD]:
        say(f"  {number:>4} lack {wanted}")
    if len(report.lacks) > _LACKS_TOLD:
        say(f"  … and {len(report.lacks) - _LACKS_TOLD} more")
    say(f"Inputs for AbsBox in {report.folder}; what is missing, deal by deal: {report.folder / 'missing.csv'}")
