"""A client that costs little: one kept-alive HTTP/1.1 connection a player, requests written by hand."""

import asyncio
from dataclasses import dataclass
from typing import Any, Final

LOST: Final = (ConnectionError, OSError)


@dataclass(frozen=True, slots=True)
class Reply:
    """`retry_after`: seconds, as the server said them; None where it said nothing."""

    status: int
    retry_after: float | None
    body: bytes


class Line(asyncio.Protocol):
    """One connection, a request at a time. A reply has a Content-Length: ours have."""

    def __init__(self) -> None:
        self._received = bytearray()
        self._length: int | None = None
        self._reply: asyncio.Future[Reply] | None = None
        self._transport: Any = None

    @property
    def is_open(self) -> bool:
        return self._transport is not None and not self._transport.is_closing()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        if self._reply is not None and not self._reply.done():
            self._reply.set_exception(ConnectionResetError(str(exc or "closed by the server")))

    async def ask(self, request: bytes) -> Reply:
        self._received.clear()
        self._length = None
        self._reply = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._reply

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def data_received(self, data: bytes) -> None:
        self._received += data
        if self._length is None:
            end = self._received.find(b"\r\n\r\n")
            if end < 0:
                return
            self._head = bytes(self._received[:end]).lower()
            del self._received[: end + 4]
            self._length = int(_header(self._head, b"content-length") or 0)
        if len(self._received) >= self._length and self._reply is not None and not self._reply.done():
            retry_after = _header(self._head, b"retry-after")
            self._reply.set_result(
                Reply(
                    int(self._head[9:12]),
                    float(retry_after) if retry_after else None,
                    bytes(self._received[: self._length]),
                )
            )


class Client:
    """A player's way to the server: the connection is made anew where the server closed it, as it does with
    idle ones."""

    def __init__(self, port: int, token: str) -> None:
        self._port = port
        self._token = token
        self._line: Line | None = None
        self.connections = 0

    async def call(self, method: str, path: str, body: bytes = b"") -> Reply:
        """Raises ConnectionError where the server broke it off on a fresh connection, too."""
        request = (
            f"{method} /api/v1{path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {self._token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode() + body
        if self._line is not None and self._line.is_open:
            try:
                return await self._line.ask(request)
            except LOST:
                pass  # closed for idleness as we spoke; each call may be repeated without harm
        return await (await self._connected()).ask(request)

    def close(self) -> None:
        if self._line is not None:
            self._line.close()

    async def _connected(self) -> Line:
        self.connections += 1
        loop = asyncio.get_running_loop()
        _, self._line = await loop.create_connection(Line, "127.0.0.1", self._port)
        return self._line


def _header(head: bytes, name: bytes) -> bytes | None:
    """Its value in a head of lower-case letters."""
    _, found, after = head.partition(b"\r\n" + name + b": ")
    return after.partition(b"\r\n")[0] if found else None
