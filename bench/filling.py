"""A database as after years of play: filled by whole tables at a time, its indexes made afterwards."""

from typing import Any, Final

import asyncpg

QUESTIONS_A_PLAYER: Final = 50
"""One session: ten rounds of five."""

SHOWN_OF: Final = 10
"""One player in so many shows on the leaderboards, which is hard on their top ..."""

LEADERS: Final = 100
"""... but no fewer than this, or a small board would be quick for having few rows to give."""

LARGE: Final = ("question", "round", "session", "judgement")

FILL: Final = """
set session_replication_role = replica;
set maintenance_work_mem = '1GB';
set synchronous_commit = off;
insert into app.player (telegram_id, name, show_on_leaderboard)
select n, 'Player ' || n, n % {shown_of} = 0 from generate_series(1, {players}) n;
insert into app.player_total (player_id, points, sessions, best, streak_days, sharpness, shown)
select id, 20 * (telegram_id % 4000), 1, 100, 1, telegram_id % 101, show_on_leaderboard from app.player;
insert into app.player_week (player_id, week, points, sessions, sharpness, shown)
select player_id, date_trunc('week', now() at time zone 'UTC')::date, points, 1, sharpness, shown
from app.player_total;
insert into app.access_token (token_hash, player_id, expires_at, ends_at)
select sha256(telegram_id::text::bytea), id, now() + '2 hours', now() + '12 hours' from app.player;
insert into app.image (sha256, source_sha256, pool, width, height, media_type, source, licence)
select n, n, case when n % 4 = 0 then 'simple' else 'complex' end, 640, 480, 'image/jpeg', 'x', 'x'
from generate_series(1, {images}) n;
insert into app.session (player_id, rules_version, consent_version, deal, control_rounds, round_seconds,
                         expires_at, state, rounds_done, ended_at)
select id, '1', 1, 'paper', 1, 120, now() + interval '1 day', 'finished', 10, now() from app.player;
insert into app.round (player_id, session_id, position, image_id, pool, tainted, state, opened_at,
                       deadline_at, ended_at)
select s.player_id, s.id, position, i.id, i.pool, false, 'passed', now(), now(), now()
from (select player_id, id, row_number() over () as n from app.session) s
cross join generate_series(1, 10) position
join app.image i on i.number = 1 + (s.n * 10 + position) % {images};
insert into app.question (player_id, id, round_id, number, text, state, asked_at, answered_at, answer,
                          judgement, judged_at, instruction_sha256, served_model_sha256, replica,
                          finish_reason, prompt_tokens, completion_tokens, queue_ms, latency_ms, attempts,
                          filter_hits, gate, gate_ms, language, category, category_version)
select r.player_id, gen_random_uuid(), r.id, n, 'How many red apples are there on the table?',
       'answered', now(), now(), 'There are two red apples on the table, to the left of the blue bowl.',
       'right', now(), repeat('a', 64), repeat('b', 64), '127.0.0.1:8001', 'stop', 310, 17, 0, 1040, 1,
       0, 'about', 90, 'en', 'counting', '1'
from app.round r cross join generate_series(1, 5) n;
insert into app.judgement (player_id, question_id, judged_at, judgement, traps_known)
select player_id, id, judged_at, judgement, false from app.question;
"""

INDEXES: Final = """
select indexdef, indexrelid::regclass::text as name, conname, pg_get_constraintdef(c.oid) as definition
from pg_indexes p join pg_index x on x.indexrelid = format('%I.%I', p.schemaname, p.indexname)::regclass
left join pg_constraint c on c.conindid = x.indexrelid and c.contype in ('p', 'u') and c.conrelid = x.indrelid
where p.schemaname = 'app' and p.tablename = $1
order by c.contype nulls last
"""
REFERENCES: Final = """
select conname, conrelid::regclass::text as of_table, pg_get_constraintdef(oid) as definition
from pg_constraint where contype = 'f' and confrelid = format('app.%I', $1::text)::regclass
"""


async def fill(database: str, questions: int, images: int) -> None:
    """Fill a migrated database with games that are over, so many questions in all."""
    db = await asyncpg.connect(database)
    made_later = [statement for table in LARGE for statement in await _without_indexes(db, table)]
    players = questions // QUESTIONS_A_PLAYER
    shown_of = max(1, min(SHOWN_OF, players // LEADERS))
    filling = FILL.format(players=players, images=images, shown_of=shown_of)
    for statement in filling.strip().rstrip(";").split(";\n"):
        await db.execute(statement)
    for statement in sorted(made_later, key=lambda s: " foreign key " in s.lower()):
        await db.execute(statement)
    await db.execute("vacuum (analyze, freeze)")
    await db.execute("checkpoint")
    await db.close()


async def _without_indexes(db: Any, table: str) -> list[str]:
    """Take a table's indexes away, with what refers to them; the statements that bring all of it back."""
    again = []
    for row in await db.fetch(REFERENCES, table):
        await db.execute(f"alter table {row['of_table']} drop constraint {row['conname']}")
        again.append(
            f"alter table {row['of_table']} add constraint {row['conname']} {row['definition']} not valid"
        )
    for row in await db.fetch(INDEXES, table):
        if row["conname"]:
            await db.execute(f"alter table app.{table} drop constraint {row['conname']}")
            again.append(f"alter table app.{table} add constraint {row['conname']} {row['definition']}")
        else:
            await db.execute(f"drop index {row['name']}")
            again.append(row["indexdef"])
    return again
