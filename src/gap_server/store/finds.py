"""A player's finds, how many they are, and the message about a new one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gap_server.store.engine import Db
from gap_server.store.outbox import FIND_CONFIRMED, MAY_BE_WRITTEN_TO

TELL = f"""
insert into app.outbox (player_id, kind, content)
select p.id, '{FIND_CONFIRMED}', jsonb_build_object('jurors', $2::int) from app.player p
where p.id = $1 and {MAY_BE_WRITTEN_TO.format(p="p")} and not exists (
    select from app.outbox o where o.player_id = p.id and o.kind = '{FIND_CONFIRMED}'
    and o.created_at > now() - interval '1 day')
"""
"""One such message a day is enough."""


READ = """
select q.round_id, q.text as question, q.answer, q.judged_at as flagged_at,
       c.outcome is not null as confirmed,
       case when c.outcome is not null then (
           select count(*) from app.verdict v where v.case_id = c.id and v.said = 'wrong' and not v.of_settled
       ) else 0 end as confirmed_by
from app.jury_case c
join app.question q on q.player_id = c.player_id and q.id = c.question_id
join app.round r on r.player_id = q.player_id and r.id = q.round_id
join app.session s on s.player_id = r.player_id and s.id = r.session_id and s.state <> 'open'
where c.player_id = $1 and c.stratum = 'flagged'
  and (c.outcome = 'wrong' or c.outcome is null and r.pool = 'complex')
order by c.closed_at desc nulls first, q.judged_at desc, q.id limit $2
"""
"""Those being checked, then the confirmed. On a simple picture an open case is hardly ever a find."""


@dataclass(frozen=True, slots=True)
class Find:
    """`confirmed`: jurors found the answer wrong, `confirmed_by` of them; until then they are looking."""

    round_id: UUID
    question: str
    answer: str
    flagged_at: datetime
    confirmed: bool
    confirmed_by: int


async def of_player(db: Db, player_id: UUID, limit: int) -> list[Find]:
    return [Find(**row) for row in await db.fetch(READ, player_id, limit)]


async def count_one(db: Db, player_id: UUID) -> None:
    await db.execute("update app.player_total set finds = finds + 1 where player_id = $1", player_id)


async def tell(db: Db, player_id: UUID, *, jurors: int) -> None:
    """Put the good news into the outbox, for a player who may be written to."""
    await db.execute(TELL, player_id, jurors)
