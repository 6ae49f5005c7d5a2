"""Replicas of the model behind vllm-router, started as docs/operating.md tells operators to.

The program is no part of the project: `pip install vllm-router` into an environment of its own, and its
folder in PATH. Without it these tests skip.
"""

import asyncio
import os
import re
import shutil
import signal
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from gap_server.app import assemble
from gap_server.store.engine import Store
from gap_server.vlm.client.model import OpenAIModel
from tests.doubles.faulty_model import FaultyModel
from tests.playing import Player, new_player
from tests.serving import kept_port
from tests.world import ROOT, client_of, make_deps

PROGRAM = shutil.which("vllm-router")
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="vllm-router is not installed")
READY_SECONDS = 240


def told_flags() -> list[str]:
    """What docs/operating.md tells operators to start it with, but for addresses."""
    guide = (ROOT / "docs" / "operating.md").read_text()
    found = re.search(r"vllm-router --worker-urls \S+ \S+ ((?:.*\\\n)*.*)", guide)
    assert found, "the guide says how to start the router"
    return found[1].replace("\\\n", " ").split()


@contextmanager
def router(workers: list[str], folder: Path) -> Iterator[str]:
    addresses = [worker.removesuffix("/v1") for worker in workers]
    with kept_port() as port, kept_port() as of_metrics, (folder / "router.log").open("wb") as log:
        ports = ["--port", str(port), "--prometheus-port", str(of_metrics)]
        process = subprocess.Popen(
            [PROGRAM or "", "--worker-urls", *addresses, *told_flags(), *ports],
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


async def has_healthy(url: str, replicas: int) -> None:
    """Wait until the router says so."""
    async with asyncio.timeout(READY_SECONDS), httpx.AsyncClient() as client:
        while True:
            with suppress(httpx.TransportError):
                if (await client.get(f"{url}/readiness")).json().get("healthy_workers") == replicas:
                    return
            await asyncio.sleep(0.1)


@asynccontextmanager
async def behind_a_router(store: Store, folder: Path) -> AsyncIterator[tuple[Player, list[FaultyModel], str]]:
    """A player of a game whose three replicas stand behind a router, and its address."""
    async with AsyncExitStack() as running:
        replicas = [await running.enter_async_context(FaultyModel()) for _ in range(3)]
        url = running.enter_context(router([replica.url for replica in replicas], folder))
        await has_healthy(url, 3)
        model = OpenAIModel(urls=[url], model="m")
        client = await running.enter_async_context(client_of(assemble(make_deps(store, model))))
        running.push_async_callback(model.aclose)
        yield await new_player(client), replicas, url


async def play(player: Player, pictures: int) -> None:
    """Two questions about each picture."""
    session = await player.start()
    for _ in range(pictures):
        round_ = await player.next(session)
        for judgement in ("right", "wrong"):
            question = await player.ask(round_)
            assert question["state"] == "answered"
            await player.judge(question, judgement)


async def test_all_that_is_asked_of_a_picture_goes_to_one_replica(store: Store, tmp_path: Path) -> None:
    async with behind_a_router(store, tmp_path) as (player, replicas, _):
        await play(player, 10)
    of_each = [{seen.image["uuid"] for seen in replica.requests} for replica in replicas]
    assert sum(map(len, of_each)) == len(set.union(*of_each)) == 10
    assert sum(len(replica.requests) for replica in replicas) == 20
    assert sum(map(bool, of_each)) > 1, "ten pictures are not all one replica's"


async def test_a_replica_that_died_is_soon_passed_over(store: Store, tmp_path: Path) -> None:
    """Until the router has seen it, what is asked of its pictures fails, and its time is given back."""
    async with behind_a_router(store, tmp_path) as (player, replicas, url):
        await replicas[0].stop()
        await has_healthy(url, 2)
        await play(player, 10)
    assert sum(len(replica.requests) for replica in replicas[1:]) == 20


async def test_a_replica_that_is_full_is_asked_again_and_not_shut_out(store: Store, tmp_path: Path) -> None:
    async with behind_a_router(store, tmp_path) as (player, replicas, _):
        for replica in replicas:
            replica.behave(["503"] * 6 + ["good"])
        await play(player, 10)
