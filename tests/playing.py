"""A player as tests have them: signs in with initData of the test's bot, and plays over HTTP."""

import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

import httpx

from gap_server.game.rules import CONSENT_VERSION

BOT_TOKEN = "7000000002:TEST_ONLY_token_of_the_tests_own_bot_00000"
BOT_KEY = hmac.new(b"WebAppData", BOT_TOKEN.encode(), hashlib.sha256).digest()


def init_data(telegram_id: int, *, age: float = 0, key: bytes = BOT_KEY, **fields: str) -> str:
    """initData as Telegram signs it, written anew here so that our own signing is not its own judge."""
    user = {"id": telegram_id, "first_name": f"Player {telegram_id}", "language_code": "en"}
    given = {"auth_date": str(int(time.time() - age)), "user": json.dumps(user), **fields}
    check = "\n".join(f"{k}={given[k]}" for k in sorted(given))
    given["hash"] = hmac.new(key, check.encode(), hashlib.sha256).hexdigest()
    return urlencode(given)


def refusal(response: httpx.Response) -> tuple[int, str]:
    """The status and the code of a problem."""
    return response.status_code, response.json()["code"]


@dataclass
class Player:
    """Talks to the API. Calls that end in `_` give the bare response; the others insist on success."""

    client: httpx.AsyncClient
    telegram_id: int = 1
    token: str = ""
    me: dict[str, Any] = field(default_factory=dict)

    async def sign_in(self) -> "Player":
        response = await self.client.post("/auth/telegram", json={"init_data": init_data(self.telegram_id)})
        body = self._ok(response)
        self.token, self.me = body["token"], body["player"]
        return self

    async def consent(self) -> "Player":
        assert (await self.call_("PUT", "/me/consent", {"version": CONSENT_VERSION})).status_code == 204
        return self

    async def call_(self, method: str, path: str, body: Any = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return await self.client.request(method, path, json=body, headers=headers)

    async def call(self, method: str, path: str, body: Any = None) -> Any:
        return self._ok(await self.call_(method, path, body))

    async def start(self, kind: str | None = None, **more: str) -> Any:
        return await self.call("POST", "/sessions", {"kind": kind, **more} if kind else None)

    async def start_(self, kind: str, **more: str) -> httpx.Response:
        return await self.call_("POST", "/sessions", {"kind": kind, **more})

    async def next(self, session: Any) -> Any:
        return await self.call("POST", f"/sessions/{session['id']}/next")

    async def ask(self, round_: Any, text: str = "How many things are there?") -> Any:
        return await self.call("PUT", f"/rounds/{round_['id']}/questions/{uuid4()}", {"text": text})

    async def ask_(self, round_: Any, text: str, question_id: UUID | None = None) -> httpx.Response:
        path = f"/rounds/{round_['id']}/questions/{question_id or uuid4()}"
        return await self.call_("PUT", path, {"text": text})

    async def judge(self, question: Any, judgement: str = "wrong") -> Any:
        return await self.call("PUT", f"/questions/{question['id']}/judgement", {"judgement": judgement})

    async def judge_(self, question: Any, judgement: str = "wrong") -> httpx.Response:
        return await self.call_("PUT", f"/questions/{question['id']}/judgement", {"judgement": judgement})

    async def pass_(self, round_: Any) -> httpx.Response:
        return await self.call_("POST", f"/rounds/{round_['id']}/pass")

    async def play_session(self, judgement: str = "wrong", session: Any = None) -> Any:
        """Play ten rounds of this session, or of a free one, one question each, and give the result."""
        session = session or await self.start()
        await self.play_rounds(session, 10, judgement)
        return await self.call("GET", f"/sessions/{session['id']}/result")

    async def play_rounds(self, session: Any, rounds: int, judgement: str = "wrong") -> None:
        for _ in range(rounds):
            round_ = await self.next(session)
            question = await self.ask(round_)
            await self.judge(question, judgement)
            if judgement == "right":
                assert (await self.pass_(round_)).status_code == 200

    @staticmethod
    def _ok(response: httpx.Response) -> Any:
        assert response.is_success, f"{response.request.url}: {response.status_code} {response.text}"
        return response.json()


async def new_player(client: httpx.AsyncClient, telegram_id: int = 1) -> Player:
    """Signed in and consenting."""
    return await (await Player(client, telegram_id).sign_in()).consent()


async def player_named(client: httpx.AsyncClient, name: str) -> Player:
    """Signed in by name alone, as a demo lets people in, and consenting."""
    ticket = (await client.post("/auth/demo", json={"name": name})).raise_for_status().json()
    return await Player(client, token=ticket["token"], me=ticket["player"]).consent()
