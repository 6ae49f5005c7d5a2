"""Who is turned away, over a real socket: what they hear, and what becomes of their connection."""

import asyncio
import json
import re
import socket
from collections.abc import AsyncIterator
from time import monotonic
from typing import Any

import pytest
from prometheus_client import REGISTRY
from structlog.testing import capture_logs

from gap_server.api.admission import Admission
from gap_server.api.concurrency_limit import ConcurrencyLimit
from gap_server.api.http_protocol import RETRY_SECONDS
from tests.serving import serving

END = b"\r\n\r\n"
GET = b"GET /api/v1/me HTTP/1.1\r\nHost: gap\r\n\r\n"
HEALTH = b"GET /healthz HTTP/1.1\r\nHost: gap\r\nConnection: close\r\n\r\n"
"""Always let in, and the end of a connection."""

BODY = b'{"text": "Is it red?"}'
NAMED = GET.replace(b"Host: gap", b"Host: gap\r\nX-Request-ID: 0f36a1d2-proxy")
PUT = b"PUT /api/v1/rounds/1/questions/2 HTTP/1.1\r\nHost: gap\r\n"


class Full:
    """An application that nobody is let into, health aside. `ran`: the paths that were, all the same."""

    def __init__(self) -> None:
        self.ran: list[str] = []
        limit = ConcurrencyLimit(0.1, monotonic())
        limit.allowed = 0
        self.admission = Admission(limit, clock=lambda: 0.0)

    async def __call__(self, scope: Any, _receive: Any, send: Any) -> None:
        self.ran.append(scope["path"])
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"ok"})


@pytest.fixture
def full() -> Full:
    return Full()


@pytest.fixture
async def address(full: Full) -> AsyncIterator[tuple[str, int]]:
    async with serving(full, full.admission) as address:
        yield address


async def answers(address: tuple[str, int], *pieces: bytes) -> list[bytes]:
    """What is said to them, sent one by one on one connection, until the server closes it."""
    reader, writer = await asyncio.open_connection(*address)
    async with asyncio.timeout(120):
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0.01)
        said = await reader.read(-1)
    writer.close()
    return [b"HTTP/1.1 " + one for one in said.split(b"HTTP/1.1 ")[1:]]


def request_ids(said: list[bytes]) -> list[bytes]:
    return [name for answer in said for name in re.findall(rb"\r\nx-request-id: (\S+)\r\n", answer)]


def statuses(said: list[bytes]) -> list[int]:
    return [int(answer[9:12]) for answer in said]


async def test_they_hear_when_to_come_again_as_a_problem_like_any_other(
    full: Full, address: tuple[str, int]
) -> None:
    *refused, health = await answers(address, GET, GET, GET, GET, GET, HEALTH)
    assert statuses(refused) == [503] * 5
    waits = []
    for answer in refused:
        head, _, body = answer.partition(END)
        headers = dict(line.split(b": ", 1) for line in head.lower().split(b"\r\n")[1:])
        assert headers[b"content-type"] == b"application/problem+json"
        assert headers[b"cache-control"] == b"no-store"
        assert int(headers[b"content-length"]) == len(body)
        assert json.loads(body)["code"] == "overloaded"
        waits.append(int(headers[b"retry-after"]))
    assert sorted(waits) == list(RETRY_SECONDS)
    assert statuses([health]) == [200]
    assert full.ran == ["/healthz"]


@pytest.mark.parametrize(
    "pieces",
    [
        [PUT + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY],
        [PUT + b"Content-Length: %d\r\n\r\n" % len(BODY), BODY[:5], BODY[5:]],
        [PUT + b"Transfer-Encoding: chunked\r\n\r\n", b"16\r\n" + BODY + b"\r\n", b"0\r\n\r\n"],
        [PUT + b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n" % len(BODY), BODY],
        [b"GET /ws HTTP/1.1\r\nHost: gap\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"],
        [GET * 100],
        [b"HEAD" + GET[3:]],
    ],
    ids=[
        "a body",
        "a slow body",
        "chunks",
        "asks first",
        "a websocket",
        "a hundred in one go",
        "only a head",
    ],
)
async def test_the_connection_stays_good_for_the_next_request(
    full: Full, address: tuple[str, int], pieces: list[bytes]
) -> None:
    *refused, health = await answers(address, *pieces, HEALTH)
    assert statuses(refused) == [503] * b"".join(pieces).count(b" HTTP/1.1\r\n")
    assert statuses([health]) == [200]
    assert full.ran == ["/healthz"]


async def test_who_asks_for_a_head_alone_hears_no_body(address: tuple[str, int]) -> None:
    refused, _ = await answers(address, b"HEAD" + GET[3:], HEALTH)
    assert refused.endswith(END)


@pytest.mark.parametrize(
    "request_",
    [GET.replace(b"1.1", b"1.0"), GET.replace(END, b"\r\nConnection: close" + END)],
    ids=["HTTP/1.0", "asked to close"],
)
async def test_a_connection_for_one_request_is_closed_after_it(
    address: tuple[str, int], request_: bytes
) -> None:
    (refused,) = await answers(address, request_)
    assert statuses([refused]) == [503]
    assert b"connection: close\r\n" in refused
    assert b'"code": "overloaded"' in refused


async def test_each_is_named_as_the_proxy_named_it_or_by_a_name_of_its_own(
    address: tuple[str, int],
) -> None:
    said = await answers(address, NAMED, GET, b"HEAD" + GET[3:], GET.replace(b"1.1", b"1.0"))
    assert statuses(said) == [503] * 4
    names = request_ids(said)
    assert names[0] == b"0f36a1d2-proxy"
    assert len(set(names)) == len(said)


async def test_the_line_that_says_so_names_a_call_that_was_turned_away(address: tuple[str, int]) -> None:
    with capture_logs() as lines:
        (first, *_) = request_ids(await answers(address, GET, GET, HEALTH))
    (line,) = lines
    assert line["event"] == "calls turned away"
    assert line["request_id"] == first.decode()


async def test_they_are_counted(address: tuple[str, int]) -> None:
    counted = (
        ("gap_overload_refusals_total", {"why": "concurrency"}),
        ("gap_http_seconds_count", {"method": "GET", "route": "none", "status": "503"}),
    )
    before = [REGISTRY.get_sample_value(name, labels) or 0 for name, labels in counted]
    await answers(address, GET * 3, HEALTH)
    after = [REGISTRY.get_sample_value(name, labels) for name, labels in counted]
    assert after == [value + 3 for value in before]


async def test_who_sends_on_and_never_reads_is_cut_off(address: tuple[str, int]) -> None:
    """Else requests and answers, ten times as long, would be kept for them without end."""
    loop = asyncio.get_running_loop()
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.settimeout(0)
        await loop.sock_connect(client, address)

        async def send_without_end() -> None:
            while True:
                await loop.sock_sendall(client, GET * 100)
                await asyncio.sleep(0)

        with pytest.raises(ConnectionError):
            await asyncio.wait_for(send_without_end(), 120)


async def test_one_that_was_let_in_is_answered_first(
    address: tuple[str, int],
) -> None:
    """Answers come in the order of the requests, also where a later one is turned away."""
    health = HEALTH.replace(b"Connection: close\r\n", b"")
    said = await answers(address, health + GET + health + GET * 2 + HEALTH)
    assert statuses(said) == [200, 503, 200, 503, 503, 200]
