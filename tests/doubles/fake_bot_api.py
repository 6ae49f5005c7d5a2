"""A small Bot API: enough of Telegram's for our bot, at the wire, and failing in all of its ways."""

import asyncio
import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

BOT_ID = 7000000002
PATIENCE_SECONDS = 120.0
LONGEST_POLL_SECONDS = 2.0


@dataclass(frozen=True)
class Call:
    method: str
    params: dict[str, Any]


@dataclass
class Refusal:
    """How the next calls are answered. `times` -1 is for good; `chat_id` None is for everybody."""

    status: int
    description: str
    parameters: dict[str, Any] = field(default_factory=dict)
    times: int = 1
    chat_id: int | None = None


class FakeBotApi:
    """Keeps what it was asked; hands out the updates that a test brings."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.calls: list[Call] = []
        self.down = False
        self.missed = 0
        """Calls that came while it was down."""
        self.forgetful = False
        """Gives out each update again and again, whatever the bot has confirmed."""
        self.updates: list[dict[str, Any]] = []
        self.refusals: dict[str, list[Refusal]] = {}
        self.main_web_app = True
        self._ids = itertools.count(1)
        self._happened = asyncio.Condition()
        self.app = Starlette(routes=[Route("/bot{token}/{method}", self._answer, methods=["POST"])])

    # What a test does

    async def bring(self, update: dict[str, Any]) -> dict[str, Any]:
        """An update for the bot to fetch. Gives it with its id."""
        whole = {"update_id": next(self._ids), **update}
        self.updates.append(whole)
        await self._tell()
        return whole

    async def say(self, user: int, text: str, *, language: str = "en", chat: str = "private") -> None:
        await self.bring(a_message(user, text, language=language, chat=chat))

    async def press(self, user: int, data: str, *, language: str = "en") -> None:
        await self.bring(a_press(user, data, language=language))

    def refuse(self, method: str, refusal: Refusal) -> None:
        self.refusals.setdefault(method, []).append(refusal)

    def made(self, method: str, **params: Any) -> list[dict[str, Any]]:
        """Parameters of the calls of a method, those that have `params`."""
        calls = [call.params for call in self.calls if call.method == method]
        return [c for c in calls if all(c.get(name) == value for name, value in params.items())]

    def said_to(self, user: int) -> list[dict[str, Any]]:
        return self.made("sendMessage", chat_id=user)

    async def until(self, condition: Callable[[], Any]) -> Any:
        """Wait for something to have been asked; gives what the condition gives."""
        async with asyncio.timeout(PATIENCE_SECONDS), self._happened:
            await self._happened.wait_for(condition)
        return condition()

    async def answered(self, user: int, count: int = 1) -> dict[str, Any]:
        """The `count`-th message to the user, once it is there."""
        said: list[dict[str, Any]] = await self.until(
            lambda: self.said_to(user) if len(self.said_to(user)) >= count else None
        )
        return said[count - 1]

    # What the bot sees

    async def _answer(self, request: Request) -> Response:
        if self.down:
            self.missed += 1
            await self._tell()
            raise httpx.ConnectError("Telegram is down")
        if request.path_params["token"] != self.token:
            return _failure(Refusal(401, "Unauthorized"))
        method = request.path_params["method"]
        params = _params(await request.body())
        if refusal := self._refusal(method, params):
            await self._note(Call(f"refused:{method}", params))
            return _failure(refusal)
        await self._note(Call(method, params))
        result = await self._result(method, params)
        return JSONResponse({"ok": True, "result": result})

    async def _result(self, method: str, params: dict[str, Any]) -> Any:
        if method == "getMe":
            return {
                "id": BOT_ID,
                "is_bot": True,
                "first_name": "Catch the Lie",
                "username": "catch_test_bot",
                "has_main_web_app": self.main_web_app,
            }
        if method == "getUpdates":
            return await self._updates_from(params.get("offset", 0), params.get("timeout", 0))
        if method in {"sendMessage", "editMessageText"}:
            chat = {"id": params["chat_id"], "type": "private", "first_name": "x"}
            return {"message_id": next(self._ids), "date": 1700000000, "chat": chat, "text": params["text"]}
        if method == "savePreparedInlineMessage":
            return {"id": f"prepared-{next(self._ids)}", "expiration_date": 1700000000}
        return True

    async def _updates_from(self, offset: int, seconds: float) -> list[dict[str, Any]]:
        def found() -> list[dict[str, Any]]:
            return [u for u in self.updates if self.forgetful or u["update_id"] >= offset]

        try:
            async with asyncio.timeout(min(seconds, LONGEST_POLL_SECONDS)), self._happened:
                await self._happened.wait_for(found)
        except TimeoutError:
            return []
        await asyncio.sleep(0.05 if self.forgetful else 0)  # or it would come again without end, or a pause
        return found()

    def _refusal(self, method: str, params: dict[str, Any]) -> Refusal | None:
        for refusal in self.refusals.get(method, []):
            if refusal.times and refusal.chat_id in {None, params.get("chat_id")}:
                refusal.times -= 1
                return refusal
        return None

    async def _note(self, call: Call) -> None:
        self.calls.append(call)
        await self._tell()

    async def _tell(self) -> None:
        async with self._happened:
            self._happened.notify_all()


def a_user(user: int, language: str = "en") -> dict[str, Any]:
    return {"id": user, "is_bot": False, "first_name": f"User {user}", "language_code": language}


def a_message(user: int, text: str, *, language: str = "en", chat: str = "private") -> dict[str, Any]:
    where = {"id": user, "type": "private", "first_name": "x"}
    if chat != "private":
        where = {"id": -1000 - user, "type": chat, "title": "A group"}
    entities = (
        [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]
        if text[0] == "/"
        else []
    )
    message = {
        "message_id": 1,
        "date": 1700000000,
        "chat": where,
        "from": a_user(user, language),
        "text": text,
        "entities": entities,
    }
    return {"message": message}


def a_press(user: int, data: str, *, language: str = "en") -> dict[str, Any]:
    under = a_message(user, "the question")["message"]
    query = {
        "id": "1",
        "chat_instance": "1",
        "from": a_user(user, language),
        "message": {**under, "from": {"id": BOT_ID, "is_bot": True, "first_name": "bot"}},
        "data": data,
    }
    return {"callback_query": query}


def a_block(user: int, *, blocked: bool) -> dict[str, Any]:
    """The user shut the bot out, or let it in again."""
    bot = {"id": BOT_ID, "is_bot": True, "first_name": "bot"}
    out, in_ = {"status": "kicked", "until_date": 0, "user": bot}, {"status": "member", "user": bot}
    change = {
        "chat": {"id": user, "type": "private", "first_name": "x"},
        "from": a_user(user),
        "date": 1700000000,
        "old_chat_member": in_ if blocked else out,
        "new_chat_member": out if blocked else in_,
    }
    return {"my_chat_member": change}


def _params(body: bytes) -> dict[str, Any]:
    return {name: _value(text) for name, text in parse_qsl(body.decode(), keep_blank_values=True)}


def _value(text: str) -> Any:
    """Numbers, lists and objects come as JSON, texts as they are."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _failure(refusal: Refusal) -> Response:
    body = {"ok": False, "error_code": refusal.status, "description": refusal.description}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return JSONResponse(body, refusal.status)


BROKEN: list[dict[str, Any]] = [
    {"message": {"message_id": "x"}},
    {"message": "not an object"},
    {"callback_query": {"id": 3}},
    {"message": {**a_message(5, "/play")["message"], "date": "yesterday"}},
    {"my_chat_member": []},
]
"""What no library can make an update of."""
