"""Challenges: somebody's ten pictures, played by somebody else."""

from dataclasses import dataclass
from uuid import UUID

from gap_server.game.state import Pool
from gap_server.store.engine import Db

READ = """
select c.code, c.player_id, c.session_id, coalesce(p.name, '') as name, s.score, (
           select t.session_id from app.challenge_taken t where t.code = c.code and t.player_id = $2 limit 1
       ) as taken_session_id
from app.challenge c
join app.session s on s.player_id = c.player_id and s.id = c.session_id and s.state = 'finished'
join app.player p on p.id = c.player_id and p.banned_at is null
where c.code = $1
"""
IMAGES = """
select r.image_id as id, i.pool,
       i.retired_at is not null
       or exists (select from app.round m where m.player_id = $3 and m.image_id = r.image_id
                  and m.opened_at is not null)
       or exists (select from app.verdict v where v.player_id = $3 and v.image_id = r.image_id)
       or exists (select from app.departed d where d.person = $4 and d.forget_at > now()
                  and r.image_id = any (d.image_ids)) as unfit
from app.round r join app.image i on i.id = r.image_id
where r.player_id = $1 and r.session_id = $2 order by r.position
"""
AGAINST = """
select c.player_id, c.session_id, coalesce(p.name, '') as name, s.score
from app.challenge_taken t join app.challenge c on c.code = t.code
join app.session s on s.player_id = c.player_id and s.id = c.session_id
join app.player p on p.id = c.player_id and p.banned_at is null
where t.player_id = $1 and t.session_id = $2
"""
TAKEN_BY = """
select t.player_id, t.session_id, coalesce(p.name, '') as name, s.score
from app.challenge c join app.challenge_taken t on t.code = c.code
join app.session s on s.player_id = t.player_id and s.id = t.session_id and s.state = 'finished'
join app.player p on p.id = t.player_id and p.banned_at is null
where c.player_id = $1 and c.session_id = $2 order by s.ended_at desc limit $3
"""


@dataclass(frozen=True, slots=True)
class Challenge:
    """A session that is over, as whoever has its code may play against it.

    `taken_session_id`: the reader's own try, None before it.
    """

    code: str
    player_id: UUID
    session_id: UUID
    name: str
    score: int
    taken_session_id: UUID | None


@dataclass(frozen=True, slots=True)
class ChallengeImage:
    """`unfit`: retired, or the player has met it before."""

    id: UUID
    pool: Pool
    unfit: bool


@dataclass(frozen=True, slots=True)
class Opponent:
    player_id: UUID
    session_id: UUID
    name: str
    score: int


async def read(db: Db, code: str, player_id: UUID) -> Challenge | None:
    """None where there is no such code, or its session is not finished."""
    row = await db.fetchrow(READ, code, player_id)
    return Challenge(**row) if row else None


async def images_of(db: Db, challenge: Challenge, player_id: UUID, person: bytes) -> list[ChallengeImage]:
    """In the order in which they were dealt. `person`: see `images.pick`."""
    rows = await db.fetch(IMAGES, challenge.player_id, challenge.session_id, player_id, person)
    return [ChallengeImage(row["id"], Pool(row["pool"]), row["unfit"]) for row in rows]


async def opponents(db: Db, player_id: UUID, session_id: UUID, limit: int) -> list[Opponent]:
    """Whom this session was played against, and who has played against it since, the latest first."""
    against = await db.fetch(AGAINST, player_id, session_id)
    taken_by = await db.fetch(TAKEN_BY, player_id, session_id, limit)
    return [Opponent(**row) for row in (*against, *taken_by)]
