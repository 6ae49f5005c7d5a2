"""The Caddyfile that we deploy, run by Caddy where it is: what a stranger sends, others do not feel."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest

from bench.attack import caddy_before
from tests.outside.server_process import PATIENCE_SECONDS, until
from tests.serving import kept_port

pytestmark = pytest.mark.skipif(shutil.which("caddy") is None, reason="Caddy is not installed")

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
    with caddy_before(server.sockets[0].getsockname()[1], admin) as port:
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
