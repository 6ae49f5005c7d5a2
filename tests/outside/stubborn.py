"""A player who tries again whatever happens to the server, and writes down what was acknowledged."""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx

from gap_server.game.rules import CONSENT_VERSION
from tests.playing import init_data

PAUSE_SECONDS = 0.1


@dataclass
class Ledger:
    """What clients were told is done, by the server's ids; to be found in the database whatever happened.

    `cut_off`: requests that a dying server never answered. `refused`: 503s. `broken`: answers that must not
    be: any other 5xx, or a 503 that does not say when to come back.
    """

    consents: set[UUID] = field(default_factory=set)
    sessions: set[UUID] = field(default_factory=set)
    opened: set[UUID] = field(default_factory=set)
    answers: dict[UUID, tuple[str, str | None]] = field(default_factory=dict)
    judgements: dict[UUID, str] = field(default_factory=dict)
    corrections: dict[UUID, str] = field(default_factory=dict)
    results: dict[UUID, int] = field(default_factory=dict)
    cut_off: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    broken: list[str] = field(default_factory=list)

    @property
    def size(self) -> int:
        return sum(
            len(kind)
            for kind in (self.sessions, self.opened, self.answers, self.judgements, self.corrections)
        )


@dataclass
class StubbornPlayer:
    client: httpx.AsyncClient
    telegram_id: int
    ledger: Ledger
    token: str = ""
    dice: random.Random = field(default_factory=random.Random)

    async def play_until(self, enough: asyncio.Event) -> None:
        """Session after session; the one under way when it is enough is played to its end."""
        await self.sign_in()
        while not enough.is_set():
            session = await self.call("POST", "/sessions")
            if session.get("code") == "not_enough_images":  # somebody else takes the seat
                self.telegram_id += 1000
                await self.sign_in()
                continue
            self.ledger.sessions.add(UUID(session["id"]))
            await self.play_session(session)

    async def sign_in(self) -> None:
        ticket = await self.call("POST", "/auth/telegram", {"init_data": init_data(self.telegram_id)})
        self.token = ticket["token"]
        await self.call("PUT", "/me/consent", {"version": CONSENT_VERSION})
        self.ledger.consents.add(UUID(ticket["player"]["id"]))

    async def play_session(self, session: Any) -> None:
        while "code" not in (round_ := await self.call("POST", f"/sessions/{session['id']}/next")):
            self.ledger.opened.add(UUID(round_["id"]))
            await self.play_round(round_)
        assert round_["code"] == "session_over", round_
        result = await self.call("GET", f"/sessions/{session['id']}/result")
        self.ledger.results[UUID(session["id"])] = result["score"]

    async def play_round(self, round_: Any) -> None:
        """Ask until there is an answer, judge it; now and then pass on, or correct."""
        while True:
            question = await self.ask(round_)
            if "code" in question:
                assert question["code"] == "round_over", question
                return
            if question["state"] == "answered":
                break
        verdict = "wrong" if self.dice.random() < 0.8 else "right"
        judged = await self.call("PUT", f"/questions/{question['id']}/judgement", {"judgement": verdict})
        if "code" in judged:
            assert judged["code"] == "round_over", judged
            return
        self.ledger.judgements[UUID(question["id"])] = verdict
        if verdict == "right":
            await self.call("POST", f"/rounds/{round_['id']}/pass")
        elif self.dice.random() < 0.5:
            text = f"Something else, {uuid4()}."
            await self.call("PUT", f"/rounds/{round_['id']}/correction", {"text": text})
            self.ledger.corrections[UUID(round_["id"])] = text

    async def ask(self, round_: Any) -> Any:
        """One question under one id, however often it must be sent."""
        path, text = f"/rounds/{round_['id']}/questions/{uuid4()}", f"How many, {self.dice.random()}?"
        while True:
            question = await self.call("PUT", path, {"text": text})
            if question.get("state") != "pending" and question.get("code") != "still_answering":
                break
        if question.get("state") == "answered":
            self.ledger.answers[UUID(question["id"])] = (text, question["answer"])
        return question

    async def call(self, method: str, path: str, body: Any = None) -> Any:
        """Until it is answered: what was acknowledged, or the problem that tells why not."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        while True:
            try:
                response = await self.client.request(method, path, json=body, headers=headers)
            except (httpx.NetworkError, httpx.RemoteProtocolError) as error:
                self.ledger.cut_off[type(error).__name__] += 1
            else:
                if response.status_code < 500:
                    return response.json() if response.content else {}
                self.note(response)
            await asyncio.sleep(PAUSE_SECONDS)

    def note(self, response: httpx.Response) -> None:
        is_polite = (
            response.status_code == 503
            and response.headers["content-type"] == "application/problem+json"
            and int(response.headers.get("retry-after", "0")) > 0
        )
        if is_polite:
            self.ledger.refused += 1
        else:
            self.ledger.broken.append(f"{response.request.method} {response.request.url}: {response.text}")
