"""Who is answered when: many people at a time, each in the order of what they said."""

import asyncio
from collections.abc import Awaitable, Callable
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

WAITING_AT_MOST = 100_000
"""The library's own limit, which must not count: in it one chatterer's messages would crowd out everybody."""


class PerUserUpdateProcessor(BaseUpdateProcessor):
    """`at_once`: exchanges under way at a time, one a person. `handled` is called after each update."""

    def __init__(self, at_once: int, handled: Callable[[Update], Awaitable[None]]) -> None:
        super().__init__(WAITING_AT_MOST)
        self._slots = asyncio.Semaphore(at_once)
        self._handled = handled
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def do_process_update(self, update: object, coroutine: Awaitable[object]) -> None:
        if not isinstance(update, Update):
            await coroutine
            return
        async with self._turn_of(update), self._slots:
            await coroutine
        await self._handled(update)

    def _turn_of(self, update: Update) -> asyncio.Lock:
        user = update.effective_user
        return asyncio.Lock() if user is None else self._turns.setdefault(user.id, asyncio.Lock())

    async def initialize(self) -> None:
        """Nothing to begin."""

    async def shutdown(self) -> None:
        """Nothing to end."""
