"""Everything held about one player, as the player may have it.

Of a session that is still open only what its pages show: the rest would tell the traps. What is known of a
case is told once the verdict is given.
"""

from typing import Any
from uuid import UUID

from gap_server.store.engine import Db
from gap_server.store.provenance import PROVENANCE_COLUMNS

PLAYER = """
select id, pseudonym, telegram_id, name, language, time_zone, show_on_leaderboard, may_message, muted_at,
       banned_at, referral_code, referred_by, created_at from app.player where id = $1
"""
CONSENTS = (
    "select c.version, c.granted_at, c.withdrawn_at, t.language, t.text from app.consent c"
    " left join app.consent_text t on t.sha256 = c.text_sha256 where c.player_id = $1 order by c.granted_at"
)
TOKENS = "select created_at, expires_at from app.access_token where player_id = $1 order by created_at"
SESSIONS = """
select id, state, kind, daily_number, quests, rules_version, consent_version, deal, control_rounds,
       round_seconds, rounds_done, created_at, expires_at, ended_at,
       case when state <> 'open' then score end as score,
       case when state <> 'open' then model end as model,
       case when state <> 'open' then model_revision end as model_revision
from app.session where player_id = $1 order by created_at
"""
ROUNDS = """
select r.session_id, r.id, r.position, r.state, r.opened_at, r.served_at, r.deadline_at, r.ended_at,
       r.given_back_ms, r.correction, r.corrected_at,
       r.image_id, case when s.state <> 'open' then r.pool end as pool,
       case when s.state <> 'open' then r.tainted end as was_trap, p.points
from app.round r join app.session s on s.player_id = r.player_id and s.id = r.session_id
left join app.points p on p.player_id = r.player_id and p.round_id = r.id and s.state <> 'open'
where r.player_id = $1 and r.opened_at is not null order by r.opened_at
"""
_TOLD = ", ".join(f"'{name}', q.{name}" for name in PROVENANCE_COLUMNS)
QUESTIONS = f"""
select q.round_id, q.id, q.number, q.text, q.state, q.asked_at, q.answered_at, q.answer, q.judgement,
       q.judged_at, case when s.state <> 'open' then jsonb_build_object({_TOLD}) end as told
from app.question q
join app.round r on r.player_id = q.player_id and r.id = q.round_id
join app.session s on s.player_id = r.player_id and s.id = r.session_id
where q.player_id = $1 order by q.asked_at
"""
_OF_CLOSED_SESSION = """
join app.question q on q.player_id = t.player_id and q.id = t.question_id
join app.round r on r.player_id = q.player_id and r.id = q.round_id
join app.session s on s.player_id = r.player_id and s.id = r.session_id
where t.player_id = $1 and s.state <> 'open'
"""
WITHHELD = f"""
select t.question_id, t.number, t.text, t.reason, t.latency_ms
from app.withheld_completion t {_OF_CLOSED_SESSION} order by q.asked_at, t.number
"""
JUDGEMENTS = """
select question_id, judged_at, judgement, traps_known as session_was_over from app.judgement
where player_id = $1 order by judged_at
"""
CORRECTIONS = """
select round_id, corrected_at, text, traps_known as session_was_over from app.correction
where player_id = $1 order by corrected_at
"""
CHECKS = f"""
select t.question_id, t.requested_at, t.answer, t.agrees, t.agrees_by, t.correction_holds, t.truth,
       t.checked_at
from app.honest_check t {_OF_CLOSED_SESSION} order by t.requested_at
"""
VERDICTS = """
select case_id, image_id, shown_at, ended_at, correction_first, said, said_of_correction,
       case when said is not null then truth end as truth,
       case when said is not null then correction_truth end as correction_truth,
       case when said is not null then of_settled end as of_settled
from app.verdict where player_id = $1 order by shown_at
"""
CASES = """
select question_id, stratum, correction, shown, outcome, settled, p_wrong, p_correction_wrong,
       created_at, closed_at
from app.jury_case where player_id = $1 order by created_at
"""
ASSESSMENTS = """
select session_id, sharpness_before, sharpness_after, assessed_at from app.assessment
where player_id = $1 order by ended_at
"""
ESTIMATES = "select * from app.player_estimate where player_id = $1"
TRUST = (
    "select question_id, p_wrong, p_wrong_unjudged, others, verdicts, fit_id from app.answer_trust"
    " where player_id = $1"
)
FORMS = """
select question_id, encode(form, 'hex') as form, encode(answer_form, 'hex') as answer_form, repeated
from app.asked_form where player_id = $1
"""
TOTALS = """
select points, sessions, best, streak_days, last_played_on, sharpness, finds
from app.player_total where player_id = $1
"""
WEEKS = "select week, points, sessions, sharpness from app.player_week where player_id = $1 order by week"
QUESTS = "select week, quest, progress from app.quest_progress where player_id = $1 order by week, quest"
DAILIES = """
select session_id, number, net_points, points from app.daily_entry where player_id = $1 order by number
"""
CHALLENGES = """
select c.code, c.session_id from app.challenge c
join app.session s on s.player_id = c.player_id and s.id = c.session_id and s.state <> 'open'
where c.player_id = $1 order by s.created_at
"""
TAKEN = "select code, session_id from app.challenge_taken where player_id = $1 order by code"
SHARES = "select session_id, created_at from app.share where player_id = $1 order by created_at"
FRIENDS = "select since from app.friendship where player_id = $1 order by since"
"""When, and not who: those are other people."""
MESSAGES = (
    "select kind, content, created_at, sent_at from app.outbox where player_id = $1 order by created_at"
)


LIMITS = "select kind, full_at from app.rate_limit where subject = $1 and full_at > now() order by kind"
DEPARTURE = """
select session_starts, case_starts, image_ids, forget_at from app.departed
where person = $1 and forget_at > now()
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
        "withheld_completions": await _rows(db, WITHHELD, player_id),
        "judgements": await _rows(db, JUDGEMENTS, player_id),
        "corrections": await _rows(db, CORRECTIONS, player_id),
        "honest_checks": await _rows(db, CHECKS, player_id),
        "verdicts": await _rows(db, VERDICTS, player_id),
        "cases_about_my_answers": await _rows(db, CASES, player_id),
        "sharpness": await _rows(db, ASSESSMENTS, player_id),
        "reliability": await _rows(db, ESTIMATES, player_id),
        "trust_in_flags": await _rows(db, TRUST, player_id),
        "how_common_my_questions_are": await _rows(db, FORMS, player_id),
        "totals": await _rows(db, TOTALS, player_id),
        "weeks": await _rows(db, WEEKS, player_id),
        "quests": await _rows(db, QUESTS, player_id),
        "daily_tens": await _rows(db, DAILIES, player_id),
        "challenges": await _rows(db, CHALLENGES, player_id),
        "challenges_taken_up": await _rows(db, TAKEN, player_id),
        "shared": await _rows(db, SHARES, player_id),
        "friends": await _rows(db, FRIENDS, player_id),
        "messages": await _rows(db, MESSAGES, player_id),
        "limits": await _rows(db, LIMITS, person),
        "last_departure": await _rows(db, DEPARTURE, person),
        "operators_actions": await _rows(db, ACTIONS, player_id),
    }


async def _rows(db: Db, sql: str, whose: UUID | bytes) -> list[dict[str, Any]]:
    return [dict(row) for row in await db.fetch(sql, whose)]
