"""What players and jurors said of answers, out of sessions that are over: what trust is worked out from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gap_server.quality.evidence import Kind, Pool
from gap_server.store.commonness import FORMS, IS_COMMONPLACE
from gap_server.store.engine import Db
from gap_server.store.evidence import DEALT_AS, HARVEST, LATER, OF_JUROR, kind_named

CONSENTING = """
select player_id from app.consent where withdrawn_at is null and player_id > $1 order by player_id limit $2
"""

IMAGES = "select id from app.image where id > $1 order by id limit $2"

_ANSWERS = f"""
select q.player_id, q.id as question_id, r.image_id, r.tainted, q.text, q.answer,
       q.judgement is not distinct from 'wrong' as flagged, {IS_COMMONPLACE} as is_commonplace,
       coalesce({DEALT_AS}, case when not r.tainted then
           '{HARVEST}' || coalesce(json_build_array(m.name, m.revision)::text, '["", null]') || case when
               row_number() over (partition by q.player_id, q.round_id order by q.number) = 1 then ''
               else '{LATER}' end end) as kind
from app.session s
join app.round r on r.player_id = s.player_id and r.session_id = s.id
    and r.state in ('flagged', 'passed', 'expired')
join app.question q on q.player_id = r.player_id and q.round_id = r.id and q.state = 'answered'
left join app.served_model m on m.sha256 = q.served_model_sha256
left join app.honest_check h on h.player_id = q.player_id and h.question_id = q.id
{FORMS}
where s.state <> 'open'
"""
"""Each answer that was seen in a session that is over, and whether its player flagged or let it go."""

_OF_PLAYERS = f"({_ANSWERS} and s.player_id = any($1::uuid[]))"

_SHOWS = "a.kind is not null and not a.is_commonplace"
"""Of what a player makes of answer `a`, something about the player."""

_ABOUT_IMAGES = f"""({_ANSWERS} and r.image_id = any($1::uuid[]) and exists (
    select from app.consent c where c.player_id = s.player_id and c.withdrawn_at is null))"""

COUNTS = f"""
select player_id, kind, count(*) as seen, count(*) filter (where flagged) as flagged
from {_OF_PLAYERS} a where {_SHOWS} group by player_id, kind
"""

COUNTS_OF_JURORS = f"""
select player_id, kind, count(*) as seen, count(*) filter (where said_wrong) as flagged
from ({OF_JUROR} and v.player_id = any($1::uuid[])) judged group by player_id, kind
"""

_VERDICTS = """
select c.player_id, c.question_id, array_agg(v.player_id) as jurors, array_agg(v.said = 'wrong') as said_wrong
from app.jury_case c
join app.verdict v on v.case_id = c.id and v.said in ('wrong', 'right') and not v.of_settled
join app.consent k on k.player_id = v.player_id and k.withdrawn_at is null
where c.stratum in ('flagged', 'let_go') and c.player_id = a.player_id and c.question_id = a.question_id
group by c.player_id, c.question_id
"""
"""On answer `a`, of jurors who consent. A case whose truth was known tells of its jurors, not they of it."""

JUDGED = f"""
select 0 as claim, a.*, i.pool, j.jurors, j.said_wrong from {_OF_PLAYERS} a
join app.image i on i.id = a.image_id join lateral ({_VERDICTS}) j on true
where {_SHOWS}
"""

_CLAIM = """case when tainted then question_id::text
    else lower(btrim(text)) || chr(10) || lower(btrim(answer)) end"""
"""Who asked the same of an image and was told the same heard one claim, which is wrong or not for all.

A lie on request is a claim of its own: of it more is known than others could say.
"""

CLAIMS = f"""
with answer as materialized {_ABOUT_IMAGES}, claimed as (
    select a.*, dense_rank() over (order by image_id, {_CLAIM}) as claim from answer a
), flagged_by_some as (
    select c.*, bool_or(flagged) over (partition by claim) as is_flagged from claimed c
)
select a.*, i.pool, j.jurors, j.said_wrong from flagged_by_some a
join app.image i on i.id = a.image_id left join lateral ({_VERDICTS}) j on true
where is_flagged and kind is not null order by claim
"""


@dataclass(frozen=True, slots=True)
class PlayerCount:
    """Of one kind of answer: how many the player saw, and how many of them were flagged (or called wrong)."""

    player_id: UUID
    kind: Kind
    seen: int
    flagged: int


@dataclass(frozen=True, slots=True)
class JudgedAnswer:
    """An answer, what its player did with it, and what jurors said (`said_wrong[n]` is of `jurors[n]`).

    Answers of the same `claim` are the same answer to the same question about the same image.
    """

    claim: int
    player_id: UUID
    question_id: UUID
    kind: Kind
    flagged: bool
    pool: Pool
    jurors: Sequence[UUID]
    said_wrong: Sequence[bool]


async def consenting(db: Db, after: UUID, limit: int) -> list[UUID]:
    """Players whose consent is active, in the order of their ids, from the one `after` on."""
    return [row[0] for row in await db.fetch(CONSENTING, after, limit)]


async def images(db: Db, after: UUID, limit: int) -> list[UUID]:
    """All images, in the order of their ids, from the one `after` on."""
    return [row[0] for row in await db.fetch(IMAGES, after, limit)]


async def counts(db: Db, player_ids: Sequence[UUID]) -> list[PlayerCount]:
    return _counts(await db.fetch(COUNTS, player_ids))


async def counts_of_jurors(db: Db, player_ids: Sequence[UUID]) -> list[PlayerCount]:
    """What these players said, as jurors, of answers whose truth was known beforehand."""
    return _counts(await db.fetch(COUNTS_OF_JURORS, player_ids))


async def judged(db: Db, player_ids: Sequence[UUID]) -> list[JudgedAnswer]:
    """Answers that these players saw and jurors spoke of; none of those whose truth was known beforehand."""
    return _answers(await db.fetch(JUDGED, player_ids))


async def claims(db: Db, image_ids: Sequence[UUID]) -> list[JudgedAnswer]:
    """Every answer about these images that somebody flagged, once for each who saw it; claim by claim."""
    return _answers(await db.fetch(CLAIMS, image_ids))


def _counts(rows: Sequence[Any]) -> list[PlayerCount]:
    return [PlayerCount(r["player_id"], kind_named(r["kind"]), r["seen"], r["flagged"]) for r in rows]


def _answers(rows: Sequence[Any]) -> list[JudgedAnswer]:
    return [
        JudgedAnswer(
            row["claim"],
            row["player_id"],
            row["question_id"],
            kind_named(row["kind"]),
            row["flagged"],
            Pool[row["pool"].upper()],
            row["jurors"] or (),
            row["said_wrong"] or (),
        )
        for row in rows
    ]
