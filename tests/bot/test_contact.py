"""Whether Telegram answers the bot: what the bot tells of it, for operators to read."""

import asyncio
from collections.abc import Callable

import pytest

from gap_server.bot import contact as watched
from gap_server.errors import SettingsError
from gap_server.store import contact
from gap_server.store.contact import Contact
from gap_server.store.engine import Store
from tests.bot.conftest import Running
from tests.bot.test_webhook import webhook_settings
from tests.doubles.fake_bot_api import FakeBotApi, Refusal

PATIENCE_SECONDS = 120


async def told(store: Store, as_wanted: Callable[[Contact], bool]) -> Contact:
    """What the bot tells, once it is that."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            async with store.connection() as db:
                found = await contact.read(db)
            if found is not None and as_wanted(found):
                return found
            await asyncio.sleep(0.02)


def works(now: Contact) -> bool:
    return now.reached_seconds_ago is not None and not now.fails


def fails(now: Contact) -> bool:
    return now.fails


async def test_a_bot_tells_whether_telegram_answers_and_when_that_turns(
    telegram: FakeBotApi, running: Running, store: Store
) -> None:
    telegram.down = True
    async with running():
        never = await told(store, fails)
        assert (never.reached_seconds_ago, never.failure) == (None, "ConnectError")
        telegram.down = False
        await told(store, works)
        telegram.down = True
        again = await told(store, fails)
        assert again.reached_seconds_ago is not None


@pytest.mark.parametrize(("status", "failure"), [(409, "409 Conflict"), (502, "502 Bad Gateway")])
async def test_a_call_that_telegram_refuses_to_every_bot_like_it_has_failed(
    telegram: FakeBotApi, running: Running, store: Store, status: int, failure: str
) -> None:
    """As where another bot has the same token: the other calls work, and no update is ever heard of."""
    telegram.refuse("getUpdates", Refusal(status, "as Telegram says it", times=-1))
    async with running():
        assert (await told(store, fails)).failure == failure


async def test_a_refusal_that_is_about_one_chat_is_an_answer(
    telegram: FakeBotApi, running: Running, store: Store
) -> None:
    telegram.refuse("sendMessage", Refusal(403, "Forbidden: bot was blocked by the user", times=-1))
    async with running():
        await telegram.say(5, "/play")
        await telegram.until(lambda: telegram.made("refused:sendMessage"))
        await telegram.until(lambda: telegram.made("setChatMenuButton"))
        assert (await told(store, works)).failed_seconds_ago is None


async def test_a_token_that_is_revoked_is_told_by_the_bot_that_ends(
    telegram: FakeBotApi, running: Running, store: Store
) -> None:
    with pytest.raises(SettingsError, match="GAP_BOT_TOKEN"):
        await _revoked(telegram, running)
    assert (await told(store, fails)).failure == "401 Unauthorized"


async def _revoked(telegram: FakeBotApi, running: Running) -> None:
    async with running() as working:
        await telegram.until(lambda: telegram.made("getUpdates"))
        telegram.token = "another"
        await working


async def test_a_bot_that_has_nothing_to_ask_asks_all_the_same(
    telegram: FakeBotApi, running: Running, store: Store, free_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a webhook it may hear of nobody for hours, and must not be taken for cut off, nor for well."""
    monkeypatch.setattr(watched, "EVERY_SECONDS", 0.05)
    monkeypatch.setattr(watched, "LONGEST_SILENCE_SECONDS", 0.1)
    async with running(**webhook_settings(free_port)):
        await telegram.until(lambda: telegram.made("setWebhook"))
        await telegram.until(lambda: telegram.made("setChatMenuButton"))
        asked = len(telegram.made("getMe"))
        await telegram.until(lambda: len(telegram.made("getMe")) > asked + 1)
        await told(store, works)
        telegram.down = True
        await told(store, fails)


async def test_a_bot_that_takes_over_leaves_what_the_one_before_reached(
    telegram: FakeBotApi, running: Running, store: Store
) -> None:
    async with running():
        before = await told(store, works)
    telegram.down = True
    async with running():
        now = await told(store, fails)
    assert now.reached_seconds_ago is not None
    assert before.reached_seconds_ago is not None
    assert now.reached_seconds_ago >= before.reached_seconds_ago


async def test_nothing_was_told_where_no_bot_ever_was(store: Store) -> None:
    async with store.connection() as db:
        assert await contact.read(db) is None
