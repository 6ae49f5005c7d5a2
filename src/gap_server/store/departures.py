"""Players who leave: what of theirs may stay, and what is remembered of them so that leaving resets no limit.

`keep_contributions` copies a player's sessions that are over to an account that is nobody's, under ids and at
times that lead nowhere, and erases the rest with the player. A table that is not in KEPT is erased.
"""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from gap_server.store import players
from gap_server.store.engine import Db

REMEMBER = """
insert into app.departed as d (person, session_starts, case_starts, image_ids, forget_at, banned_at)
select $1, starts.at, cases.at, seen.ids, now() + $3::interval, p.banned_at
from app.player p
cross join lateral (
    select coalesce(array_agg(s.created_at), '{}') as at from app.session s
    where s.player_id = p.id and s.created_at > now() - $3::interval
) starts
cross join lateral (
    select coalesce(array_agg(v.shown_at), '{}') as at from app.verdict v
    where v.player_id = p.id and v.shown_at > now() - $3::interval
) cases
cross join lateral (
    select coalesce(array_agg(image_id), '{}') as ids from (
        select r.image_id from app.round r where r.player_id = p.id and r.opened_at is not null
        union select v.image_id from app.verdict v where v.player_id = p.id) played_or_judged
) seen
where p.id = $2 and (starts.at <> '{}' or seen.ids <> '{}' or p.banned_at is not null)
on conflict (person) do update set
    session_starts = d.session_starts || excluded.session_starts,
    case_starts = d.case_starts || excluded.case_starts,
    image_ids = case when d.forget_at > now() then d.image_ids else '{}' end || excluded.image_ids,
    forget_at = excluded.forget_at, banned_at = coalesce(excluded.banned_at, d.banned_at)
"""
FORGET = (
    "delete from app.departed where forget_at < now() and banned_at is null",
    "update app.departed set session_starts = '{}', case_starts = '{}', image_ids = '{}'"
    " where forget_at < now() and image_ids <> '{}'",
)

NEW_ID = "encode(substring(sha256($2::bytea || uuid_send({})) for 16), 'hex')::uuid"
"""An id in place of another's: the same one for the same one, by a key ($2) that nobody keeps."""

NOBODY = f"""
insert into app.player (id, created_at, deleted_at, banned_at)
select {NEW_ID.format("id")}, today, today, date_trunc('day', banned_at)
from app.player, date_trunc('day', now()) today where id = $1
"""
KEEP_CONSENT = f"""
insert into app.consent (player_id, granted_at, version, text_sha256, kept)
select {NEW_ID.format("player_id")}, date_trunc('day', now()), version, text_sha256, true
from app.consent where player_id = $1 and withdrawn_at is null
"""

_SESSION = "join app.session s on s.player_id = t.player_id and s.id ="
_ROUND = "join app.round r on r.player_id = t.player_id and r.id ="
_QUESTION = "join app.question q on q.player_id = t.player_id and q.id ="
_OF_QUESTION = f"{_QUESTION} t.question_id {_ROUND} q.round_id {_SESSION} r.session_id"
KEPT: Mapping[str, str] = {
    "session": f"{_SESSION} t.id",
    "round": f"{_SESSION} t.session_id",
    "question": f"{_ROUND} t.round_id {_SESSION} r.session_id",
    "points": f"{_SESSION} t.session_id",
    "withheld_completion": _OF_QUESTION,
    "judgement": _OF_QUESTION,
    "correction": f"{_ROUND} t.round_id {_SESSION} r.session_id",
    "honest_check": _OF_QUESTION,
    "assessment": f"{_SESSION} t.session_id",
    "jury_case": f"{_OF_QUESTION} and t.closed_at is not null",  # jurors would meet an open one again
    "answer_trust": _OF_QUESTION,
    "asked_form": _OF_QUESTION,
}
"""What stays of a player who leaves it to research: each table, and how it leads to its session."""

SHARED_IDS = frozenset({"image_id", "fit_id"})
"""Ids of what is no player's."""

COLUMNS = """
select attname::text as name, format_type(atttypid, null) as type from pg_attribute
where attrelid = ('app.' || $1)::regclass and attnum > 0 and not attisdropped and attgenerated = ''
order by attnum
"""


async def remember(db: Db, person: bytes, player_id: UUID, keep_for: timedelta) -> None:
    """Keep for a while what limits need of a player who leaves, and a ban for as long as it stands."""
    await db.execute(REMEMBER, person, player_id, keep_for)


async def forget_old(db: Db) -> None:
    for statement in FORGET:
        await db.execute(statement)


async def is_banned(db: Db, person: bytes) -> bool:
    """Whether somebody who left was banned when they did."""
    found = "select exists (select from app.departed where person = $1 and banned_at is not null)"
    banned: bool = await db.fetchval(found, person)
    return banned


async def lift_ban(db: Db, person: bytes) -> bool:
    """False where nobody who left was banned under this."""
    status: str = await db.execute(
        "update app.departed set banned_at = null where person = $1 and banned_at is not null", person
    )
    return status != "UPDATE 0"


async def keep_contributions(db: Db, player_id: UUID) -> None:
    """Leave sessions that are over to nobody in particular, and erase the player."""
    key = secrets.token_bytes(32)
    await db.execute(NOBODY, player_id, key)
    await db.execute(KEEP_CONSENT, player_id, key)
    for table, session in KEPT.items():
        columns = await db.fetch(COLUMNS, table)
        names = ", ".join(column["name"] for column in columns)
        values = ", ".join(_unlinked(column) for column in columns)
        await db.execute(
            f"insert into app.{table} ({names}) select {values} from app.{table} t {session}"
            " where t.player_id = $1 and s.state <> 'open'",
            player_id,
            key,
        )
    await players.erase(db, player_id)


def _unlinked(column: Any) -> str:
    """A column's value without what leads back: another id, and times as if the session began at midnight."""
    name = f"t.{column['name']}"
    if column["type"] == "uuid" and column["name"] not in SHARED_IDS:
        return NEW_ID.format(name)
    if column["type"] == "timestamp with time zone":
        return f"{name} - (s.created_at - date_trunc('day', s.created_at))"
    return name
