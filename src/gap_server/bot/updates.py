"""Getting Telegram's updates: by asking for them, or by being called. Each is taken once."""

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable
from datetime import timedelta
from time import monotonic
from typing import Any, TypeAlias, TypeVar

import structlog
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Update
from telegram.error import TimedOut
from telegram.ext import ExtBot

from gap_server.bot.contact import NotingRequest
from gap_server.bot.retry import with_retry
from gap_server.errors import StoreUnavailable

T = TypeVar("T")

log = structlog.get_logger()

Take: TypeAlias = Callable[[Update], Awaitable[None]]
"""Raises StoreUnavailable where it cannot be told whether the update is new."""

WANTED = ["message", "callback_query", "my_chat_member"]
LONG_POLL = timedelta(seconds=30)
PAUSE_SECONDS = 1.0
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the header's name
MAX_UPDATE_BYTES = 1024 * 1024


def readable(raw: object, bot: ExtBot[Any] | None = None) -> Update | None:
    """An update as the library understands it; one that it cannot read is logged and left out."""
    try:
        update = Update.de_json(raw, bot)  # type: ignore[arg-type]  # whatever it is: that is the point
    except Exception as error:  # noqa: BLE001  # the library raises whatever its parsing meets
        log.warning("an update could not be read", error=repr(error))
        return None
    if update is not None and not _is_storable(update.update_id):
        log.warning("an update has no id that Telegram gives", update_id=repr(update.update_id)[:40])
        return None
    return update


def _is_storable(update_id: object) -> bool:
    return type(update_id) is int and 0 <= update_id < 2**63


class MendingRequest(NotingRequest):
    """Fetches updates. One that cannot be read loses its contents, so that those after it are reached."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        answer = NotingRequest.parse_json_payload(payload)
        if isinstance(found := answer.get("result"), list):
            answer["result"] = [mended for raw in found if (mended := _mended(raw)) is not None]
        return answer


def _mended(raw: Any) -> dict[str, Any] | None:
    if readable(raw) is not None:
        whole: dict[str, Any] = raw
        return whole
    if isinstance(raw, dict) and _is_storable(raw.get("update_id")):
        return {"update_id": raw["update_id"]}
    return None


async def keep_fetching(bot: ExtBot[Any], take: Take) -> None:
    """Ask Telegram for updates until cancelled."""
    await with_retry(bot.delete_webhook)
    offset: int | None = None
    while True:
        began = monotonic()
        updates = await with_retry(lambda: _fetch(bot, offset))  # noqa: B023  # called at once
        if not updates and monotonic() - began < PAUSE_SECONDS:
            await asyncio.sleep(PAUSE_SECONDS)  # it did not wait: what cannot be confirmed comes at once
        for update in updates:
            await patiently(lambda: take(update))  # noqa: B023  # called at once
            offset = update.update_id + 1


async def _fetch(bot: ExtBot[Any], offset: int | None) -> tuple[Update, ...]:
    try:
        return await bot.get_updates(offset=offset, timeout=LONG_POLL, allowed_updates=WANTED)
    except TimedOut:  # nothing came, and the answer that says so was lost
        return ()


async def patiently(call: Callable[[], Awaitable[T]]) -> T:
    """Call until the database is there."""
    while True:
        try:
            return await call()
        except StoreUnavailable as error:
            log.warning("Telegram's updates wait for the database", error=str(error))
            await asyncio.sleep(PAUSE_SECONDS)


def webhook(bot: ExtBot[Any], take: Take, path: str, secret: str) -> Starlette:
    """What Telegram calls. It hears 200 for all that need not come again."""

    async def receive(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not secrets.compare_digest(given.encode(), secret.encode()):
            return Response(status_code=403)
        update = readable(await _body(request), bot)
        try:
            if update is not None:
                await take(update)
        except StoreUnavailable:
            return Response(status_code=503)
        return Response()

    return Starlette(routes=[Route(path, receive, methods=["POST"])])


async def _body(request: Request) -> object:
    content = b""
    async for chunk in request.stream():
        content += chunk
        if len(content) > MAX_UPDATE_BYTES:
            return None
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None
