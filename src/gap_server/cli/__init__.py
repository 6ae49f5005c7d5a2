"""The command line: what operators type. Nothing is decided here."""

import sys

import typer
from rich.console import Console

from gap_server.cli import images, players, running, vlm
from gap_server.errors import GapError

app = typer.Typer(
    help="The platform of Gamified Adversarial Prompting. Settings are environment variables, GAP_...",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
running.register(app)
app.add_typer(images.app, name="images")
app.add_typer(players.app, name="players")
app.add_typer(vlm.app, name="vlm")


def main() -> None:
    """Run a command; what goes wrong on purpose is one sentence and exit status 2."""
    try:
        app()
    except GapError as error:
        Console(stderr=True, soft_wrap=True).print(f"gap-server: {error}", style="red", markup=False)
        sys.exit(2)
