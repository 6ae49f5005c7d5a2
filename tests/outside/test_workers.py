"""`gap-server serve` as operators run it: many workers, metrics, readiness."""

import asyncio
import os
import re
import secrets
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import psutil
import pytest

from tests.doubles.faulty_model import FaultyModel
from tests.outside.server_process import (
    PATIENCE_SECONDS,
    ServerProcess,
    command_line,
    copy_images,
    sql,
    until,
    visitor,
)
from tests.playing import Player, new_player, refusal

DATABASE_PASSWORD = "the-password-of-the-database-91c2"


async def test_one_session_is_played_across_two_workers_and_metrics_sum_them(
    database_url: str, port: int, another_port: int
) -> None:
    """Each worker in turn is stopped, so that the other must serve; which one did is told by its own file."""
    url = f"http://127.0.0.1:{port}"
    async with FaultyModel() as model:
        with ServerProcess(
            "serve",
            "--workers",
            "2",
            "--port",
            str(port),
            database_url=database_url,
            vlm_urls=model.url,
            vlm_model="m",
            metrics_port=another_port,
            honest_checks_per_minute=0,  # they ask the model too, once the session is over
        ) as server:
            server.start()
            await until(lambda: answers(f"{url}/healthz"))
            workers = await both_workers(server)
            scores = await play_across(url, workers)
            assert scores == [100]
            asked_by = [answered_by(server.folder, worker.pid) for worker in workers]
            assert asked_by == [5, 5]
            numbers = await told(f"http://127.0.0.1:{another_port}/metrics")
            assert float(numbers["gap_model_answer_seconds_count"]) == 10
            async with httpx.AsyncClient() as client:
                public = await client.get(f"{url}/metrics")
                assert public.status_code == 404
                assert "gap_model" not in public.text
            assert await server.stop() == 0
            assert not any(worker.is_running() for worker in workers)


async def play_across(url: str, workers: list[psutil.Process]) -> list[int]:
    first, second = workers
    async with only(second), visitor(url) as client:
        player = await new_player(client)
        session = await player.start()
        await play_rounds(player, session, 5)
    async with only(first), visitor(url) as client:
        player.client = client
        await play_rounds(player, session, 5)
        return [(await player.call("GET", f"/sessions/{session['id']}/result"))["score"]]


async def play_rounds(player: Player, session: object, count: int) -> None:
    for _ in range(count):
        await player.judge(await player.ask(await player.next(session)))


class only:  # noqa: N801  # reads as a word: `async with only(second)`
    """While one process stands still, connections that wait are taken by the other."""

    def __init__(self, stopped: psutil.Process) -> None:
        self._stopped = stopped

    async def __aenter__(self) -> None:
        self._stopped.suspend()

    async def __aexit__(self, *_: object) -> None:
        self._stopped.resume()


async def both_workers(server: ServerProcess) -> list[psutil.Process]:
    """The two processes that listen, once both do."""

    async def have_both_written() -> bool:
        return all(metrics_file(server.folder, worker.pid) is not None for worker in server.workers())

    async def are_two() -> bool:
        return len(server.workers()) == 2

    await until(are_two)
    await until(have_both_written)
    return server.workers()


def metrics_file(folder: Path, pid: int) -> Path | None:
    return next(folder.glob(f"gap-metrics-*/histogram_{pid}.db"), None)


def answered_by(folder: Path, pid: int) -> float:
    """Questions that one worker asked the model, by what it left for the metrics."""
    from prometheus_client.mmap_dict import MmapedDict  # noqa: PLC0415  # it looks for its folder when imported

    file = metrics_file(folder, pid)
    assert file is not None
    values = MmapedDict.read_all_values_from_file(str(file))  # type: ignore[no-untyped-call]  # it is untyped
    return sum(float(value) for key, value, _, _ in values if '"gap_model_answer_seconds_bucket"' in key)


async def answers(url: str) -> bool:
    try:
        async with httpx.AsyncClient() as client:
            return (await client.get(url)).status_code == 200
    except httpx.TransportError:
        return False


async def told(url: str) -> dict[str, str]:
    async with httpx.AsyncClient(timeout=60) as client:
        text = (await client.get(url)).raise_for_status().text
    return dict(re.findall(r"^(\w+) (\S+)$", text, re.MULTILINE))


@pytest.fixture
async def bare_database(postgres: str, template: str) -> AsyncIterator[str]:
    """A database that nobody has migrated yet."""
    name = f"t_{secrets.token_hex(6)}"
    async with sql(postgres) as db:
        await db.execute(f"create database {name}")
        yield template.replace("/gap_template?", f"/{name}?")
        await db.execute(f"drop database {name} with (force)")


async def test_readiness_names_what_is_missing_until_nothing_is(
    bare_database: str, template: str, another_port: int
) -> None:
    settings = {
        "database_url": bare_database,
        "vlm_urls": f"http://127.0.0.1:{another_port}",
        "vlm_model": "m",
        "port": 0,
    }
    with ServerProcess("serve", **settings) as server, ServerProcess("migrate", **settings) as migrating:
        url = await server.start().ready()
        async with httpx.AsyncClient(base_url=url, timeout=60) as client:
            assert (await client.get("/healthz")).json() == {"status": "ok"}
            lacking = await not_ready(client)
            assert "gap-server migrate" in lacking
            assert "model" in lacking
            assert await migrating.start().ended() == 0, migrating.output
            lacking = await not_ready(client)
            assert "migrate" not in lacking
            assert "model" in lacking
            assert "127.0.0.1" not in lacking, "strangers hear no address"
            assert f"127.0.0.1:{another_port}" in server.output, "operators do"
            assert "catalogue is empty" in lacking
            assert "gap-server is ready" not in server.output, "it is said when it is so"
            await copy_images(template, bare_database)

            async def says_so() -> bool:
                return "gap-server is ready" in server.output

            await until(says_so)
            async with FaultyModel(port=another_port):
                assert (await client.get("/readyz")).json() == {"status": "ok"}
                async with sql(bare_database) as db:
                    await db.execute("update app.alembic_version set version_num = 'of_tomorrow'")
                assert (await client.get("/readyz")).status_code == 200, "a newer version takes over"
            async with sql(bare_database) as db:
                await db.execute("update app.alembic_version set version_num = '20261123_tables'")
            assert "20261123_tables" in await not_ready(client)


async def test_a_database_that_is_away_is_told_by_readiness_and_kept_from_nobody_else(
    another_port: int,
) -> None:
    nowhere = f"postgresql://gap_game:{DATABASE_PASSWORD}@127.0.0.1:{another_port}/gap"
    async with FaultyModel() as model:
        settings = {"database_url": nowhere, "vlm_urls": model.url, "vlm_model": "m", "port": 0}
        with ServerProcess("serve", **settings) as server:
            url = await server.start().ready()
            async with httpx.AsyncClient(base_url=url, timeout=60) as client:
                assert (await client.get("/healthz")).status_code == 200
                assert "database" in await not_ready(client)
                assert "cannot serve players yet. The database is away" in server.output
                assert "gap-server is ready" not in server.output
                me = await client.get("/api/v1/me", headers={"Authorization": "Bearer x"})
                assert refusal(me) == (503, "store_unavailable")
                assert int(me.headers["retry-after"]) > 0
                assert "the store failed" in server.output
                assert "ConnectionRefusedError" in server.output, "with its cause"
            assert DATABASE_PASSWORD not in server.output
            assert "Traceback" not in server.output


async def not_ready(client: httpx.AsyncClient) -> str:
    response = await client.get("/readyz")
    assert (response.status_code, response.headers["content-type"]) == (503, "application/problem+json")
    assert response.json()["code"] == "not_ready"
    detail: str = response.json()["detail"]
    return detail


async def test_a_worker_that_is_killed_is_replaced_and_the_others_play_on(
    database_url: str, port: int, another_port: int
) -> None:
    url = f"http://127.0.0.1:{port}"
    async with FaultyModel() as model:
        settings = {"database_url": database_url, "vlm_urls": model.url, "vlm_model": "m", "port": port}
        with ServerProcess("serve", "--workers", "2", metrics_port=another_port, **settings) as server:
            server.start()
            await until(lambda: answers(f"{url}/healthz"))
            before = await both_workers(server)
            os.kill(before[0].pid, signal.SIGKILL)
            async with visitor(url) as client:
                assert (await (await new_player(client)).play_session())["score"] == 100
            after = await both_workers(server)
            assert len({worker.pid for worker in (*before, *after)}) == 3
            server.kill()
            _, still_alive = await asyncio.to_thread(psutil.wait_procs, after, timeout=PATIENCE_SECONDS)
            assert not [worker for worker in still_alive if command_line(worker)], (
                "they end with their parent"
            )
            server.start()
            await until(lambda: answers(f"{url}/healthz"))
            assert await server.stop() == 0


async def test_each_worker_tells_the_same_of_the_game_as_a_whole(
    database_url: str, port: int, another_port: int
) -> None:
    """Each worker tells the same of the game, so that their sum would be too much."""
    url = f"http://127.0.0.1:{port}"
    async with FaultyModel() as model:
        settings = {"database_url": database_url, "vlm_urls": model.url, "vlm_model": "m", "port": port}
        settings |= {"metrics_port": another_port}
        with ServerProcess("serve", "--workers", "2", **settings) as server:
            server.start()
            await until(lambda: answers(f"{url}/healthz"))
            async with visitor(url) as client:
                player = await new_player(client)
                await player.start()

            async def one_is_open() -> bool:
                numbers = await told(f"http://127.0.0.1:{another_port}/metrics")
                return (
                    float(numbers["gap_open_sessions"]) == 1
                    and float(numbers["gap_loop_lag_seconds_count"]) > 0
                )

            await until(one_is_open)
