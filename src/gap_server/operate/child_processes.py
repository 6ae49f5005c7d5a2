"""Children that leave the terminal to their parent, which ends them in order."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker

FROM_THE_TERMINAL = {signal.SIGINT, signal.SIGHUP}
"""The kernel sends these to everybody who was started from a terminal, not to the parent alone."""


@contextmanager
def deaf_to_the_terminal() -> Iterator[None]:
    """What starts meanwhile never hears of it; we do, afterwards.

    Blocked and not ignored: what we ignored would be lost. From the start, since an interpreter that is
    interrupted there prints a traceback.
    """
    resource_tracker.ensure_running()  # it would start with the first child, and unblock them then
    before = signal.pthread_sigmask(signal.SIG_BLOCK, FROM_THE_TERMINAL)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
