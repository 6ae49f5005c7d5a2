"""The command line: what operators type. Nothing is decided here."""

import signal
import sys
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console

from gap_server import __version__
from gap_server.cli import signals
from gap_server.cli.commands import Commands
from gap_server.errors import GapError

app = typer.Typer(
    cls=Commands,
    help="The platform of Gamified Adversarial Prompting. Settings are environment variables, GAP_...",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


def _tell_version(wanted: bool) -> None:  # noqa: FBT001  # typer hands the option's value over by its place
    if wanted:
        typer.echo(f"gap-server {__version__}")
        raise typer.Exit


@app.callback()
def _program(
    *,
    version: Annotated[  # told as soon as it is read
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Which version this is.")
    ] = False,
) -> None:
    """Without a callback, typer takes a program that has no command yet for a mistake."""


def _refuse_what_is_no_text(arguments: Sequence[str]) -> None:
    """Bytes that are no UTF-8 come in as lone surrogates, which no table and no answer can hold."""
    for argument in arguments:
        try:
            argument.encode()
        except UnicodeEncodeError:
            raise GapError(f"{argument!a} is not written in UTF-8.") from None


def main() -> None:
    """Run a command; what goes wrong on purpose is one sentence and exit status 2."""
    signals.listen()
    try:
        _refuse_what_is_no_text(sys.argv[1:])
        app()
    except KeyboardInterrupt:  # the second Ctrl-C: the first one ends things in good order
        sys.exit(128 + signal.SIGINT)
    except GapError as error:
        Console(stderr=True, soft_wrap=True).print(f"gap-server: {error}", style="red", markup=False)
        sys.exit(2)
