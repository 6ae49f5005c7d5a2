"""Honest checks: which are due, who asks them, what came of them."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from gap_server.store.engine import Db
from gap_server.store.evidence import SEEN_ANSWER

CONSENTS = "exists (select from app.consent k where k.player_id = h.player_id and k.withdrawn_at is null)"

REQUEST = f"""
insert into app.honest_check (player_id, question_id, due_at)
select q.player_id, q.id, now() from app.round r {SEEN_ANSWER}
where r.player_id = $1 and r.session_id = $2 and r.state in ('flagged', 'passed', 'expired')
  and (r.tainted or r.state = 'flagged' or random() < $3)
on conflict do nothing
"""

PUT_OFF_WITHDRAWN = f"""
update app.honest_check h set due_at = now() + interval '1 day' where h.due_at <= now() and not {CONSENTS}
"""

CLAIM = f"""
with claimed as (
    update app.honest_check h set due_at = now() + $1::interval, attempts = h.attempts + 1
    from (
        select h.player_id, h.question_id from app.honest_check h
        where h.due_at <= now() and {CONSENTS}
        order by h.due_at limit $2 for update of h skip locked
    ) due
    where h.player_id = due.player_id and h.question_id = due.question_id
    returning h.player_id, h.question_id, h.attempts
)
select q.player_id, q.id as question_id, q.text as question, q.answer as shown, r.tainted, r.image_id,
       case when r.state = 'flagged' then r.correction end as correction, s.model, s.model_revision,
       claimed.attempts
from claimed
join app.question q on q.player_id = claimed.player_id and q.id = claimed.question_id
join app.round r on r.player_id = q.player_id and r.id = q.round_id
join app.session s on s.player_id = r.player_id and s.id = r.session_id
"""

PUT_OFF = """
update app.honest_check set due_at = case when $3::interval is not null then now() + $3::interval end,
       attempts = case when $4 then attempts else greatest(attempts - 1, 0) end
where player_id = $1 and question_id = $2 and answer is null
"""

SETTLE = """
update app.honest_check
set due_at = null, checked_at = clock_timestamp(), answer = $3, agrees = $4, agrees_by = $5,
    agreement_version = $6, correction = $7, correction_holds = $8, truth = $9, instruction_sha256 = $10,
    served_model_sha256 = $11, replica = $12
where player_id = $1 and question_id = $2 and answer is null returning true
"""

NEW_CORRECTIONS = f"""
select h.player_id, h.question_id, q.text as question, q.answer as shown, h.answer as honest, r.correction
from app.round r {SEEN_ANSWER}
join app.honest_check h on h.player_id = q.player_id and h.question_id = q.id
where r.correction is not null and r.corrected_at > now() - interval '2 days' and h.answer is not null
  and h.correction is distinct from r.correction and {CONSENTS}
limit $1
"""

CORRECT = """
update app.honest_check set correction = $3, correction_holds = $4 where player_id = $1 and question_id = $2
"""

ADD_KNOWN_CASE = """
insert into app.jury_case (player_id, question_id, image_id, language, stratum, correction, correction_truth)
select r.player_id, q.id, r.image_id, coalesce(q.language, p.language),
       case when r.tainted then 'lie' else 'held' end,
       case when r.tainted and h.correction_holds then h.correction end,
       case when r.tainted and h.correction_holds then 'right' end
from app.honest_check h
join app.question q on q.player_id = h.player_id and q.id = h.question_id
join app.round r on r.player_id = q.player_id and r.id = q.round_id
join app.player p on p.id = q.player_id
where h.player_id = $1 and h.question_id = $2
  and (r.tainted and not h.agrees and random() < $3
       or not r.tainted and h.agrees and r.pool = 'simple' and r.state <> 'flagged')
on conflict do nothing
"""


@dataclass(frozen=True, slots=True)
class DueCheck:
    """A question to be asked again. `shown`: what its player was told. `attempts` counts this one."""

    player_id: UUID
    question_id: UUID
    question: str
    shown: str
    tainted: bool
    image_id: UUID
    correction: str | None
    model: str | None
    model_revision: str | None
    attempts: int


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What came of a check; see the table's columns."""

    answer: str
    agrees: bool | None
    agrees_by: str | None
    agreement_version: str
    correction: str | None
    correction_holds: bool | None
    truth: str | None
    instruction_sha256: str
    served_model_sha256: str
    replica: str | None


@dataclass(frozen=True, slots=True)
class NewCorrection:
    """A correction that was typed, or changed, after its question had been checked."""

    player_id: UUID
    question_id: UUID
    question: str
    shown: str
    honest: str
    correction: str


async def request(db: Db, player_id: UUID, session_id: UUID, *, sample: float) -> None:
    """Have the session's answers checked: those of traps, those that were flagged, a sample of the rest."""
    await db.execute(REQUEST, player_id, session_id, sample)


async def claim(db: Db, *, lease: timedelta, limit: int) -> list[DueCheck]:
    """Checks to make now, of players who consent. Nobody else is given them before `lease` is over."""
    await db.execute(PUT_OFF_WITHDRAWN)
    return [DueCheck(**row) for row in await db.fetch(CLAIM, lease, limit)]


async def put_off(db: Db, check: DueCheck, wait: timedelta | None, *, counts: bool) -> None:
    """Try again after `wait`; None gives up. What does not count was no attempt."""
    await db.execute(PUT_OFF, check.player_id, check.question_id, wait, counts)


async def settle(db: Db, check: DueCheck, result: CheckResult) -> bool:
    """Write what came of it. False where somebody else did, or its player is gone."""
    settled = await db.fetchval(
        SETTLE,
        check.player_id,
        check.question_id,
        result.answer,
        result.agrees,
        result.agrees_by,
        result.agreement_version,
        result.correction,
        result.correction_holds,
        result.truth,
        result.instruction_sha256,
        result.served_model_sha256,
        result.replica,
    )
    return settled is True


async def new_corrections(db: Db, limit: int) -> list[NewCorrection]:
    return [NewCorrection(**row) for row in await db.fetch(NEW_CORRECTIONS, limit)]


async def verify_correction(db: Db, new: NewCorrection, *, holds: bool | None) -> None:
    await db.execute(CORRECT, new.player_id, new.question_id, new.correction, holds)


async def add_known_case(db: Db, check: DueCheck, *, lie_share: float) -> None:
    """Lay an answer before the jury whose truth the check settled: a share of the lies, what held."""
    await db.execute(ADD_KNOWN_CASE, check.player_id, check.question_id, lie_share)
