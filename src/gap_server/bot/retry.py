"""Trying again while Telegram is away."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

import structlog
from telegram.error import BadRequest, Conflict, InvalidToken, NetworkError, RetryAfter

from gap_server.errors import SettingsError

T = TypeVar("T")

log = structlog.get_logger()

FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 30.0


async def with_retry(call: Callable[[], Awaitable[T]]) -> T:
    """Call until it works. Raises SettingsError for a token that Telegram does not know, and BadRequest."""
    wait = FIRST_WAIT_SECONDS
    while True:
        try:
            return await call()
        except InvalidToken:
            # the library's own message holds the token: nobody is to see it
            raise SettingsError(
                "GAP_BOT_TOKEN: Telegram does not know this token (or GAP_BOT_API_URL leads elsewhere)."
            ) from None
        except BadRequest:
            raise
        except RetryAfter as error:
            await asyncio.sleep(asked_to_wait(error).total_seconds())
        except (NetworkError, Conflict) as error:
            log.warning("Telegram does not answer, it is tried again", error=str(error), wait_seconds=wait)
            await asyncio.sleep(wait)
            wait = min(2 * wait, LONGEST_WAIT_SECONDS)


def asked_to_wait(error: RetryAfter) -> timedelta:
    wait = error.retry_after
    return wait if isinstance(wait, timedelta) else timedelta(seconds=wait)
