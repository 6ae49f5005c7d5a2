"""Players, their consent and their access tokens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from gap_server.errors import NotSignedIn
from gap_server.store.board import Board
from gap_server.store.calendar import THIS_WEEK
from gap_server.store.engine import Db
from gap_server.store.rank_marks import ahead_of

BEST = Board("all", "sharpness")
"""The board whose ranks players see beside their names."""

TOUCHED = """touched as (
    update app.access_token set expires_at = least(now() + $2::interval, ends_at)
    where token_hash = $1 and expires_at > now()
      and expires_at < least(now() + $2::interval, ends_at) - interval '1 minute'
)"""
CALLER = """select p.id, p.banned_at is not null as banned
from app.access_token t join app.player p on p.id = t.player_id
where t.token_hash = $1 and t.expires_at > now()"""
FIND_BY_TOKEN = f"with {TOUCHED} {CALLER}"

SIGN_IN = """
insert into app.player as p (telegram_id, name, language, may_message, referred_by)
values ($1, $2, $3, $4, $5)
on conflict (telegram_id) do update set may_message = excluded.may_message
returning p.id, p.banned_at is not null as banned
"""

NEW_TOKEN = """
insert into app.access_token (token_hash, player_id, expires_at, ends_at)
values ($1, $2, now() + $3::interval, now() + $4::interval) returning expires_at
"""

READ_ME = f"""
select p.id, coalesce(p.name, '') as name, p.language, p.time_zone, p.show_on_leaderboard, p.referral_code,
       c.version as consent_version,
       coalesce(t.sessions, 0) as sessions, coalesce(t.points, 0) as points, coalesce(t.best, 0) as best,
       case when t.last_played_on >= (now() at time zone p.time_zone)::date - 1
            then t.streak_days else 0 end as streak_days,
       coalesce(t.sharpness, 0) as sharpness, coalesce(t.finds, 0) as finds, array(
           select distinct extract(isodow from s.ended_at at time zone p.time_zone)::int
           from app.session s
           where s.player_id = p.id and s.state = 'finished' and s.ended_at
               >= date_trunc('week', now() at time zone p.time_zone) at time zone p.time_zone
           order by 1
       ) as days_of_week, this_week.monday, (
           select coalesce(jsonb_object_agg(g.quest, g.progress), '{{}}') from app.quest_progress g
           where g.player_id = p.id and g.week = this_week.monday
       ) as quest_progress,
       p.show_on_leaderboard and coalesce(t.sessions, 0) > 0 as is_ranked
from app.player p
left join app.consent c on c.player_id = p.id and c.withdrawn_at is null
left join app.player_total t on t.player_id = p.id
cross join (select {THIS_WEEK} as monday) this_week
where p.id = $1
"""

CHANGE_ME = """
with before as (
    select (now() at time zone time_zone)::date as today from app.player
    where id = $1 and $4::text is not null and time_zone <> $4
), changed as (
    update app.player set name = coalesce($2, name), language = coalesce($3, language),
           time_zone = coalesce($4, time_zone), show_on_leaderboard = coalesce($5, show_on_leaderboard)
    where id = $1 and deleted_at is null
)
update app.player_total t set last_played_on = last_played_on + ((now() at time zone $4)::date - before.today)
from before where t.player_id = $1
"""
"""Who played today has played today wherever they go: another zone neither raises a streak nor ends it."""

GRANT = """
insert into app.consent (player_id, granted_at, version, text_sha256)
values ($1, clock_timestamp(), $2, (select sha256 from app.consent_text where sha256 = $3))
on conflict do nothing
"""

WITHDRAW = """
update app.consent set withdrawn_at = clock_timestamp()
where player_id = $1 and withdrawn_at is null and version is distinct from $2
"""

FORGET_INVITATIONS = """
update app.player set referred_by = null
where referred_by = (select referral_code from app.player where id = $1)
"""

DROP_OLDEST_TOKENS = """
delete from app.access_token where token_hash in (
    select token_hash from app.access_token where player_id = $1
    order by created_at desc, token_hash offset $2)
"""

DESCRIBE = """
select p.id, p.name, p.language, p.created_at, p.banned_at, c.version as consent_version,
       c.granted_at as consented_at, coalesce(t.points, 0) as points, s.sessions, s.last_session_at,
       (select count(*) from app.question q where q.player_id = p.id) as questions,
       (select count(*) from app.access_token a where a.player_id = p.id and a.expires_at > now()) as tokens
from app.player p
left join app.consent c on c.player_id = p.id and c.withdrawn_at is null
left join app.player_total t on t.player_id = p.id
cross join lateral (
    select count(*) as sessions, max(created_at) as last_session_at from app.session where player_id = p.id
) s
where p.id = $1
"""


@dataclass(frozen=True, slots=True)
class SignedIn:
    id: UUID
    banned: bool


@dataclass(frozen=True, slots=True)
class Me:
    """`days_of_week`: of this week, where the player lives, those with a finished game; 1 for Monday.

    `monday`: on which the week of the quests began, in UTC. `quest_progress`: by the quest's id.
    """

    id: UUID
    name: str
    language: str
    time_zone: str
    show_on_leaderboard: bool
    referral_code: str
    consent_version: int | None
    sessions: int
    points: int
    best: int
    streak_days: int
    sharpness: int
    finds: int
    days_of_week: Sequence[int]
    monday: date
    quest_progress: Mapping[str, int]
    rank: int | None


async def find_by_token(db: Db, token_hash: bytes, sliding: timedelta) -> SignedIn | None:
    """Whose token this is, while it is good; using it moves its end on by `sliding`."""
    row = await db.fetchrow(FIND_BY_TOKEN, token_hash, sliding)
    return SignedIn(row["id"], row["banned"]) if row else None


async def sign_in(
    db: Db, telegram_id: int, *, name: str, language: str, may_message: bool, referred_by: str | None
) -> SignedIn:
    """Find the player or make one. Name and language are the player's own after the first sign-in."""
    row = await db.fetchrow(SIGN_IN, telegram_id, name, language, may_message, referred_by)
    return SignedIn(row["id"], row["banned"])


async def add_token(
    db: Db, token_hash: bytes, player_id: UUID, sliding: timedelta, hard: timedelta
) -> datetime:
    expires_at: datetime = await db.fetchval(NEW_TOKEN, token_hash, player_id, sliding, hard)
    return expires_at


async def drop_ended_tokens(db: Db) -> None:
    await db.execute("delete from app.access_token where ends_at < now() or expires_at < now()")


async def read_me(db: Db, player_id: UUID) -> Me | None:
    row = await db.fetchrow(READ_ME, player_id)
    if row is None:
        return None
    me = dict(row)
    ranked = me.pop("is_ranked")
    return Me(**me, rank=await ahead_of(db, BEST, (row["sharpness"], row["points"])) + 1 if ranked else None)


async def change_me(
    db: Db,
    player_id: UUID,
    *,
    name: str | None,
    language: str | None,
    time_zone: str | None,
    show_on_leaderboard: bool | None,
) -> None:
    """Change what is given; None leaves a thing as it is."""
    await db.execute(CHANGE_ME, player_id, name, language, time_zone, show_on_leaderboard)


async def knows_time_zone(db: Db, player_id: UUID, name: str) -> bool:
    """All zones are read, which takes a while, only where it is not the one that the player has."""
    known: bool = await db.fetchval(
        "select exists (select from app.player where id = $1 and time_zone = $2)"
        " or exists (select from pg_timezone_names where name = $2)",
        player_id,
        name,
    )
    return known


async def drop_oldest_tokens(db: Db, player_id: UUID, leave: int) -> None:
    await db.execute(DROP_OLDEST_TOKENS, player_id, leave)


async def drop_token(db: Db, token_hash: bytes) -> None:
    await db.execute("delete from app.access_token where token_hash = $1", token_hash)


async def hold(db: Db, player_id: UUID) -> int:
    """Lock the player until the transaction ends: starts, consents and farewells come one after the other.

    Gives the Telegram id. Raises NotSignedIn where the player has just gone.
    """
    telegram_id: int | None = await db.fetchval(
        "select telegram_id from app.player where id = $1 for no key update", player_id
    )
    if telegram_id is None:
        raise NotSignedIn("This account was deleted just now.")
    return telegram_id


async def grant_consent(db: Db, player_id: UUID, version: int, text_sha256: str) -> None:
    """Consent to this version, and to no other any more. The text is one that was written down."""
    await db.execute(WITHDRAW, player_id, version)
    await db.execute(GRANT, player_id, version, text_sha256)


async def withdraw_consent(db: Db, player_id: UUID) -> None:
    await db.execute(WITHDRAW, player_id, None)


async def erase(db: Db, player_id: UUID) -> None:
    """Nothing of the player remains: every row that names the player goes with the player's."""
    await db.execute(FORGET_INVITATIONS, player_id)
    await db.execute("delete from app.player where id = $1", player_id)


async def find_by_telegram_id(db: Db, telegram_id: int) -> dict[str, Any] | None:
    row = await db.fetchrow(
        "select id, language, banned_at from app.player where telegram_id = $1", telegram_id
    )
    return dict(row) if row else None


async def describe(db: Db, player_id: UUID) -> dict[str, Any]:
    """What an operator needs to know of a player. `tokens`: those that are good."""
    return dict(await db.fetchrow(DESCRIBE, player_id))


async def ban(db: Db, player_id: UUID) -> bool:
    """The tokens stay, for what a banned player may still do: see, and take back, what is held.

    False where the player was banned already.
    """
    status: str = await db.execute(
        "update app.player set banned_at = now() where id = $1 and banned_at is null", player_id
    )
    return status != "UPDATE 0"


async def unban(db: Db, player_id: UUID) -> bool:
    """What was signed in before the ban, or during it, does not come back to life.

    False where the player was not banned.
    """
    status: str = await db.execute(
        "update app.player set banned_at = null where id = $1 and banned_at is not null", player_id
    )
    if status == "UPDATE 0":
        return False
    await db.execute("delete from app.access_token where player_id = $1", player_id)
    return True
