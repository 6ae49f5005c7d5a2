"""What a connection may cost, over a real socket: heads, bodies and silences without end."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import httpx
import pytest

from gap_server.api import http_protocol
from gap_server.api.http_protocol import MAX_HEAD_BYTES, MAX_REQUEST_BYTES, REQUEST_SECONDS
from gap_server.app import assemble
from gap_server.play.deps import GameDeps
from tests.serving import Clock, serving

GET = b"GET /healthz HTTP/1.1\r\nHost: gap\r\n"


@pytest.fixture
async def clock() -> Clock:
    """The server's: it moves by what a test does, however long that takes."""
    return Clock()


@pytest.fixture
async def address(deps: GameDeps, clock: Clock) -> AsyncIterator[tuple[str, int]]:
    """The application as `gap-server serve` serves it."""
    async with serving(assemble(deps), clock=clock) as address:
        yield address


async def said_to(address: tuple[str, int], *pieces: bytes, clock: Clock | None = None) -> bytes:
    """Send pieces, and read until the server closes. `clock`: half a second goes by after each, and on."""
    reader, writer = await asyncio.open_connection(*address)
    said = bytearray()

    async def hear() -> None:
        with suppress(ConnectionError):  # what was heard before the connection broke was still said
            while heard := await reader.read(65536):
                said.extend(heard)

    async def time_passes() -> None:
        await asyncio.sleep(0.01)  # what is on its way arrives
        if clock:
            clock.advance(0.5)

    try:
        async with asyncio.timeout(120):
            hearing = asyncio.create_task(hear())
            with suppress(ConnectionError):
                for piece in pieces:
                    writer.write(piece)
                    await writer.drain()
                    await time_passes()
            while not hearing.done():
                await time_passes()
            await hearing
        return bytes(said)
    finally:
        writer.close()


def head(bytes_: int) -> bytes:
    """A request whose head is so long, as it is counted: the address, the names, the values and four each."""
    host = len("/healthz") + len("Host") + len("gap") + 4 + len("Connection") + len("close") + 4
    return GET + b"Connection: close\r\nX: " + b"x" * (bytes_ - host - 5) + b"\r\n\r\n"


async def test_a_head_has_32_kib(address: tuple[str, int]) -> None:
    assert (await said_to(address, head(MAX_HEAD_BYTES))).startswith(b"HTTP/1.1 200 ")
    too_long = await said_to(address, head(MAX_HEAD_BYTES + 1))
    assert too_long.startswith(b"HTTP/1.1 431 ")
    assert b"content-type: application/problem+json" in too_long
    assert b'"code": "head_too_large"' in too_long


async def test_what_is_refused_is_named_like_any_other_answer(address: tuple[str, int]) -> None:
    names = []
    for request in (head(200), head(MAX_HEAD_BYTES + 1), b"EHLO mail.example.org\r\n\r\n"):
        for given in (b"", b"\r\nX-Request-ID: 0f36a1d2-proxy"):
            said = await said_to(address, request.replace(b"Host: gap", b"Host: gap" + given))
            names += re.findall(rb"\r\nx-request-id: (\S+)\r\n", said)
    assert len(names) == 6
    assert [name == b"0f36a1d2-proxy" for name in names] == [False, True, False, False, False, False]
    assert len(set(names)) == 6


@pytest.mark.parametrize(
    "endless",
    [GET + b"X: " + b"x" * 4_000_000, b"GET /" + b"x" * 4_000_000, GET + b"X: y\r\n" * 700_000],
    ids=["value", "path", "names"],
)
async def test_a_head_without_end_is_refused_before_it_ends(address: tuple[str, int], endless: bytes) -> None:
    assert (await said_to(address, endless)).startswith(b"HTTP/1.1 431 ")


@pytest.mark.parametrize(
    ("pieces", "answer"),
    [
        ([], b""),
        ([b"\r\n"] * 40, b"HTTP/1.1 408 "),
        ([GET], b"HTTP/1.1 408 "),
        ([GET, *[b"X: y\r\n"] * 40], b"HTTP/1.1 408 "),
        ([b"POST /api/v1/auth/demo HTTP/1.1\r\nContent-Length: 99\r\n\r\n", *[b"{"] * 40], b"HTTP/1.1 408 "),
        ([GET + b"\r\n", GET], b"HTTP/1.1 200 "),
    ],
    ids=["silent", "empty lines", "half a head", "a dripping head", "a dripping body", "a second half"],
)
async def test_half_a_request_is_cut_off(
    address: tuple[str, int], clock: Clock, pieces: list[bytes], answer: bytes
) -> None:
    """The dripping ones would take twice as long as there is."""
    assert (await said_to(address, *pieces, clock=clock)).startswith(answer)


async def test_a_request_without_end_is_cut_off(address: tuple[str, int]) -> None:
    chunked = b"POST /api/v1/auth/demo HTTP/1.1\r\nHost: gap\r\nTransfer-Encoding: chunked\r\n\r\n"
    trailer = b"0\r\nX: " + b"x" * (MAX_REQUEST_BYTES * 3)
    assert (await said_to(address, chunked, trailer))[:13] in {b"HTTP/1.1 413 ", b"HTTP/1.1 422 "}


async def test_what_is_no_http_is_a_problem_like_any_other(address: tuple[str, int]) -> None:
    refused = await said_to(address, b"EHLO mail.example.org\r\n\r\n")
    assert refused.startswith(b"HTTP/1.1 400 ")
    assert b'"code": "malformed_request"' in refused


async def test_a_connection_is_used_again_and_again(address: tuple[str, int], clock: Clock) -> None:
    """Also for longer than one request may take."""
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{address[1]}") as client:
        ports = set()
        for _ in range(10):
            response = await client.get("/healthz")
            assert response.status_code == 200
            ports.add(response.extensions["network_stream"].get_extra_info("client_addr"))
            clock.advance(REQUEST_SECONDS / 4)
    assert len(ports) == 1


async def test_beyond_so_many_connections_one_hears_503(
    address: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_protocol, "allowed_connections", lambda: 3)
    silent = [await asyncio.open_connection(*address) for _ in range(3)]
    refused = await said_to(address, GET + b"\r\n")
    assert refused.startswith(b"HTTP/1.1 503 ")
    assert b"retry-after: 1" in refused.lower()
    silent[0][1].close()
    await silent[0][1].wait_closed()
    async with asyncio.timeout(120):
        while not (await said_to(address, head(200))).startswith(b"HTTP/1.1 200 "):  # noqa: ASYNC110  # no event
            await asyncio.sleep(0.05)
    for _, writer in silent:
        writer.close()


async def test_a_thousand_silent_connections_are_in_nobodys_way(address: tuple[str, int]) -> None:
    silent = [await asyncio.open_connection(*address) for _ in range(1000)]
    assert (await said_to(address, head(200))).startswith(b"HTTP/1.1 200 ")
    for _, writer in silent:
        writer.close()


async def test_who_does_not_read_the_answer_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_protocol, "STUCK_SECONDS", 0.2)
    ended = asyncio.Event()

    async def endless(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(300):
            await send({"type": "http.response.body", "body": b"x" * 100_000, "more_body": True})
        await send({"type": "http.response.body"})
        ended.set()

    async with serving(endless) as address:
        _, writer = await asyncio.open_connection(*address)
        writer.write(GET + b"\r\n")
        async with asyncio.timeout(120):
            await ended.wait()
        writer.close()
