"""Messages that wait for the bot to send them.

The bot outlives a database that is away, or not at head yet: everything here raises StoreUnavailable for it.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import asyncpg

from gap_server.errors import StoreUnavailable
from gap_server.store import outbox
from gap_server.store.engine import Db, Store
from gap_server.store.outbox import OutboxMessage

BATCH = 25
LEASE = timedelta(minutes=5)
"""A bot that died while it was sending leaves its messages to the next one after this."""

STALE_AFTER = timedelta(days=2)
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
DOUBLINGS = 7
KEEP_MESSAGES = timedelta(days=30)
KEEP_UPDATES = timedelta(days=3)
"""Telegram repeats an update for a day at most."""


async def due(store: Store) -> list[OutboxMessage]:
    """Messages to send now, to players who allow it. What nobody wants (any more) is given up on the way."""
    async with transaction(store) as db:
        await outbox.drop_unwanted(db, stale_after=STALE_AFTER)
        return await outbox.claim(db, lease=LEASE, limit=BATCH)


async def sent(store: Store, message: OutboxMessage) -> None:
    async with transaction(store) as db:
        await outbox.mark_sent(db, message)


async def later(store: Store, message: OutboxMessage, wait: timedelta | None = None) -> None:
    """Try again after `wait`, or after longer and longer."""
    patience = min(FIRST_WAIT * 2 ** min(message.attempts - 1, DOUBLINGS), LONGEST_WAIT)
    async with transaction(store) as db:
        await outbox.put_off(db, message, patience if wait is None else wait)


async def give_up(store: Store, message: OutboxMessage) -> None:
    async with transaction(store) as db:
        await outbox.give_up(db, message)


async def stop_writing(store: Store, message: OutboxMessage) -> None:
    """Its player shut the bot out: no more messages until the player comes back."""
    async with transaction(store) as db:
        await outbox.stop_writing(db, message.player_id)


async def tidy(store: Store) -> None:
    async with transaction(store) as db:
        await outbox.drop_old(db, messages=KEEP_MESSAGES, updates=KEEP_UPDATES)


@asynccontextmanager
async def transaction(store: Store) -> AsyncIterator[Db]:
    try:
        async with store.transaction() as db:
            yield db
    except asyncpg.PostgresError as error:
        raise StoreUnavailable(f"The database did not take this: {error}") from error
