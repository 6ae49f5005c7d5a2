"""A client that costs little: HTTP/1.1 on plain kept-alive connections, requests written by hand."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass

from bench.crowd import Asking


@dataclass(frozen=True, slots=True)
class Load:
    """`seconds` for all of it; `latencies` in seconds, one a request, sorted."""

    requests: int
    seconds: float
    latencies: list[float]

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds

    def percentile(self, share: float) -> float:
        return self.latencies[min(int(len(self.latencies) * share), len(self.latencies) - 1)]


async def run(port: int, askings: Sequence[Asking], connections: int, spread_seconds: float = 0.0) -> Load:
    """Ask everything, each player's questions in order, over so many connections at a time.

    `spread_seconds`: over how long they begin. With the time of an answer, they go on one by one.
    """
    waiting = list(reversed(askings))
    latencies: list[float] = []
    began = time.perf_counter()
    await asyncio.gather(
        *(_connection(port, waiting, latencies, spread_seconds * n / connections) for n in range(connections))
    )
    seconds = time.perf_counter() - began
    return Load(len(latencies), seconds, sorted(latencies))


async def _connection(port: int, waiting: list[Asking], latencies: list[float], delay: float) -> None:
    await asyncio.sleep(delay)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while waiting:
        asking = waiting.pop()
        for request in asking.requests():
            began = time.perf_counter()
            writer.write(request)
            await _response(reader)
            latencies.append(time.perf_counter() - began)
    writer.close()


async def _response(reader: asyncio.StreamReader) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(head.decode())
    length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
    body = await reader.readexactly(int(length))
    if b'"answered"' not in body:  # a question that failed is told with 200 too, and costs less
        raise RuntimeError(body.decode())
