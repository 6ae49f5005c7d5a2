"""What the report counts: sums over sessions that are over, of players whose consent is active.

Each statement reads its tables once and gives few rows. `$1` is how long a session must be over to count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import asyncpg

from gap_server.errors import ReportTimeout
from gap_server.store import comparisons
from gap_server.store.comparisons import ModelDifference, ModelStanding
from gap_server.store.engine import Db, allow
from gap_server.store.export.view import TRUST

COUNTED = """
app.session s
join app.consent k on k.player_id = s.player_id and k.withdrawn_at is null
    and s.ended_at <= now() - $1::interval
"""
"""Sessions that count: of who withdrew there is none, and who left research theirs consented for good."""

ANSWERED = f"""
{COUNTED}
join app.round r on r.player_id = s.player_id and r.session_id = s.id and r.opened_at is not null
join app.question q on q.player_id = r.player_id and q.round_id = r.id and q.state <> 'pending'
left join app.served_model m on m.sha256 = q.served_model_sha256
"""

WEEKS = f"""
with week_of_player as (
    select s.player_id, date_trunc('week', s.created_at at time zone 'UTC')::date as week,
           count(*) as sessions
    from {COUNTED} group by 1, 2
), ranked as (
    select *, week = min(week) over (partition by player_id) as is_first from week_of_player
)
select week, sessions, count(*) as players, count(*) filter (where is_first) as new_players
from ranked group by week, sessions
"""

PLAYERS = f"""
select case when p.deleted_at is null then p.language end as language, n.sessions, count(*) as players
from (select s.player_id, count(*) as sessions from {COUNTED} group by 1) n
join app.player p on p.id = n.player_id
group by 1, 2
"""

SESSIONS = f"""
select s.state, s.rounds_done as images, count(*) as sessions from {COUNTED} group by 1, 2
"""

ROUNDS = f"""
select r.tainted, r.pool, r.state, count(*) as rounds, count(r.correction) as corrections
from {COUNTED}
join app.round r on r.player_id = s.player_id and r.session_id = s.id and r.opened_at is not null
group by 1, 2, 3
"""

QUESTIONS = f"""
select m.name as model, m.revision, r.tainted, r.pool, q.state, coalesce(q.refusal, q.failure) as reason,
       q.category, q.language, q.judgement is not distinct from 'wrong' as flagged,
       h.checked_at is not null as checked, h.agrees, count(*) as questions
from {ANSWERED}
left join app.honest_check h on h.player_id = q.player_id and h.question_id = q.id
group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
"""

LIES = f"""
select lies, flagged, caught, count(*) as players from (
    select count(*) filter (where h.agrees is not true) as lies,
           count(*) filter (where q.judgement = 'wrong') as flagged,
           count(*) filter (where q.judgement = 'wrong' and h.agrees is not true) as caught
    from {ANSWERED}
    left join app.honest_check h on h.player_id = q.player_id and h.question_id = q.id
    where r.tainted and q.state = 'answered'
    group by q.player_id
) of_player group by 1, 2, 3
"""

FLAGS = f"""
select r.pool, (floor(10 * trust.p) - (trust.p >= 1)::int)::int as tenth,
       j.outcome, r.correction is not null as corrected, count(*) as flags
from {ANSWERED}
left join app.answer_trust t on t.player_id = q.player_id and t.question_id = q.id
left join app.trust_fit f on f.id = t.fit_id
left join app.jury_case j on j.player_id = q.player_id and j.question_id = q.id and j.closed_at is not null
cross join lateral (select {TRUST} as p) trust
where not r.tainted and q.judgement = 'wrong'
group by 1, 2, 3, 4
"""

LATENCIES = f"""
select m.name as model, m.revision, floor(ln(greatest(q.latency_ms, 1)) / ln($2::float8))::int as step,
       count(*) as answers
from {ANSWERED}
where q.latency_ms is not null and q.state in ('answered', 'refused')
group by 1, 2, 3
"""

CASES = f"""
select c.stratum, c.outcome, count(*) as cases, sum(c.shown) as shown
from {COUNTED}
join app.round r on r.player_id = s.player_id and r.session_id = s.id and r.opened_at is not null
join app.question q on q.player_id = r.player_id and q.round_id = r.id
join app.jury_case c on c.player_id = q.player_id and c.question_id = q.id
group by 1, 2
"""

MODELS = """
select e.model, nullif(e.revision, '') as revision, e.p_wrong, e.lower, e.upper, f.estimator_version
from app.model_estimate e join app.trust_fit f on f.id = e.fit_id
where f.id = (select max(id) from app.trust_fit where kind = 'reliability')
"""

LATENCY_STEP = 1.05
"""Latencies are counted in steps, each so many times the one before: percentiles are right to 5 %."""

ROOM = "64MB"
"""Memory for each sum: more than the game's own statements ever need."""


@dataclass(frozen=True, slots=True)
class WeekCount:
    """Players who played so many `sessions` in the week that began on Monday `week`, UTC."""

    week: date
    sessions: int
    players: int
    new_players: int


@dataclass(frozen=True, slots=True)
class PlayerCount:
    """Players of one language who played so many `sessions`. None: of who left, it is not known."""

    language: str | None
    sessions: int
    players: int


@dataclass(frozen=True, slots=True)
class SessionCount:
    """Sessions in which so many `images` were reached."""

    state: str
    images: int
    sessions: int


@dataclass(frozen=True, slots=True)
class RoundCount:
    tainted: bool
    pool: str
    state: str
    rounds: int
    corrections: int


@dataclass(frozen=True, slots=True)
class QuestionCount:
    """`reason`: why it was refused or failed. `checked`, `agrees`: the honest check and what it found."""

    model: str | None
    revision: str | None
    tainted: bool
    pool: str
    state: str
    reason: str | None
    category: str | None
    language: str | None
    flagged: bool
    checked: bool
    agrees: bool | None
    questions: int


@dataclass(frozen=True, slots=True)
class LieCount:
    """Players to whom the model told so many `lies` on tainted images, and what they flagged there.

    `caught`: flagged answers that were lies, which is all of them but those that an honest check agreed with.
    """

    lies: int
    flagged: int
    caught: int
    players: int


@dataclass(frozen=True, slots=True)
class FlagCount:
    """Flagged untainted answers. `tenth`: of P(wrong), 9 from 0.9 on; None where nobody knows yet.

    It is the jury's where it has closed the case, else the estimator's.
    """

    pool: str
    tenth: int | None
    outcome: str | None
    corrected: bool
    flags: int


@dataclass(frozen=True, slots=True)
class LatencyCount:
    """Answers that took from LATENCY_STEP ** step milliseconds to the next step."""

    model: str | None
    revision: str | None
    step: int
    answers: int


@dataclass(frozen=True, slots=True)
class CaseCount:
    stratum: str
    outcome: str | None
    cases: int
    shown: int


@dataclass(frozen=True, slots=True)
class ModelEstimate:
    """w of a revision as the last fit has it, with its 90 % interval where there is one."""

    model: str
    revision: str | None
    p_wrong: float
    lower: float | None
    upper: float | None
    estimator_version: str


@dataclass(frozen=True, slots=True)
class Counts:
    """All of one moment."""

    taken_at: datetime
    weeks: Sequence[WeekCount]
    players: Sequence[PlayerCount]
    sessions: Sequence[SessionCount]
    rounds: Sequence[RoundCount]
    questions: Sequence[QuestionCount]
    lies: Sequence[LieCount]
    flags: Sequence[FlagCount]
    latencies: Sequence[LatencyCount]
    cases: Sequence[CaseCount]
    models: Sequence[ModelEstimate]
    standings: Sequence[ModelStanding]
    differences: Sequence[ModelDifference]


async def read_counts(db: Db, delay: timedelta, seconds: float) -> Counts:
    """To be called in a transaction that sees one moment. No sum may take longer than `seconds`.

    Raises ReportTimeout.
    """
    await db.execute(f"set local work_mem = '{ROOM}'")
    await allow(db, seconds)
    summed = _Sums(db, seconds)
    compared = await comparisons.newest(db)
    return Counts(
        taken_at=await db.fetchval("select now()"),
        weeks=[WeekCount(**row) for row in await summed.rows("weeks", WEEKS, delay)],
        players=[PlayerCount(**row) for row in await summed.rows("players", PLAYERS, delay)],
        sessions=[SessionCount(**row) for row in await summed.rows("sessions", SESSIONS, delay)],
        rounds=[RoundCount(**row) for row in await summed.rows("rounds", ROUNDS, delay)],
        questions=[QuestionCount(**row) for row in await summed.rows("questions", QUESTIONS, delay)],
        lies=[LieCount(**row) for row in await summed.rows("lies", LIES, delay)],
        flags=[FlagCount(**row) for row in await summed.rows("flags", FLAGS, delay)],
        latencies=[
            LatencyCount(**row) for row in await summed.rows("latencies", LATENCIES, delay, LATENCY_STEP)
        ],
        cases=[CaseCount(**row) for row in await summed.rows("cases", CASES, delay)],
        models=[ModelEstimate(**row) for row in await summed.rows("models", MODELS)],
        standings=await comparisons.standings(db, compared.id) if compared else [],
        differences=await comparisons.differences(db, compared.id) if compared else [],
    )


@dataclass(frozen=True, slots=True)
class _Sums:
    db: Db
    seconds: float

    async def rows(self, name: str, statement: str, *values: Any) -> list[Any]:
        """Raises ReportTimeout."""
        try:
            found: list[Any] = await self.db.fetch(statement, *values, timeout=self.seconds + 5)
        except (asyncpg.QueryCanceledError, TimeoutError) as error:
            raise ReportTimeout(
                f"Counting {name} took longer than {self.seconds:g} seconds, and was given up."
            ) from error
        return found
