"""A model server that fails in every way known, at the wire: plain sockets, so that it can reset and drip.

In a test:            async with FaultyModel("hang") as server: ... server.url, server.requests
As a program:         python -m tests.doubles.faulty_model --port 0 --behaviour reset
Its address is then the one line on standard output. A behaviour may carry a number or words: "slow:2.5",
"say:Two dogs.". Several, one a request: "500,500,good"; the last one stays.
"""

import argparse
import asyncio
import contextlib
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from tests.doubles.faults import BEHAVIOURS, Connection, completion, response, until

Body = dict[str, Any]
Answer = Callable[[Body], str]


@dataclass(slots=True)
class Seen:
    """One request. `ended`: how it went for us: `sent`, or `gone` where the client closed before the end."""

    path: str
    headers: dict[str, str]
    body: Body
    connection: int
    ended: str | None = None

    @property
    def system(self) -> str:
        return str(self.body["messages"][0]["content"])

    @property
    def question(self) -> str:
        return str(self.body["messages"][1]["content"][1]["text"])

    @property
    def image(self) -> Body:
        part: Body = self.body["messages"][1]["content"][0]
        return part


class FaultyModel:
    """`behaviour`: one word, several by commas (one a request), or a function from the request to a word.

    `answer`: what a good answer says, or a function from the request's JSON to it. Both may be changed
    between requests. /v1/models is answered as by a healthy server, whatever else happens: it serves
    `m`, whose weights it calls `root`.

    `runs` and `queues`: as vLLM, it works on so many at a time, lets so many wait, and answers 503 beyond.
    """

    def __init__(
        self,
        behaviour: str | Iterable[str] | Callable[[Body], str] = "good",
        *,
        answer: str | Answer = "There are two dogs.",
        port: int = 0,
        runs: int = 10_000,
        queues: int = 0,
        root: str | None = None,
    ) -> None:
        self.answer = answer
        self.root = root
        self.requests: list[Seen] = []
        self.connections = 0
        self.at_once = 0
        self.most_at_once = 0
        self.port = port
        self.turned_away = 0
        self.limit(runs, queues)
        self.behave(behaviour)
        self._let_go = asyncio.Event()
        self.let_go()
        self._open: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def limit(self, runs: int, queues: int) -> None:
        self._takes = runs + queues
        self._running = asyncio.Semaphore(runs)

    def hold(self) -> None:
        """Answer nothing from now on: what is asked waits."""
        self._let_go.clear()

    def let_go(self) -> None:
        self._let_go.set()

    def behave(self, behaviour: str | Iterable[str] | Callable[[Body], str]) -> None:
        self._script: list[str] = []
        self._choose: Callable[[Body], str] | None = None
        if isinstance(behaviour, str):
            self._script = behaviour.split(",") if not behaviour.startswith("say:") else [behaviour]
        elif callable(behaviour):
            self._choose = behaviour
        else:
            self._script = list(behaviour)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port, limit=2**24)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def stop(self) -> None:
        """As a killed process: nobody listens any more, and every connection is closed."""
        self._server.close()
        for writer in list(self._open):
            writer.transport.abort()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    async def quiet(self) -> None:
        """Wait until every request has been answered or given up by the client."""
        await until(lambda: all(seen.ended is not None for seen in self.requests))

    async def asked(self, times: int = 1) -> None:
        """Wait until so many questions have arrived."""
        await until(lambda: len(self.requests) >= times)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        self._open.add(writer)
        self.connections += 1
        connection = Connection(reader, writer, self.connections)
        try:
            while (seen := await self._read(connection)) is not None and not connection.drops_next:
                if not await self._react(connection, seen):
                    break
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # cancelled by `stop` alone, and then this is the end anyway
        finally:
            self._open.discard(writer)
            writer.close()
            with contextlib.suppress(ConnectionError, asyncio.CancelledError):
                await writer.wait_closed()

    async def _read(self, connection: Connection) -> Seen | None:
        try:
            head = (await connection.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        except asyncio.IncompleteReadError:
            return None
        lines = head.split("\r\n")
        headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines[1:] if line)}
        content = await connection.reader.readexactly(int(headers.get("content-length", "0")))
        body = json.loads(content) if content else {}
        return Seen(lines[0].split()[1], headers, body, connection.number)

    async def _react(self, connection: Connection, seen: Seen) -> bool:
        """Answer one request; False where the connection is over."""
        if not seen.path.endswith("/chat/completions"):
            card = {"id": "m", "object": "model"} | ({"root": self.root} if self.root else {})
            await connection.send(response(json.dumps({"object": "list", "data": [card]}).encode()))
            return True
        self.requests.append(seen)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        work = asyncio.ensure_future(self._work(connection, seen.body))
        leaving = asyncio.ensure_future(connection.gone())
        try:
            await asyncio.wait({work, leaving}, return_when=asyncio.FIRST_COMPLETED)
            seen.ended = "sent" if work.done() and not work.exception() else "gone"
            return work.result() if work.done() else False
        finally:
            self.at_once -= 1
            work.cancel()
            leaving.cancel()
            await asyncio.gather(work, leaving, return_exceptions=True)

    async def _work(self, connection: Connection, body: Body) -> bool:
        if self.at_once > self._takes:
            self.turned_away += 1
            return await BEHAVIOURS["503"](connection, b"", "")
        async with self._running:
            await self._let_go.wait()
            word, _, argument = self._next(body).partition(":")
            return await BEHAVIOURS[word](connection, completion(self.good(body)), argument)

    def _next(self, body: Body) -> str:
        if self._choose is not None:
            return self._choose(body)
        return self._script.pop(0) if len(self._script) > 1 else self._script[0]

    def good(self, body: Body) -> str:
        return self.answer(body) if callable(self.answer) else self.answer


async def _main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--behaviour", default="good", help=", ".join(BEHAVIOURS))
    parser.add_argument("--answer", default="There are two dogs.")
    options = parser.parse_args()
    async with FaultyModel(options.behaviour, answer=options.answer, port=options.port) as server:
        print(server.url, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_main())
    sys.exit(0)
