"""Everything held about one player, as the player may have it.

Of a session that is still open only what its pages show: the rest would tell the traps.
"""

from typing import Any
from uuid import UUID

from gap_server.store.engine import Db

PLAYER = """
select id, pseudonym, telegram_id, name, language, time_zone, show_on_leaderboard, may_message, muted_at,
       banned_at, referral_code, referred_by, created_at from app.player where id = $1
"""
CONSENTS = (
    "select version, granted_at, withdrawn_at from app.consent where player_id = $1 order by granted_at"
)
TOKENS = "select created_at, expires_at from app.access_token where player_id = $1 order by created_at"
SESSIONS = """
select id, state, rules_version, consent_version, control_rounds, round_seconds, rounds_done, created_at,
       expires_at, ended_at,
       case when state <> 'open' then score end as score
from app.session where player_id = $1 order by created_at
"""
ROUNDS = """
select r.session_id, r.id, r.position, r.state, r.opened_at, r.deadline_at, r.ended_at, r.given_back_ms,
       r.correction, r.corrected_at,
       r.image_id, case when s.state <> 'open' then r.pool end as pool,
       case when s.state <> 'open' then r.tainted end as was_trap, p.points
from app.round r join app.session s on s.player_id = r.player_id and s.id = r.session_id
left join app.points p on p.player_id = r.player_id and p.round_id = r.id and s.state <> 'open'
where r.player_id = $1 and r.opened_at is not null order by r.opened_at
"""
QUESTIONS = """
select q.round_id, q.id, q.number, q.text, q.state, q.asked_at, q.answered_at, q.answer, q.judgement,
       q.judged_at,
       case when s.state <> 'open' then jsonb_build_object(
           'refusal', q.refusal, 'failure', q.failure, 'completion', q.completion, 'model', q.model,
           'model_revision', q.model_revision, 'instruction_version', q.instruction_version,
           'temperature', q.temperature, 'max_tokens', q.max_tokens, 'finish_reason', q.finish_reason,
           'prompt_tokens', q.prompt_tokens, 'completion_tokens', q.completion_tokens,
           'queue_ms', q.queue_ms, 'latency_ms', q.latency_ms, 'attempts', q.attempts,
           'filter_hits', q.filter_hits) end as told
from app.question q
join app.round r on r.player_id = q.player_id and r.id = q.round_id
join app.session s on s.player_id = r.player_id and s.id = r.session_id
where q.player_id = $1 order by q.asked_at
"""
CHECKS = """
select h.question_id, h.answer, h.agrees, h.model, h.checked_at
from app.honest_check h
join app.question q on q.player_id = h.player_id and q.id = h.question_id
join app.round r on r.player_id = q.player_id and r.id = q.round_id
join app.session s on s.player_id = r.player_id and s.id = r.session_id
where h.player_id = $1 and s.state <> 'open' order by h.checked_at
"""
TOTALS = """
select points, sessions, best, streak_days, last_played_on from app.player_total where player_id = $1
"""
WEEKS = "select week, points, sessions from app.player_week where player_id = $1 order by week"
MESSAGES = (
    "select kind, content, created_at, sent_at from app.outbox where player_id = $1 order by created_at"
)


LIMITS = "select kind, full_at from app.rate_limit where subject = $1 and full_at > now() order by kind"
DEPARTURE = """
select session_starts, image_ids, forget_at from app.departed where person = $1 and forget_at > now()
"""
ACTIONS = "select action, done_at from app.operator_action where player_id = $1 order by done_at"


async def everything(db: Db, player_id: UUID, person: bytes) -> dict[str, Any]:
    """`person`: what the player's limits are counted under."""
    player = await db.fetchrow(PLAYER, player_id)
    return {
        "player": dict(player) if player else None,
        "consents": await _rows(db, CONSENTS, player_id),
        "sign_ins": await _rows(db, TOKENS, player_id),
        "sessions": await _rows(db, SESSIONS, player_id),
        "rounds": await _rows(db, ROUNDS, player_id),
        "questions": await _rows(db, QUESTIONS, player_id),
        "honest_checks": await _rows(db, CHECKS, player_id),
        "totals": await _rows(db, TOTALS, player_id),
        "weeks": await _rows(db, WEEKS, player_id),
        "messages": await _rows(db, MESSAGES, player_id),
        "limits": await _rows(db, LIMITS, person),
        "last_departure": await _rows(db, DEPARTURE, person),
        "operators_actions": await _rows(db, ACTIONS, player_id),
    }


async def _rows(db: Db, sql: str, whose: UUID | bytes) -> list[dict[str, Any]]:
    return [dict(row) for row in await db.fetch(sql, whose)]
