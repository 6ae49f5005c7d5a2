"""A second Postgres follows the first: researchers read there, and the game goes on there alone."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from gap_server.research import tokens
from gap_server.store.embedded import embedded_postgres
from gap_server.store.engine import Store
from gap_server.store.export.logins import as_export
from gap_server.store.migrations import migrate
from gap_server.store.postgres_programs import programs_for
from tests.doubles.faulty_model import FaultyModel
from tests.outside.server_process import ServerProcess, copy_images, data_folder, sql, until, visitor
from tests.outside.test_kills import migrated
from tests.playing import new_player

DATABASE = "gap"


@dataclass
class Pair:
    """Two databases, the second of which follows the first."""

    main: Path
    standby: Path
    url: str
    standby_url: str
    running: ExitStack

    @property
    def both(self) -> str:
        """Whichever of the two can be written to, as operators name it."""
        hosts = ",".join(quote(str(folder / "postgres")) for folder in (self.main, self.standby))
        return f"postgresql://postgres@/{DATABASE}?host={hosts}&target_session_attrs=read-write"

    def lose_main(self) -> None:
        """It goes, and nobody starts it again."""
        self.running.close()


@pytest.fixture
async def pair(template: str) -> AsyncIterator[Pair]:
    with data_folder() as main, data_folder() as standby, ExitStack() as of_main:
        for folder in (main, standby):
            folder.parent.chmod(0o755)  # where root runs Postgres as another user, one must reach the other
        await asyncio.to_thread(migrated, main)
        url = of_main.enter_context(embedded_postgres(main))
        await copy_images(template, url)
        with following(main, standby) as standby_url:
            yield Pair(main, standby, url, standby_url, of_main)


@contextmanager
def following(main: Path, standby: Path) -> Iterator[str]:
    """As an operator makes one: a base backup that goes on by the stream."""
    for folder in (main, standby / "postgres"):
        folder.mkdir(parents=True, exist_ok=True)
    main.chmod(0o755)
    standby.chmod(0o755)
    data = standby / "postgres"
    data.chmod(0o700)
    programs = programs_for(main / "postgres")
    programs.own(data)
    where = f"host={main / 'postgres'} user=postgres application_name=standby"
    programs.run("pg_basebackup", "-d", where, "-R", "-X", "stream", "-c", "fast", pgdata=data)
    with embedded_postgres(standby) as url:
        yield url


async def replayed(pair: Pair) -> None:
    """Wait until the standby has what the main database has now."""
    async with sql(pair.url) as main, sql(pair.standby_url) as standby:
        here = await main.fetchval("select pg_current_wal_lsn()")

        async def is_there() -> bool:
            return bool(await standby.fetchval("select pg_last_wal_replay_lsn() >= $1", here))

        await until(is_there)


async def test_researchers_read_at_the_standby_and_the_game_goes_on_there_when_main_is_gone(
    pair: Pair,
) -> None:
    store = Store(pair.url, size=2)
    await store.open()
    token = (await tokens.create(store, "Ada", 90, operator="eve")).token
    await store.close()
    async with FaultyModel() as model:
        with ServerProcess(
            "serve",
            port=0,
            database_url=pair.both,
            export_database_url=as_export(pair.standby_url),
            vlm_urls=model.url,
            vlm_model="m",
        ) as server:
            url = await server.start().ready()
            async with visitor(url) as client, visitor(url) as ada:
                ada.headers["Authorization"] = f"Bearer {token}"
                assert (await (await new_player(client, 1)).play_session())["score"] == 100
                await replayed(pair)
                assert await sessions_told(ada) == 1
                async with sql(pair.standby_url) as standby:
                    await standby.execute("select pg_wal_replay_pause()")
                    assert (await (await new_player(client, 2)).play_session())["score"] == 100
                    assert await sessions_told(ada) == 1, "it was read where the game is written"
                    await standby.execute("select pg_wal_replay_resume()")
                await replayed(pair)
                assert await sessions_told(ada) == 2

                player = await new_player(client, 3)
                session = await player.start()
                await player.ask(await player.next(session))
                await replayed(pair)
                await asyncio.to_thread(pair.lose_main)
                assert (await player.call_("GET", "/me")).status_code == 503
                async with sql(pair.standby_url) as standby:
                    assert await standby.fetchval("select pg_promote()")

                async def is_back() -> bool:
                    return (await player.call_("GET", "/me")).status_code == 200

                await until(is_back)
                assert (await player.call("GET", "/sessions/current"))["id"] == session["id"]
                round_ = (await player.call("GET", "/sessions/current"))["round"]
                assert (await player.ask(round_))["state"] == "answered"
                assert "Traceback" not in server.output


async def sessions_told(ada: Any) -> int:
    response = await ada.post(
        "/research/sql", json={"sql": "select count(*) as n from sessions", "format": "jsonl"}
    )
    assert response.status_code == 200, response.text
    return int(response.json()["n"])


async def test_whatever_brings_the_database_to_head_finds_the_one_that_can_be_written_to(pair: Pair) -> None:
    """The standby named first."""
    hosts = ",".join(quote(str(folder / "postgres")) for folder in (pair.standby, pair.main))
    url = f"postgresql://postgres@/{DATABASE}?host={hosts}&target_session_attrs=read-write"
    await asyncio.to_thread(migrate, url)
    async with sql(pair.url) as db:
        assert await db.fetchval("select count(*) from app.alembic_version") == 1
