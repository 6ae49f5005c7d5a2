"""What players share in Telegram: a message that the bot prepares, and a card with a key."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from gap_server.store.engine import Db

BEGIN = """
insert into app.share (player_id, session_id, key) values ($1, $2, $3) returning id
"""
READ = (
    "select prepared_id, given_up_at is not null as given_up from app.share where player_id = $1 and id = $2"
)
CLAIM = """
update app.share s set claimed_at = now()
from (
    select s.player_id, s.id, p.telegram_id, p.language, p.referral_code, g.score, c.code as challenge_code
    from app.share s join app.player p on p.id = s.player_id
    join app.session g on g.player_id = s.player_id and g.id = s.session_id
    left join app.challenge c on c.player_id = s.player_id and c.session_id = s.session_id
    where s.claimed_at is null and s.created_at > now() - $1::interval
      and p.telegram_id is not null and p.banned_at is null
    order by s.created_at limit $2 for update of s skip locked
) wanted
where s.player_id = wanted.player_id and s.id = wanted.id
returning s.player_id, s.id, s.key, wanted.telegram_id, wanted.language, wanted.referral_code, wanted.score,
          wanted.challenge_code
"""
PREPARED = "update app.share set prepared_id = $3 where player_id = $1 and id = $2"
GIVE_UP = "update app.share set given_up_at = now() where player_id = $1 and id = $2"
BY_KEY = "select player_id, session_id from app.share where key = $1 and created_at > now() - $2::interval"
FORGET = "delete from app.share where created_at < now() - $1::interval"


@dataclass(frozen=True, slots=True)
class WantedShare:
    """A message that the bot is to prepare. `key` leads to the card."""

    player_id: UUID
    id: UUID
    key: str
    telegram_id: int
    language: str
    referral_code: str
    score: int
    challenge_code: str | None


async def begin(db: Db, player_id: UUID, session_id: UUID, key: str) -> UUID:
    share_id: UUID = await db.fetchval(BEGIN, player_id, session_id, key)
    return share_id


async def read(db: Db, player_id: UUID, share_id: UUID) -> tuple[str | None, bool]:
    """The prepared message's id, and whether the bot gave up. Gone counts as given up."""
    row = await db.fetchrow(READ, player_id, share_id)
    return (row["prepared_id"], row["given_up"]) if row else (None, True)


async def claim(db: Db, *, young: timedelta, limit: int) -> list[WantedShare]:
    """Those whose players still wait for them. Nobody is given one twice."""
    return [WantedShare(**row) for row in await db.fetch(CLAIM, young, limit)]


async def prepared(db: Db, share: WantedShare, prepared_id: str) -> None:
    await db.execute(PREPARED, share.player_id, share.id, prepared_id)


async def give_up(db: Db, share: WantedShare) -> None:
    await db.execute(GIVE_UP, share.player_id, share.id)


async def by_key(db: Db, key: str, *, kept: timedelta) -> tuple[UUID, UUID] | None:
    """Whose game's card it is: player and session."""
    row = await db.fetchrow(BY_KEY, key, kept)
    return (row["player_id"], row["session_id"]) if row else None


async def forget(db: Db, *, kept: timedelta) -> None:
    await db.execute(FORGET, kept)
