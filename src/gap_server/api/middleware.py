"""What surrounds every request: headers for all answers, a limit on what is sent, its time and its id."""

import re
from secrets import token_hex
from time import perf_counter

import structlog
from prometheus_client import Histogram
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bind_contextvars

from gap_server import tracing
from gap_server.api import PREFIX
from gap_server.api.problems import problem
from gap_server.logs import where

log = structlog.get_logger()

MAX_BODY_BYTES = 16 * 1024
SQL_PATH = f"{PREFIX}/research/sql"
MAX_SQL_BODY_BYTES = 256 * 1024
"""32 KiB of SQL may be six times as long in JSON."""

HEADERS = (
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)

REQUEST_ID = b"x-request-id"
"""Bears the request's name: a proxy's to us, and ours to whoever asked."""

TAKEN_OVER = re.compile(rb"[A-Za-z0-9_-]{8,64}")

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

SECONDS = Histogram(
    "gap_http_seconds",
    "From the request to the end of its answer, by route and status; a question waits for its model.",
    ["method", "route", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30),
)


class RequestMiddleware:
    """Pure ASGI, so that it costs a request no task and no copy."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        request_id = name_of(scope)
        bind_contextvars(request_id=request_id)  # the request's own task: it ends with it
        tracing.name_request(request_id)
        began = perf_counter()
        status, begun = 500, False

        async def send_with_headers(message: Message) -> None:
            nonlocal status, begun
            if message["type"] == "http.response.start":
                status, begun = message["status"], True
                given = {name for name, _ in message["headers"]}
                ours = (header for header in HEADERS if header[0] not in given)
                name = (REQUEST_ID, request_id.encode())
                message["headers"] = [*message["headers"], *ours, name]
            await send(message)

        try:
            await self._app(
                scope,
                _bounded(receive, MAX_SQL_BODY_BYTES if scope["path"] == SQL_PATH else MAX_BODY_BYTES),
                send_with_headers,
            )
        except Exception as error:  # noqa: BLE001  # whatever it is, the client hears of it, and we do
            log.error("unexpected error", error=type(error).__name__, where=where(error))  # noqa: TRY400  # see where
            if not begun:
                sorry = problem(500, "internal_error", "Something unexpected happened.")
                await sorry(scope, receive, send_with_headers)
        finally:
            count_request(scope, status, perf_counter() - began)


def count_request(scope: Scope, status: int, seconds: float) -> None:
    """For the metrics: whatever was answered, and by whom."""
    SECONDS.labels(_method(scope), _route(scope), status).observe(seconds)


def name_of(scope: Scope) -> str:
    """What log lines and the answer call this request: the proxy's name for it, where that can be no line of
    its own, or a new one, which it keeps."""
    if (known := scope.get("request_id")) is None:
        given = (value for name, value in scope["headers"] if name == REQUEST_ID)
        known = next((str(value, "ascii") for value in given if TAKEN_OVER.fullmatch(value)), None)
        scope["request_id"] = known = known or token_hex(16)
    return str(known)


def _method(scope: Scope) -> str:
    """Clients may invent methods, and each label costs memory."""
    return scope["method"] if scope["method"] in METHODS else "other"


def _route(scope: Scope) -> str:
    """The route as it is written, ids left out; whatever matched none is one thing."""
    return str(getattr(scope.get("route"), "path", "none"))


def _bounded(receive: Receive, limit: int) -> Receive:
    """The client's body as it comes, until it is too much."""
    received = 0

    async def receive_bounded() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > limit:
            raise HTTPException(413, f"At most {limit} bytes, please.")
        return message

    return receive_bounded
