"""One player's calls to a server, as the mini-app makes them: by name, and patient with a busy server."""

import asyncio
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final
from uuid import uuid4

import aiohttp

from gap_server.errors import CallFailed
from gap_server.game.rules import CONSENT_VERSION

PREFIX: Final = "/api/v1"
TRIES: Final = 6
"""Of one call, while the server says that it is busy or a connection is lost. Every call may be repeated."""

LONGEST_WAIT_SECONDS: Final = 30.0
"""A server that asks for more patience is not waited for."""

CALL_SECONDS: Final = 60.0
THINKING_SECONDS: Final = 1.0
"""Between two looks at a question whose answer is not there yet."""

_BUSY: Final = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.BAD_GATEWAY)


@dataclass(frozen=True, slots=True)
class _Said:
    status: int
    content: bytes
    body: Any
    wait_seconds: float


class Visitor:
    """Whoever enters by `sign_in` and then plays. What the server answers comes as it is in JSON.

    Every call raises CallFailed for an answer that is no success, with the server's own `code`.
    """

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self._http, self._url = http, url.rstrip("/") + PREFIX
        self._headers: dict[str, str] = {}

    async def knock(self) -> None:
        await self._call("GET", "/healthz")

    async def sign_in(self, name: str) -> Any:
        """By name alone, as a demo lets people in; consent given and shown on the leaderboard. Me."""
        ticket = await self._call("POST", "/auth/demo", {"name": name})
        self._headers = {"Authorization": f"Bearer {ticket['token']}"}
        await self._call("PUT", "/me/consent", {"version": CONSENT_VERSION})
        return await self._call("PATCH", "/me", {"show_on_leaderboard": True})

    async def start(self) -> Any:
        return await self._call("POST", "/sessions")

    async def next_round(self, session_id: str) -> Any:
        return await self._call("POST", f"/sessions/{session_id}/next")

    async def picture(self, shown: Any) -> bytes:
        """The file of a round's or a case's image."""
        return (await self._patiently("GET", shown["image"]["url"].removeprefix(PREFIX))).content

    async def ask(self, round_id: str, text: str) -> Any:
        """The question once it is settled, however long the model thinks."""
        question = await self._call("PUT", f"/rounds/{round_id}/questions/{uuid4()}", {"text": text})
        while question["state"] == "pending":
            await asyncio.sleep(THINKING_SECONDS)
            question = await self._call("GET", f"/questions/{question['id']}")
        return question

    async def judge(self, question_id: str, judgement: str) -> Any:
        return await self._call("PUT", f"/questions/{question_id}/judgement", {"judgement": judgement})

    async def pass_on(self, round_id: str) -> Any:
        return await self._call("POST", f"/rounds/{round_id}/pass")

    async def correct(self, round_id: str, text: str) -> Any:
        return await self._call("PUT", f"/rounds/{round_id}/correction", {"text": text})

    async def result(self, session_id: str) -> Any:
        return await self._call("GET", f"/sessions/{session_id}/result")

    async def next_case(self) -> Any | None:
        """None where the jury has nothing for this player."""
        try:
            return await self._call("POST", "/jury/next")
        except CallFailed as error:
            if error.status in {HTTPStatus.NOT_FOUND, HTTPStatus.TOO_MANY_REQUESTS}:
                return None
            raise

    async def give_verdict(self, case_id: str, answers: list[str]) -> Any:
        return await self._call("PUT", f"/jury/cases/{case_id}/verdict", {"answers": answers})

    async def _call(self, method: str, path: str, body: Any = None) -> Any:
        return (await self._patiently(method, path, body)).body

    async def _patiently(self, method: str, path: str, body: Any = None) -> _Said:
        """Raises CallFailed."""
        for tries_left in range(TRIES - 1, -1, -1):
            try:
                said = await self._once(method, path, body)
            except (aiohttp.ClientError, OSError, TimeoutError) as error:
                if not tries_left:
                    raise CallFailed(f"{method} {path}: {error or type(error).__name__}", status=0) from error
                await asyncio.sleep(0.5)
                continue
            if said.status < HTTPStatus.BAD_REQUEST:
                return said
            busy = said.status in _BUSY and said.wait_seconds <= LONGEST_WAIT_SECONDS
            if not busy or not tries_left:
                raise _failed(method, path, said)
            await asyncio.sleep(said.wait_seconds)
        raise AssertionError("unreachable")

    async def _once(self, method: str, path: str, body: Any) -> _Said:
        limit = aiohttp.ClientTimeout(total=CALL_SECONDS)
        async with self._http.request(
            method, self._url + path, json=body, headers=self._headers, timeout=limit
        ) as response:
            content = await response.read()
            is_json = "json" in response.content_type
            wait = float(response.headers.get("Retry-After", 1))
            return _Said(response.status, content, await response.json() if is_json else None, wait)


def _failed(method: str, path: str, said: _Said) -> CallFailed:
    told = said.body if isinstance(said.body, dict) else {}
    detail = told.get("detail", "no word why")
    code = told.get("code", "call_failed")
    return CallFailed(f"{method} {path}: {said.status}, {detail}", status=said.status, code=code)
