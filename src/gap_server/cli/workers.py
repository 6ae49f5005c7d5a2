"""Many worker processes under one parent: when they are said to listen, and what a closed terminal means."""

import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import uvicorn
from uvicorn.supervisors import Multiprocess

from gap_server.operate.child_processes import deaf_to_the_terminal

WORKER_SECONDS = 20
"""A worker that does not answer its parent for so long is replaced. On a busy machine starting takes half of
it; and one that is killed while its parent waits for its answer is missed for just as long."""

TERMINAL = Path("/dev/tty")
"""Whichever terminal a process was started from; none can be opened once that is closed."""


class Workers(Multiprocess):
    """Uvicorn's parent of many workers. SIGHUP brings in fresh ones, and ends all where the terminal is gone.

    `listening` is called once every worker listens.
    """

    def __init__(self, config: uvicorn.Config, listening: Callable[[], None], **options: Any) -> None:
        self._listening = listening
        self._is_announced = False
        self._ends_with_terminal = _has_terminal() and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN
        super().__init__(config, **options)

    def init_processes(self) -> None:
        with deaf_to_the_terminal():
            super().init_processes()

    def handle_signals(self) -> None:
        with deaf_to_the_terminal():
            super().handle_signals()

    def keep_subprocess_alive(self) -> None:
        with deaf_to_the_terminal():
            super().keep_subprocess_alive()
        if not self._is_announced and all(each.is_ready(WORKER_SECONDS) for each in self.processes):
            self._is_announced = True
            self._listening()

    def handle_hup(self) -> None:
        if _has_terminal() or not self._ends_with_terminal:
            super().handle_hup()
        else:
            self.should_exit.set()


def _has_terminal() -> bool:
    with suppress(OSError), TERMINAL.open("rb"):
        return True
    return False
