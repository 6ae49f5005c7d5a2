"""Work that goes on beside the players, in every server process, whatever goes wrong with it."""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import count

import structlog

from gap_server.errors import GapError
from gap_server.logs import where

log = structlog.get_logger()


async def repeat(
    what: str, work: Callable[[int], Awaitable[object]], *, every_seconds: float, after_trouble: float = 1.0
) -> None:
    """Do `work` until cancelled, told how often it was done before. What goes wrong is tried again."""
    trouble, mended = f"{what} failed, it is tried again", f"{what} works again"
    failed = 0
    for n in count():
        try:
            await work(n)
        except Exception as error:  # noqa: BLE001  # whatever it is, the work is needed
            failed += 1
            if failed.bit_count() == 1:  # the 1st, 2nd, 4th, 8th ...: it is tried again soon
                tell(trouble, error, times=failed)
            await asyncio.sleep(after_trouble)
            continue
        if failed:
            log.info(mended, failed_before=failed)
        failed = 0
        await asyncio.sleep(every_seconds)


def tell(what: str, error: Exception, **facts: object) -> None:
    """Log it: our own errors by their words, others by where they happened: their words may be players'."""
    cause = _cause(error)
    if isinstance(cause, GapError):
        log.warning(what, error=str(cause), **facts)
    else:
        log.error(what, error=type(cause).__name__, where=where(cause), **facts)


def _cause(error: Exception) -> Exception:
    """Of what went wrong in several tasks at once, one thing: what nobody foresaw, where there is such."""
    if not isinstance(error, ExceptionGroup):
        return error
    unforeseen = error.split(GapError)[1]
    return _cause((unforeseen or error).exceptions[0])
