"""What surrounds each request: here, the name that its log lines bear."""

import httpx
import pytest
from starlette.types import Receive, Scope, Send
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from gap_server.api.middleware import RequestMiddleware


async def broken(_scope: Scope, _receive: Receive, _send: Send) -> None:
    raise RuntimeError("an accident")


async def logged_id(given: str | None) -> str:
    transport = httpx.ASGITransport(app=RequestMiddleware(broken))
    headers = {"X-Request-ID": given} if given is not None else {}
    with capture_logs(processors=[merge_contextvars]) as lines:
        async with httpx.AsyncClient(transport=transport, base_url="http://gap.test") as client:
            answer = await client.get("/", headers=headers)
            assert answer.status_code == 500
    (line,) = lines
    assert answer.headers["X-Request-ID"] == line["request_id"], (
        "who is answered can say which line is theirs"
    )
    return str(line["request_id"])


async def test_a_log_line_bears_the_name_that_the_proxy_gave_the_request() -> None:
    assert await logged_id("0f36a1d2-proxy") == "0f36a1d2-proxy"


@pytest.mark.parametrize("given", [None, "short", 'x" level="critical', "a" * 65])
async def test_else_one_of_our_own_and_no_two_are_alike(given: str | None) -> None:
    first, second = await logged_id(given), await logged_id(given)
    assert len({first, second, given}) == 3
