"""Settled cases: closed ones, on complex pictures, by which later jurors are measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from gap_server.store.engine import Db

CLOSED = """
select c.id, c.stratum, c.outcome, c.settled, t.p_wrong_unjudged as trust,
       array_agg(v.player_id) filter (where v.said <> 'cannot_tell') as jurors,
       array_agg(v.said = 'wrong') filter (where v.said <> 'cannot_tell') as said_wrong
from app.jury_case c
join app.image i on i.id = c.image_id and i.pool = 'complex'
join app.verdict v on v.case_id = c.id and v.said is not null and not v.of_settled
join app.consent k on k.player_id = v.player_id and k.withdrawn_at is null
left join app.answer_trust t on t.player_id = c.player_id and t.question_id = c.question_id
where c.id = any($1::uuid[])
group by c.player_id, c.id, t.player_id, t.question_id
"""

CLOSED_IDS = """
select id from app.jury_case
where id > $1 and outcome in ('wrong', 'right') and stratum in ('flagged', 'let_go') order by id limit $2
"""

WRITE = """
update app.jury_case c set settled = case when given.stands then c.outcome end
from unnest($1::uuid[], $2::boolean[]) as given (id, stands) where c.id = given.id
"""


@dataclass(frozen=True, slots=True)
class ClosedCase:
    """A case with an outcome, and its votes: `said_wrong[n]` is of `jurors[n]`. `trust`: see `LockedCase`."""

    id: UUID
    stratum: str
    outcome: str
    settled: str | None
    trust: float | None
    jurors: Sequence[UUID]
    said_wrong: Sequence[bool]


async def closed_ids(db: Db, after: UUID, limit: int) -> list[UUID]:
    return [row[0] for row in await db.fetch(CLOSED_IDS, after, limit)]


async def closed(db: Db, case_ids: Sequence[UUID]) -> list[ClosedCase]:
    """Those of them on complex pictures, with their votes."""
    rows = [dict(row) for row in await db.fetch(CLOSED, case_ids)]
    nobody: dict[str, Sequence[UUID] | Sequence[bool]] = {"jurors": (), "said_wrong": ()}
    return [ClosedCase(**(row | {name: row[name] or none for name, none in nobody.items()})) for row in rows]


async def write(db: Db, stands: dict[UUID, bool]) -> None:
    """Whether the outcome of each case stands as a measure of later jurors."""
    if stands:
        await db.execute(WRITE, list(stands), list(stands.values()))
