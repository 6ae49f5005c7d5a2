"""What the bot is to tell players, and whom it may write to.

Messages are put in by the statement that makes them true (see `game_write`): none is lost or told twice.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from gap_server.store.engine import Db

FRIEND_PLAYED = "friend_played"
FIND_CONFIRMED = "find_confirmed"
CHALLENGE_PLAYED = "challenge_played"

MAY_BE_WRITTEN_TO = (
    "{p}.may_message and {p}.muted_at is null and {p}.banned_at is null and {p}.telegram_id is not null"
)
_MAY = MAY_BE_WRITTEN_TO.format(p="p")

DROP_UNWANTED = f"""
update app.outbox o set given_up_at = now() from app.player p
where p.id = o.player_id and o.sent_at is null and o.given_up_at is null and o.due_at <= now()
  and (not ({_MAY}) or o.created_at < now() - $1::interval)
"""

CLAIM = f"""
update app.outbox o set due_at = now() + $1::interval, attempts = least(o.attempts + 1, 32767)
from (
    select o.player_id, o.id, p.telegram_id, p.language
    from app.outbox o join app.player p on p.id = o.player_id
    where o.sent_at is null and o.given_up_at is null and o.due_at <= now() and {_MAY}
    order by o.due_at limit $2 for update of o skip locked
) due
where o.player_id = due.player_id and o.id = due.id
returning o.player_id, o.id, o.kind, o.content, o.attempts, due.telegram_id, due.language
"""

MEET = "update app.player set may_message = true where telegram_id = $1"


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """A message on its way. `attempts` counts this one."""

    player_id: UUID
    id: int
    kind: str
    content: dict[str, Any]
    attempts: int
    telegram_id: int
    language: str


async def claim(db: Db, *, lease: timedelta, limit: int) -> list[OutboxMessage]:
    """Messages to send now. Nobody else is given them before `lease` is over."""
    return [OutboxMessage(**row) for row in await db.fetch(CLAIM, lease, limit)]


async def drop_unwanted(db: Db, *, stale_after: timedelta) -> None:
    """Give up what is due to somebody who may not be written to (any more), or is old news."""
    await db.execute(DROP_UNWANTED, stale_after)


async def mark_sent(db: Db, message: OutboxMessage) -> None:
    await db.execute(
        "update app.outbox set sent_at = now() where player_id = $1 and id = $2",
        message.player_id,
        message.id,
    )


async def put_off(db: Db, message: OutboxMessage, wait: timedelta) -> None:
    await db.execute(
        "update app.outbox set due_at = now() + $3::interval where player_id = $1 and id = $2",
        message.player_id,
        message.id,
        wait,
    )


async def give_up(db: Db, message: OutboxMessage) -> None:
    await db.execute(
        "update app.outbox set given_up_at = now() where player_id = $1 and id = $2",
        message.player_id,
        message.id,
    )


async def stop_writing(db: Db, player_id: UUID) -> None:
    """Telegram does not let us: until the player comes back, nothing is sent."""
    await db.execute("update app.player set may_message = false where id = $1", player_id)
    await give_up_all(db, player_id)


async def set_muted(db: Db, player_id: UUID, *, muted: bool) -> None:
    """Who asks for messages does so in the bot's chat, where it may write."""
    await db.execute(
        "update app.player set muted_at = case when $2 then coalesce(muted_at, now()) end,"
        " may_message = may_message or not $2 where id = $1",
        player_id,
        muted,
    )
    if muted:
        await give_up_all(db, player_id)


async def give_up_all(db: Db, player_id: UUID) -> None:
    await db.execute(
        "update app.outbox set given_up_at = now()"
        " where player_id = $1 and sent_at is null and given_up_at is null",
        player_id,
    )


async def meet(db: Db, telegram_id: int) -> None:
    """Who starts the bot lets it write."""
    await db.execute(MEET, telegram_id)


async def wants_messages(db: Db, player_id: UUID) -> bool:
    wants: bool = await db.fetchval(f"select {_MAY} from app.player p where id = $1", player_id)
    return wants


async def drop_old(db: Db, *, messages: timedelta, updates: timedelta) -> None:
    """Forget what was sent or given up, and updates that Telegram no longer repeats."""
    await db.execute(
        "delete from app.outbox where coalesce(sent_at, given_up_at) < now() - $1::interval", messages
    )
    await db.execute("delete from app.bot_update where claimed_at < now() - $1::interval", updates)
