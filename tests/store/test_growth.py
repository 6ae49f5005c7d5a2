"""What each call costs does not grow with the players, the images and the games there are: plans use indexes.

A database is filled until an index is worth its while; costs stay as Postgres has them. How fast it all is,
`bench/` tells.
"""

import json
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from gap_server.game.state import Pool
from gap_server.store import (
    challenges,
    dailies,
    friends,
    game_read,
    images,
    jury,
    players,
    rank_marks,
    sessions,
)
from gap_server.store.board import BOARDS, TODAY, Board
from tests.world import copy_of_template

FILL = """
insert into app.player (telegram_id, name, show_on_leaderboard)
select n, 'Player ' || n, n % 3 = 0 from generate_series(1, 12000) n;
insert into app.access_token (token_hash, player_id, expires_at, ends_at)
select sha256(telegram_id::text::bytea), id, now() + '2 hours', now() + '12 hours' from app.player;
insert into app.player_total (player_id, points, sessions, best, streak_days, sharpness)
select id, 20 * (telegram_id % 4000), 1, 100, 1, telegram_id % 101 from app.player;
insert into app.player_week (player_id, week, points, sessions, sharpness)
select player_id, date_trunc('week', now() at time zone 'UTC')::date, points, 1, sharpness
from app.player_total;
insert into app.image (sha256, source_sha256, pool, width, height, media_type, source, licence)
select n, n, case when n % 4 = 0 then 'simple' else 'complex' end, 640, 480, 'image/jpeg', 'x', 'x'
from generate_series(1, 12000) n;
insert into app.session
    (player_id, rules_version, consent_version, deal, control_rounds, round_seconds, expires_at)
select id, '1', 1, 'paper', 1, 120, now() + interval '1 day' from app.player;
insert into app.round
    (player_id, session_id, position, image_id, pool, tainted, state, opened_at, deadline_at)
select s.player_id, s.id, 1, i.id, i.pool, false, 'open', now(), now() + interval '1 hour'
from (select player_id, id, row_number() over () as n from app.session) s join app.image i on i.number = s.n;
insert into app.question (player_id, id, round_id, number, text, state, asked_at)
select player_id, gen_random_uuid(), id, 1, 'How many?', 'pending', now() from app.round;
insert into app.daily (number, day) values (1, (now() at time zone 'UTC')::date);
insert into app.daily_entry (player_id, session_id, number, net_points, points)
select s.player_id, s.id, 1, 20 * (p.telegram_id % 6), 100 from app.session s
join app.player p on p.id = s.player_id;
insert into app.jury_case (player_id, question_id, image_id, language, stratum)
select q.player_id, q.id, r.image_id, 'en', 'flagged'
from app.question q join app.round r on r.id = q.round_id;
insert into app.verdict (player_id, case_id, image_id, said, ended_at)
select p.id, c.id, c.image_id, 'wrong', now()
from (select id, row_number() over (order by id) as n from app.player) p
join (select id, image_id, row_number() over (order by id desc) as n from app.jury_case) c using (n);
analyze;
create function pg_temp.plan_of(statement text) returns json language plpgsql as $$
declare plan json;
begin
    execute 'explain (generic_plan, format json) ' || statement into plan;
    return plan;
end $$;
"""
BIG = {"player", "access_token", "player_total", "player_week", "image", "session", "round", "question"}
BIG |= {"daily_entry", "jury_case", "verdict"}


@pytest.fixture(scope="module")
async def filled(postgres: str, template: str) -> AsyncIterator[Any]:
    async with copy_of_template(postgres, template) as url:
        db = await asyncpg.connect(url)
        await db.execute(FILL)
        yield db
        await db.close()


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param(players.FIND_BY_TOKEN, id="who calls"),
        pytest.param(game_read.BY_ROUND, id="a round"),
        pytest.param(game_read.BY_TOKEN_AND_ROUND, id="who calls, and a round"),
        pytest.param(game_read.BY_QUESTION, id="a question"),
        pytest.param(game_read.BY_SESSION, id="a session"),
        pytest.param(game_read.OPEN_SESSION, id="the open session"),
        pytest.param(game_read.NEXT_DEALT, id="the next round"),
        pytest.param(sessions.MAY_START, id="who may start"),
        pytest.param(sessions.RESULT, id="a result"),
        pytest.param(sessions.HISTORY, id="past sessions"),
        pytest.param(images.DRAW, id="the deal"),
        pytest.param(players.SIGN_IN, id="signing in"),
        pytest.param(players.READ_ME, id="me"),
        *(pytest.param(rank_marks.ahead_sql(board), id=f"rank, {board.name}") for board in BOARDS),
        *(
            pytest.param(f"{board.rows} order by {board.order('desc')} limit 50", id=f"the top, {board.name}")
            for board in BOARDS
        ),
        pytest.param(players.FORGET_INVITATIONS, id="who was invited by somebody who leaves"),
        pytest.param(rank_marks.ahead_sql(TODAY), id="rank, today"),
        pytest.param(dailies.TOP.format(most=50), id="the top, today"),
        pytest.param(dailies.MINE, id="my row, today"),
        pytest.param(dailies.READ, id="today's ten"),
        pytest.param(challenges.READ, id="a challenge"),
        pytest.param(challenges.TAKEN_BY, id="who took a challenge up"),
        pytest.param(friends.BEFRIEND_INVITER, id="whose link one came by"),
        pytest.param(jury.ALLOWANCE, id="who may judge"),
        pytest.param(jury.END_STALE, id="cases in hand that closed"),
        pytest.param(jury.PICK.format(of_stratum=jury.UNSETTLED, in_language=jury.IN_LANGUAGE), id="a case"),
        pytest.param(jury.READ, id="the case in hand"),
        pytest.param(jury.VERDICTS, id="verdicts on a case"),
    ],
)
async def test_no_statement_of_a_call_reads_a_whole_table(filled: Any, statement: str) -> None:
    whole = await read_whole(filled, statement)
    assert not whole & BIG, whole


async def test_the_sweep_reads_no_whole_table_where_little_ran_out(filled: Any) -> None:
    """With its values: how much ran out, Postgres cannot know without, and what is much is read whole."""
    whole = await read_whole(filled, filled_in(sessions.RAN_OUT, "'1 hour'", "'1 hour'", "'{}'", "100"))
    assert not whole & BIG, whole


def filled_in(statement: str, *values: str) -> str:
    for number, value in enumerate(values, start=1):
        statement = statement.replace(f"${number}", value)
    return statement


async def read_whole(db: Any, statement: str) -> set[str]:
    """The tables of which the plan reads every row."""
    plan = json.loads(await db.fetchval("select pg_temp.plan_of($1)", statement))
    return {node["Relation Name"] for node in nodes(plan[0]["Plan"]) if node["Node Type"] == "Seq Scan"}


def nodes(plan: Any) -> Iterator[Any]:
    yield plan
    for child in plan.get("Plans", ()):
        yield from nodes(child)


@pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.name)
async def test_the_top_passes_over_nobody_who_is_not_shown(filled: Any, board: Board) -> None:
    """Two thirds are not: their rows are not even looked at."""
    statement = f"explain (analyze, format json) {board.rows} order by {board.order('desc')} limit 50"
    plan = json.loads(await filled.fetchval(statement))[0]["Plan"]
    assert sum(node.get("Rows Removed by Filter", 0) for node in nodes(plan)) == 0


@pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.name)
async def test_as_much_is_read_of_a_board_as_is_shown_however_many_are_equal(
    filled: Any, board: Board
) -> None:
    """Thousands have nothing yet: who is among the fifty of them that are shown is told by an index alone."""
    async with filled.transaction():
        await filled.execute("update app.player_total set points = 0, sharpness = 0")
        await filled.execute("update app.player_week set points = 0, sharpness = 0")
        nothing = ["0"] * len(board.columns)
        beyond = filled_in(board.beyond("<"), *nothing, "'80000000-0000-0000-0000-000000000000'")
        for statement in (board.stretch("desc", 50), board.stretch("desc", 50, f" and {beyond}")):
            plan = json.loads(await filled.fetchval(f"explain (analyze, format json) {statement}"))[0]["Plan"]
            assert looked_at(plan, board) == 50
        await filled.execute("rollback; begin")


def looked_at(plan: Any, board: Board) -> float:
    """Rows of who stands on the board."""
    table = {"all": "player_total", "week": "player_week", "today": "daily_entry"}[board.period]
    read = [node for node in nodes(plan) if node.get("Relation Name") == table]
    return sum(float(node["Actual Rows"] * node["Actual Loops"]) for node in read)


NOBODY = UUID(int=2**127)


def readings() -> Iterator[tuple[str, list[Any]]]:
    """What is read of each board, and for which values."""
    yield dailies.TOP.format(most=50), [1]
    for board in BOARDS:
        worth = [500] * len(board.columns)
        yield board.stretch("desc", 50), []
        yield board.stretch("desc", 2, f" and {board.beyond('<')}"), [*worth, NOBODY]
        yield board.stretch("asc", 2, f" and {board.beyond('>')}"), [*worth, NOBODY]


async def test_what_is_read_of_a_board_is_planned_once_a_connection(filled: Any) -> None:
    """A plan takes longer than the few rows. Postgres tries five for the values that come, and then keeps one
    where that is no worse."""
    for n, (statement, values) in enumerate(readings()):
        prepared = await filled.prepare(statement, name=f"reading {n}")
        for _ in range(12):
            await prepared.fetch(*values)
        kept = "select custom_plans <= 5 from pg_prepared_statements where name = $1"
        assert await filled.fetchval(kept, prepared.get_name()), statement


@pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.name)
async def test_a_rank_can_be_counted_in_the_index_alone(filled: Any, board: Board) -> None:
    """Where rows near it did not change just now; here Postgres is told not to mind."""
    async with filled.transaction():
        for other in ("bitmapscan", "seqscan"):
            await filled.execute(f"set local enable_{other} = off")
        plan = json.loads(await filled.fetchval("select pg_temp.plan_of($1)", rank_marks.ahead_sql(board)))
    kinds = {
        node["Node Type"] for node in nodes(plan[0]["Plan"]) if "player" in node.get("Relation Name", "")
    }
    assert kinds == {"Index Only Scan"}


@pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.name)
async def test_ranks_counted_from_marks_are_true(filled: Any, board: Board) -> None:
    async with filled.transaction():
        await rank_marks.count_anew(filled, board)
    marks = await filled.fetchval("select count(*) from app.rank_mark where board = $1", board.name)
    assert marks > 10
    rows = await filled.fetch(f"{board.rows} and p.telegram_id % 997 = 0")
    some = [[row[column] for column in board.columns] for row in rows]
    exact = [list(row[0]) for row in await filled.fetch("select worth from app.rank_mark limit 3")]
    for worth in [*some, [0] * len(board.columns), *exact]:
        if len(worth) != len(board.columns):
            continue
        truth = await filled.fetchval(board.count(">"), *worth)
        assert await rank_marks.ahead_of(filled, board, worth) == truth


async def test_todays_board_costs_the_same_however_many_have_played(filled: Any) -> None:
    """Thousands are equal: neither they nor who does not show are read for the fifty best, or for a rank."""
    async with filled.transaction():
        await rank_marks.count_anew(filled, TODAY)
    for statement in (
        filled_in(dailies.TOP.format(most=50), "1"),
        filled_in(rank_marks.ahead_sql(TODAY), "0", "100", f"'{TODAY.name}'"),
    ):
        plan = json.loads(await filled.fetchval(f"explain (analyze, format json) {statement}"))[0]["Plan"]
        assert looked_at(plan, TODAY) <= rank_marks.STEP
    truth = "select count(*) from app.daily_entry where shown and (net_points, points) > (0, 100)"
    assert await rank_marks.ahead_of(filled, TODAY, (0, 100)) == await filled.fetchval(truth) > 1000


async def test_each_image_is_as_likely_as_another_and_none_that_was_seen_or_retired(filled: Any) -> None:
    async with filled.transaction():
        kept = [
            row[0]
            for row in await filled.fetch(
                "select id from app.image where pool = 'simple' and number % 601 < 40 order by number"
            )
        ]
        await filled.execute(
            "update app.image set retired_at = now() where pool = 'simple' and not id = any ($1)", kept
        )
        player, seen = await filled.fetchrow(
            "select player_id, image_id from app.round where image_id = $1", kept[0]
        )
        judged = await filled.fetchval("select image_id from app.verdict where player_id = $1", player)
        dealt: Counter[Any] = Counter()
        for _ in range(600):  # of some two hundred, one is left out once in a hundred thousand times
            drawn = await images.pick(filled, player, b"nobody who left", Pool.SIMPLE, 6)
            assert len(set(drawn)) == 6
            dealt.update(drawn)
        await filled.execute("rollback; begin")
    assert seen not in dealt
    assert set(dealt) == set(kept) - {seen, judged}
    expected = 600 * 6 / len(dealt)
    chi_squared = sum((count - expected) ** 2 / expected for count in dealt.values())
    assert chi_squared < 2 * len(dealt), "as uneven as that, chance makes it once in a million times"
