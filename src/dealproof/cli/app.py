"""The command line: options in, api, render out. The one place that turns errors into exit codes."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dealproof import __version__
from dealproof.cli.common import (
    AsOf,
    Debug,
    FailOn,
    Format,
    Mappings,
    Out,
    StoreUrl,
    Workspace,
    as_of_folder,
    gate,
    given_iso_day,
    settings_of,
    turn_debug_on,
)
from dealproof.cli.doctor import doctor
from dealproof.cli.forget import forget
from dealproof.cli.mappings import mappings_app
from dealproof.cli.render import say, say_error
from dealproof.cli.report import report
from dealproof.cli.run import run
from dealproof.cli.status import failures, status
from dealproof.errors import DealproofError, ExitCode, UsageError

if TYPE_CHECKING:
    from dealproof.api import RunReport

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


app.command()(run)
app.command()(status)
app.command()(failures)
app.command()(forget)
app.command()(doctor)
app.command()(report)


@app.command()
def inspect(
    file: Annotated[Path, typer.Argument(help="One PDF.")],
    page: Annotated[int | None, typer.Option(help="Only this page.")] = None,
    image: Annotated[Path | None, typer.Option(help="Write a PNG of the page with boxes drawn.")] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say which label row fired and why pages were read.")
    ] = False,
    ledger: Annotated[
        bool, typer.Option("--ledger", help="Say what became of every figure: read, ignored by which rule, or asked.")
    ] = False,
    mappings: Mappings = None,
    debug: Debug = False,
) -> None:
    """Show what was found where in one PDF.

    Example: dealproof inspect report.pdf --page 3 --image page3.png --explain
    """
    from dealproof.cli.inspect import show

    show(file, page, image, explain, settings_of(mappings=mappings), ledger=ledger)


@app.command()
def build(
    out: Out = None,
    format_: Format = None,
    mappings: Mappings = None,
    workspace: Workspace = None,
    store: StoreUrl = None,
    as_of: AsOf = None,
    fail_on: FailOn = "",
    debug: Debug = False,
) -> None:
    """Build the dataset again after a mapping file was edited; no PDF is opened. One as of a day goes to a folder of its own.

    Example: dealproof build --out out
    """
    rebuilt = _rebuild(as_of, out=out, format=format_, mappings=mappings, workspace=workspace, store=store)
    raise typer.Exit(gate(rebuilt, fail_on))


@app.command()
def export(
    out: Out = None,
    format_: Format = None,
    to: Annotated[
        str, typer.Option(help="Write inputs for another program instead: absbox (default folder: absbox).")
    ] = "",
    mappings: Mappings = None,
    workspace: Workspace = None,
    store: StoreUrl = None,
    as_of: AsOf = None,
    debug: Debug = False,
) -> None:
    """Write the dataset again in another format or place; no PDF is opened.

    Example: dealproof export --out dataset --format parquet
    """
    if to:
        from dealproof.cli.exchange import send

        send(to, out, format_, as_of, settings_of(mappings=mappings, workspace=workspace, store=store))
        return
    _rebuild(as_of, out=out, format=format_, mappings=mappings, workspace=workspace, store=store)


def _rebuild(as_of: datetime | None, **options: object) -> RunReport:
    from dealproof import api
    from dealproof.cli.progress import Progress
    from dealproof.cli.render import closing_summary

    settings = settings_of(**options)
    day = as_of.date() if as_of else None
    if day is not None and options.get("out") is None:
        settings = replace(settings, out=as_of_folder(settings.out, day))
    with Progress(settings.jobs) as progress:
        rebuilt = api.rebuild(settings, day, progress.watchers)
    closing_summary(rebuilt, settings)
    return rebuilt


@app.command()
def diff(
    a: Annotated[Path, typer.Argument(metavar="A", help="Folder of the earlier export.")],
    b: Annotated[Path, typer.Argument(metavar="B", help="Folder of the later export, in any format.")],
    format_: Annotated[str, typer.Option("--format", help="text, csv or json.")] = "text",
    table: Annotated[list[str] | None, typer.Option(help="Only this table; may be given several times.")] = None,
    limit: Annotated[int, typer.Option(min=0, help="Most lines shown as text; 0 shows all.")] = 200,
    debug: Debug = False,
) -> None:
    """Show what changed between two exports, and through which document or mapping row.

    Example: dealproof diff last-week/ out/ --table tranches
    """
    from dealproof.cli.diff import show

    show(a, b, format_, table or [], limit)


@app.command()
def who(
    name: Annotated[str, typer.Argument(help="A name as printed.")],
    role: Annotated[str, typer.Option(help="Role in which it is printed, such as rating_agency.")] = "",
    deal: Annotated[str, typer.Option(help="Deal in which it is printed, such as 泰和2019-1.")] = "",
    date: Annotated[
        str, typer.Option(parser=given_iso_day, metavar="DAY", help="Date of the document, such as 2025-06-30.")
    ] = "",
    mappings: Mappings = None,
    debug: Debug = False,
) -> None:
    """Say which institution a name leads to, and why, or who comes near.

    Example: dealproof who 德勤 --role accounting_firm
    """
    from dealproof.cli.who import show

    show(name, role, deal, date, settings_of(mappings=mappings))


@app.command()
def questions(
    deal: Annotated[str, typer.Option(help="Only this deal, such as 泰和2019-1.")] = "",
    kind: Annotated[str, typer.Option(help="Only this kind, such as failed_check.")] = "",
    severity: Annotated[str, typer.Option(help="Only error, warning or info.")] = "",
    table: Annotated[str, typer.Option(help="Only questions about this table.")] = "",
    limit: Annotated[int, typer.Option(min=0, help="Most questions shown; 0 shows all.")] = 20,
    children: Annotated[
        bool, typer.Option("--children", help="Also those that hang under others and close with them.")
    ] = False,
    answered: Annotated[
        bool, typer.Option("--answered", help="What was answered instead: by whom, when and where it stands.")
    ] = False,
    export_: Annotated[Path | None, typer.Option("--export", help="Write a sheet to fill in (.xlsx or .csv).")] = None,
    pictures: Annotated[
        Path | None, typer.Option(help="Write a PNG of each place asked about into this folder.")
    ] = None,
    mappings: Mappings = None,
    workspace: Workspace = None,
    store: StoreUrl = None,
    debug: Debug = False,
) -> None:
    """List what waits for a person, most valuable first, or what was answered.

    Example: dealproof questions --severity error --export questions.xlsx
    """
    from dealproof.cli.questions import Filters, show, show_answered

    settings = settings_of(mappings=mappings, workspace=workspace, store=store)
    wanted = Filters(deal, kind, severity, table, children)
    if answered:
        if wanted != Filters() or export_ or pictures:
            raise UsageError("--answered lists all answers.", "Leave the other options out.")
        show_answered(settings)
        return
    show(settings, wanted, limit, export_, pictures)


@app.command()
def answer(
    question: Annotated[str, typer.Argument(help="Id of a question, or its beginning.")] = "",
    value: Annotated[str, typer.Option(help="The right value, as the dataset prints it; - for nothing.")] = "",
    choose: Annotated[str, typer.Option(help="The letter of the right value: A, B, …")] = "",
    confirm: Annotated[bool, typer.Option("--confirm", help="The value that the dataset holds is right.")] = False,
    dismiss: Annotated[bool, typer.Option("--dismiss", help="The question does not matter.")] = False,
    field: Annotated[str, typer.Option(help="The field that a label means; - if it does not matter.")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Take the answer back; its row stays as a comment.")] = False,
    file: Annotated[Path | None, typer.Option(help="A sheet of questions, filled in (Excel or CSV).")] = None,
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    by: Annotated[str, typer.Option(help="Who decides.")] = "",
    on: Annotated[
        str, typer.Option(parser=given_iso_day, metavar="DAY", help="Day of the decision (default: today).")
    ] = "",
    mappings: Mappings = None,
    workspace: Workspace = None,
    store: StoreUrl = None,
    debug: Debug = False,
) -> None:
    """Answer a question; the answer is kept in the mapping files and never asked for again. Answering again replaces it.

    Example: dealproof answer 3fa2b1c0 --value 0.26 --reason "page 4 prints 0.26" --by 王敏
    """
    from datetime import date

    from dealproof.cli.questions import answered_by_words, take, take_back

    settings = settings_of(mappings=mappings, workspace=workspace, store=store)
    day = on or date.today().isoformat()
    said = answered_by_words(value=value, choose=choose, confirm=confirm, dismiss=dismiss, field=field, undo=undo)
    if file is None and len(said) != 1:
        raise UsageError(
            "Say one of --value, --choose, --confirm, --dismiss, --field and --undo.", "See dealproof answer --help."
        )
    if file is not None and said:
        raise UsageError("The answers of a sheet stand in it.", "Leave the other answer out, or name one question.")
    if said and said[0][0] == "undo":
        take_back(settings, question, by, day)
        return
    take(settings, question, file, said[0] if said else ("", ""), reason, by, day)


@app.command()
def why(
    table: Annotated[str, typer.Argument(help="Table, such as tranches.")],
    key: Annotated[str, typer.Argument(help="Key of the row, or a part that only one row has.")],
    column: Annotated[str, typer.Argument(help="Column, such as amount.")],
    mappings: Mappings = None,
    workspace: Workspace = None,
    store: StoreUrl = None,
    debug: Debug = False,
) -> None:
    """Show where one value comes from, what checks it, and what is asked or was decided about it.

    Example: dealproof why tranches "禾盈2024-2|优先B" amount
    """
    from dealproof.cli.why import show

    show(table, key, column, settings_of(mappings=mappings, workspace=workspace, store=store))


@app.command()
def schema(
    table: Annotated[str, typer.Argument(help="Name of one table; all tables when left out.")] = "",
    debug: Debug = False,
) -> None:
    """Explain the columns of the dataset.

    Example: dealproof schema performance
    """
    from dealproof.cli.render import schema_tables
    from dealproof.export.describe import describe

    schema_tables(describe(table))


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
