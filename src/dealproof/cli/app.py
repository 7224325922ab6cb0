"""The command line, put together of one module per command. The one place that turns errors into exit codes."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from typing import Annotated

import typer

from dealproof import __version__
from dealproof.cli.answer import answer
from dealproof.cli.build import build
from dealproof.cli.common import turn_debug_on
from dealproof.cli.diff import diff
from dealproof.cli.doctor import doctor
from dealproof.cli.export import export
from dealproof.cli.failures import failures
from dealproof.cli.forget import forget
from dealproof.cli.inspect import inspect
from dealproof.cli.label import label
from dealproof.cli.mappings import mappings_app
from dealproof.cli.questions import questions
from dealproof.cli.render import say, say_error
from dealproof.cli.report import report
from dealproof.cli.run import run
from dealproof.cli.schema import schema
from dealproof.cli.status import status
from dealproof.cli.who import who
from dealproof.cli.why import why
from dealproof.errors import DealproofError, ExitCode

app = typer.Typer(
    name="dealproof",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="""Read Chinese ABS documents (PDF) and write a clean deal dataset in which every value has its proof.

\b
Examples:
  dealproof run incoming/ --out out
  dealproof status
  dealproof build --out out
  dealproof report --year 2025 --out review
  dealproof who 外贸信托
  dealproof label 期末资产池加权平均利率（%）
  dealproof inspect report.pdf --page 3 --explain
  dealproof diff last-week/ out/
  dealproof schema tranches
""",
)

app.add_typer(mappings_app, name="mappings")


def _version(show: bool) -> None:
    if show:
        typer.echo(f"dealproof {__version__}")
        raise typer.Exit()


@app.callback()
def main_options(
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks and details.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Options that every command shares."""
    logging.basicConfig(
        level=logging.ERROR, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s", force=True
    )
    logging.getLogger("dealproof").setLevel(logging.CRITICAL)
    turn_debug_on(debug)
    for noisy in ("pdfminer", "pdfplumber", "playa", "camelot"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)


#: In the order in which `--help` lists them.
for _command in (
    run, status, failures, forget, doctor, report, inspect, build, export, diff, who, questions, answer, why, schema, label,
):  # fmt: skip
    app.command()(_command)


def _stop_once(*_: object) -> None:
    """The first Ctrl-C stops; impatient further ones must not break the tidying up, which takes a second."""
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.SIG_IGN)
    raise KeyboardInterrupt


def _stop_again(lost: sys.UnraisableHookArgs) -> None:
    """A Ctrl-C that came while Python was clearing something away is lost there: it is given once more."""
    if lost.exc_type is not KeyboardInterrupt:
        sys.__unraisablehook__(lost)
        return
    signal.signal(signal.SIGTERM, _stop_once)
    threading.Timer(0.05, signal.raise_signal, (signal.SIGTERM,)).start()


def main() -> None:
    """Entry point of the command line."""
    sys.unraisablehook = _stop_again
    debug = "--debug" in sys.argv
    signal.signal(signal.SIGTERM, _stop_once)  # a scheduler's stop is a Ctrl-C
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _stop_once)
    try:
        app()
    except DealproofError as error:
        if debug:
            raise
        say_error(error)
        sys.exit(error.exit_code)
    except SystemExit as end:  # Typer turns Ctrl-C into this, without a word
        if end.code == ExitCode.INTERRUPTED:
            say("dealproof: interrupted; what was read is kept, run the same command again to go on.")
        raise
    except Exception as error:  # the last door: a bug is told in a sentence, its trace on demand
        if debug:
            raise
        say(f"dealproof: an unexpected error ({type(error).__name__}: {error}).")
        say("  Run again with --debug and report it.")
        sys.exit(ExitCode.BUG)


if __name__ == "__main__":
    main()
