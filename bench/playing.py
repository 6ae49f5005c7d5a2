"""Players at a human pace: a question every ten seconds, two an image, the second one flagged."""

import asyncio
import json
import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Final
from uuid import uuid4

from bench.wire import LOST, Client, Reply

BEAT_SECONDS: Final = 10.0
QUESTIONS_AN_IMAGE: Final = 2
ROUNDS: Final = 10
ASKING: Final = "ask"
"""The call that waits for the model."""

SHORT_OF: Final = {"leaderboard": 0.2, "me": 0.1}
"""After an image, the share of players who look there."""


@dataclass(slots=True)
class Seen:
    """What players met while it was measured: seconds by call, the model's own left out; and what went wrong.

    `turned_away`: how often by status, of calls that were tried again as the answer said.
    """

    model_seconds: float = 0.0
    measuring: bool = True
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    turned_away: dict[int, int] = field(default_factory=lambda: defaultdict(int))

    def took(self, name: str, seconds: float) -> None:
        if self.measuring:
            self.seconds[name].append(seconds - self.model_seconds if name == ASKING else seconds)

    def went_wrong(self, what: str) -> None:
        if self.measuring:
            self.errors.append(what)

    @property
    def calls(self) -> int:
        return sum(map(len, self.seconds.values()))

    def percentiles_ms(self) -> dict[str, dict[str, float]]:
        """By call, and of all together."""
        by_call: dict[str, list[float]] = {"all": [s for of_one in self.seconds.values() for s in of_one]}
        by_call |= self.seconds
        return {
            name: {"calls": len(of_one), **{f"p{p}": percentile(of_one, p) for p in (50, 95, 99)}}
            for name, of_one in by_call.items()
            if of_one
        }


def percentile(seconds: Iterable[float], percent: float) -> float:
    """In milliseconds; 0 of nothing."""
    ordered = sorted(seconds)
    if not ordered:
        return 0.0
    return round(ordered[min(int(len(ordered) * percent / 100), len(ordered) - 1)] * 1000, 1)


class GaveUp(Exception):
    """A call that no player should see go wrong did."""


class Player:
    """One person, at `beat` seconds a question. Thinking times are theirs."""

    def __init__(self, port: int, token: str, seen: Seen, *, beat: float = BEAT_SECONDS, seed: int) -> None:
        self._client = Client(port, token)
        self._seen = seen
        self._beat = beat
        self._chance = random.Random(seed)

    async def play(self) -> None:
        """One session after the other, until cancelled."""
        try:
            while True:
                await self._session()
        except (GaveUp, *LOST) as error:
            self._seen.went_wrong(str(error) or type(error).__name__)
        finally:
            self._client.close()

    async def _session(self) -> None:
        """To its end; where one is open already, what is left of it."""
        begun = await self.call("start", "POST", "/sessions")
        session = begun["id"]
        for _ in range(ROUNDS - begun["rounds_done"]):
            round_ = await self.call("next", "POST", f"/sessions/{session}/next")
            await self.call("picture", "GET", f"/rounds/{round_['id']}/image")
            for n in range(QUESTIONS_AN_IMAGE):
                await self._question(round_["id"], is_last=n + 1 == QUESTIONS_AN_IMAGE)
            for name, share in SHORT_OF.items():
                if self._chance.random() < share:
                    await self.call(name, "GET", f"/{name}")
        await self.call("result", "GET", f"/sessions/{session}/result")

    async def _question(self, round_id: str, *, is_last: bool) -> None:
        """Ask, read, judge, and think about what to ask next until the beat is over."""
        began = perf_counter()
        text = {"text": f"How many red apples are on table {self._chance.randrange(10**6)}?"}
        path = f"/rounds/{round_id}/questions/{uuid4()}"
        question = await self.call(ASKING, "PUT", path, text)
        if question["state"] != "answered":
            raise GaveUp(f"a question is {question['state']}")
        await asyncio.sleep(self._beat * self._chance.uniform(0.1, 0.3))
        judgement = {"judgement": "wrong" if is_last else "right"}
        await self.call("judge", "PUT", f"/questions/{question['id']}/judgement", judgement)
        await asyncio.sleep(max(0.0, began + self._beat * self._chance.uniform(0.9, 1.1) - perf_counter()))

    async def call(self, name: str, method: str, path: str, body: dict[str, str] | None = None) -> Any:
        """The answer's JSON. Who is turned away comes again when the answer says so."""
        content = json.dumps(body).encode() if body is not None else b""
        while True:
            reply = await self.timed(name, method, path, content)
            if reply.status < 300:
                return json.loads(reply.body) if name != "picture" else None
            if reply.retry_after is None or reply.status not in {429, 503}:
                raise GaveUp(f"{name}: {reply.status} {reply.body[:200].decode(errors='replace')}")
            self._seen.turned_away[reply.status] += 1
            await asyncio.sleep(reply.retry_after)

    async def timed(self, name: str, method: str, path: str, content: bytes) -> Reply:
        began = perf_counter()
        reply = await self._client.call(method, path, content)
        if reply.status < 300:
            self._seen.took(name, perf_counter() - began)
        return reply
