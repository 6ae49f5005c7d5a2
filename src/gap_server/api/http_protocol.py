"""What one connection may cost: bytes and seconds for a request, and how many connections there may be.

uvicorn and httptools bound none of it: a head of 48 MB would keep everybody waiting, half a request stay for
ever. A proxy in front has limits of its own; these hold without one.
"""

import resource
from asyncio import TimerHandle, Transport
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from itertools import cycle as in_turn
from typing import TYPE_CHECKING, Any, Final, cast

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from gap_server.api.middleware import HEADERS, REQUEST_ID, count_request, name_of
from gap_server.api.problems import problem

if TYPE_CHECKING:
    from starlette.types import Scope

    from gap_server.api.admission import Admission

MAX_HEAD_BYTES: Final = 32 * 1024
MAX_REQUEST_BYTES: Final = 1024 * 1024
"""All of a request as it comes: what surrounds a body in chunks, too. A body itself may be much less long."""

REQUEST_SECONDS: Final = 10.0
"""From the connection, or the first byte of a later request, to the last byte of the request."""

STUCK_SECONDS: Final = 30.0
"""For a client that does not read what it asked for."""

LINGER_SECONDS: Final = 1.0
"""How long a refusal is left to be read: to close on what a client is still sending would take it away."""

MAX_CONNECTIONS: Final = 4096
"""Of one process. Silent ones take some ten kilobytes each."""

OTHER_FILES: Final = 256
"""Files that a process needs beside its connections."""

RETRY_SECONDS: Final = (1, 2, 3, 4, 5)
"""In turn, so that those turned away do not come back all at once."""

PIECE_BYTES: Final = 16 * 1024


class RequestTooLarge(Exception):
    """Ends the parser's work on a head."""


@cache
def allowed_connections() -> int:
    """Let this process hold as many as the system allows, up to `MAX_CONNECTIONS`; how many that is."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MAX_CONNECTIONS + OTHER_FILES
    if soft < wanted:
        with suppress(ValueError, OSError):  # macOS has a limit below the one it tells
            resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, hard), hard))
        soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return max(1, min(MAX_CONNECTIONS, soft - OTHER_FILES))


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's, with limits. What it refuses is a problem like any other error of ours."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._began: float | None = None
        self._received = 0
        self._in_head = True
        self._is_too_large = False
        self._refused = False
        self._deadline: TimerHandle | None = None
        self._stuck: TimerHandle | None = None
        self._admission: Admission | None = self.app_state.get("admission")

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        super().connection_made(transport)
        self._begin()
        if len(self.connections) > allowed_connections():
            self._refuse(503, "too_many_connections", "Too many connections: try again in a moment.")

    def connection_lost(self, exc: Exception | None) -> None:
        for timer in (self._deadline, self._stuck):
            if timer is not None:
                timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._refused:
            return
        if self._began is None:
            self._begin()
        if len(data) <= PIECE_BYTES:
            self._feed(data)
            return
        for at in range(0, len(data), PIECE_BYTES):
            self._feed(data[at : at + PIECE_BYTES])

    def _feed(self, piece: bytes) -> None:
        if self._refused or self.transport.is_closing():
            return
        self._received += len(piece)
        super().data_received(piece)
        if self._in_head and self._received > MAX_HEAD_BYTES:
            self._refuse_head()
        elif self._received > MAX_REQUEST_BYTES:
            self._refuse(413, "request_too_large", f"At most {MAX_REQUEST_BYTES} bytes, please.")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        if self._began is None:
            self._begin()

    def on_headers_complete(self) -> None:
        head = len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)
        if head > MAX_HEAD_BYTES:
            self._is_too_large = True
            raise RequestTooLarge
        self._in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._began = None
        super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.pipeline:  # nothing more is read before all that was sent in one go is answered
            self.flow.pause_reading()

    def _start_asgi_task(self, cycle: Any, app: Any) -> None:
        """Unless it is turned away: then nothing is made for it, which would cost more than the answer."""
        admitted = app if self._admission is None else self._admission.let_in(cycle.scope, app)
        if admitted is None:
            # not at once: the answers to requests sent in one go would lie one within the other
            self.loop.call_soon(self._turn_away, cycle)
        else:
            super()._start_asgi_task(cycle, admitted)

    def _turn_away(self, cycle: Any) -> None:
        """Say when to come again. A body that still comes is read and forgotten, and the connection kept."""
        count_request(cycle.scope, 503, 0.0)
        if cycle.disconnected or self.transport.is_closing():
            return
        if self.flow.write_paused:  # they send and do not read what they are told
            self.transport.abort()
            return
        cycle.response_started = cycle.response_complete = True
        said = next(_overloaded).to(
            name_of(cycle.scope),
            closing=not cycle.keep_alive,
            only_head=cycle.scope["method"] == "HEAD",
        )
        if cycle.keep_alive:
            self.transport.write(said)
            self.on_response_complete()
        else:
            self._say_and_close(said)

    def send_400_response(self, msg: str) -> None:
        if self._is_too_large:
            self._refuse_head()
        else:
            self._refuse(400, "malformed_request", msg)

    def pause_writing(self) -> None:
        super().pause_writing()
        if self._stuck is None:
            self._stuck = self.loop.call_later(STUCK_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._stuck is not None:
            self._stuck.cancel()
            self._stuck = None

    def _begin(self) -> None:
        """The time of a request runs. One timer serves all requests of a connection that is in use."""
        self._began = self.loop.time()
        self._received = 0
        self._in_head = True
        if self._deadline is None:
            self._deadline = self.loop.call_later(REQUEST_SECONDS, self._check_time)

    def _check_time(self) -> None:
        self._deadline = None
        if self._began is None:
            return
        left = self._began + REQUEST_SECONDS - self.loop.time()
        if left > 0:
            self._deadline = self.loop.call_later(left, self._check_time)
        elif self._received:
            self._refuse(408, "request_timeout", f"A request takes {REQUEST_SECONDS:.0f} seconds at most.")
        else:
            self.transport.close()

    def _refuse_head(self) -> None:
        self._refuse(431, "head_too_large", f"At most {MAX_HEAD_BYTES} bytes before the body, please.")

    def _refuse(self, status: int, code: str, detail: str) -> None:
        """Say why, unless an answer is under way, and close once that can have been read."""
        if self._refused or self.transport.is_closing():
            return
        answering = self.cycle is not None and not self.cycle.response_complete
        if answering:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if answering and self.cycle.response_started:
            self._refused = True
            self.transport.abort()
            return
        headers = {"Retry-After": "1"} if status == 503 else {}
        # until a head is over, the scope may be that of the request before it
        name = name_of(cast("Scope", {"headers": ()} if self._in_head else self.scope))
        self._say_and_close(_refusal(status, code, detail, headers).to(name, closing=True))

    def _say_and_close(self, said: bytes) -> None:
        self._refused = True
        self.transport.write(said)
        self.transport.write_eof()
        self.flow.resume_reading()
        self.loop.call_later(LINGER_SECONDS, self.transport.abort)


@dataclass(frozen=True, slots=True)
class Refusal:
    """The same for all who hear it, but for the name of the request. `head`: to the end of a header."""

    head: bytes
    body: bytes

    def to(self, name: str, *, closing: bool, only_head: bool = False) -> bytes:
        end = b"\r\nconnection: close\r\n\r\n" if closing else b"\r\n\r\n"
        return b"".join((self.head, REQUEST_ID, b": ", name.encode(), end, b"" if only_head else self.body))


def _refusal(status: int, code: str, detail: str, headers: dict[str, str]) -> Refusal:
    response = problem(status, code, detail, headers)
    lines = [name + b": " + value + b"\r\n" for name, value in (*response.raw_headers, *HEADERS)]
    return Refusal(b"".join((STATUS_LINE[status], *lines)), bytes(response.body))


_overloaded = in_turn(
    [
        _refusal(
            503,
            "overloaded",
            "Too many players at once: try again in a moment.",
            {"Retry-After": str(seconds)},
        )
        for seconds in RETRY_SECONDS
    ]
)
