"""The Caddyfile that we deploy, run by Caddy where it is: what a stranger sends, others do not feel, nor that
a server dies."""

import asyncio
import os
import re
import shutil
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import psutil
import pytest

from bench.attack import caddy_before
from tests.doubles.faulty_model import FaultyModel
from tests.outside.server_process import PATIENCE_SECONDS, ServerProcess, until, visitor
from tests.playing import Player, new_player
from tests.serving import kept_port

pytestmark = pytest.mark.skipif(
    shutil.which("caddy") is None and not os.environ.get("REQUIRE_CADDY"), reason="Caddy is not installed"
)

REPEATS_BODIES = (2, 11, 2)
"""Older ones give no call with a body to a second server."""

MORE_THAN_IS_TAKEN = 300 * 1024


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Something behind the proxy that takes whatever comes."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = int(head.partition(b"content-length: ")[2].partition(b"\r\n")[0] or 0)
    try:
        await reader.readexactly(length)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
        await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    writer.close()


@pytest.fixture
def admin() -> Iterator[str]:
    """Where this Caddy tells what it knows of the servers behind it."""
    with kept_port() as port:
        yield f"127.0.0.1:{port}"


@pytest.fixture
async def proxy(admin: str) -> AsyncIterator[httpx.AsyncClient]:
    server = await asyncio.start_server(_serve, "127.0.0.1", 0)
    with caddy_before(server.sockets[0].getsockname()[1], admin=admin) as port:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE_SECONDS) as client:

            async def is_up() -> bool:
                try:
                    return (await client.get("/")).status_code == 200
                except httpx.TransportError:
                    return False

            await until(is_up)
            yield client
    server.close()


async def test_a_body_that_is_too_large_is_refused_and_no_server_is_taken_for_dead(
    proxy: httpx.AsyncClient, admin: str
) -> None:
    """With Caddy's `fail_duration` it counted as a failure, and everybody else waited for five seconds."""
    refused = await proxy.put("/api/v1/research/sql", content=b"x" * MORE_THAN_IS_TAKEN)
    assert (refused.status_code, refused.json()["code"]) == (413, "request_too_large")
    upstreams: list[Any] = (await proxy.get(f"http://{admin}/reverse_proxy/upstreams")).json()
    assert {upstream["fails"] for upstream in upstreams} == {0}
    assert (await proxy.get("/")).status_code == 200
    assert (await proxy.put("/api/v1/research/sql", content=b"x" * 200 * 1024)).status_code == 200


async def test_what_only_the_network_inside_may_see_is_not_there(proxy: httpx.AsyncClient) -> None:
    for path in ("/readyz", "/api/v1/readyz", "/metrics"):
        assert (await proxy.get(path)).status_code == 404


@asynccontextmanager
async def two_servers(
    database_url: str, ports: tuple[int, int], admin: str
) -> AsyncIterator[tuple[ServerProcess, Player]]:
    """The first of two servers behind the proxy, and a player who meets the two in turn."""
    async with FaultyModel() as model:
        settings = {"database_url": database_url, "vlm_urls": model.url, "vlm_model": "m"}
        first, second = (ServerProcess("serve", port=port, **settings) for port in ports)
        with first, second, caddy_before(*ports, admin=admin) as port:
            for server in (first, second):
                server.start()
            for server in (first, second):
                await server.ready()
            async with visitor(f"http://127.0.0.1:{port}") as client:
                yield first, await new_player(client)


async def killed_in_the_middle_of(
    calls: Callable[[], Awaitable[httpx.Response]], server: ServerProcess, admin: str
) -> list[httpx.Response]:
    """What is answered to calls of which the server had some when it was killed, and to some later ones."""
    server_process = psutil.Process(server.pid)
    server_process.suspend()  # it takes what comes, and answers nothing
    under_way = [asyncio.ensure_future(calls()) for _ in range(4)]

    async def are_some_there() -> bool:
        async with httpx.AsyncClient() as client:
            upstreams: list[Any] = (await client.get(f"http://{admin}/reverse_proxy/upstreams")).json()
        held = {upstream["address"]: upstream["num_requests"] for upstream in upstreams}
        return sum(map(asyncio.Future.done, under_way)) + sum(held.values()) == 4 and any(held.values())

    await until(are_some_there)
    server.kill()
    return [*await asyncio.gather(*under_way), *[await calls() for _ in range(6)]]


async def test_what_a_killed_server_was_asked_without_a_body_the_other_answers(
    database_url: str, port: int, another_port: int, admin: str
) -> None:
    async with two_servers(database_url, (port, another_port), admin) as (first, player):
        answers = await killed_in_the_middle_of(lambda: player.call_("GET", "/me"), first, admin)
    assert [answer.status_code for answer in answers] == [200] * 10
    assert {len(answer.headers.get_list("X-Request-ID")) for answer in answers} == {1}, "the proxy's, once"


async def test_who_calls_with_a_body_after_a_server_died_meets_the_other(
    database_url: str, port: int, another_port: int, admin: str
) -> None:
    if caddys_version() < REPEATS_BODIES:
        pytest.skip("this Caddy repeats no call that has a body")
    async with two_servers(database_url, (port, another_port), admin) as (first, player):
        first.kill()
        answers = [await player.call_("PATCH", "/me", {"name": f"Ana {n}"}) for n in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 6


def caddys_version() -> tuple[int, ...]:
    said = subprocess.run(["caddy", "version"], check=True, capture_output=True, text=True).stdout  # noqa: S607
    found = re.search(r"(\d+)\.(\d+)\.(\d+)", said)
    assert found, said
    return tuple(map(int, found.groups()))
