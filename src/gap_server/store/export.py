"""Everything held about one player, as the player may have it.

Of a session that is still open only what its pages show: the rest would tell the traps.
"""

from typing import Any
from uuid import UUID

from gap_server.store.engine import Db

PLAYER = """
select id, telegram_id, name, language, time_zone, show_on_leaderboard, may_message, muted_at, referral_code,
       referred_by, created_at, seen_at from app.player where id = $1
"""
CONSENTS = (
    "select version, granted_at, withdrawn_at from app.consent where player_id = $1 order by granted_at"
)
TOKENS = "select created_at, expires_at from app.access_token where player_id = $1 order by created_at"
SESSIONS = """
select id, state, rules_version, control_rounds, round_seconds, rounds_done, created_at, expires_at, ended_at,
       case when state <> 'open' then score end as score
from app.session where player_id = $1 order by created_at
"""
ROUNDS = """
select r.session_id, r.id, r.position, r.state, r.opened_at, r.deadline_at, r.ended_at, r.given_back_ms,
       r.correction, r.corrected_at,
       case when s.state <> 'open' then r.tainted end as was_trap, p.points
from app.round r join app.session s on s.player_id = r.player_id and s.id = r.session_id
left join app.points p on p.player_id = r.player_id and p.round_id = r.id and s.state <> 'open'
where r.player_id = $1 and r.opened_at is not null order by r.opened_at
"""
QUESTIONS = """
select q.round_id, q.id, q.number, q.text, q.state, q.asked_at, q.answered_at, q.answer, q.judgement,
       q.judged_at,
       case when s.state <> 'open' then q.model end as model,
       case when s.state <> 'open' then q.model_revision end as model_revision
from app.question q
join app.round r on r.player_id = q.player_id and r.id = q.round_id
join app.session s on s.player_id = r.player_id and s.id = r.session_id
where q.player_id = $1 order by q.asked_at
"""
MESSAGES = (
    "select kind, content, created_at, sent_at from app.outbox where player_id = $1 order by created_at"
)


async def everything(db: Db, player_id: UUID) -> dict[str, Any]:
    player = await db.fetchrow(PLAYER, player_id)
    return {
        "player": dict(player) if player else None,
        "consents": await _rows(db, CONSENTS, player_id),
        "sign_ins": await _rows(db, TOKENS, player_id),
        "sessions": await _rows(db, SESSIONS, player_id),
        "rounds": await _rows(db, ROUNDS, player_id),
        "questions": await _rows(db, QUESTIONS, player_id),
        "messages": await _rows(db, MESSAGES, player_id),
    }


async def _rows(db: Db, sql: str, player_id: UUID) -> list[dict[str, Any]]:
    return [dict(row) for row in await db.fetch(sql, player_id)]
