"""The command line: what operators type. Nothing is decided here."""

import os
import signal
import sys
from types import FrameType

import typer
from rich.console import Console

from gap_server.cli import (
    audit,
    backup,
    benchmark,
    bot,
    dataset,
    evaluate,
    images,
    players,
    report,
    round,  # noqa: A004  # the command's own name
    server,
    simulate,
    status,
    token,
    trust,
    tune,
    vlm,
)
from gap_server.errors import GapError

app = typer.Typer(
    help="The platform of Gamified Adversarial Prompting. Settings are environment variables, GAP_...",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
server.register(app)
bot.register(app)
simulate.register(app)
evaluate.register(app)
backup.register(app)
report.register(app)
audit.register(app)
status.register(app)
tune.register(app)
app.add_typer(images.app, name="images")
app.add_typer(dataset.app, name="dataset")
app.add_typer(benchmark.app, name="benchmark")
app.add_typer(round.app, name="round")
app.add_typer(players.app, name="players")
app.add_typer(trust.app, name="trust")
app.add_typer(vlm.app, name="vlm")
app.add_typer(token.app, name="token")


def main() -> None:
    """Run a command; what goes wrong on purpose is one sentence and exit status 2."""
    signal.signal(signal.SIGTERM, _leave)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # `nohup` means it
        signal.signal(signal.SIGHUP, _hang_up)
    try:
        app()
    except KeyboardInterrupt:  # the second Ctrl-C: the first one ends things in good order
        sys.exit(128 + signal.SIGINT)
    except GapError as error:
        Console(stderr=True, soft_wrap=True).print(f"gap-server: {error}", style="red", markup=False)
        sys.exit(2)


def _leave(_signal: int, _frame: FrameType | None) -> None:
    """Told to end: through every `finally` on the way out, or an embedded Postgres would be left running."""
    raise server.Terminated(128 + signal.SIGTERM)


def _hang_up(_signal: int, _frame: FrameType | None) -> None:
    """The terminal is gone: the same as being told to end, by whoever listens to that now."""
    os.kill(os.getpid(), signal.SIGTERM)
