"""What waits in the outbox, for whom, and what became of it."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

import httpx

from gap_server.store import outbox as stored
from gap_server.store.engine import Store
from gap_server.store.outbox import FRIEND_PLAYED
from tests.playing import Player, new_player
from tests.world import administrator

STATES = (
    "select case when sent_at is not null then 'sent' when given_up_at is not null then 'given up'"
    " when due_at > now() then 'later' else 'due' end from app.outbox order by id"
)

Send = Callable[[], Awaitable[timedelta | None]]
"""One round of the post."""


async def states(store: Store) -> list[str]:
    async with store.connection() as db:
        return [row[0] for row in await db.fetch(STATES)]


async def a_message_for(store: Store, player: Player, kind: str = FRIEND_PLAYED) -> None:
    async with store.connection() as db:
        await db.execute(
            "insert into app.outbox (player_id, kind, content) values ($1, $2, '{}')",
            UUID(player.me["id"]),
            kind,
        )


async def may_write_to(store: Store, player: Player) -> bool:
    async with store.connection() as db:
        return await stored.wants_messages(db, UUID(player.me["id"]))


async def change(store: Store, sql: str) -> None:
    async with administrator(store) as db:
        await db.execute(sql)


async def a_willing(client: httpx.AsyncClient, store: Store, telegram_id: int) -> Player:
    player = await new_player(client, telegram_id)
    async with store.connection() as db:
        await stored.meet(db, telegram_id)
    return player
