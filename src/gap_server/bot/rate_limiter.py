"""Keeping to Telegram's limits: so many messages a second in all, and who is told to wait waits alone."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

from aiolimiter import AsyncLimiter
from telegram.constants import FloodLimit
from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from gap_server.bot.retry import asked_to_wait

LONGEST_WAIT = timedelta(seconds=30)
"""An answer that would come later than this is given up: somebody else could have the exchange's slot."""
A_LITTLE_MORE = timedelta(seconds=0.1)


class PerChatRateLimiter(BaseRateLimiter[int]):
    """The library's own halts everything when one chat is told to wait, as who writes too much is."""

    def __init__(self) -> None:
        self._in_all = AsyncLimiter(FloodLimit.MESSAGES_PER_SECOND, 1)

    async def initialize(self) -> None:
        """Nothing to begin."""

    async def shutdown(self) -> None:
        """Nothing to end."""

    async def process_request(  # noqa: PLR0917  # the library's signature
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,  # noqa: ARG002  # the same
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        """`rate_limit_args`: how often it is tried again where Telegram says when. Raises RetryAfter."""
        tries_left = rate_limit_args or 0
        while True:
            if "chat_id" in data:
                await self._in_all.acquire()
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                wait = asked_to_wait(error)
                if not tries_left or wait > LONGEST_WAIT:
                    raise
            tries_left -= 1
            await asyncio.sleep((wait + A_LITTLE_MORE).total_seconds())
