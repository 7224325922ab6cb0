"""Settings: one frozen value, built at the door. Option beats environment beats `dealproof.toml` beats default.

Nothing below the command line reads the environment, the working directory or this file's default places.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Literal, get_args

from dealproof.errors import MappingError, UsageError
from dealproof.settings.limits import DEFAULT_LIMITS, LimitRules, limit_rules

Format = Literal["csv", "parquet", "xlsx"]
FORMATS: tuple[Format, ...] = get_args(Format)
FILE = "dealproof.toml"
#: The folder of the package, installed or in a checkout.
_PACKAGE = Path(__file__).parents[1]
_SWITCH = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a run needs to know. `origin` says where each value came from.

    `store` is the URL of a database; empty means SQLite in the workspace. `cluster` is the address of a Dask
    scheduler, or `local`; empty means worker processes of this program. `bound_to` is the very store that a run began
    with (`store.database.bound`).
    """

    mappings: Path
    out: Path
    workspace: Path
    format: Format
    jobs: int
    again: bool
    origin: tuple[tuple[str, str], ...]
    store: str = field(default="", repr=False)  # it may hold a password, and a trace may show a value
    cluster: str = ""
    limits: LimitRules = DEFAULT_LIMITS
    bound_to: str = ""


_LIMITS = ("seconds", "memory", "pages", "ocr_pages")
_NAMES = frozenset(one.name for one in fields(Settings)) - {"origin", "limits", "bound_to"} | {*_LIMITS, "files"}


def build_settings(options: Mapping[str, object], environment: Mapping[str, str], folder: Path) -> Settings:
    """Merge options, environment (`DEALPROOF_…`), `dealproof.toml` of `folder`, and defaults.

    Raises MappingError when the file is no TOML, UsageError when a value makes no sense.
    """
    file = _read_file(folder / FILE)
    origin: dict[str, str] = {}

    def pick(name: str, default: object) -> object:
        for source, value in (
            ("option", options.get(name)),
            ("environment", environment.get(f"DEALPROOF_{name.upper()}")),
            (FILE, file.get(name)),
        ):
            if value is not None:
                origin[name] = source
                return value
        origin[name] = "default"
        return default

    out = Path(str(pick("out", folder / "out")))
    fmt = _format(str(pick("format", "csv")))
    limits = limit_rules({name: pick(name, None) for name in _LIMITS}, file.get("files", {}))
    return Settings(
        mappings=Path(str(pick("mappings", default_mappings(folder)))),
        out=out,
        workspace=Path(str(pick("workspace", folder / ".dealproof"))),
        format=fmt,
        jobs=_jobs(pick("jobs", min(4, os.cpu_count() or 1))),
        again=_switch("again", pick("again", False)),
        origin=tuple(sorted(origin.items())),
        store=str(pick("store", "")),
        cluster=str(pick("cluster", "")),
        limits=limits,
    )


def default_mappings(folder: Path) -> Path:
    """`mappings/` of the working folder if it holds labels, else the copy that came with the package."""
    if (folder / "mappings" / "labels").is_dir():
        return folder / "mappings"
    return shipped_mappings()


def shipped_mappings() -> Path:
    """The mapping files that came with the program, installed or in a checkout of its source."""
    return packaged_mappings() if packaged_mappings().is_dir() else _PACKAGE.parents[1] / "mappings"


def packaged_mappings() -> Path:
    """The mapping files inside the installed package; the next installation replaces them."""
    return _PACKAGE / "mappings" / "data"


def _format(text: str) -> Format:
    for known in FORMATS:
        if text == known:
            return known
    raise UsageError(f"Format {text!r} is unknown.", f"Use one of {', '.join(FORMATS)}.")


def _jobs(value: object) -> int:
    try:
        jobs = int(str(value))
    except ValueError:
        jobs = 0
    if jobs < 1:
        raise UsageError(f"--jobs {value} makes no sense.", "Give a whole number from 1 up.")
    return jobs


def _switch(name: str, value: object) -> bool:
    word = str(value).lower()
    if word not in _SWITCH:
        raise UsageError(f"{name} = {value} makes no sense.", "Say true or false.")
    return _SWITCH[word]


def _read_file(path: Path) -> Mapping[str, object]:
    if not path.is_file():
        return {}
    import tomllib

    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingError(f"{path.name} is not valid: {error}.", "Correct the line or delete the file.") from error
    unknown = sorted(set(read) - _NAMES)
    if unknown:
        known = ", ".join(sorted(_NAMES))
        raise MappingError(f"{path.name}: the setting {unknown[0]} is unknown.", f"Known are {known}.")
    return read
