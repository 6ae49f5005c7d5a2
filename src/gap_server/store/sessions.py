"""Sessions as a whole: starting one, looking back on those that are over, finding what ran out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from gap_server.game.deal import DealtRound
from gap_server.game.outcome import Found, RoundFacts, RoundOutcome, outcome_of
from gap_server.game.state import Judgement, Pool, RoundState, SessionKind
from gap_server.quality.jury import REFUTED
from gap_server.store.commonness import FORMS, IS_COMMONPLACE
from gap_server.store.engine import Db
from gap_server.store.evidence import SEEN_ANSWER

MAY_START = """
select (select version from app.consent where player_id = $1 and withdrawn_at is null) as consent_version,
       count(*) as started, min(started_at) as first_at, now() as now
from (
    select created_at as started_at from app.session where player_id = $1
    union all select unnest(session_starts) from app.departed where person = $2
) started where started_at > now() - interval '24 hours'
"""

START = """
with started as (
    insert into app.session (player_id, id, rules_version, consent_version, deal, control_rounds, model,
                             model_revision, round_seconds, expires_at, kind, daily_number, quests)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, now() + $10::interval, $15, $16, $17)
    on conflict (player_id) where state = 'open' do nothing
    returning player_id, id
), code as (
    insert into app.challenge (code, player_id, session_id)
    select left(replace(gen_random_uuid()::text, '-', ''), 12), player_id, id from started
    where $15 <> 'daily'
), taken as (
    insert into app.challenge_taken (player_id, session_id, code)
    select player_id, id, $18 from started where $18::text is not null
)
insert into app.round (player_id, session_id, position, tainted, pool, image_id)
select s.player_id, s.id, dealt.*
from started s,
     unnest($11::smallint[], $12::boolean[], $13::text[], $14::uuid[])
         as dealt (position, tainted, pool, image_id)
"""

RESULT = f"""
select r.id, r.position, r.state, r.tainted, r.pool, coalesce(p.points, 0) as points, r.correction,
       q.judgement, q.text as question, q.answer, q.category, {IS_COMMONPLACE} as is_commonplace,
       not h.agrees as complied, c.outcome as found,
       case when h.truth is not null then h.truth
            when c.outcome = 'right' then q.answer
            when c.p_correction_wrong < {REFUTED} then c.correction
            when h.correction_holds then h.correction
            when r.tainted and r.pool = 'simple' and not h.agrees then h.answer end as truth
from app.round r
left join app.points p on p.player_id = r.player_id and p.round_id = r.id
left {SEEN_ANSWER}
left join app.honest_check h on h.player_id = q.player_id and h.question_id = q.id
left join app.jury_case c on c.player_id = q.player_id and c.question_id = q.id
{FORMS}
where r.player_id = $1 and r.session_id = $2 and r.opened_at is not null
order by r.position
"""

HISTORY = """
select s.id, s.state, s.score, s.created_at, s.ended_at, (
           select count(*) from app.points p where p.player_id = s.player_id and p.session_id = s.id
       ) as caught
from app.session s where player_id = $1 and state <> 'open' and rounds_done > 0
  and ($2::uuid is null or (ended_at, id) < (
      select ended_at, id from app.session where player_id = $1 and id = $2 and state <> 'open'))
order by ended_at desc, id desc limit $3
"""

RAN_OUT = """
select * from (
    select s.player_id, s.id as session_id, null::uuid as question_id from app.session s
    where s.state = 'open' and s.expires_at <= now()
    union
    select r.player_id, r.session_id, null from app.round r
    where r.state = 'open' and r.deadline_at < now() - $1::interval and not exists (
        select from app.question q
        where q.player_id = r.player_id and q.round_id = r.id and q.state = 'pending')
    union
    select q.player_id, r.session_id, q.id from app.question q
    join app.round r on r.player_id = q.player_id and r.id = q.round_id
    where q.state = 'pending' and q.asked_at <= now() - $2::interval
) ran_out
where not session_id = any($3::uuid[]) limit $4
"""
"""Each part goes by an index of what is open: what this costs does not grow with the games under way."""

LOCK = "select true from app.session where player_id = $1 and id = $2 for update skip locked"


@dataclass(frozen=True, slots=True)
class Allowance:
    """What decides whether a player may start. `started`: sessions in the last 24 hours."""

    consent_version: int | None
    started: int
    first_at: datetime | None
    now: datetime


@dataclass(frozen=True, slots=True)
class RanOut:
    """A session in which time ran out; where `question_id` is given, for that question of it."""

    player_id: UUID
    session_id: UUID
    question_id: UUID | None


@dataclass(frozen=True, slots=True)
class NewSession:
    """`images`: one for each dealt round. `challenge`: the code of the challenge that is taken up."""

    rules_version: str
    consent_version: int
    deal: str
    control_rounds: int
    model: str
    model_revision: str | None
    round_time: timedelta
    session_time: timedelta
    dealt_rounds: Sequence[DealtRound]
    images: Sequence[UUID]
    quests: Sequence[str]
    kind: SessionKind = SessionKind.FREE
    daily_number: int | None = None
    challenge: str | None = None


@dataclass(frozen=True, slots=True)
class PastSession:
    id: UUID
    state: str
    score: int
    caught: int
    created_at: datetime
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class PastRound:
    """A round as the debrief tells it, with the answer that counted: the flagged one, or else the last.

    `category`: of the question, which `is_commonplace` where anybody can answer it unseen. `complied`: the
    model lied as it was told to, None where that was not checked. `found`: by the jury. `truth`: the right
    answer, where it is known.
    """

    id: UUID
    position: int
    state: str
    tainted: bool
    pool: str
    points: int
    correction: str | None
    judgement: str | None
    question: str | None
    answer: str | None
    category: str | None
    is_commonplace: bool
    complied: bool | None
    found: str | None
    truth: str | None

    @property
    def outcome(self) -> RoundOutcome:
        return outcome_of(
            RoundFacts(
                state=RoundState(self.state),
                tainted=self.tainted,
                pool=Pool(self.pool),
                judgement=Judgement(self.judgement) if self.judgement else None,
                complied=self.complied,
                found=Found(self.found) if self.found else None,
                answered=self.answer is not None,
            )
        )


async def may_start(db: Db, player_id: UUID, person: bytes) -> Allowance:
    return Allowance(**await db.fetchrow(MAY_START, player_id, person))


async def start(db: Db, player_id: UUID, new: NewSession) -> None:
    """Deal a session. Nothing happens where the player has one open already."""
    await db.execute(
        START,
        player_id,
        uuid4(),
        new.rules_version,
        new.consent_version,
        new.deal,
        new.control_rounds,
        new.model,
        new.model_revision,
        new.round_time // timedelta(seconds=1),
        new.session_time,
        [dealt.position for dealt in new.dealt_rounds],
        [dealt.tainted for dealt in new.dealt_rounds],
        [dealt.pool for dealt in new.dealt_rounds],
        new.images,
        new.kind,
        new.daily_number,
        new.quests,
        new.challenge,
    )


async def result(db: Db, player_id: UUID, session_id: UUID) -> list[PastRound]:
    return [PastRound(**row) for row in await db.fetch(RESULT, player_id, session_id)]


async def history(db: Db, player_id: UUID, *, after: UUID | None, limit: int) -> list[PastSession]:
    """Sessions that are over, newest first, from the one `after` on."""
    return [PastSession(**row) for row in await db.fetch(HISTORY, player_id, after, limit)]


async def ran_out(
    db: Db, *, grace: timedelta, answer_limit: timedelta, apart_from: Iterable[UUID], limit: int
) -> list[RanOut]:
    """Where something ran out, but in the sessions `apart_from`."""
    rows = await db.fetch(RAN_OUT, grace, answer_limit, list(apart_from), limit)
    return [RanOut(**row) for row in rows]


async def lock(db: Db, player_id: UUID, session_id: UUID) -> bool:
    """Lock the session until the transaction ends. False where somebody else has it, or it is gone."""
    return await db.fetchval(LOCK, player_id, session_id) is True
