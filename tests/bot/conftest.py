"""The bot at work against a fake Telegram, on the real database."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Any
from uuid import UUID

import httpx
import pytest
from telegram.ext import ExtBot
from telegram.request import HTTPXRequest

from gap_server.bot.app import run
from gap_server.bot.deps import BotDeps
from gap_server.bot.outbox import send_due
from gap_server.bot.rate_limiter import PerChatRateLimiter
from gap_server.game.rules import Rules
from gap_server.settings import Settings
from gap_server.store.engine import Store
from gap_server.store.roles import GAME, with_login
from tests.bot.mail import Send, a_willing
from tests.doubles.fake_bot_api import FakeBotApi
from tests.playing import BOT_KEY, BOT_TOKEN, Player
from tests.serving import kept_port

PUBLIC_URL = "https://play.test"

Running = Callable[..., AbstractAsyncContextManager[asyncio.Task[None]]]


@pytest.fixture
def telegram() -> FakeBotApi:
    return FakeBotApi(BOT_TOKEN)


@pytest.fixture
def running(telegram: FakeBotApi, database_url: str) -> Running:
    """Runs the bot for a while; settings of a test's own beat the usual ones."""

    @asynccontextmanager
    async def running(**settings: Any) -> AsyncIterator[asyncio.Task[None]]:
        usual = {
            "database_url": with_login(database_url, GAME),
            "bot_token": BOT_TOKEN,
            "public_url": PUBLIC_URL,
            "bot_api_url": "http://telegram.test",
        }
        transport = httpx.ASGITransport(telegram.app)
        working = asyncio.create_task(
            run(Settings(_env_file=None, **{**usual, **settings}), transport=transport)
        )
        try:
            yield working
        finally:
            working.cancel()
            with suppress(asyncio.CancelledError):
                await working

    return running


@pytest.fixture
async def bot(running: Running) -> AsyncIterator[asyncio.Task[None]]:
    """The bot, fetching its updates."""
    async with running() as working:
        yield working


@pytest.fixture
def bot_deps(store: Store) -> BotDeps:
    return BotDeps(store, Rules(), BOT_KEY, "Catch the Lie", PUBLIC_URL)


@pytest.fixture
async def voice(telegram: FakeBotApi) -> AsyncIterator[ExtBot[Any]]:
    """The bot's hands alone, for tests that send the post themselves."""
    options = {"transport": httpx.ASGITransport(telegram.app)}
    request = HTTPXRequest(httpx_kwargs=options)
    bot = ExtBot(BOT_TOKEN, "http://telegram.test/bot", request=request, rate_limiter=PerChatRateLimiter())
    async with bot:
        yield bot


@pytest.fixture
def send(voice: ExtBot[Any], bot_deps: BotDeps) -> Send:
    return lambda: send_due(voice, bot_deps)


@pytest.fixture
async def willing(client: httpx.AsyncClient, store: Store) -> Player:
    """A player to whom the bot may write."""
    return await a_willing(client, store, 5)


@pytest.fixture
def free_port() -> Iterator[int]:
    with kept_port() as port:
        yield port


async def code_of(store: Store, player: Player) -> str:
    """What the player invites others with."""
    async with store.connection() as db:
        code: str = await db.fetchval(
            "select referral_code from app.player where id = $1", UUID(player.me["id"])
        )
    return code


def buttons_under(message: dict[str, Any]) -> list[dict[str, Any]]:
    return [button for row in message["reply_markup"]["inline_keyboard"] for button in row]


async def rows_of(store: Store, telegram_id: int) -> list[dict[str, Any]]:
    async with store.connection() as db:
        return [
            dict(r) for r in await db.fetch("select * from app.player where telegram_id = $1", telegram_id)
        ]
