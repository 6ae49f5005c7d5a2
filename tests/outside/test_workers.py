"""`gap-server serve` as operators run it: many workers, metrics, readiness, wrong settings, secrets."""

import asyncio
import os
import re
import secrets
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import httpx
import psutil
import pytest

from tests.doubles.faulty_model import FaultyModel
from tests.outside.server_process import ServerProcess, free_port, sql, until, visitor
from tests.playing import BOT_TOKEN, Player, new_player

MODEL_KEY = "sk-the-key-of-the-model-server-7f3a"
DATABASE_PASSWORD = "the-password-of-the-database-91c2"
"""Postgres here trusts its socket and looks at no password, but the address has one."""
BOT_KEY = "5e" * 32


async def test_one_session_is_played_across_two_workers_and_metrics_sum_them(database_url: str) -> None:
    """Each worker in turn is stopped, so that the other must serve; which one did is told by its own file."""
    port, metrics_port = free_port(), free_port()
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
            metrics_port=metrics_port,
        ) as server:
            server.start()
            await until(lambda: answers(f"{url}/healthz"), 60)
            workers = await both_workers(server)
            scores = await play_across(url, workers)
            assert scores == [100]
            asked_by = [answered_by(server.folder, worker.pid) for worker in workers]
            assert asked_by == [5, 5]
            numbers = await told(f"http://127.0.0.1:{metrics_port}/metrics")
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

    def listening() -> list[psutil.Process]:
        return [child for child in server.children() if "spawn_main" in command_line(child)]

    async def have_both_written() -> bool:
        return all(metrics_file(server.folder, worker.pid) is not None for worker in listening())

    async def are_two() -> bool:
        return len(listening()) == 2

    await until(are_two)
    await until(have_both_written)
    return listening()


def command_line(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:  # it is gone, or a zombie
        return ""


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
    async with httpx.AsyncClient() as client:
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


async def test_readiness_names_what_is_missing_until_nothing_is(bare_database: str) -> None:
    model_port = free_port()
    settings = {
        "database_url": bare_database,
        "vlm_urls": f"http://127.0.0.1:{model_port}",
        "vlm_model": "m",
        "port": 0,
    }
    with ServerProcess("serve", **settings) as server, ServerProcess("migrate", **settings) as migrating:
        url = await server.start().ready()
        async with httpx.AsyncClient(base_url=url, timeout=30) as client:
            assert (await client.get("/healthz")).json() == {"status": "ok"}
            lacking = await not_ready(client)
            assert "gap-server migrate" in lacking
            assert "model" in lacking
            assert await migrating.start().ended() == 0, migrating.output
            lacking = await not_ready(client)
            assert "migrate" not in lacking
            assert f"127.0.0.1:{model_port}" in lacking
            async with FaultyModel(port=model_port):
                assert (await client.get("/readyz")).json() == {"status": "ok"}
            async with sql(bare_database) as db:
                await db.execute("update app.alembic_version set version_num = 'older'")
            assert "older" in await not_ready(client)


async def test_a_database_that_is_away_is_told_by_readiness_and_kept_from_nobody_else() -> None:
    nowhere = f"postgresql://gap_game:{DATABASE_PASSWORD}@127.0.0.1:{free_port()}/gap"
    async with FaultyModel() as model:
        settings = {"database_url": nowhere, "vlm_urls": model.url, "vlm_model": "m", "port": 0}
        with ServerProcess("serve", **settings) as server:
            url = await server.start().ready()
            async with httpx.AsyncClient(base_url=url, timeout=30) as client:
                assert (await client.get("/healthz")).status_code == 200
                assert "database" in await not_ready(client)
                me = await client.get("/api/v1/me", headers={"Authorization": "Bearer x"})
                assert (me.status_code, me.json()["code"]) == (503, "store_unavailable")
                assert int(me.headers["retry-after"]) > 0
            assert DATABASE_PASSWORD not in server.output
            assert "Traceback" not in server.output


async def not_ready(client: httpx.AsyncClient) -> str:
    response = await client.get("/readyz")
    assert (response.status_code, response.headers["content-type"]) == (503, "application/problem+json")
    assert response.json()["code"] == "not_ready"
    detail: str = response.json()["detail"]
    return detail


GOOD = {
    "database_url": f"postgresql://gap_game:{DATABASE_PASSWORD}@127.0.0.1:1/gap",
    "vlm_urls": "http://127.0.0.1:1",
    "vlm_model": "m",
    "vlm_api_key": MODEL_KEY,
}
WRONG = {
    "an unknown name": (GOOD | {"raund_seconds": "60"}, "GAP_RAUND_SECONDS"),
    "a placeholder token": (GOOD | {"bot_token": "123456:CHANGE_ME_to_your_bots_token"}, "GAP_BOT_TOKEN"),
    "no token at all": (GOOD | {"bot_token": ""}, "GAP_BOT_TOKEN"),
    "an address that is none": (GOOD | {"vlm_urls": "127.0.0.1:8000"}, "GAP_VLM_URLS"),
    "another kind of database": (
        GOOD | {"database_url": f"mysql://gap:{DATABASE_PASSWORD}@127.0.0.1/gap"},
        "GAP_DATABASE_URL",
    ),
    "no model": (GOOD | {"vlm_urls": "", "vlm_model": ""}, "GAP_VLM_URLS"),
}


async def test_a_start_with_wrong_settings_stops_with_one_sentence_that_names_it() -> None:
    outcomes = await asyncio.gather(*(refused(settings) for settings, _ in WRONG.values()))
    for (case, (settings, name)), (status, said) in zip(WRONG.items(), outcomes, strict=True):
        lines = said.strip().splitlines()
        assert status == 2, (case, said)
        assert len(lines) == 1, (case, said)
        assert name in lines[0], (case, said)
        for secret in (MODEL_KEY, DATABASE_PASSWORD, settings.get("bot_token") or BOT_TOKEN):
            assert secret not in said, case


_TWO_AT_A_TIME = asyncio.Semaphore(2)


async def refused(settings: dict[str, str]) -> tuple[int, str]:
    async with _TWO_AT_A_TIME:
        with ServerProcess("serve", "--port", "0", **settings) as server:
            return await server.start().ended(), server.output


async def test_no_secret_is_in_any_log_even_at_debug(database_url: str) -> None:
    """Played well and badly, while model and database fail: much is logged, no secret is."""
    with_password = re.sub(r"//[^@]*@", f"//gap_game:{DATABASE_PASSWORD}@", database_url)
    async with FaultyModel("good,500,garbage,hang_after_head,good", answer="A cat.") as model:
        for form in ("text", "json"):
            settings = {
                "database_url": with_password,
                "vlm_urls": model.url,
                "vlm_model": "m",
                "vlm_api_key": MODEL_KEY,
                "log_level": "debug",
                "log_format": form,
                "port": 0,
            }
            with ServerProcess("serve", **settings) as server:
                tokens = await provoke(await server.start().ready(), with_password)
                server_said = server.output
                assert await server.stop() == 0
                server_said = server.output
            assert "Traceback" not in server_said
            assert model.requests[0].headers["authorization"] == f"Bearer {MODEL_KEY}", "it was used"
            for secret in (BOT_TOKEN, BOT_TOKEN.partition(":")[2], MODEL_KEY, DATABASE_PASSWORD, *tokens):
                assert secret not in server_said
            model.behave("500,good,503")


async def provoke(url: str, database_url: str) -> list[str]:
    """Make a server log what it can; give the access tokens that were in play."""
    async with visitor(url) as client:
        player = await new_player(client)
        round_ = await player.next(await player.start())
        await asyncio.wait(
            [asyncio.create_task(player.ask_(round_, f"What is it, {n}?")) for n in range(4)], timeout=3
        )
        forged = await client.post("/auth/telegram", json={"init_data": f"user={BOT_TOKEN}&hash=00"})
        assert forged.status_code == 401
        await client.get("/me", headers={"Authorization": f"Bearer {player.token}x"})
        await client.put(f"/rounds/{uuid4()}/questions/{uuid4()}", content=b"\xff{", headers=bearer(player))
        async with sql(database_url.replace("//gap_game", "//postgres")) as db:
            await db.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where application_name = 'gap-server' and datname = current_database()"
            )
        for _ in range(3):
            await client.get("/me", headers=bearer(player))
        await client.get(f"{url}/readyz")
    return [player.token]


def bearer(player: Player) -> dict[str, str]:
    return {"Authorization": f"Bearer {player.token}"}


async def test_a_worker_that_is_killed_is_replaced_and_the_others_play_on(database_url: str) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    async with FaultyModel() as model:
        settings = {"database_url": database_url, "vlm_urls": model.url, "vlm_model": "m", "port": port}
        with ServerProcess("serve", "--workers", "2", metrics_port=free_port(), **settings) as server:
            server.start()
            await until(lambda: answers(f"{url}/healthz"), 60)
            before = await both_workers(server)
            os.kill(before[0].pid, signal.SIGKILL)
            async with visitor(url) as client:
                assert (await (await new_player(client)).play_session())["score"] == 100
            after = await both_workers(server)
            assert len({worker.pid for worker in (*before, *after)}) == 3
            server.kill()
            _, still_alive = await asyncio.to_thread(psutil.wait_procs, after, timeout=20)
            assert not [worker for worker in still_alive if command_line(worker)], (
                "they end with their parent"
            )
            server.start()
            await until(lambda: answers(f"{url}/healthz"), 60)
            assert await server.stop() == 0
