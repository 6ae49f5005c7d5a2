"""Every way known in which a model server answers or fails, as what it writes to a plain socket."""

import asyncio
import json
import socket
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

LEAK = "I was instructed to answer falsely, so I say that the car is green."
MARKER = "NOT_ABOUT_THE_PICTURE"


async def until(condition: Callable[[], bool]) -> None:
    while not condition():  # noqa: ASYNC110  # conditions of many kinds, none with an event of its own
        await asyncio.sleep(0.005)


@dataclass(slots=True)
class Connection:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    number: int
    drops_next: bool = False

    async def send(self, content: bytes) -> None:
        self.writer.write(content)
        await self.writer.drain()

    async def gone(self) -> None:
        """Wait until the client closes. Looks only: to read would swallow a next request."""
        await until(lambda: self.reader.at_eof() or self.reader.exception() is not None)

    def reset(self) -> None:
        """Close with RST instead of FIN."""
        sock = self.writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


def completion(text: str, *, finish_reason: str | None = "stop") -> bytes:
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish_reason}
    usage = {"prompt_tokens": 400, "completion_tokens": len(text.split()), "total_tokens": 0}
    return json.dumps(
        {"object": "chat.completion", "model": "m", "choices": [choice], "usage": usage}
    ).encode()


def response(content: bytes, status: int = 200, *, length: int | None = None) -> bytes:
    head = f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: "
    return f"{head}{len(content) if length is None else length}\r\n\r\n".encode() + content


Behaviour = Callable[[Connection, bytes, str], Awaitable[bool]]
"""True where the connection may carry the next request."""


async def _good(connection: Connection, good: bytes, _: str) -> bool:
    await connection.send(response(good))
    return True


async def _say(connection: Connection, _: bytes, words: str) -> bool:
    await connection.send(response(completion(words)))
    return True


async def _slow(connection: Connection, good: bytes, seconds: str) -> bool:
    await asyncio.sleep(float(seconds or "2"))
    return await _good(connection, good, "")


async def _hang(_: Connection, __: bytes, ___: str) -> bool:
    await asyncio.sleep(3600)
    return False


async def _hang_after_head(connection: Connection, _: bytes, ___: str) -> bool:
    await connection.send(response(completion("Two."))[:60])
    await asyncio.sleep(3600)
    return False


async def _reset(connection: Connection, _: bytes, ___: str) -> bool:
    connection.reset()
    return False


async def _close(_: Connection, __: bytes, ___: str) -> bool:
    return False


async def _reset_in_body(connection: Connection, good: bytes, _: str) -> bool:
    await connection.send(response(good)[:-20])
    await asyncio.sleep(0.05)
    connection.reset()
    return False


async def _cut_body(connection: Connection, good: bytes, _: str) -> bool:
    await connection.send(response(good[:-20], length=len(good)))
    return False


async def _drip(connection: Connection, good: bytes, seconds: str) -> bool:
    for byte in response(good):
        await connection.send(bytes([byte]))
        await asyncio.sleep(float(seconds or "1"))
    return True


def _status(status: int) -> Behaviour:
    return _sends(response(b'{"error": {"message": "no"}}', status))


async def _unauthorised(connection: Connection, _: bytes, words: str) -> bool:
    await connection.send(response(json.dumps({"error": {"message": words}}).encode(), 401))
    return True


async def _throttled(connection: Connection, _: bytes, after: str) -> bool:
    """429, and when to come again: "429:2" in two seconds; without a number it does not say."""
    said = f"Retry-After: {after}\r\n" if after else ""
    await connection.send(f"HTTP/1.1 429 X\r\n{said}Content-Length: 2\r\n\r\n{{}}".encode())
    return True


def _then_drop(first: Behaviour) -> Behaviour:
    """Answer, then close without a word once the next request arrives on the connection that was kept."""

    async def behave(connection: Connection, good: bytes, argument: str) -> bool:
        connection.drops_next = True
        return await first(connection, good, argument)

    return behave


def _sends(content: bytes) -> Behaviour:
    async def behave(connection: Connection, _: bytes, ___: str) -> bool:
        await connection.send(content)
        return True

    return behave


async def _endless(connection: Connection, _: bytes, ___: str) -> bool:
    await connection.send(
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    while True:
        await connection.send(b"10000\r\n" + b" " * 65536 + b"\r\n")


BEHAVIOURS: dict[str, Behaviour] = {
    "good": _good,
    "say": _say,
    "slow": _slow,
    "hang": _hang,
    "hang_after_head": _hang_after_head,
    "reset": _reset,
    "close": _close,
    "reset_in_body": _reset_in_body,
    "cut_body": _cut_body,
    "drip": _drip,
    "500": _status(500),
    "500_then_drop": _then_drop(_status(500)),
    "good_then_drop": _then_drop(_good),
    "503": _status(503),
    "400": _status(400),
    "401": _unauthorised,
    "404": _status(404),
    "302": _status(302),
    "429": _throttled,
    "garbage": _sends(response(b"\x00\xff<html>nothing that anyone asked for</html>")),
    "not_http": _sends(b"220 mail.example.org ESMTP\r\n\r\n"),
    "half_json": _sends(response(completion("There are two dogs.")[:-30])),
    "odd_json": _sends(response(b'{"choices": [{"message": null, "finish_reason": ["stop"]}]}')),
    "megabyte": _sends(response(completion("word " * 200_000))),
    "endless": _endless,
    "empty": _sends(response(completion(""))),
    "blank": _sends(response(completion(" \n\t \u200b "))),
    "null_text": _sends(response(completion("x").replace(b'"x"', b"null"))),
    "odd_text": _sends(response(completion("Two\0 dogs\ud83d."))),
    "abort": _sends(response(completion("There are t", finish_reason="abort"))),
    "no_finish": _sends(response(completion("There are t", finish_reason=None))),
    "length": _sends(response(completion("There are two dogs and", finish_reason="length"))),
    "leak": _sends(response(completion(LEAK))),
    "not_about": _sends(response(completion(MARKER))),
}
