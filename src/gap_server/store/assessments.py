"""What a session that is over did to its player's sharpness, and which answers others are to look at."""

from dataclasses import dataclass
from uuid import UUID

from gap_server.store.calendar import THIS_WEEK
from gap_server.store.engine import Db
from gap_server.store.evidence import SEEN_ANSWER

LOCK = """
select assessed_at is not null as done from app.assessment
where player_id = $1 and session_id = $2 for update
"""

WAITING = """
select player_id, session_id from app.assessment where assessed_at is null order by ended_at limit $1
"""

STAND = f"""
with total as (
    update app.player_total set sharpness = $2 where player_id = $1 returning player_id
)
update app.player_week w set sharpness = $2 from total
where w.player_id = total.player_id and w.week = {THIS_WEEK}
"""

FINISH = """
update app.assessment a set assessed_at = now(), sharpness_after = $3,
    sharpness_before = coalesce((select sharpness from app.player_total t where t.player_id = $1), 0)
where a.player_id = $1 and a.session_id = $2
"""

OPEN_CASES = f"""
insert into app.jury_case (player_id, question_id, image_id, language, stratum, correction)
select r.player_id, q.id, r.image_id, coalesce(q.language, p.language),
       case r.state when 'flagged' then 'flagged' else 'let_go' end, r.correction
from app.round r join app.player p on p.id = r.player_id {SEEN_ANSWER}
where r.player_id = $1 and r.session_id = $2 and not r.tainted
  and (r.state = 'flagged' or r.state in ('passed', 'expired') and r.pool = 'complex' and random() < $3)
on conflict do nothing
"""

SHARPNESS = """
select sharpness_before as before, sharpness_after as after from app.assessment
where player_id = $1 and session_id = $2
"""


@dataclass(frozen=True, slots=True)
class SharpnessChange:
    """0 to 100, before and after a session. Both None where it was played before there was sharpness."""

    before: int | None
    after: int | None


async def lock(db: Db, player_id: UUID, session_id: UUID) -> bool:
    """Hold the session's assessment. False where there is none to make (any more)."""
    done = await db.fetchval(LOCK, player_id, session_id)
    return done is False


async def waiting(db: Db, limit: int) -> list[tuple[UUID, UUID]]:
    """Players and sessions that nobody has assessed yet, the oldest first."""
    return [(row["player_id"], row["session_id"]) for row in await db.fetch(WAITING, limit)]


async def stand(db: Db, player_id: UUID, sharpness: int) -> None:
    """Where the player stands from now on, on the boards and in the profile."""
    await db.execute(STAND, player_id, sharpness)


async def finish(db: Db, player_id: UUID, session_id: UUID, sharpness: int) -> None:
    """Write what the session did. To be called before `stand`, which forgets what was before."""
    await db.execute(FINISH, player_id, session_id, sharpness)


async def open_cases(db: Db, player_id: UUID, session_id: UUID, *, let_go_share: float) -> None:
    """Lay the session's flagged honest answers before the jury, and a share of those that were let go."""
    await db.execute(OPEN_CASES, player_id, session_id, let_go_share)


async def change(db: Db, player_id: UUID, session_id: UUID) -> SharpnessChange:
    row = await db.fetchrow(SHARPNESS, player_id, session_id)
    return SharpnessChange(**row) if row else SharpnessChange(None, None)
