"""`kill -9`, of the server and of its Postgres, while people play.

TESTS_FULL=1 kills as often as was promised: the server 50 times, Postgres 5 times.
"""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest

from gap_server.store.embedded import embedded_postgres
from gap_server.store.engine import Store
from gap_server.store.migrations import migrate
from tests.doubles.faulty_model import FaultyModel
from tests.outside.server_process import (
    ServerProcess,
    copy_images,
    data_folder,
    postmaster_of,
    sql,
    until,
    visitor,
)
from tests.outside.stubborn import Ledger, StubbornPlayer
from tests.repeats import repeats
from tests.time_travel import pass_time

SERVER_KILLS = repeats(4, full=50)
POSTGRES_KILLS = repeats(2, full=5)
UNNOTICED = 5
"""Kills more, where none was noticed yet: on a busy machine all may be waiting for the model just then."""
PLAYERS = 6
MODEL = "slow:0.05"
"""Long enough for a kill to find questions at the model."""


@pytest.mark.timeout(1200)  # fifty starts on a slow machine
async def test_no_kill_of_the_server_loses_or_doubles_anything(database_url: str, port: int) -> None:
    async with FaultyModel(MODEL) as model:
        server = ServerProcess(
            "serve", database_url=database_url, port=port, vlm_urls=model.url, vlm_model="m"
        )
        with server:
            url = await server.start().ready()

            async def kill_and_start_again() -> None:
                server.kill()
                await let_lost_questions_fail(database_url)
                assert await server.start().ready() == url

            async with playing(url) as ledger:
                for _ in range(SERVER_KILLS):
                    await some_play(ledger)
                    await kill_and_start_again()
            assert ledger.broken == []
            assert sum(ledger.cut_off.values()) >= SERVER_KILLS, "every kill came while people played"
            await everything_ends(database_url)
            await nothing_is_lost(database_url, ledger)
            await nothing_is_scored_twice(database_url, ledger)
            assert "Traceback" not in server.output


async def test_no_kill_of_postgres_loses_or_doubles_anything(template: str) -> None:
    """The embedded one, which the server itself brings back. Its children notice, and it mends its files."""
    with data_folder() as folder:
        embedded_url = await asyncio.to_thread(migrated, folder)
        with embedded_postgres(folder):
            await copy_images(template, embedded_url)
        async with FaultyModel(MODEL) as model:
            with ServerProcess("serve", data_dir=folder, port=0, vlm_urls=model.url, vlm_model="m") as server:
                url = await server.start().ready()
                async with playing(url) as ledger:
                    for kills in range(POSTGRES_KILLS + UNNOTICED):
                        await some_play(ledger)
                        if kills >= POSTGRES_KILLS and ledger.refused:
                            break
                        await kill_postgres(folder)
                assert ledger.broken == []
                assert ledger.refused > 0
                assert sum(ledger.cut_off.values()) == 0, "the server itself never went away"
                await everything_ends(embedded_url)
                await nothing_is_lost(embedded_url, ledger)
                await nothing_is_scored_twice(embedded_url, ledger)
                assert await server.stop() == 0
                assert "Traceback" not in server.output
        assert postmaster_of(folder) is None


async def test_a_start_after_everything_was_killed_at_once(template: str) -> None:
    """As after a power cut; and the number in a lock file that was left may be another program's by then."""
    with data_folder() as folder:
        url = await asyncio.to_thread(migrated, folder)
        with embedded_postgres(folder):
            await copy_images(template, url)
        async with FaultyModel() as model:
            with ServerProcess("serve", data_dir=folder, port=0, vlm_urls=model.url, vlm_model="m") as server:
                await server.start().ready()
                lock = folder / "postgres" / "postmaster.pid"
                left = lock.read_text()
                server.kill()
                os.kill(postmaster_of(folder) or 0, signal.SIGKILL)
                await server.start().ready()
                server.kill()
                await asyncio.to_thread(stop_postgres, folder)
                lock.write_text(f"{os.getpid()}\n{left.partition(chr(10))[2]}")
                url = await server.start().ready()
                async with visitor(url) as client:
                    assert (await client.get(f"{url}/readyz")).status_code == 200
                assert await server.stop() == 0
        assert postmaster_of(folder) is None, "also after a user of it was killed"


def migrated(folder: Path) -> str:
    with embedded_postgres(folder) as url:
        migrate(url)
        return url


@asynccontextmanager
async def playing(url: str) -> AsyncIterator[Ledger]:
    """People play meanwhile, and at the end finish the sessions that they are in."""
    ledger, enough = Ledger(), asyncio.Event()
    async with visitor(url) as client, asyncio.TaskGroup() as players:
        for n in range(1, PLAYERS + 1):
            players.create_task(StubbornPlayer(client, n, ledger).play_until(enough))
        yield ledger
        enough.set()


async def some_play(ledger: Ledger) -> None:
    """Wait until ten more things were acknowledged."""
    before = ledger.size

    async def played() -> bool:
        return ledger.size >= before + 10

    try:
        await until(played)
    except TimeoutError:
        kinds = (ledger.cut_off, ledger.refused, ledger.broken)
        raise AssertionError(f"nobody gets anywhere after {before} things: {kinds}") from None


async def let_lost_questions_fail(url: str) -> None:
    """A question whose process died fails after 25 seconds, which nobody here has."""
    await in_store(url, lambda store: pass_time(store, 26))


async def everything_ends(url: str) -> None:
    """With nobody playing, the sweeper ends every round, question and session whose time is up."""
    await in_store(url, lambda store: pass_time(store, 24 * 3600))
    async with sql(url) as db:

        async def is_over() -> bool:
            open_: int = await db.fetchval(
                "select (select count(*) from app.session where state = 'open')"
                " + (select count(*) from app.round where state = 'open')"
                " + (select count(*) from app.question where state = 'pending')"
            )
            return open_ == 0

        await until(is_over)


async def nothing_is_lost(url: str, ledger: Ledger) -> None:
    async with sql(url) as db:
        kept = {
            row[0] for row in await db.fetch("select player_id from app.consent where withdrawn_at is null")
        }
        assert ledger.consents <= kept
        sessions = dict(await db.fetch("select id, score from app.session"))
        assert ledger.sessions <= sessions.keys()
        assert ledger.results.items() <= sessions.items()
        opened = await db.fetch("select id from app.round where state <> 'dealt'")
        assert ledger.opened <= {row[0] for row in opened}
        rows = await db.fetch("select id, text, answer, judgement from app.question")
        assert ledger.answers.items() <= {row[0]: (row[1], row[2]) for row in rows}.items()
        assert ledger.judgements.items() <= {row[0]: row[3] for row in rows}.items()
        rows = await db.fetch("select id, correction from app.round where correction is not null")
        assert ledger.corrections.items() <= dict(rows).items()


async def nothing_is_scored_twice(url: str, ledger: Ledger) -> None:
    """The ledger of points against the rounds, the sessions and the totals against the ledger."""
    async with sql(url) as db:
        ledger_rows = await db.fetch("select round_id, points from app.points")
        caught = await db.fetch("select id from app.round where tainted and state = 'flagged'")
        assert sorted(row[0] for row in ledger_rows) == sorted(row[0] for row in caught)
        assert len(caught) >= len(ledger.results), "the test is worth its while"
        wrong = await db.fetchval(
            "select count(*) from app.session s where score <>"
            " (select coalesce(sum(points), 0) from app.points p where p.session_id = s.id)"
        )
        assert wrong == 0
        totals = await db.fetch("select player_id, points, sessions from app.player_total")
        sums = await db.fetch(
            "select player_id, sum(score), count(*) filter (where state = 'finished') from app.session"
            " where state <> 'open' group by player_id"
        )
        assert sorted(map(tuple, totals)) == sorted(map(tuple, sums))
        dealt = await db.fetch("select count(*) from app.round group by session_id")
        assert {row[0] for row in dealt} == {10}


async def kill_postgres(folder: Path) -> None:
    killed = postmaster_of(folder)
    assert killed is not None
    os.kill(killed, signal.SIGKILL)

    async def is_back() -> bool:
        return postmaster_of(folder) not in {None, killed}

    await until(is_back)


def stop_postgres(folder: Path) -> None:
    if (pid := postmaster_of(folder)) is not None:
        os.kill(pid, signal.SIGINT)
        while postmaster_of(folder) is not None:
            psutil.wait_procs([], timeout=0.1)


async def in_store(url: str, act: Callable[[Store], Awaitable[Any]]) -> None:
    store = Store(url, size=2)
    await store.open()
    try:
        await act(store)
    finally:
        await store.close()
