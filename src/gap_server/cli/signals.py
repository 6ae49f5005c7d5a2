"""Told to end: by whom, and how a command hears of it."""

import os
import signal
from types import FrameType


class Terminated(SystemExit):
    """A signal came that ends us, in good order."""


def listen() -> None:
    """A command that is told to end goes through every `finally` on its way out."""
    signal.signal(signal.SIGTERM, _leave)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # `nohup` means it
        signal.signal(signal.SIGHUP, _hang_up)


def _leave(_signal: int, _frame: FrameType | None) -> None:
    """Told to end: through every `finally` on the way out, or an embedded Postgres would be left running."""
    raise Terminated(128 + signal.SIGTERM)


def _hang_up(_signal: int, _frame: FrameType | None) -> None:
    """The terminal is gone: the same as being told to end, by whoever listens to that now."""
    os.kill(os.getpid(), signal.SIGTERM)
