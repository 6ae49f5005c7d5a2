"""Where answers come from: columns known once, and rows from before that survive."""

import asyncio
from dataclasses import fields
from uuid import UUID

import asyncpg
from alembic import command
from alembic.script import ScriptDirectory

from gap_server.store.migrations import Address, config, migrate
from gap_server.store.provenance import PROVENANCE_COLUMNS, WITHHELD_TYPES, Withheld
from gap_server.store.tables import Question, WithheldCompletion
from tests.store.test_migrations import empty_database

__all__ = ["empty_database"]

OURS = "20261125_provenance"
PLAYED = """
insert into app.player (id, telegram_id) values ('00000000-0000-4000-8000-000000000001', 1);
insert into app.session (player_id, id, rules_version, consent_version, control_rounds, round_seconds,
                         expires_at, state, ended_at)
values ('00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002', '1', 1, 1, 120,
        now(), 'expired', now() - interval '1 hour');
insert into app.image (id, sha256, source_sha256, pool, width, height, media_type, source, licence)
values ('00000000-0000-4000-8000-000000000003', 'a', 'b', 'simple', 640, 480, 'image/jpeg', 'x', 'CC0-1.0');
insert into app.round (player_id, id, session_id, position, image_id, pool, tainted, state, opened_at,
                       deadline_at, ended_at, correction, corrected_at)
values ('00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000004',
        '00000000-0000-4000-8000-000000000002', 1, '00000000-0000-4000-8000-000000000003', 'simple', true,
        'flagged', now(), now(), now(), 'Three.', now());
insert into app.question (player_id, id, round_id, number, text, state, asked_at, answered_at, answer,
                          judgement, judged_at, model, model_revision, instruction_version, temperature,
                          max_tokens)
values ('00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000005',
        '00000000-0000-4000-8000-000000000004', 1, 'How many?', 'answered', now(), now(), 'Two.', 'wrong',
        now(), 'minicpm', 'abc', '1', 0.7, 150);
insert into app.question (player_id, id, round_id, number, text, state, asked_at, answered_at, failure)
values ('00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000006',
        '00000000-0000-4000-8000-000000000004', 2, 'And?', 'failed', now(), now(), 'timeout');
insert into app.honest_check (player_id, question_id, answer, model, model_revision, instruction_version)
values ('00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000005', 'Three.', 'minicpm',
        'abc', '1');
"""
ANSWERED = UUID("00000000-0000-4000-8000-000000000005")


def test_the_columns_of_a_questions_provenance_are_those_of_its_table() -> None:
    marked = {column.name for column in Question.__table__.columns if column.info.get("provenance")}
    assert set(PROVENANCE_COLUMNS) == marked


def test_a_withheld_completion_is_a_row_of_its_table() -> None:
    columns = {column.name for column in WithheldCompletion.__table__.columns} - {"player_id", "question_id"}
    assert {field.name for field in fields(Withheld)} == set(WITHHELD_TYPES) == columns


async def test_rows_from_before_keep_what_they_told(empty_database: str) -> None:  # the fixture
    await asyncio.to_thread(migrate, empty_database)
    before = ScriptDirectory.from_config(config(Address(empty_database))).get_revision(OURS).down_revision
    assert isinstance(before, str)
    await asyncio.to_thread(command.downgrade, config(Address(empty_database)), before)
    db = await asyncpg.connect(empty_database)
    try:
        await db.execute(PLAYED)
        was = await _as_it_was(db)
        await asyncio.to_thread(migrate, empty_database)
        assert await _told(db) == ("minicpm", "abc", 0.7, 150, "1", "tainted", "minicpm", "abc", "paper")
        assert await db.fetchval("select count(*) from app.served_model") == 2
        assert await db.fetchval("select judgement from app.judgement where not traps_known") == "wrong"
        assert await db.fetchval("select text from app.correction where traps_known") == "Three."
        await asyncio.to_thread(command.downgrade, config(Address(empty_database)), before)
        assert await _as_it_was(db) == was
    finally:
        await db.close()


async def _told(db: asyncpg.Connection) -> tuple[object, ...]:
    row = await db.fetchrow(
        "select m.name, m.revision, m.temperature, m.max_tokens, i.version, i.part, s.model,"
        " s.model_revision, s.deal from app.question q"
        " join app.served_model m on m.sha256 = q.served_model_sha256"
        " join app.instruction i on i.sha256 = q.instruction_sha256"
        " join app.round r on r.id = q.round_id join app.session s on s.id = r.session_id where q.id = $1",
        ANSWERED,
    )
    return tuple(row)


async def _as_it_was(db: asyncpg.Connection) -> list[asyncpg.Record]:
    return list(
        await db.fetch(
            "select q.text, q.answer, q.failure, q.model, q.model_revision, q.instruction_version,"
            " q.temperature, q.max_tokens, h.model, h.model_revision, h.instruction_version"
            " from app.question q left join app.honest_check h on h.question_id = q.id order by q.number"
        )
    )
